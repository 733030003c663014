"""All presets as cards with a small picture of each, to choose one from."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from bpviz.document.loading import load
from bpviz.document.preset import Preset, load_preset, preset_names
from bpviz.engine.trace import StepTrace
from bpviz.explain.moment import Moment
from bpviz.explain.phase import score
from bpviz.qt.canvas.render import Still, thumbnail
from bpviz.qt.palette import DARK, LIGHT
from bpviz.qt.panels.preset_card import PICTURE, PresetCard
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme

_MARGIN = 24
_GAP = 16
_FIRST_SIZE = QSize(3 * PICTURE.width() + 2 * _GAP + 2 * _MARGIN + 14, 640)


class Gallery(QDialog):
    """Says which preset was chosen, and closes. Pictures are made one at a time between events."""

    chosen = Signal(object)  # a Preset

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._columns = 0
        self.cards = [self._card(load_preset(name)) for name in preset_names()]
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._make_one)
        theme.changed.connect(self._make_anew)
        self._timer.start()

    # -- within ----------------------------------------------------------------------------------------

    def _card(self, preset: Preset) -> PresetCard:
        card = PresetCard(preset, preset.name == self._session.preset.name, self._theme)
        card.clicked.connect(self._choose)
        card.arrow_pressed.connect(self._go)
        return card

    def _lay_out(self) -> None:
        self.setWindowTitle("Gallery")
        self.resize(_FIRST_SIZE)
        self.setMinimumSize(PICTURE.width() + 2 * _MARGIN + 14, 360)
        title = QLabel("Gallery")
        title.setProperty("title", True)
        hint = QLabel("Arrow keys move, Enter opens, Esc closes.")
        hint.setProperty("faint", True)
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(_MARGIN, 4, _MARGIN, _MARGIN)
        self._grid.setSpacing(_GAP)
        self._area = QScrollArea()
        self._area.setWidget(inner)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 20, 0, 0)
        column.setSpacing(4)
        for label in (title, hint):
            label.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
            column.addWidget(label)
        column.addSpacing(6)
        column.addWidget(self._area, 1)
        self._arrange(3)

    def _arrange(self, columns: int) -> None:
        """The cards in so many columns."""
        if columns == self._columns:
            return
        for column in range(max(columns, self._columns) + 1):
            self._grid.setColumnStretch(column, 1 if column == columns else 0)
        self._columns = columns
        for i, card in enumerate(self.cards):
            self._grid.addWidget(card, i // columns, i % columns)
        self._grid.setRowStretch(len(self.cards), 1)

    def _choose(self) -> None:
        card = self.sender()
        assert isinstance(card, PresetCard)
        self.accept()
        self.chosen.emit(card.preset)

    def _go(self, key: int) -> None:
        """Move the focus by an arrow key; at an edge it stays."""
        here = next(i for i, card in enumerate(self.cards) if card is self.sender())
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -self._columns}
        there = here + step.get(Qt.Key(key), self._columns)
        if 0 <= there < len(self.cards):
            self._focus(self.cards[there])

    def _focus(self, card: PresetCard) -> None:
        card.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(card, _MARGIN, _MARGIN)

    def _make_one(self) -> None:
        """One picture, then back to the events; the timer rests when all are there."""
        card = next((card for card in self.cards if not card.pictured), None)
        if card is None:
            self._timer.stop()
            return
        ratio = self.devicePixelRatioF()
        card.show_picture(_picture(card.preset.name, self._theme.palette.dark, ratio))

    def _make_anew(self) -> None:
        """The theme is another, and with it every picture."""
        for card in self.cards:
            card.show_picture(None)
        self._timer.start()

    # -- Qt ----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        current = next((card for card in self.cards if card.current), self.cards[0])
        self._focus(current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 2 * _MARGIN - 14 + _GAP
        self._arrange(max(1, room // (PICTURE.width() + _GAP)))


@lru_cache(maxsize=64)
def _picture(name: str, dark: bool, ratio: float) -> QImage:
    """A preset's picture at its first step, made once a theme and density."""
    experiment = load_preset(name).experiment
    size = (PICTURE.width(), PICTURE.height())
    palette = DARK if dark else LIGHT
    shape = load(experiment.dataset).image_shape
    told = Moment(len(score(experiment.network.depth)) - 2, 1.0)
    still = Still(experiment.network, _first_step(name), told, size, palette, shape)
    return thumbnail(still, ratio)


@lru_cache(maxsize=32)
def _first_step(name: str) -> StepTrace:
    return load_preset(name).experiment.start().record()
