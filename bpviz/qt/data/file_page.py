"""Data from a table in a file: read in a thread, looked at, and its columns chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bpviz.document.csv_file import inspect
from bpviz.document.inspected import Inspected
from bpviz.qt.data.drop_zone import DropZone
from bpviz.qt.data.file_words import reading_text, size_text
from bpviz.qt.data.job import Job
from bpviz.qt.data.offer import Offer
from bpviz.qt.data.table_view import TableView
from bpviz.qt.theme import Theme

_KINDS = "Tables (*.csv *.tsv *.tab *.txt *.dat *.data);;All files (*)"


class FilePage(QWidget):
    """A table stays until another has been read; one that cannot be read is explained in a sentence."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._job = Job(self)
        self._path: Path | None = None
        self._trouble = ""
        self.zone = DropZone(theme)
        self.view = TableView(theme)
        self.choose_button = _button("Choose a file…", "Choose a table to read (Ctrl+O)")
        self.cancel_button = _button("Cancel", "Stop reading; nothing is changed")
        self.progress = QProgressBar()
        self.name, self.facts, self.said = QLabel(), QLabel(), QLabel()
        self._lay_out()
        self._connect()
        self._settle()

    @property
    def offer(self) -> Offer:
        if self._job.running:
            return Offer(reason="The file is being read.")
        if self.view.table is None:
            return Offer(reason=self._trouble or "No file is chosen yet.", trouble=bool(self._trouble))
        return self.view.offer

    @property
    def reading(self) -> Job:
        """The reading of a file, if one is being read."""
        return self._job

    def read(self, path: Path) -> None:
        """Read a table. What is shown stays until it has been read."""
        self._path, self._trouble = path, ""
        self.progress.setValue(0)
        self._job.start(lambda progress, cancelled: inspect(path, progress, cancelled))
        self._settle()

    def choose(self) -> None:
        folder = "" if self._path is None else str(self._path.parent)
        chosen, _ = QFileDialog.getOpenFileName(self, "Open a table", folder, _KINDS)
        if chosen:
            self.read(Path(chosen))

    def cancel(self) -> None:
        self._job.stop()
        self._settle()

    def stop(self) -> None:
        """Nothing goes on behind a closed window."""
        self.cancel()
        self.view.stop()

    # -- within ----------------------------------------------------------------------------------------

    def _show(self, table: object) -> None:
        assert isinstance(table, Inspected)
        self.view.show_table(table)
        self._settle()

    def _fail(self, reason: str) -> None:
        self._trouble = reason
        self._settle()

    def _advance(self, share: float) -> None:
        self.progress.setValue(round(1000 * share))

    def _settle(self) -> None:
        """Show what there is: an invitation, a table, or that one is being read."""
        reading, table = self._job.running, self.view.table
        self._stack.setCurrentWidget(self.zone if table is None else self.view)
        self.choose_button.setVisible(table is not None)
        self.choose_button.setEnabled(not reading)
        self.zone.choose.setEnabled(not reading)
        self.progress.setVisible(reading)
        self.cancel_button.setVisible(reading)
        self.said.setText(self._trouble)
        self.said.setVisible(bool(self._trouble))
        if reading and self._path is not None:
            self.name.setText(f"Reading {self._path.name}")
        else:
            self.name.setText("" if table is None else table.path.name)
        self.facts.setText("" if table is None else f"{size_text(table)}. {reading_text(table)}")
        self.facts.setVisible(table is not None)
        self.name.setVisible(bool(self.name.text()))
        self.changed.emit()

    # -- building ----------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.zone.choose.clicked.connect(self.choose)
        self.choose_button.clicked.connect(self.choose)
        self.cancel_button.clicked.connect(self.cancel)
        self.view.changed.connect(self.changed)
        self._job.progressed.connect(self._advance)
        self._job.done.connect(self._show)
        self._job.failed.connect(self._fail)
        QShortcut(QKeySequence("Ctrl+O"), self, self.choose,
                  context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self) -> None:
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Share of the file that has been read")
        self.name.setProperty("title", True)
        self.facts.setProperty("soft", True)
        self.said.setProperty("trouble", True)
        for label in (self.facts, self.said):
            label.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.name)
        head.addWidget(self.progress, 1)
        head.addWidget(self.cancel_button)
        head.addStretch(0)
        head.addWidget(self.choose_button)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.zone)
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.said)
        column.addWidget(self.facts)
        column.addWidget(self._stack, 1)


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
