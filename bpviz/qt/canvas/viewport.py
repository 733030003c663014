"""Which part of the network's picture is seen, and how large: zoom, pan, and the scale of everything."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QTransform

from bpviz.explain.layout import natural_scale

_ZOOMS = (0.5, 8.0)
_NOTCH = 1.0015   # zoom by one unit of a wheel's angle


class Viewport:
    """Places in the widget and in the layout, each from the other."""

    def __init__(self) -> None:
        self.zoom = 1.0
        self.pan = QPointF(0, 0)
        self.scale = 1.0

    def fit(self) -> None:
        self.zoom, self.pan = 1.0, QPointF(0, 0)

    def resize(self, size: QSize) -> None:
        self.scale = natural_scale(size.width(), size.height())

    def zoomed(self, angle: int) -> float:
        """The zoom after the wheel has turned by so much."""
        lowest, highest = _ZOOMS
        return min(highest, max(lowest, self.zoom * _NOTCH**angle))

    def inside(self, point: QPointF) -> QPointF:
        """A point of the widget in the layout's coordinates."""
        return (point - self.pan) / self.scale

    @property
    def transform(self) -> QTransform:
        """From the layout to the widget."""
        return QTransform.fromTranslate(self.pan.x(), self.pan.y()).scale(self.scale, self.scale)
