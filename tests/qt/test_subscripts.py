"""Symbols within sentences are set with lowered indices; nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QTextCharFormat
from PySide6.QtWidgets import QApplication

from bpviz.qt.fonts import load_fonts, ui_font
from bpviz.qt.subscripts import draw_wrapped, rich, subscripted

LOWERED = QTextCharFormat.VerticalAlignment.AlignSubScript


def lowered(text: str) -> tuple[str, list[str]]:
    """The text as it is drawn, and the parts of it that are lowered."""
    plain, formats = subscripted(text)
    assert all(part.format.verticalAlignment() == LOWERED for part in formats)
    return plain, [plain[part.start : part.start + part.length] for part in formats]


def test_letters_and_numbers_after_an_underscore_are_lowered() -> None:
    assert lowered("W_o and E_11") == ("Wo and E11", ["o", "11"])


def test_symbols_within_derivatives_are_lowered() -> None:
    assert lowered("C'(W_h) = E_h · X") == ("C'(Wh) = Eh · X", ["h", "h"])


@pytest.mark.parametrize("text", ["", "Plain words.", "W and E", "snake_case", "a_b", "NaN_x", "W_oo", "_o"])
def test_anything_else_stays_as_it_is(text: str) -> None:
    assert lowered(text) == (text, [])


@given(st.lists(st.sampled_from(["W_o", "Z_3", "b_11", "words", "0.580", "=", "×"])))
def test_only_underscores_are_lost(words: list[str]) -> None:
    text = " ".join(words)
    plain, parts = lowered(text)
    assert plain == text.replace("_", "")
    assert parts == [word.partition("_")[2] for word in words if "_" in word]


def inked_rows(text: str, width: int) -> list[int]:
    made = QImage(width, 120, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(0)
    painter = QPainter(made)
    draw_wrapped(painter, *subscripted(text), QRectF(0, 0, width, 120), ui_font(), "#000000")
    painter.end()
    return [y for y in range(120) if any(made.pixel(x, y) for x in range(width))]


def test_a_lowered_index_reaches_below_the_line(qapp: QApplication) -> None:
    assert qapp
    load_fonts()
    assert inked_rows("W_o", 200)[-1] > inked_rows("Wo", 200)[-1]


def test_a_sentence_is_broken_where_its_box_ends_and_stands_in_the_middle(qapp: QApplication) -> None:
    assert qapp
    load_fonts()
    wide, narrow = inked_rows("The error of the output travels back over W_o.", 800), inked_rows(
        "The error of the output travels back over W_o.", 160
    )
    assert narrow[-1] - narrow[0] > 2 * (wide[-1] - wide[0])
    assert abs((narrow[0] + narrow[-1]) / 2 - 60) < 6


def test_as_rich_text_symbols_are_lowered_and_signs_of_markup_are_kept() -> None:
    assert rich("W_o < 1 & E_11") == "W<sub>o</sub> &lt; 1 &amp; E<sub>11</sub>"
