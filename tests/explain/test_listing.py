"""The program of a step: run on its own, it arrives at the record's numbers; its lines follow the telling."""

from __future__ import annotations

import ast
import contextlib
import io
import math
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.document.preset import load_preset, preset_names
from bpviz.engine.backprop import run_step
from bpviz.engine.freezing import FrozenParameter
from bpviz.engine.network import Layer, LayerParameters, Network
from bpviz.engine.optimizer import OPTIMIZERS, Learning, OptimizerSettings
from bpviz.engine.trace import StepTrace
from bpviz.engine.trainer import Trainer
from bpviz.engine.update import OptimizerState
from bpviz.explain.listing.line import Line, Listing
from bpviz.explain.listing.literal import brief, exact, written
from bpviz.explain.listing.program import listing
from bpviz.explain.listing.token import Sort, tokens
from bpviz.explain.listing.values import shown_part, values
from bpviz.explain.listing.variables import Variables
from bpviz.explain.part import Part, What, told_by
from bpviz.explain.phase import Kind, Phase, score
from tests.engine.nets import every_parameter, some_frozen
from tests.explain.drawn_steps import Step, steps, toy

TEXT = """\
def relu_prime(z):
    if z > 0:
        return 1
    return 0
|def cost(yHat, y):
    return 0.5 * (yHat - y)**2
|def cost_prime(yHat, y):
    return yHat - y
|Eh = Eo * Wo * relu_prime(Zh)
|dWo = Eo * H
|dWh = Eh * x
|Wh -= lr * dWh
|Wo -= lr * dWo
"""


def nothing() -> OptimizerState:
    return OptimizerState()


def of_trainer(trainer: Trainer) -> Listing:
    def recall() -> OptimizerState:
        return trainer.optimizer_state

    return listing(trainer.network, trainer.record(), trainer.learning, recall)


def at(name: str, step: int) -> Trainer:
    trainer = load_preset(name).experiment.start()
    for _ in range(step):
        assert trainer.advance() is None
    return trainer


def of_toy() -> Listing:
    step = toy()
    return listing(step.network, step.trace, Learning(), nothing)


def printed(text: str) -> dict[str, np.ndarray]:
    pairs = (line.split(" = ", 1) for line in text.splitlines())
    return {name: np.array(ast.literal_eval(value), float) for name, value in pairs}


def executed(program: str) -> dict[str, np.ndarray]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), np.errstate(all="ignore"):
        exec(program, {})
    return printed(out.getvalue())


def expected(network: Network, trace: StepTrace) -> dict[str, np.ndarray]:
    """Every number that the program prints, from the record."""
    names = Variables.of(network, trace.batch)
    numbers = {"C": np.array(trace.cost)}
    for k, layer in enumerate(trace.layers):
        numbers[names.gradient(k)], numbers[names.weight(k)] = layer.dw, layer.w_next
        if layer.db is not None and layer.b_next is not None:
            numbers[names.bias_gradient(k)], numbers[names.bias(k)] = layer.db, layer.b_next
    return numbers


def agree(found: dict[str, np.ndarray], wanted: dict[str, np.ndarray], absolute: float = 0.0) -> None:
    assert found.keys() == wanted.keys()
    for name, array in wanted.items():
        np.testing.assert_allclose(
            found[name].reshape(array.shape), array, rtol=1e-9, atol=absolute, err_msg=name
        )


# -- what is copied --------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [0, 7])
@pytest.mark.parametrize("name", preset_names())
def test_the_copied_program_runs_alone_and_prints_the_steps_numbers(name: str, step: int) -> None:
    trainer = at(name, step)
    run = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-"], input=of_trainer(trainer).program, capture_output=True,
        text=True, check=False, timeout=120,
    )
    assert run.stderr == ""
    assert run.returncode == 0
    agree(printed(run.stdout), expected(trainer.network, trainer.record()))


