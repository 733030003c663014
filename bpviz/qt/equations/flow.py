"""One equation: every factor an object that shows where it lives."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from bpviz.explain.equation.token import Token, plain, token_words
from bpviz.qt.equations.copying import Copying
from bpviz.qt.equations.flow_layout import SYMBOL_SIZE, Flow, Placed, flow
from bpviz.qt.equations.flow_paint import Current, paint_flow
from bpviz.qt.equations.setter import Setter
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_RADIUS = 5.0


class TokenFlow(QWidget):
    """Paints the tokens it is given, in lines as wide as itself; its height follows."""

    reshaped = Signal()  # it needs another height

    def __init__(self, theme: Theme, spotlight: Spotlight, size: float = SYMBOL_SIZE) -> None:
        super().__init__()
        self._theme = theme
        self._spotlight = spotlight
        self._size = size
        self._tokens: tuple[Token, ...] = ()
        self._wanted: tuple[Token, ...] = ()
        self._current: Current = False
        self._flow = Flow()
        self._over: Token | None = None
        self._chosen = -1  # by the keyboard, among the factors
        self.copying = Copying()
        self._setter = Setter(self)
        self._setter.ready.connect(self._adopt)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        spotlight.changed.connect(self.update)
        theme.changed.connect(self.update)

    @property
    def current(self) -> Current:
        """Which factors the phase being told works with."""
        return self._current

    @property
    def tokens(self) -> tuple[Token, ...]:
        """What is shown, or is about to be once it is typeset."""
        return self._wanted

    def show_tokens(self, tokens: tuple[Token, ...], current: Current = False) -> None:
        """current: which factors the phase being told works with; they stand on the accent's ground."""
        if current != self._current:
            self._current = current
            self.update()
        if tokens != self._wanted:
            self._wanted = self.copying.tokens = tokens
            self.setAccessibleName(plain(tokens))
            if self._setter.ask(token.latex for token in tokens):
                self._adopt()

    def finish(self) -> None:
        """Do not wait for the slices of typesetting."""
        self._setter.finish()

    def rect_of(self, index: int) -> QRectF:
        """The box of a token."""
        return self._flow.placed[index].box

    # -- within ----------------------------------------------------------------------------------------

    def _adopt(self) -> None:
        self._tokens = self._wanted
        self._place()

    def _place(self) -> None:
        self._flow = flow(self._tokens, float(self.width()), self._size)
        height = max(1, round(self._flow.height))
        if height != self.maximumHeight():
            self.setFixedHeight(height)
            self.reshaped.emit()
        self.update()

    def _at(self, point: QPoint) -> Placed | None:
        there = (p for p in self._flow.placed if p.box.contains(QPointF(point)))
        return next((placed for placed in there if not placed.token.sign), None)

    def _hover(self, token: Token | None) -> None:
        if token != self._over:
            self._over = token
            self._spotlight.hover_part(token.part if token is not None else None)

    def _factors(self) -> list[Token]:
        return [token for token in self._tokens if token.part is not None]

    def _choose(self, step: int) -> None:
        """Walk along the factors by keyboard; each lights up where it lives."""
        factors = self._factors()
        if factors:
            self._chosen = (self._chosen + step) % len(factors) if self._chosen >= 0 else (step < 0) * -1
            self._chosen %= len(factors)
            self._spotlight.hover_part(factors[self._chosen].part)

    # -- Qt --------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(240, max(1, round(self._flow.height)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        paint_flow(painter, self._flow, self._size, self._theme.palette, self._spotlight, self._current)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.palette.accent), 1.0, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            placed = self._at(event.pos())
            text = "" if placed is None or placed.token.part is None else token_words(placed.token)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        placed = self._at(event.position().toPoint())
        self._hover(placed.token if placed is not None else None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        placed = self._at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and placed is not None:
            part = placed.token.part
            if part is not None and part.address is not None:
                self._spotlight.select(part.address)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copying.latex()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._choose(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._spotlight.hovered is not None:
            self._spotlight.select(self._spotlight.hovered)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.copying.offer(self, event.globalPos())
