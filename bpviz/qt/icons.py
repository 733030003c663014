"""Turns the line drawings in resources/icons into icons of any colour."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from bpviz.document.resource import resource


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """The icon of that name in that ink, sharp on each screen that there is."""
    renderer = QSvgRenderer(QByteArray(_drawing(name, colour)))
    made = QIcon()
    for scale in {ceil(screen.devicePixelRatio()) for screen in QGuiApplication.screens()}:
        made.addPixmap(_pixmap(renderer, size, scale))
    return made


def _drawing(name: str, colour: str) -> bytes:
    path = resource("icons", f"{name}.svg")
    return path.read_text("utf-8").replace("currentColor", colour).encode()


def _pixmap(renderer: QSvgRenderer, size: int, scale: int) -> QPixmap:
    pixmap = QPixmap(size * scale, size * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size * scale, size * scale))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
