"""The network as a picture in a file or in memory, without a window and without a display."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.detail import detail_of
from bpviz.explain.frame import frame_at
from bpviz.explain.layout import place
from bpviz.explain.moment import Moment
from bpviz.explain.phase import score
from bpviz.explain.sentence import sentence
from bpviz.explain.symbol import Names
from bpviz.qt.canvas.edges import paint_edges
from bpviz.qt.canvas.labels import PLATE
from bpviz.qt.canvas.legend import paint_legend
from bpviz.qt.canvas.nodes import paint_nodes
from bpviz.qt.canvas.painter import paint
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.fonts import ui_font
from bpviz.qt.palette import LIGHT, Palette

_BANNER = 54.0
_MARGIN = 16.0


def render(
    network: Network,
    trace: StepTrace,
    moment: Moment,
    path: Path,
    *,
    size: tuple[int, int] = (1280, 720),
    palette: Palette = LIGHT,
    image_shape: tuple[int, int] | None = None,
    example: int | None = 0,
) -> None:
    """Write the moment as PNG or SVG, by the file's ending; the file is there whole or not at all."""
    data = (_svg if path.suffix.lower() == ".svg" else _png)(network, trace, moment, size, palette, image_shape, example)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def picture(
    network: Network,
    trace: StepTrace,
    moment: Moment,
    size: tuple[int, int],
    palette: Palette,
    image_shape: tuple[int, int] | None = None,
    example: int | None = 0,
) -> QImage:
    """The moment with its sentence above, size in pixels."""
    image = QImage(QSize(*size), QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    _paint(painter, network, trace, moment, size, palette, image_shape, example)
    painter.end()
    return image


def thumbnail(
    network: Network,
    trace: StepTrace,
    size: tuple[int, int],
    palette: Palette,
    image_shape: tuple[int, int] | None = None,
    ratio: float = 1.0,
) -> QImage:
    """A small picture for the gallery: nodes and edges, no words. size in logical pixels."""
    image = QImage(QSize(*size) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRect(0, 0, *size), QColor(palette.canvas))
    wide, high = 2.2 * size[0], 2.2 * size[1]
    layout = place(network, wide + 40, high + 30, image_shape=image_shape)
    last = Moment(len(score(network.depth)) - 2, 1.0)
    scene = Scene(
        layout, frame_at(network, trace, last, 0), detail_of(layout, trace, PLATE), Names(network), palette
    )
    painter.scale(1 / 2.2, 1 / 2.2)
    paint_edges(painter, scene)
    paint_nodes(painter, scene)
    painter.end()
    return image


def _png(*what: object) -> bytes:
    network, trace, moment, size, palette, image_shape, example = what
    image = picture(network, trace, moment, size, palette, image_shape, example)  # type: ignore[arg-type]
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _svg(*what: object) -> bytes:
    network, trace, moment, size, palette, image_shape, example = what
    buffer = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(*size))  # type: ignore[misc]
    generator.setViewBox(QRect(0, 0, *size))  # type: ignore[misc]
    generator.setTitle("bpviz")
    painter = QPainter(generator)
    _paint(painter, network, trace, moment, size, palette, image_shape, example)  # type: ignore[arg-type]
    painter.end()
    return bytes(buffer.data().data())


def _paint(
    painter: QPainter,
    network: Network,
    trace: StepTrace,
    moment: Moment,
    size: tuple[int, int],
    palette: Palette,
    image_shape: tuple[int, int] | None,
    example: int | None,
) -> None:
    width, height = size
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, width, height), QColor(palette.canvas))
    layout = place(network, width, height - _BANNER, image_shape=image_shape, zoom=max(1.0, min(width / 900, height / 560)))
    scene = Scene(
        layout, frame_at(network, trace, moment, example), detail_of(layout, trace, PLATE), Names(network), palette
    )
    painter.save()
    painter.translate(0, _BANNER)
    paint(painter, scene)
    painter.restore()
    paint_legend(painter, scene, QRectF(0, 0, width, height))
    banner = QRectF(_MARGIN, _MARGIN, width - 2 * _MARGIN, _BANNER - _MARGIN)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.accent_soft))
    painter.drawRoundedRect(banner, 6, 6)
    painter.setPen(QColor(palette.ink))
    painter.setFont(ui_font(13, 500))
    text = sentence(network, trace, score(network.depth)[moment.phase], example)
    painter.drawText(banner.adjusted(14, 0, -14, 0), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, text)
