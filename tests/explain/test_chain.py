"""The chain rule written out: every path, every factor, and that they come to the engine's derivative."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bpviz.engine.activation import ACTIVATIONS
from bpviz.engine.backprop import run_step
from bpviz.engine.network import Layer, LayerParameters, Network
from bpviz.explain.address import INPUT, Edge, Node
from bpviz.explain.chain.chain import Chain, chain_of
from bpviz.explain.chain.factor import Kind
from bpviz.explain.chain.variable import count_paths, variables
from bpviz.explain.chain.words import (
    batch_note,
    fused_reason,
    placeholder,
    plain,
    variable_name,
    what_makes_it_small,
)
from bpviz.explain.equation.expression import evaluate
from bpviz.explain.part import Part, What
from bpviz.explain.phase import Kind as PhaseKind
from bpviz.explain.phase import Phase, index_of, score
from bpviz.explain.symbol import Names
from tests.engine.nets import drawn, examples, network, tables
from tests.engine.oracle import ACTIVATIONS as FUNCTIONS
from tests.engine.oracle import COSTS
from tests.explain.drawn_steps import Step, steps, toy
from tests.explain.preset_steps import opened

W_H = Part(What.WEIGHT, 0, 0, 0)
W_O = Part(What.WEIGHT, 1, 0, 0)
ALL_PATHS = 4**4 * 4


def chain(step: Step, variable: Part, example: int | None = 0, keep: int = 3, complete: int = 99) -> Chain:
    return chain_of(step.network, step.trace, Names(step.network), variable, complete, example, keep)


def all_variables(step: Step) -> list[Part]:
    return [variable for address in step.addresses for variable in variables(step.network, address)]


def symbols(found: Chain) -> list[str]:
    assert found.paths
    return [factor.derivative.symbol.plain for factor in found.paths[0].factors]


def well_conditioned(step: Step) -> bool:
    """Cross-entropies of outputs next to 0 or 1 have huge slopes, where 1 − ŷ has lost its digits."""
    return bool(np.abs(step.trace.layers[-1].pull).max() < 1e4)


def jacobian(step: Step, k: int, row: int) -> np.ndarray:
    """dA/dZ of one layer, (units by Z, units by A), from the activation's own formulas."""
    layer = step.trace.layers[k]
    function = ACTIVATIONS[layer.activation]
    if function.elementwise:
        return np.diag(function.slope(layer.z, layer.a)[row])
    a = layer.a[row]
    return np.diag(a) - np.outer(a, a)


def brute(step: Step, variable: Part, row: int) -> list[float]:
    """The product along every path, one by one, with each choice of unit in each layer written out."""
    trace, sizes = step.trace, step.network.sizes
    k, last = variable.layer, step.network.depth - 1
    fixed = [variable.unit]
    above = [range(n) for n in sizes[k + 2 :]]
    products = []
    for rest in itertools.product(*above):
        units = [*fixed, *rest]
        product = 1.0
        if variable.what is What.WEIGHT:
            product *= trace.layers[k].a_in[row, variable.source]
        for i, unit in enumerate(units):
            layer = k + i
            if layer < last:
                if i or variable.what is not What.ACTIVATION:
                    product *= jacobian(step, layer, row)[unit, unit]
                product *= trace.layers[layer + 1].w[unit, units[i + 1]]
        if variable.what is What.ACTIVATION and k == last:
            products.append(trace.layers[last].pull[row, units[-1]])
        elif trace.fused:
            products.append(product * trace.layers[last].delta[row, units[-1]])
        else:
            by_a = jacobian(step, last, row)[units[-1]]
            passed = by_a * trace.layers[last].pull[row]
            if ACTIVATIONS[trace.layers[last].activation].elementwise:
                passed = passed[[units[-1]]]
            products += [product * p for p in passed]
    return products


# -- the text's own examples -----------------------------------------------------------------------


def test_the_toy_network_is_derived_as_in_the_text() -> None:
    found = chain(toy(), W_H)
    assert symbols(found) == ["C'(ŷ)", "ŷ'(Z_o)", "Z_o'(H)", "H'(Z_h)", "Z_h'(W_h)"]
    assert [f.value for f in found.paths[0].factors] == pytest.approx([0.58, 1.0, 0.9, 1.0, 2.0])
    assert found.symbol.plain == "C'(W_h)"
    assert found.total == pytest.approx(1.044)
    assert [f.short.plain for f in found.paths[0].factors] == ["(ŷ − y)", "R'(Z_o)", "W_o", "R'(Z_h)", "X"]


