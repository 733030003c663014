"""Paints a scene. Holds no number of its own; the same scene is always the same picture."""

from __future__ import annotations

from PySide6.QtGui import QPainter

from bpviz.qt.canvas.edges import paint_edges, paint_pulses
from bpviz.qt.canvas.labels import paint_labels
from bpviz.qt.canvas.locks import paint_locks
from bpviz.qt.canvas.nodes import paint_nodes
from bpviz.qt.canvas.outcome import paint_outcome
from bpviz.qt.canvas.routes import paint_route_products, paint_routes
from bpviz.qt.canvas.scene import Scene


def paint(painter: QPainter, scene: Scene) -> None:
    """The whole network, edges first. The ground and the legend are the caller's."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_edges(painter, scene)
    paint_routes(painter, scene)
    paint_pulses(painter, scene)
    paint_nodes(painter, scene)
    taken = paint_labels(painter, scene)
    paint_locks(painter, scene, taken)
    paint_outcome(painter, scene)
    paint_route_products(painter, scene, taken)
