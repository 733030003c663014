"""Every equation comes to the engine's number, from the engine's numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bpviz.engine.freezing import FrozenParameter
from bpviz.engine.optimizer import Learning, OptimizerSettings
from bpviz.explain.address import Address, Edge, Node, parameter_at
from bpviz.explain.equation.equation import Equation, MatrixEquation
from bpviz.explain.equation.expression import (
    Average,
    Difference,
    Expression,
    Product,
    Term,
    evaluate,
    read_out,
    terms_of,
)
from bpviz.explain.equation.sheet import sheet
from bpviz.explain.equation.token import latex, latex_with_numbers
from bpviz.explain.number import number
from bpviz.explain.part import Part, What, is_told, weight_part
from bpviz.explain.phase import Kind, Phase, score
from bpviz.explain.symbol import Names, Notation
from tests.explain.drawn_steps import Step, steps, toy
from tests.explain.preset_steps import NAMES, opened

ALL_TOLD = 10_000
DERIVED = (What.NEW_WEIGHT, What.NEW_BIAS)


def equations(
    step: Step, example: int | None = 0, focus: Address | None = None, complete: int = ALL_TOLD,
    notation: Notation = "glossary",
) -> list[Equation]:
    names = Names(step.network, (), notation)
    groups = sheet(step.network, step.trace, complete, example, names, focus)
    return [line for group in groups for line in group.lines if isinstance(line, Equation)]


def matrices(step: Step) -> list[MatrixEquation]:
    groups = sheet(step.network, step.trace, ALL_TOLD, 0, Names(step.network))
    return [line for group in groups for line in group.lines if isinstance(line, MatrixEquation)]


def by_left(step: Step, example: int | None = 0) -> dict[str, Equation]:
    return {equation.left.symbol.plain: equation for equation in equations(step, example)}


def as_written(part: Part, step: Step, example: int | None) -> float:
    """The number of a part, read from the record without explain/reading.py."""
    trace = step.trace
    rows = slice(None) if example is None else slice(example, example + 1)
    if part.what is What.RATE:
        return trace.rate
    if part.what is What.TARGET:
        return float(trace.targets[rows, part.unit].mean())
    if part.what is What.ACTIVATION and part.layer == -1:
        return float(trace.inputs[rows, part.unit].mean())
    layer = trace.layers[part.layer]
    by_example = {What.ACTIVATION: layer.a, What.WEIGHTED_INPUT: layer.z, What.SLOPE: layer.slope,
                  What.PULL: layer.pull, What.ERROR: layer.delta}
    if part.what in by_example:
        return float(by_example[part.what][rows, part.unit].mean())
    of_weights = {What.WEIGHT: layer.w, What.GRADIENT: layer.dw, What.NEW_WEIGHT: layer.w_next}
    if part.what in of_weights:
        return float(of_weights[part.what][part.source, part.unit])
    biases = {What.BIAS: layer.b, What.BIAS_GRADIENT: layer.db, What.NEW_BIAS: layer.b_next}
    return float(biases[part.what][part.unit])


def saturated(term: Term) -> bool:
    """1 - yhat has lost its digits; the engine works from Z there."""
    return term.part is not None and term.part.what is What.ACTIVATION and abs(1 - term.value) < 1e-9


def close(a: float, b: float, size: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12 * max(1.0, size))


@settings(max_examples=150, deadline=None)
@given(steps(scales=(0.0, 1e-6, 0.5, 1.0)), st.data())
def test_every_equation_comes_to_the_traced_number(step: Step, data: st.DataObject) -> None:
    example = data.draw(st.sampled_from(step.examples))
    focus = data.draw(st.sampled_from([None, *step.addresses]))
    for equation in equations(step, example, focus):
        right = evaluate(equation.right)
        terms = terms_of(equation.right)
        values = [term.value for term in terms]
        if not all(math.isfinite(value) for value in (right, equation.left.value, *values)):
            continue
        if equation.phase.kind in (Kind.COST, Kind.OUTPUT_ERROR) and any(saturated(t) for t in terms):
            continue
        size = max((abs(value) for value in values), default=0.0)
        assert close(right, equation.left.value, size**2), equation


def averaged_by_rows(step: Step, inner: Expression, names: Names) -> float | None:
    """The mean over the batch of what stands within an average, each row's numbers read off the record."""
    rows = []
    for row in range(step.trace.batch):
        values = []
        for term in factors_of(inner):
            if term.part is None or term.symbol != names.of(term.part):
                return None
            values.append(as_written(term.part, step, row))
        rows.append(math.prod(values))
    return sum(rows) / len(rows)


def factors_of(inner: Expression) -> tuple[Term, ...]:
    """A plain product of terms, or one alone; nothing for whatever else is averaged."""
    parts = inner.factors if isinstance(inner, Product) else (inner,)
    return tuple(p for p in parts if isinstance(p, Term)) if all(isinstance(p, Term) for p in parts) else ()


