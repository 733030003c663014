"""The cost along one weight: its curve, the tangent whose slope is the gradient, the step of the update."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from bpviz.explain.address import Address
from bpviz.explain.contribution import Subject, subject_of, subject_words
from bpviz.explain.cost_slice import CostSlice, Span, reading, span_around
from bpviz.explain.table import Table
from bpviz.qt.hand.tuner import Tuner
from bpviz.qt.palette import Palette
from bpviz.qt.plots.chart import Chart
from bpviz.qt.plots.landscape.slice_choices import RangeChoice, WeightChoice
from bpviz.qt.plots.landscape.slice_hold import SliceHold
from bpviz.qt.plots.landscape.slice_marks import SliceMarks
from bpviz.qt.plots.landscape.slice_scene import (
    SliceScene,
    entries_of,
    heights_of,
    nudge_entries,
    scene_of,
    sentence_of,
    table_of,
)
from bpviz.qt.plots.landscape.slice_source import SliceSource
from bpviz.qt.plots.landscape.slice_strip import SliceStrip
from bpviz.qt.plots.page import PlotPage
from bpviz.qt.plots.view import PlotView
from bpviz.qt.subscripts import rich

_NARROW = 500               # pixels: below, menus have short names
_TALL, _WIDE = 150, 760       # pixels: from there on a second line of words has room, or is not needed

_TOO_LARGE = "Waits for a pause: this network is too large to be followed while it trains."
_BLOWN_UP = "The cost of this step is beyond what can be drawn."
_COMING = "The curve is being worked out."


class SliceView(PlotView):
    """Of the selected weight or bias, or else of the weight with the largest gradient.

    The point of the present weight can be dragged; elsewhere the mouse reads the curve.
    """

    def __init__(self, page: PlotPage) -> None:
        super().__init__(page)
        self._key: object = None
        self._looked: object = None          # weight and range that the axes were last fitted to
        self._subject: Subject | None = None
        self._scene: SliceScene | None = None
        self._span: Span = (0.0, 1.0)
        self._mouse: float | None = None     # the weight that is pointed at
        self.tuner = Tuner(page.session, page.player, self)
        self.source = SliceSource(page.session, self)
        self.weight = WeightChoice(page.session, page.spotlight, page.naming, self)
        self.range = RangeChoice(self)
        self.strip = SliceStrip(page.theme)
        self.chart = Chart(page.theme, "The cost along one weight")
        self.curve = pg.PlotCurveItem(connect="finite")
        self.chart.plot.addItem(self.curve)
        self.marks = SliceMarks(self.chart, page.theme)
        self.hold = SliceHold(self.chart, self.marks, self.tuner, self._take, self)
        self._lay_out()
        self._connect()

    @property
    def scene(self) -> SliceScene | None:
        """What is seen; nothing where there is nothing to be seen."""
        return self._scene

    @property
    def span(self) -> Span:
        """From where to where the curve is worked out."""
        return self._span

    # -- PlotView ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Nothing is made anew while step, phase, weight, range and names stay."""
        page = self.page
        player, record = page.player, page.session.record
        fast = player.running and not player.phases_shown
        key = (record, player.complete, page.spotlight.selected, fast, page.naming.notation,
               page.theme.palette, self.range.times, self._zoomed, self.tuner.active, self.tuner.nudge)
        if key == self._key:
            self.source.go_on()
            return
        self._key = key
        selected, before = page.spotlight.selected, self._subject
        held = fast and before is not None and before.selected is selected is None
        subject = before if held and before is not None else subject_of(record, selected)
        self._subject = subject
        self.weight.show_subject(subject, held)
        if subject.address is None:
            self._show_words(subject_words(page.naming.names, subject))
        else:
            self._look(subject.address, fast)

    def table(self) -> Table | None:
        scene = self._scene
        return None if scene is None else table_of(scene, self.page.naming.names)

    # -- what is seen --------------------------------------------------------------------------------

    def _look(self, address: Address, fast: bool) -> None:
        if self._looked != (address, self.range.times):
            self._looked = (address, self.range.times)
            self.chart.fit()
        if not self.tuner.active:  # what is being dragged moves, and nothing else
            self._span = self._zoomed or span_around(self.page.session.record, address, self.range.times)
        seen = self.source.ask(address, self._span, fast)
        if seen is None:
            self._show_words(_TOO_LARGE if fast else _COMING)
        elif not seen.finite or not np.isfinite(seen.costs).any():
            self._show_words(_BLOWN_UP)
        else:
            self._show(seen, address)

    def _show(self, seen: CostSlice, address: Address) -> None:
        page = self.page
        names, palette, session = page.naming.names, page.theme.palette, page.session
        scene = scene_of(seen, session.record, address, names, session.network.depth, page.player.complete)
        self._scene = scene
        self.curve.setData(seen.weights, seen.costs)
        self._show_axes(True)
        if not self.chart.moved:
            self.chart.show_range(self._span, heights_of(scene))
        self._name_axes()
        self.marks.show_scene(scene, names.cost())
        nudge, tuner = self.tuner.nudge, self.tuner
        if nudge is not None and tuner.active:
            forgotten = tuner.step if tuner.forgets else None
            entries = nudge_entries(scene, nudge, forgotten, palette)
        else:
            entries = entries_of(scene, names, palette)
        words = sentence_of(scene, entries)
        self.strip.show_entries(entries, seen.slope >= 0, words)
        self.chart.setAccessibleDescription(words)
        self._read()

    def _show_words(self, words: str) -> None:
        self._scene = None
        self._show_axes(False)
        self.curve.setData([], [])
        self.strip.show_entries((), rising=True, words="")
        self.chart.setAccessibleDescription(words)
        self.marks.show_scene(None, self.page.naming.names.cost(), words)

    def _show_axes(self, shown: bool) -> None:
        for side in ("left", "bottom"):
            self.chart.plot.showAxis(side, shown)

    def _name_axes(self) -> None:
        """Where it is low, the words above name the weight, and the plot gets the room."""
        scene = self._scene
        tall = self.height() >= _TALL and scene is not None
        named = f"{scene.weight.plain}, all other weights and biases as they are" if tall and scene else ""
        self.chart.name_axes(rich(named), "cost C")

    # -- what is done --------------------------------------------------------------------------------

    def _take(self) -> Address | None:
        """The point is taken: from now on its weight is selected."""
        if self._scene is None:
            return None
        self._mouse = None  # what was pointed at is not where the mouse will be in the end
        self.page.spotlight.select(self._scene.address)
        return self._scene.address

    def _point(self, place: QPointF | None) -> None:
        self._mouse = None if place is None else place.x()
        self._read()

    def _read(self) -> None:
        """What the curve says where the mouse is."""
        scene, session = self._scene, self.page.session
        if scene is None or self._mouse is None:
            self.marks.show_reading(None)
        else:
            self.marks.show_reading(reading(session.network, session.record, scene.address, self._mouse))

    def _begin(self) -> None:
        """Another network may be open."""
        self.hold.cancel()
        self._subject = self._looked = None

    def _grow(self) -> None:
        self._key = None
        self.refresh()

    @property
    def _zoomed(self) -> Span | None:
        """What a person who has zoomed or moved sees."""
        if not self.chart.moved:
            return None
        left, right = self.chart.box.viewRange()[0]
        return float(left), float(right)

    # -- building ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.weight.picker, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.strip, 1)
        row.addWidget(self.range.picker, 0, Qt.AlignmentFlag.AlignTop)
        self.column.setSpacing(0)
        self.column.addLayout(row)
        self.column.addWidget(self.chart, 1)

    def _connect(self) -> None:
        page = self.page
        for signal in (page.player.moved, page.player.mode_changed, page.spotlight.changed,
                       page.naming.changed, self.range.changed, self.tuner.changed,
                       self.chart.box.sigXRangeChanged):
            signal.connect(page.wait)
        self.source.grown.connect(self._grow)
        self.chart.pointed.connect(self._point)
        self.chart.dressed(self._dress)
        page.session.experiment_changed.connect(self._begin)

    def _dress(self, palette: Palette) -> None:
        self.curve.setPen(self.chart.pen(palette.ink_soft, 2.2))
        self.marks.update()
        self.strip.update()

    # -- Qt ------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.hold.active:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # before it lets go of the selection
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.hold.cancel()
                return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.weight.shorten(self.width() < _NARROW)
        self.range.shorten(self.width() < _NARROW)
        self.strip.show_lines(2 if self.height() >= _TALL and self.width() < _WIDE else 1)
        self._name_axes()
        super().resizeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.hold.cancel()
        super().hideEvent(event)
