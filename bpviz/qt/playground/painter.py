"""Paints a picture of a curve, the point on it and its tangent. Holds no number of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from bpviz.explain.nested import Curve
from bpviz.explain.number import number
from bpviz.explain.symbol import Symbol, upright
from bpviz.qt.fonts import number_font
from bpviz.qt.palette import Palette, blend, error_ink, value_ink
from bpviz.qt.playground.picture import Field, Picture, along, label_place
from bpviz.qt.plots.axis import Axis
from bpviz.qt.symbol_text import draw_symbol, symbol_width

_TICK_SIZE = 11
_LABEL_SIZE = 13
_SYMBOL_SIZE = 15
_POINT = 5.5
_CURVE_WIDTH = 2.0
_TANGENT_WIDTH = 2.6
_BESIDE = 10.0    # from the end of the axis of inputs to the end of its name
_EVERY = 4        # so many samples of a curve apart, a label looks where it would hide it
_ACROSS_EACH, _UP_EACH = 56.0, 40.0  # logical pixels between two ticks, at least


def paint_picture(painter: QPainter, whole: QRectF, picture: Picture, palette: Palette) -> None:
    """Everything within the rectangle; the ground behind it is the caller's."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _Painting(painter, picture, palette, Field.within(whole, picture.curve)).paint()


