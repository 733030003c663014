"""Three nested functions: the chain rule agrees with two other ways to differentiate, and with itself."""

from __future__ import annotations

import math

import numpy as np
import pytest
from autograd import grad
from hypothesis import assume, given
from hypothesis import strategies as st

from bpviz.engine.errors import EngineError
from bpviz.explain.nested import (
    FARTHEST,
    FUNCTIONS,
    VARIABLES,
    Nested,
    stage_curve,
    tangent,
    whole_curve,
    whole_symbol,
)
from bpviz.explain.nested_remark import remark
from bpviz.explain.number import number, shown
from tests.engine.oracle import ACTIVATIONS as TEXTBOOK

names = st.sampled_from(FUNCTIONS)
nests = st.builds(Nested, names, names, names)
places = st.floats(-FARTHEST, FARTHEST)
variables = st.sampled_from(VARIABLES)
_STEP = 1e-5


def textbook(nested: Nested, by: str = "x"):
    """The same function of x, C or B, from the textbook's definitions."""
    names = (nested.inner, nested.middle, nested.outer)[VARIABLES.index(by) :]
    functions = [TEXTBOOK[name] for name in names]

    def whole(value):
        for function in functions:
            value = function(value)
        return value

    return whole


def away_from_corners(nested: Nested, x: float) -> bool:
    return all(abs(stage.input) > 1e-3 for stage in nested.stages(x))


@given(nests, places, variables)
def test_the_product_of_the_slopes_is_the_slope_by_finite_differences(nested, x, by) -> None:
    assume(away_from_corners(nested, x))
    chain, function = nested.chain(x, by), textbook(nested, by)
    differences = (function(chain.at + _STEP) - function(chain.at - _STEP)) / (2 * _STEP)
    assert chain.slope == pytest.approx(differences, rel=1e-5, abs=1e-7)


@given(nests, places, variables)
def test_the_product_of_the_slopes_is_the_slope_by_automatic_differentiation(nested, x, by) -> None:
    assume(away_from_corners(nested, x))
    chain = nested.chain(x, by)
    assert chain.slope == pytest.approx(float(grad(textbook(nested, by))(chain.at)), rel=1e-9, abs=1e-12)


@given(nests, places)
def test_each_stage_takes_up_where_the_last_one_ended(nested, x) -> None:
    inner, middle, outer = nested.stages(x)
    assert inner.input == x
    assert middle.input == inner.value
    assert outer.input == middle.value
    assert outer.value == pytest.approx(float(textbook(nested)(x)), rel=1e-9, abs=1e-12)


def test_a_calculation_by_hand() -> None:
    """tanh(ReLU(x + 0)) at 0.5, and sigmoid'(0) = ¼ inside out."""
    chain = Nested("tanh", "relu", "identity").chain(0.5)
    assert [stage.slope for stage in chain.stages] == [1.0, 1.0, pytest.approx(1 - math.tanh(0.5) ** 2)]
    assert Nested("identity", "identity", "sigmoid").chain(0.0).slope == 0.25


@given(nests, places)
def test_a_placeholder_makes_the_chain_shorter_by_what_it_stands_for(nested, x) -> None:
    long, shorter, short = (nested.chain(x, by) for by in VARIABLES)
    assert [[stage.letter for stage in chain.factors] for chain in (long, shorter, short)] == [
        ["A", "B", "C"], ["A", "B"], ["A"],
    ]  # fmt: skip
    assert [[stage.letter for stage in chain.constant] for chain in (long, shorter, short)] == [
        [], ["C"], ["C", "B"],
    ]  # fmt: skip
    inner, middle, outer = long.stages
    assert long.slope == outer.slope * middle.slope * inner.slope
    assert shorter.slope == outer.slope * middle.slope
    assert short.slope == outer.slope


@given(nests, places, variables)
def test_equal_is_only_written_where_the_displayed_factors_make_the_displayed_product(nested, x, by) -> None:
    chain = nested.chain(x, by)
    read = math.prod(shown(stage.slope) for stage in chain.factors)
    assert (chain.sign == "=") == (number(read) == number(chain.slope))


