"""The sentence above the memo: what the present phase looks up, with its symbols set as mathematics."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QTextDocument
from PySide6.QtWidgets import QLabel

from bpviz.explain.memo import Piece, plain
from bpviz.explain.symbol import Run, Symbol
from bpviz.qt.fonts import BODY, MATH_FAMILY

_MATH_SIZE = 15
_UNBROKEN = "\u2060"  # a word joiner: no line ends within ∂C/∂W or C'(W)
_LINE = 20     # the same with symbols and without
_LONGEST = 3  # so many sentences of most letters are measured to find the tallest

Sentence = tuple[Piece, ...]


class MemoSentence(QLabel):
    """As tall as the tallest sentence of the step, so that nothing below it moves from phase to phase."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._longest: tuple[str, ...] = ()

    def say(self, sentence: Sentence) -> None:
        html = html_of(sentence)
        if html != self.text():
            self.setText(html)
            self.setAccessibleName(plain(sentence))

    def reserve(self, sentences: tuple[Sentence, ...]) -> None:
        """Keep room for any of these."""
        longest = sorted(sentences, key=_letters, reverse=True)[:_LONGEST]
        self._longest = tuple(html_of(sentence) for sentence in longest)
        self._keep_room()

    def _keep_room(self) -> None:
        heights = [_height(self, html) for html in self._longest]
        height = max(heights, default=0)
        if height != self.minimumHeight():
            self.setMinimumHeight(height)

    # -- Qt ----------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._keep_room()


def html_of(sentence: Sentence) -> str:
    """Words as they are, symbols in the mathematical face with lowered subscripts."""
    pieces = (escape(piece, quote=False) if isinstance(piece, str) else _symbol(piece) for piece in sentence)
    return f'<p style="margin:0; line-height:{_LINE}px; -qt-line-height-type:fixed">{"".join(pieces)}</p>'


def _symbol(symbol: Symbol) -> str:
    runs = "".join(_run(run) for run in symbol.runs)
    return f'<span style="font-family:{MATH_FAMILY}; font-size:{_MATH_SIZE}px">{runs}</span>'


def _run(run: Run) -> str:
    text = escape(run.text, quote=False).replace("'", f"′{_UNBROKEN}").replace("/", f"/{_UNBROKEN}")
    if run.style != "upright" and run.text.isalpha():
        text = f"<i>{text}</i>"
    return f"<sub>{text}</sub>" if run.style == "sub" else text


def _letters(sentence: Sentence) -> int:
    return len(plain(sentence))


def _height(label: QLabel, html: str) -> int:
    document = QTextDocument()
    document.setDefaultFont(label.font())
    document.setDocumentMargin(0)
    document.setHtml(html)
    document.setTextWidth(max(BODY, label.width()))
    return round(document.size().height() + 0.5)
