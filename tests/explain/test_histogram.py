"""Counts of activations: every value in one bin, over a range that stands still."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bpviz.engine.activation import ACTIVATIONS
from bpviz.explain.histogram import BINS, histogram_of

VALUES = arrays(np.float64, st.tuples(st.integers(1, 30), st.integers(1, 4)),
                elements=st.floats(allow_nan=True, allow_infinity=True))
NAMES = st.sampled_from(sorted(ACTIVATIONS))


@given(VALUES, NAMES)
def test_every_value_is_counted_once(values: np.ndarray, name: str) -> None:
    found = histogram_of(values, name)
    assert found.counts.sum() + found.unknown == values.size
    assert found.low < found.high
    assert np.isfinite(found.edges).all()
    assert found.most == found.counts.max()


def test_bounded_functions_are_shown_over_all_their_range() -> None:
    """tanh: 24 bins from -1 to 1; -1 is in the first, 0 in the 13th, 1 in the last."""
    found = histogram_of(np.array([[-1.0, -0.99], [0.0, 1.0]]), "tanh")
    assert (found.low, found.high) == (-1.0, 1.0)
    assert {k: int(n) for k, n in enumerate(found.counts) if n} == {0: 2, 12: 1, 23: 1}


def test_others_are_shown_where_they_lie_with_round_ends() -> None:
    found = histogram_of(np.linspace(0.0, 3.7, 1000).reshape(-1, 4), "relu")
    assert (found.low, found.high) == (0.0, 4.0)
    assert found.counts[:22] == pytest.approx(np.full(22, 1000 / 3.7 / 6), abs=1)
    signed = histogram_of(np.linspace(-12.0, 130.0, 1000).reshape(-1, 4), "identity")
    assert (signed.low, signed.high) == (-15.0, 150.0)


def test_a_few_far_values_do_not_squeeze_the_others() -> None:
    values = np.append(np.linspace(0.0, 1.0, 999), 1e6)
    found = histogram_of(values, "relu")
    assert found.high == 1.0
    assert found.counts[-1] >= 42


def test_the_range_holds_zero_and_is_never_empty() -> None:
    above, below = (histogram_of(np.full((3, 1), value), "identity") for value in (5.0, -5.0))
    assert ((above.low, above.high), (below.low, below.high)) == ((0.0, 5.0), (-5.0, 0.0))
    still = histogram_of(np.zeros((4, 1)), "relu")
    assert (still.low, still.high, int(still.counts[0])) == (0.0, 1.0, 4)


@given(arrays(np.float64, st.integers(1, 60), elements=st.floats(-0.999, 0.999)))
def test_numpy_counts_the_same(values: np.ndarray) -> None:
    """But for values on the edge of a bin, which either may round to the other side."""
    found = histogram_of(values, "tanh")
    off_edges = np.abs((values + 1) * BINS / 2 - np.round((values + 1) * BINS / 2)) > 1e-9
    assume(off_edges.all())
    assert found.counts.tolist() == np.histogram(values, BINS, (-1.0, 1.0))[0].tolist()


def test_what_is_no_number_is_counted_apart() -> None:
    found = histogram_of(np.array([np.nan, np.inf, -np.inf, 0.5]), "relu")
    assert (found.unknown, int(found.counts.sum())) == (3, 1)
    assert histogram_of(np.array([np.nan]), "identity").unknown == 1
