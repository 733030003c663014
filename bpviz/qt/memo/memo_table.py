"""The memo itself: every quantity of the step as a chip, and what the present phase does with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from bpviz.explain.memo import Entry, memo, words
from bpviz.explain.part import Part
from bpviz.qt.fonts import SMALL, ui_font
from bpviz.qt.memo.chip import paint_chip
from bpviz.qt.memo.memo_grid import HEAD_SIZE, Chip, MemoGrid, Words, memo_grid
from bpviz.qt.naming import Naming
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0), Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1), Qt.Key.Key_Down: QPointF(0, 1),
}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ABOVE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom

_NOTHING = MemoGrid((), (), (), 1, True)


class MemoTable(QWidget):
    """Paints the memo. Hovering a chip, or going to it by the arrow keys, lights it up everywhere."""

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        super().__init__()
        self._session = session
        self._player = player
        self._spotlight = spotlight
        self._naming = naming
        self._theme = theme
        self._entries: dict[Part, Entry] = {}
        self._grid = _NOTHING
        self._grid_key: object = None
        self._over: Part | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Memo")
        session.experiment_changed.connect(self._forget)

    @property
    def grid(self) -> MemoGrid:
        return self._grid

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entries.values())

    def refresh(self) -> None:
        """The phase, the network or the notation is another; called by the panel that shows this table."""
        at = self._player.moment.phase
        self._entries = {entry.part: entry for entry in memo(self._session.network, at)}
        self._place()
        self._describe()
        self.update()

    def words(self, part: Part) -> str:
        """What the tooltip of a chip says."""
        session, spotlight = self._session, self._spotlight
        return words(session.network, session.record, self._naming.names, self._entries[part],
                     self._player.complete, spotlight.example)

    # -- within ----------------------------------------------------------------------------------------

    def _forget(self) -> None:
        """Another network: until the next refresh there is nothing of it to be painted or pointed at."""
        self._entries, self._grid, self._grid_key = {}, _NOTHING, None
        self._over = None

    def _place(self) -> None:
        key = (self._session.network, self._naming.notation, self.width())
        if key == self._grid_key:
            return
        self._grid_key = key
        self._grid = memo_grid(self._session.network, self._naming.names, self.width())
        if self._grid.height != self.height():
            self.setFixedHeight(self._grid.height)

    def _describe(self) -> None:
        names = self._naming.names
        self.setAccessibleDescription(
            "; ".join(f"{names.of(entry.part).plain} {entry.state.value}" for entry in self._entries.values())
        )

    def _chip_at(self, point: QPointF) -> Chip | None:
        return next((chip for chip in self._grid.chips if chip.box.contains(point)), None)

    def _hover(self, part: Part | None) -> None:
        if part != self._over:
            self._over = part
            self._spotlight.hover_part(part)

    def _step(self, towards: QPointF) -> None:
        """Go to the next chip in a direction; from nowhere, to the first."""
        chips = self._grid.chips
        if not self._entries:
            return
        here = next((chip for chip in chips if chip.part == self._over), None)
        found = chips[0] if here is None else _next(here, chips, towards)
        if found is not None:
            self._hover(found.part)
            below = self.mapToGlobal(found.box.bottomLeft().toPoint())
            QToolTip.showText(below, self.words(found.part), self)

    def _write(self, painter: QPainter, words: Words, align: Qt.AlignmentFlag) -> None:
        painter.drawText(words.box, align, words.text)

    def _paint_words(self, painter: QPainter) -> None:
        painter.setPen(QColor(self._theme.palette.ink_soft))
        painter.setFont(ui_font(SMALL))
        for label in self._grid.labels:
            self._write(painter, label, _LEFT)
        painter.setPen(QColor(self._theme.palette.ink_faint))
        painter.setFont(ui_font(HEAD_SIZE))
        for head in self._grid.heads:
            self._write(painter, head, _ABOVE)

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(240, self._grid.height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        names, lights = self._naming.names, self._spotlight.lights
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self._paint_words(painter)
        for chip in self._grid.chips:
            entry = self._entries.get(chip.part)
            if entry is not None:
                lit = lights(entry.part) or lights(entry.bias)
                symbol = names.of(entry.part)
                paint_chip(painter, self._theme.palette, chip.box, entry, symbol, self._grid.symbol_size, lit)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            chip = self._chip_at(QPointF(event.pos()))
            if chip is not None and chip.part in self._entries:
                QToolTip.showText(event.globalPos(), self.words(chip.part), self, chip.box.toRect())
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        chip = self._chip_at(event.position())
        self._hover(chip.part if chip is not None else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._hover(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        towards = _ARROWS.get(Qt.Key(event.key()))
        if towards is None:
            super().keyPressEvent(event)
        else:
            self._step(towards)


def _next(here: Chip, chips: tuple[Chip, ...], towards: QPointF) -> Chip | None:
    """The nearest chip in that direction, straight on rather than aside."""
    best, least = None, float("inf")
    for chip in chips:
        away = chip.box.center() - here.box.center()
        ahead = QPointF.dotProduct(away, towards)
        aside = abs(away.x() * towards.y()) + abs(away.y() * towards.x())
        if ahead > 1 and ahead + 3 * aside < least:
            best, least = chip, ahead + 3 * aside
    return best