def test_the_output_weight_has_three_factors() -> None:
    found = chain(toy(), W_O)
    assert symbols(found) == ["C'(ŷ)", "ŷ'(Z_o)", "Z_o'(W_o)"]
    assert [f.value for f in found.paths[0].factors] == pytest.approx([0.58, 1.0, 1.2])
    assert found.total == found.paths[0].product == pytest.approx(0.696)


def test_the_other_notation_writes_fractions() -> None:
    step = toy()
    found = chain_of(step.network, step.trace, Names(step.network, (), "standard"), W_O, 99, 0)
    assert symbols(found) == ["∂C/∂ŷ", "∂ŷ/∂Z_o", "∂Z_o/∂W_o"]
    assert found.latex(found.paths[0], "derivatives").startswith(r"\frac{\partial C}{\partial W_{o}} = ")


def test_the_first_of_ten_hidden_weights_has_the_texts_23_factors() -> None:
    step = opened("ten-hidden")
    found = chain_of(step.network, step.trace, Names(step.network), W_H, 99, 0)
    expected = ["dC/dŷ", "dŷ/dZ_11"]
    for k in range(10, 0, -1):
        expected += [f"dZ_{k + 1}/dH_{k}", f"dH_{k}/dZ_{k}"]
    assert symbols(found) == [*expected, "dZ_1/dW_1"]
    assert len(symbols(found)) == 23
    product = math.prod(f.value for f in found.paths[0].factors)
    assert product == pytest.approx(float(step.trace.layers[0].dw[0, 0]), rel=1e-12)


def test_latex_gives_symbols_and_then_numbers() -> None:
    found = chain(toy(), W_O)
    assert found.latex(found.paths[0], "derivatives") == (
        r"C'(W_{o}) = C'(\hat{y}) \cdot \hat{y}'(Z_{o}) \cdot Z_{o}'(W_{o})"
    )
    assert found.latex(found.paths[0], "quantities", numbers=True) == (
        r"C'(W_{o}) = ( \hat{y} - y ) \cdot R'(Z_{o}) \cdot H"
        r" = ( 1.08 - 0.500 ) \cdot 1.00 \cdot 1.20 = 0.696"
    )


# -- whatever the network --------------------------------------------------------------------------


@settings(max_examples=120, deadline=None)
@given(steps(scales=(0.0, 0.5, 1.0)), st.data())
def test_all_paths_together_are_the_derivative(step: Step, data: st.DataObject) -> None:
    assume(well_conditioned(step))
    variable = data.draw(st.sampled_from(all_variables(step)))
    row = data.draw(st.integers(0, step.trace.batch - 1))
    found = chain(step, variable, row, keep=ALL_PATHS)
    each = [math.prod(f.value for f in path.factors) for path in found.paths]
    floor = 1e-9 * max(1e-12, *(abs(product) for product in each)) + 4e-16 * uncancelled(step)
    assert len(each) == found.count
    assert math.fsum(each) == pytest.approx(engine_derivative(step, variable, row), rel=1e-9, abs=floor)
    assert found.total == pytest.approx(engine_derivative(step, variable, row), rel=1e-9, abs=floor)
    assert found.rest == pytest.approx(0.0, abs=floor)


def uncancelled(step: Step) -> float:
    """About the largest product there is before terms of opposite sign cancel, as in softmax's errors."""
    sizes = [float(np.abs(array).max(initial=1.0)) for layer in step.trace.layers
             for array in (layer.w, layer.pull, layer.a_in)]
    return math.prod(sizes)


def engine_derivative(step: Step, variable: Part, row: int) -> float:
    """The derivative of one example's cost, from the same example as a batch of its own."""
    trace = step.trace
    parameters = tuple(LayerParameters(layer.w, layer.b) for layer in trace.layers)
    alone = run_step(step.network, parameters, trace.inputs[row : row + 1], trace.targets[row : row + 1])
    if variable.what is What.ACTIVATION and variable.layer == INPUT:
        return float(alone.layers[0].w[variable.unit] @ alone.layers[0].delta[0])
    layer = alone.layers[variable.layer]
    if variable.what is What.ACTIVATION:
        return float(layer.pull[0, variable.unit])
    if variable.what is What.WEIGHTED_INPUT:
        return float(layer.delta[0, variable.unit])
    at = variable.unit if variable.source is None else (variable.source, variable.unit)
    return float(layer.db[at] if variable.source is None else layer.dw[at])


