"""Both colour scales with their ends, and what the picture does not show."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter

from bpviz.explain.frame import Frame
from bpviz.explain.number import count, number
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.canvas.text import written
from bpviz.qt.palette import Palette

_SIZE = 10.5
_BAR = (60.0, 6.0)
SCALE_WIDTH = 172.0


def paint_note(painter: QPainter, scene: Scene, area: QRectF) -> None:
    """What the picture leaves out, at the bottom left of an area."""
    _text(painter, scene.palette, area.left() + 14.0, area.bottom() - 12.0, _unseen(scene))


def paint_scales(painter: QPainter, palette: Palette, frame: Frame, x: float, y: float) -> None:
    """Both scales side by side, the first beginning at x, around the height y."""
    paint_scale(painter, palette, x, y, "values", frame.scales.value)
    paint_scale(painter, palette, x + SCALE_WIDTH, y, "errors", frame.scales.error)


def paint_scale(painter: QPainter, palette: Palette, x: float, y: float, name: str, largest: float) -> None:
    """The scale of "values" or "errors", its name at x, with what its full colour stands for."""
    _text(painter, palette, x, y, name, palette.ink_soft)
    x += 44.0
    bar = QRectF(x, y - _BAR[1] / 2, *_BAR)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_gradient(bar, _ends(palette, name)))
    painter.drawRoundedRect(bar, 3, 3)
    _text(painter, palette, x + _BAR[0] + 6, y, f"±{number(largest)}")


def value_gradient(palette: Palette, bar: QRectF) -> QLinearGradient:
    """The scale of values along a bar."""
    return _gradient(bar, _ends(palette, "values"))


def _gradient(bar: QRectF, colours: tuple[str, str, str]) -> QLinearGradient:
    gradient = QLinearGradient(bar.topLeft(), bar.topRight())
    for at, colour in zip((0.0, 0.5, 1.0), colours, strict=True):
        gradient.setColorAt(at, QColor(colour))
    return gradient


def _ends(palette: Palette, name: str) -> tuple[str, str, str]:
    if name == "errors":
        return palette.error_negative, palette.neutral, palette.error_positive
    return palette.value_negative, palette.neutral, palette.value_positive


def _unseen(scene: Scene) -> str:
    """What the picture leaves out, in words; nothing when it is whole."""
    parts = []
    if scene.detail.unseen:
        total = sum(edges.w.size for edges in scene.frame.edges)
        parts.append(f"the strongest {count(total - scene.detail.unseen)} of {count(total)} weights")
    if scene.layout.folded:
        parts.append(f"{scene.layout.folded} units folded: click the dots or press F")
    elif scene.layout.unfolded:
        parts.append("press F to fold")
    return " · ".join(parts)


def _text(painter: QPainter, palette: Palette, x: float, y: float, text: str, ink: str = "") -> None:
    written(painter, x, y + _SIZE * 0.36, text, _SIZE, ink or palette.ink_faint)
