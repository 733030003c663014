"""All equations of a step on one sheet, painted; every factor shows where it lives."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from bpviz.explain.equation.equation import Group
from bpviz.explain.equation.token import Token, token_words
from bpviz.explain.phase import Phase
from bpviz.qt.equations.blocks import Block, LineBlock, RuleBlock, TitleBlock, arranged, formulas
from bpviz.qt.equations.copying import Copying
from bpviz.qt.equations.setter import Setter
from bpviz.qt.equations.sheet_paint import paint_block
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_ZOOMS = (0.75, 3.0)
_NOTCH = 1.001  # zoom by one unit of a wheel's angle
_ZOOM_KEYS: dict[int, float] = {
    Qt.Key.Key_Plus: 1.1, Qt.Key.Key_Equal: 1.1, Qt.Key.Key_Minus: 1 / 1.1, Qt.Key.Key_0: 1.0,
}  # with Ctrl


class SheetView(QWidget):
    """Paints the groups it is given. Up and Down choose an equation, whose LaTeX can be copied."""

    arrived = Signal()  # what was to be shown is typeset and laid out

    def __init__(self, theme: Theme, spotlight: Spotlight) -> None:
        super().__init__()
        self._theme = theme
        self._spotlight = spotlight
        self._groups: tuple[Group, ...] = ()
        self._wanted: tuple[Group, ...] = ()
        self._phase: Phase | None = None
        self._blocks: tuple[Block, ...] = ()
        self._over: Token | None = None
        self._chosen = -1
        self._zoom = 1.0
        self.copying = Copying()
        self._setter = Setter(self)
        self._setter.ready.connect(self._adopt)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Equations")
        spotlight.changed.connect(self.update)
        theme.changed.connect(self.update)

    @property
    def groups(self) -> tuple[Group, ...]:
        """What is shown, or is about to be once it is typeset."""
        return self._wanted

    @property
    def lines(self) -> tuple[LineBlock, ...]:
        return tuple(block for block in self._blocks if isinstance(block, LineBlock))

    def show_groups(self, groups: tuple[Group, ...], phase: Phase) -> None:
        """phase is the one being told: its equations stand on the accent's ground."""
        if groups == self._wanted and phase == self._phase:
            return
        self._phase = phase
        self._wanted = groups
        if self._setter.ask(formulas(groups)):
            self._adopt()

    def finish(self) -> None:
        """Do not wait for the slices of typesetting."""
        self._setter.finish()

    def current_rect(self) -> QRectF | None:
        """Around the equations of the phase being told; None when it has none."""
        boxes = [block.box for block in self.lines if block.line.phase == self._phase]
        if not boxes:
            return None
        first = self._blocks.index(next(b for b in self.lines if b.line.phase == self._phase))
        above = self._blocks[first - 1]
        if isinstance(above, TitleBlock):
            boxes.append(above.box)
        top, bottom = min(box.top() for box in boxes), max(box.bottom() for box in boxes)
        return QRectF(0, top * self._zoom, self.width(), (bottom - top) * self._zoom)

    @property
    def zoom(self) -> float:
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """How much larger everything is drawn; for the back row of a classroom."""
        zoom = min(_ZOOMS[1], max(_ZOOMS[0], zoom))
        if zoom != self._zoom:
            self._zoom = zoom
            self._place()

    # -- within ----------------------------------------------------------------------------------------

    def _adopt(self) -> None:
        self._groups = self._wanted
        self._place()
        self.arrived.emit()

    def _place(self) -> None:
        self._blocks, height = arranged(self._groups, self.width() / self._zoom)
        height *= self._zoom
        self._chosen = min(self._chosen, len(self.lines) - 1)
        self._follow_chosen()
        if max(1, round(height)) != self.maximumHeight():
            self.setFixedHeight(max(1, round(height)))
        self.update()

    def _line_at(self, point: QPointF) -> int:
        at = point / self._zoom
        return next((i for i, block in enumerate(self.lines) if block.box.contains(at)), -1)

    def _token_at(self, point: QPointF) -> Token | None:
        at = self._line_at(point)
        if at < 0:
            return None
        block = self.lines[at]
        inside = point / self._zoom - block.box.topLeft()
        there = (p.token for p in block.flow.placed if p.box.contains(inside))
        return next((token for token in there if not token.sign), None)

    def _hover(self, token: Token | None) -> None:
        if token != self._over:
            self._over = token
            self._spotlight.hover_part(token.part if token is not None else None)

    def _choose(self, line: int) -> None:
        self._chosen = max(0, min(line, len(self.lines) - 1))
        self._follow_chosen()
        self.update()

    def _follow_chosen(self) -> None:
        """What can be copied is the chosen equation as it is now."""
        if 0 <= self._chosen < len(self.lines):
            self.copying.tokens = self.lines[self._chosen].line.tokens

    def _walk(self, step: int) -> None:
        """Along the factors of the chosen equation; each lights up where it lives."""
        if not 0 <= self._chosen < len(self.lines):
            return
        parts = [t.part for t in self.lines[self._chosen].line.tokens if t.part is not None]
        if parts:
            now = self._spotlight.part
            at = parts.index(now) + step if now in parts else (0 if step > 0 else -1)
            self._spotlight.hover_part(parts[at % len(parts)])

    # -- Qt --------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(240, self.maximumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(self._zoom, self._zoom)
        seen = QRectF(event.rect().topLeft() / self._zoom, event.rect().size() / self._zoom)
        palette, seen_width = self._theme.palette, self.width() / self._zoom
        for block in self._blocks:
            if isinstance(block, RuleBlock) or block.box.intersects(seen):
                paint_block(painter, block, palette, self._spotlight, self._phase, seen_width)
        if self.hasFocus() and 0 <= self._chosen < len(self.lines):
            painter.setPen(QPen(QColor(palette.accent), 1.0, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.lines[self._chosen].box.adjusted(0.5, -2, -0.5, 2), 5, 5)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            token = self._token_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), token_words(token) if token is not None else "", self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._chosen < 0:
            self._choose(0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._token_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the equation; a factor's unit or weight comes into focus."""
        line = self._line_at(event.position())
        if line >= 0:
            self._choose(line)
        token = self._token_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and token is not None and token.part is not None:
            address = token.part.address
            if address is not None:
                self._spotlight.select(address)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl it zooms; else the panel scrolls."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * _NOTCH ** event.angleDelta().y())
            event.accept()
        else:
            super().wheelEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copying.latex()
        elif event.key() in (keys.Key_Down, keys.Key_Up):
            step = 1 if event.key() == keys.Key_Down else -1
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._walk(step)
            else:
                self._choose(self._chosen + step)
        elif event.key() in _ZOOM_KEYS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(1.0 if event.key() == keys.Key_0 else self._zoom * _ZOOM_KEYS[event.key()])
        elif event.key() in (keys.Key_Return, keys.Key_Enter) and self._spotlight.hovered is not None:
            self._spotlight.select(self._spotlight.hovered)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = self._line_at(QPointF(event.pos()))
        if at >= 0:
            self._choose(at)
        if self._chosen >= 0:
            self.copying.offer(self, event.globalPos())