@settings(max_examples=120, deadline=None)
@given(steps(scales=(0.0, 0.5, 1.0)), st.data())
def test_the_strongest_paths_are_those_that_trying_all_finds(step: Step, data: st.DataObject) -> None:
    assume(well_conditioned(step))
    variable = data.draw(st.sampled_from(all_variables(step)))
    keep = data.draw(st.integers(1, 5))
    row = data.draw(st.integers(0, step.trace.batch - 1))
    tried = brute(step, variable, row)
    found = chain(step, variable, row, keep)
    assert found.count == len(tried)
    best = sorted(tried, key=abs, reverse=True)[:keep]
    floor = 1e-12 * max(1e-300, abs(best[0])) + 4e-16 * uncancelled(step)
    assert [abs(p.product) for p in found.paths] == pytest.approx([abs(b) for b in best], rel=1e-9, abs=floor)
    unseen = math.fsum(tried) - math.fsum(path.product for path in found.paths)
    # What softmax cancels, as 1 - a where a is nearly 1, is lost to both sides alike.
    rounding = 1e-9 * (1e-12 + sum(map(abs, tried))) + 4e-16 * uncancelled(step)
    assert found.rest == pytest.approx(unseen, abs=rounding)


@settings(max_examples=60, deadline=None)
@given(steps(scales=(0.5, 1.0)), st.data())
def test_over_a_batch_products_are_averaged(step: Step, data: st.DataObject) -> None:
    assume(step.trace.batch > 1 and well_conditioned(step))
    variable = data.draw(st.sampled_from(all_variables(step)))
    rows = range(step.trace.batch)
    averages = np.mean([brute(step, variable, row) for row in rows], axis=0)
    found = chain(step, variable, None, keep=2)
    best = sorted(np.abs(averages), reverse=True)[:2]
    floor = 1e-9 * max(1e-12, float(np.abs(averages).max())) + 4e-16 * uncancelled(step)
    assert [abs(path.product) for path in found.paths] == pytest.approx(best, rel=1e-9, abs=floor)
    assert found.total == pytest.approx(float(averages.sum()), rel=1e-9, abs=floor * len(averages))
    assert found.averaged
    assert not any(factor.told for path in found.paths for factor in path.factors)


@settings(max_examples=80, deadline=None)
@given(steps(scales=(0.5, 1.0)), st.data())
def test_both_ways_of_writing_a_factor_are_the_same_number(step: Step, data: st.DataObject) -> None:
    assume(well_conditioned(step))
    variable = data.draw(st.sampled_from(all_variables(step)))
    for path in chain(step, variable, 0).paths:
        for factor in path.factors:
            assert evaluate(factor.quantity) == pytest.approx(factor.value, rel=1e-9, abs=1e-12)
        assert path.product == pytest.approx(math.prod(f.value for f in path.factors), rel=1e-9, abs=1e-300)


@pytest.mark.parametrize("output", ["softmax", "sigmoid", "identity"])
@pytest.mark.parametrize("cost", ["half_squared_error", "categorical_cross_entropy"])
def test_inputs_activations_and_weighted_inputs_agree_with_automatic_differentiation(
    output: str, cost: str
) -> None:
    if output == "identity" and cost != "half_squared_error":
        output = "softmax"
    net = network((2, 3, 3), "tanh", output, cost)
    parameters, batch = drawn(net), examples(net, 2)
    step = Step(net, run_step(net, parameters, batch.inputs, batch.targets))
    weights, biases = tables(parameters)

    def above(z, k):
        """The cost as a function of the weighted input of layer k."""
        while True:
            a = FUNCTIONS[net.layers[k].activation](z)
            if k == net.depth - 1:
                return anp.sum(COSTS[cost](a, batch.targets[:1]))
            z, k = anp.dot(a, weights[k + 1]) + biases[k + 1], k + 1

    def from_activation(a, k):
        if k == net.depth - 1:
            return anp.sum(COSTS[cost](a, batch.targets[:1]))
        return above(anp.dot(a, weights[k + 1]) + biases[k + 1], k + 1)

    for k in range(INPUT, net.depth):
        activations = batch.inputs[:1] if k == INPUT else step.trace.layers[k].a[:1]
        by_a = grad(lambda a, k=k: from_activation(a, k))(activations)[0]
        for unit in range(net.sizes[k + 1]):
            found = chain(step, Part(What.ACTIVATION, k, unit), 0, keep=99)
            assert sum(p.product for p in found.paths) == pytest.approx(by_a[unit], rel=1e-9, abs=1e-12)
            if k >= 0:
                by_z = grad(lambda z, k=k: above(z, k))(step.trace.layers[k].z[:1])[0]
                found = chain(step, Part(What.WEIGHTED_INPUT, k, unit), 0, keep=99)
                assert sum(p.product for p in found.paths) == pytest.approx(by_z[unit], rel=1e-9, abs=1e-12)


