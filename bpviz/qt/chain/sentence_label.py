"""A sentence with symbols in it, wrapped."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from bpviz.explain.chain.words import Sentence, plain
from bpviz.explain.symbol import Run, Symbol
from bpviz.qt.fonts import MATH_FAMILY

# The mathematical face would spread its lines.
_PARAGRAPH = "margin:0; line-height:19px; -qt-line-height-type:fixed"
_JOINED = "\u2060"  # no line ends within a symbol
_SYMBOL_SIZE = 15  # beside words of 12 or 13 pixels


class SentenceLabel(QLabel):
    """Shows a sentence, or hides when there is none. style is a label's role: "soft" or "faint"."""

    def __init__(self, style: str) -> None:
        super().__init__()
        self._sentence: Sentence = ()
        self.setProperty(style, True)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.hide()

    @property
    def plain(self) -> str:
        return plain(self._sentence)

    def show_sentence(self, sentence: Sentence) -> None:
        if sentence != self._sentence:
            self._sentence = sentence
            words = "".join(_html(piece) for piece in sentence)
            self.setText(f'<p style="{_PARAGRAPH}">{words}</p>')
            self.setAccessibleName(plain(sentence))
        self.setVisible(bool(sentence))


def _html(piece: str | Symbol) -> str:
    if isinstance(piece, str):
        return escape(piece)
    runs = "".join(_run(run) for run in piece.runs)
    return f'<span style="font-family:{MATH_FAMILY}; font-size:{_SYMBOL_SIZE}px">{runs}</span>'


def _run(run: Run) -> str:
    """Letters slanted, digits and signs upright, as draw_symbol sets them."""
    text = run.text.replace("'", "′")
    if run.style != "upright":
        text = "".join(f"<i>{escape(c)}</i>" if c.isalpha() else escape(c) for c in text)
    else:
        text = escape(text).replace(" ", "&nbsp;").replace("(", f"{_JOINED}(")
    return f"<sub>{text}</sub>" if run.style == "sub" else text
