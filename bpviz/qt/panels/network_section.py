"""The layers of the network, input first."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from bpviz.document.editing import add_layer
from bpviz.engine.network import Network
from bpviz.explain.address import INPUT
from bpviz.explain.symbol import Names
from bpviz.qt.fonts import SMALL, number_font, ui_font
from bpviz.qt.panels.layer_gap import LayerGap
from bpviz.qt.panels.layer_row import LayerRow
from bpviz.qt.panels.refusal import Refusal
from bpviz.qt.panels.section import Section
from bpviz.qt.panels.settings_words import same_layers, units
from bpviz.qt.panels.tip import wrapped
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme

_FEW = 2   # alike layers, which are not worth folding
_DEEP = 4  # hidden layers; beyond, equal ones are opened as one row
_INPUT_TIP = "What the network is given: one value for each input of the data. Change the data to change it."
_ADD_TIP = "A hidden layer more, before the output. Steps count from 0 again."
_FOLD_TIP = "Show hidden layers that are alike as one row, to change them together"


class NetworkSection(QWidget):
    """A row for each layer of the session's network, or for each run of equal hidden layers.

    Rows stay while the network changes: they show other layers, so that the keyboard stays where it is.
    """

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._folded = False
        self._opened: str | None = None  # the name of what was open when folding was last decided
        self._shown: tuple[Network, bool] | None = None
        self._gaps: list[LayerGap] = []
        self._rows: list[LayerRow] = []
        self._trouble = Refusal()
        self.add = _flat("+ Layer", _ADD_TIP)
        self.add.clicked.connect(self.add_layer)
        self.fold = _flat("Fold alike layers", _FOLD_TIP)
        self.fold.clicked.connect(self._fold)
        self._input = QLabel()
        self.output = LayerRow(session, theme)
        self._lay_out()
        session.settings_changed.connect(self.refresh)
        self.refresh()

    @property
    def rows(self) -> list[LayerRow]:
        """Those of the hidden layers, from the input on."""
        return [row for row in self._rows if not row.isHidden()]

    @property
    def gaps(self) -> list[LayerGap]:
        """A gap stands before each of these rows."""
        return [gap for gap in self._gaps if not gap.isHidden()]

    def refresh(self) -> None:
        network = self._session.network
        if self._session.preset.name != self._opened:
            self._opened = self._session.preset.name
            self._folded = network.depth - 1 > _DEEP
        self._show(network)

    def add_layer(self) -> None:
        edit = partial(add_layer, self._session.experiment, self._session.network.depth - 1)
        self._trouble.attempt(self._session, edit)

    # -- within ------------------------------------------------------------------------------------

    def _show(self, network: Network) -> None:
        self._trouble.forgive()
        runs = same_layers(network)
        foldable = any(len(run) > _FEW for run in runs)
        if not self._folded:
            runs = [range(k, k + 1) for k in range(network.depth - 1)]
        names = Names(network)
        self._input.setText(units(network.inputs, "value"))
        while len(self._rows) < len(runs):
            self._make_row()
        for k, (gap, row) in enumerate(zip(self._gaps, self._rows, strict=True)):
            if k < len(runs):
                name = names.layer_name(runs[k].start)
                gap.show_place(runs[k].start, name)
                row.show_layers(runs[k], f"{name}–{runs[k].stop}" if len(runs[k]) > 1 else name)
                row.show()
            else:
                row.put_away()
            gap.setVisible(k < len(runs))
        last = network.depth - 1
        self.output.show_layers(range(last, last + 1), names.layer_name(last))
        self.fold.setVisible(foldable and not self._folded)

    def _make_row(self) -> None:
        gap, row = LayerGap(self._session, self._theme, self._trouble), LayerRow(self._session, self._theme)
        row.opened.connect(self._unfold)
        self._hidden.addWidget(gap)
        self._hidden.addWidget(row)
        if self._rows:  # made late, but the keyboard goes from the top to the bottom
            for stop, following in pairwise((self._rows[-1].stops[-1], gap, *row.stops)):
                QWidget.setTabOrder(stop, following)
        self._gaps.append(gap)
        self._rows.append(row)

    def _unfold(self) -> None:
        self._folded = False
        self._show(self._session.network)
        self._rows[0].units.field.setFocus()

    def _fold(self) -> None:
        self._folded = True
        self._show(self._session.network)

    # -- building ----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        section = Section("Network", gap=0)
        self._hidden = QVBoxLayout()
        self._hidden.setContentsMargins(0, 0, 0, 0)
        self._hidden.setSpacing(0)
        hidden = QWidget()
        hidden.setLayout(self._hidden)
        acts = QWidget()
        row = QHBoxLayout(acts)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(4)
        row.addWidget(self.add)
        row.addStretch(1)
        row.addWidget(self.fold)
        for widget in (self._input_row(), hidden):
            section.add(widget)
        self._make_row()  # now, that it comes before the others for the keyboard too
        for widget in (self._trouble, acts, self.output):
            section.add(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section)

    def _input_row(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("field", True)
        frame.setToolTip(wrapped(_INPUT_TIP))
        name = QLabel(Names(self._session.network).layer_name(INPUT).capitalize())
        name.setFont(ui_font(weight=600))
        self._input.setFont(number_font(SMALL))
        self._input.setProperty("soft", True)
        row = QHBoxLayout(frame)
        row.setContentsMargins(9, 7, 9, 7)
        row.addWidget(name)
        row.addWidget(self._input, 1, Qt.AlignmentFlag.AlignRight)
        return frame


def _flat(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("quiet", True)
    button.setToolTip(wrapped(tip))
    return button
