"""The table of costs beside the numbers that were put into the history."""

import numpy as np

from bpviz.engine.costs import CostHistory
from bpviz.engine.stretches import EACH
from bpviz.explain.cost_table import Told, cost_table


def history():
    costs = CostHistory()
    costs.put_epoch(0, 2.0, 3.0, 0.25, 0.5)
    costs.put_steps(np.array([4.0, 8.0, 0.0]))
    costs.put_epochs(np.array([2]), np.array([[1.0, np.nan, 0.75, np.nan]]))
    return costs


def test_the_rows_of_a_short_run_worked_by_hand():
    told = Told(
        "mine", history(), epochs=lambda steps: steps / 2, seconds=lambda steps: 0.1 * steps,
        rates=lambda steps: 0 * steps + 0.3,
    )
    table = cost_table("Costs", [told], 3)
    assert table.columns == (
        "run", "step", "epoch", "time (s)", "batch cost", "batch cost averaged over 3", "training cost",
        "validation cost", "training accuracy (%)", "validation accuracy (%)", "learning rate",
    )
    first, second, third = table.rows
    assert first == ("mine", 0, 0.0, 0.0, 4.0, 4.0, 2.0, 3.0, 25.0, 50.0, 0.3)
    assert second[:5] == ("mine", 1, 0.5, 0.1, 8.0)
    np.testing.assert_allclose((second[5], third[5]), (20 / 3, 20 / 7))
    assert second[6:10] == (None, None, None, None)
    assert third[6:10] == (1.0, None, 75.0, None)


def test_what_is_not_known_is_empty():
    table = cost_table("Costs", [Told("mine", history(), lambda steps: steps / 2)], 3)
    assert [row[3] for row in table.rows] == [None] * 3
    assert [row[10] for row in table.rows] == [None] * 3


def test_an_epoch_that_ends_the_run_has_a_row_without_a_batch():
    costs = history()
    costs.put_epochs(np.array([3]), np.array([[0.5, 0.5, 1.0, 1.0]]))
    last = cost_table("Costs", [Told("mine", costs, lambda steps: steps / 2)], 3).rows[-1]
    assert last[1:7] == (3, 1.5, None, None, None, 0.5)


def test_of_a_long_run_it_says_that_only_extremes_are_kept():
    costs = CostHistory()
    costs.put_steps(np.random.default_rng(0).random(16 * EACH))
    table = cost_table("Costs", [Told("mine", costs, lambda steps: steps / 2)], 3)
    assert "batch cost (extremes kept)" in table.columns
    assert len(table.rows) < 12 * EACH
