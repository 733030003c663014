"""Paints what stands around the curves: grid, ticks, playhead, where training diverged, the legend."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from bpviz.qt.fonts import BODY, number_font, number_width, ui_font
from bpviz.qt.palette import Palette
from bpviz.qt.plots.cost.curves import pen_of
from bpviz.qt.plots.cost.picture import Picture

_TICK = 11
_LINE = 16.0            # height of a line of words
_PER_X, _PER_Y = 84, 28  # pixels for one tick
_DOT = 3.5
_BEYOND = 12.0          # how far a tick's words may reach over the right end of the axis
_SWATCH, _GAP = 16.0, 14.0
_NAME_LEFT = 9.0        # the middle of the name of the upright axis


def tick_room(picture: Picture) -> float:
    """How wide the widest text on the upright axes is."""
    texts = [text for area in _areas(picture) for _, text in _upright_ticks(area)]
    return max((number_width(text, _TICK) for text in texts), default=0.0)


def paint_ground(painter: QPainter, picture: Picture, palette: Palette) -> None:
    """Grid, ticks and the names of the axes, behind the curves."""
    painter.setFont(number_font(_TICK))
    for area in _areas(picture):
        _paint_upright(painter, area, palette)
    _paint_level(painter, picture, palette)
    _paint_names(painter, picture, palette)


def paint_marks(painter: QPainter, picture: Picture, palette: Palette) -> None:
    """Playhead, divergence and legend, before the curves."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_legend(painter, picture, palette)
    _paint_playhead(painter, picture, palette)
    if picture.trouble is not None and picture.shows(picture.trouble[0]):
        _paint_trouble(painter, picture, palette)
    for area in _areas(picture):
        _paint_dots(painter, area, palette)


def paint_words(painter: QPainter, rect: QRectF, palette: Palette, lines: tuple[str, ...]) -> None:
    """Instead of curves, why there are none."""
    top = rect.center().y() - len(lines) * 10
    for k, line in enumerate(lines):
        painter.setFont(ui_font(BODY))
        painter.setPen(QColor(palette.ink_soft if k == 0 else palette.ink_faint))
        box = QRectF(rect.left(), top + 22 * k, rect.width(), 20)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, line)


# -- axes -------------------------------------------------------------------------------------------


def _areas(picture: Picture) -> tuple[Picture, ...]:
    return (picture,) if picture.strip is None else (picture, picture.strip)


def _upright_ticks(area: Picture) -> tuple[tuple[float, str], ...]:
    return area.y.ticks(_most(area.rect.height(), _PER_Y))


