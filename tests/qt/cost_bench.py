"""A cost plot with what it is connected to, and runs that nobody had to wait for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.engine.costs import CostHistory
from bpviz.engine.course import Course
from bpviz.engine.optimizer import Learning
from bpviz.qt.player import Player
from bpviz.qt.plots.cost.cost_plot import CostPlot
from bpviz.qt.plots.cost.picture import Picture
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme
from tests.qt.plot_bench import page_of

PER_STEP = 0.25  # seconds, where time is known


class CostBench:
    """A cost plot that is shown."""

    def __init__(
        self, qapp: QApplication, qtbot: QtBot, name: str = "toy", size: tuple[int, int] = (680, 230)
    ) -> None:
        self.app = qapp
        self.theme = Theme(qapp)
        self.theme.set_mode("light")
        self.session = Session(load_preset(name))
        self.player = Player(self.session, clock=lambda: 0.0)
        self.plot = page_of(CostPlot, self.session, self.player, self.theme)
        qtbot.addWidget(self.plot, before_close_func=self.end)  # which also keeps all of it until then
        self.resize(*size)
        self.plot.show()
        qapp.processEvents()
        self.plot.refresh()

    def end(self, _plot: CostPlot) -> None:
        """The test is over. Without being held so long, a page can go while it is being painted."""
        self.player.pause()

    def resize(self, width: int, height: int) -> None:
        self.plot.resize(width, height)
        self.app.processEvents()

    def choose(self, **how: object) -> None:
        self.plot.choose(replace(self.plot.chosen, **how))  # type: ignore[arg-type]

    def picture(self) -> Picture:
        self.plot.refresh()
        picture = self.plot.view.picture
        assert picture is not None
        return picture

    def label(self, role: str) -> str:
        """What is written at the end of a curve, or nothing."""
        return next((label.text for label in self.picture().labels if label.role == role), "")

    def legend(self) -> list[str]:
        return [entry.text for entry in self.picture().legend]

    def point(self, x: float) -> None:
        """The mouse goes to a place of the axis."""
        QTest.mouseMove(self.plot.view, QPoint(round(self.picture().left(x)), 80))

    def wheel(self, x: float, notches: int) -> None:
        at = QPointF(self.picture().left(x), 80)
        turned = QPoint(0, 120 * notches)
        event = QWheelEvent(
            at, self.plot.view.mapToGlobal(at), QPoint(), turned, Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        self.app.sendEvent(self.plot.view, event)


@dataclass
class FakeTrainer:
    """A run of many steps."""

    costs: CostHistory
    course: Course
    reached: int
    classification: bool = False

    @property
    def step(self) -> int:
        return self.reached


def long_run(steps: int, per_epoch: int, spike: int = 0) -> FakeTrainer:
    """The training cost falls evenly; batches scatter around it, and one is far off."""
    random = np.random.default_rng(0)
    costs = CostHistory()
    costs.put_epoch(0, 1.0, 1.2, np.nan, np.nan)
    batches = np.exp(-np.arange(steps) / steps * 5) * random.lognormal(0, 0.3, steps)
    batches[spike] = 77.0
    costs.put_steps(batches)
    ends = np.arange(per_epoch, steps + 1, per_epoch)
    training = np.exp(-ends / steps * 5)
    costs.put_epochs(ends, np.stack((training, training * 1.2, training, training), axis=1))
    return FakeTrainer(costs, Course(10 * per_epoch, 0, Learning(0.1, 10)), steps)


@dataclass(frozen=True, eq=False)
class EarlierStandIn:
    """An earlier run as the plot sees it."""

    name: str
    costs: CostHistory
    course: Course
    hidden: bool = False
    diverged: int | None = None

    def epochs_at(self, steps: np.ndarray) -> np.ndarray:
        return self.course.epochs_at(steps)


def earlier(name: str, costs: Sequence[float], diverged: int | None = None) -> EarlierStandIn:
    """A run whose every step was an epoch, with these training costs."""
    history = CostHistory()
    history.put_steps(np.array(costs[:-1]))
    for step, cost in enumerate(costs):
        history.put_epoch(step, cost, np.nan, np.nan, np.nan)
    return EarlierStandIn(name, history, Course(1, 0, Learning(0.1, 1)), diverged=diverged)


def give_runs(monkeypatch: pytest.MonkeyPatch, *runs: EarlierStandIn) -> None:
    """All sessions have these earlier runs."""
    monkeypatch.setattr(Session, "runs", runs, raising=False)


def give_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step takes PER_STEP seconds."""
    monkeypatch.setattr(CostHistory, "timed", True, raising=False)
    monkeypatch.setattr(CostHistory, "seconds_at", lambda _, steps: PER_STEP * steps, raising=False)


def no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looked at the clock."""
    monkeypatch.setattr(CostHistory, "timed", False, raising=False)
