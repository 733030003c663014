"""Writes on the picture: what nodes and edges are called, their parameters, errors and gradients."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from bpviz.explain.address import INPUT, Edge
from bpviz.explain.detail import placed_along
from bpviz.explain.frame import EdgesFrame
from bpviz.explain.layout import Column
from bpviz.explain.number import UNKNOWN, number, shown
from bpviz.explain.sentence.telling import equals
from bpviz.explain.symbol import Symbol, upright
from bpviz.qt.canvas.beside import backward_begun, paint_beside, unknown_until
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.canvas.text import centred, fitting, labelled, number_width, symbol_beside
from bpviz.qt.palette import error_ink, mixed, shared_brush, value_ink
from bpviz.qt.symbol_text import draw_symbol, symbol_width

PLATE = (48.0, 27.0)  # an edge's two numbers
_NUMBER = 10.5        # size of numbers beside nodes and on edges
_LARGE = 13.0         # the same where there is one unit a layer
_LINE = 13.0          # from one line of numbers to the next
_MOST_FOCUS_LABELS = 40
_FOCUS_ALONG = (0.5, 0.62, 0.38, 0.74, 0.26)


def paint_labels(painter: QPainter, scene: Scene) -> list[tuple[float, float]]:
    """Everything written; returns where the numbers of edges stand."""
    for k in range(len(scene.frame.edges)):
        _paint_weights(painter, scene, k)
    taken = _paint_focus_weights(painter, scene)
    base = caption_baseline(scene)
    for column in scene.layout.columns:
        _paint_captions(painter, scene, column, base)
        if scene.layout.lined and column.layer != INPUT:
            paint_beside(painter, scene, column, scene.frame.column(column.layer))
    return taken


def caption_baseline(scene: Scene) -> float:
    """One line below all nodes, on which every column is named."""
    layout = scene.layout
    lowest = max(float(column.where[column.shown[-1], 1]) for column in layout.columns if not column.is_image)
    lines = 0.0
    if layout.lined and (not layout.roomy or _bias_line(scene)):
        lines = _LINE
    if layout.chain:
        lines += 2 * _LINE + 4
    lowest_line = layout.height - (12.0 if layout.detailed else 32.0)
    return min(lowest + layout.reach + lines + 22.0, lowest_line)


# -- weights ------------------------------------------------------------------------------------


def _paint_weights(painter: QPainter, scene: Scene, k: int) -> None:
    edges = scene.frame.edges[k]
    if edges.w.size == 1 and not scene.layout.chain:
        _paint_lone_weight(painter, scene, edges, k)
    elif scene.layout.chain and edges.w.size == 1:
        _paint_chain_weight(painter, scene, edges, k)
    else:
        for edge, place in scene.detail.labels.items():
            if edge.layer == k:
                _paint_plate(painter, scene, edges, edge, place)


def _paint_lone_weight(painter: QPainter, scene: Scene, edges: EdgesFrame, k: int) -> None:
    """W_h 0.600 under its edge, with C'(W_h) below it and, while the error passes, its product above."""
    x0, y0, x1, _ = scene.detail.layers[k].lines[0]
    size = _LARGE if x1 - x0 > 118 else _NUMBER
    w, gradient = float(edges.w[0, 0]), float(edges.gradient[0, 0])
    soft = scene.palette.ink_soft
    left = x0 + 10 + scene.layout.reach - scene.layout.radius if k else x0 + 10
    base = y0 + size + 11
    weight_ink = value_ink(scene.palette, w) if edges.active else scene.palette.ink
    symbol = symbol_beside(scene.names.weight(k), size)
    labelled(painter, left, base, symbol, number(w), size, (soft, weight_ink))
    if backward_begun(scene):
        text, ink = unknown_until(scene, gradient, edges.g_level)
        symbol = symbol_beside(scene.names.gradient(k), size)
        labelled(painter, left, base + size * 1.7, symbol, text, size, (soft, ink))
    if edges.backward:
        _paint_product(painter, scene, k, (x0 + x1) / 2, y0 - scene.layout.radius * 0.8, _LARGE)


def _paint_product(painter: QPainter, scene: Scene, k: int, x: float, y: float, size: float) -> None:
    """E . W while the error of layer k travels over its weight: what reaches the unit below."""
    above, edges = scene.frame.column(k), scene.frame.edges[k]
    assert above.delta is not None and edges.strength is not None
    error, pulled = float(above.delta[0]), float(edges.strength[0, 0])
    w = float(edges.w[0, 0])
    sign = equals(shown(error) * shown(w), pulled)
    text = f"{number(error)} × {number(w)} {sign} {number(pulled)}"
    # So high up the nodes have curved away: there is more room than the edge is long.
    start, _, end, _ = scene.detail.layers[k].lines[0]
    room = end - start + scene.layout.radius * 0.15
    size = max(9.0, size * min(1.0, room / number_width(text, size)))
    centred(painter, x, y, text, size, error_ink(scene.palette, pulled), 600)


