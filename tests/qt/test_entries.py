"""What may be typed, and where the arrows lead."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.document.limits import check_first, check_learning
from bpviz.engine.initializer import FirstWeights
from bpviz.engine.optimizer import Learning
from bpviz.explain.number import percent, typed
from bpviz.qt.panels.constants import (
    FIRST_CONSTANTS,
    OPTIMIZER_CONSTANTS,
    PENALTIES,
    SCHEDULE_CONSTANTS,
    Constant,
)
from bpviz.qt.panels.entries import (
    EntryError,
    read_batch,
    read_rate,
    read_seed,
    read_share,
    read_units,
    step_rate,
    step_share,
)

CONSTANTS = (*OPTIMIZER_CONSTANTS, *SCHEDULE_CONSTANTS, *PENALTIES, *FIRST_CONSTANTS)


@given(st.integers(-14, 3), st.integers(1, 3))
def test_steps_along_the_series_can_be_taken_back(place: int, steps: int) -> None:
    rate = float(f"{3 if place % 2 else 1}e{place // 2}")
    assert step_rate(step_rate(rate, steps), -steps) == rate


@given(st.floats(1e-6, 30, allow_nan=False))
def test_a_step_up_is_larger_and_a_step_down_smaller(rate: float) -> None:
    assert step_rate(rate, -1) < rate < step_rate(rate, 1)


def test_from_between_two_places_the_rate_goes_to_a_neighbour() -> None:
    assert (step_rate(0.05, 1), step_rate(0.05, -1)) == (0.1, 0.03)


@given(st.text())
def test_any_text_is_a_number_or_a_sentence(text: str) -> None:
    for read in (read_rate, read_seed, read_units, read_share, *(constant.read for constant in CONSTANTS)):
        try:
            read(text)
        except EntryError as error:
            assert str(error).endswith(".")
    try:
        assert 1 <= read_batch(text, 12) <= 12
    except EntryError as error:
        assert str(error).endswith(".")


@given(st.sampled_from(CONSTANTS), st.floats(-2e6, 2e6) | st.floats(-2, 2))
def test_a_constant_that_may_be_typed_can_be_used(constant: Constant, x: float) -> None:
    try:
        value = constant.read(typed(x))
    except EntryError:
        return
    assert value == x
    use(constant, value)


@pytest.mark.parametrize("constant", CONSTANTS, ids=lambda constant: constant.field)
def test_the_arrows_lead_to_constants_that_can_be_used(constant: Constant) -> None:
    """Up from anywhere is larger, down smaller, and the ends hold."""
    for place in constant.places:
        use(constant, place)
        assert constant.read(typed(place)) == place
    for a, b in zip(constant.places, constant.places[1:], strict=False):
        middle = (a + b) / 2
        assert (constant.stepped(a, 1), constant.stepped(b, -1)) == (b, a)
        assert (constant.stepped(middle, 1), constant.stepped(middle, -1)) == (b, a)
    assert constant.stepped(constant.places[-1], 1) == constant.places[-1]
    assert constant.stepped(constant.places[0], -1) == constant.places[0]
    assert constant.stepped(2 * constant.places[-1], 1) == 2 * constant.places[-1]


def use(constant: Constant, value: float) -> None:
    """Raises where the document or the engine would."""
    learning = Learning()
    if constant in OPTIMIZER_CONSTANTS:
        check_learning(replace(learning, optimizer=constant.put(learning.optimizer, value)))
    elif constant in SCHEDULE_CONSTANTS:
        check_learning(replace(learning, schedule=constant.put(learning.schedule, value)))
    elif constant in PENALTIES:
        check_learning(constant.put(learning, value))
    else:
        check_first(constant.put(FirstWeights(), value))


@given(st.integers(0, 900))
def test_a_share_reads_as_it_is_typed(tenths: int) -> None:
    assert percent(read_share(f"{tenths / 10} %")) == f"{tenths / 10:g} %"
    assert 0.0 <= step_share(tenths / 1000, -1) <= step_share(tenths / 1000, 1) <= 0.9


def test_shares_step_by_five_percent() -> None:
    assert (step_share(0.2, 1), step_share(0.2, -1), step_share(0.22, 1), step_share(0.22, -1)) == (
        0.25, 0.15, 0.25, 0.2,
    )  # fmt: skip
    assert (step_share(0.9, 1), step_share(0.0, -1)) == (0.9, 0.0)


def test_a_comma_and_a_true_minus_are_understood() -> None:
    low = next(constant for constant in FIRST_CONSTANTS if constant.field == "low")
    assert low.read(" −0,25 ") == -0.25


@given(st.floats(-1e300, 1e300))
def test_a_setting_is_typed_with_all_its_digits(x: float) -> None:
    assert float(typed(x)) == x
