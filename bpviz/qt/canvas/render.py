"""The network as a picture in a file or in memory, without a window and without a display."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from bpviz.document.writing import write_whole
from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.detail import detail_of
from bpviz.explain.frame import frame_at
from bpviz.explain.layout import natural_scale, place
from bpviz.explain.moment import Moment
from bpviz.explain.phase import score
from bpviz.explain.sentence import sentence
from bpviz.explain.symbol import Names
from bpviz.qt.canvas.edges import paint_edges
from bpviz.qt.canvas.labels import PLATE
from bpviz.qt.canvas.legend import SCALE_WIDTH, paint_note, paint_scales
from bpviz.qt.canvas.nodes import paint_nodes
from bpviz.qt.canvas.painter import paint
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.fonts import ui_font
from bpviz.qt.lettering import OutlinePainter
from bpviz.qt.palette import LIGHT, Palette
from bpviz.qt.subscripts import draw_wrapped, subscripted

_BANNER = 54.0
_LEGEND = 14.0
_CSS_DOTS = 96         # to the inch, so that a pixel here is a pixel of the file
_MARGIN = 16.0
_SHRINK = 2.2          # a gallery picture is painted so much larger, and shrunk
_SHIFT = (100.0, 44.0)  # the room it does not need for words


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """One moment as a picture: what it shows, how large in logical pixels, in which colours."""

    network: Network
    trace: StepTrace
    moment: Moment
    size: tuple[int, int] = (1280, 720)
    palette: Palette = LIGHT
    image_shape: tuple[int, int] | None = None
    example: int | None = 0
    output_names: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What is happening, in words."""
        phase = score(self.network.depth)[self.moment.phase]
        return sentence(self.network, self.trace, phase, self.example, classes=self.output_names)

    def scene(self, size: tuple[float, float]) -> Scene:
        """The scene in a picture of this size."""
        layout = place(self.network, *size, image_shape=self.image_shape)
        frame = frame_at(self.network, self.trace, self.moment, self.example)
        detail = detail_of(layout, self.trace, PLATE)
        names = Names(self.network, self.output_names)
        return Scene(layout, frame, detail, names, self.palette, output_names=self.output_names)


def render(still: Still, path: Path) -> None:
    """Write a PNG or SVG, by the file's ending; the file is there whole or not at all."""
    write_whole(path, encoded(still, path.suffix))


def encoded(still: Still, ending: str) -> bytes:
    """The picture as the content of a file that ends in .svg, or else of a PNG."""
    return _svg(still) if ending.lower() == ".svg" else _png(still)


def picture(still: Still) -> QImage:
    """The moment with its sentence above."""
    image = QImage(QSize(*still.size), QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    _paint(painter, still)
    painter.end()
    return image


def thumbnail(still: Still, ratio: float = 1.0) -> QImage:
    """A small picture for the gallery: nodes and edges, no words."""
    width, height = still.size
    image = QImage(QSize(width, height) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, width, height), QColor(still.palette.canvas))
    scene = still.scene((width * _SHRINK + _SHIFT[0], height * _SHRINK + _SHIFT[1]))
    painter.scale(1 / _SHRINK, 1 / _SHRINK)
    paint_edges(painter, scene)
    paint_nodes(painter, scene, numbers=False)
    painter.end()
    return image


def _png(still: Still) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not picture(still).save(buffer, "PNG"):  # type: ignore[call-overload]  # the stubs want bytes
        raise OSError("the picture could not be encoded as PNG")
    return bytes(buffer.data().data())


def _svg(still: Still) -> bytes:
    buffer = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(*still.size))
    generator.setViewBox(QRect(0, 0, *still.size))
    generator.setResolution(_CSS_DOTS)
    generator.setTitle("bpviz")
    generator.setDescription(still.sentence)
    painter = OutlinePainter(generator)
    _paint(painter, still)
    painter.end()
    return bytes(buffer.data().data())


def _paint(painter: QPainter, still: Still) -> None:
    width, height = still.size
    palette = still.palette
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, width, height), QColor(palette.canvas))
    scale = natural_scale(width, height - _BANNER)
    painter.scale(scale, scale)
    area = QRectF(0, 0, width / scale, height / scale)
    scene = still.scene((area.width(), area.height() - _BANNER - _LEGEND))
    painter.save()
    painter.translate(0, _BANNER)
    paint(painter, scene)
    painter.restore()
    paint_note(painter, scene, area)
    paint_scales(painter, palette, scene.frame, area.right() - 2 * SCALE_WIDTH, area.bottom() - 12.0)
    _paint_sentence(painter, still, area)


def _paint_sentence(painter: QPainter, still: Still, area: QRectF) -> None:
    palette = still.palette
    banner = QRectF(_MARGIN, _MARGIN, area.width() - 2 * _MARGIN, _BANNER - _MARGIN)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.accent_soft))
    painter.drawRoundedRect(banner, 6, 6)
    text, formats = subscripted(still.sentence)
    draw_wrapped(painter, text, formats, banner.adjusted(14, 6, -14, -6), ui_font(13, 500), palette.ink)
