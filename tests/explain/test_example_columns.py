"""The columns of the list of examples, and the orders in which it is read."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from bpviz.engine.examples import Examples
from bpviz.explain.example_columns import Column, Heads, columns_of, in_order, listed
from bpviz.explain.example_costs import Outcomes

THREE = Outcomes(
    Examples([[0.5], [0.25]], [[1, 0, 0], [0, 0, 1]]),
    np.array([[0.2, 0.7, 0.1], [0.1, 0.0, 0.9]]), np.array([1.6, 0.1]),
)
ROWS = np.array([4, 11])


def by_role(columns: tuple[Column, ...]) -> dict[str, list[str]]:
    return {column.head: [column.text(k) for k in range(2)] for column in columns}


def test_several_classes() -> None:
    heads = Heads(("ant", "bee", "cat"), ("size",), ("ant", "bee", "cat"))
    assert by_role(columns_of(THREE, ROWS, heads)) == {
        "No.": ["5", "12"], "class": ["ant", "cat"], "seen as": ["bee", "cat"], "ŷ": ["0.700", "0.900"],
        "cost": ["1.60", "0.100"], "size": ["0.500", "0.250"],
    }


def test_two_classes_have_one_output() -> None:
    found = Outcomes(Examples([[1.0], [2.0]], [[1], [0]]), np.array([[0.4], [0.3]]), np.array([0.9, 0.4]))
    columns = columns_of(found, ROWS, Heads(("no", "yes"), (), ("differ",)))
    assert by_role(columns) == {
        "No.": ["5", "12"], "class": ["yes", "no"], "seen as": ["no", "no"], "ŷ": ["0.400", "0.300"],
        "cost": ["0.900", "0.400"],
    }
    assert "from 0.5 on it is seen as yes" in columns[3].tip


def test_a_regression_has_residuals_instead() -> None:
    data = Examples([[1.0], [2.0]], [[1], [0]])
    found = Outcomes(data, np.array([[0.5], [0.25]]), np.array([0.125, 0.03125]))
    assert by_role(columns_of(found, ROWS, Heads((), ("x",), ("y",)))) == {
        "No.": ["5", "12"], "y": ["1.00", "0"], "ŷ": ["0.500", "0.250"], "ŷ−y": ["−0.500", "0.250"],
        "cost": ["0.125", "0.0312"], "x": ["1.00", "2.00"],
    }


def test_several_targets_are_named() -> None:
    found = Outcomes(Examples([[1.0]], [[1, 0]]), np.array([[0.5, 0.25]]), np.array([0.2]))
    columns = columns_of(found, np.array([0]), Heads((), (), ("o1", "o2")))
    heads = [column.head for column in columns]
    assert heads == ["No.", "y o1", "ŷ o1", "ŷ−y o1", "y o2", "ŷ o2", "ŷ−y o2", "cost"]


def test_as_numbers_every_digit_is_there() -> None:
    columns = columns_of(THREE, ROWS, Heads(("ant", "bee", "cat"), ("size",), ("ant", "bee", "cat")))
    assert listed(columns, np.array([1, 0])).csv() == (
        "No.,class,seen as,ŷ,cost,size\n12,cat,cat,0.9,0.1,0.25\n5,ant,bee,0.7,1.6,0.5\n"
    )


@given(arrays.arrays(np.float64, st.integers(1, 30), elements=st.sampled_from([0.0, 1.0, -2.5, 7.0, np.nan])),
       st.booleans())  # fmt: skip
def test_sorted_they_are_in_order_equal_ones_as_they_were_unknown_ones_last(
    values: np.ndarray, descending: bool
) -> None:
    kept = np.arange(len(values))[::2]
    order = in_order(Column("cost", "cost", "", values), descending, kept)
    known = [k for k in kept if not np.isnan(values[k])]
    expected = sorted(known, key=lambda k: -values[k] if descending else values[k])
    assert order.tolist() == [*expected, *(k for k in kept if np.isnan(values[k]))]


def test_a_cost_that_overflowed_reads_as_infinite() -> None:
    column = Column("cost", "cost", "", np.array([np.inf, 1.0, np.nan]))
    assert [column.text(k) for k in range(3)] == ["∞", "1.00", "—"]
    assert in_order(column, True, np.arange(3)).tolist() == [0, 1, 2]
    assert column.cell(1) == pytest.approx(1.0)
