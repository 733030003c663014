"""What the plots of a prediction over one and over two inputs share: the examples as points that can be
pointed at and chosen, and a key beside the chart."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from bpviz.engine.arrays import Array
from bpviz.engine.backprop import forward
from bpviz.engine.examples import Examples
from bpviz.explain.number import count
from bpviz.explain.phase import Kind, score
from bpviz.explain.quantities import known
from bpviz.qt.plots.chart import Chart, Range
from bpviz.qt.plots.page import PlotPage
from bpviz.qt.plots.prediction.aside import Aside, Key, Row
from bpviz.qt.plots.prediction.focusing import focus_on
from bpviz.qt.plots.prediction.outputs import OutputPicker
from bpviz.qt.plots.prediction.points import Points, nearest, points_of
from bpviz.qt.plots.view import PlotView

_TIP = "Click a point to show its example. The wheel zooms, a drag moves, a double click shows all."


class DataView(PlotView):
    """Suits networks of so many inputs. Subclasses draw, and say what is under the mouse."""

    inputs = 0
    name = ""
    follows_at_once = False  # drawn so quickly that it goes along with every move of the mouse

    def __init__(self, page: PlotPage, classes: bool) -> None:
        super().__init__(page)
        self.chart = Chart(page.theme, self.name)
        self.aside = Aside(page.theme)
        self.outputs = OutputPicker(page.session, classes)
        self._points: Points | None = None
        self._points_of: Examples | None = None
        self._subject: object = None
        self._seen: object = None
        self._axes: tuple[str, str] | None = None
        self._mouse: QPointF | None = None
        self._said = ""
        self.aside.setToolTip(_TIP)  # on the chart it would cover what is being read
        self.chart.setAccessibleDescription(_TIP)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.chart, 1)
        side = QVBoxLayout()
        side.setSpacing(2)
        side.addWidget(self.outputs, 0, Qt.AlignmentFlag.AlignLeft)
        side.addWidget(self.aside, 1)
        row.addLayout(side)
        self.column.addLayout(row, 1)
        self._connect()

    # -- for those below -------------------------------------------------------------------------------

    def draw(self) -> None:
        """Show what there is now."""
        raise NotImplementedError

    def places(self, points: Points) -> tuple[Array, Array]:
        """Where they stand in the chart."""
        raise NotImplementedError

    def point_at(self, place: QPointF | None, near: int | None) -> tuple[Row, ...]:
        """Mark the place under the mouse, and the point there; what is to be said of them."""
        raise NotImplementedError

    # -- what is -----------------------------------------------------------------------------------------

    @property
    def points(self) -> Points:
        """The examples that are drawn."""
        trainer = self.page.session.trainer
        if self._points is None or self._points_of is not trainer.train:
            self._points, self._points_of = points_of(trainer), trainer.train
        return self._points

    @property
    def key(self) -> Key:
        """What stands beside the plot."""
        return self.aside.key

    @property
    def told(self) -> bool:
        """Whether the prediction of the present step is told."""
        depth = self.page.session.network.depth
        return known(depth, self.page.player.complete, Kind.ACTIVATE, depth - 1)

    @property
    def updated(self) -> bool:
        """Whether the update is told, and shown slowly enough to be seen."""
        player = self.page.player
        return player.phases_shown and player.complete == len(score(self.page.session.network.depth)) - 1

    def predicted(self, inputs: Array) -> Array:
        """ŷ (n, outputs) by the present weights, before the update."""
        session = self.page.session
        with np.errstate(all="ignore"):
            return forward(session.network, session.trainer.parameters, inputs)[-1][1]

    def axis_name(self, k: int) -> str:
        """What an input is called."""
        dataset = self.page.session.dataset
        return dataset.input_names[k] + (" (standardised)" if dataset.standardise else "")

    def example_words(self) -> str:
        """Which example is shown, out of which batch."""
        example, batch = self.page.spotlight.example, self.page.session.record.batch
        if example is None:
            return f"mean of {count(batch)} examples"
        return "the example" if batch == 1 else f"example {count(example + 1)} of {count(batch)}"

    def name_axes(self, x: str, y: str) -> None:
        """What both axes count; set anew only where it changes, which takes Qt a while."""
        if (x, y) != self._axes:
            self._axes = (x, y)
            self.chart.name_axes(x, y)

    def view_range(self) -> tuple[Range, Range]:
        """What of both axes is seen."""
        (left, right), (low, high) = self.chart.box.viewRange()
        return (left, right), (low, high)

    # -- PlotView ----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        if self.page.session.network.inputs != self.inputs:
            return  # another view is about to be shown
        self.outputs.follow()
        self._seen = self._state
        self.aside.fit_beside(self.width())
        self.draw()
        self._tell_mouse()

    # -- within ------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        page, session = self.page, self.page.session
        session.experiment_changed.connect(self._begin)
        session.step_changed.connect(self._hush)
        page.spotlight.changed.connect(self._follow)
        page.player.moved.connect(self._follow)
        page.player.mode_changed.connect(page.wait)
        page.naming.changed.connect(page.wait)
        self.outputs.picked.connect(page.wait)
        self.chart.resized.connect(page.wait)
        self.chart.reframed.connect(self.refresh if self.follows_at_once else page.wait)
        self.chart.pointed.connect(self._point)
        self.chart.pressed.connect(self._press)

    @property
    def _state(self) -> object:
        """All that is shown beside what the page hears of."""
        return self.page.spotlight.example, self.told, self.updated

    def _follow(self) -> None:
        if self._state != self._seen:
            self.page.wait()

    def _begin(self) -> None:
        """Other data are seen whole, whatever part of those before was looked at."""
        dataset = self.page.session.dataset
        subject = dataset.title, dataset.input_names
        if subject != self._subject:
            self._subject, self._mouse = subject, None
            self.chart.fit()

    def _hush(self) -> None:
        self._said = ""

    def _near(self, place: QPointF) -> int | None:
        x, y = self.places(self.points)
        return nearest(x, y, (place.x(), place.y()), self.chart.box.viewPixelSize())

    def _point(self, place: QPointF | None) -> None:
        self._mouse = place
        if place is None:
            self._said = ""
        self._tell_mouse()

    def _press(self, place: QPointF) -> None:
        near = self._near(place)
        if near is not None:
            row, held_out = int(self.points.rows[near]), bool(self.points.held_out[near])
            self._said = focus_on(self.page.session, self.page.spotlight, row, held_out)
            self._point(place)

    def _tell_mouse(self) -> None:
        place = self._mouse
        rows = self.point_at(place, None if place is None else self._near(place))
        palette = self.page.theme.palette
        said = (Row(self._said, ink=palette.ink, strong=True),) if self._said else ()
        self.aside.show_under((*rows, *said))

    # -- Qt ------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.page.wait()
