"""Every example with what the network makes of it, and which classes it mixes up."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bpviz.document.dataset import training_rows
from bpviz.engine.examples import Examples
from bpviz.explain.confusion import ConfusionMatrix, confusion
from bpviz.explain.example_columns import Heads, Rows, columns_of, listed
from bpviz.explain.example_costs import Outcomes
from bpviz.explain.number import count, number
from bpviz.explain.table import Table
from bpviz.qt.plots.page import PlotPage
from bpviz.qt.plots.prediction.confusion_paint import percent
from bpviz.qt.plots.prediction.confusion_view import ConfusionView
from bpviz.qt.plots.prediction.example_card import WIDTH, ExampleCard
from bpviz.qt.plots.prediction.example_focus import ExampleFocus
from bpviz.qt.plots.prediction.example_head import GAP, TRAINING, VALIDATION, ExampleHead
from bpviz.qt.plots.prediction.example_list import ExampleList
from bpviz.qt.plots.prediction.example_model import Listing
from bpviz.qt.plots.prediction.example_study import ExampleStudy
from bpviz.qt.plots.view import PlotView

_EMPTY = np.zeros(0, dtype=np.int64)


class ExamplesView(PlotView):
    """At the left the confusion matrix, where there are classes; then the examples, and one of them in full.

    A cell of the matrix chooses which examples are listed. An example that is chosen is shown by the network,
    or it is said which step learns from it. Where there is little room, matrix and list take turns.
    """

    def __init__(self, page: PlotPage) -> None:
        super().__init__(page)
        self._split: object = None
        self._rows: tuple[Rows, Rows] = (_EMPTY, _EMPTY)  # of the data: training's and validation's
        self._matrix: ConfusionMatrix | None = None
        self._shown: object = None  # the outcomes, and the cell of the matrix whose examples are listed
        self._turned = False        # whether the matrix is seen where there is room for one
        self._counts = False        # whether a person was in the matrix last
        self._step: int | None = None
        self.study = ExampleStudy(page.session, self)
        self.focus = ExampleFocus(page.session, page.player, page.spotlight, self)
        self.head = ExampleHead()
        self.confusion = ConfusionView(page.theme)
        self.list = ExampleList(page.theme)
        self.card = ExampleCard(page.theme)
        self._lay_out()
        self._connect()

    @property
    def examples(self) -> Examples:
        """Those that were chosen: of training, or of validation where there are some."""
        trainer = self.page.session.trainer
        held_out = trainer.validation if self.head.chosen_set == VALIDATION else None
        return trainer.train if held_out is None else held_out

    def choose_set(self, name: str) -> None:
        """ "training" or "validation"."""
        if name != self.head.chosen_set:
            self.head.show_set(name)
            self.list.select_example(None)
            self.refresh()

    def refresh(self) -> None:
        self._part_rows()
        self.study.follow(self.examples)
        found = self.study.outcomes
        if found is None:
            for part in (self.confusion, self.list, self.card):
                part.hide()
            self.head.say("Working out every example…")
            return
        if self._shown != (found, self.confusion.chosen):
            self._show(found)
        self._share_room()
        self._mark()

    def table(self) -> Table | None:
        """The counts of the matrix if a person was there last, else the examples as they are listed."""
        listing = self.list.examples.listing
        if listing is None or not self._present:
            return None
        if self._matrix is not None and (self._counts or self.list.isHidden()):
            return self._matrix.table(self._classes)
        return listed(listing.columns, self.list.examples.order)

    # -- what is shown -----------------------------------------------------------------------------------

    @property
    def _classes(self) -> tuple[str, ...]:
        """Their names; none for a regression."""
        return self.page.session.dataset.class_names

    @property
    def _learned(self) -> bool:
        """Whether the examples are those that training learns from."""
        return self.examples is self.page.session.trainer.train

    @property
    def _present(self) -> bool:
        """Whether what is shown is of the set that is open: another may be open before anyone has looked."""
        return self.study.outcomes is not None and self.study.outcomes.examples is self.examples

    def _show(self, found: Outcomes) -> None:
        self._matrix = None
        if self._classes:
            self._matrix = confusion(found.wanted, found.seen, len(self._classes))
            self.confusion.show_matrix(self._matrix, self._classes)
        self.list.show_listing(self._listing(found))
        self._shown = (found, self.confusion.chosen)

    def _part_rows(self) -> None:
        """Which rows of the data the training and the validation examples are."""
        session = self.page.session
        if session.trainer.train is self._split:
            return
        self._split = session.trainer.train
        experiment = session.experiment
        learned = training_rows(session.dataset, experiment.validation_share, experiment.seed)
        self._rows = (learned, np.setdiff1d(np.arange(session.dataset.count), learned))
        self.list.select_example(None)
        self.head.set.setVisible(session.trainer.validation is not None)
        if session.trainer.validation is None:
            self.head.show_set(TRAINING)

    def _listing(self, found: Outcomes) -> Listing:
        dataset = self.page.session.dataset
        image = dataset.image_shape
        inputs = dataset.input_names if image is None else ()
        rows = self._rows[0 if self._learned else 1]
        columns = columns_of(found, rows, Heads(self._classes, inputs, dataset.target_names))
        images = None if image is None else found.examples.inputs.reshape(-1, *image)
        return Listing(found, columns, self._kept(found), self._classes, images)

    def _kept(self, found: Outcomes) -> Rows:
        """All examples, or those that the chosen cell of the matrix counts."""
        kept = np.ones(found.examples.count, dtype=bool)
        if self._classes and self.confusion.chosen is not None:
            for place, classes in zip(self.confusion.chosen, (found.wanted, found.seen), strict=True):
                if place < len(self._classes):
                    kept &= classes == place
        return np.flatnonzero(kept)

    def _mark(self) -> None:
        """The spotlight or the step is another: mark the batch, and say where the chosen example is."""
        marks = self.focus.marks if self._learned else {}
        self.list.mark(marks)
        self._show_card()
        chosen = self.list.selected
        self._step = None
        if chosen is None or chosen in marks or not self.page.player.phases_shown:
            filtered = self._matrix is not None and self.confusion.chosen is not None
            self.head.say(self._summary(), "Show all" if filtered else "", "List all examples again")
            return
        listing = self.list.examples.listing
        assert listing is not None
        name = f"No. {listing.columns[0].text(chosen)}"
        if not self._learned:
            self.head.say(f"{name} is held out: no step learns from it")
            return
        self._step = self.focus.step_with(chosen)
        words, lead = self.focus.words(self._step)
        self.head.say(f"{name} is {words}", lead, "Go to that step and show the example on the network")

    def _show_card(self) -> None:
        """The chosen example, or the first that is listed."""
        listing, order = self.list.examples.listing, self.list.examples.order
        if listing is not None and not self.card.isHidden() and len(order):
            chosen = self.list.selected
            self.card.show_example(listing, int(order[0]) if chosen is None else chosen)

    def _summary(self) -> str:
        """How many are listed, and how good the network is on the set."""
        found, many, step = self.study.outcomes, len(self.list.examples.order), self.study.step
        assert found is not None
        listed_words = f"{count(many)} example{'' if many == 1 else 's'}"
        stale = "" if step == self.page.session.trainer.step else f" · as of step {count(step)}"
        if self._matrix is None:
            return f"{listed_words} · mean cost {number(found.cost)}{stale}"
        if self.confusion.chosen is not None:
            row, column = self.confusion.chosen
            names = (*self._classes, "any")
            return f"{names[row]} seen as {names[column]}: {listed_words}{stale}"
        right, total = self._matrix.right, self._matrix.total
        return f"{percent(right / total)} right, {count(total - right)} of {count(total)} wrong{stale}"

    # -- what a person does ------------------------------------------------------------------------------

    def _choose(self, example: int) -> None:
        if not self._present:
            return
        if self._learned:
            self.focus.show(example)
        self._mark()

    def _pick(self, _place: object) -> None:
        """Other examples are listed: where there is room for one, the list is what is asked for."""
        self._turned = False
        self.refresh()
        self.list.scrollToTop()

    def _enter_matrix(self) -> None:
        self._counts = True

    def _enter_list(self) -> None:
        self._counts = False

    def _turn(self) -> None:
        self._turned = not self._turned
        self._share_room()

    def _follow_spotlight(self) -> None:
        """Another example is shown: at the same step, and after one was chosen here, it is the chosen one."""
        if not self._present or not self.isVisible():
            return
        shown, chosen = self.focus.shown, self.list.selected
        if self._learned and shown is not None and chosen != shown and chosen in self.focus.marks:
            self.list.select_example(shown, seek=True)
        self._mark()

    def _lead(self) -> None:
        if self._present and self._step is not None and self.list.selected is not None:
            self.focus.go(self._step, self.list.selected)
        elif self.confusion.chosen is not None:
            self.confusion.choose(None)

    # -- building ----------------------------------------------------------------------------------------

    def _connect(self) -> None:
        page = self.page
        self.head.set_chosen.connect(self.choose_set)
        self.head.led.connect(self._lead)
        self.head.turned.connect(self._turn)
        self.study.found.connect(page.wait)
        self.confusion.picked.connect(self._pick)
        self.list.chosen.connect(self._choose)
        page.spotlight.changed.connect(self._follow_spotlight)
        page.player.mode_changed.connect(page.wait)
        self.confusion.entered.connect(self._enter_matrix)
        self.list.entered.connect(self._enter_list)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        parts: tuple[tuple[QWidget, int], ...] = ((self.confusion, 0), (self.list, 1), (self.card, 0))
        for part, stretch in parts:
            row.addWidget(part, stretch)
        self.column.setSpacing(2)
        self.column.addWidget(self.head)
        self.column.addLayout(row, 1)

    def _share_room(self) -> None:
        """The list has what it needs before the matrix grows; what is left goes to one example in full."""
        room, listing = self.width() - GAP, self.list.examples.listing
        if listing is None or not self._present:
            return
        sizes = self.confusion.sizes
        narrow = bool(self._classes) and room < sizes.least + self.list.wanted_width
        matrix = bool(self._classes) and (not narrow or self._turned)
        self.confusion.setVisible(matrix)
        self.list.setVisible(not narrow or not self._turned)
        self.head.show_turn(("list" if self._turned else "matrix") if narrow else "")
        left = room if narrow else min(sizes.natural, max(sizes.least, room - self.list.wanted_width))
        if matrix:
            self.confusion.setFixedWidth(int(left))
        self.head.show_axes(int(left) if matrix and not narrow else 0)
        fits = room - left * matrix - self.list.full_width - GAP >= WIDTH
        self.card.setVisible(bool(listing.bars) and not narrow and fits)

    # -- Qt ------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()
        self._show_card()
