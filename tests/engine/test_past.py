"""What is no longer kept of a run is told again as it was the first time, whoever took the steps."""

import math
import random

import numpy as np
import pytest

from bpviz.document.preset import load_preset
from bpviz.engine.costs import CostHistory
from bpviz.engine.kernel import cache
from bpviz.engine.optimizer import Learning
from bpviz.engine.stretches import EACH
from bpviz.engine.trainer import Trainer
from tests.engine.kernel_steps import compiled
from tests.engine.nets import drawn, examples, network

NET = network((2, 3, 1), "tanh", "sigmoid", "binary_cross_entropy")
BY = ["NumPy"] + (["kernel", "both"] if cache.is_installed() else [])
LONG = 5 * EACH + 321


def started(batch=4, validation=True):
    """7 examples: two steps to an epoch, or one that is an epoch of its own."""
    held_out = examples(NET, 5, seed=9) if validation else None
    learning = Learning(0.05, batch)
    return Trainer(NET, learning, drawn(NET), examples(NET, 7), held_out, 0, classification=validation)


def run_to(trainer, step, by):
    """By one of them, or each in its turn."""
    if by != "NumPy":
        compiled()
        trainer.use(lambda: True)
    while trainer.step < step:
        if by == "NumPy" or (by == "both" and trainer.step % 3 == 0):
            assert trainer.advance() is None
        else:
            assert trainer.run(min(100, step - trainer.step), math.inf) is None


class Noting(CostHistory):
    """Notes down everything that it is told, besides."""

    def __init__(self, start):
        super().__init__()
        self.costs, self.epochs = [], [start]
        super().put_epoch(*start)

    def put_step(self, cost):
        super().put_step(cost)
        self.costs.append(cost)

    def put_steps(self, costs):
        super().put_steps(costs)
        self.costs += costs.tolist()

    def put_epoch(self, *row):
        super().put_epoch(*row)
        self.epochs.append(row)

    def put_epochs(self, steps, rows):
        super().put_epochs(steps, rows)
        self.epochs += [(step, *row) for step, row in zip(steps.tolist(), rows.tolist(), strict=True)]


def told(costs):
    """All that a history says."""
    curves = costs.steps(), costs.training(), costs.validation()
    rows = [costs.epoch_at(step) for step in range(costs.count + 2)]
    seen = [(curve.steps.tolist(), curve.values.tolist()) for curve in curves]
    return costs.count, seen, np.array([row for row in rows if row is not None]).tobytes()


def first_time(noted, step):
    """What was put the first time, up to this step."""
    costs = CostHistory()
    costs.put_steps(np.array(noted.costs[:step]))
    for row in noted.epochs:
        if row[0] <= step:
            costs.put_epoch(*row)
    return costs


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize(("batch", "validation"), [(4, True), (7, True), (7, False)])
def test_after_a_cut_the_history_is_that_of_a_run_that_came_so_far(by, batch, validation):
    trainer = started(batch, validation)
    trainer.costs = noted = Noting(trainer.costs.last)
    run_to(trainer, LONG, by)
    costs, epochs = noted.costs.copy(), noted.epochs.copy()
    for step in (LONG - 3, 4 * EACH + 1, 4 * EACH, 3 * EACH + 1, 2 * EACH + 2, 7, 0):
        trainer.go_to(step)
        trainer.change(trainer.learning)
        noted.costs, noted.epochs = costs.copy(), epochs.copy()
        assert told(trainer.costs) == told(first_time(noted, step))
        assert trainer.costs.count == step


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("batch", [2, 4, 7])
def test_the_last_epoch_is_the_same_forwards_and_back(by, batch):
    """Two steps to a stretch and more: some epochs are no longer kept, and judged again."""
    trainer = started(batch)
    seen = {}
    while trainer.step < LONG:
        run_to(trainer, trainer.step + 13, by)
        if trainer.step > LONG - 900:
            seen[trainer.step] = trainer.last_epoch
    for step in random.Random(0).sample(sorted(seen), 40):
        trainer.go_to(step)
        assert trainer.last_epoch == seen[step]
        assert seen[step].step == step - step % trainer.steps_per_epoch


def test_an_epoch_that_was_cut_short_is_none():
    trainer = started()
    run_to(trainer, 5, "NumPy")
    trainer.change(Learning(0.05, 2))  # in the midst of the third epoch; four steps to an epoch from here on
    assert trainer.last_epoch.step == 4
    run_to(trainer, 12, "NumPy")
    assert [row.step for row in map(trainer.costs.epoch_at, range(13)) if row is not None] == [0, 2, 4, 9]
    for step, over in ((3, 2), (4, 4), (5, 4), (8, 4), (9, 9), (12, 9)):
        trainer.go_to(step)
        assert trainer.last_epoch.step == over


def test_telling_again_leaves_the_run_where_it_stands():
    trainer = load_preset("iris").experiment.start()
    run_to(trainer, 40, BY[-1])
    trainer.go_to(30)
    record, reached, count = trainer.record(), trainer.reached, trainer.costs.count
    trainer._past.retell(CostHistory(), 5, 25)
    assert trainer.record() is record
    assert (trainer.step, trainer.reached, trainer.costs.count) == (30, reached, count)
