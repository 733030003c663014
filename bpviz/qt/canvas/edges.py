"""Paints edges and what travels along them, in opaque colours, grouped by pen."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from bpviz.engine.arrays import Array
from bpviz.explain.address import Edge
from bpviz.explain.detail import Drawn
from bpviz.explain.frame import EdgesFrame
from bpviz.qt.canvas.scene import DIMMED, Scene
from bpviz.qt.palette import Palette, blend, error_colour, value_colour

_THINNEST, _WIDEST = 0.8, 7.0
_SHADES = 24      # colours a layer's edges are rounded to, so that few pens are needed
_BIG_PULSES = 40  # up to so many edges a pulse is a glowing dot, beyond a short bright stroke
_GLOW = ((2.5, 0.16), (1.6, 0.4), (1.0, 1.0), (0.7, 0.6), (0.5, 0.35))  # radii and strengths, then a trail
_STROKE = 0.14    # length of such a stroke, as a share of the edge


def paint_edges(painter: QPainter, scene: Scene) -> None:
    """All edges, the weakest first; then those the eye is on."""
    for k, drawn in enumerate(scene.detail.layers):
        if len(drawn.sources):
            _paint_layer(painter, scene, scene.frame.edges[k], drawn)
    for k, drawn in enumerate(scene.detail.layers):
        _paint_focus(painter, scene, scene.frame.edges[k], drawn, k)


def paint_pulses(painter: QPainter, scene: Scene) -> None:
    """What travels now: w . a forward, E . w backward, as bright as it is large."""
    for edges, drawn in zip(scene.frame.edges, scene.detail.layers, strict=True):
        if edges.pulse is not None and edges.strength is not None and len(drawn.sources):
            carried = np.nan_to_num(edges.strength[drawn.sources, drawn.targets])
            if len(carried) <= _BIG_PULSES:
                _paint_dots(painter, scene, edges, drawn, carried)
            else:
                _paint_strokes(painter, scene, edges, drawn, carried)


def line_width(scene: Scene, w: float) -> float:
    """Grows with |w| and is capped; thinner where nodes are small."""
    return _THINNEST + (_widest(scene) - _THINNEST) * min(1.0, abs(w) / scene.frame.scales.weight)


def _widest(scene: Scene) -> float:
    return min(_WIDEST, scene.layout.radius * 0.17 + 0.4)


def _paint_layer(painter: QPainter, scene: Scene, edges: EdgesFrame, drawn: Drawn) -> None:
    w = edges.w[drawn.sources, drawn.targets]
    largest = scene.frame.scales.weight
    shares = np.clip(np.nan_to_num(w), -largest, largest) / largest  # cut off first: infinity stays finite
    shades = np.rint(shares * _SHADES).astype(int).tolist()
    lines = _lines_of(drawn)
    by_shade: dict[int, list[QLineF]] = {}
    for shade, line in zip(shades, lines, strict=True):
        by_shade.setdefault(shade, []).append(line)
    for shade in sorted(by_shade, key=_weakest_first):
        painter.setPen(_pen(scene.palette, shade, edges.active, _widest(scene)))
        painter.drawLines(by_shade[shade])


def _weakest_first(shade: int) -> tuple[int, int]:
    return abs(shade), shade


@lru_cache(maxsize=64)
def _lines_of(drawn: Drawn) -> list[QLineF]:
    """Made once for all frames of a step, and not changed."""
    return _lines(drawn.lines)


@lru_cache(maxsize=4096)
def _pen(palette: Palette, shade: int, active: bool, widest: float) -> QPen:
    share = shade / _SHADES
    colour = blend(palette.canvas, value_colour(palette, share, 1.0).name(), 0.85)
    pen = QPen(
        colour if active else blend(palette.canvas, colour.name(), DIMMED),
        _THINNEST + (widest - _THINNEST) * abs(share),
    )
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _paint_focus(painter: QPainter, scene: Scene, edges: EdgesFrame, drawn: Drawn, k: int) -> None:
    if scene.focus is None and scene.part is None:
        return
    for s, t, line in zip(drawn.sources, drawn.targets, drawn.lines, strict=True):
        if scene.touches(Edge(k, int(s), int(t))):
            w = float(edges.w[s, t])
            if scene.on_weights:
                painter.setPen(_underlay(scene, line_width(scene, w)))
                painter.drawLine(QLineF(*line))
            colour = value_colour(scene.palette, w, scene.frame.scales.weight)
            painter.setPen(QPen(colour, line_width(scene, w) + 0.6))
            painter.drawLine(QLineF(*line))


def _underlay(scene: Scene, width: float) -> QPen:
    """The accent around an edge; quieter where all edges of a layer have it."""
    palette = scene.palette
    if isinstance(scene.focus, Edge):
        return QPen(QColor(palette.accent), width + 5.0)
    return QPen(blend(palette.canvas, palette.accent, 0.5), width + 1.6)


def _paint_dots(painter: QPainter, scene: Scene, edges: EdgesFrame, drawn: Drawn, carried: Array) -> None:
    assert edges.pulse is not None
    largest = float(np.abs(carried).max()) or 1.0
    size = max(3.0, min(7.0, scene.layout.radius * 0.2))
    painter.setPen(Qt.PenStyle.NoPen)
    step = 0.045 if edges.backward else -0.045
    for line, value in zip(drawn.lines, carried, strict=True):
        colour = (error_colour if edges.backward else value_colour)(scene.palette, float(value), largest)
        strong = 0.25 + 0.75 * abs(float(value)) / largest
        for trail, (radius, share) in enumerate(_GLOW):
            along = edges.pulse + step * max(0, trail - 2)
            if 0.0 <= along <= 1.0:
                painter.setBrush(QBrush(scene.faded(colour, share * strong)))
                painter.drawEllipse(_along(line, along), radius * size, radius * size)
        painter.setBrush(QBrush(scene.palette.panel))
        painter.drawEllipse(_along(line, edges.pulse), size * 0.36, size * 0.36)


def _paint_strokes(painter: QPainter, scene: Scene, edges: EdgesFrame, drawn: Drawn, carried: Array) -> None:
    assert edges.pulse is not None
    largest = float(np.abs(carried).max()) or 1.0
    back = min(1.0, edges.pulse + _STROKE) if edges.backward else max(0.0, edges.pulse - _STROKE)
    # The root keeps what is small in sight beside what is large.
    shades = np.rint(np.sign(carried) * np.sqrt(np.abs(carried) / largest) * 8).astype(int)
    starts, ends = drawn.lines[:, :2], drawn.lines[:, 2:]
    pieces = np.concatenate([starts + (ends - starts) * back, starts + (ends - starts) * edges.pulse], axis=1)
    for shade in sorted(set(shades.tolist()) - {0}, key=abs):
        colour = (error_colour if edges.backward else value_colour)(scene.palette, shade / 8, 1.0)
        painter.setPen(QPen(scene.faded(colour, max(DIMMED, abs(shade) / 8)), 1.2 + 2.4 * abs(shade) / 8))
        painter.drawLines(_lines(pieces[shades == shade]))


def _along(line: Array, share: float) -> QPointF:
    x0, y0, x1, y1 = line
    return QPointF(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)


def _lines(rows: Array) -> list[QLineF]:
    return [QLineF(*row) for row in rows.tolist()]
