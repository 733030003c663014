"""The quantities of a unit or a weight, one below the other: symbol, name, number."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from bpviz.explain.number import full, number
from bpviz.explain.quantities import Quantity
from bpviz.qt.fonts import BODY, SMALL, number_font, ui_font
from bpviz.qt.panels.copy_menu import offer
from bpviz.qt.panels.role_ink import role_ink
from bpviz.qt.symbol_text import draw_symbol, symbol_width
from bpviz.qt.theme import Theme

_SYMBOL_SIZE = 16
_LINE = 25
_TWO_LINES = 38
_GAP = 8
_INSET = 4


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row stands; stacked: its name has no room beside its number and stands under its symbol."""

    top: int
    stacked: bool

    @property
    def bottom(self) -> int:
        return self.top + (_TWO_LINES if self.stacked else _LINE)


class QuantityTable(QWidget):
    """Paints the quantities it is given. Click or arrow keys choose a row; its number can be copied."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: tuple[Quantity, ...] = ()
        self._places: list[_Place] = []
        self._name_x = 0.0
        self._current = -1
        self._layout_key: object = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Quantities")
        theme.changed.connect(self.update)

    @property
    def rows(self) -> tuple[Quantity, ...]:
        return self._rows

    def show_rows(self, rows: tuple[Quantity, ...]) -> None:
        if rows == self._rows:
            return
        self._rows = rows
        self._current = min(self._current, len(rows) - 1)
        self.setAccessibleDescription("; ".join(f"{row.name} {number(row.value)}" for row in rows))
        self._place()
        self.update()

    def copy(self) -> None:
        """The number of the chosen row, with all its digits; of all rows when none is chosen."""
        if 0 <= self._current < len(self._rows):
            QGuiApplication.clipboard().setText(full(self._rows[self._current].value))
        else:
            self.copy_all()

    def copy_all(self) -> None:
        lines = (f"{row.symbol.plain}\t{row.name}\t{full(row.value)}" for row in self._rows)
        QGuiApplication.clipboard().setText("\n".join(lines))

    # -- within ----------------------------------------------------------------------------------------

    def _place(self) -> None:
        """Columns for these names at this width; numbers change too often to decide about columns."""
        key = (tuple((row.symbol, row.name) for row in self._rows), self.width())
        if key == self._layout_key:
            return
        self._layout_key = key
        symbols = max((symbol_width(row.symbol, _SYMBOL_SIZE) for row in self._rows), default=0.0)
        self._name_x = _INSET + symbols + _GAP
        numbers = QFontMetricsF(number_font(BODY, 600)).horizontalAdvance("−0.0000")
        room = self.width() - self._name_x - _GAP - numbers - _INSET
        metrics = QFontMetricsF(ui_font(SMALL))
        self._places, top = [], 0
        for row in self._rows:
            self._places.append(_Place(top, metrics.horizontalAdvance(row.name) > room))
            top = self._places[-1].bottom
        self.setFixedHeight(max(1, top))

    def _row_at(self, point: QPoint) -> int:
        places = enumerate(self._places)
        return next((i for i, place in places if place.top <= point.y() < place.bottom), -1)

    def _choose(self, row: int) -> None:
        if row != self._current:
            self._current = row
            self.update()

    def _paint_row(self, painter: QPainter, row: Quantity, place: _Place) -> None:
        palette = self._theme.palette
        known = row.value is not None
        baseline = place.top + 17
        ink = palette.ink if known else palette.ink_faint
        draw_symbol(painter, _INSET, baseline, row.symbol, _SYMBOL_SIZE, ink)
        painter.setFont(ui_font(SMALL))
        painter.setPen(QColor(palette.ink_soft if known else palette.ink_faint))
        x, y = (_INSET, baseline + 16) if place.stacked else (self._name_x, baseline)
        painter.drawText(int(x), y, row.name)
        painter.setFont(number_font(BODY, 600))
        painter.setPen(QColor(role_ink(palette, row.role, row.value)))
        line = QRectF(0, place.top, self.width() - _INSET, _LINE)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number(row.value))

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(240, max(1, self._places[-1].bottom if self._places else 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        for i, (row, place) in enumerate(zip(self._rows, self._places, strict=True)):
            if i == self._current and self.hasFocus():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(self._theme.palette.accent_soft))
                painter.drawRoundedRect(QRect(0, place.top, self.width(), place.bottom - place.top), 5, 5)
            self._paint_row(painter, row, place)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self._row_at(event.pos())
            if row >= 0:
                quantity = self._rows[row]
                QToolTip.showText(event.globalPos(), f"{quantity.name}: {full(quantity.value)}", self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose(self._row_at(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Down:
            self._choose(min(self._current + 1, len(self._rows) - 1))
        elif event.key() == Qt.Key.Key_Up:
            self._choose(max(self._current - 1, 0))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = self._row_at(event.pos())
        if row < 0:
            return
        self._choose(row)
        one = f"Copy {full(self._rows[row].value)}"
        offer(self, event.globalPos(), (one, self.copy), ("Copy all of these", self.copy_all))
