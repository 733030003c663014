"""Says which epoch and step are shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from bpviz.explain.number import count
from bpviz.qt.fonts import BODY, SMALL, number_font
from bpviz.qt.session import Session

_WIDTH = 136  # constant, so that nothing moves while the numbers grow


class StepReadout(QWidget):
    """Two lines, as "epoch 4" and "step 4 of 200"."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._epoch = _line(number_font(BODY, 600))
        self._step = _line(number_font(SMALL))
        self._step.setProperty("soft", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addStretch(1)
        column.addWidget(self._epoch)
        column.addWidget(self._step)
        column.addStretch(1)
        self.setFixedWidth(_WIDTH)
        session.experiment_changed.connect(self._follow)
        session.step_changed.connect(self._follow)
        session.costs_changed.connect(self._follow)
        self._follow()

    @property
    def text(self) -> str:
        return f"{self._epoch.text()}, {self._step.text()}"

    def _follow(self) -> None:
        trainer = self._session.trainer
        step, reached = count(trainer.step), count(trainer.reached)
        whole = f"step {step} of {reached}" if trainer.step < trainer.reached else f"step {step}"
        self._epoch.setText(f"epoch {count(trainer.epoch_of(trainer.step))}")
        self._step.setText(self._longest_that_fits(whole, whole.removeprefix("step "), f"step {step}"))
        self.setToolTip(
            f"{step} updates have been made before this step. This run has reached step {reached}."
        )

    def _longest_that_fits(self, *texts: str) -> str:
        metrics = self._step.fontMetrics()
        return next((text for text in texts if metrics.horizontalAdvance(text) <= _WIDTH), texts[-1])


def _line(font: QFont) -> QLabel:
    label = QLabel()
    label.setFont(font)
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label