def _paint_chain_weight(painter: QPainter, scene: Scene, edges: EdgesFrame, k: int) -> None:
    """In a long chain: the weight and its gradient as two rows of numbers below the edges."""
    layout = scene.layout
    below, above = layout.columns[k], layout.columns[k + 1]
    x = (below.x + above.x) / 2
    y = float(below.where[0, 1]) + layout.reach + 8 + _bias_line(scene)
    room = above.x - below.x - 4
    w, gradient = float(edges.w[0, 0]), float(edges.gradient[0, 0])
    ink = value_ink(scene.palette, w) if edges.active else scene.palette.ink
    centred(painter, x, y, fitting(w, room, _NUMBER), _NUMBER, ink, 600)
    if k == 0:
        _paint_row_names(painter, scene, y)
    if backward_begun(scene):
        text, colour = unknown_until(scene, gradient, edges.g_level)
        text = text if text == UNKNOWN else fitting(gradient, room, _NUMBER)
        centred(painter, x, y + _LINE, text, _NUMBER, colour, 600)


def _paint_row_names(painter: QPainter, scene: Scene, y: float) -> None:
    """What the rows of a long chain hold, at its left."""
    soft = scene.palette.ink_soft
    plain = Symbol(scene.names.weight(0).runs[:1])
    draw_symbol(painter, 8, y + 4, plain, 13, soft)
    if backward_begun(scene):
        symbol = scene.names.derivative(scene.names.cost(), plain)
        draw_symbol(painter, 8, y + _LINE + 4, symbol, 13, soft)


def _paint_plate(
    painter: QPainter, scene: Scene, edges: EdgesFrame, edge: Edge, place: tuple[float, float]
) -> None:
    """The weight, and its gradient below it once there is one, on a ground that covers the edge."""
    x, y = place
    w, gradient = float(edges.w[edge.source, edge.target]), float(edges.gradient[edge.source, edge.target])
    both = edges.g_level > 0
    height = PLATE[1] if both else _LINE + 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shared_brush(scene.palette.canvas))
    painter.drawRoundedRect(QRectF(x - PLATE[0] / 2 + 2, y - height / 2, PLATE[0] - 4, height), 5, 5)
    bright = edges.active or scene.touches(edge)
    ink = value_ink(scene.palette, w) if bright else scene.palette.ink_soft
    room = PLATE[0] - 4
    centred(painter, x, y - (6.3 if both else 0), fitting(w, room, _NUMBER), _NUMBER, ink, 600)
    if both:
        colour = mixed(scene.palette.canvas, error_ink(scene.palette, gradient), edges.g_level)
        centred(painter, x, y + 6.3, fitting(gradient, room, _NUMBER), _NUMBER, colour, 600)


def _paint_focus_weights(painter: QPainter, scene: Scene) -> list[tuple[float, float]]:
    """The numbers of the edges the eye is on, where no number stands yet; returns where all stand."""
    taken = list(scene.detail.labels.values())
    if scene.focus is None or scene.layout.chain or scene.part is not None:  # in a panel it has its number
        return taken
    left = _MOST_FOCUS_LABELS
    for k, drawn in enumerate(scene.detail.layers):
        if scene.frame.edges[k].w.size == 1:
            continue
        for s, t, line in zip(drawn.sources, drawn.targets, drawn.lines, strict=True):
            edge = Edge(k, int(s), int(t))
            if left and scene.touches(edge) and edge not in scene.detail.labels:
                place = placed_along(line, taken, PLATE, _FOCUS_ALONG)
                if place is not None:
                    taken.append(place)
                    left -= 1
                    _paint_plate(painter, scene, scene.frame.edges[k], edge, place)
    return taken


# -- nodes --------------------------------------------------------------------------------------


def _paint_captions(painter: QPainter, scene: Scene, column: Column, base: float) -> None:
    """Z_h and H, once a column; the weights' symbol between the columns where edges carry bare numbers."""
    names, soft = scene.names, scene.palette.ink_soft
    size = 17.0 if not scene.layout.chain and scene.layout.radius > 20 else 14.0
    alone = not scene.layout.beside if scene.layout.mapped else scene.layout.half_width < 24
    if column.layer == INPUT or alone:
        symbol = names.activation(column.layer)
        draw_symbol(painter, column.x - symbol_width(symbol, size) / 2, base, symbol, size, soft)
    elif scene.layout.mapped:
        over = names.weighted_input(column.layer) + upright(" / ") + names.activation(column.layer)
        draw_symbol(painter, column.x - symbol_width(over, size) / 2, base, over, size, soft)
    else:
        both = (names.weighted_input(column.layer), names.activation(column.layer))
        for symbol, side in zip(both, (-0.5, 0.5), strict=True):
            x = column.x + side * max(scene.layout.half_width, 30) - symbol_width(symbol, size) / 2
            draw_symbol(painter, x, base, symbol, size, soft)
    if column.layer != INPUT and not scene.layout.chain and scene.frame.edges[column.layer].w.size > 1:
        symbol = names.weight(column.layer)
        middle = (column.x + scene.layout.column(column.layer - 1).x) / 2
        draw_symbol(painter, middle - symbol_width(symbol, size) / 2, base, symbol, size, soft)


# -- within -------------------------------------------------------------------------------------


def _bias_line(scene: Scene) -> float:
    return _LINE if any(state.bias is not None for state in scene.frame.columns) else 0.0
