"""Paints the ways from a variable to the cost: bands along their edges, and what each comes to."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from bpviz.explain.address import Edge, Node
from bpviz.explain.detail import placed_along
from bpviz.explain.route import Route
from bpviz.qt.canvas.edges import line_width
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.canvas.text import centred, fitting
from bpviz.qt.palette import blend, error_ink, value_colour

_WIDTHS = (13.0, 9.0, 5.5)  # of the bands, the strongest first
_STRENGTH = 0.55            # of the colour in a band
_PLATE = (52.0, 17.0)
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


def paint_route_products(painter: QPainter, scene: Scene) -> None:
    """The product of each way on one of its edges, where it hides no other number; the last edges first.

    Never on the weight that is asked about: its own numbers stand there.
    """
    taken = list(scene.detail.labels.values())
    for route in scene.routes:
        for edge in reversed(route.edges):
            place = _place(scene, edge, taken)
            if place is not None:
                taken.append(place)
                _paint_product(painter, scene, route, place)
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
    nodes = route.nodes
    if route.into is not None:
        nodes = (Node(route.into.layer - 1, route.into.source), *nodes)
    points = [_point(scene, node) for node in nodes]
    pen = QPen(blend(palette.canvas, colour, _STRENGTH), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))


def _paint_weight(painter: QPainter, scene: Scene, edge: Edge) -> None:
    """The edge itself once more, so that its weight stays in sight on the band."""
    w = float(scene.frame.edges[edge.layer].w[edge.source, edge.target])
    colour = value_colour(scene.palette, w, scene.frame.scales.weight)
    painter.setPen(QPen(colour, min(line_width(scene, w if np.isfinite(w) else 0.0), 3.0)))
    start, end = _line(scene, edge)
    painter.drawLine(start, end)


def _point(scene: Scene, node: Node) -> QPointF:
    """The centre of a node; of one that is folded away, the dots that stand for it."""
    place = scene.layout.position(node)
    if place is None:
        place = scene.layout.column(node.layer).gap
    return QPointF(*place) if place is not None else QPointF()


def _line(scene: Scene, edge: Edge) -> tuple[QPointF, QPointF]:
    return _point(scene, Node(edge.layer - 1, edge.source)), _point(scene, Node(edge.layer, edge.target))


def _place(scene: Scene, edge: Edge, taken: list[tuple[float, float]]) -> tuple[float, float] | None:
    """Not on a lone edge, whose own numbers stand around it."""
    if scene.frame.edges[edge.layer].w.size == 1:
        return None
    start, end = _line(scene, edge)
    across = end - start
    reach = scene.layout.half_width + _CLEAR
    if across.x() <= 2 * reach:
        return None
    share = reach / across.x()
    start, end = start + across * share, end - across * share
    line = np.array([start.x(), start.y(), end.x(), end.y()])
    return placed_along(line, taken, (_PLATE[0], _PLATE[1] + 10.0), _SHARES)


def _paint_product(painter: QPainter, scene: Scene, route: Route, place: tuple[float, float]) -> None:
    x, y = place
    ink = error_ink(scene.palette, route.product)
    painter.setPen(QPen(QColor(ink), 1.0))
    painter.setBrush(QColor(scene.palette.canvas))
    painter.drawRoundedRect(QRectF(x - _PLATE[0] / 2, y - _PLATE[1] / 2, *_PLATE), 5, 5)
    centred(painter, x, y, fitting(route.product, _PLATE[0] - 6, _NUMBER), _NUMBER, ink, 600)
