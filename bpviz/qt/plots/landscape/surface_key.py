"""The line above a surface: what is seen or pointed at in words, and what the marks on it stand for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from bpviz.qt.fonts import number_font, ui_font
from bpviz.qt.palette import Palette
from bpviz.qt.plots.landscape.surface_trail import Trail
from bpviz.qt.plots.landscape.surface_words import APART
from bpviz.qt.subscripts import rich
from bpviz.qt.theme import Theme

_SIZE = 11
_HOW = "The wheel looks closer, a drag moves, a double click shows all. Click on the path to go back there."
_SAMPLE, _GAP, _BETWEEN = 14.0, 4.0, 12.0
_FOREMOST = 2   # marks, which the words leave room for


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark and its word. kind: "now", "start", "path", "ahead", "descent" or "update"."""

    kind: str
    word: str


def mark_colour(palette: Palette, kind: str) -> str:
    """The ink of a mark. Gradients have the colours of errors; what is current has the accent."""
    match kind:
        case "now" | "update":
            return palette.accent
        case "descent":
            return palette.error_positive_ink
        case _:
            return palette.ink


class SurfaceKey(QWidget):
    """Choices and words at the left; the marks have what room is left, the first of them first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._words = _Yielding()
        self._words.setFont(number_font(_SIZE))
        self._words.setProperty("soft", True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self.marks = SurfaceMarks(theme)
        self.row = QHBoxLayout()
        self.row.setSpacing(2)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addLayout(self.row)
        line.addWidget(self._words)
        line.addWidget(self.marks, 1)
        self.setFixedHeight(20)

    @property
    def words(self) -> str:
        return self._words.accessibleName()

    def say(self, words: str) -> None:
        if words != self.words:
            self._words.say(words)
            self._words.setAccessibleName(words)
            self._words.setToolTip(f"<p>{rich(words)}</p><p>{_HOW}</p>")


class _Yielding(QLabel):
    """As wide as its words; where there is less room, what does not fit is left out from the end."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._whole = QSize()

    def say(self, words: str) -> None:
        """Parts between dots, the foremost first."""
        self._parts = words.split(APART)
        self.setText(rich(words))
        self._whole = super().sizeHint()
        self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        for kept in range(len(self._parts), 0, -1):
            self.setText(rich(APART.join(self._parts[:kept])))
            if super().sizeHint().width() <= self.width():
                return

    # -- Qt ------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return self._whole

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class SurfaceMarks(QWidget):
    """The marks of a surface, each with its word."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._marks: tuple[Mark, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            words = ", ".join(mark.word for mark in marks)
            self.setMinimumWidth(math.ceil(max(self._ends[:_FOREMOST], default=0.0)))
            self.setAccessibleName(f"Marked: {words}")
            self.setToolTip(words[:1].upper() + words[1:])
            self.update()

    @property
    def marks(self) -> tuple[Mark, ...]:
        return self._marks

    # -- Qt ------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(0, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(ui_font(_SIZE))
        palette, middle = self._theme.palette, self.height() / 2
        fitting = [mark for mark, end in zip(self._marks, self._ends, strict=True) if end <= self.width()]
        x = self.width() - (self._ends[len(fitting) - 1] if fitting else 0.0)
        for mark in fitting:
            paint_sample(painter, palette, mark.kind, QPointF(x + _SAMPLE / 2, middle))
            painter.setPen(QColor(palette.ink_soft))
            box = QRectF(x + _SAMPLE + _GAP, 0, _width(mark), self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, mark.word)
            x += _width(mark) + _BETWEEN
        painter.end()

    @property
    def _ends(self) -> list[float]:
        """How wide the marks are up to each of them."""
        return [width + k * _BETWEEN for k, width in enumerate(accumulate(map(_width, self._marks)))]


def marks_of(trail: Trail, descent: bool, update: bool) -> list[Mark]:
    """What is marked, in the order of need. descent, update: whether there is an arrow, and a mark of it."""
    words = {
        "now": "now", "descent": "steepest descent" if descent else "",
        "update": "after the update" if update else "",
        "path": "path", "start": "start", "ahead": "ahead" if len(trail.ahead) > 1 else "",
    }
    return [Mark(kind, word) for kind, word in words.items() if word]


def paint_sample(painter: QPainter, palette: Palette, kind: str, at: QPointF) -> None:
    """A mark as it is on the surface, around a point."""
    colour = QColor(mark_colour(palette, kind))
    if kind in ("now", "start", "update"):
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(colour if kind == "now" else QColor(palette.panel))
        draw = painter.drawRect if kind == "update" else painter.drawEllipse
        draw(QRectF(at.x() - 3.5, at.y() - 3.5, 7, 7))
        return
    half = QPointF(_SAMPLE / 2, 0)
    painter.setPen(QPen(colour, 1.8, Qt.PenStyle.DotLine if kind == "ahead" else Qt.PenStyle.SolidLine))
    painter.drawLine(at - half, at + half)
    if kind == "descent":
        for dy in (-3.0, 3.0):
            painter.drawLine(at + half, at + half + QPointF(-4, dy))


def _width(mark: Mark) -> float:
    return _SAMPLE + _GAP + QFontMetricsF(ui_font(_SIZE)).horizontalAdvance(mark.word)