@settings(max_examples=120, deadline=None)
@given(steps(scales=(0.5, 1.0)))
def test_what_stands_within_an_average_averages_to_its_result(step: Step) -> None:
    assume(step.trace.batch > 1)
    names, seen = Names(step.network), 0
    for equation in equations(step, None):
        if not isinstance(equation.right, Average) or not factors_of(equation.right.of):
            continue
        expected = averaged_by_rows(step, equation.right.of, names)
        if expected is None or not math.isfinite(expected):
            continue
        seen += 1
        sizes = [abs(as_written(t.part, step, None)) for t in factors_of(equation.right.of)]
        assert close(expected, equation.left.value, 10 * max(sizes, default=0.0) ** 2), equation
    assert seen >= 1


@settings(max_examples=100, deadline=None)
@given(steps(), st.data())
def test_every_term_with_a_part_is_that_parts_number(step: Step, data: st.DataObject) -> None:
    example = data.draw(st.sampled_from(step.examples))
    row = 0 if step.trace.batch == 1 else example
    for equation in equations(step, example, data.draw(st.sampled_from([None, *step.addresses]))):
        for term in terms_of(equation.right):
            plain = term.part is not None and term.symbol == Names(step.network).of(term.part)
            if not plain or term.part.what is What.COST:
                continue
            expected = as_written(term.part, step, row)
            assert term.value == expected or close(term.value, expected, 0.0) or expected != expected


def test_the_toy_network_by_hand() -> None:
    """W_h 0.6, W_o 0.9, X 2, y 0.5, all ReLU, half squared error, rate 0.1."""
    found = by_left(toy())
    worked = {
        "Z_h": 1.2, "H": 1.2, "Z_o": 1.08, "ŷ": 1.08, "C": 0.5 * 0.58**2, "E_o": 0.58, "E_h": 0.522,
        "C'(W_o)": 0.696, "C'(W_h)": 1.044, "W_o new": 0.9 - 0.0696, "W_h new": 0.6 - 0.1044,
    }
    assert {name: equation.left.value for name, equation in found.items()} == pytest.approx(worked)
    assert {name: evaluate(equation.right) for name, equation in found.items()} == pytest.approx(worked)


def test_the_three_equations_read_as_the_text_writes_them() -> None:
    found = by_left(toy())
    symbols = {name: [t.latex for t in found[name].tokens] for name in ("E_o", "E_h", "C'(W_h)")}
    assert "".join(symbols["E_o"]) == r"E_{o}=(\hat{y}-y)\cdotR'(Z_{o})"
    assert "".join(symbols["E_h"]) == r"E_{h}=E_{o}\cdotW_{o}\cdotR'(Z_{h})"
    assert "".join(symbols["C'(W_h)"]) == r"C'(W_{h})=E_{h}\cdotX"


def test_the_standard_notation_writes_the_same_numbers() -> None:
    step = toy()
    one, other = equations(step), equations(step, notation="standard")
    assert [e.left.value for e in one] == [e.left.value for e in other]
    assert [t.below for e in one for t in e.tokens] == [t.below for e in other for t in e.tokens]
    assert other[5].left.symbol.plain == "δ_o" and one[5].left.symbol.plain == "E_o"


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_told_yet_reads_a_dash(name: str) -> None:
    step = opened(name)
    depth = step.network.depth
    for complete in range(-1, len(score(depth))):
        names = Names(step.network)
        for group in sheet(step.network, step.trace, complete, 0, names):
            for line in group.lines:
                for token in line.tokens if isinstance(line, Equation) else ():
                    if token.part is not None and token.below:
                        told = is_told(token.part, depth, complete)
                        assert told or token.below == "—" or token.part.what in DERIVED, token
                        assert token.below != "—" or not told, token


@pytest.mark.parametrize("name", NAMES)
def test_every_phase_but_the_first_has_its_equations(name: str) -> None:
    step = opened(name)
    groups = sheet(step.network, step.trace, ALL_TOLD, 0, Names(step.network))
    told = {line.phase for group in groups for line in group.lines}
    assert told == {phase for phase in score(step.network.depth) if phase.kind is not Kind.GIVEN}


@settings(max_examples=100, deadline=None)
@given(steps(), st.data())
def test_equal_signs_are_honest(step: Step, data: st.DataObject) -> None:
    """ "=" stands where the digits on screen give the digits on screen, and only there."""
    for equation in equations(step, data.draw(st.sampled_from(step.examples))):
        sign = equation.tokens[1].below
        agrees = number(read_out(equation.right)) == number(equation.left.value)
        assert sign == ("=" if agrees else "≈")


def test_a_long_sum_is_shortened_to_its_largest_terms() -> None:
    step = opened("digits")
    groups = sheet(step.network, step.trace, ALL_TOLD, 0, Names(step.network), Node(0, 4))
    found = next(line for line in groups[0].lines if isinstance(line, Equation))
    terms = terms_of(found.right)
    assert [t.symbol.plain for t in terms if t.part is None] == ["61 smaller terms"]
    layer = step.trace.layers[0]
    products = np.abs(layer.a_in[0] * layer.w[:, 4])
    told = sorted(t.part.unit for t in terms if t.part is not None and t.part.what is What.ACTIVATION)
    assert told == sorted(np.argsort(-products)[:3].tolist())
    assert evaluate(found.right) == pytest.approx(float(layer.z[0, 4]))


