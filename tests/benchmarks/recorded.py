"""What our painter draws of a frame, as plain data: the same picture can then be drawn with other means."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QBrush, QFont, QGlyphRun, QImage, QPainter, QPainterPath
from shiboken6 import Shiboken

from bpviz.qt.canvas.scene import Scene
from bpviz.qt.fonts import MATH_FAMILY

Colour = str
Paint = Callable[[QPainter, Scene], None]


@dataclass(frozen=True)
class Line:
    ends: tuple[float, float, float, float]
    colour: Colour
    width: float


@dataclass(frozen=True)
class Dot:
    place: tuple[float, float]
    radius: float
    colour: Colour


@dataclass(frozen=True, eq=False)
class Shape:
    """A filled outline: a node's rim, its inside, a half, a ring."""

    outline: QPainterPath
    colour: Colour


@dataclass(frozen=True)
class Box:
    """A rectangle with round corners: the ground of an edge's numbers."""

    place: QRectF
    corner: float
    colour: Colour


@dataclass(frozen=True)
class Text:
    """Words, a number or a piece of a symbol; where its baseline begins."""

    text: str
    place: tuple[float, float]
    font: tuple[bool, int, int, bool]  # mathematical, size, weight, italic
    colour: Colour


@dataclass
class Picture:
    """All primitives of a frame, kind by kind in the order in which they cover each other."""

    lines: list[Line] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    pixels: list[Box] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)


def recorded(scene: Scene, paint: Paint) -> Picture:
    """The picture that paint(painter, scene) draws."""
    recorder = _Recorder()
    paint(recorder, scene)
    recorder.end()
    return recorder.picture


@lru_cache(maxsize=1024)
def _rectangle(x: float, y: float, width: float, height: float) -> QPainterPath:
    """One object for one place, as our painter's other outlines are: so that one sees whether it is new."""
    outline = QPainterPath()
    outline.addRect(x, y, width, height)
    return outline


class _Recorder(QPainter):
    """Notes what it is asked to draw, and draws nothing."""

    def __init__(self) -> None:
        self._image = QImage(8, 8, QImage.Format.Format_RGB32)
        super().__init__(self._image)
        self.picture = Picture()

    def drawLines(self, first: QLineF, count: int) -> None:
        address = Shiboken.getCppPointer(first)[0]
        rows = np.ctypeslib.as_array((ctypes.c_double * (4 * count)).from_address(address)).reshape(-1, 4)
        for row in rows.tolist():
            self._note_line(row)

    def drawLine(self, start: QPointF, end: QPointF) -> None:
        self._note_line([start.x(), start.y(), end.x(), end.y()])

    def _note_line(self, ends: list[float]) -> None:
        pen = self.pen()
        self.picture.lines.append(Line(tuple(ends), pen.color().name(), pen.widthF()))

    def drawEllipse(self, at: QPointF, radius: float, _: float) -> None:
        self.picture.dots.append(Dot((at.x(), at.y()), radius, self.brush().color().name()))

    def fillPath(self, outline: QPainterPath, brush: QBrush) -> None:
        self.picture.shapes.append(Shape(outline, brush.color().name()))

    def fillRect(self, place: QRectF, brush: QBrush) -> None:
        self.fillPath(_rectangle(place.x(), place.y(), place.width(), place.height()), brush)

    def drawRoundedRect(self, place: QRectF, corner: float, _: float) -> None:
        self.picture.boxes.append(Box(place, corner, self.brush().color().name()))

    def drawRects(self, places: list[QRectF]) -> None:
        colour = self.brush().color().name()
        self.picture.pixels += [Box(place, 0.0, colour) for place in places]

    def drawGlyphRun(self, at: QPointF, run: QGlyphRun) -> None:
        raw = run.rawFont()
        font = (
            raw.familyName() == MATH_FAMILY, round(raw.pixelSize()), int(raw.weight()),
            raw.style() is QFont.Style.StyleItalic,
        )
        self.picture.texts.append(Text(run.sourceString(), (at.x(), at.y()), font, self.pen().color().name()))
