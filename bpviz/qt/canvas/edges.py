"""Paints edges and what travels along them, in opaque colours, grouped by pen."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from bpviz.engine.arrays import Array
from bpviz.explain.address import Edge
from bpviz.explain.detail import Drawn
from bpviz.explain.frame import EdgesFrame
from bpviz.qt.canvas.grouping import Groups, draw_lines
from bpviz.qt.canvas.scene import DIMMED, Scene
from bpviz.qt.palette import Palette, error_hex, mixed, shared_brush, shared_colour, value_hex

_THINNEST, _WIDEST = 0.8, 7.0
_SHADES = 24      # colours a layer's edges are rounded to, so that few pens are needed
_BIG_PULSES = 40  # up to so many edges a pulse is a glowing dot, beyond a short bright stroke
_GLOW = ((2.5, 0.16), (1.6, 0.4), (1.0, 1.0), (0.7, 0.6), (0.5, 0.35))  # radii and strengths, then a trail
_STROKE = 0.14    # length of such a stroke, as a share of the edge
_STROKES = 8      # shades of strokes


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
            carried = _finite(edges.strength[drawn.sources, drawn.targets])
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
    w = np.clip(np.where(w == w, w, 0.0), -largest, largest)  # NaN reads as 0; infinity is cut off
    groups, widest = Groups(np.rint(w / largest * _SHADES).astype(np.intp)), _widest(scene)
    lines = drawn.lines[groups.order]
    for shade, where in groups:
        painter.setPen(_pen(scene.palette, shade, edges.active, widest))
        draw_lines(painter, lines[where])


@lru_cache(maxsize=4096)
def _pen(palette: Palette, shade: int, active: bool, widest: float) -> QPen:
    share = shade / _SHADES
    colour = mixed(palette.canvas, value_hex(palette, share, 1.0), 0.85)
    colour = colour if active else mixed(palette.canvas, colour, DIMMED)
    pen = QPen(shared_colour(colour), _THINNEST + (widest - _THINNEST) * abs(share))
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
            colour = value_hex(scene.palette, w, scene.frame.scales.weight)
            painter.setPen(QPen(shared_colour(colour), line_width(scene, w) + 0.6))
            painter.drawLine(QLineF(*line))


def _underlay(scene: Scene, width: float) -> QPen:
    """The accent around an edge; quieter where all edges of a layer have it."""
    palette = scene.palette
    if isinstance(scene.focus, Edge):
        return QPen(shared_colour(palette.accent), width + 5.0)
    return QPen(shared_colour(mixed(palette.canvas, palette.accent, 0.5)), width + 1.6)


def _paint_dots(painter: QPainter, scene: Scene, edges: EdgesFrame, drawn: Drawn, carried: Array) -> None:
    assert edges.pulse is not None
    size = max(3.0, min(7.0, scene.layout.radius * 0.2))
    step = 0.045 if edges.backward else -0.045
    trail = [edges.pulse + step * max(0, k - 2) for k in range(len(_GLOW))]
    places = [_along(drawn.lines, share).tolist() for share in trail]
    shades = np.rint(carried / _largest(carried) * _SHADES).astype(np.intp).tolist()
    inside = [0.0 <= share <= 1.0 for share in trail]
    core = shared_brush(scene.palette.panel)
    painter.setPen(Qt.PenStyle.NoPen)
    for i, shade in enumerate(shades):
        colours = _glow(scene.palette, edges.backward, shade)
        for k, (radius, _) in enumerate(_GLOW):
            if inside[k]:
                painter.setBrush(shared_brush(colours[k]))
                painter.drawEllipse(QPointF(*places[k][i]), radius * size, radius * size)
        painter.setBrush(core)
        painter.drawEllipse(QPointF(*places[0][i]), size * 0.36, size * 0.36)


@lru_cache(maxsize=512)
def _glow(palette: Palette, backward: bool, shade: int) -> tuple[str, ...]:
    """The colours of a dot and of its trail."""
    share = shade / _SHADES
    colour = (error_hex if backward else value_hex)(palette, share, 1.0)
    strong = 0.25 + 0.75 * abs(share)
    return tuple(mixed(palette.canvas, colour, strength * strong) for _, strength in _GLOW)


def _paint_strokes(painter: QPainter, scene: Scene, edges: EdgesFrame, drawn: Drawn, carried: Array) -> None:
    assert edges.pulse is not None
    back = min(1.0, edges.pulse + _STROKE) if edges.backward else max(0.0, edges.pulse - _STROKE)
    # The root keeps what is small in sight beside what is large.
    roots = np.sign(carried) * np.sqrt(np.abs(carried) / _largest(carried))
    groups = Groups(np.rint(roots * _STROKES).astype(np.intp))
    pieces = np.hstack([_along(drawn.lines, back), _along(drawn.lines, edges.pulse)])[groups.order]
    for shade, where in groups:
        if shade:
            painter.setPen(_stroke_pen(scene.palette, edges.backward, shade))
            draw_lines(painter, pieces[where])


@lru_cache(maxsize=128)
def _stroke_pen(palette: Palette, backward: bool, shade: int) -> QPen:
    share = shade / _STROKES
    colour = (error_hex if backward else value_hex)(palette, share, 1.0)
    colour = mixed(palette.canvas, colour, max(DIMMED, abs(share)))
    return QPen(shared_colour(colour), 1.2 + 2.4 * abs(share))


def _finite(carried: Array) -> Array:
    """NaN reads as 0, and infinity as the largest number there is."""
    return carried if np.isfinite(carried).all() else np.nan_to_num(carried)


def _largest(carried: Array) -> float:
    return float(np.abs(carried).max()) or 1.0


def _along(lines: Array, share: float) -> Array:
    """The points at so much of the way along each line, (n, 2)."""
    return lines[:, :2] + (lines[:, 2:] - lines[:, :2]) * share
