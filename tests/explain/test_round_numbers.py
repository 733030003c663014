"""Round numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.explain.round_numbers import round_up


@pytest.mark.parametrize(("least", "round_"), [
    (1.0, 1.0), (1.1, 2.0), (2.5, 5.0), (5.1, 10.0), (0.03, 0.05), (700.0, 1000.0), (0.1 + 0.2 - 0.1, 0.2),
])  # fmt: skip
def test_the_next_round_number_is_found(least: float, round_: float) -> None:
    assert round_up(least) == pytest.approx(round_, rel=1e-12)


@given(st.floats(1e-100, 1e100))
def test_it_is_never_far_above_and_never_below(least: float) -> None:
    assert least * (1 - 1e-8) <= round_up(least) <= 2.5 * least * (1 + 1e-8)