def test_rounding_is_owned_up_to() -> None:
    """0.225 . 0.227 is 0.0511 as read, 0.0512 in truth."""
    chain = Nested("sigmoid", "sigmoid", "sigmoid").chain(0.5, "C")
    assert chain.numbers() == "0.0512 ≈ 0.225 · 0.227"


# -- curves -------------------------------------------------------------------------------------------


@given(nests, places, st.floats(0.1, 2.0), st.floats(0.1, 2.0))
def test_the_tangent_touches_the_curve_at_the_point(nested, x, half_width, half_height) -> None:
    """At the point it lies on the curve, and nearby it strays from it only by the square of the way."""
    assume(away_from_corners(nested, x))
    chain = nested.chain(x)
    (left, low), (right, high) = tangent(x, chain.value, chain.slope, half_width, half_height)
    assert ((left + right) / 2, (low + high) / 2) == pytest.approx((x, chain.value), abs=1e-9)
    for way in (-1e-4, 1e-4):
        on_line = chain.value + (high - low) / (right - left) * way
        assert on_line == pytest.approx(float(textbook(nested)(x + way)), abs=1e-7)


@given(st.floats(-20.0, 20.0), st.floats(0.1, 5.0), st.floats(0.1, 5.0))
def test_a_tangent_looks_as_long_whatever_its_slope(slope, half_width, half_height) -> None:
    (left, low), _ = tangent(0.0, 0.0, slope, half_width, half_height)
    assert math.hypot(left / half_width, low / half_height) == pytest.approx(1.0)


@given(nests, variables)
def test_the_curve_of_the_whole_is_the_function(nested, by) -> None:
    curve = whole_curve(nested, by)
    function = textbook(nested, by)
    expected = [float(function(float(value))) for value in curve.inputs]
    np.testing.assert_allclose(curve.values, expected, rtol=1e-9, atol=1e-12)
    assert np.all(np.diff(curve.inputs) > 0)


@given(nests, places)
def test_every_point_lies_on_its_plot(nested, x) -> None:
    for stage in nested.stages(x):
        curve = stage_curve(nested, stage.letter)
        assert curve.width[0] <= stage.input <= curve.width[1]
        assert curve.height[0] < stage.value < curve.height[1]
        assert curve.reach[0] - 1e-3 <= stage.input <= curve.reach[1] + 1e-3


def test_a_corner_is_sampled_and_a_flat_curve_looks_flat() -> None:
    assert 0.0 in stage_curve(Nested("relu", "relu", "sine"), "B").inputs
    low, high = whole_curve(Nested("sigmoid", "sigmoid", "sigmoid"), "x").height
    assert high - low >= 1.0


# -- symbols ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "glossary", "standard"),
    [
        ("x", "f'(x) = A'(B) · B'(C) · C'(x)", "df/dx = dA/dB · dB/dC · dC/dx"),
        ("C", "f'(C) = A'(B) · B'(C)", "df/dC = dA/dB · dB/dC"),
        ("B", "f'(B) = A'(B)", "df/dB = dA/dB"),
    ],
)
def test_the_equation_stands_in_both_notations(by, glossary, standard) -> None:
    chain = Nested("tanh", "sine", "relu").chain(1.0, by)
    assert chain.equation("glossary").plain == glossary
    assert chain.equation("standard").plain == standard


def test_the_equation_stands_in_latex() -> None:
    chain = Nested("tanh", "sine", "relu").chain(1.0, "C")
    assert chain.equation("glossary").latex == r"f'(C) = A'(B) \cdot  B'(C)"
    d = r"\frac{\mathrm{d}%s}{\mathrm{d}%s}"
    expected = f"{d % ('f', 'C')} = {d % ('A', 'B')}" + r" \cdot  " + d % ("B", "C")
    assert chain.equation("standard").latex == expected


def test_a_placeholder_stands_for_what_is_inside() -> None:
    written = [whole_symbol(by).plain for by in VARIABLES]
    assert written == ["f(x) = A(B(C(x)))", "f(C) = A(B(C))", "f(B) = A(B)"]


