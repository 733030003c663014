"""Paints what stands around the curves: grid, ticks, playhead, the words at the ends of lines."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from bpviz.qt.fonts import BODY, number_font, ui_font
from bpviz.qt.palette import Palette, blend
from bpviz.qt.plots.cost.picture import Picture, spread

_TICK = 11
_LABEL = 12
_LINE = 16.0            # height of a line of labels
_PER_X, _PER_Y = 84, 28  # pixels for one tick
_DOT = 3.5
_BEYOND = 12.0          # how far a tick's words may reach over the right end of the axis


def tick_room(picture: Picture) -> float:
    """How wide the widest text on the vertical axis is."""
    metrics = QFontMetricsF(number_font(_TICK))
    texts = [text for _, text in picture.y.ticks(_most(picture.rect.height(), _PER_Y))]
    return max((metrics.horizontalAdvance(text) for text in texts), default=0.0)


def label_room(labels: tuple[str, str]) -> float:
    """How wide the words at the ends of the lines are, with what separates them from the lines."""
    metrics = QFontMetricsF(number_font(_LABEL, 600))
    return max(metrics.horizontalAdvance(label) for label in labels) + 22


def paint_ground(painter: QPainter, picture: Picture, palette: Palette) -> None:
    """Grid and ticks, behind the curves."""
    rect = picture.rect
    painter.setFont(number_font(_TICK))
    metrics = QFontMetricsF(number_font(_TICK))
    for value, text in picture.y.ticks(_most(rect.height(), _PER_Y)):
        top = round(picture.top(value)) + 0.5
        painter.setPen(QPen(QColor(palette.grid), 1))
        painter.drawLine(QPointF(rect.left(), top), QPointF(rect.right(), top))
        painter.setPen(QColor(palette.ink_faint))
        box = QRectF(0, top - 8, rect.left() - 8, 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    for value, text in picture.x.ticks(_most(rect.width(), _PER_X)):
        width = metrics.horizontalAdvance(text) + 2
        left = min(picture.left(value) - width / 2, rect.right() + _BEYOND - width)
        painter.drawText(QRectF(left, rect.bottom() + 6, width, 16), Qt.AlignmentFlag.AlignHCenter, text)


def paint_marks(painter: QPainter, picture: Picture, palette: Palette) -> None:
    """Playhead and words, before the curves."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    flags = [_paint_playhead(painter, picture, palette)]
    if picture.trouble is not None:
        flags.append(_paint_trouble(painter, picture, palette))
    _paint_dots(painter, picture, palette)
    _paint_labels(painter, picture, palette, max(flag.right() for flag in flags))


def paint_words(painter: QPainter, rect: QRectF, palette: Palette, lines: tuple[str, ...]) -> None:
    """Instead of curves, why there are none."""
    top = rect.center().y() - len(lines) * 10
    for k, line in enumerate(lines):
        painter.setFont(ui_font(BODY))
        painter.setPen(QColor(palette.ink_soft if k == 0 else palette.ink_faint))
        box = QRectF(rect.left(), top + 22 * k, rect.width(), 20)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, line)


def _paint_playhead(painter: QPainter, picture: Picture, palette: Palette) -> QRectF:
    """A line through the step that is shown; returns where its words are."""
    rect, x = picture.rect, round(picture.left(picture.curves.playhead)) + 0.5
    painter.setPen(QPen(QColor(palette.accent), 1.5))
    painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
    left = picture.trouble is not None
    return _flag(painter, picture, palette, x, picture.step, palette.accent, left)


def _paint_trouble(painter: QPainter, picture: Picture, palette: Palette) -> QRectF:
    assert picture.trouble is not None
    where, text = picture.trouble
    rect, x = picture.rect, round(picture.left(where)) + 0.5
    painter.setPen(QPen(QColor(palette.danger), 1.5, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
    return _flag(painter, picture, palette, x, text, palette.danger, False)


def _flag(
    painter: QPainter, picture: Picture, palette: Palette, x: float, text: str, colour: str, left: bool
) -> QRectF:
    """Words at the top of a vertical line, on the side where there is room."""
    font = number_font(_TICK, 500)
    width = QFontMetricsF(font).horizontalAdvance(text)
    box = QRectF(x + 6, picture.rect.top(), width, _LINE)
    if (left and x - 6 - width > picture.rect.left()) or box.right() > picture.rect.right():
        box.moveRight(x - 6)
    painter.fillRect(box.adjusted(-3, 0, 3, 0), QColor(palette.panel))
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    return box


def _paint_dots(painter: QPainter, picture: Picture, palette: Palette) -> None:
    """Where the playhead cuts the lines."""
    curves = picture.curves
    lines = ((curves.training, palette.value_positive), (curves.validation, palette.value_negative))
    for curve, colour in lines:
        point = picture.playhead_on(curve)
        if point is not None:
            painter.setPen(QPen(QColor(palette.panel), 1.5))
            painter.setBrush(QColor(colour))
            painter.drawEllipse(point, _DOT, _DOT)


def _paint_labels(painter: QPainter, picture: Picture, palette: Palette, taken: float) -> None:
    """The name and newest cost of each line, behind its end; the top line is taken up to some x."""
    curves, rect = picture.curves, picture.rect
    left = picture.left(curves.end) + 12
    ends = [
        (picture.top(curve.last), text, ink, curve)
        for curve, text, ink in (
            (curves.training, picture.labels[0], palette.value_positive_ink),
            (curves.validation, picture.labels[1], palette.value_negative_ink),
        )
        if curve.last is not None
    ]
    highest = rect.top() + 8 + (_LINE if left < taken + 6 else 0)
    tops = spread([end[0] for end in ends], _LINE, highest, rect.bottom() - 8)
    painter.setFont(number_font(_LABEL, 600))
    metrics = QFontMetricsF(number_font(_LABEL, 600))
    for place, (top, text, ink, curve) in zip(tops, ends, strict=True):
        _paint_leader(painter, palette, QPointF(picture.left(float(curve.x[-1])), top), left - 6)
        box = QRectF(left, place - 8, metrics.horizontalAdvance(text) + 2, 16)
        painter.fillRect(box, QColor(palette.panel))
        painter.setPen(QColor(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def _paint_leader(painter: QPainter, palette: Palette, start: QPointF, end: float) -> None:
    """From the end of a line that waits for its epoch to its words."""
    if end - start.x() > 14:
        painter.setPen(QPen(blend(palette.panel, palette.ink, 0.25), 1, Qt.PenStyle.DotLine))
        painter.drawLine(start, QPointF(end, start.y()))


def _most(room: float, each: int) -> int:
    return max(2, int(room / each))
