"""The output over the plane of both inputs: which class the network says where, or how large a number."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from bpviz.engine.arrays import Array
from bpviz.engine.evaluation import classes_of
from bpviz.explain.number import number
from bpviz.explain.plane import Plane, plane_around
from bpviz.explain.surface import Surface, surface_on, wrong
from bpviz.explain.table import Table
from bpviz.qt.plots.page import PlotPage
from bpviz.qt.plots.prediction import plane_key
from bpviz.qt.plots.prediction.aside import Key, Row
from bpviz.qt.plots.prediction.data_view import DataView
from bpviz.qt.plots.prediction.marks import Mark, batch_mark, class_mark, data_mark, fitting_size, focus_mark
from bpviz.qt.plots.prediction.plane_items import PlaneItems
from bpviz.qt.plots.prediction.points import Points
from bpviz.qt.plots.prediction.seeing import (
    Seen,
    seen_as_classes,
    seen_as_number,
    seen_as_probability,
)
from bpviz.qt.plots.prediction.surface_work import SurfaceWork
from bpviz.qt.plots.prediction.tables import plane_table
from bpviz.qt.plots.prediction.verdicts import Verdict, Verdicts

_MOST_RINGS = 100
_TALL = 180.0     # pixels
_RING = 12.0      # pixels from the middle of the ring around an example to where it is clear of the edge
_MOST_MARGIN = 0.25  # of the plot, on each side
_TABLE_SIDE = 41  # places along each input in the table of numbers


class PlaneView(DataView):
    """At the weights before the update; coarse while training runs, and finer as soon as it rests."""

    inputs = 2
    name = "The output over both inputs"

    def __init__(self, page: PlotPage, clock: Callable[[], float] = time.perf_counter) -> None:
        super().__init__(page, classes=True)
        self.items = PlaneItems(self.chart, page.theme)
        self.work = SurfaceWork(self, clock)
        self._verdicts = Verdicts(self)
        self._points_drawn: object = None
        self.work.finer.connect(page.wait)
        self._verdicts.found.connect(page.wait)

    def draw(self) -> None:
        session, points = self.page.session, self.points
        home = plane_around(points.inputs, self._least_margin)
        upright = session.dataset.input_names[1]  # there is seldom the height for more
        self.name_axes(self.axis_name(0), self.axis_name(1) if self._tall else upright)
        self.chart.show_range((home.left, home.right), (home.bottom, home.top))
        surface = self._surface()
        seen = self._seen_as(surface)
        self.items.show_surface(surface, seen.colours)
        self.items.show_lines(seen.lines, seen.labels, strong=session.trainer.classification)
        self._show_points(points, seen)
        verdict = None
        if session.trainer.classification:
            verdict = self._verdicts.verdict(session.trainer, self._resting)
        self._show_wrong(points, verdict)
        self._show_batch()
        self.aside.show_key(self._key(seen, verdict))

    def places(self, points: Points) -> tuple[Array, Array]:
        return points.inputs[:, 0], points.inputs[:, 1]

    def point_at(self, place: QPointF | None, near: int | None) -> tuple[Row, ...]:
        if place is None:
            return ()
        ink, points = self.page.theme.palette.ink, self.points
        x = np.array([[place.x(), place.y()]]) if near is None else points.inputs[near : near + 1]
        names = self.page.session.dataset.input_names
        where, short = (
            "   ".join(f"{name} {number(float(x[0, k]), digits)}" for k, name in enumerate(names))
            for digits in (3, 2)
        )
        said = self._said_of(self.predicted(x)[0])
        if near is None:
            return Row(where, ink=ink, short=short), Row(said, ink=ink)
        return Row(where, ink=ink, short=short), Row(said, ink=ink), Row(self._example(near), ink=ink)

    def table(self) -> Table | None:
        session = self.page.session
        if session.network.inputs != self.inputs:
            return None
        points, trainer = self.points, session.trainer
        (left, right), (low, high) = self.view_range()
        seen, side = Plane(left, right, low, high), _TABLE_SIDE
        grid = surface_on(session.network, trainer.parameters, seen, side, side)
        inputs, names = (self.axis_name(0), self.axis_name(1)), session.dataset.target_names
        return plane_table(trainer.step, grid, points, self.predicted(points.inputs), inputs, names)

    @property
    def _least_margin(self) -> tuple[float, float]:
        """In which the ring around an example is seen whole, also where the plot is low."""
        box = self.chart.box
        x, y = (min(_MOST_MARGIN, _RING / max(1.0, side)) for side in (box.width(), box.height()))
        return x, y

    @property
    def _tall(self) -> bool:
        """Whether a long name fits beside the upright axis."""
        return bool(self.chart.box.height() >= _TALL)

    # -- the surface -----------------------------------------------------------------------------------

    @property
    def _resting(self) -> bool:
        return self.page.player.phases_shown

    def _surface(self) -> Surface:
        session, box = self.page.session, self.chart.box
        (left, right), (low, high) = self.view_range()
        size = (max(1.0, box.width()), max(1.0, box.height()))
        plane = Plane(left, right, low, high)
        return self.work.surface(session.network, session.trainer.parameters, plane, size, self._resting)

    def _seen_as(self, surface: Surface) -> Seen:
        output, palette = self.outputs.output, self.page.theme.palette
        if output is None:
            return seen_as_classes(surface, palette)
        if self.page.session.trainer.classification:
            return seen_as_probability(surface, output, palette)
        return seen_as_number(surface, output, self.points.targets[:, output], palette)

    # -- the examples ----------------------------------------------------------------------------------

    def _show_points(self, points: Points, seen: Seen) -> None:
        """They stay where they are while training runs; where they have no class, their colour may change."""
        size = fitting_size(len(points.rows), self.chart.box.width(), self.chart.box.height())
        drawn = (points, self.page.theme.palette, self.outputs.output, seen.scale, size)
        if drawn == self._points_drawn:
            return
        self._points_drawn = drawn
        groups = self._groups(points, size)
        x, y = self.places(points)
        self.items.show_points([(x[some], y[some], mark) for some, mark in groups])
        if not self.page.session.trainer.classification and seen.scale is not None:
            targets, palette = points.targets[:, self.outputs.output or 0], self.page.theme.palette
            for k, (some, _) in enumerate(groups):
                fills = [seen.scale.hex(value, palette) for value in targets[some].tolist()]
                self.items.colour_points(k, fills)

    def _groups(self, points: Points, size: float) -> list[tuple[NDArray[np.bool_], Mark]]:
        """Which points look alike, and how."""
        palette, names = self.page.theme.palette, self.page.session.dataset.class_names
        both = (False, True)
        if not self.page.session.trainer.classification:
            return [(points.held_out == some, data_mark(palette, some, size)) for some in both]
        kinds, known = classes_of(points.targets), len(names)
        return [
            ((kinds == kind) & (points.held_out == some), class_mark(palette, kind, known, some, size))
            for kind in range(known) for some in both
        ]

    def _show_wrong(self, points: Points, verdict: Verdict | None) -> None:
        x, y = self.places(points)
        for held_out in (False, True):
            some = np.flatnonzero(points.held_out == held_out)
            if verdict is None:
                some = some[:0]
            else:
                some = some[(verdict.validation if held_out else verdict.training)[points.rows[some]]]
            self.items.show_wrong(held_out, x[some], y[some])

    def _show_batch(self) -> None:
        """Which examples the present step learns from, where it can be seen; and the one that is shown."""
        record, example = self.page.session.record, self.page.spotlight.example
        some = record.inputs if self._rings else record.inputs[:0]
        self.items.show_batch(some[:, 0], some[:, 1])
        x = None if example is None else record.inputs[example].tolist()
        self.items.show_focus(None if x is None else (x[0], x[1]))

    @property
    def _rings(self) -> bool:
        """Whether the batch stands out from the rest."""
        batch, examples = self.page.session.record.batch, self.page.session.trainer.train.count
        return self.page.player.phases_shown and batch < examples and batch <= _MOST_RINGS

    # -- words -----------------------------------------------------------------------------------------

    @property
    def _symbol(self) -> str:
        return self.outputs.prediction(self.page.naming.names)

    def _said_of(self, outputs: Array) -> str:
        """The output, and which class it stands for."""
        session, output = self.page.session, self.outputs.output
        value = float(outputs.max() if output is None else outputs[output])
        words = f"{self._symbol} {number(value)}"
        if not session.trainer.classification:
            return words
        return f"{words}: {session.dataset.class_names[int(classes_of(outputs[np.newaxis])[0])]}"

    def _example(self, near: int) -> str:
        """A point: what it is, of which set, and whether it is told right."""
        session, points = self.page.session, self.points
        kind = "validation" if points.held_out[near] else "training"
        target = points.targets[near : near + 1]
        if not session.trainer.classification:
            symbol = self.outputs.target(self.page.naming.names)
            return f"{kind}: {symbol} {number(float(target[0, self.outputs.output or 0]))}"
        missed = bool(wrong(self.predicted(points.inputs[near : near + 1]), target)[0])
        name = session.dataset.class_names[int(classes_of(target)[0])]
        return f"{kind}: {name}{', wrong' if missed else ''}"

    def _key(self, seen: Seen, verdict: Verdict | None) -> Key:
        session, palette = self.page.session, self.page.theme.palette
        names = session.dataset.class_names
        rows = plane_key.class_rows(names, palette) if len(names) > 2 else []
        rows += plane_key.set_rows(session.trainer, verdict, palette)
        if self.page.spotlight.example is not None:
            rows.append(self._focus_row(self.page.spotlight.example))
        rows.append(plane_key.line_row(seen, self._symbol, palette))
        if self._rings:
            rows.append(Row("this batch", batch_mark(palette)))
        if self.points.thinned:
            rows.append(Row(self.points.thinned))
        return Key(plane_key.bar_of(seen, names, palette), tuple(rows))

    def _focus_row(self, example: int) -> Row:
        """The example that is shown, and once it is told its output."""
        outputs = self.page.session.record.outputs[example]
        value = float(outputs.max() if self.outputs.output is None else outputs[self.outputs.output])
        short, mark = self.example_words(), focus_mark(self.page.theme.palette)
        if not self.told:
            return Row(short, mark)
        return Row(f"{short}: {self._symbol} {number(value)}", mark, short=short)