# -- words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("functions", "x", "by", "words"),
    [
        (("identity", "identity", "identity"), 2.0, "x", "Every slope is 1, so f follows x one to one."),
        (("identity", "sine", "sine"), 2.0, "B", "The outer slope is 1, so f follows B one to one."),
        (
            ("identity", "sine", "tanh"), 2.6, "x",
            "The inner slope is 0.0218 because tanh is saturated near 1, "
            "so however steep the others are, f barely follows x.",
        ),
        (
            ("identity", "identity", "sine"), 1.55, "x",
            "The inner slope is 0.0208, so however steep the others are, f barely follows x.",
        ),
        (
            ("sigmoid", "sigmoid", "sigmoid"), 0.5, "x",
            "No slope is very small, but each is below 1 and they multiply: "
            "f moves only 0.0120 times as far as x.",
        ),
        (
            ("sigmoid", "relu", "tanh"), -1.2, "x",
            "B is closed: the slope of ReLU at −0.834 is 0, "
            "so however steep the others are, f does not follow x at all.",
        ),
        (("relu", "identity", "identity"), -1.0, "B",
         "A is closed: the slope of ReLU at −1.00 is 0, so f does not follow B at all."),
        (
            ("tanh", "relu", "identity"), 0.0, "x",
            "ReLU has a corner at 0, where its slope jumps from 0 to 1; "
            "0 is taken there, as in training; the whole slope is 0.",
        ),
        (("sine", "sine", "sine"), 2.4, "x",
         "One slope is negative, so f falls as x rises, 0.467 times as far."),
        (("sine", "identity", "identity"), 3.0, "B",
         "The slope is negative, so f falls as B rises, 0.990 times as far."),
        (("identity", "sine", "sine"), 2.4, "C",
         "f rises with C: a small step of C moves f 0.780 times as far."),
    ],
)  # fmt: skip
def test_what_is_seen_is_said_in_words(functions, x, by, words) -> None:
    assert remark(Nested(*functions).chain(x, by)) == words


@given(nests, places)
def test_more_than_one_negative_slope_leaves_next_to_nothing(nested, x) -> None:
    """Why the words know of one alone."""
    chain = nested.chain(x)
    if sum(stage.slope < 0 for stage in chain.stages) > 1:
        assert ("barely" if chain.slope else "does not follow") in remark(chain)


def test_two_negative_slopes_are_there_to_be_found() -> None:
    chain = Nested("gelu", "sine", "identity").chain(4.2)
    assert [stage.slope < 0 for stage in chain.factors] == [True, True, False]
    assert "barely" in remark(chain)


@given(nests, places, variables)
def test_the_words_never_promise_what_the_numbers_deny(nested, x, by) -> None:
    chain = nested.chain(x, by)
    said = remark(chain)
    if "rises with" in said:
        assert chain.slope > 0
    if "falls as" in said:
        assert chain.slope < 0
    if "barely" in said:
        assert 0 < abs(chain.slope) < 0.1
    if "not follow" in said:
        assert chain.slope == 0
    if "saturated" in said:
        assert min(abs(stage.slope) for stage in chain.factors) < 0.1
    assert said.endswith(".")


def test_a_corner_is_known_by_its_two_slopes() -> None:
    names = ("relu", "leaky_relu", "elu")
    relu, leaky, elu = (Nested("tanh", name, "identity").stages(0.0)[1] for name in names)
    assert (relu.sides, relu.corner) == ((0.0, 1.0), True)
    assert (leaky.sides, leaky.corner) == ((0.01, 1.0), True)
    assert not elu.corner


def test_softmax_is_refused_because_it_needs_a_whole_layer() -> None:
    assert "softmax" not in FUNCTIONS
    with pytest.raises(EngineError, match="softmax"):
        Nested("softmax", "tanh", "tanh")
    with pytest.raises(EngineError, match="did you mean 'tanh'"):
        Nested("tanh", "tann", "tanh")


def test_one_function_can_be_exchanged() -> None:
    nested = Nested("sigmoid", "relu", "tanh")
    assert nested.with_function("A", "sine") == Nested("sine", "relu", "tanh")
    assert nested.with_function("B", "sine") == Nested("sigmoid", "sine", "tanh")
    assert nested.with_function("C", "sine") == Nested("sigmoid", "relu", "sine")
