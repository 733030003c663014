"""The output over the one input: the data, the present curve, and how far the batch is from it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF

from bpviz.engine.arrays import Array
from bpviz.engine.network import Parameters
from bpviz.explain.curve import Curve, curve_over, heights_of, residuals, span_of
from bpviz.explain.number import count, number
from bpviz.explain.table import Table
from bpviz.qt.palette import error_ink
from bpviz.qt.plots.page import PlotPage
from bpviz.qt.plots.prediction.aside import Key, Row
from bpviz.qt.plots.prediction.curve_items import CurveItems, after_stroke, now_stroke, residual_stroke
from bpviz.qt.plots.prediction.data_view import DataView
from bpviz.qt.plots.prediction.marks import data_mark, focus_mark
from bpviz.qt.plots.prediction.points import Points, some_rows
from bpviz.qt.plots.prediction.tables import curve_table

_PIXELS = 3.0    # from one place of the curve to the next
_ROOMY = 90.0    # pixels of height
_MOST_RESIDUALS = 300  # of a batch; more only cover one another


class CurveView(DataView):
    """At the weights before the update; those after it are a second curve once the update is told."""

    inputs = 1
    name = "The output over the input"
    follows_at_once = True

    def __init__(self, page: PlotPage) -> None:
        super().__init__(page, classes=False)
        self.items = CurveItems(self.chart, page.theme)

    def draw(self) -> None:
        session, k, points = self.page.session, self._output, self.points
        x, y = self.places(points)
        self._show_range(x, y, k)
        now = self._curve(session.trainer.parameters)
        after = self._curve(session.record.parameters_next) if self.updated else None
        self.items.show_curves(now.x, now.y[:, k], None if after is None else (after.x, after.y[:, k]))
        self.items.show_points(x, y, points.held_out)
        self._show_batch(k)
        self.aside.show_key(self._key(points, k))

    def places(self, points: Points) -> tuple[Array, Array]:
        return points.inputs[:, 0], points.targets[:, self._output]

    def point_at(self, place: QPointF | None, near: int | None) -> tuple[Row, ...]:
        if place is None:
            self.items.show_hover(None, None)
            return ()
        points, k = self.points, self._output
        x = place.x() if near is None else float(points.inputs[near, 0])
        y = float(self.predicted(np.array([[x]]))[0, k])
        self.items.show_hover(x, y)
        palette = self.page.theme.palette
        words = f"{self.page.session.dataset.input_names[0]} {number(x)}   {self._symbols[0]} {number(y)}"
        if near is None:
            return (Row(words, ink=palette.ink),)
        target = f"{self.page.session.dataset.target_names[k]} {number(float(points.targets[near, k]))}"
        kind = "validation" if points.held_out[near] else "training"
        return Row(words, ink=palette.ink), Row(f"{target}   {kind}", ink=palette.ink)

    def table(self) -> Table | None:
        session = self.page.session
        if session.network.inputs != self.inputs:
            return None
        points, names = self.points, session.dataset.target_names
        curve, predicted = self._curve(session.trainer.parameters), self.predicted(points.inputs)
        inputs = (self.axis_name(0),)
        return curve_table(session.trainer.step, curve, points, predicted, self._output, inputs, names)

    # -- within ----------------------------------------------------------------------------------------

    @property
    def _output(self) -> int:
        return self.outputs.output or 0

    @property
    def _symbols(self) -> tuple[str, str]:
        """Of the prediction and of the target."""
        names = self.page.naming.names
        return self.outputs.prediction(names), self.outputs.target(names)

    def _curve(self, parameters: Parameters) -> Curve:
        (left, right), _ = self.view_range()
        points = max(60, round(self.chart.box.width() / _PIXELS))
        return curve_over(self.page.session.network, parameters, left, right, points)

    def _show_range(self, x: Array, y: Array, k: int) -> None:
        """Around the data and the curve between them."""
        session = self.page.session
        low, high = span_of(x)
        across = curve_over(session.network, session.trainer.parameters, low, high, 40)
        self.name_axes(self.axis_name(0), session.dataset.target_names[k])
        self.chart.show_range((low, high), heights_of(across.y[:, k], y))

    def _show_batch(self, k: int) -> None:
        """The examples of the present step, as far as they are told."""
        batch, example = residuals(self.page.session.record, k), self.page.spotlight.example
        shown = some_rows(len(batch.x), min(len(batch.x), _MOST_RESIDUALS))
        self.items.show_residuals(batch.of(shown) if self.told else None)
        if example is None:
            self.items.hide_focus()
            return
        x, y, predicted = (float(values[example]) for values in (batch.x, batch.y, batch.predicted))
        label = self._gap_words(predicted - y) if self._roomy else ""
        self.items.show_focus(x, y, predicted if self.told else None, label)

    @property
    def _roomy(self) -> bool:
        """Whether words fit between the lines; else they stand in the key."""
        return bool(self.chart.box.height() >= _ROOMY)

    def _gap_words(self, residual: float) -> str:
        return f"{' − '.join(self._symbols)} {number(residual)}"

    def _key(self, points: Points, k: int) -> Key:
        trainer, palette = self.page.session.trainer, self.page.theme.palette
        rows = [Row(f"{self._symbols[0]}, step {count(trainer.step)}", now_stroke(palette))]
        if self.updated:
            rows.append(Row("after the update", after_stroke(palette)))
        rows.append(Row(f"training {count(trainer.train.count)}", data_mark(palette, held_out=False)))
        if trainer.validation is not None:
            held_out = f"validation {count(trainer.validation.count)}"
            rows.append(Row(held_out, data_mark(palette, held_out=True)))
        if self.page.spotlight.example is not None:
            rows.append(self._focus_row(self.page.spotlight.example, k))
        if self.told and self.page.session.record.batch > 1:
            rows.append(Row(f"{' − '.join(self._symbols)} of the batch", residual_stroke(palette, 1)))
        if points.thinned:
            rows.append(Row(points.thinned))
        return Key(rows=tuple(rows))

    def _focus_row(self, example: int, k: int) -> Row:
        palette = self.page.theme.palette
        if self._roomy or not self.told:
            return Row(self.example_words(), focus_mark(palette))
        residual = float(residuals(self.page.session.record, k).values[example])
        return Row(self._gap_words(residual), focus_mark(palette), error_ink(palette, residual), strong=True)
