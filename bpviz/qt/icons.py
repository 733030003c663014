"""Turns the line drawings in resources/icons into icons of any colour."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from bpviz.document.resource import resource

_SCALES = (1, 2, 3)
_DISABLED = 0.35


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """The icon of that name in that ink, sharp on screens of every density; faint when disabled."""
    renderer = QSvgRenderer(QByteArray(_drawing(name, colour)))
    made = QIcon()
    for scale in _SCALES:
        made.addPixmap(_pixmap(renderer, size, scale, 1.0))
        made.addPixmap(_pixmap(renderer, size, scale, _DISABLED), QIcon.Mode.Disabled)
    return made


def _drawing(name: str, colour: str) -> bytes:
    path = resource("icons", f"{name}.svg")
    return path.read_text("utf-8").replace("currentColor", colour).encode()


def _pixmap(renderer: QSvgRenderer, size: int, scale: int, opacity: float) -> QPixmap:
    pixmap = QPixmap(size * scale, size * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    renderer.render(painter, QRectF(0, 0, size * scale, size * scale))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
