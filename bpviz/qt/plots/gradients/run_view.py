"""The size of errors or of gradients over the run, a line a layer. A click goes to a step."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget

from bpviz.engine.arrays import Array
from bpviz.explain.flow import Flow
from bpviz.explain.number import count, full
from bpviz.explain.symbol import Symbol
from bpviz.explain.table import Table
from bpviz.qt.fonts import SMALL, number_font
from bpviz.qt.plots.axis import cost_axis
from bpviz.qt.plots.chart import Chart
from bpviz.qt.plots.choice import Choice
from bpviz.qt.plots.gradients.bars import whole_symbols
from bpviz.qt.plots.gradients.run_lines import RunLines
from bpviz.qt.plots.page import PlotPage
from bpviz.qt.plots.view import PlotView
from bpviz.qt.sampling import Sampling
from bpviz.qt.subscripts import rich

_NAMED_FROM = 150   # pixels: a lower chart does not name its axis of steps
_EMPTY = "Lines by layer appear here once training runs. Press Space."


class RunView(PlotView):
    """Steps that are shown while training runs are kept; others are worked out while it pauses."""

    def __init__(self, page: PlotPage, sampling: Sampling[Flow]) -> None:
        super().__init__(page)
        self._sampling = sampling
        self._steps: Array = np.empty(0)
        self._sizes: Array = np.empty((0, 0))  # (layers, steps)
        self._pointed: QPointF | None = None
        self._named = ""
        self.size_choice = Choice("Size of", {
            "errors": "Layer errors: the root mean square of E over the examples of each step's batch",
            "gradients": "The root mean square of C'(W) over a layer's weights",
        })
        self.words = QLabel()
        self.empty = QLabel(_EMPTY)
        self.chart = Chart(page.theme, "Size of errors or gradients over the run, by layer", log_y=True)
        self.lines = RunLines(self.chart)
        self._stack = QStackedWidget()
        self._lay_out()
        self.size_choice.changed.connect(page.wait)
        sampling.grown.connect(page.wait)
        self.chart.pointed.connect(self._point)
        self.chart.pressed.connect(self._press)
        self.chart.resized.connect(page.wait)

    def refresh(self) -> None:
        page, trainer = self.page, self.page.session.trainer
        self._sampling.follow()
        self._stack.setCurrentWidget(self.chart if trainer.reached else self.empty)
        self._gather()
        self._say()
        if not trainer.reached:
            return
        names = page.naming.names
        layers = [names.layer_name(k) for k in range(page.session.network.depth)]
        axis = cost_axis([row[np.isfinite(row)] for row in self._sizes], log=True)
        self._name_axis()
        self.lines.show(self._steps, axis.place(self._sizes), axis, layers, trainer.step, trainer.reached)

    def table(self) -> Table | None:
        if not self._steps.size:
            return None
        names, depth = self.page.naming.names, self.page.session.network.depth
        columns = tuple(f"{self._symbol(k).plain}, {names.layer_name(k)} (root mean square)"
                        for k in range(depth))
        rows = tuple((int(step), *map(float, sizes))
                     for step, sizes in zip(self._steps, self._sizes.T, strict=True))
        return Table("Over the run", ("step", *columns), rows)

    # -- within ------------------------------------------------------------------------------------

    @property
    def _of_errors(self) -> bool:
        return self.size_choice.chosen == "errors"

    def _symbol(self, layer: int) -> Symbol:
        names = self.page.naming.names
        return names.error(layer) if self._of_errors else names.gradient(layer)

    def _gather(self) -> None:
        steps = self._sampling.steps
        flows = [self._sampling.of(step) for step in steps]
        errors = self._of_errors
        sizes = [[layer.error if errors else layer.gradient for layer in flow] for flow in flows]
        self._steps = np.array(steps, dtype=np.float64)
        self._sizes = np.array(sizes).T if sizes else np.empty((0, 0))

    def _name_axis(self) -> None:
        named = "step" if self.chart.height() >= _NAMED_FROM else ""
        if named != self._named:  # the axis sets its text anew each time it is asked
            self._named = named
            self.chart.name_axes(named, "")

    def _say(self) -> None:
        """What is drawn, or the numbers of the line and step under the mouse."""
        near = self._nearest()
        if near is None:
            symbol = whole_symbols(self.page.naming.names)[0 if self._of_errors else 1].plain
            text = f"{symbol}, root mean square over the batch, by layer{self._missing()}"
        else:
            layer, k = near
            name = self.page.naming.names.layer_name(layer)
            text = (f"step {count(int(self._steps[k]))}, {name}: {self._symbol(layer).plain} "
                    f"{full(float(self._sizes[layer, k]))}")
        self.lines.mark(near)
        self.words.setText(rich(text))

    def _missing(self) -> str:
        """Why lines begin later than the run."""
        if self._steps.size and self._steps[0] > 0 and self.page.player.running:
            return f"; steps before {count(int(self._steps[0]))} follow in a pause"
        return ""

    def _nearest(self) -> tuple[int, int] | None:
        """Layer and index of the step nearest to the mouse."""
        if self._pointed is None or not self._steps.size or self.page.session.trainer.reached == 0:
            return None
        k = int(np.abs(self._steps - self._pointed.x()).argmin())
        with np.errstate(all="ignore"):
            apart = np.abs(np.log10(self._sizes[:, k]) - self._pointed.y())
        return (int(np.nan_to_num(apart, nan=np.inf, posinf=1e300).argmin()), k)

    def _point(self, place: QPointF | None) -> None:
        self._pointed = place
        self._say()

    def _press(self, place: QPointF) -> None:
        reached = self.page.session.trainer.reached
        self.page.player.seek_step(min(max(round(place.x()), 0), reached))

    def _lay_out(self) -> None:
        self.words.setFont(number_font(SMALL - 1))
        self.words.setProperty("soft", True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.empty.setProperty("soft", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.chart.setToolTip("Click to go to a step of this run; a line is a layer")
        self.chart.view.setCursor(Qt.CursorShape.CrossCursor)
        for widget in (self.empty, self.chart):
            self._stack.addWidget(widget)
        self.column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.words, 1)
        head.addWidget(self.size_choice)
        self.column.addLayout(head)
        self.column.addWidget(self._stack, 1)
