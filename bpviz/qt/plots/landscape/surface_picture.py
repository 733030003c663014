"""What is seen of a surface: its colours and lines, the way of the run over it, and where it leads next."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QColor

from bpviz.engine.arrays import Array
from bpviz.explain.cost_surface import Surface, Window
from bpviz.qt.fonts import number_font
from bpviz.qt.palette import Palette, blend, ink_on
from bpviz.qt.plots.axis import Axis
from bpviz.qt.plots.chart import Chart
from bpviz.qt.plots.landscape.surface_key import mark_colour
from bpviz.qt.plots.landscape.surface_look import (
    MOST_LINES,
    Contour,
    contours,
    height_axis,
    label_places,
    line_at,
    picture_of,
    shade_at,
)
from bpviz.qt.plots.landscape.surface_trail import Trail

_ARROW = 46.0           # pixels long, however steep
_HEAD = 7.0
_SEEN = 6.0             # pixels; a shorter update is hidden by the mark of where it begins
_MOST_DOTS = 24         # places of a run that are dotted one by one
_EDGE = (22.0, 12.0)    # pixels from the sides within which no number stands
_LABEL = 10
_GROUND, _LINES, _NUMBERS, _PATH, _POINTS = range(5)   # what lies over what
_FAINT = 0.45
_VEIL = 0.6            # of the ground's colour, between a number and its line


@dataclass(frozen=True, slots=True)
class Next:
    """Where the present weights are, the slope (dC/dx, dC/dy) there; once told, where the update leads."""

    here: tuple[float, float]
    slope: tuple[float, float]
    after: tuple[float, float] | None


class SurfacePicture(QObject):
    """Items on a chart. Holds what was shown last, to paint it in other colours."""

    def __init__(self, chart: Chart) -> None:
        super().__init__(chart)
        self._chart = chart
        self._palette: Palette | None = None
        self._surface: Surface | None = None
        self._axis: Axis | None = None
        self._contours: tuple[Contour, ...] = ()
        self._next: Next | None = None
        self._trail: Trail | None = None
        self._reach = (0.0, 0.0)    # of the arrow, in the units of the axes
        self.image = pg.ImageItem()
        self.lines = [pg.PlotCurveItem() for _ in range(MOST_LINES + 4)]
        self.numbers = [pg.TextItem(anchor=(0.5, 0.5)) for _ in self.lines]
        self.ahead, self.behind, self.arrow = (pg.PlotCurveItem() for _ in range(3))
        self.dots = pg.ScatterPlotItem(pxMode=True)
        self.points = pg.ScatterPlotItem(pxMode=True)
        self._put()
        chart.dressed(self._dress)
        chart.box.sigRangeChanged.connect(self._rescale)
        chart.box.sigResized.connect(self._rescale)

    @property
    def axis(self) -> Axis | None:
        """The scale of heights."""
        return self._axis

    @property
    def update_seen(self) -> bool:
        """Whether the update is told, and long enough to be seen beside the mark of where it begins."""
        if self._next is None or self._next.after is None:
            return False
        (x, y), (x1, y1) = self._next.here, self._next.after
        across, up = self.scale
        return math.hypot((x1 - x) * across, (y1 - y) * up) > _SEEN

    def show_surface(self, surface: Surface | None) -> None:
        if surface is self._surface:
            return
        self._surface = surface
        self._axis = height_axis(surface) if surface is not None else None
        seen = surface is not None and self._axis is not None
        self._contours = contours(surface, self._axis) if surface is not None and self._axis else ()
        self.image.setVisible(seen)
        self._colour()
        self._number()

    def show_run(self, trail: Trail, following: Next) -> None:
        """The way of the run, where it is, and what comes next."""
        self._trail, self._next = trail, following
        ahead = trail.ahead if len(trail.ahead) > 1 else np.empty((0, 2))
        for item, places in ((self.behind, trail.behind), (self.ahead, ahead)):
            item.setData(x=places[:, 0], y=places[:, 1])
        few = len(trail.places) <= _MOST_DOTS
        self.dots.setData(pos=trail.places if few else np.empty((0, 2)))
        self._mark(trail.places[0])
        self._point()

    # -- within --------------------------------------------------------------------------------------

    def _put(self) -> None:
        layers = (
            (_GROUND, [self.image]), (_LINES, self.lines), (_NUMBERS, self.numbers),
            (_PATH, [self.ahead, self.behind, self.dots, self.arrow]), (_POINTS, [self.points]),
        )
        for height, items in layers:
            for item in items:
                item.setZValue(height)
                self._chart.plot.addItem(item, ignoreBounds=True)
        for item in self.numbers:
            item.hide()

    @property
    def scale(self) -> tuple[float, float]:
        """Pixels for a unit of x and of y."""
        (left, right), (low, high) = self._chart.box.viewRange()
        return self._chart.box.width() / (right - left), self._chart.box.height() / (high - low)

    def _mark(self, start: Array) -> None:
        palette = self._palette
        if palette is None or self._next is None:
            return
        places = [tuple(start), self._next.here]
        kinds, sizes, symbols = ["start", "now"], [9.0, 11.0], ["o", "o"]
        if self.update_seen and self._next.after is not None:
            places.insert(1, self._next.after)
            kinds.insert(1, "update")
            sizes.insert(1, 8.0)
            symbols.insert(1, "s")
        paper, width = QColor(palette.panel), 1.6
        fills = [QColor(mark_colour(palette, kind)) if kind == "now" else paper for kind in kinds]
        rims = [paper if kind == "now" else QColor(mark_colour(palette, kind)) for kind in kinds]
        pens = [pg.mkPen(rim, width=width) for rim in rims]
        self.points.setData(pos=places, size=sizes, symbol=symbols, brush=fills, pen=pens)

    def _point(self) -> None:
        """The arrow of steepest descent, so many pixels long."""
        if self._next is None:
            return
        (x, y), (across, up) = self._next.here, self.scale
        right, high = -self._next.slope[0] * across, -self._next.slope[1] * up
        steep = math.hypot(right, high)
        if not (0.0 < steep < math.inf):
            self.arrow.setData(x=[], y=[])
            self._reach = (0.0, 0.0)
            return
        along = np.array([right, high]) / steep
        beside = np.array([-along[1], along[0]])
        tip = _ARROW * along
        barbs = [tip - _HEAD * along + side * 0.6 * _HEAD * beside for side in (1.0, -1.0)]
        drawn = np.stack([np.zeros(2), tip, barbs[0], tip, barbs[1]])
        self._reach = (tip[0] / across, tip[1] / up)
        self.arrow.setData(x=x + drawn[:, 0] / across, y=y + drawn[:, 1] / up)

    def _rescale(self, *_: object) -> None:
        if self._next is not None:
            self._point()
        self._number()

    def _colour(self) -> None:
        """The ground and its lines, in the colours of the theme."""
        palette, surface, axis = self._palette, self._surface, self._axis
        for item in self.lines:
            item.setVisible(False)
        if palette is None or surface is None or axis is None:
            return
        self.image.setImage(picture_of(surface, axis, palette), autoLevels=False, levels=None)
        left, bottom = float(surface.x[0]), float(surface.y[0])
        self.image.setRect(QRectF(left, bottom, float(surface.x[-1]) - left, float(surface.y[-1]) - bottom))
        for item, contour in zip(self.lines, self._contours, strict=False):
            points, leads = contour.joined()
            item.setData(x=points[:, 0], y=points[:, 1], connect=leads)
            item.setPen(self._chart.pen(line_at(palette, axis, contour.level)))
            item.setVisible(True)

    def _number(self) -> None:
        """Costs on their lines, where there is room."""
        for item in self.numbers:
            item.hide()
        palette, axis = self._palette, self._axis
        if palette is None or axis is None:
            return
        (left, right), (low, high) = self._chart.box.viewRange()
        across, up = self.scale
        aside, above = _EDGE[0] / across, _EDGE[1] / up
        inside = Window(left + aside, right - aside, low + above, high - above)
        places = label_places(self._contours, (across, up), inside, self._kept)
        for item, (contour, x, y) in zip(self.numbers, places, strict=False):
            ground = shade_at(palette, axis, contour.level)
            ground.setAlphaF(_VEIL)
            item.fill = pg.mkBrush(ground)
            item.setText(contour.text, color=ink_on(palette, ground))
            item.setFont(number_font(_LABEL))
            item.setPos(x, y)
            item.show()

    @property
    def _kept(self) -> Array:
        """What numbers are not to cover: the way of the run, the arrow and the update."""
        if self._next is None or self._trail is None:
            return np.empty((0, 2))
        along = np.outer(np.linspace(0.0, 1.0, 4), self._reach) + self._next.here
        after = self._next.after
        return np.concatenate([self._trail.places, along, *([] if after is None else [[after]])])

    def _dress(self, palette: Palette) -> None:
        self._palette = palette
        pen, paper = self._chart.pen, palette.panel
        ink = blend(paper, palette.ink, 0.85)
        faint = blend(paper, palette.ink, _FAINT)
        descent = QColor(mark_colour(palette, "descent"))
        lines = ((self.behind, ink, 1.8), (self.ahead, faint, 1.4), (self.arrow, descent, 2.0))
        for item, colour, width in lines:
            item.setPen(pen(colour, width))
            item.setShadowPen(pen(paper, width + 2.0))
        self.dots.setBrush(QColor(ink))
        self.dots.setPen(None)
        self.dots.setSize(4)
        self._colour()
        self._number()
