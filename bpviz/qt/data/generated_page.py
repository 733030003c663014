"""Data sets that the program makes from a few settings, and those that come with it."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from bpviz.document.dataset import Dataset
from bpviz.document.errors import DocumentError
from bpviz.document.generators import GENERATORS, LARGEST_NOISE, MOST_GENERATED, Generated
from bpviz.document.loading import load
from bpviz.document.source import Source
from bpviz.explain.number import count
from bpviz.qt.data.amount_row import Amount, AmountRow
from bpviz.qt.data.offer import Offer
from bpviz.qt.data.picture import picture_of
from bpviz.qt.data.preview import Preview
from bpviz.qt.data.source_list import SourceList
from bpviz.qt.panels.entries import EntryError, read_seed, step_seed
from bpviz.qt.panels.entry_row import EntryRow
from bpviz.qt.theme import Theme, icon

_SIZES = (10, 20, 30, 50, 75, 100, 150, 200, 300, 400, 500, 750, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000,
          MOST_GENERATED)
_SIZE = Amount(_SIZES, 4, MOST_GENERATED, whole=True)
_NOISE = Amount(tuple(k / 100 for k in range(101)), 0.0, LARGEST_NOISE)
_SIZE_TIP = "How many examples are made. ↑ and ↓ step it."
_NOISE_TIP = "How far points are blurred: the deviation of what chance adds to each. ↑ and ↓ step it."
_SEED_TIP = "The same seed makes the same points. ↑ and ↓ step it."
_DICE_TIP = "The next seed: other points of the same kind"


class GeneratedPage(QWidget):
    """A list at the left, the chosen data set drawn at the right, its settings under it."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._generated = Generated("xor", noise=GENERATORS["xor"].noise)
        self._offer = Offer()
        self.list = SourceList()
        self.preview = Preview(theme)
        self.amount = AmountRow("Examples", _SIZE_TIP, _SIZE, self._generated.count)
        self.noise = AmountRow("Noise", _NOISE_TIP, _NOISE, self._generated.noise)
        self.dice = QToolButton()
        self.dice.setToolTip(_DICE_TIP)
        self.dice.setAccessibleName("Next seed")
        self.seed = EntryRow("Seed", _SEED_TIP, self.dice)
        self._title, self._about = QLabel(), QLabel()
        self._lay_out()
        self._connect()
        self._dress()
        self._make()

    @property
    def offer(self) -> Offer:
        return self._offer

    @property
    def generated(self) -> Generated:
        """What the settings describe."""
        return self._generated

    def show_source(self, source: str | Source) -> bool:
        """Choose what a source is; False for one that is neither made nor kept by the program."""
        if isinstance(source, str):
            self.list.choose("kept", source)
        elif source.generated is not None:
            self.list.choose("made", source.generated.kind)
            self._generated = source.generated
            self._make()
        return isinstance(source, str) or source.generated is not None

    # -- what is asked for -----------------------------------------------------------------------------

    def _pick(self) -> None:
        if self.list.made and self.list.made != self._generated.kind:
            noise = GENERATORS[self.list.made].noise
            self._generated = replace(self._generated, kind=self.list.made, noise=noise)
        self._make()

    def _set(self) -> None:
        self._generated = replace(self._generated, count=int(self.amount.value), noise=self.noise.value)
        self._make()

    def _set_seed(self, seed: int) -> None:
        self._generated = replace(self._generated, seed=seed)
        self._make()

    def _enter_seed(self, text: str) -> None:
        try:
            self._set_seed(read_seed(text))
        except EntryError as error:
            self.seed.refuse(str(error))

    def _step_seed(self, steps: int) -> None:
        self._set_seed(step_seed(self._generated.seed, steps))

    def _throw(self) -> None:
        self._step_seed(1)

    # -- what is shown ---------------------------------------------------------------------------------

    def _make(self) -> None:
        source = self.list.kept or Source(generated=self._generated)
        try:
            dataset = load(source)
        except DocumentError as error:  # a broken installation
            self._offer = Offer(reason=str(error), trouble=True)
            self.preview.show_words(str(error))
        else:
            self._offer = Offer(source, dataset)
            self.preview.show_picture(picture_of(dataset, square=True))
            self._describe(dataset)
        self._show_settings()
        self.changed.emit()

    def _describe(self, dataset: Dataset) -> None:
        self._title.setText(f"{dataset.title}: {count(dataset.count)} example{'s'[:dataset.count != 1]}")
        self._about.setText(GENERATORS[self.list.made].tip + "." if self.list.made else dataset.description)
        kept = (f"Source: {dataset.source}", f"Licence: {dataset.licence}") if self.list.kept else ()
        self._about.setToolTip("".join(f"<p>{escape(line)}</p>" for line in kept))

    def _show_settings(self) -> None:
        for settings in (self._settings, self.seed):
            settings.setVisible(bool(self.list.made))
        self.amount.set_value(self._generated.count)
        self.noise.set_value(self._generated.noise)
        self.seed.show_text(str(self._generated.seed))

    # -- building ----------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.list.picked.connect(self._pick)
        self.amount.changed.connect(self._set)
        self.noise.changed.connect(self._set)
        self.seed.entered.connect(self._enter_seed)
        self.seed.stepped.connect(self._step_seed)
        self.dice.clicked.connect(self._throw)
        self._theme.changed.connect(self._dress)

    def _lay_out(self) -> None:
        self._title.setProperty("title", True)
        self._about.setProperty("soft", True)
        self._about.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.seed)
        self._settings = QWidget()
        settings = QHBoxLayout(self._settings)
        settings.setContentsMargins(0, 0, 0, 0)
        settings.setSpacing(20)
        settings.addWidget(self.amount, 1)
        settings.addWidget(self.noise, 1)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addLayout(head)
        right.addWidget(self._about)
        right.addSpacing(8)
        right.addWidget(self.preview, 1)
        right.addWidget(self._settings)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.list)
        row.addLayout(right, 1)

    def _dress(self) -> None:
        self.dice.setIcon(icon("roll", self._theme.palette.ink_soft))
