"""Numbers over the run: worked out for some steps, noted when shown, dropped where they hold no more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.promise import MOST_STEPS
from bpviz.qt.player import Player
from bpviz.qt.sampling import MOST_NOTED, Sampling
from bpviz.qt.session import Session


def cost_of(_network: Network, trace: StepTrace) -> float:
    return trace.cost


class Bench:
    def __init__(self, widget: QWidget, preset: str = "toy") -> None:
        self.session = Session(load_preset(preset))
        self.player = Player(self.session, clock=lambda: 0.0)
        self.sampling = Sampling(self.session, self.player, widget, cost_of)

    def filled(self) -> Sampling[float]:
        self.sampling.follow()
        while not self.sampling.complete:
            self.sampling.work()
        return self.sampling

    def note(self, *steps: int) -> None:
        for step in steps:
            self.session.go_to(step)
            self.sampling.note(self.session.record.cost)


@pytest.fixture
def widget(qtbot: QtBot) -> QWidget:
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.show()
    return shown


@pytest.fixture
def bench(widget: QWidget) -> Bench:
    return Bench(widget)


def costs(bench: Bench) -> list[float]:
    return [bench.session.trainer.record_at(step).cost for step in bench.sampling.steps]


def kept(bench: Bench) -> list[float]:
    return [bench.sampling.of(step) for step in bench.sampling.steps]


def test_while_training_runs_the_noted_steps_are_all_there_are(bench: Bench) -> None:
    bench.player.run()
    bench.session.advance(40)
    bench.note(7, 31, 40)
    bench.sampling.work()
    assert bench.sampling.steps == (7, 31, 40)
    assert kept(bench) == costs(bench)


def test_noted_steps_stand_among_those_that_are_worked_out(bench: Bench) -> None:
    bench.session.advance(1000)
    bench.note(1000, 33)
    assert bench.filled().steps == tuple(sorted({*range(0, 1001, 16), 33, 1000}))
    assert kept(bench) == costs(bench)


def test_weights_set_by_hand_drop_what_came_after_and_keep_what_came_before(bench: Bench) -> None:
    bench.session.advance(60)
    bench.filled()
    before = kept(bench)
    bench.session.go_to(25)
    first, *others = bench.session.trainer.parameters
    bench.session.set_parameters("set", (replace(first, w=np.array([[0.1]])), *others))
    bench.session.advance(35)
    assert bench.filled().steps == tuple(range(61))
    assert kept(bench) == costs(bench)
    assert kept(bench)[:25] == before[:25]
    assert all(new != old for new, old in zip(kept(bench)[25:30], before[25:30], strict=True))


def test_an_earlier_edit_in_place_of_a_later_one_drops_from_the_earlier_on(bench: Bench) -> None:
    bench.session.advance(60)
    for step, weight in ((40, 0.2), (25, 0.3)):
        bench.session.go_to(step)
        first, *others = bench.session.trainer.parameters
        bench.session.set_parameters("set", (replace(first, w=np.array([[weight]])), *others))
        bench.session.advance(60 - step)
        bench.filled()
        assert kept(bench) == costs(bench)


@pytest.mark.parametrize("stride", [1, 2, 5])
@pytest.mark.parametrize("count", [MOST_NOTED, MOST_NOTED + 1, 4 * MOST_NOTED + 7])
def test_of_many_noted_steps_some_are_kept_over_all_the_run(bench: Bench, stride: int, count: int) -> None:
    bench.player.run()
    steps = range(0, count * stride, stride)
    for step in steps:
        bench.session.advance(step - bench.session.trainer.step)
        bench.sampling.note(bench.session.record.cost)
    noted = bench.sampling.steps
    assert (noted[0], noted[-1]) == (0, steps[-1])
    assert len(noted) <= MOST_NOTED
    assert max(np.diff(noted)) <= 4 * steps[-1] / MOST_STEPS + stride
    assert kept(bench) == pytest.approx(costs(bench), rel=1e-12)


def test_another_run_forgets_what_was_noted(bench: Bench) -> None:
    bench.player.run()
    bench.session.advance(5)
    bench.note(2, 5)
    bench.session.roll()
    assert bench.sampling.steps == ()