@given(steps(scales=(0.0, 0.5, 1.0, 3.0)), st.data())
@settings(deadline=None)
def test_the_program_agrees_for_all_functions_and_optimizers(step: Step, data: st.DataObject) -> None:
    """The second of two steps, so that the optimizer remembers something."""
    learning = Learning(
        rate=0.01,
        optimizer=OptimizerSettings(data.draw(st.sampled_from(sorted(OPTIMIZERS)))),
        l1=data.draw(st.sampled_from((0.0, 0.03))), l2=data.draw(st.sampled_from((0.0, 0.01))),
        frozen=data.draw(st.just(()) | some_frozen(step.network)),
    )
    first = step.trace
    before = tuple(LayerParameters(layer.w, layer.b) for layer in first.layers)
    one = run_step(step.network, before, first.inputs, first.targets, learning)
    two = run_step(
        step.network, one.parameters_next, first.inputs, first.targets, learning, one.optimizer_next, step=1
    )
    for trace, state in ((one, OptimizerState()), (two, one.optimizer_next)):
        made = listing(step.network, trace, learning, lambda state=state: state)
        # A saturated slope such as 1 - a^2 has fewer good digits than its a; Adam divides it by itself.
        scale = 1.0 + max(float(np.abs(layer.a).max()) for layer in trace.layers) ** 2
        tiny = trace.rate * 1e-3 if trace.optimizer in ("adam", "adamw", "rmsprop") else 0.0
        agree(executed(made.program), expected(step.network, trace), 1e-9 * scale + tiny)


@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
@pytest.mark.parametrize("units", [1, 2])
def test_every_optimizer_agrees_in_all_digits_where_nothing_is_saturated(optimizer: str, units: int) -> None:
    network = Network(units, (Layer(units, "tanh"), Layer(units, "gelu", bias=False)))
    random = np.random.default_rng(5)
    parameters = tuple(
        LayerParameters(random.normal(size=(units, units)), random.normal(size=units) if layer.bias else None)
        for layer in network.layers
    )
    learning = Learning(optimizer=OptimizerSettings(optimizer, weight_decay=0.3), l1=0.01, l2=0.02)
    x, y = random.normal(size=(1, units)), random.normal(size=(1, units))
    state = OptimizerState()
    for step in range(3):
        trace = run_step(network, parameters, x, y, learning, state, step=step)
        made = listing(network, trace, learning, lambda state=state: state)
        agree(executed(made.program), expected(network, trace))
        parameters, state = trace.parameters_next, trace.optimizer_next


def last_frozen(name: str, optimizer: str, frozen: tuple[FrozenParameter, ...]) -> Trainer:
    """Two steps, which the optimizer remembers, then one for which these are frozen."""
    trainer = load_preset(name).experiment.start()
    learning = replace(trainer.learning, optimizer=OptimizerSettings(optimizer), l2=0.01)
    trainer.change(learning)
    trainer.run(2, math.inf)
    trainer.change(replace(learning, frozen=frozen))
    return trainer


@pytest.mark.parametrize("optimizer", ["gradient_descent", "momentum", "adam", "adamw"])
@pytest.mark.parametrize("name", ["toy", "mazur", "spiral", "digits"])
def test_the_program_leaves_what_is_frozen(name: str, optimizer: str) -> None:
    """Run alone: some weights and biases, and one whole layer of those that have several."""
    every = every_parameter(load_preset(name).experiment.network)
    trainer = last_frozen(name, optimizer, tuple(one for one in every[1:] if one.layer == 1 or one.unit % 2))
    program = of_trainer(trainer).program
    run = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-"], input=program, capture_output=True, text=True,
        check=False, timeout=120,
    )
    assert (run.stderr, run.returncode) == ("", 0)
    assert "  # frozen\n" in program
    agree(printed(run.stdout), expected(trainer.network, trainer.record()))


