"""The bottom line of the picture: both colour scales with their ends, and what is not shown."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter

from bpviz.explain.number import count, number
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.canvas.text import number_width
from bpviz.qt.fonts import number_font

_SIZE = 10.5
_BAR = (74.0, 6.0)


def paint_legend(painter: QPainter, scene: Scene, area: QRectF) -> None:
    palette, frame = scene.palette, scene.frame
    right = area.right() - 14.0
    y = area.bottom() - 13.0
    errors = (palette.error_negative, palette.neutral, palette.error_positive)
    values = (palette.value_negative, palette.neutral, palette.value_positive)
    right = _scale(painter, scene, right, y, "errors", errors, frame.error_scale)
    _scale(painter, scene, right - 18, y, "values", values, frame.value_scale)
    _text(painter, scene, area.left() + 14.0, y, _unseen(scene))


def _unseen(scene: Scene) -> str:
    """What the picture leaves out, in words; nothing when it is whole."""
    parts = []
    if scene.detail.unseen:
        total = sum(edges.w.size for edges in scene.frame.edges)
        parts.append(f"{count(total - scene.detail.unseen)} strongest of {count(total)} weights drawn")
    if scene.layout.folded:
        parts.append(f"{scene.layout.folded} units folded: click ••• to unfold")
    return " · ".join(parts)


def _scale(
    painter: QPainter, scene: Scene, right: float, y: float, name: str, colours: tuple[str, ...], largest: float
) -> float:
    """Drawn leftwards from `right`; returns where it begins."""
    end = number(largest)
    x = right - number_width(end, _SIZE) - 5 - _BAR[0]
    _text(painter, scene, x + _BAR[0] + 5, y, end)
    gradient = QLinearGradient(QPointF(x, 0), QPointF(x + _BAR[0], 0))
    for at, colour in zip((0.0, 0.5, 1.0), colours, strict=True):
        gradient.setColorAt(at, QColor(colour))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(gradient)
    painter.drawRoundedRect(QRectF(x, y - _BAR[1] / 2, *_BAR), 3, 3)
    low = number(-largest)
    x -= number_width(low, _SIZE) + 5
    _text(painter, scene, x, y, low)
    x -= 0.56 * _SIZE * len(name) + 10
    _text(painter, scene, x, y, name, scene.palette.ink_soft)
    return x


def _text(painter: QPainter, scene: Scene, x: float, y: float, text: str, ink: str = "") -> None:
    painter.setFont(number_font(_SIZE))
    painter.setPen(QColor(ink or scene.palette.ink_faint))
    painter.drawText(QPointF(x, y + _SIZE * 0.36), text)
