"""Rows are edited as values, and an edit that leaves no valid example is refused."""

import pytest

from bpviz.document.errors import DocumentError
from bpviz.document.loading import load
from bpviz.document.rows import CURVE_POINTS, TWO_CLASSES, with_cell, with_point, without_point
from bpviz.document.source import Source

POINTS = with_point(with_point(TWO_CLASSES, (0.5, -0.5, 0)), (1, 2, 1))


def test_points_that_are_drawn_become_a_data_set():
    data = load(Source(rows=POINTS))
    assert data.inputs.tolist() == [[0.5, -0.5], [1.0, 2.0]]
    assert (data.targets.tolist(), data.class_names) == ([[0.0], [1.0]], ("first", "second"))
    curve = load(Source(rows=with_point(CURVE_POINTS, (1, 3))))
    assert (curve.inputs.tolist(), curve.targets.tolist(), curve.task) == ([[1.0]], [[3.0]], "regression")


def test_nothing_drawn_is_not_yet_a_source():
    with pytest.raises(DocumentError, match="expected at least one example"):
        Source(rows=TWO_CLASSES)


def test_a_changed_cell_leaves_all_others_and_the_rows_before():
    assert with_cell(POINTS, 1, 0, 7).cells == ((0.5, -0.5, 0.0), (7.0, 2.0, 1.0))
    assert with_cell(POINTS, 0, 2, 1).cells == ((0.5, -0.5, 1.0), (1.0, 2.0, 1.0))
    assert POINTS.cells == ((0.5, -0.5, 0.0), (1.0, 2.0, 1.0))


def test_a_point_is_taken_away_but_never_the_last():
    left = without_point(POINTS, 0)
    assert left.cells == ((1.0, 2.0, 1.0),)
    with pytest.raises(DocumentError, match=r"cells\[0\]: is the last example"):
        without_point(left, 0)


@pytest.mark.parametrize(
    ("edit", "text"),
    [
        (lambda: with_cell(POINTS, 1, 2, 2), r"cells\[1\]: expected a class from 0 to 1, got 2"),
        (lambda: with_cell(POINTS, 1, 2, 0.5), r"cells\[1\]: expected a class from 0 to 1, got 0.5"),
        (lambda: with_cell(POINTS, 0, 0, float("nan")), r"cells\[0\]: expected finite numbers"),
        (lambda: with_cell(POINTS, 0, 0, 1e101), r"cells\[0\]: expected finite numbers below 1e\+100"),
        (lambda: with_cell(POINTS, 0, 3, 1), r"cells\[0\]: expected a column from 0 to 2, got 3"),
        (lambda: with_cell(POINTS, -1, 0, 1), r"cells\[-1\]: there is no such example, only 2"),
        (lambda: with_point(POINTS, (1, 2)), r"cells\[2\]: expected 3 cells, got 2"),
        (lambda: without_point(POINTS, 2), r"cells\[2\]: there is no such example, only 2"),
    ],
)
def test_an_impossible_edit_is_refused_at_its_cell(edit, text):
    with pytest.raises(DocumentError, match=text):
        edit()