def test_what_is_frozen_is_a_mask_and_what_is_frozen_whole_is_left() -> None:
    frozen = tuple(one for one in every_parameter(load_preset("mazur").experiment.network) if one.layer == 1)
    program = of_trainer(last_frozen("mazur", "momentum", (FrozenParameter(0, 1, 0), *frozen))).program
    mask = "frozenWh = np.array([[0.0, 1.0], [0.0, 0.0]])"
    assert f"\n# Frozen: 1 where the update leaves it\n{mask}\n" in program
    assert "\nWh = np.where(frozenWh, Wh, momentum(Wh, dWh + l2 * Wh, vWh))\n" in program
    assert "\nWo = Wo  # frozen\nbo = bo  # frozen\n" in program and "frozenWo" not in program


@pytest.mark.parametrize("function", ["elu", "leaky_relu", "sigmoid", "silu", "sine", "softplus"])
@pytest.mark.parametrize("cost", ["absolute_error", "huber", "mean_squared_error"])
@pytest.mark.parametrize("w", [-1.3, 0.0, 1.7])
def test_single_numbers_agree_for_every_function(function: str, cost: str, w: float) -> None:
    step = toy(w_h=w, w_o=-w, functions=(function, function), cost=cost)
    agree(executed(listing(step.network, step.trace, Learning(), nothing).program),
          expected(step.network, step.trace))


@pytest.mark.parametrize("cost", ["binary_cross_entropy", "categorical_cross_entropy"])
@pytest.mark.parametrize("w", [-300.0, -1.0, 300.0])
def test_cross_entropies_of_one_number_never_overflow(cost: str, w: float) -> None:
    step = toy(w_h=w, w_o=w, functions=("identity", "sigmoid"), cost=cost, y=1.0)
    agree(executed(listing(step.network, step.trace, Learning(), nothing).program),
          expected(step.network, step.trace))


def test_an_engine_that_is_wrong_is_found_out() -> None:
    step = toy()
    spoilt = replace(step.trace.layers[0], dw=step.trace.layers[0].dw * 1.001)
    trace = replace(step.trace, layers=(spoilt, step.trace.layers[1]))
    with pytest.raises(AssertionError, match="dWh"):
        agree(executed(of_toy().program), expected(step.network, trace))


def test_the_program_needs_nothing_of_this_one() -> None:
    for name in preset_names():
        assert "bpviz" not in of_trainer(at(name, 1)).program


def test_what_an_optimizer_remembered_is_only_asked_for_when_it_is_copied() -> None:
    trainer = at("digits", 1)
    asked: list[int] = []

    def recall() -> OptimizerState:
        asked.append(1)
        return trainer.optimizer_state

    made = listing(trainer.network, trainer.record(), trainer.learning, recall)
    assert any(line.text == "mWh = np.array([...])  # 64 x 32" for line in made.lines)
    assert not asked
    assert "..." not in made.program
    assert asked


# -- as in the text --------------------------------------------------------------------------------


@pytest.mark.parametrize("passage", TEXT.split("|"))
def test_the_toy_program_is_the_texts(passage: str) -> None:
    assert passage.rstrip() in of_toy().program


def test_the_toy_program_uses_plain_numbers_only() -> None:
    program = of_toy().program
    assert "import" not in program
    assert "np." not in program


def test_the_lines_of_going_back_come_in_the_order_of_telling() -> None:
    assigned = [line.assigns[0] for line in of_toy().lines if line.phase and line.phase.backward]
    assert assigned == ["Eo", "dWo", "Eh", "dWh"]


def test_deeper_networks_are_numbered_and_a_single_layer_is_not() -> None:
    assert "E10 = E11 * W11 * sigmoid_prime(Z10)" in of_trainer(at("ten-hidden", 0)).program
    assert "dW = E * x" in of_trainer(at("single-neuron", 0)).program
    assert "dW2 = H1.T @ E2 / len(X)" in of_trainer(at("sine", 0)).program


