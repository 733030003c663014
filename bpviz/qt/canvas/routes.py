"""Paints the ways from a variable to the cost: bands along their edges, and what each comes to."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from bpviz.explain.address import Edge, Node
from bpviz.explain.detail import placed_along
from bpviz.explain.number import number
from bpviz.explain.route import Route
from bpviz.qt.canvas.edges import line_width
from bpviz.qt.canvas.labels import PLATE
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.canvas.text import centred, fitting, number_width
from bpviz.qt.palette import error_ink, mixed, shared_brush, shared_colour, value_hex

_WIDTHS = (13.0, 9.0, 5.5)  # of the bands, the strongest first
_STRENGTH = 0.55            # of the colour in a band
_HEIGHT, _PAD = 17.0, 10.0  # of a plate with a product
_NARROW = 42.0              # for a number where there is little room
_NUMBER = 10.5
_SHARES = (0.5, 0.62, 0.38, 0.74, 0.26)
_CLEAR = 8.0                # between a plate and the nodes at both ends


def paint_routes(painter: QPainter, scene: Scene) -> None:
    """Over the edges, under the nodes. Weaker ways are narrower: those that share an edge all show."""
    if not scene.routes:
        return
    for rank, route in enumerate(scene.routes):
        _paint_band(painter, scene, route, _width(scene, rank))
    for edge in dict.fromkeys(edge for route in scene.routes for edge in _edges(route)):
        _paint_weight(painter, scene, edge)


def paint_route_products(painter: QPainter, scene: Scene, taken: list[tuple[float, float]]) -> None:
    """The product of each way on one of its edges, where it hides no other number; the last edges first.

    Never on the weight that is asked about: its own numbers stand there. Fewer digits only where all three
    find no room. taken: where numbers of edges stand already.
    """
    for route in scene.routes:
        for text in dict.fromkeys((number(route.product), fitting(route.product, _NARROW, _NUMBER))):
            size = (number_width(text, _NUMBER) + _PAD, _HEIGHT)
            tried = (_place(scene, edge, taken, size) for edge in reversed(route.edges))
            place = next((found for found in tried if found is not None), None)
            if place is not None:
                taken.append(place)
                _paint_product(painter, scene, route, text, place, size)
                break


def _edges(route: Route) -> tuple[Edge, ...]:
    return route.edges if route.into is None else (route.into, *route.edges)


def _width(scene: Scene, rank: int) -> float:
    return _WIDTHS[min(rank, len(_WIDTHS) - 1)] * min(1.0, 0.45 + scene.layout.radius / 45.0)


def _paint_band(painter: QPainter, scene: Scene, route: Route, width: float) -> None:
    palette = scene.palette
    if not route.product or np.isnan(route.product):
        colour = palette.line
    else:
        colour = palette.error_positive if route.product > 0 else palette.error_negative
    points = [point for edge in _edges(route) for point in _line(scene, edge)]
    pen = QPen(shared_colour(mixed(palette.canvas, colour, _STRENGTH)), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))


def _paint_weight(painter: QPainter, scene: Scene, edge: Edge) -> None:
    """The edge itself once more, so that its weight stays in sight on the band."""
    w = float(scene.frame.edges[edge.layer].w[edge.source, edge.target])
    colour = value_hex(scene.palette, w, scene.frame.scales.weight)
    painter.setPen(QPen(shared_colour(colour), min(line_width(scene, w if np.isfinite(w) else 0.0), 3.0)))
    start, end = _line(scene, edge)
    painter.drawLine(start, end)


def _line(scene: Scene, edge: Edge) -> tuple[QPointF, QPointF]:
    """From rim to rim, as the edge itself is drawn."""
    source, target = Node(edge.layer - 1, edge.source), Node(edge.layer, edge.target)
    below = scene.layout.column(source.layer)
    start, end = _centre(scene, source), _centre(scene, target)
    out = below.cell / 2 if below.is_image else scene.layout.half_width
    return start + QPointF(out, 0.0), end - QPointF(scene.layout.half_width, 0.0)


def _centre(scene: Scene, node: Node) -> QPointF:
    """Of a node that is folded away, the dots that stand for it."""
    place = scene.layout.position(node) or scene.layout.column(node.layer).gap
    return QPointF(*place) if place is not None else QPointF()


def _place(
    scene: Scene, edge: Edge, taken: list[tuple[float, float]], size: tuple[float, float]
) -> tuple[float, float] | None:
    """Not on a lone edge, whose own numbers stand around it."""
    if scene.frame.edges[edge.layer].w.size == 1:
        return None
    start, end = _line(scene, edge)
    across = end - start
    if across.x() <= 2 * _CLEAR:
        return None
    share = _CLEAR / across.x()
    start, end = start + across * share, end - across * share
    line = np.array([start.x(), start.y(), end.x(), end.y()])
    return placed_along(line, taken, (max(size[0], PLATE[0]), size[1] + 10.0), _SHARES)


def _paint_product(
    painter: QPainter, scene: Scene, route: Route, text: str, place: tuple[float, float],
    size: tuple[float, float],
) -> None:
    (x, y), (wide, high) = place, size
    ink = error_ink(scene.palette, route.product)
    painter.setPen(QPen(shared_colour(ink), 1.0))
    painter.setBrush(shared_brush(scene.palette.canvas))
    painter.drawRoundedRect(QRectF(x - wide / 2, y - high / 2, wide, high), 5, 5)
    centred(painter, x, y, text, _NUMBER, ink, 600)
