"""Shows which classes are taken for which, and lets a cell be chosen."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip

from bpviz.explain.confusion import ConfusionMatrix
from bpviz.explain.number import count
from bpviz.qt.fonts import number_font, ui_font
from bpviz.qt.panels.tip import wrapped
from bpviz.qt.plots.prediction.confusion_grid import BEFORE, HEAD, Grid, Place, Sizes, grid_in
from bpviz.qt.plots.prediction.confusion_paint import Look, paint, percent
from bpviz.qt.plots.prediction.walked_area import WalkedArea
from bpviz.qt.theme import Theme

_NAME = (22.0, 96.0)  # the width of the names at the left, at least and at most
_MISTAKES = 3         # are told to those who cannot see the matrix
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ConfusionView(WalkedArea):
    """A click on a cell chooses its examples, on a name all of its row or column; another click frees them.

    Arrow keys walk from cell to cell, Return chooses.
    """

    picked = Signal(object)  # a Place, or None
    entered = Signal()       # a person is here

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._matrix: ConfusionMatrix | None = None
        self._names: tuple[str, ...] = ()
        self._name = _NAME[0]
        self._sizes = Sizes(1, *_NAME)
        self._chosen: Place | None = None
        self._pointed: Place | None = None
        self._current: Place = (0, 0)
        self.setMouseTracking(True)
        self.setAccessibleName("Confusion matrix")
        theme.changed.connect(self.viewport().update)

    @property
    def matrix(self) -> ConfusionMatrix | None:
        return self._matrix

    @property
    def chosen(self) -> Place | None:
        """The cell whose examples are listed; the number of classes stands for any class."""
        return self._chosen

    @property
    def sizes(self) -> Sizes:
        return self._sizes

    @property
    def grid(self) -> Grid:
        return grid_in(self._sizes, self.viewport().width(), self.viewport().height())

    def show_matrix(self, matrix: ConfusionMatrix, names: tuple[str, ...]) -> None:
        """Counts and the names of their classes; what was chosen stays chosen."""
        if names != self._names:
            self._names, self._chosen, self._pointed, self._current = names, None, None, (0, 0)
            name = max(QFontMetricsF(ui_font(11, 500)).horizontalAdvance(name) for name in names) + BEFORE
            self._name = min(_NAME[1], max(_NAME[0], name))
        self._matrix = matrix
        # As wide as the largest class needs: the matrix does not change its size while training goes on.
        most = count(int(matrix.counts.sum(axis=1).max()))
        widest = math.ceil(QFontMetricsF(number_font(11, 500)).horizontalAdvance(most))
        sizes = Sizes(len(names), self._name, widest)
        if sizes != self._sizes:
            self._sizes = sizes
            self._scroll()
        self.setAccessibleDescription(_described(matrix, names))
        self.viewport().update()

    def choose(self, place: Place | None) -> None:
        """List the examples of a place; of the chosen one, or of None, all again."""
        self._chosen = None if place == self._chosen else place
        self.viewport().update()
        self.picked.emit(self._chosen)

    def words(self, place: Place) -> str:
        """What a place counts, as a sentence."""
        assert self._matrix is not None
        counts, (row, column), n = self._matrix.counts, place, len(self._names)
        if column == n:
            share, of = percent(self._matrix.recall[row]), count(int(counts[row].sum()))
            return f"Recall of {self._names[row]}: {share} of its {of} examples are seen as it."
        if row == n:
            share, of = percent(self._matrix.precision[column]), count(int(counts[:, column].sum()))
            return f"Precision of {self._names[column]}: {share} of the {of} examples seen as it are it."
        many, of = count(int(counts[row, column])), count(int(counts[row].sum()))
        right = " Right." if row == column else ""
        return f"{many} of the {of} examples of {self._names[row]} are seen as {self._names[column]}.{right}"

    # -- within ----------------------------------------------------------------------------------------

    @property
    def _shift(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _at(self, point: QPointF) -> Place | None:
        """What is under the mouse; names do not move with the cells."""
        grid, shift = self.grid, self._shift
        x = point.x() + (shift.x() if point.x() >= grid.name else 0)
        y = point.y() + (shift.y() if point.y() >= HEAD else 0)
        return grid.place_at(QPointF(x, y)) if self._matrix is not None else None

    def _scroll(self) -> None:
        grid, seen = self.grid, self.viewport()
        bars = (self.horizontalScrollBar(), self.verticalScrollBar())
        for bar, full, room, step in zip(bars, (grid.full_width, grid.full_height),
                                         (seen.width(), seen.height()), (grid.width, grid.height),
                                         strict=True):  # fmt: skip
            bar.setRange(0, max(0, math.ceil(full - room)))
            bar.setPageStep(room)
            bar.setSingleStep(round(step))

    def walk(self, across: int, down: int) -> None:
        """To the next cell; recall and precision are beyond the last."""
        row, column, n = self._current[0] + down, self._current[1] + across, len(self._names)
        place = (min(max(row, 0), n), min(max(column, 0), n))
        if place != (n, n):
            self._current = place
            self._reveal(self.grid.box(place))
            self.viewport().update()

    def _reveal(self, box: QRectF) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        seen, grid = self.viewport(), self.grid
        across.setValue(int(min(max(across.value(), box.right() - seen.width()), box.left() - grid.name)))
        down.setValue(int(min(max(down.value(), box.bottom() - seen.height()), box.top() - HEAD)))

    # -- Qt --------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        palette, room = self._theme.palette, QRectF(self.viewport().rect())
        painter.fillRect(room, QColor(palette.panel))
        if self._matrix is not None:
            current = self._current if self.hasFocus() else None
            look = Look(self._matrix, self._names, self.grid, self._chosen, self._pointed, current)
            paint(painter, look, palette, room, self._shift)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scroll()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._at(QPointF(event.pos()))
            tip = wrapped(self.words(place)) if place is not None else ""
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        if event.type() == QEvent.Type.Leave:
            self._point(None)
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._current = place
            self.choose(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _RETURN and self._matrix is not None:
            self.choose(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def _point(self, place: Place | None) -> None:
        if place != self._pointed:
            self._pointed = place
            self.viewport().update()


def _described(matrix: ConfusionMatrix, names: tuple[str, ...]) -> str:
    """The accuracy and the commonest mistakes."""
    wrong = [
        (int(matrix.counts[row, column]), f"{name} seen as {seen}")
        for row, name in enumerate(names)
        for column, seen in enumerate(names)
        if row != column and matrix.counts[row, column]
    ]
    wrong.sort(key=lambda one: -one[0])
    told = [f"{percent(matrix.accuracy)} are right", *(f"{count(n)} of {of}" for n, of in wrong[:_MISTAKES])]
    return "; ".join(told) + "."