def softmax_step(target: tuple[float, ...], cost: str) -> tuple[Network, StepTrace]:
    network = Network(1, (Layer(2, "softmax"),), cost)
    parameters = (LayerParameters(np.array([[0.4, -0.7]]), np.array([0.1, 0.2])),)
    return network, run_step(network, parameters, np.array([[1.5]]), np.array([target]))


@pytest.mark.parametrize(("target", "cost", "line"), [
    ((0.0, 1.0), "categorical_cross_entropy", "E = yHat - y"),
    ((0.5, 0.25), "categorical_cross_entropy", "E = yHat * y.sum(axis=1, keepdims=True) - y"),
    ((0.0, 1.0), "half_squared_error", "E = softmax_error(yHat, cost_prime(yHat, y))"),
])  # fmt: skip
def test_the_error_of_softmax_depends_on_its_cost_and_targets(
    target: tuple[float, ...], cost: str, line: str
) -> None:
    network, trace = softmax_step(target, cost)
    made = listing(network, trace, Learning(), nothing)
    assert line in [shown.text for shown in made.lines]
    agree(executed(made.program), expected(network, trace))


def test_why_a_slope_is_missing_is_said() -> None:
    made = of_trainer(at("iris", 0))
    told = [made.lines[i].text for i in made.lines_of(Phase(Kind.OUTPUT_ERROR, 1))]
    assert told == ["# softmax and cross-entropy", "# together: R' cancels out", "Eo = yHat - y"]


def test_only_functions_in_use_are_defined() -> None:
    defined = [line.text for line in of_trainer(at("xor", 0)).lines if line.text.startswith("def ")]
    assert defined == ["def tanh(z):", "def tanh_prime(z):", "def sigmoid(z):", "def cost(z, y):"]


# -- what is shown ---------------------------------------------------------------------------------


@given(steps())
@settings(deadline=None)
def test_every_phase_has_a_line_and_tells_what_its_lines_compute(step: Step) -> None:
    depth = step.network.depth
    optimizer = OptimizerSettings(step.trace.optimizer)
    lines = listing(step.network, step.trace, Learning(optimizer=optimizer), nothing).lines
    assert {line.phase for line in lines} - {None} == set(score(depth))
    for line in lines:
        assert all(told_by(part, depth) == line.phase for part in line.computes)
        assert all(part.unit is None for part in (*line.computes, *line.uses))


@given(steps())
@settings(deadline=None)
def test_no_line_uses_what_is_not_told_before_it(step: Step) -> None:
    learning = Learning(optimizer=OptimizerSettings(step.trace.optimizer))
    there: set[Part] = set()
    for line in listing(step.network, step.trace, learning, nothing).lines:
        assert set(line.uses) <= there
        there |= set(line.computes)


def test_phases_come_in_the_order_of_the_score() -> None:
    for name in preset_names():
        phases = [line.phase for line in of_trainer(at(name, 0)).lines if line.phase is not None]
        order = [score(at(name, 0).network.depth).index(phase) for phase in phases]
        assert order == sorted(order)


def test_large_arrays_are_folded_and_small_ones_are_not() -> None:
    lines = [line.text for line in of_trainer(at("mazur", 0)).lines]
    assert "X = np.array([[0.05, 0.1]])" in lines
    assert "Wh = np.array([...])  # 64 x 32" in [line.text for line in of_trainer(at("digits", 0)).lines]


def test_lines_fit_a_narrow_panel() -> None:
    for name in preset_names():
        assert max(len(line.text) for line in of_trainer(at(name, 7)).lines) <= 60


def test_a_line_knows_what_it_assigns_and_what_it_uses() -> None:
    line = next(line for line in of_toy().lines if line.text.startswith("Wo -="))
    assert line.assigns == ("Wo",)
    assert line.result == Part(What.NEW_WEIGHT, 1)
    assert set(line.uses) == {Part(What.WEIGHT, 1), Part(What.RATE, 1), Part(What.GRADIENT, 1)}


