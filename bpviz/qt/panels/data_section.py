"""What the network learns from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from bpviz.document.dataset import Dataset
from bpviz.document.editing import set_share
from bpviz.engine.arrays import Array
from bpviz.explain.address import INPUT
from bpviz.explain.number import count, full, number, percent
from bpviz.explain.symbol import Names, Symbol
from bpviz.qt.fonts import number_font
from bpviz.qt.panels import settings_words as words
from bpviz.qt.panels.entries import EntryError, read_share, step_share
from bpviz.qt.panels.entry_row import EntryRow
from bpviz.qt.panels.section import GAP, Section
from bpviz.qt.panels.tip import wrapped
from bpviz.qt.panels.value_row import ValueRow
from bpviz.qt.session import Session

_SHARE_TIP = (
    "How many of the examples are held out: it never learns from them. Weights stay as they are, steps "
    "count from 0 again. ↑ and ↓ step it."
)
_CHANGE_TIP = "Learn from other data: generated, drawn or from a file (Ctrl+Shift+D)"
Line = tuple[str, str, str]  # caption, value, tip


class DataSection(QWidget):
    """Shows the session's data set: its size, its columns; a lone example with its values."""

    asked = Signal()  # for other data

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rows: list[ValueRow] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(GAP)
        holder = QWidget()
        holder.setLayout(self._lines)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._held_out = QLabel()
        self._held_out.setFont(number_font(weight=500))
        self.share = EntryRow("Validation", _SHARE_TIP, self._held_out)
        self.share.entered.connect(self._enter_share)
        self.share.stepped.connect(self._step_share)
        self.change = QPushButton("Change data…")
        self.change.setToolTip(_CHANGE_TIP)
        self.change.clicked.connect(self.asked)
        section = Section("Data")
        for widget in (holder, self.share, self.change):
            section.add(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section)
        session.settings_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        dataset = self._session.dataset
        lines = list(self._lone(dataset) if dataset.count == 1 else self._several(dataset))
        while len(self._rows) < len(lines):
            self._rows.append(ValueRow(""))
            self._lines.addWidget(self._rows[-1])
        for k, row in enumerate(self._rows):
            if k < len(lines):
                row.show_line(*lines[k])
            row.setVisible(k < len(lines))
        validation = self._session.trainer.validation
        self._held_out.setText(count(validation.count) if validation is not None else "none")
        self.share.show_text(percent(self._session.experiment.validation_share))
        self.share.setVisible(dataset.count > 1)

    # -- what is shown -----------------------------------------------------------------------------

    def _about(self, dataset: Dataset) -> Line:
        told = [dataset.description]
        told += [f"Source: {dataset.source}"] if dataset.source else []
        told += [f"Licence: {dataset.licence}"] if dataset.licence else []
        return "Data set", dataset.title, wrapped("\n\n".join(told).strip())

    def _lone(self, dataset: Dataset) -> Iterator[Line]:
        names = Names(self._session.network)
        yield self._about(dataset)
        yield from _values(names.activation(INPUT), dataset.input_names, dataset.inputs[0])
        yield from _values(names.target(), dataset.target_names, dataset.targets[0])
        yield "Examples", "1", wrapped("There is one example: nothing is held out for validation.")

    def _several(self, dataset: Dataset) -> Iterator[Line]:
        yield self._about(dataset)
        yield "Inputs", words.inputs_text(dataset), wrapped(", ".join(dataset.input_names))
        named = dataset.class_names or dataset.target_names
        yield "Targets", words.targets_text(dataset), wrapped(", ".join(named))
        train = words.units(self._session.trainer.train.count, "example")
        yield "Training", train, wrapped("The examples it learns from.")

    # -- what is asked for -------------------------------------------------------------------------

    def _enter_share(self, text: str) -> None:
        try:
            self._hold_out(read_share(text), None)
        except EntryError as error:
            self.share.refuse(str(error))

    def _step_share(self, steps: int) -> None:
        self._hold_out(step_share(self._session.experiment.validation_share, steps), "share")

    def _hold_out(self, share: float, gesture: object) -> None:
        if share == self._session.experiment.validation_share:
            self.refresh()  # the same number, perhaps written differently
        else:
            edit = partial(set_share, self._session.experiment, share)
            self.share.trouble.attempt(self._session, edit, gesture)


def _values(symbol: Symbol, names: tuple[str, ...], values: Array) -> Iterator[Line]:
    """The numbers of one example; a lone one goes by its symbol, several by the names in the data."""
    for name, value in zip(names, values, strict=True):
        caption = symbol.plain if len(names) == 1 else name
        yield caption, number(float(value)), wrapped(f"{name}: {full(float(value))}")
