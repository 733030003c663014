"""Every weight and bias of the network, to be read without hovering."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from bpviz.engine.arrays import Array
from bpviz.engine.trace import LayerTrace
from bpviz.explain.address import Address, Edge, Node
from bpviz.explain.number import compact, full, number
from bpviz.explain.phase import Kind
from bpviz.explain.quantities import known
from bpviz.explain.symbol import Names
from bpviz.qt.fonts import SMALL, number_font
from bpviz.qt.hand.entry import parameter_entry
from bpviz.qt.hand.tuner import Tuner
from bpviz.qt.palette import value_ink
from bpviz.qt.panels.cell_field import CellField
from bpviz.qt.panels.copy_menu import offer
from bpviz.qt.panels.parameter_grid import LINE, Cell, Grid, Heading, grid, neighbour
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.symbol_text import draw_symbol, symbol_width
from bpviz.qt.theme import Theme

_SYMBOL_SIZE = 15
_INDEX_SIZE = 10
_BASELINE = 14
STEPS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ParameterTable(QWidget):
    """Paints the parameters of the record: before the update, or after it once that is told.

    Hovering a number shows on the canvas where it lives; a click selects it, a double click lets it be
    typed. Arrow keys walk from number to number, Return types.
    """

    def __init__(self, session: Session, player: Player, spotlight: Spotlight, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._player = player
        self._spotlight = spotlight
        self._theme = theme
        self._over: Address | None = None
        self._menu_at: Address | None = None
        self._tuner = Tuner(session, player, self)
        self.field: CellField | None = None  # made when it is first opened
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Weights and biases")
        spotlight.changed.connect(self.update)
        theme.changed.connect(self.update)

    @property
    def grid(self) -> Grid:
        return grid(self._session.network, self.width())

    @property
    def hovers(self) -> bool:
        """Whether what the spotlight hovers is hovered here."""
        return self._over is not None

    def refresh(self) -> None:
        """The record or the phase is another; called by the panel that shows this table."""
        if self.grid.height != self.height():
            self.setFixedHeight(max(1, self.grid.height))
        self.update()

    def value(self, address: Address) -> float:
        """The weight at an edge, or the bias of a unit, at this moment."""
        layer = self._session.record.layers[address.layer]
        if isinstance(address, Edge):
            return float(self._weights(layer)[address.source, address.target])
        biases = self._biases(layer)
        assert biases is not None
        return float(biases[address.unit])

    def type_at(self, address: Address) -> None:
        """Open a field over a number, if it is listed."""
        cell = next((cell for cell in self.grid.cells if cell.address == address), None)
        if cell is None:
            return
        if self.field is None:
            self.field = CellField(self)
            self.field.reverted.connect(self.setFocus)
        self._player.pause()
        names = Names(self._session.network)
        self.field.open(parameter_entry(self._tuner, names, address), cell.box, self.rect())

    # -- within ----------------------------------------------------------------------------------------

    def _updated(self) -> bool:
        return known(self._session.network.depth, self._player.complete, Kind.UPDATE, 0)

    def _weights(self, layer: LayerTrace) -> Array:
        return layer.w_next if self._updated() else layer.w

    def _biases(self, layer: LayerTrace) -> Array | None:
        return layer.b_next if self._updated() else layer.b

    def _cell_at(self, point: QPoint) -> Cell | None:
        return next((cell for cell in self.grid.cells if cell.box.contains(point)), None)

    def _hover(self, address: Address | None) -> None:
        if address != self._over:
            self._over = address
            self._spotlight.hover(address)

    def _paint_heading(self, painter: QPainter, heading: Heading) -> None:
        box, palette = heading.box, self._theme.palette
        font = number_font(_INDEX_SIZE, 500)
        width = symbol_width(heading.symbol, _SYMBOL_SIZE)
        index = QFontMetricsF(font).horizontalAdvance(heading.index) + 3 if heading.index else 0.0
        x = box.right() - width - index - 1 if heading.right else box.left()
        draw_symbol(painter, x, box.top() + _BASELINE, heading.symbol, _SYMBOL_SIZE, palette.ink_soft)
        painter.setFont(font)
        painter.setPen(QColor(palette.ink_faint))
        painter.drawText(int(x + width + 3), box.top() + _BASELINE, heading.index)

    def _paint_cell(self, painter: QPainter, cell: Cell) -> None:
        if _concerns(cell.address, self._spotlight.focus):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.palette.accent_soft))
            painter.drawRoundedRect(cell.box.adjusted(4, 0, 2, -1), 4, 4)
        value = self.value(cell.address)
        self._paint_number(painter, cell.box, compact(value, self.grid.digits), value)

    def _paint_number(self, painter: QPainter, box: QRect, text: str, value: float) -> None:
        painter.setFont(number_font(SMALL, 500))
        painter.setPen(QColor(value_ink(self._theme.palette, value)))
        painter.drawText(box.adjusted(0, 0, -1, 0), _RIGHT, text)

    def _paint_current(self, painter: QPainter) -> None:
        """Around the number from which the keyboard walks."""
        cells, selected = self.grid.cells, self._spotlight.selected
        here = next((cell for cell in cells if cell.address == selected), cells[0] if cells else None)
        if here is not None:
            painter.setPen(QPen(QColor(self._theme.palette.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(here.box.adjusted(4, 0, 2, -1), 4, 4)

    def _paint_ranges(self, painter: QPainter) -> None:
        painter.setFont(number_font(SMALL, 500))
        painter.setPen(QColor(self._theme.palette.ink))
        for place in self.grid.ranges:
            layer = self._session.record.layers[place.layer]
            array = self._biases(layer) if place.of_bias else self._weights(layer)
            if array is not None:
                painter.drawText(place.box, _RIGHT, _range(float(array.min()), float(array.max())))

    def _name(self, address: Address) -> str:
        names = Names(self._session.network)
        if isinstance(address, Edge):
            return names.edge_name(address)
        return f"bias of {names.node_name(address)}"

    def _copy(self) -> None:
        if self._menu_at is not None:
            QGuiApplication.clipboard().setText(full(self.value(self._menu_at)))

    def _copy_layer(self) -> None:
        """The layer's weights, a line for each input, then its biases; columns parted by tabs."""
        if self._menu_at is None:
            return
        layer = self._session.record.layers[self._menu_at.layer]
        biases = self._biases(layer)
        rows = [*self._weights(layer), *([] if biases is None else [biases])]
        QGuiApplication.clipboard().setText("\n".join("\t".join(full(x) for x in row) for row in rows))

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(240, max(LINE, self.grid.height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        for heading in self.grid.headings:
            if heading.box.intersects(event.rect()):
                self._paint_heading(painter, heading)
        for cell in self.grid.cells:
            if cell.box.intersects(event.rect()):
                self._paint_cell(painter, cell)
        self._paint_ranges(painter)
        if self.hasFocus():
            self._paint_current(painter)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in STEPS and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                event.accept()  # before the window's phases
                return True
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self._cell_at(event.pos())
            text = f"{self._name(cell.address)}: {full(self.value(cell.address))}" if cell is not None else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().toPoint())
        self._hover(cell.address if cell is not None else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self._spotlight.select(cell.address)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self.type_at(cell.address)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        selected = self._spotlight.selected
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and selected is not None:
            self.type_at(selected)
        elif event.key() in STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._spotlight.select(neighbour(self.grid, selected, STEPS[Qt.Key(event.key())]))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        cell = self._cell_at(event.pos())
        if cell is None:
            return
        self._menu_at = cell.address
        one = f"Copy {full(self.value(cell.address))}"
        offer(self, event.globalPos(), (one, self._copy), ("Copy all of this layer", self._copy_layer))


def _range(low: float, high: float) -> str:
    return f"all {number(low)}" if low == high else f"{number(low)} to {number(high)}"


def _concerns(address: Address, focus: Address | None) -> bool:
    """A weight or bias is lit when it is in focus, or leads into the unit in focus."""
    if isinstance(focus, Node) and isinstance(address, Edge):
        return (address.layer, address.target) == (focus.layer, focus.unit)
    return address == focus