# -- paths -----------------------------------------------------------------------------------------


def test_a_huge_number_of_paths_is_counted_exactly() -> None:
    net = Network(3, tuple(Layer(100) for _ in range(30)))
    assert count_paths(net, W_H) == 100**29


def test_softmax_without_its_cost_also_chooses_the_output_it_passes() -> None:
    net = network((2, 2, 3), "tanh", "softmax")
    step = Step(net, run_step(net, drawn(net), np.array([[0.4, -1.0]]), np.array([[1.0, 0.0, 0.0]])))
    found = chain(step, W_H, 0, keep=99)
    assert found.count == 9
    assert {(path.route.units[-1], path.through) for path in found.paths} == {
        (i, k) for i in range(3) for k in range(3)
    }
    crossing = next(path for path in found.paths if (path.route.units[-1], path.through) == (0, 2))
    a = step.trace.outputs[0]
    assert crossing.factors[1].value == pytest.approx(-a[2] * a[0])
    assert [f.derivative.symbol.plain for f in crossing.factors[:2]] == ["C'(ŷ_3)", "ŷ_3'(Z_o,1)"]
    assert crossing.numbers == "1 → 1 → 1 ⇢ 3"


def test_a_fused_output_begins_with_its_error() -> None:
    step = opened("spiral")
    found = chain_of(step.network, step.trace, Names(step.network), W_H, 99, 0)
    first = found.paths[0].factors[0]
    assert first.derivative.symbol.plain == "dC/dZ_3"
    assert first.short.plain == "(ŷ − y)"
    assert first.derivative.part == Part(What.ERROR, 2, 0)
    reason = plain(fused_reason(step.network, step.trace, Names(step.network), W_H))
    assert reason.startswith("Sigmoid and binary cross-entropy belong together")
    assert fused_reason(toy().network, toy().trace, Names(toy().network), W_H) == ()


def test_routes_name_the_units_and_the_weight_that_leads_in() -> None:
    step = opened("spiral")
    found = chain_of(step.network, step.trace, Names(step.network), Part(What.WEIGHT, 0, 3, 1), 99, 0)
    route = found.paths[0].route
    assert route.into == Edge(0, 1, 3)
    assert route.nodes[0] == Node(0, 3)
    assert route.nodes[-1] == Node(2, 0)
    assert found.paths[0].numbers.startswith("2 → 4 → ")


def test_a_batch_with_too_many_paths_lists_none() -> None:
    net = network((1, 40, 40, 40, 1))
    batch = examples(net, 8)
    step = Step(net, run_step(net, drawn(net), batch.inputs, batch.targets))
    found = chain(step, Part(What.ACTIVATION, INPUT, 0), None)
    assert found.count == 64000
    assert found.paths is None
    first = step.trace.layers[0]
    assert found.total == pytest.approx(float((first.delta @ first.w[0]).mean()))
    assert "64,000 paths" in plain(batch_note(step.trace, found))
    assert len(chain(step, Part(What.ACTIVATION, INPUT, 0), 0).paths) == 3


# -- what is told ----------------------------------------------------------------------------------


def test_factors_are_told_one_after_the_other() -> None:
    step = toy()

    def told(kind: PhaseKind, layer: int) -> list[bool]:
        found = chain(step, W_H, complete=index_of(2, kind, layer))
        return [*(factor.told for factor in found.paths[0].factors), found.told]

    assert told(PhaseKind.GIVEN, INPUT) == [False, False, True, False, True, False]
    assert told(PhaseKind.OUTPUT_ERROR, 1) == [True, True, True, False, True, False]
    assert told(PhaseKind.HIDDEN_ERROR, 0) == [True, True, True, True, True, False]
    assert told(PhaseKind.GRADIENT, 0) == [True] * 6


@pytest.mark.parametrize(("kind", "layer", "expected"), [
    (PhaseKind.OUTPUT_ERROR, 1, ["C'(ŷ)", "ŷ'(Z_o)"]),
    (PhaseKind.HIDDEN_ERROR, 0, ["Z_o'(H)", "H'(Z_h)"]),
    (PhaseKind.GRADIENT, 0, ["Z_h'(W_h)"]),
    (PhaseKind.UPDATE, 1, []),
])  # fmt: skip
def test_a_phase_marks_the_factors_it_works_with(kind: PhaseKind, layer: int, expected: list[str]) -> None:
    factors = chain(toy(), W_H).paths[0].factors
    marked = [f.derivative.symbol.plain for f in factors if f.is_told_by(Phase(kind, layer), 2)]
    assert marked == expected


