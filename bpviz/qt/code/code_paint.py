"""Paints lines of the program: grounds, numbers of lines, coloured words, and the values beside them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from bpviz.explain.listing.token import Sort, Token
from bpviz.explain.listing.values import Values, role_of, shown_part
from bpviz.explain.number import UNKNOWN, compact, number
from bpviz.explain.part import Part
from bpviz.qt.code.code_layout import CELL, LEFT, RIGHT, ROW, VALUE_ROW, Place
from bpviz.qt.code.code_scene import CodeScene
from bpviz.qt.fonts import code_font, number_font
from bpviz.qt.palette import Palette, blend
from bpviz.qt.panels.role_ink import role_ink

CODE_SIZE = 12
VALUE_SIZE = 11
_NUMBER_SIZE = 10
_BAR = 3
_BASELINE = 13       # of a row, from its top
_NUMBER_GAP = 7      # between a line's number and its code
_FITS = 7            # characters that surely fit a cell
_SIDE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

Lights = Callable[[Part | None], bool]


class CodePainter:
    """Holds what all lines of one painting share."""

    def __init__(self, painter: QPainter, scene: CodeScene, palette: Palette, lights: Lights) -> None:
        self._painter = painter
        self._scene = scene
        self._palette = palette
        self._lights = lights
        self._waiting = scene.to_come()
        self._letter = QFontMetricsF(code_font(CODE_SIZE)).horizontalAdvance("0")
        self._metrics = QFontMetricsF(number_font(VALUE_SIZE))

    def paint(self, place: Place, words: tuple[Token, ...], width: int, marked: bool) -> None:
        """One line; marked: the keyboard is on it."""
        self._ground(place, width, marked)
        if not place.rows:
            return
        self._line_number(place)
        for i, row in enumerate(place.rows):
            for word in words:
                start, end = max(word.start, row.start), min(word.end, row.end)
                if start < end:
                    x = LEFT + (row.column + start - row.start) * self._letter
                    self._word(place, word, word.text[start - word.start : end - word.start], x,
                               place.row_top(i))
        shown = self._scene.values(place)
        if shown is not None:
            self._values(place, shown, width)

    def _ground(self, place: Place, width: int, marked: bool) -> None:
        line, palette = self._scene.line(place), self._palette
        box = QRectF(0, place.top, width, place.bottom - place.top)
        lit = any(self._lights(part) for part in (*line.computes, *line.uses))
        if self._scene.is_current(place):
            self._painter.fillRect(box, QColor(palette.accent_soft))
            self._painter.fillRect(QRectF(0, place.top, _BAR, box.height()), QColor(palette.accent))
        elif lit:
            self._painter.fillRect(box, blend(palette.panel, palette.accent_soft, 0.55))
        if marked:
            self._painter.setPen(QColor(palette.accent))
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawRoundedRect(box.adjusted(4.5, 0.5, -4.5, -0.5), 4, 4)

    def _line_number(self, place: Place) -> None:
        current = self._scene.is_current(place)
        self._painter.setFont(number_font(_NUMBER_SIZE))
        self._painter.setPen(QColor(self._palette.ink_soft if current else self._palette.ink_faint))
        text = str(place.index + 1)
        x = LEFT - _NUMBER_GAP - QFontMetricsF(self._painter.font()).horizontalAdvance(text)
        self._painter.drawText(QPointF(x, place.top + _BASELINE), text)

    def _word(self, place: Place, word: Token, text: str, x: float, top: int) -> None:
        self._painter.setFont(code_font(CODE_SIZE))
        self._painter.setPen(self._ink(place, word))
        self._painter.drawText(QPointF(x, top + _BASELINE), text)
        if self._lights(word.part):
            line = QRectF(x, top + _BASELINE + 2, len(text) * self._letter, 1.5)
            self._painter.fillRect(line, QColor(self._palette.accent))

    def _ink(self, place: Place, word: Token) -> QColor:
        palette = self._palette
        if word.sort is Sort.COMMENT:
            current = self._scene.is_current(place)
            return QColor(palette.ink_soft if current else palette.ink_faint)
        if self._waiting[place.index]:
            return QColor(palette.ink_faint)
        if word.sort is Sort.KEYWORD:
            return QColor(palette.accent)
        if word.sort in (Sort.NUMBER, Sort.SIGN, Sort.TEXT):
            return QColor(palette.ink_soft)
        return QColor(palette.ink)

    def _values(self, place: Place, shown: Values, width: int) -> None:
        """The numbers, each at the right of its cell, then the shape; a dash for what is not told."""
        part = shown_part(self._scene.line(place))
        assert part is not None
        painter, palette = self._painter, self._palette
        painter.setFont(number_font(VALUE_SIZE))
        right = QRectF(0, place.value_top, width - RIGHT, _value_height(place))
        if not shown.cells:
            painter.setPen(QColor(palette.ink_faint))
            painter.drawText(right, _SIDE, UNKNOWN)
            return
        for i, cell in enumerate(shown.cells):
            painter.setPen(QColor(role_ink(palette, role_of(part), cell.value)))
            lit = cell.part.unit is not None and self._lights(cell.part) and len(shown.cells) > 1
            painter.setFont(number_font(VALUE_SIZE, 600 if lit else 400))
            painter.drawText(cell_box(place, i), _SIDE, self._fitted(cell.value))
        if shown.shape:
            painter.setFont(number_font(VALUE_SIZE))
            painter.setPen(QColor(palette.ink_faint))
            painter.drawText(right, _SIDE, shown.shape)

    def _fitted(self, value: float) -> str:
        text = number(value)
        return text if self._metrics.horizontalAdvance(text) <= CELL - 4 else compact(value, _FITS)


def cell_box(place: Place, i: int) -> QRectF:
    """Where the i-th number beside or under a line stands."""
    return QRectF(place.value_left + i * CELL, place.value_top, CELL, _value_height(place))


def _value_height(place: Place) -> int:
    return ROW if place.beside else VALUE_ROW
