"""Paints the cost curves: what lies behind the playhead in full colour, what lies before it fainter."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from bpviz.qt.palette import Palette, blend
from bpviz.qt.plots.cost.history import Curve
from bpviz.qt.plots.cost.picture import Picture, Role, dashed, dotted, split

_AROUND = 3.0  # pixels about the axes within which a thick line is not cut off
_FAINT = 0.4   # of the colour, beyond the playhead
_MARK = 3.5    # half the size of the cross where a run diverged


def pen_of(role: Role, palette: Palette) -> QPen:
    """The line of a curve; also of its piece in the legend."""
    colour, width = {
        "training": (QColor(palette.value_positive), 2.0),
        "validation": (QColor(palette.value_negative), 2.0),
        "batch": (blend(palette.panel, palette.value_positive, 0.3), 1.0),
        "smooth": (blend(palette.panel, palette.value_positive, 0.7), 1.2),
        "rate": (QColor(palette.ink_faint), 1.0),
        "ghost": (QColor(palette.line), 1.2),
        "words": (QColor(palette.panel), 1.0),
    }[role]
    cap = Qt.PenCapStyle.FlatCap if role == "rate" else Qt.PenCapStyle.SquareCap
    return QPen(colour, width, Qt.PenStyle.SolidLine, cap)


def paint_curves(painter: QPainter, picture: Picture, palette: Palette) -> None:
    """Earlier runs and the rate beneath, every batch and their average, then training, and validation on top,
    dashed."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(picture.rect.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND))
    curves = picture.curves
    for ghost in picture.ghosts:
        painter.setPen(pen_of("ghost", palette))
        painter.drawLines(_lines(_drawn_whole(picture, ghost.curve), 1))
        if ghost.run.diverged is not None:
            _paint_cross(painter, picture, ghost.curve, palette)
    if picture.rate is not None:
        painter.setPen(pen_of("rate", palette))
        painter.drawLines(_lines(dotted(_drawn_whole(picture.rate, curves.rate)), 2))
    _paint(painter, picture, curves.steps, "batch", palette)
    _paint(painter, picture, curves.smooth, "smooth", palette)
    _paint(painter, picture, curves.training, "training", palette)
    _paint(painter, picture, curves.validation, "validation", palette)
    painter.restore()


def _paint(painter: QPainter, picture: Picture, curve: Curve, role: Role, palette: Palette) -> None:
    if not curve.x.size:
        return
    pen = pen_of(role, palette)
    before, after = split(curve, picture.y, picture.curves.playhead)
    if after.x.size:
        faint = QPen(pen)
        faint.setColor(blend(palette.panel, pen.color().name(), _FAINT))
        _draw(painter, picture.drawn(after), faint, role == "validation")
    _draw(painter, picture.drawn(before), pen, role == "validation")


def _draw(painter: QPainter, drawn: Curve, pen: QPen, dashes: bool) -> None:
    painter.setPen(pen)
    painter.drawLines(_lines(dashed(drawn) if dashes else drawn, 2 if dashes else 1))


def _drawn_whole(picture: Picture, curve: Curve) -> Curve:
    return picture.drawn(Curve(curve.x, picture.y.place(curve.y)))


def _paint_cross(painter: QPainter, picture: Picture, curve: Curve, palette: Palette) -> None:
    """Where an earlier run diverged: at its end, or below where it left the view."""
    rect = picture.rect
    at = QPointF(picture.left(float(curve.x[-1])), picture.top(float(curve.y[-1])))
    at.setY(min(max(at.y(), rect.top() + _MARK), rect.bottom() - _MARK))
    box = QRectF(at.x() - _MARK, at.y() - _MARK, 2 * _MARK, 2 * _MARK)
    painter.setPen(QPen(QColor(palette.danger), 1.5))
    painter.drawLines([QLineF(box.topLeft(), box.bottomRight()), QLineF(box.topRight(), box.bottomLeft())])


def _lines(curve: Curve, stride: int) -> list[QLineF]:
    """From each point to the next, or from each second one: ten times as quick for Qt as one thick line."""
    x, y = curve.x.tolist(), curve.y.tolist()
    return [QLineF(x[k], y[k], x[k + 1], y[k + 1]) for k in range(0, len(x) - 1, stride)]
