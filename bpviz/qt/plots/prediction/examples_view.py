"""Every example with what the network makes of it, and which classes it mixes up."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy

from bpviz.document.dataset import training_rows
from bpviz.engine.examples import Examples
from bpviz.explain.confusion import ConfusionMatrix, confusion
from bpviz.explain.example_columns import Heads, Rows, columns_of, listed
from bpviz.explain.example_costs import Outcomes
from bpviz.explain.number import count, number
from bpviz.explain.table import Table
from bpviz.qt.fonts import SMALL, number_font
from bpviz.qt.panels.picker import Option, Picker
from bpviz.qt.plots.page import PlotPage
from bpviz.qt.plots.prediction.confusion_paint import percent
from bpviz.qt.plots.prediction.confusion_view import ConfusionView
from bpviz.qt.plots.prediction.example_focus import ExampleFocus
from bpviz.qt.plots.prediction.example_list import ExampleList
from bpviz.qt.plots.prediction.example_model import Listing
from bpviz.qt.plots.prediction.example_study import ExampleStudy
from bpviz.qt.plots.view import PlotView

_TRAINING, _VALIDATION = "training", "validation"
_GAP = 16
_LEAST_LIST = 210


class ExamplesView(PlotView):
    """At the left the confusion matrix, where there are classes; at the right the examples.

    A cell of the matrix chooses which examples are listed. An example that is chosen is shown by the network,
    or it is said which step learns from it.
    """

    def __init__(self, page: PlotPage) -> None:
        super().__init__(page)
        theme = page.theme
        self._split: object = None
        self._rows: tuple[Rows, Rows] = (np.zeros(0, dtype=np.int64),) * 2
        self._matrix: ConfusionMatrix | None = None
        self._step: int | None = None
        self.set = Picker("Examples", self._sets)
        self.set.setProperty("picker", "accent")
        self.study = ExampleStudy(page.session, self)
        self.focus = ExampleFocus(page.session, page.player, page.spotlight, self)
        self.axes = QLabel("class ↓  seen as →")
        self.said = QLabel()
        self.lead = QPushButton()
        self.confusion = ConfusionView(theme)
        self.list = ExampleList(theme)
        self._lay_out()
        self._connect()
        self.set.show_choice(_TRAINING, _TRAINING)

    @property
    def examples(self) -> Examples:
        """Those that were chosen: of training, or of validation where there are some."""
        trainer = self.page.session.trainer
        held_out = trainer.validation if self.set.chosen == _VALIDATION else None
        return trainer.train if held_out is None else held_out

    def choose_set(self, name: str) -> None:
        """ "training" or "validation"."""
        if name != self.set.chosen:
            self.set.show_choice(name, name)
            self.list.select_example(None)
            self.refresh()

    def refresh(self) -> None:
        validation = self.page.session.trainer.validation
        self.set.setVisible(validation is not None)
        if validation is None and self.set.chosen == _VALIDATION:
            self.set.show_choice(_TRAINING, _TRAINING)
        self._part_rows()
        self.study.follow(self.examples)
        found = self.study.outcomes
        for widget in (self.confusion, self.axes):
            widget.setVisible(found is not None and self._classes != ())
        self.list.setVisible(found is not None)
        if found is None:
            self._say("Working out every example…")
            return
        self._show_matrix(found)
        self.list.show_listing(self._listing(found))
        self._share_room()
        self._mark()

    def table(self) -> Table | None:
        """The examples as they are listed."""
        listing = self.list.examples.listing
        if listing is None or self.study.outcomes is None:
            return None
        return listed(listing.columns, self.list.examples.order)

    # -- within ----------------------------------------------------------------------------------------

    @property
    def _classes(self) -> tuple[str, ...]:
        """Their names; none for a regression."""
        return self.page.session.dataset.class_names

    def _part_rows(self) -> None:
        """Which rows of the data the training and the validation examples are."""
        session = self.page.session
        if session.trainer.train is self._split:
            return
        self._split = session.trainer.train
        experiment = session.experiment
        learned = training_rows(session.dataset, experiment.validation_share, experiment.seed)
        held_out = np.setdiff1d(np.arange(session.dataset.count), learned)
        self._rows = (learned, held_out)
        self.list.select_example(None)

    def _show_matrix(self, found: Outcomes) -> None:
        self._matrix = None
        if self._classes:
            self._matrix = confusion(found.wanted, found.seen, len(self._classes))
            self.confusion.show_matrix(self._matrix, self._classes)

    def _listing(self, found: Outcomes) -> Listing:
        dataset = self.page.session.dataset
        image = dataset.image_shape
        inputs = dataset.input_names if image is None else ()
        rows = self._rows[found.examples is not self.page.session.trainer.train]
        columns = columns_of(found, rows, Heads(self._classes, inputs, dataset.target_names))
        images = None if image is None else found.examples.inputs.reshape(-1, *image)
        return Listing(found, columns, self._kept(found), self._classes, images)

    def _kept(self, found: Outcomes) -> Rows:
        """All examples, or those that the chosen cell of the matrix counts."""
        kept = np.ones(found.examples.count, dtype=bool)
        if self._classes and self.confusion.chosen is not None:
            row, column = self.confusion.chosen
            for place, classes in ((row, found.wanted), (column, found.seen)):
                if place < len(self._classes):
                    kept &= classes == place
        return np.flatnonzero(kept)

    def _mark(self) -> None:
        """The spotlight or the step is another: mark the batch, and say where the chosen example is."""
        learned = self.examples is self.page.session.trainer.train
        marks = self.focus.marks if learned else {}
        self.list.mark(marks)
        chosen = self.list.selected
        self._step = None
        if chosen is None or not self.page.player.phases_shown or chosen in marks:
            self._say(self._summary())
        elif not learned:
            self._say(f"{self._name(chosen)}: validation examples are never learned from.")
        else:
            self._step = self.focus.step_with(chosen)
            words, lead = self.focus.words(self._step)
            self._say(f"{self._name(chosen)}: {words[0].lower()}{words[1:]}", lead)

    def _name(self, example: int) -> str:
        listing = self.list.examples.listing
        assert listing is not None
        return f"Example {listing.columns[0].text(example)}"

    def _summary(self) -> str:
        """How many are listed, and how good the network is on the set."""
        found, shown = self.study.outcomes, len(self.list.examples.order)
        assert found is not None
        step = self.study.step
        stale = "" if step == self.page.session.trainer.step else f" · as of step {count(step)}"
        if self._matrix is None:
            return f"{_examples(shown)} · mean cost {number(found.cost)}{stale}"
        if self.confusion.chosen is not None:
            return f"{self._chosen_words()}: {_examples(shown)}{stale}"
        right, total = self._matrix.right, self._matrix.total
        return f"{percent(right / total)} right, {count(total - right)} of {count(total)} wrong{stale}"

    def _chosen_words(self) -> str:
        assert self.confusion.chosen is not None
        row, column = self.confusion.chosen
        names = (*self._classes, "any")
        return f"{names[row]} seen as {names[column]}"

    def _say(self, words: str, lead: str = "") -> None:
        if self.said.text() != words:
            self.said.setText(words)
            self.said.setToolTip(words)
        self.lead.setVisible(bool(lead))
        if lead and self.lead.text() != lead:
            self.lead.setText(lead)

    # -- what a person does ----------------------------------------------------------------------------

    def _choose(self, example: int) -> None:
        if self.examples is self.page.session.trainer.train:
            self.focus.show(example)
        self._mark()

    def _follow_spotlight(self) -> None:
        """Another example is shown by the network: at the same step a person has chosen it elsewhere."""
        if self.study.outcomes is None or not self.isVisible():
            return
        trainer, shown = self.page.session.trainer, self.focus.shown
        if shown is not None and self.examples is trainer.train and self.study.step == trainer.step:
            chosen = self.list.selected
            if chosen is not None and chosen != shown and chosen in self.focus.marks:
                self.list.select_example(shown, seek=True)
        self._mark()

    def _lead(self) -> None:
        if self._step is not None and self.list.selected is not None:
            self.focus.go(self._step, self.list.selected)

    # -- building --------------------------------------------------------------------------------------

    def _sets(self) -> list[Option]:
        return [
            Option(_TRAINING, _TRAINING, "The examples that the network learns from"),
            Option(_VALIDATION, _VALIDATION, "The examples that are held out: it never learns from them"),
        ]

    def _connect(self) -> None:
        self.set.picked.connect(self.choose_set)
        self.study.found.connect(self.page.wait)
        self.confusion.picked.connect(self.page.wait)
        self.list.chosen.connect(self._choose)
        self.lead.clicked.connect(self._lead)
        self.page.spotlight.changed.connect(self._follow_spotlight)
        self.page.player.mode_changed.connect(self.page.wait)

    def _lay_out(self) -> None:
        self.controls_row.addWidget(self.set)
        for label in (self.axes, self.said):
            label.setFont(number_font(SMALL))
            label.setProperty("soft", True)
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.axes.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.lead.setProperty("quiet", True)
        head, row = QHBoxLayout(), QHBoxLayout()
        for line in (head, row):
            line.setSpacing(_GAP)
        head.addWidget(self.axes)
        head.addWidget(self.said, 1)
        head.addWidget(self.lead)
        row.addWidget(self.confusion)
        row.addWidget(self.list, 1)
        self.column.setSpacing(2)
        self.column.addLayout(head)
        self.column.addLayout(row, 1)

    def _share_room(self) -> None:
        """The matrix takes what the list leaves, at least what its counts need."""
        sizes, room = self.confusion.sizes, self.width() - _GAP
        wanted = min(sizes.natural, max(sizes.least, room - self.list.wanted_width), room - _LEAST_LIST)
        width = max(60, int(wanted))
        if self.confusion.width() != width:
            self.confusion.setFixedWidth(width)
            self.axes.setFixedWidth(width)

    # -- Qt --------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()


def _examples(many: int) -> str:
    return f"{count(many)} example{'' if many == 1 else 's'}"
