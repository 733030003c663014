"""The program on screen: paints what is visible of it, and says which quantity the mouse is on."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from bpviz.explain.listing.token import Token, tokens
from bpviz.explain.listing.values import Cell
from bpviz.explain.number import full
from bpviz.explain.part import Part, What
from bpviz.qt.code.code_layout import LEFT, CodeLayout, Place, lay_out
from bpviz.qt.code.code_paint import CODE_SIZE, VALUE_SIZE, CodePainter, cell_box
from bpviz.qt.code.code_scene import CodeScene
from bpviz.qt.fonts import code_font, number_font
from bpviz.qt.naming import Naming
from bpviz.qt.panels.copy_menu import offer
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_OF_STEP = (What.COST, What.RATE)


class CodeView(QWidget):
    """Shows a CodeScene. Arrow keys go from line to line; Ctrl+C asks for the program."""

    copy_asked = Signal()
    line_chosen = Signal(int, int)  # its top and bottom: it should be in sight

    def __init__(self, spotlight: Spotlight, naming: Naming, theme: Theme) -> None:
        super().__init__()
        self._spotlight = spotlight
        self._naming = naming
        self._theme = theme
        self._scene: CodeScene | None = None
        self._layout = CodeLayout((), 0)
        self._words: tuple[tuple[Token, ...], ...] = ()
        self._cursor = -1
        self._letter = QFontMetricsF(code_font(CODE_SIZE)).horizontalAdvance("0")
        self._small = QFontMetricsF(number_font(VALUE_SIZE))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("The step as a program")

    @property
    def scene(self) -> CodeScene | None:
        return self._scene

    @property
    def layout_now(self) -> CodeLayout:
        return self._layout

    def show_scene(self, scene: CodeScene) -> None:
        before, self._scene = self._scene, scene
        shape = (scene.network, scene.trace.batch)
        if before is None or (before.network, before.trace.batch) != shape or before.listing != scene.listing:
            self._words = tuple(tokens(line) for line in scene.listing.lines)
            self._cursor = -1
            self._arrange()
        self.update()

    def stretch(self) -> tuple[int, int]:
        """Top and bottom of the current lines."""
        assert self._scene is not None
        places = [place for place in self._layout.places if self._scene.is_current(place)]
        return places[0].top, places[-1].bottom

    def point_at(self, where: QPointF) -> Part | None:
        """The quantity there: of a number, a word, or else what the line computes."""
        place = self._layout.at(where.y())
        if place is None or self._scene is None:
            return None
        cell = self._cell_at(place, where)
        if cell is not None:
            return cell.part if cell.part.unit is not None else self._pointed(cell.part)
        word = self._word_at(place, where)
        if word is not None and word.part is not None:
            return self._pointed(word.part)
        return self._of_line(place)

    # -- within ----------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        if self._scene is None:
            return
        listing, trace = self._scene.listing, self._scene.trace
        measure = self._small.horizontalAdvance
        self._layout = lay_out(listing, trace, self.width(), self._letter, measure)
        self.setFixedHeight(max(1, self._layout.height))
        self.updateGeometry()

    def _of_line(self, place: Place) -> Part | None:
        assert self._scene is not None
        computed = self._scene.line(place).computes
        return self._pointed(computed[0]) if computed else None

    def _pointed(self, part: Part) -> Part:
        """Where a layer has a single unit, or weight, that one, so that it lights up in the network too."""
        assert self._scene is not None
        sizes = self._scene.network.sizes
        if part.what in _OF_STEP or sizes[part.layer + 1] != 1:
            return part
        if not part.of_weights:
            return replace(part, unit=0)
        return replace(part, unit=0, source=0) if sizes[part.layer] == 1 else part

    def _cell_at(self, place: Place, where: QPointF) -> Cell | None:
        shown = self._scene.values(place) if self._scene is not None else None
        if shown is None:
            return None
        cells = enumerate(shown.cells)
        return next((cell for i, cell in cells if cell_box(place, i).contains(where)), None)

    def _word_at(self, place: Place, where: QPointF) -> Token | None:
        column = (where.x() - LEFT) / self._letter
        for i, row in enumerate(place.rows):
            if place.row_top(i) <= where.y() < place.row_top(i + 1):
                at = row.start + column - row.column
                words = self._words[place.index]
                inside = row.start <= at < row.end
                return next((w for w in words if inside and w.start <= at < w.end), None)
        return None

    def _tip(self, where: QPointF) -> str:
        place = self._layout.at(where.y())
        if place is None or self._scene is None:
            return ""
        cell, word = self._cell_at(place, where), self._word_at(place, where)
        if cell is not None:
            return f"{self._naming.names.of(cell.part).plain} = {full(cell.value)}"
        if word is not None and word.part is not None:
            return f"{self._naming.names.of(word.part).plain}: {word.part.what.value}"
        folded = self._scene.line(place).folded is not None
        return "All numbers are written out when the program is copied." if folded else ""

    def _step_cursor(self, by: int) -> None:
        """To the next line that computes something."""
        assert self._scene is not None
        places = self._layout.places
        i = self._cursor + by
        while 0 <= i < len(places) and not self._scene.line(places[i]).computes:
            i += by
        if 0 <= i < len(places):
            self._cursor = i
            self._spotlight.hover_part(self._of_line(places[i]))
            self.line_chosen.emit(places[i].top, places[i].bottom)
            self.update()

    def _copy_line(self) -> None:
        if self._scene is not None and 0 <= self._cursor < len(self._layout.places):
            line = self._scene.line(self._layout.places[self._cursor])
            QGuiApplication.clipboard().setText(line.program.strip())

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(296, max(1, self._layout.height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != self._layout.width:
            self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._scene is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        lines = CodePainter(painter, self._scene, self._theme.palette, self._spotlight.lights)
        exposed = event.rect()
        for place in self._layout.between(exposed.top(), exposed.bottom()):
            marked = place.index == self._cursor and self.hasFocus()
            lines.paint(place, self._words[place.index], self.width(), marked)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tip = self._tip(QPointF(event.pos()))
            if tip:
                QToolTip.showText(event.globalPos(), tip, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._spotlight.hover_part(self.point_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place, part = self._layout.at(event.position().y()), self.point_at(event.position())
        self._cursor = -1 if place is None else place.index
        left = event.button() == Qt.MouseButton.LeftButton
        if left and part is not None and part.address is not None:
            self._spotlight.select(part.address)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._spotlight.hover_part(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._spotlight.hover_part(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._scene is not None:
            self._step_cursor(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = self._layout.at(event.pos().y())
        self._cursor = -1 if place is None else place.index
        at: QPoint = event.globalPos()
        offer(self, at, ("Copy program", self.copy_asked.emit), ("Copy this line", self._copy_line))
