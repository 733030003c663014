"""The list of what can be made and of what comes with the program."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from bpviz.document.generators import GENERATORS
from bpviz.document.shipped import dataset_names, describe

_WIDTH = 190
_KEY = Qt.ItemDataRole.UserRole


class SourceList(QListWidget):
    """Under two headings. A choice is the kind of a generator, or the name of a shipped data set."""

    picked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName("Data sets")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._head("Made by bpviz")
        for kind, generator in GENERATORS.items():
            self._add(generator.label, ("made", kind), generator.tip)
        self._head("Kept with bpviz")
        titles = {name: describe(name).title for name in dataset_names()}
        times = Counter(titles.values())
        for name, title in sorted(titles.items(), key=lambda each: each[1].casefold()):
            several = f" ({name})" if times[title] > 1 else ""
            self._add(title + several, ("kept", name), describe(name).description)
        self.setCurrentRow(1)
        self.currentItemChanged.connect(self.picked)

    @property
    def made(self) -> str:
        """The kind of the generator that is chosen, or nothing."""
        return self._chosen("made")

    @property
    def kept(self) -> str:
        """The name of the shipped data set that is chosen, or nothing."""
        return self._chosen("kept")

    def choose(self, key: str, name: str) -> None:
        """key: "made" or "kept"; a name that is not there leaves the choice as it is."""
        for row in range(self.count()):
            if self.item(row).data(_KEY) == (key, name):
                self.setCurrentRow(row)

    def _chosen(self, key: str) -> str:
        found = self.currentItem().data(_KEY)
        return str(found[1]) if found[0] == key else ""

    def _head(self, text: str) -> None:
        item = QListWidgetItem(text, self)
        item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _add(self, text: str, key: tuple[str, str], tip: str) -> None:
        item = QListWidgetItem(text, self)
        item.setData(_KEY, key)
        item.setToolTip(tip)
