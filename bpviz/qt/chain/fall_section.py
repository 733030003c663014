"""Where the gradient went: the waterfall with its heading, and in words what made it small."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from bpviz.explain.chain.words import NOT_YET, Sentence
from bpviz.explain.waterfall import Fall
from bpviz.qt.chain.sentence_label import SentenceLabel
from bpviz.qt.chain.waterfall_view import WaterfallView
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_BY_LAYER = "Layer by layer: the root mean square over units and examples, and its ratio to the stage above."
_BY_FACTOR = "The product of the factors so far, from the cost down."


class FallSection(QWidget):
    """Shows falls along a path, or layer by layer."""

    def __init__(self, theme: Theme, spotlight: Spotlight) -> None:
        super().__init__()
        self.waterfall = WaterfallView(theme, spotlight)
        self.small = SentenceLabel("soft")
        self._caption = QLabel()
        self._caption.setProperty("faint", True)
        self._caption.setWordWrap(True)
        heading = QLabel("Where did the gradient go")
        heading.setProperty("title", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (heading, self._caption, self.waterfall, self.small):
            column.addWidget(widget)

    def show_path(self, falls: tuple[Fall, ...], said: Sentence) -> None:
        """said names the factor that makes it small."""
        self._show(_BY_FACTOR, falls, said)

    def show_layers(self, falls: tuple[Fall, ...]) -> None:
        self._show(_BY_LAYER, falls, ())

    def _show(self, caption: str, falls: tuple[Fall, ...], said: Sentence) -> None:
        self._caption.setText(caption)
        self.waterfall.show_falls(falls)
        self.small.show_sentence(NOT_YET if falls[0].size is None else said)