# -- words -----------------------------------------------------------------------------------------


def small(step: Step, variable: Part, complete: int = 99) -> str:
    found = chain(step, variable, 0, complete=complete)
    return plain(what_makes_it_small(step.network, Names(step.network), found.paths[0], "derivatives"))


def test_a_closed_relu_is_named() -> None:
    step = toy(w_h=-0.6)
    found = chain(step, W_H)
    words = what_makes_it_small(step.network, Names(step.network), found.paths[0], "quantities")
    # The output's ReLU stands at Z = 0 here and is closed as well; it comes first from the cost down.
    assert plain(words) == "R'(Z_o) = 0: the ReLU of the output is closed, so nothing passes."


def test_the_smallest_factor_is_named_once_all_are_told() -> None:
    assert small(toy(), W_H) == "", "nothing makes it small"
    assert small(toy(w_o=0.3), W_H) == "The smallest factor is Z_o'(H) = 0.300."
    assert small(toy(w_o=0.3), W_H, complete=index_of(2, PhaseKind.OUTPUT_ERROR, 1)) == ""


def test_many_slopes_are_spoken_of_together() -> None:
    step = opened("ten-hidden")
    words = small(Step(step.network, step.trace), W_H)
    slopes = [float(layer.slope[0, 0]) for layer in step.trace.layers[:10]]
    assert math.prod(slopes) == pytest.approx(2.71e-7, rel=2e-3)
    assert "The 10 sigmoid slopes, each at most 0.232, together multiply to 2.71·10⁻⁷" in words
    assert "the 10 weights to 0.994" in words
    assert "dH_1/dZ_1 = 0.197" in words


def test_an_input_of_zero_and_a_perfect_prediction_are_named() -> None:
    linear = ("identity", "identity")
    assert small(toy(functions=linear, x=0.0), W_H).startswith("Z_h'(W_h) = 0: what comes in")
    assert small(toy(y=0.0, functions=linear, x=0.0), W_O).startswith("C'(ŷ) = 0: the cost")


def test_what_is_below_a_placeholder_is_constant() -> None:
    step = toy()
    names = Names(step.network)
    said = plain(placeholder(step.network, names, Part(What.WEIGHTED_INPUT, 0, 0)))
    assert said == "Cost = C(ŷ(Z_o(H(Z_h)))). Z_h is a placeholder: all below it counts as constant."
    assert "C(ŷ(Z_o(H W_o)))" in plain(placeholder(step.network, names, W_O))


def test_the_batch_average_stands_beside_one_example() -> None:
    step = opened("mazur")
    assert batch_note(step.trace, chain(Step(step.network, step.trace), W_H)) == ()
    iris = opened("iris")
    found = chain(Step(iris.network, iris.trace), W_H)
    assert found.batch_average == pytest.approx(float(iris.trace.layers[0].dw[0, 0]))
    assert "that is what updates it" in plain(batch_note(iris.trace, found))


def test_a_step_that_blew_up_still_has_its_chain() -> None:
    step = opened("iris")
    layers = tuple(replace(layer, delta=np.full_like(layer.delta, np.nan)) for layer in step.trace.layers)
    spoilt = Step(step.network, replace(step.trace, layers=layers))
    found = chain(spoilt, W_H)
    assert len(found.paths) == 3
    assert math.isnan(found.total)


def test_every_phase_and_variable_of_the_presets_can_be_written() -> None:
    for name in ("toy", "xor", "digits"):
        step = opened(name)
        for complete in range(-1, len(score(step.network.depth))):
            for address in (Edge(0, 0, 0), Node(0, 0), Node(step.network.depth - 1, 0), Node(INPUT, 0)):
                for variable in variables(step.network, address):
                    found = chain_of(step.network, step.trace, Names(step.network), variable, complete, 0)
                    assert found.paths
                    assert variable_name(Names(step.network), variable)


def test_kinds_say_what_a_factor_is() -> None:
    kinds = [factor.kind for factor in chain(toy(), W_H).paths[0].factors]
    assert kinds == [Kind.COST, Kind.SLOPE, Kind.WEIGHT, Kind.SLOPE, Kind.INPUT]
