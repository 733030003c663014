"""Numbers as text: three significant digits, nothing invented, nothing hidden."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.explain.number import compact, count, full, number, shown, signed

_LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")
finite = st.floats(-1e308, 1e308)
everyday = st.floats(1e-9, 9e9).flatmap(lambda x: st.sampled_from((x, -x)))


def value(text: str) -> float:
    """What a person reads in it."""
    mantissa, _, power = text.translate(_LOWERED).replace(",", "").partition("·10")
    return float(f"{mantissa}e{power or 0}")


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.58, "0.580"),
        (-1.2, "−1.20"),
        (12.34, "12.3"),
        (1.0, "1.00"),
        (0.9996, "1.00"),
        (99.96, "100"),
        (1234.5678, "1,235"),
        (999_999.4, "999,999"),
        (1e6, "1.00·10⁶"),
        (0.001, "0.00100"),
        (0.00099951, "0.00100"),
        (0.0009994, "9.99·10⁻⁴"),
        (1.2345e-5, "1.23·10⁻⁵"),
        (-3.4e13, "−3.40·10¹³"),
        (0.0, "0"),
        (-0.0, "0"),
        (None, "—"),
        (math.nan, "—"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (np.float64(0.58), "0.580"),
    ],
)
def test_a_number_reads(x: float | None, text: str) -> None:
    assert number(x) == text


@given(finite)
def test_a_number_is_right_to_half_its_third_digit(x: float) -> None:
    assert value(number(x)) == pytest.approx(x, rel=0.005 * (1 + 1e-9), abs=0)


@given(finite)
def test_shown_is_the_value_that_is_read(x: float) -> None:
    assert shown(x) == value(number(x))
    assert number(shown(x)) == number(x)


@given(finite)
def test_only_exact_zero_reads_zero(x: float) -> None:
    assert (number(x) == "0") == (x == 0)
    assert (compact(x) == "0") == (x == 0)


@given(finite, finite)
def test_a_larger_number_never_reads_smaller(x: float, y: float) -> None:
    assert value(number(min(x, y))) <= value(number(max(x, y)))


@given(everyday)
def test_a_label_has_at_most_nine_characters_and_a_sign(x: float) -> None:
    assert len(number(x).removeprefix("−")) <= 9


@given(finite)
def test_minus_is_never_a_hyphen(x: float) -> None:
    assert "-" not in number(x) + compact(x) + signed(x)


@given(everyday)
def test_a_compact_number_has_five_characters_and_the_right_size(x: float) -> None:
    text = compact(x)
    assert len(text) <= 5
    assert float(text.replace("−", "-")) == pytest.approx(x, rel=0.51)


@pytest.mark.parametrize(
    ("x", "text"),
    [(0.58, "0.580"), (-0.58, "−0.58"), (12.34, "12.3"), (1e-5, "1e−5"), (-12345.0, "−1e4"), (1234.0, "1234"),
     (0.0, "0"), (None, "—"), (math.inf, "∞")],
)  # fmt: skip
def test_a_compact_number_reads(x: float | None, text: str) -> None:
    assert compact(x) == text


def test_a_compact_number_uses_the_room_it_is_given() -> None:
    assert compact(-0.58, width=6) == "−0.580"


@given(finite)
def test_full_precision_reads_back_exactly(x: float) -> None:
    assert float(full(x)) == x


def test_full_precision_of_nothing_is_a_dash() -> None:
    assert full(None) == "—"


@pytest.mark.parametrize(("x", "text"), [(0.58, "+0.580"), (-0.58, "−0.580"), (0.0, "0"), (None, "—")])
def test_signed_says_plus(x: float | None, text: str) -> None:
    assert signed(x) == text


def test_more_digits_on_request() -> None:
    assert number(0.298371109, digits=6) == "0.298371"


def test_counts_have_their_thousands_apart() -> None:
    assert [count(n) for n in (8, 2368, 1_000_000)] == ["8", "2,368", "1,000,000"]
