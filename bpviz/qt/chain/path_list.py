"""The paths from a variable to the cost, one below the other, and what they come to together."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from bpviz.explain.number import number
from bpviz.explain.symbol import Symbol
from bpviz.qt.fonts import SMALL, number_font, ui_font
from bpviz.qt.palette import blend, error_ink
from bpviz.qt.symbol_text import draw_symbol
from bpviz.qt.theme import Theme

_ROW = 25
_INSET = 7.0
_GAP = 8.0
_BAR = 8.0
_RADIUS = 5.0


@dataclass(frozen=True, slots=True)
class PathRow:
    """name is the way, or words, or the symbol of the sum; value None is not told. A path can be chosen."""

    name: str | Symbol
    value: float | None
    tip: str
    is_path: bool = True


class PathList(QWidget):
    """Paints the rows it is given. Mouse and arrow keys look at a path; a click or Return keeps it."""

    previewed = Signal(int)  # the row under the mouse, or -1
    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: tuple[PathRow, ...] = ()
        self._over = -1
        self._kept = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Paths to the cost")
        theme.changed.connect(self.update)

    @property
    def rows(self) -> tuple[PathRow, ...]:
        return self._rows

    def show_rows(self, rows: tuple[PathRow, ...], kept: int) -> None:
        if (rows, kept) == (self._rows, self._kept):
            return
        if len(rows) != len(self._rows):
            self.setFixedHeight(max(1, _ROW * len(rows)))
        self._rows, self._kept = rows, kept
        if not self._is_path(self._over):
            self._look_at(-1)
        words = (f"{_words(row.name)} {number(row.value)}" for row in rows)
        self.setAccessibleDescription("; ".join(words))
        self.update()

    # -- within ----------------------------------------------------------------------------------------

    def _is_path(self, row: int) -> bool:
        return 0 <= row < len(self._rows) and self._rows[row].is_path

    def _row_at(self, point: QPoint) -> int:
        row = point.y() // _ROW
        return row if 0 <= row < len(self._rows) else -1

    def _look_at(self, row: int) -> None:
        row = row if self._is_path(row) else -1
        if row != self._over:
            self._over = row
            self.previewed.emit(row)
            self.update()

    def _names_width(self) -> float:
        """Of the column of names: what the longest takes, but leaving room for the bars."""
        metrics = QFontMetricsF(number_font(SMALL))
        widest = max(metrics.horizontalAdvance(_words(row.name)) for row in self._rows)
        return min(widest, self.width() * 0.46)

    def _paint_row(self, painter: QPainter, i: int, row: PathRow, names: float, largest: float) -> None:
        palette, top = self._theme.palette, float(i * _ROW)
        box = QRectF(0, top + 1, self.width(), _ROW - 2)
        if row.is_path and i in (self._kept, self._over):
            painter.setPen(Qt.PenStyle.NoPen)
            ground = palette.accent_soft if i == self._kept else palette.field
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        if not row.is_path and isinstance(row.name, Symbol):
            painter.fillRect(QRectF(0, top, self.width(), 1), QColor(palette.grid))
        self._paint_name(painter, row, i, names)
        painter.setFont(number_font(SMALL, 600))
        painter.setPen(QColor(palette.ink_faint if row.value is None else error_ink(palette, row.value)))
        right = QRectF(0, top, self.width() - _INSET, _ROW)
        where = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(right, where, number(row.value))
        self._paint_bar(painter, row, top, names, largest)

    def _paint_name(self, painter: QPainter, row: PathRow, i: int, names: float) -> None:
        palette, baseline = self._theme.palette, i * _ROW + 17.0
        if isinstance(row.name, Symbol):
            draw_symbol(painter, _INSET, baseline, row.name, 15, palette.ink)
            return
        painter.setFont(number_font(SMALL) if row.is_path else ui_font(SMALL))
        painter.setPen(QColor(palette.ink if row.is_path else palette.ink_soft))
        metrics = QFontMetricsF(painter.font())
        text = metrics.elidedText(row.name, Qt.TextElideMode.ElideMiddle, names)
        painter.drawText(QPointF(_INSET, baseline), text)

    def _paint_bar(self, painter: QPainter, row: PathRow, top: float, names: float, largest: float) -> None:
        """From the middle to the right for what is positive, to the left for what is negative."""
        palette = self._theme.palette
        left = _INSET + names + _GAP
        numbers = QFontMetricsF(number_font(SMALL, 600)).horizontalAdvance("−1.00·10⁻⁰⁰")
        right = self.width() - _INSET - numbers - _GAP
        if right - left < 24:
            return
        middle, y = (left + right) / 2, top + _ROW / 2
        painter.fillRect(QRectF(middle - 0.5, top + 4, 1, _ROW - 8), QColor(palette.line))
        if row.value is None or not row.value or not largest or row.value != row.value:
            return
        reach = max(1.5, min(1.0, abs(row.value) / largest) * (right - left) / 2)
        colour = palette.error_positive if row.value > 0 else palette.error_negative
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(palette.panel, colour, 0.8))
        start = middle if row.value > 0 else middle - reach
        painter.drawRoundedRect(QRectF(start, y - _BAR / 2, reach, _BAR), 2, 2)

    # -- Qt --------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(240, max(1, _ROW * len(self._rows)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._rows:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        sizes = [abs(row.value) for row in self._rows if row.value is not None and row.value == row.value]
        names = self._names_width()
        for i, row in enumerate(self._rows):
            self._paint_row(painter, i, row, names, max(sizes, default=0.0))
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.palette.accent), 1.0, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self._row_at(event.pos())
            QToolTip.showText(event.globalPos(), self._rows[row].tip if row >= 0 else "", self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._look_at(self._row_at(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._is_path(row):
            self.chosen.emit(row)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._look_at(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self._is_path(self._kept + step):
            self.chosen.emit(self._kept + step)
        elif step is None:
            super().keyPressEvent(event)


def _words(name: str | Symbol) -> str:
    return name.plain if isinstance(name, Symbol) else name