def test_a_selected_weight_chooses_what_is_written_out() -> None:
    step = opened("mazur")
    groups = sheet(step.network, step.trace, ALL_TOLD, 0, Names(step.network), Edge(1, 1, 0))
    lefts = [line.left.symbol.plain for g in groups for line in g.lines if isinstance(line, Equation)]
    assert "C'(W_o,2→1)" in lefts and "E_h,2" in lefts and "E_o,1" in lefts


@settings(max_examples=60, deadline=None)
@given(steps())
def test_matrix_forms_have_the_shapes_they_say(step: Step) -> None:
    """Multiplied as written, the matrices give the record's own."""
    for equation in matrices(step):
        kind, k = equation.phase.kind, equation.phase.layer
        layer = step.trace.layers[k]
        shapes = [tuple(map(int, t.below.split("×"))) for t in equation.tokens if t.part is not None]
        batch, inputs, units = step.trace.batch, *layer.w.shape
        if kind is Kind.SUM:
            assert shapes[:3] == [(batch, units), (batch, inputs), (inputs, units)]
            assert shapes[3:] == ([(units,)] if layer.b is not None else [])
        elif kind is Kind.GRADIENT:
            assert shapes == [(inputs, units), (inputs, batch), (batch, units)]
        elif kind is Kind.HIDDEN_ERROR:
            above = step.trace.layers[k + 1].w.shape
            assert shapes == [(batch, units), (batch, above[1]), above[::-1], (batch, units)]
        else:
            assert set(shapes) == {(batch, units)}


def of_update(step: Step, focus: Address | None = None) -> dict[str, Equation]:
    found = equations(step, focus=focus)
    return {one.left.symbol.plain: one for one in found if one.phase.kind is Kind.UPDATE}


def test_a_frozen_weight_stays_and_says_so() -> None:
    found = of_update(toy(learning=Learning(frozen=(FrozenParameter(1, 0, 0),))))
    stays, moves = found["W_o new"], found["W_h new"]
    assert latex(stays.tokens) == r"W_{o}^{\mathrm{new}} = W_{o}"
    assert latex_with_numbers(stays.tokens).count("0.900") == 2
    assert stays.note == "W_o is frozen: training leaves it as it is."
    assert isinstance(moves.right, Difference) and moves.note == ""


@pytest.mark.parametrize("frozen", [(), (FrozenParameter(1, 0, 0),)])
def test_the_optimizer_is_named_once_beside_the_first_change_that_it_makes(
    frozen: tuple[FrozenParameter, ...]
) -> None:
    found = of_update(toy(learning=Learning(optimizer=OptimizerSettings("adam"), frozen=frozen)))
    notes = {name: one.note for name, one in found.items() if "Adam" in one.note}
    assert list(notes) == ["W_h new" if frozen else "W_o new"]


@settings(deadline=None)
@given(steps(), st.data())
def test_what_is_frozen_has_the_equation_that_says_so(step: Step, data: st.DataObject) -> None:
    parts = [one for one in step.addresses if isinstance(one, Edge)]
    focus = data.draw(st.sampled_from(parts))
    names = Names(step.network)
    one = of_update(step, focus)[names.of(weight_part(What.NEW_WEIGHT, focus)).plain]
    assert ("is frozen" in one.note) == (parameter_at(focus) in step.trace.frozen)


def test_a_closed_relu_is_named() -> None:
    step = toy(w_h=-0.6)
    found = by_left(step)["E_h"]
    assert found.left.value == 0.0
    assert found.note == "R'(Z_h) = 0: the ReLU is closed, so no error passes."


def test_a_fused_output_says_why_its_error_is_the_gap() -> None:
    step = opened("xor")
    groups = sheet(step.network, step.trace, ALL_TOLD, 0, Names(step.network))
    line = groups[2].lines[-1]
    assert line.note.startswith("Sigmoid and binary cross-entropy belong together")
    assert [t.symbol.plain for t in terms_of(line.right)] == ["ŷ", "y"]


def test_the_gradient_of_a_batch_is_the_mean_of_its_examples() -> None:
    step = opened("xor")
    groups = sheet(step.network, step.trace, ALL_TOLD, 2, Names(step.network))
    lines = [line for line in groups[4].lines if line.phase == Phase(Kind.GRADIENT, 1)]
    share, mean = (line for line in lines[1:3])
    layer = step.trace.layers[1]
    assert share.left.symbol.plain == "C_3'(W_o,1→1)"
    assert share.left.value == pytest.approx(float(layer.delta[2, 0] * layer.a_in[2, 0]))
    assert mean.left.value == float(layer.dw[0, 0])
