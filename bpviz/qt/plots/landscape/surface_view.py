"""The cost over a plane through the present weights, with the way of the run over it."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QWidget

from bpviz.engine.evaluation import evaluate
from bpviz.explain.cost_surface import PlaneCosts, Window, slope, window_around
from bpviz.explain.phase import Kind
from bpviz.explain.quantities import known
from bpviz.explain.table import Table
from bpviz.qt.fonts import ui_font
from bpviz.qt.plots.chart import Chart
from bpviz.qt.plots.landscape.surface_bar import SurfaceBar
from bpviz.qt.plots.landscape.surface_choices import SurfaceChoices
from bpviz.qt.plots.landscape.surface_key import SurfaceKey, marks_of
from bpviz.qt.plots.landscape.surface_picture import Next, SurfacePicture
from bpviz.qt.plots.landscape.surface_planes import RANDOM, Aim
from bpviz.qt.plots.landscape.surface_trail import Trail, Trails
from bpviz.qt.plots.landscape.surface_words import pointed_words, present_words
from bpviz.qt.plots.landscape.surface_work import SurfaceWork, Survey
from bpviz.qt.plots.page import PlotPage
from bpviz.qt.plots.view import PlotView
from bpviz.qt.subscripts import rich

_REST = 150             # ms after the last turn of the wheel until what is seen is looked at closely
_QUICK = 200            # activations for one point; with more there is no time for it while training runs
_NEAR = 12.0            # pixels within which a click means a place of the run
_LOW, _FOOT = 120, 52   # pixels: of a chart without room for names, and below its axis with them
_NAME = 11


class SurfaceView(PlotView):
    """While training runs fast the last surface stays, and the run is seen to go on over it."""

    def __init__(self, page: PlotPage) -> None:
        super().__init__(page)
        self.key = SurfaceKey(page.theme)
        self.choices = SurfaceChoices(self, self.key.row)
        self.work = SurfaceWork(self)
        self.chart = Chart(page.theme, "Cost over two directions of the weights")
        self.bar = SurfaceBar(page.theme, self.chart)
        self.picture = SurfacePicture(self.chart)
        self._empty = QLabel()
        self._stack = QStackedWidget()
        self._trails = Trails()
        self._aim: Aim | None = None              # what is seen
        self._trail: Trail | None = None
        self._costs: PlaneCosts | None = None     # of the plane that is seen, once pointed at
        self._pointed: QPointF | None = None
        self._told = False                        # whether the update is seen
        self._slope = 0.0                         # of the cost, where it is steepest in the plane
        self._selected = page.spotlight.selected
        self.rest = QTimer(self)                  # runs while the wheel turns
        self._lay_out()
        self._connect()

    @property
    def survey(self) -> Survey | None:
        """The surface that is seen."""
        return self.work.survey if self._aim is not None else None

    @property
    def words(self) -> str:
        """What is said: above the surface, or instead of one."""
        return self.key.words if self._aim is not None else self._empty.text()

    def refresh(self) -> None:
        if self.choices.planes.follow():
            self.work.forget()
            self.chart.fit()
        self.choices.refresh()
        aim = self._wanted_aim()
        self._stack.setCurrentIndex(0 if isinstance(aim, str) else 1)
        if isinstance(aim, str):
            self.work.turn_away()
            self._aim = None
            self._empty.setText(aim)
            self.key.say("")
            self.key.marks.show_marks(())
            return
        self._want(aim)
        self._show(aim)

    def table(self) -> Table | None:
        survey = self.survey
        return None if survey is None else survey.table()

    # -- which surface -------------------------------------------------------------------------------

    @property
    def _busy(self) -> bool:
        player = self.page.player
        return player.running and not player.phases_shown

    def _wanted_aim(self) -> Aim | str:
        survey = self.work.survey
        return survey.aim if survey is not None and self._busy else self.choices.planes.aim()

    def _want(self, aim: Aim) -> None:
        """Have that surface worked out, unless there is no time for it."""
        if self.chart.moved and self.rest.isActive():
            return
        if self._busy and self.work.survey is not None and not self._quick:
            return
        trainer, survey = self.page.session.trainer, self.work.survey
        step = survey.step if survey is not None and survey.aim is aim else trainer.step
        window = self._seen if self.chart.moved else self._home(aim)
        self.work.want(trainer.network, self.choices.planes.examples, aim, window, step)

    @property
    def _quick(self) -> bool:
        return self.choices.planes.examples.count * sum(self.page.session.network.sizes[1:]) <= _QUICK

    def _home(self, aim: Aim) -> Window:
        return window_around(self._trails.of(self.page.session.trainer, aim.plane).places, aim.least)

    @property
    def _seen(self) -> Window:
        (left, right), (bottom, top) = self.chart.box.viewRange()
        return Window(left, right, bottom, top)

    # -- what is seen --------------------------------------------------------------------------------

    def _show(self, wanted: Aim) -> None:
        """Everything in the plane of the surface that there is: that may still be the one before."""
        survey, trainer = self.work.survey, self.page.session.trainer
        aim = wanted if survey is None else survey.aim
        if aim is not self._aim:
            self._aim, self._costs = aim, None
            self._name_axes()
        self._trail = self._trails.of(trainer, aim.plane)
        home = window_around(self._trail.places, aim.least)
        self.chart.show_range((home.left, home.right), (home.bottom, home.top))
        surface = survey.surface if survey is not None else None
        self.picture.show_surface(surface)
        here = aim.plane.laid_through(trainer.parameters)
        self._told = self._update_told
        after = aim.plane.coordinates(self.page.session.record.parameters_next) if self._told else None
        steep = slope(trainer.network, here, self.choices.planes.examples)
        self._slope = math.hypot(*steep)
        self.picture.show_run(self._trail, Next((here.x0, here.y0), steep, after))
        if surface is not None:
            self.bar.show_axis(self.picture.axis, surface.low, surface.high)
        self.key.marks.show_marks(marks_of(self._trail, self._slope > 0, self.picture.update_seen))
        self._say()

    @property
    def _roomy(self) -> bool:
        """Whether the names of the axes have room beside them."""
        height = self.chart.height()
        name = self._aim.y if self._aim is not None else ""
        return height > _LOW and QFontMetrics(ui_font(_NAME)).horizontalAdvance(name) < height - _FOOT

    def _name_axes(self) -> None:
        if self._aim is not None:
            named = self._roomy
            self.chart.name_axes(*(rich(name) if named else "" for name in (self._aim.x, self._aim.y)))
            self._say()

    def _say(self) -> None:
        aim, at = self._aim, self._pointed
        if aim is None or not self.choices.planes.current:
            return
        words = self._present_words(aim) if at is None else self._pointed_words(aim, at)
        self.key.say(words)
        self.chart.setAccessibleDescription(words)

    def _pointed_words(self, aim: Aim, at: QPointF) -> str:
        if self._costs is None:
            self._costs = PlaneCosts(self.page.session.network, aim.plane, self.choices.planes.examples)
        return pointed_words(aim, at.x(), at.y(), self._costs.cost(at.x(), at.y()))

    def _present_words(self, aim: Aim) -> str:
        trainer, examples, survey = self.page.session.trainer, self.choices.planes.examples, self.work.survey
        cost = evaluate(trainer.network, trainer.parameters, examples)
        elsewhere = survey is not None and not survey.aim.plane.holds(trainer.parameters)
        step = survey.step if survey is not None and elsewhere else None
        axes = None if self._roomy or self.choices.planes.choice == RANDOM else aim  # the choice says as much
        return present_words(cost, self._slope, step, axes, examples.count, trainer)

    # -- following -----------------------------------------------------------------------------------

    def _connect(self) -> None:
        page = self.page
        page.player.mode_changed.connect(page.wait)
        page.player.moved.connect(self._follow)
        page.spotlight.changed.connect(self._look)
        page.naming.changed.connect(self._look_elsewhere)
        self.choices.changed.connect(self._look_elsewhere)
        self.work.grown.connect(self._grow, Qt.ConnectionType.QueuedConnection)  # a slice of work is done
        self.chart.pointed.connect(self._point)
        self.chart.pressed.connect(self._seek)
        self.chart.resized.connect(self._name_axes)
        self.chart.box.sigRangeChanged.connect(self._zoom)
        self.rest.timeout.connect(page.wait)

    def _look(self) -> None:
        """The selected weight is the first of the two."""
        selected = self.page.spotlight.selected
        if selected != self._selected:
            self._selected = selected
            self._look_elsewhere()

    def _follow(self) -> None:
        """The update comes, or is taken back."""
        if self._update_told != self._told:
            self.page.wait()

    @property
    def _update_told(self) -> bool:
        depth = self.page.session.network.depth
        return known(depth, self.page.player.complete, Kind.UPDATE, depth - 1)

    def _look_elsewhere(self) -> None:
        """Another plane is to be seen, and all of it."""
        self.work.turn_away()
        self.chart.fit()
        self.page.wait()

    def _grow(self) -> None:
        if self._aim is not None and self.choices.planes.current:
            self._show(self._aim)

    def _zoom(self, *_: object) -> None:
        if self.isVisible():
            self.rest.start()

    def _point(self, at: QPointF | None) -> None:
        self._pointed = at
        self._say()

    def _seek(self, at: QPointF) -> None:
        """Return to the step of the run that is nearest."""
        if self._trail is not None and self.choices.planes.current:
            step = self._trail.step_near(at.x(), at.y(), self.picture.scale, _NEAR)
            if step is not None:
                self.page.player.seek_step(step)

    def _lay_out(self) -> None:
        self.rest.setSingleShot(True)
        self.rest.setInterval(_REST)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setProperty("soft", True)
        seen = QWidget()
        row = QHBoxLayout(seen)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.chart)
        row.addWidget(self.bar)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(seen)
        self.column.setSpacing(0)
        self.column.addWidget(self.key)
        self.column.addWidget(self._stack, 1)