@dataclass(frozen=True, slots=True)
class _Painting:
    painter: QPainter
    picture: Picture
    palette: Palette
    field: Field

    def paint(self) -> None:
        self._axes()
        curve = self._curve()
        if self.picture.constant is not None:
            self._point()
            self._plate(self.picture.constant, "", curve)
            return
        self._guides()
        busy = curve + self._tangents()
        self._point()
        self._plate(self.picture.slope_symbol, number(self.picture.slope), busy)

    # -- the parts --------------------------------------------------------------------------------

    def _axes(self) -> None:
        ground, painter = self.field.ground, self.painter
        font = number_font(_TICK_SIZE)
        metrics = QFontMetricsF(font)
        across, up, ink = self.picture.input_name, self.picture.output_name, self.palette.ink_soft
        end = ground.right() + _BESIDE - symbol_width(across, _SYMBOL_SIZE)
        draw_symbol(painter, end, ground.bottom() + 15, across, _SYMBOL_SIZE, ink)
        draw_symbol(painter, ground.left() - 4, ground.top() - 7, up, _SYMBOL_SIZE, ink)
        for value, text in Axis(*self.field.width).ticks(max(3, round(ground.width() / _ACROSS_EACH))):
            x = self.field.across(value)
            self._rule(QPointF(x, ground.top()), QPointF(x, ground.bottom()), value == 0)
            left, width = x - metrics.horizontalAdvance(text) / 2, metrics.horizontalAdvance(text)
            if left + width < end - 4:  # the variable's name stands at the end of its axis
                self._tick(QPointF(left, ground.bottom() + 15), text)
        for value, text in Axis(*self.field.height).ticks(max(2, round(ground.height() / _UP_EACH))):
            y = self.field.up(value)
            self._rule(QPointF(ground.left(), y), QPointF(ground.right(), y), value == 0)
            left = ground.left() - 6 - metrics.horizontalAdvance(text)
            self._tick(QPointF(left, y + metrics.capHeight() / 2), text)

    def _curve(self) -> list[QPointF]:
        """What can be reached in full ink over what cannot; returns some of its points."""
        curve, palette = self.picture.curve, self.palette
        dim = self.picture.constant is not None
        full = self.field.polygon(curve.inputs, curve.values)
        self.painter.setPen(QPen(blend(palette.panel, palette.ink, 0.25), 1.4))
        self.painter.drawPolyline(full)
        ink = blend(palette.panel, palette.ink, 0.45 if dim else 0.85)
        self.painter.setPen(QPen(ink, 1.4 if dim else _CURVE_WIDTH))
        self.painter.drawPolyline(self._reached(curve))
        return full.toList()[::_EVERY]

    def _reached(self, curve: Curve) -> QPolygonF:
        low, high = curve.reach
        ends = np.interp([low, high], curve.inputs, curve.values)
        inside = (curve.inputs > low) & (curve.inputs < high)
        inputs = np.concatenate(([low], curve.inputs[inside], [high]))
        return self.field.polygon(inputs, np.concatenate((ends[:1], curve.values[inside], ends[1:])))

    def _guides(self) -> None:
        """From the input up to the curve, and from there to the value."""
        point, ground = self.field.point(self.picture.at, self.picture.value), self.field.ground
        for value, end in (
            (self.picture.at, QPointF(point.x(), ground.bottom())),
            (self.picture.value, QPointF(ground.left(), point.y())),
        ):
            pen = QPen(QColor(value_ink(self.palette, value)), 1.3)
            pen.setDashPattern([2.0, 2.5])
            self.painter.setPen(pen)
            self.painter.drawLine(point, end)

    def _tangents(self) -> list[QPointF]:
        """The tangent; at a corner also, dashed, the one that each side would have."""
        picture = self.picture
        point = self.field.point(picture.at, picture.value)
        self.painter.save()
        self.painter.setClipRect(self.field.ground.adjusted(-2, -2, 2, 2))
        tangent = self.field.tangent(picture.at, picture.value, picture.slope)
        start, end = self.field.point(*tangent[0]), self.field.point(*tangent[1])
        self._line(start, end, picture.slope)
        for side, slope in enumerate(picture.sides or ()):
            outer = self.field.tangent(picture.at, picture.value, slope)[side]
            self._line(point, self.field.point(*outer), slope, dashed=True)
        self.painter.restore()
        return along(start, end)

    def _line(self, start: QPointF, end: QPointF, slope: float, dashed: bool = False) -> None:
        pen = QPen(QColor(error_ink(self.palette, slope)), _TANGENT_WIDTH)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if dashed else Qt.PenCapStyle.RoundCap)
        if dashed:
            self.painter.setPen(QPen(QColor(self.palette.panel), _TANGENT_WIDTH + 2))
            self.painter.drawLine(start, end)  # off with the curve, which a dashed line would vanish on
            pen.setDashPattern([2.2, 1.6])
        self.painter.setPen(pen)
        self.painter.drawLine(start, end)

    def _point(self) -> None:
        palette, dim = self.palette, self.picture.constant is not None
        self.painter.setPen(QPen(QColor(palette.panel), 2.0))
        self.painter.setBrush(QColor(palette.ink_faint if dim else palette.accent))
        radius = _POINT - 1 if dim else _POINT
        self.painter.drawEllipse(self.field.point(self.picture.at, self.picture.value), radius, radius)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)

    # -- letters ----------------------------------------------------------------------------------

    def _rule(self, start: QPointF, end: QPointF, zero: bool) -> None:
        self.painter.setPen(QPen(QColor(self.palette.line if zero else self.palette.grid), 1.0))
        self.painter.drawLine(start, end)

    def _tick(self, at: QPointF, text: str) -> None:
        self.painter.setPen(QColor(self.palette.ink_faint))
        self.painter.setFont(number_font(_TICK_SIZE))
        self.painter.drawText(at, text)

    def _plate(self, symbol: Symbol, text: str, busy: list[QPointF]) -> None:
        """A symbol and its number on a ground of its own, beside the point."""
        ink = error_ink(self.palette, self.picture.slope) if text else self.palette.ink_soft
        symbol = symbol + upright(" = ") if text else symbol
        font = number_font(_LABEL_SIZE, 600)
        lead = symbol_width(symbol, _SYMBOL_SIZE)
        size = QSizeF(lead + QFontMetricsF(font).horizontalAdvance(text) + 8, 20)
        point = self.field.point(self.picture.at, self.picture.value)
        place = label_place(self.field.ground, point, size, busy)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(self.palette.panel))
        self.painter.drawRoundedRect(place, 4, 4)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        draw_symbol(self.painter, place.left() + 4, place.top() + 15, symbol, _SYMBOL_SIZE, ink)
        self.painter.setFont(font)
        self.painter.drawText(QPointF(place.left() + 4 + lead, place.top() + 15), text)
