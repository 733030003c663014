"""One earlier run in their list: whether it is drawn, its name, what was changed then, its last cost."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QToolButton, QWidget

from bpviz.document.earlier import EarlierRun
from bpviz.explain.number import count, number
from bpviz.qt.fonts import SMALL, number_font

_LONGEST = 60  # letters of a name
_CHECK, _NAME, _DIFFERENCE, _REMOVE = 18, 200, 280, 22


class NameField(QLineEdit):
    """Return or leaving it keeps what was typed, Escape gives the last name back. No name is no name."""

    named = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("quiet", True)
        self.setMaxLength(_LONGEST)
        self._shown = ""

    def show_name(self, name: str) -> None:
        """The name now; one that is being typed stays."""
        if name != self._shown or not self.isModified():
            self._shown = name
            self.setText(name)
            self.setCursorPosition(0)

    def _keep(self) -> None:
        name = self.text().strip()
        if name and self.isModified() and name != self._shown:
            self._shown = name
            self.named.emit(name)
        self.setText(self._shown)

    # -- Qt ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self.setText(self._shown)
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._keep()
        self.deselect()
        self.setCursorPosition(0)


class RunRow(QObject):
    """Shows a run and says what is asked of it; its widgets stand in the grid of the list."""

    switched = Signal(object, bool)  # this row, and whether it is to be drawn
    renamed = Signal(object, str)
    removed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.run: EarlierRun | None = None
        self.check, self.name, self.remove = QCheckBox(), NameField(), QToolButton()
        self.difference, self.cost = QLabel(), QLabel()
        self.check.setProperty("bare", True)
        self.check.setFixedWidth(_CHECK)
        self.check.setToolTip("Draw it beside the present run")
        self.name.setFixedWidth(_NAME)
        self.difference.setProperty("soft", True)
        self.difference.setWordWrap(True)
        self.difference.setFixedWidth(_DIFFERENCE)
        self.cost.setFont(number_font(SMALL))
        self.remove.setText("×")
        self.remove.setProperty("small", True)
        self.remove.setFixedSize(_REMOVE, _REMOVE)
        self.remove.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.remove.setToolTip("Remove it. Undo brings it back.")
        self.check.clicked.connect(self._switch)
        self.name.named.connect(self._name)
        self.remove.clicked.connect(self._remove)

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """From the left."""
        return self.check, self.name, self.difference, self.cost, self.remove

    @property
    def reached(self) -> tuple[QWidget, ...]:
        """Those that the keyboard reaches."""
        return self.check, self.name, self.remove

    def show_run(self, run: EarlierRun) -> None:
        self.run = run
        self.check.setChecked(not run.hidden)
        self.name.show_name(run.name)
        self.name.setToolTip(f"{run.name}: type another name, Return keeps it, Escape leaves it")
        self.difference.setText(run.difference)
        self.cost.setText("diverged" if run.diverged is not None else number(run.costs.last.training))
        self.cost.setToolTip(_course(run))
        self.check.setAccessibleName(f"Draw {run.name}")
        self.name.setAccessibleName(f"Name of the earlier run {run.name}")
        self.name.setAccessibleDescription(f"{run.difference}; {_course(run)}")
        self.remove.setAccessibleName(f"Remove {run.name}")

    def _switch(self, on: bool) -> None:
        self.switched.emit(self, on)

    def _name(self, name: str) -> None:
        self.renamed.emit(self, name)

    def _remove(self) -> None:
        self.removed.emit(self)


def _course(run: EarlierRun) -> str:
    """How far it came: "training cost 0.144 at step 220 of 225"."""
    last, steps = run.costs.last, count(run.costs.count)
    words = f"training cost {number(last.training)} at step {count(last.step)} of {steps}"
    return words if run.diverged is None else f"{words}, diverged at step {count(run.diverged)}"
