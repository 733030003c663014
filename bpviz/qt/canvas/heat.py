"""Heat maps as what nodes are filled with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QBrush, QImage, QPolygonF, QTransform

from bpviz.engine.arrays import Array
from bpviz.explain.address import Node
from bpviz.explain.heat import Heat
from bpviz.explain.layout import Column, Layout
from bpviz.qt.canvas.heat_points import Points
from bpviz.qt.palette import Palette
from bpviz.qt.shades import value_shades

_RIM = 1  # cells that repeat the outermost on each side: a smooth brush looks beyond them

_HALF = 0.5

Pixels = NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class HeatPicture:
    """The maps of the units that are shown, coloured; `brushes` fill nodes where they stand."""

    heat: Heat
    images: dict[Node, QImage]
    brushes: dict[Node, QBrush]
    border: tuple[QPolygonF, ...]  # where a lone probability is 1/2, in a square from 0 to 1
    points: Points


def heat_picture(heat: Heat, points: Points, layout: Layout, palette: Palette) -> HeatPicture:
    """Coloured for a layout that has room for maps."""
    images: dict[Node, QImage] = {}
    brushes: dict[Node, QBrush] = {}
    for column in layout.columns:
        shown = heat.maps[column.layer + 1][list(column.shown)]
        pixels = _coloured(shown, heat.full(column.layer), palette)
        for unit, one in zip(column.shown, pixels, strict=True):
            node = Node(column.layer, unit)
            images[node] = _image(one)
            brushes[node] = QBrush(images[node])
            brushes[node].setTransform(_onto(*corner_of(layout, column, unit), 2 * layout.radius, heat.side))
    return HeatPicture(heat, images, brushes, _border(heat), points)


def corner_of(layout: Layout, column: Column, unit: int) -> tuple[float, float]:
    """The upper left corner of a node's map."""
    x, y = column.where[unit].tolist()
    return x - layout.half_width, y - layout.radius


def large_brush(picture: HeatPicture, node: Node, corner: QPointF, side: float) -> QBrush:
    """What fills a square anywhere with a node's map."""
    brush = QBrush(picture.images[node])
    brush.setTransform(_onto(corner.x(), corner.y(), side, picture.heat.side))
    return brush


def _onto(left: float, top: float, size: float, side: int) -> QTransform:
    """From the pixels of an image to a square."""
    scale = size / side
    return QTransform(scale, 0, 0, scale, left - _RIM * scale, top - _RIM * scale)


def _coloured(maps: Array, largest: float, palette: Palette) -> Pixels:
    """Maps (n, side, side) as pixels, with their rims; what is no number is neutral."""
    shades = _packed_shades(palette)
    half = len(shades) / 2
    with np.errstate(all="ignore"):
        places = np.nan_to_num(maps * (half / largest) + half, nan=half, posinf=len(shades), neginf=0.0)
    inner = shades[np.clip(places, 0, len(shades) - 1).astype(np.intp)]
    return np.pad(inner, ((0, 0), (_RIM, _RIM), (_RIM, _RIM)), mode="edge")


@lru_cache(maxsize=8)
def _packed_shades(palette: Palette) -> Pixels:
    """The colours of values as QImage's 32 bits."""
    red, green, blue = value_shades(palette).astype(np.uint32).T
    packed: Pixels = np.uint32(0xFF000000) | (red << 16) | (green << 8) | blue
    return packed


def _image(pixels: Pixels) -> QImage:
    side = pixels.shape[0]
    return QImage(pixels.data, side, side, 4 * side, QImage.Format.Format_RGB32).copy()


def _border(heat: Heat) -> tuple[QPolygonF, ...]:
    """From the middle of one cell to that of the next."""
    output = heat.maps[-1][0]
    if not heat.divides or not np.isfinite(output).all():
        return ()
    from contourpy import LineType, contour_generator  # other pictures have no lines

    middles = (np.arange(heat.side) + 0.5) / heat.side
    lines = contour_generator(middles, middles, output, line_type=LineType.Separate).lines(_HALF)
    return tuple(map(_polygon, cast("list[Array]", lines)))


def _polygon(line: Array) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in line.tolist()])
