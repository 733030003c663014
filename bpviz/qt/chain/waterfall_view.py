"""Where the gradient went: stage by stage downwards from the cost, on a logarithmic scale."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
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

from bpviz.explain.chain.factor import Kind
from bpviz.explain.number import full, number
from bpviz.explain.waterfall import Fall, decades, share
from bpviz.qt.fonts import SMALL, number_font, ui_font
from bpviz.qt.palette import blend
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.symbol_text import draw_symbol, symbol_width
from bpviz.qt.theme import Theme

_ROW = 20
_HEAD = 18
_SYMBOL_SIZE = 14
_GAP = 8.0
_PAD = 5.0
_ROOM_FOR_BOTH = 44  # between the ends of the axis, for each to be named
_MARK = 9.0       # room for the mark of the smallest factor
_RADIUS = 3.0
_TINT = 0.30      # of the colour in a bar, so that numbers stand legibly on it
_KINDS = {
    Kind.COST: "what the cost asks for", Kind.SLOPE: "slope of an activation", Kind.WEIGHT: "weight",
    Kind.INPUT: "what comes in", Kind.BIAS: "a bias counts once",
}  # fmt: skip
_SMALLEST = "smallest"
_Sides = tuple[float, float]
_Ends = tuple[int, int]  # the powers of ten at both ends of the axis
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class WaterfallView(QWidget):
    """Paints the stages it is given. A bar reaches as far as what is left; its factor stands in it."""

    def __init__(self, theme: Theme, spotlight: Spotlight) -> None:
        super().__init__()
        self._theme = theme
        self._spotlight = spotlight
        self._falls: tuple[Fall, ...] = ()
        self._over = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Where the gradient went")
        spotlight.changed.connect(self.update)
        theme.changed.connect(self.update)

    @property
    def falls(self) -> tuple[Fall, ...]:
        return self._falls

    def show_falls(self, falls: tuple[Fall, ...]) -> None:
        if falls == self._falls:
            return
        if len(falls) != len(self._falls):
            self.setFixedHeight(max(1, _HEAD + _ROW * len(falls)))
        before, self._falls = self._falls, falls
        pointed = before[self._over].part if self._over >= 0 else None
        if self._over >= len(falls) or (self._over >= 0 and falls[self._over].part != pointed):
            self._hover(-1)  # what the mouse is on now, it says when it moves
        self.setAccessibleDescription("; ".join(f"{f.symbol.plain} {number(f.size)}" for f in falls))
        self.update()

    # -- within ----------------------------------------------------------------------------------------

    def _row_at(self, point: QPoint) -> int:
        row = (point.y() - _HEAD) // _ROW
        return row if 0 <= row < len(self._falls) else -1

    def _hover(self, row: int) -> None:
        if row != self._over:
            self._over = row
            self._spotlight.hover_part(self._falls[row].part if row >= 0 else None)

    def _sides(self) -> tuple[float, float]:
        """Where the bars begin, and where the longest ends: beside them stand symbols and numbers."""
        symbols = max(symbol_width(fall.symbol, _SYMBOL_SIZE) for fall in self._falls)
        metrics = QFontMetricsF(number_font(SMALL, 600))
        numbers = max(metrics.horizontalAdvance(number(fall.size)) for fall in self._falls)
        numbers = max(numbers, metrics.horizontalAdvance("−0.00000"))
        return min(_MARK + symbols + _GAP, self.width() * 0.5), self.width() - numbers - _GAP

    def _paint_axis(self, painter: QPainter, sides: _Sides, ends: _Ends) -> None:
        """Powers of ten at both ends, and a fine line for each between."""
        palette, (left, right), (low, high) = self._theme.palette, sides, ends
        painter.setFont(number_font(SMALL - 1))
        painter.setPen(QColor(palette.ink_faint))
        shown = ((left, low), (right, high)) if right - left > _ROOM_FOR_BOTH else ((right, high),)
        for x, power in shown:
            centre = QRectF(x - 30, 0, 60, _HEAD - 3)
            where = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
            painter.drawText(centre, where, _power(power))
        painter.setPen(QPen(QColor(palette.grid), 1))
        for power in range(low, high + 1):
            x = round(left + (right - left) * (power - low) / (high - low)) + 0.5
            painter.drawLine(QPointF(x, _HEAD - 1), QPointF(x, self.height()))

    def _paint_bar(self, painter: QPainter, fall: Fall, top: float, sides: _Sides, ends: _Ends) -> None:
        if not fall.size or fall.size != fall.size:
            return
        palette, (left, right) = self._theme.palette, sides
        colour = palette.error_positive if fall.size > 0 else palette.error_negative
        wide = max(2.0, (right - left) * share(fall.size, *ends))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(palette.panel, colour, _TINT))
        painter.drawRoundedRect(QRectF(left, top + 1.5, wide, _ROW - 3), _RADIUS, _RADIUS)

    def _paint_row(self, painter: QPainter, fall: Fall, top: float, sides: _Sides, ends: _Ends) -> None:
        palette, (left, right) = self._theme.palette, sides
        self._paint_bar(painter, fall, top, sides, ends)
        known = fall.size is not None or fall.factor is not None
        ink = palette.ink if known else palette.ink_faint
        draw_symbol(painter, _MARK, top + 14.5, fall.symbol, _SYMBOL_SIZE, ink)
        painter.setFont(number_font(SMALL, 600))
        painter.setPen(QColor(palette.ink if fall.size is not None else palette.ink_faint))
        area = QRectF(right, top, self.width() - right - 3, _ROW)
        where = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, where, number(fall.size))
        if fall is not self._falls[0]:
            self._paint_factor(painter, fall, QRectF(left + _PAD, top, right - left - _PAD, _ROW))
        if fall.smallest:
            self._paint_mark(painter, top)

    def _paint_factor(self, painter: QPainter, fall: Fall, area: QRectF) -> None:
        """× 0.197, and which is the smallest."""
        palette = self._theme.palette
        painter.setFont(number_font(SMALL, 600 if fall.smallest else 400))
        painter.setPen(QColor(palette.ink if fall.smallest else palette.ink_soft))
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        text = f"× {number(fall.factor)}" if fall.factor is not None else ""
        wide = QFontMetricsF(painter.font()).horizontalAdvance(text)
        if wide > area.width():
            return
        painter.drawText(area, middle, text)
        after = area.adjusted(wide + 6, 0, 0, 0)
        painter.setFont(ui_font(SMALL - 1, 500))
        if fall.smallest and QFontMetricsF(painter.font()).horizontalAdvance(_SMALLEST) <= after.width():
            painter.drawText(after, middle, _SMALLEST)

    def _paint_mark(self, painter: QPainter, top: float) -> None:
        """Points at the smallest factor, also where its word has no room."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.palette.accent))
        middle = top + _ROW / 2
        painter.drawPolygon([QPointF(1.5, middle - 4), QPointF(6.5, middle), QPointF(1.5, middle + 4)])

    def _tip(self, row: int) -> str:
        if row < 0:
            return "Each bar is as long as what is left of the gradient; every fine line is a factor of ten."
        fall = self._falls[row]
        kind = f" ({_KINDS[fall.kind]})" if fall.kind is not None else ""
        factor = f", × {full(fall.factor)}" if row and fall.factor is not None else ""
        smallest = ", the smallest factor" if fall.smallest else ""
        return f"{fall.symbol.plain}{kind}{factor}{smallest}; left: {full(fall.size)}"

    # -- Qt --------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(240, max(1, _HEAD + _ROW * len(self._falls)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._falls:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        palette, sides, ends = self._theme.palette, self._sides(), decades(self._falls)
        self._paint_axis(painter, sides, ends)
        for i, fall in enumerate(self._falls):
            top = float(_HEAD + i * _ROW)
            self._paint_row(painter, fall, top, sides, ends)
            if self._spotlight.lights(fall.part):
                painter.setPen(QPen(QColor(palette.accent), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(0.75, top + 0.75, self.width() - 1.5, _ROW - 1.5), 5, 5)
        if self.hasFocus():
            painter.setPen(QPen(QColor(palette.accent), 1.0, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip(self._row_at(event.pos())), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._row_at(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        part = self._falls[row].part if row >= 0 else None
        if event.button() == Qt.MouseButton.LeftButton and part is not None and part.address is not None:
            self._spotlight.select(part.address)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._hover(min(self._over + 1, len(self._falls) - 1))
        elif event.key() == Qt.Key.Key_Up:
            self._hover(max(self._over - 1, 0))
        else:
            super().keyPressEvent(event)


def _power(power: int) -> str:
    return "1" if power == 0 else f"10{str(power).translate(_RAISED)}"
