"""The derivative as a product, each factor over its number."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.explain.nested import Chain
from bpviz.explain.number import number
from bpviz.explain.symbol import Notation, Symbol, upright
from bpviz.qt.fonts import number_font
from bpviz.qt.naming import Naming
from bpviz.qt.palette import error_ink
from bpviz.qt.playground.state import Light, State
from bpviz.qt.symbol_text import draw_symbol, symbol_width
from bpviz.qt.theme import Theme

_LARGEST, _SMALLEST = 26, 13
_HEIGHT = 92
_MIDDLE = 31.0       # of the symbols
_BASE = 80.0         # of the numbers
_GAP = 9.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A symbol over a number, or a sign over a sign; part is what it lights."""

    symbol: Symbol
    text: str
    slope: float | None
    part: Light | None


def cells_of(chain: Chain, notation: Notation) -> tuple[Cell, ...]:
    """f'(x) = A'(B) · B'(C) · C'(x) over its numbers."""
    factors = tuple(
        Cell(stage.slope_symbol(notation), text, stage.slope, stage.letter)
        for stage, text in zip(chain.factors, chain.factor_texts, strict=True)
    )
    left = Cell(chain.slope_symbol(notation), number(chain.slope), chain.slope, "f")
    line = [left, Cell(upright("="), chain.sign, None, None), factors[0]]
    for factor in factors[1:]:
        line += [Cell(upright("·"), "·", None, None), factor]
    return tuple(line)


class EquationLine(QWidget):
    """Paints the product; a factor under the mouse lights its plot, and a lit plot its factor."""

    def __init__(self, state: State, naming: Naming, theme: Theme) -> None:
        super().__init__()
        self._state = state
        self._naming = naming
        self._theme = theme
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName("The derivative as a product")
        self.setToolTip("Each factor is the slope of one function. The text also writes f'(A) in front: "
                        "it is 1, for f is A.")  # fmt: skip
        for signal in (state.changed, naming.changed):
            signal.connect(self._follow)
        for signal in (state.light_changed, theme.changed):
            signal.connect(self.update)
        self._follow()

    @property
    def cells(self) -> tuple[Cell, ...]:
        return cells_of(self._state.chain, self._naming.notation)

    def places(self) -> tuple[tuple[Cell, QRectF], ...]:
        """Each cell and the column that it has, from left to right, as large as there is room for."""
        size = self._size
        x, placed = 0.0, []
        for cell in self.cells:
            width = _cell_width(cell, size)
            placed.append((cell, QRectF(x, 0.0, width, float(_HEIGHT))))
            x += width + _gap(size)
        return tuple(placed)

    # -- within ----------------------------------------------------------------------------------------

    @property
    def _size(self) -> int:
        return next((s for s in range(_LARGEST, _SMALLEST, -1) if self._width(s) <= self.width()), _SMALLEST)

    def _width(self, size: int) -> float:
        return sum(_cell_width(cell, size) + _gap(size) for cell in self.cells) - _gap(size)

    def _follow(self) -> None:
        chain = self._state.chain
        self.setAccessibleDescription(f"{chain.equation(self._naming.notation).plain}: {chain.numbers()}")
        self.update()

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(320, _HEIGHT)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        under = [cell.part for cell, place in self.places() if place.contains(at)]
        self._state.set_light(under[0] if under else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._state.set_light(None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size, palette = self._size, self._theme.palette
        for cell, place in self.places():
            if cell.part is not None and cell.part == self._state.light:
                painter.setPen(QPen(QColor(palette.accent), 1.0))
                painter.setBrush(QColor(palette.accent_soft))
                painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            _draw_symbol(painter, place, cell.symbol, size, palette.ink)
            font = number_font(_number_size(size), 600)
            painter.setFont(font)
            ink = palette.ink_soft if cell.slope is None else error_ink(palette, cell.slope)
            painter.setPen(QColor(ink))
            left = place.center().x() - QFontMetricsF(font).horizontalAdvance(cell.text) / 2
            painter.drawText(QPointF(left, _BASE), cell.text)
        painter.end()


def _number_size(size: int) -> int:
    return max(11, round(size * 0.68))


def _gap(size: int) -> float:
    return _GAP * size / _LARGEST - 2


def _cell_width(cell: Cell, size: int) -> float:
    pad = 0.0 if cell.part is None else 10.0 * size / _LARGEST
    numbers = QFontMetricsF(number_font(_number_size(size), 600)).horizontalAdvance(cell.text)
    return max(numbers, *(symbol_width(half, size) for half in _halves(cell.symbol))) + pad


def _halves(symbol: Symbol) -> tuple[Symbol, ...]:
    """What stands above and below the line of a fraction; anything else is one piece."""
    cut = next((k for k, run in enumerate(symbol.runs) if run.text == "/"), None)
    return (symbol,) if cut is None else (Symbol(symbol.runs[:cut]), Symbol(symbol.runs[cut + 1 :]))


def _draw_symbol(painter: QPainter, place: QRectF, symbol: Symbol, size: int, ink: str) -> None:
    halves = _halves(symbol)
    widths = [symbol_width(half, size) for half in halves]
    bases = (_MIDDLE + size * 0.3,) if len(halves) == 1 else (_MIDDLE - size * 0.22, _MIDDLE + size * 0.86)
    for half, width, base in zip(halves, widths, bases, strict=True):
        draw_symbol(painter, place.center().x() - width / 2, base, half, size, ink)
    if len(halves) == 2:
        reach = max(widths) / 2 + 1
        painter.setPen(QPen(QColor(ink), 1.0))
        middle = QPointF(place.center().x(), _MIDDLE)
        painter.drawLine(middle - QPointF(reach, 0), middle + QPointF(reach, 0))
