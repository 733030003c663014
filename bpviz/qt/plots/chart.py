"""A pyqtgraph plot in the look of bpviz: its numbers, fonts and colours; what the mouse may do with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpviz.qt.fonts import number_font, ui_font
from bpviz.qt.palette import Palette
from bpviz.qt.plots.axis import Axis
from bpviz.qt.theme import Theme

pg.setConfigOptions(antialias=True, imageAxisOrder="row-major")

_TICK, _NAME = 11, 11
_PER_X, _PER_Y = 64, 26   # pixels for one tick
_TOP = 8                  # pixels left free above the plot
_SIDES = ("left", "bottom")
Range = tuple[float, float]


class _UprightAxis(pg.AxisItem):  # type: ignore[misc]  # it has no types
    """Its topmost number may stand half above the plot. pyqtgraph leaves it out beside a grid, and one number
    alone says nothing of the scale."""

    def boundingRect(self) -> QRectF:
        return QRectF(super().boundingRect().adjusted(0, -_TOP, 0, 0))


class Chart(QWidget):
    """Two axes and what is put between them by `plot.addItem`.

    The wheel zooms, a drag moves, a double click shows all again. Items take their colours in `dressed`,
    which is called with each palette, the present one at once.
    """

    pointed = Signal(object)  # the place under the mouse as QPointF in the units of the axes, None outside
    pressed = Signal(QPointF)  # a click, in the same units
    resized = Signal()
    reframed = Signal()  # a person has zoomed, moved, or asked for all of it again

    def __init__(self, theme: Theme, name: str, x: str = "", y: str = "", log_y: bool = False) -> None:
        """x and y: what the axes count, with units. log_y: what is drawn is the logarithm to base 10."""
        super().__init__()
        self._theme, self._log_y = theme, log_y
        self._dresses: list[Callable[[Palette], object]] = []
        self._home: tuple[Range, Range] | None = None
        self._moved = False
        self._ratio = self.devicePixelRatioF()
        self.view = pg.PlotWidget(background=None, axisItems={"left": _UprightAxis("left")})
        self.plot = self.view.getPlotItem()
        self.box = self.plot.getViewBox()
        self._set_up(x, y)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setAccessibleName(name)
        self.view.setAccessibleName(name)
        self.dressed(self._dress)
        theme.changed.connect(self._redress)

    # -- what is seen ------------------------------------------------------------------------------

    def dressed(self, dress: Callable[[Palette], object]) -> None:
        """Call this now and whenever the theme changes."""
        self._dresses.append(dress)
        dress(self._theme.palette)

    def pen(
        self, colour: str | QColor, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine
    ) -> QPen:
        """A pen so many logical pixels wide, however the axes are scaled. To be made anew by each dress.

        Qt counts the width of such a pen in the pixels of the screen: at 200 % it would be half as wide.
        """
        pen = QPen(QColor(colour), width * self._ratio, style)
        pen.setCosmetic(True)
        return pen

    @contextmanager
    def drawn_at(self, ratio: float) -> Iterator[None]:
        """Within it, pens are right for a picture of so many pixels for each logical one, and points are
        drawn rather than stamped as on the screen."""
        usual, self._ratio = self._ratio, ratio
        points = [item for item in self.plot.items if isinstance(item, pg.ScatterPlotItem)]
        self._redress()
        for item in points:
            item.setExportMode(True)
        try:
            yield
        finally:
            self._ratio = usual
            self._redress()
            for item in points:
                item.setExportMode(False)

    def show_range(self, x: Range, y: Range) -> None:
        """What is to be seen, in the units of the axes; a person who has zoomed is left where they are."""
        self._home = (x, y)
        if not self._moved:
            self._go_home()

    def fit(self) -> None:
        """All of it again."""
        self._moved = False
        self._go_home()
        self.reframed.emit()

    @property
    def moved(self) -> bool:
        """Whether a person has zoomed or moved."""
        return self._moved

    def name_axes(self, x: str, y: str) -> None:
        """What the axes count, with units; nothing leaves its room to the plot."""
        for side, text in (("bottom", x), ("left", y)):
            axis = self.plot.getAxis(side)
            axis.setLabel(text or None, **{"color": self._theme.palette.ink_soft, "font-size": f"{_NAME}px"})
            axis.showLabel(bool(text))
            axis.resizeEvent()  # pyqtgraph 0.14 leaves a name of another length where the last one was

    # -- within --------------------------------------------------------------------------------------

    def _set_up(self, x: str, y: str) -> None:
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)  # the page has one
        self.view.setFrameShape(self.view.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.setContentsMargins(0, _TOP, 12, 0)
        self.box.setDefaultPadding(0.0)
        self.name_axes(x, y)
        self.plot.getAxis("left").setGrid(255)
        for side in _SIDES:
            self.plot.getAxis(side).setZValue(-1)  # the grid is behind the items
            self.plot.getAxis(side).enableAutoSIPrefix(False)  # ticks are text that says it all
        self.box.sigRangeChanged.connect(self._count)
        self.box.sigResized.connect(self._count)
        self.box.sigRangeChangedManually.connect(self._hold)
        self.view.scene().sigMouseMoved.connect(self._point)
        self.view.scene().sigMouseClicked.connect(self._click)
        self.view.viewport().installEventFilter(self)

    def _go_home(self) -> None:
        if self._home is not None:
            (left, right), (low, high) = self._home
            self.box.setRange(xRange=(left, right), yRange=(low, high), padding=0.0)

    def _hold(self, *_: object) -> None:
        self._moved = True
        self.reframed.emit()

    def _count(self, *_: object) -> None:
        """Round numbers on the axes, as everywhere in bpviz."""
        ranges = self.box.viewRange()
        room = {"bottom": self.box.width() / _PER_X, "left": self.box.height() / _PER_Y}
        for side, (low, high) in zip(("bottom", "left"), ranges, strict=True):
            log = self._log_y and side == "left"
            axis = Axis(low, high, log=log)
            most = max(2, int(room[side]))
            ticks = axis.ticks(most) if high > low else ()
            if len(ticks) == 1:  # says nothing of the scale
                ticks = axis.ticks(2 * most)
            placed = [(axis.low + axis.share(value) * (high - low), text) for value, text in ticks]
            self.plot.getAxis(side).setTicks([placed])

    def _point(self, place: QPointF) -> None:
        inside = self.box.sceneBoundingRect().contains(place)
        self.pointed.emit(self.box.mapSceneToView(place) if inside else None)

    def _click(self, event: pg.GraphicsScene.mouseEvents.MouseClickEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return  # that a point under the mouse has accepted the click means nothing: all points do
        if event.double():
            self.fit()
        elif self.box.sceneBoundingRect().contains(event.scenePos()):
            self.pressed.emit(self.box.mapSceneToView(event.scenePos()))

    def _redress(self) -> None:
        for dress in self._dresses:
            dress(self._theme.palette)

    def _dress(self, palette: Palette) -> None:
        for side in _SIDES:
            axis = self.plot.getAxis(side)
            font = number_font(_TICK)
            axis.setStyle(tickFont=font, tickLength=0, tickTextOffset=6, hideOverlappingLabels=False)
            axis.setTextPen(QColor(palette.ink_faint))
            axis.setPen(QPen(QColor(palette.grid), 1))
            axis.setTickPen(QPen(QColor(palette.grid), 1))
            axis.label.setFont(ui_font(_NAME))
            axis.setLabel(axis.labelText, color=palette.ink_soft)
        self.view.setBackground(palette.panel)

    # -- Qt ------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._ratio = self.devicePixelRatioF()
            self._redress()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.pointed.emit(None)
        elif event.type() == QEvent.Type.Resize:
            self._count()
            self.resized.emit()
        return super().eventFilter(watched, event)
