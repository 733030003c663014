"""How a table is learned from: the task, standardising, and what becomes of gaps."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QWidget

from bpviz.document.choice import Choice, task_found
from bpviz.document.inspected import Inspected
from bpviz.document.source import Missing, Task

_TASKS: tuple[Task | None, ...] = (None, "classification", "regression")
_MISSING: dict[Missing, str] = {
    "refuse": "Refuse the table",
    "skip": "Leave their rows out",
    "mean": "Put the column's mean",
}
_TASK_TIP = "Classification tells classes apart; regression tells numbers."
_MISSING_TIP = (
    "What becomes of cells that hold nothing, or a text among numbers. The mean stands in for inputs only; "
    "a missing target always has to be left out or mended."
)
_STANDARDISE_TIP = (
    "Shift and scale every input to mean 0 and deviation 1 over the training rows, so that no input drowns "
    "the others."
)


class FileSettings(QWidget):
    """Shows a choice and says when a person makes another."""

    changed = Signal(object)  # a Choice

    def __init__(self) -> None:
        super().__init__()
        self._choice = Choice((), ())
        self._why = ""
        self.task = _combo("Task", _TASK_TIP)
        self.task.addItems(["As found", "Classification", "Regression"])
        self.why = QLabel()
        self.missing = _combo("Gaps", _MISSING_TIP)
        self.missing.addItems(list(_MISSING.values()))
        self.gaps = QLabel()
        self.standardise = QCheckBox("Standardise the inputs")
        self.standardise.setToolTip(_STANDARDISE_TIP)
        self.about = QLabel("to mean 0 and deviation 1")
        self._lay_out()
        self.task.activated.connect(self._ask)
        self.missing.activated.connect(self._ask)
        self.standardise.clicked.connect(self._ask)

    def show_choice(self, table: Inspected, choice: Choice) -> None:
        self._choice = choice
        self.task.setCurrentIndex(_TASKS.index(choice.task))
        self.missing.setCurrentIndex(list(_MISSING).index(choice.missing))
        self.standardise.setChecked(choice.standardise)
        known = choice.targets and set(choice.targets) <= set(table.names)
        task, why = task_found(table, choice.targets) if known else ("", "")
        self.task.setItemText(0, f"Found: {task}" if task else "As found")
        self._why = f"{why}." if why else ""

    def show_gaps(self, text: str, trouble: bool) -> None:
        """What becomes of the gaps, or that they prevent it."""
        _say(self.gaps, text, trouble)

    def show_task(self, trouble: str) -> None:
        """Why the columns as they are chosen make no task, or nothing: then why the task was found."""
        _say(self.why, trouble or self._why, bool(trouble))

    def _ask(self) -> None:
        self.changed.emit(replace(
            self._choice,
            task=_TASKS[self.task.currentIndex()],
            missing=list(_MISSING)[self.missing.currentIndex()],
            standardise=self.standardise.isChecked(),
        ))

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        rows = (("Task", self.task, self.why), ("Gaps", self.missing, self.gaps))
        for row, (caption, control, words) in enumerate(rows):
            label = QLabel(caption)
            label.setProperty("soft", True)
            label.setBuddy(control)
            label.setToolTip(control.toolTip())
            grid.addWidget(label, row, 0)
            grid.addWidget(control, row, 1)
            words.setProperty("soft", True)
            words.setWordWrap(True)
            words.setMinimumHeight(2 * words.fontMetrics().lineSpacing())
            grid.addWidget(words, row, 2)
        self.about.setProperty("soft", True)
        self.about.setWordWrap(True)
        grid.addWidget(self.standardise, 2, 0, 1, 2)
        grid.addWidget(self.about, 2, 2)
        grid.setColumnStretch(2, 1)


def _say(label: QLabel, text: str, trouble: bool) -> None:
    label.setText(text)
    for name in ("trouble", "soft"):
        label.setProperty(name, trouble == (name == "trouble"))
    label.style().unpolish(label)
    label.style().polish(label)


def _combo(name: str, tip: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.setToolTip(tip)
    combo.setMinimumWidth(194)
    return combo