def _paint_upright(painter: QPainter, area: Picture, palette: Palette) -> None:
    rect = area.rect
    for value, text in _upright_ticks(area):
        top = round(area.top(value)) + 0.5
        painter.setPen(QPen(QColor(palette.grid), 1))
        painter.drawLine(QPointF(rect.left(), top), QPointF(rect.right(), top))
        painter.setPen(QColor(palette.ink_faint))
        box = QRectF(0, top - 8, rect.left() - 8, 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


def _paint_level(painter: QPainter, picture: Picture, palette: Palette) -> None:
    rect = picture.rect
    painter.setPen(QColor(palette.ink_faint))
    for value, text in picture.x.ticks(_most(rect.width(), _PER_X)):
        width = number_width(text, _TICK) + 2
        left = min(picture.left(value) - width / 2, rect.right() + _BEYOND - width)
        painter.drawText(QRectF(left, picture.foot + 6, width, 16), Qt.AlignmentFlag.AlignHCenter, text)


def _paint_names(painter: QPainter, picture: Picture, palette: Palette) -> None:
    """What the axes count: upright beside its ticks, and behind the last tick of the other."""
    painter.setPen(QColor(palette.ink_soft))
    left = picture.rect.right() + _BEYOND + 8
    painter.drawText(QRectF(left, picture.foot + 6, 80, 16), Qt.AlignmentFlag.AlignLeft, picture.counted)
    painter.save()
    painter.translate(_NAME_LEFT, picture.rect.center().y())
    painter.rotate(-90)
    painter.drawText(QRectF(-40, -8, 80, 16), Qt.AlignmentFlag.AlignCenter, "cost")
    painter.restore()


# -- marks ------------------------------------------------------------------------------------------


def _paint_playhead(painter: QPainter, picture: Picture, palette: Palette) -> None:
    """A line through the step that is shown, if it is seen."""
    if picture.shows(picture.curves.playhead):
        _paint_line(painter, picture, picture.curves.playhead, QPen(QColor(palette.accent), 1.5))
        _paint_flag(painter, palette, step_flag(picture), picture.step, palette.accent)


def _paint_trouble(painter: QPainter, picture: Picture, palette: Palette) -> None:
    assert picture.trouble is not None
    where, text = picture.trouble
    _paint_line(painter, picture, where, QPen(QColor(palette.danger), 1.5, Qt.PenStyle.DashLine))
    _paint_flag(painter, palette, trouble_flag(picture), text, palette.danger)


def _paint_line(painter: QPainter, picture: Picture, x: float, pen: QPen) -> None:
    """Upright through all areas."""
    left = round(picture.left(x)) + 0.5
    painter.setPen(pen)
    painter.drawLine(QPointF(left, picture.rect.top()), QPointF(left, picture.foot))


def step_flag(picture: Picture) -> QRectF:
    """Where the playhead's words are."""
    return _flag(picture, picture.curves.playhead, picture.step, picture.trouble is not None)


def trouble_flag(picture: Picture) -> QRectF:
    """Where it is said that training diverges; empty if it does not."""
    return QRectF() if picture.trouble is None else _flag(picture, *picture.trouble, left=False)


def _flag(picture: Picture, at: float, text: str, left: bool) -> QRectF:
    """Beside an upright line, on the side where there is room, also above the ends of curves; at its top, or
    where it would hide a curve there, and at the foot none, at its foot."""
    x, width = picture.left(at), number_width(text, _TICK, 500)
    box = QRectF(x + 6, picture.rect.top(), width, _LINE)
    if (left and x - 6 - width > picture.rect.left()) or box.right() > picture.right:
        box.moveRight(x - 6)
    below = box.translated(0, picture.rect.height() - _LINE)
    within = box.right() <= picture.rect.right()
    return below if within and _hides(picture, box) and not _hides(picture, below) else box


def _hides(picture: Picture, box: QRectF) -> bool:
    """Whether a curve passes there."""
    curves = picture.curves
    drawn = [curves.training, curves.validation, curves.smooth, curves.steps]
    low, high = picture.x_under(box.left()), picture.x_under(box.right())
    for curve in (*drawn, *(ghost.curve for ghost in picture.ghosts)):
        values = curve.values_within(low, high)
        if values.size and picture.top(float(values.min())) > box.top() and (
            picture.top(float(values.max())) < box.bottom()
        ):
            return True
    return False


def _paint_flag(painter: QPainter, palette: Palette, box: QRectF, text: str, colour: str) -> None:
    painter.fillRect(box.adjusted(-3, 0, 3, 0), QColor(palette.panel))
    painter.setFont(number_font(_TICK, 500))
    painter.setPen(QColor(colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _paint_dots(painter: QPainter, area: Picture, palette: Palette) -> None:
    """Where the playhead cuts the lines."""
    curves = area.curves
    lines = ((curves.training, palette.value_positive), (curves.validation, palette.value_negative))
    for curve, colour in lines:
        point = area.playhead_on(curve)
        if point is not None:
            painter.setPen(QPen(QColor(palette.panel), 1.5))
            painter.setBrush(QColor(colour))
            painter.drawEllipse(point, _DOT, _DOT)


def _paint_legend(painter: QPainter, picture: Picture, palette: Palette) -> None:
    """A line of words above the curves, each behind a piece of its line, as many as there is room for."""
    left = picture.rect.left()
    painter.setFont(number_font(_TICK))
    for entry in picture.legend:
        width, swatch = number_width(entry.text, _TICK), 0.0 if entry.role == "words" else _SWATCH + 6
        if left + swatch + width > picture.right:
            return
        if swatch:
            painter.setPen(pen_of(entry.role, palette))
            painter.drawLines(_swatch(left, picture.rect.top() - 13.0, entry.role == "rate"))
        painter.setPen(QColor(palette.ink_soft))
        box = QRectF(left + swatch, picture.rect.top() - 21.0, width + 2, _LINE)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, entry.text)
        left += swatch + width + _GAP


def _swatch(left: float, top: float, dots: bool) -> Sequence[QLineF]:
    if not dots:
        return [QLineF(left, top, left + _SWATCH, top)]
    return [QLineF(left + k, top, left + k + 2, top) for k in range(0, int(_SWATCH), 4)]


def _most(room: float, each: int) -> int:
    return max(2, int(room / each))
