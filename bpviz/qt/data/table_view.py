"""A table that was read, and the choice of what to learn from it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from bpviz.document.choice import Choice, suggested
from bpviz.document.inspected import Inspected
from bpviz.qt.data.cell_table import CellTable
from bpviz.qt.data.column_list import ColumnList
from bpviz.qt.data.file_settings import FileSettings
from bpviz.qt.data.job import Job
from bpviz.qt.data.judged import Judged, judge, sentence
from bpviz.qt.data.offer import Offer
from bpviz.qt.data.preview import Preview
from bpviz.qt.data.roles import ROLES, with_role
from bpviz.qt.plots import choice as words
from bpviz.qt.theme import Theme

_SIDE = 212
_AT_ONCE = 20_000  # cells that are judged without anyone noticing
_TABLE, _PLOT, _GAPS = "Table", "Plot", "Problems"


class TableView(QWidget):
    """Columns at the left, the table, its plot or its problems at the right, the settings underneath."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._table: Inspected | None = None
        self._choice = Choice((), ())
        self._offer = Offer()
        self._judging = Job(self)
        self.columns = ColumnList(theme)
        self.cells = CellTable(theme)
        self.preview = Preview(theme)
        self.problems = QListWidget()
        self.settings = FileSettings()
        self.views = words.Choice("View", {
            _TABLE: "The first rows, as they stand in the file",
            _PLOT: "The examples as they are learned from",
            _GAPS: "Cells that cannot be used, by line and column",
        })
        self._lay_out()
        self._connect()

    @property
    def offer(self) -> Offer:
        return self._offer

    @property
    def table(self) -> Inspected | None:
        return self._table

    @property
    def choice(self) -> Choice:
        return self._choice

    @property
    def judging(self) -> Job:
        """The look at the columns of a large table, while it lasts."""
        return self._judging

    def show_table(self, table: Inspected) -> None:
        """Another table, with the choice that is most often meant."""
        self._table, self._choice = table, suggested(table)
        self.columns.columns.show_table(table, self._choice)
        self.columns.setCurrentIndex(self.columns.columns.index(0))
        self.cells.cells.show_table(table, self._choice)
        self.columns.setFocus()
        self._judge()

    def choose(self, choice: Choice) -> None:
        """Other columns, or otherwise."""
        if choice != self._choice:
            self._choice = choice
            self._judge()

    def stop(self) -> None:
        self._judging.stop()

    # -- within ----------------------------------------------------------------------------------------

    def _set_role(self, place: int, role: str) -> None:
        if self._table is not None:
            names = self._table.names
            known = next(each for each in ROLES if each == role)
            self.choose(with_role(self._choice, names, names[place], known))

    def _judge(self) -> None:
        """See what comes of the choice: at once for a small table, else in a thread."""
        table, choice = self._table, self._choice
        assert table is not None
        self.settings.show_choice(table, choice)
        self.cells.cells.show_choice(choice)
        used = len(choice.inputs) + len(choice.targets)
        if table.count * max(used, 1) <= _AT_ONCE:
            self._judging.stop()
            self._show(judge(table, choice))
            return
        self.columns.columns.show_choice(choice, {})
        self._offer = Offer(reason="Looking at these columns…")
        self._judging.start(lambda _progress, _cancelled: judge(table, choice))
        self.changed.emit()

    def _show(self, judged: object) -> None:
        assert isinstance(judged, Judged)
        self._offer = judged.offer
        troubles = {p.column: p.text for p in judged.problems if p.control in ("inputs", "targets")}
        self.columns.columns.show_choice(self._choice, troubles)
        self.settings.show_gaps(*_gaps_words(judged))
        self.settings.show_task(_columns_words(judged))
        if judged.picture is None:
            self.preview.show_words("There is nothing to draw until the columns can be learned from.")
        else:
            self.preview.show_picture(judged.picture)
        self._list_problems(judged)
        self.changed.emit()

    def _fail(self, reason: str) -> None:
        self._offer = Offer(reason=reason, trouble=True)
        self.preview.show_words(reason)
        self.changed.emit()

    def _list_problems(self, judged: Judged) -> None:
        gaps = [str(gap) for gap in judged.gaps]
        sentences = [str(problem) for problem in judged.problems if str(problem) not in gaps]
        self.problems.clear()
        self.problems.addItems([*sentences, *gaps] or ["Every cell of these columns can be used."])

    def _turn(self) -> None:
        self._stack.setCurrentIndex((_TABLE, _PLOT, _GAPS).index(self.views.chosen))

    # -- building ----------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.columns.role_set.connect(self._set_role)
        self.cells.role_set.connect(self._set_role)
        self.settings.changed.connect(self.choose)
        self.views.changed.connect(self._turn)
        self._judging.done.connect(self._show)
        self._judging.failed.connect(self._fail)

    def _lay_out(self) -> None:
        self.columns.setFixedWidth(_SIDE)
        self.problems.setAccessibleName("Problems")
        self.problems.setWordWrap(True)
        self._stack = QStackedWidget()
        for view in (self.cells, self.preview, self.problems):
            self._stack.addWidget(view)
        head = QHBoxLayout()
        head.addWidget(self.views)
        head.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addLayout(head)
        right.addWidget(self._stack, 1)
        right.addSpacing(4)
        right.addWidget(self.settings)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.columns)
        row.addLayout(right, 1)


def _columns_words(judged: Judged) -> str:
    """What is wrong with the choice of columns as a whole, or nothing."""
    controls = ("inputs", "targets", "task")
    return next((sentence(p) for p in judged.problems if p.control in controls and not p.column), "")


def _gaps_words(judged: Judged) -> tuple[str, bool]:
    """The sentence beside the choice of what becomes of gaps, and whether it is one of trouble."""
    stopping = next((p for p in judged.problems if p.control == "missing"), None)
    if stopping is not None:
        return sentence(stopping), True
    return judged.gaps_text or "None in these columns.", False
