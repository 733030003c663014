"""The cost of the run so far: training and validation, per step or epoch, and where the playhead stands."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from bpviz.explain.number import count, number
from bpviz.explain.table import Table
from bpviz.qt.fonts import SMALL, number_font
from bpviz.qt.naming import Naming
from bpviz.qt.player import Player
from bpviz.qt.plots.axis import cost_axis, run_axis
from bpviz.qt.plots.choice import Choice
from bpviz.qt.plots.cost.cost_view import CostView
from bpviz.qt.plots.cost.history import Curve, Curves, History
from bpviz.qt.plots.cost.marks import label_room, tick_room
from bpviz.qt.plots.cost.picture import Picture
from bpviz.qt.plots.cost.runs_button import RunsButton
from bpviz.qt.plots.page import PlotPage
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_EMPTY = "The cost appears here once training runs. Press Space."
_FRAME_MS = 16
_TOP, _RIGHT, _BOTTOM = 6.0, 12.0, 26.0
_PIXELS_PER_STRETCH = 4  # of a thinned curve; each has two points


class CostPlot(PlotPage):
    """Follows the session, at most once a frame, and only while it can be seen."""

    title = "Cost"

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        super().__init__(session, player, spotlight, naming, theme)
        self._history = History(session.trainer)
        self._scale = Choice("Cost axis", {
            "log": "Logarithmic: equal ratios are equally far apart", "linear": "Linear: from zero",
        })
        self._axis = Choice("Run axis", {
            "per step": "Count the updates", "per epoch": "Count the passes through all training examples",
        })
        self._accuracy = QLabel()
        self.view = CostView(theme)
        self._lay_out()
        self._connect()
        self._forget()

    @property
    def accuracy_text(self) -> str:
        return self._accuracy.text()

    def set_log(self, on: bool) -> None:
        self._scale.choose("log" if on else "linear")

    def set_by_epoch(self, on: bool) -> None:
        self._axis.choose("per epoch" if on else "per step")

    def refresh(self) -> None:
        """Draw the run as it is now."""
        self._show_accuracy()
        trainer = self.session.trainer
        if not trainer.reached:
            self.view.show_words(_EMPTY, f"Before training it is {number(trainer.last_epoch.training)}.")
            return
        most = max(16, self.view.width() // _PIXELS_PER_STRETCH)
        self.view.show_picture(self._picture(self._history.curves(self._by_epoch, most)))

    # -- following ------------------------------------------------------------------------------

    def _connect(self) -> None:
        session = self.session
        session.experiment_changed.connect(self._forget)
        session.settings_changed.connect(self._forget)
        self._scale.changed.connect(self.wait)
        self._axis.changed.connect(self.wait)
        self.view.resized.connect(self.wait)
        self.view.sought.connect(self._seek)

    def _forget(self) -> None:
        self._history.follow(self.session.trainer)
        self.wait()

    def _seek(self, x: float) -> None:
        self.player.seek_step(self._history.step_at(x, self._by_epoch))

    def table(self) -> Table | None:
        return None

    # -- what is shown --------------------------------------------------------------------------

    @property
    def _by_epoch(self) -> bool:
        return self._axis.chosen == "per epoch"

    def _picture(self, curves: Curves) -> Picture:
        trainer = self.session.trainer
        labels = (_label("training", curves.training), _label("validation", curves.validation))
        y = cost_axis((curves.training.y, curves.validation.y, curves.steps.y), self._scale.chosen == "log")
        rect = QRectF(self.view.rect()).adjusted(40, _TOP, -_RIGHT, -_BOTTOM)
        rect.setSize(rect.size().expandedTo(QRectF(0, 0, 40, 40).size()))
        free = min(0.5, label_room(labels) / rect.width())
        x = run_axis(curves.end, free, trainer.steps_per_epoch if self._by_epoch else None)
        picture = Picture(curves, x, y, rect)
        rect.setLeft(max(40.0, 8 * math.ceil((tick_room(picture) + 10) / 8)))
        return Picture(curves, x, y, rect, f"step {count(trainer.step)}", labels, self._trouble())

    def _trouble(self) -> tuple[float, str] | None:
        divergence = self.session.divergence
        if divergence is None:
            return None
        step = divergence.step
        return self._history.x_of(step, self._by_epoch), f"diverges at step {count(step)}"

    def _show_accuracy(self) -> None:
        trainer = self.session.trainer
        if not trainer.classification:
            self._accuracy.clear()
            return
        epoch = trainer.last_epoch
        training, validation = _percent(epoch.train_accuracy), _percent(epoch.validation_accuracy)
        words = short = f"accuracy {training}"
        shortest = training
        if trainer.validation is not None:
            words, shortest = f"{words} · validation {validation}", f"{training} · {validation}"
        self._accuracy.setText(self._longest_that_fits(words, short) or shortest)
        self._accuracy.setToolTip(f"{words}: examples classified correctly, as of the last epoch")

    def _longest_that_fits(self, *texts: str) -> str | None:
        metrics, room = self._accuracy.fontMetrics(), self._accuracy.width()
        return next((text for text in texts if metrics.horizontalAdvance(text) <= room), None)

    def _lay_out(self) -> None:
        self._accuracy.setFont(number_font(SMALL))
        self._accuracy.setProperty("soft", True)
        self._accuracy.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.controls_row.addWidget(RunsButton(self.session))
        self.controls_row.addWidget(self._scale)
        self.controls_row.addWidget(self._axis)
        self.column.addWidget(self._accuracy)
        self.column.addWidget(self.view, 1)
        self.view.setAccessibleName("Cost over the run")
        self.view.setToolTip("Click to return to a step of this run")
        self.view.setCursor(Qt.CursorShape.CrossCursor)


def _label(name: str, curve: Curve) -> str:
    return "" if curve.last is None else f"{name} {number(curve.last)}"


def _percent(share: float) -> str:
    return f"{number(100 * float(share))} %"
