"""Paints a laid out equation: grounds of the factors, symbols, numbers."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from bpviz.explain.part import Part
from bpviz.qt.equations.flow_layout import Flow, Placed, number_width
from bpviz.qt.fonts import SMALL, number_font
from bpviz.qt.palette import Palette
from bpviz.qt.panels.role_ink import role_ink
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.typeset import typeset

_RADIUS = 5.0
Current = bool | frozenset[Part]  # all factors or none, or those that are these parts


def paint_flow(
    painter: QPainter, flow: Flow, size: float, palette: Palette, spotlight: Spotlight, current: Current
) -> None:
    """An equation at the painter's origin; current: which of its factors are being told."""
    _paint_grounds(painter, flow, palette, spotlight, current)
    for placed in flow.placed:
        _paint_symbol(painter, placed, size, palette)
        if placed.token.below:
            _paint_number(painter, placed, palette)


def _paint_grounds(
    painter: QPainter, flow: Flow, palette: Palette, spotlight: Spotlight, current: Current
) -> None:
    for placed in flow.placed:
        lit = spotlight.lights(placed.token.part)
        told_now = current if isinstance(current, bool) else placed.token.part in current
        if placed.token.sign or not (lit or told_now):
            continue
        painter.setPen(QPen(QColor(palette.accent), 1.5) if lit else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.accent_soft))
        painter.drawRoundedRect(placed.box.adjusted(1, 0.75, -1, -0.75), _RADIUS, _RADIUS)


def _paint_symbol(painter: QPainter, placed: Placed, size: float, palette: Palette) -> None:
    token, outline = placed.token, typeset(placed.token.latex)
    ink = palette.ink_soft if token.sign else palette.ink_faint if token.faint else palette.ink
    outline.draw(painter, placed.box.center().x() - outline.width * size / 2, placed.baseline, size, ink)


def _paint_number(painter: QPainter, placed: Placed, palette: Palette) -> None:
    token = placed.token
    painter.setFont(number_font(SMALL, 400 if token.sign or token.value is None else 600))
    ink = palette.ink_faint if token.faint else palette.ink_soft
    if token.value is not None:
        ink = role_ink(palette, token.role, token.value)
    painter.setPen(QColor(ink))
    left = placed.box.center().x() - number_width(token) / 2
    painter.drawText(QPointF(left, placed.number_baseline), token.below)
