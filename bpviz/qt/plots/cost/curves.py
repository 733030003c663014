"""Paints the cost curves: what lies behind the playhead in full colour, what lies before it fainter."""

from __future__ import annotations

from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from bpviz.qt.palette import Palette, blend
from bpviz.qt.plots.cost.history import Curve
from bpviz.qt.plots.cost.picture import Picture, dashed, split

_AROUND = 4.0  # pixels about the axes within which a thick line is not cut off
_FAINT = 0.4   # of the colour, beyond the playhead


def paint_curves(painter: QPainter, picture: Picture, palette: Palette) -> None:
    """Every batch beneath, then training, and validation on top, dashed."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(picture.rect.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND))
    curves = picture.curves
    _paint(painter, picture, curves.steps, 1.0, blend(palette.panel, palette.value_positive, 0.3), palette)
    _paint(painter, picture, curves.training, 2.0, QColor(palette.value_positive), palette)
    _paint(painter, picture, curves.validation, 2.0, QColor(palette.value_negative), palette, dashes=True)
    painter.restore()


def _paint(
    painter: QPainter, picture: Picture, curve: Curve, width: float, colour: QColor, palette: Palette,
    dashes: bool = False,
) -> None:
    before, after = (picture.drawn(part) for part in split(curve, picture.y, picture.curves.playhead))
    for part, shown in ((after, blend(palette.panel, colour.name(), _FAINT)), (before, colour)):
        painter.setPen(QPen(shown, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
        painter.drawLines(_lines(dashed(part) if dashes else part, 2 if dashes else 1))


def _lines(curve: Curve, stride: int) -> list[QLineF]:
    """From each point to the next, or from each second one: ten times as quick for Qt as one thick line."""
    x, y = curve.x.tolist(), curve.y.tolist()
    return [QLineF(x[k], y[k], x[k + 1], y[k + 1]) for k in range(0, len(x) - 1, stride)]