def test_the_words_of_a_line_point_at_quantities() -> None:
    line = next(line for line in of_toy().lines if line.text.startswith("Eo ="))
    found = {token.text: token.part for token in tokens(line)}
    assert found["Eo"] == Part(What.ERROR, 1)
    assert found["cost_prime"] == Part(What.PULL, 1)
    assert found["relu_prime"] == Part(What.SLOPE, 1)
    assert found["Zo"] == Part(What.WEIGHTED_INPUT, 1)
    assert found["*"] is None


def test_words_are_sorted_as_python_sorts_them() -> None:
    sorts = [(token.text, token.sort) for token in tokens(Line('    return 1e-12 * z["a"]  # why not'))]
    assert sorts == [
        ("return", Sort.KEYWORD), ("1e-12", Sort.NUMBER), ("*", Sort.SIGN), ("z", Sort.NAME),
        ("[", Sort.SIGN),
        ('"a"', Sort.TEXT), ("]", Sort.SIGN), ("# why not", Sort.COMMENT),
    ]


# -- literals --------------------------------------------------------------------------------------


@given(st.floats())
def test_a_number_written_out_reads_back_exactly(x: float) -> None:
    back = eval(exact(x))
    assert back == x or (math.isnan(back) and math.isnan(x))


@given(st.integers(1, 30), st.integers(1, 5), st.integers(0, 9))
@settings(deadline=None)
def test_an_array_written_out_reads_back_exactly(units: int, rows: int, seed: int) -> None:
    array = np.random.default_rng(seed).normal(size=(rows, units))
    for one in (array, array[0]):
        space: dict[str, np.ndarray] = {"np": np}  # type: ignore[dict-item]
        text = written("Wh", one)
        exec(text, space)
        assert np.array_equal(space["Wh"], one)
        assert max(len(line) for line in text.split("\n")) <= 60
        short = brief("Wh", one)
        assert short is None or short == text


# -- the numbers beside the lines ------------------------------------------------------------------


def line_of(made: Listing, start: str) -> Line:
    return next(line for line in made.lines if line.text.startswith(start))


def test_beside_a_line_stand_the_numbers_of_the_example() -> None:
    trainer = at("iris", 0)
    trace = trainer.record()
    part = shown_part(line_of(of_trainer(trainer), "Zh ="))
    assert part == Part(What.WEIGHTED_INPUT, 0)
    found = values(part, trace, 3, 4)
    assert [cell.value for cell in found.cells] == list(trace.layers[0].z[3, :4])
    assert [cell.part.unit for cell in found.cells] == [0, 1, 2, 3]
    assert (found.shape, found.more) == ("10 × 8", True)
    mean = values(part, trace, None, 1).cells[0].value
    assert mean == pytest.approx(sum(row[0] for row in trace.layers[0].z) / 10)


def test_numbers_of_weights_know_where_they_lead_from() -> None:
    trainer = at("mazur", 0)
    found = values(Part(What.GRADIENT, 0), trainer.record(), 0, 3)
    assert [(cell.part.source, cell.part.unit) for cell in found.cells] == [(0, 0), (0, 1), (1, 0)]
    assert found.cells[2].value == trainer.record().layers[0].dw[1, 0]


def test_the_cost_beside_its_line_is_the_batchs() -> None:
    trace = at("iris", 0).record()
    assert values(Part(What.COST, 1), trace, 3, 4).cells[0].value == trace.cost


def test_what_stands_in_the_line_itself_is_not_repeated() -> None:
    made = of_toy()
    assert shown_part(line_of(made, "x =")) is None
    assert shown_part(line_of(made, "Wh =")) is None
    assert shown_part(line_of(made, "Zh =")) == Part(What.WEIGHTED_INPUT, 0)
    folded = line_of(of_trainer(at("digits", 0)), "X =")
    assert shown_part(folded) == Part(What.ACTIVATION, -1)
