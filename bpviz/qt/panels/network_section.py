"""The layers of the network, input first."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpviz.engine.activation import activation
from bpviz.engine.network import Network
from bpviz.explain.address import INPUT
from bpviz.explain.symbol import Names
from bpviz.qt.panels.layer_row import LayerRow
from bpviz.qt.panels.section import Section
from bpviz.qt.panels.settings_words import layer_text, same_layers, units
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme


class NetworkSection(QWidget):
    """A row for each layer of the session's network; equal hidden layers of a deep one share a row."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._rows: list[LayerRow] = []
        self._shown: Network | None = None
        self._section = Section("Network")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._section)
        session.experiment_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        network = self._session.network
        if network == self._shown:
            return
        self._shown = network
        self._section.clear()
        self._rows = [self._input_row(network)]
        self._rows += [self._hidden_row(network, first, last) for first, last in same_layers(network)]
        self._rows.append(self._row(network, network.depth - 1, Names(network).layer_name(network.depth - 1)))
        for row in self._rows:
            self._section.add(row)
        self._fit()

    def _input_row(self, network: Network) -> LayerRow:
        name = Names(network).layer_name(INPUT).capitalize()
        row = LayerRow(name, units(network.inputs, "value"), "", self._theme)
        row.setToolTip("What the network is given: one value for each column of the data.")
        return row

    def _hidden_row(self, network: Network, first: int, last: int) -> LayerRow:
        name = Names(network).layer_name(first)
        several = last > first
        return self._row(network, first, f"{name}–{last + 1}" if several else name, several)

    def _row(self, network: Network, layer: int, name: str, several: bool = False) -> LayerRow:
        settings = network.layers[layer]
        label = activation(settings.activation).label
        row = LayerRow(name.capitalize(), layer_text(settings, several), label, self._theme)
        adds = "adds a bias of its own" if settings.bias else "has no bias"
        row.setToolTip(f"{label} is the activation of these units. Each unit {adds}.")
        return row

    def _fit(self) -> None:
        names = max(row.name_width for row in self._rows)
        stacked = max(row.needed(names) for row in self._rows) > self.width()
        for row in self._rows:
            row.stack(stacked, names)

    # -- Qt ----------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
