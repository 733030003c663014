"""What the network learns from."""

from __future__ import annotations

from html import escape

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpviz.document.dataset import Dataset
from bpviz.engine.arrays import Array
from bpviz.explain.address import INPUT
from bpviz.explain.number import count, full, number
from bpviz.explain.symbol import Names, Symbol
from bpviz.qt.panels import settings_words as words
from bpviz.qt.panels.section import Section
from bpviz.qt.panels.value_row import ValueRow
from bpviz.qt.session import Session


class DataSection(QWidget):
    """Shows the session's data set: its size, its columns; a lone example with its values."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._section = Section("Data")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._section)
        session.experiment_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        dataset, trainer = self._session.dataset, self._session.trainer
        self._section.clear()
        tip = f"{dataset.description}\n\nSource: {dataset.source}\n\nLicence: {dataset.licence}".strip()
        self._add("Data set", dataset.title, tip)
        if dataset.count == 1:
            self._add_values(dataset)
            self._add("Examples", "1", "There is one example: nothing is held out for validation.")
            return
        self._add("Training", words.units(trainer.train.count, "example"), "The examples it learns from.")
        held_out = trainer.validation.count if trainer.validation is not None else 0
        self._add("Validation", count(held_out) if held_out else "none", "Examples it never learns from.")
        self._add("Inputs", words.inputs_text(dataset), ", ".join(dataset.input_names))
        named = dataset.class_names or dataset.target_names
        self._add("Targets", words.targets_text(dataset), ", ".join(named))

    def _add_values(self, dataset: Dataset) -> None:
        names = Names(self._session.network)
        self._add_row(names.activation(INPUT), dataset.input_names, dataset.inputs[0])
        self._add_row(names.target(), dataset.target_names, dataset.targets[0])

    def _add_row(self, symbol: Symbol, names: tuple[str, ...], values: Array) -> None:
        """The numbers of one example; a lone one goes by its symbol, several by the names in the data."""
        for name, value in zip(names, values, strict=True):
            caption = symbol.plain if len(names) == 1 else name
            self._add(caption, number(float(value)), f"{name}: {full(float(value))}")

    def _add(self, caption: str, value: str, tip: str) -> None:
        self._section.add(ValueRow(caption, value, _wrapped(tip)))


def _wrapped(tip: str) -> str:
    """Rich text, which Qt wraps; plain text it would show on one endless line."""
    return "<p>" + escape(tip).replace("\n\n", "</p><p>") + "</p>"
