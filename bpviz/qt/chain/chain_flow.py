"""The equation of one path: its factors, those that the present phase works with on the accent's ground."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpviz.explain.equation.token import Token
from bpviz.explain.part import Part
from bpviz.qt.equations.flow import TokenFlow
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_SIZE = 18.0
_RADIUS = 5.0


class ChainFlow(QWidget):
    """Paints the grounds; the tokens themselves are a TokenFlow's, which stands on top."""

    def __init__(self, theme: Theme, spotlight: Spotlight) -> None:
        super().__init__()
        self._theme = theme
        self._marked: frozenset[Part] = frozenset()
        self.flow = TokenFlow(theme, spotlight, _SIZE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.flow)
        theme.changed.connect(self.update)

    @property
    def marked(self) -> frozenset[Part]:
        """What the present phase works with."""
        return self._marked

    def show_equation(self, tokens: tuple[Token, ...], marked: frozenset[Part]) -> None:
        if marked != self._marked:
            self._marked = marked
            self.update()
        self.flow.show_tokens(tokens)

    # -- Qt --------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._marked:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.palette.accent_soft))
        for i, token in enumerate(self.flow.tokens):
            if token.part in self._marked:
                painter.drawRoundedRect(self._box(i), _RADIUS, _RADIUS)
        painter.end()

    def _box(self, index: int) -> QRectF:
        """Where a factor stands; nowhere while it is still being typeset."""
        try:
            return self.flow.rect_of(index).translated(self.flow.x(), self.flow.y())
        except IndexError:
            return QRectF()
