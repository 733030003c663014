"""Says which epoch and step are shown."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.explain.number import count
from bpviz.qt.fonts import BODY, SMALL, number_font
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme

_WIDTH = 136  # constant, so that nothing moves while the numbers grow
_BETWEEN = 1.0


class StepReadout(QWidget):
    """Two lines, as "epoch 4" and "step 4 of 200".

    It is painted, for a label asks with every text for another layout of the whole window.
    """

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._shown: tuple[str, str] = ("", "")
        self.setFixedWidth(_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        session.experiment_changed.connect(self._follow)
        session.step_changed.connect(self._follow)
        session.costs_changed.connect(self._follow)
        theme.changed.connect(self.update)
        self._follow()

    @property
    def text(self) -> str:
        return ", ".join(self._shown)

    def _follow(self) -> None:
        trainer = self._session.trainer
        step, reached = count(trainer.step), count(trainer.reached)
        whole = f"step {step} of {reached}" if trainer.step < trainer.reached else f"step {step}"
        fitting = _longest_that_fits(whole, whole.removeprefix("step "), f"step {step}")
        shown = (f"epoch {count(trainer.epoch_of(trainer.step))}", fitting)
        if shown != self._shown:
            self._shown = shown
            self.setAccessibleName(self.text)
            self.setToolTip(
                f"{step} updates have been made before this step. This run has reached step {reached}."
            )
            self.update()

    def _write(self, painter: QPainter, text: str, font: QFont, ink: str, top: float) -> float:
        """Up to the right edge; where the next line begins."""
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        left = self.width() - metrics.horizontalAdvance(text)
        painter.drawText(QPointF(left, top + metrics.ascent()), text)
        return top + metrics.height() + _BETWEEN

    # -- Qt ---------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, round(sum(QFontMetricsF(font).height() for font in _fonts()) + _BETWEEN))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self._theme.palette
        top = (self.height() - self.sizeHint().height()) / 2
        for text, font, ink in zip(self._shown, _fonts(), (palette.ink, palette.ink_soft), strict=True):
            top = self._write(painter, text, font, ink, top)
        painter.end()


def _fonts() -> tuple[QFont, QFont]:
    return number_font(BODY, 600), number_font(SMALL)


def _longest_that_fits(*texts: str) -> str:
    metrics = QFontMetricsF(number_font(SMALL))
    return next((text for text in texts if metrics.horizontalAdvance(text) <= _WIDTH), texts[-1])
