"""Mathematical symbols: nothing is clipped, nothing collides."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from bpviz.engine.network import Layer, Network
from bpviz.explain.symbol import Names, Run, Symbol
from bpviz.qt import symbol_text
from bpviz.qt.fonts import load_fonts
from bpviz.qt.symbol_text import draw_symbol, symbol_reach, symbol_width

MARGIN = 20
SIZES = (12, 15, 21, 34)


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    assert qapp is not None
    load_fonts()


def every_symbol() -> list[Symbol]:
    symbols = []
    for depth in (1, 2, 11):
        names = Names(Network(1, (Layer(1),) * depth))
        for layer in (0, depth - 1):
            symbols += [
                names.weighted_input(layer), names.activation(layer), names.weight(layer), names.bias(layer),
                names.error(layer), names.slope(layer), names.gradient(layer), names.bias_gradient(layer),
                names.pull(layer),
            ]
        symbols += [names.cost(), names.target(), names.activation(-1)]
    awkward = Symbol((Run("f", "italic"), Run("j", "sub"), Run("(", "upright"), Run("f", "italic"),
                      Run(")", "upright"), Run("f", "sub"), Run("|", "upright")))
    return [*dict.fromkeys(symbols), awkward]


def ink(symbol: Symbol, size: int) -> np.ndarray:
    """How black each pixel is, 0 to 255, drawn MARGIN from the left on a baseline at 2 * size."""
    width = int(symbol_width(symbol, size)) + 2 * MARGIN
    image = QImage(width, 3 * size, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    draw_symbol(painter, MARGIN, 2 * size, symbol, size, "#000000")
    painter.end()
    pixels = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(3 * size, image.bytesPerLine())
    return 255 - pixels[:, :width].astype(int)


@pytest.mark.parametrize("size", SIZES)
def test_all_ink_lies_within_the_width_and_reach(size: int) -> None:
    for symbol in every_symbol():
        rows, columns = np.nonzero(ink(symbol, size) > 24)
        assert columns.min() >= MARGIN - 1, symbol.plain
        assert columns.max() <= MARGIN + symbol_width(symbol, size) + 1, symbol.plain
        above, below = symbol_reach(symbol, size)
        assert rows.min() >= 2 * size - above - 1, symbol.plain
        assert rows.max() <= 2 * size + below + 1, symbol.plain


@pytest.mark.parametrize("size", SIZES)
def test_no_piece_touches_another(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each piece is drawn alone; where two of them have ink on one pixel, they collide."""
    for symbol in every_symbol():
        whole = symbol_text._set(symbol, size)
        masks = []
        for piece in whole.pieces:
            alone = symbol_text.SetSymbol((piece,), whole.width, whole.ascent, whole.descent)
            monkeypatch.setattr(symbol_text, "_set", lambda *_, alone=alone: alone)
            masks.append(ink(symbol, size) > 64)
            monkeypatch.undo()
        for k, one in enumerate(masks):
            for other in masks[k + 1 :]:
                assert not (one & other).any(), symbol.plain


def test_subscripts_are_lowered_and_smaller() -> None:
    letter, below = symbol_text._set(Symbol((Run("Z", "italic"), Run("h", "sub"))), 20).pieces
    assert letter.italic
    assert below.drop > 0
    assert below.size < letter.size


def test_digits_and_signs_stand_upright() -> None:
    pieces = symbol_text._set(Symbol((Run("R'(Z)", "italic"), Run("11", "sub"))), 20).pieces
    assert [(piece.text, piece.italic) for piece in pieces] == [
        ("R", True), ("′(", False), ("Z", True), (")", False), ("11", False)
    ]


def test_drawing_returns_the_width_it_took() -> None:
    image = QImage(200, 60, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    symbol = every_symbol()[5]
    assert draw_symbol(painter, 10, 40, symbol, 20, "#123456") == symbol_width(symbol, 20)
    painter.end()


def test_an_empty_symbol_takes_no_room() -> None:
    assert symbol_width(Symbol(()), 20) == 0
