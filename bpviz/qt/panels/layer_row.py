"""A layer of the network in the set-up, or several that are alike: units, activation, bias."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bpviz.document.editing import remove_layer, set_bias, set_units
from bpviz.document.pairing import activation_choice
from bpviz.engine.activation import ACTIVATIONS, activation
from bpviz.explain.plain_formula import plain_formula
from bpviz.qt.fonts import ui_font
from bpviz.qt.panels.entries import EntryError, read_units
from bpviz.qt.panels.picker import Option, Picker, option_of
from bpviz.qt.panels.refusal import Refusal
from bpviz.qt.panels.tip import wrapped
from bpviz.qt.panels.unit_stepper import UnitStepper
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme, icon

_PADS = (9, 5, 4, 5)
_CORNER = 20
_LEAST_WIDTH = 150
_OUTPUT_UNITS = "The units of the output are the targets of the data: change the data to change them."
_LAST_UNIT = "A layer has at least one unit. To take the layer away, press its ×."
_ONE_LESS = "Each of these layers has at least one unit."
_BIAS_TIP = "Whether each unit adds a bias of its own to its sum. Steps count from 0 again."
_REMOVE_TIP = "Take this layer away. The layers around it meet with new weights."
_OPEN_TIP = "Show these layers one by one. What is changed here is changed in all of them."


class LayerRow(QFrame):
    """Shows one layer of the session's network, or a run of equal hidden ones, and edits them all at once."""

    opened = Signal()  # the layers of the run are to be seen one by one

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.setProperty("field", True)
        self._session = session
        self._theme = theme
        self._layers = range(0)
        self._name = QLabel()
        self._name.setFont(ui_font(weight=600))
        self.units = UnitStepper()
        self.units.field.entered.connect(self._enter_units)
        self.units.stepped.connect(self._step_units)
        self.remove = self._corner("×", _REMOVE_TIP)
        self.remove.clicked.connect(self.remove_layer)
        self.open = self._corner("", _OPEN_TIP)
        self.open.clicked.connect(self.opened)
        self.activation = Picker("Activation", self._menu, role="accent")
        self.activation.picked.connect(self.choose_activation)
        self.bias = QCheckBox("bias")
        self.bias.setProperty("small", True)
        self.bias.setToolTip(wrapped(_BIAS_TIP))
        self.bias.clicked.connect(self._set_bias)
        self.trouble = Refusal(after=self.activation)
        self.units.field.reverted.connect(self.trouble.forgive)
        self.units.field.lineEdit().textEdited.connect(self.trouble.forgive)
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def layers(self) -> range:
        """Which layers it stands for."""
        return self._layers

    @property
    def stops(self) -> list[QWidget]:
        """Where the keyboard goes, in order."""
        units = (self.units.fewer, self.units.field, self.units.more)
        return [*units, self.open, self.remove, self.bias, self.activation]

    def show_layers(self, layers: range, name: str) -> None:
        """Stand for these, which are alike; name: as "hidden 1"."""
        network = self._session.network
        layer, output = network.layers[layers[0]], layers[-1] == network.depth - 1
        self._layers = layers
        self._name.setText(name.capitalize())
        self.trouble.forgive()
        self.units.show_units(layer.units, name, _OUTPUT_UNITS if output else "")
        self.activation.name_caption(f"Activation of {name}")
        now = activation(layer.activation)
        self.activation.show_choice(now.name, now.label, f"<p>{now.label}: {plain_formula(now.latex)}</p>")
        self.bias.setChecked(layer.bias)
        self.bias.setAccessibleName(f"Bias of {name}")
        self.remove.setAccessibleName(f"Remove {name}")
        self.open.setAccessibleName(f"Show {name} one by one")
        self.remove.setVisible(len(layers) == 1 and not output)
        self.open.setVisible(len(layers) > 1)

    def put_away(self) -> None:
        """Hide it, with whatever was being typed: leaving a field would enter that."""
        self.trouble.forgive()
        self.units.field.show_text("")
        self.hide()

    # -- what is asked for -------------------------------------------------------------------------

    def choose_activation(self, name: str) -> None:
        if name == self._session.network.layers[self._layers[0]].activation:
            self.trouble.forgive()
            return
        choice = activation_choice(self._session.experiment, self._layers, name)
        self.trouble.attempt_choice(self._session, choice)

    def remove_layer(self) -> None:
        edit = partial(remove_layer, self._session.experiment, self._layers[0])
        self.trouble.attempt(self._session, edit)

    def _enter_units(self, text: str) -> None:
        try:
            self._set_units(read_units(text), None)
        except EntryError as error:
            self.trouble.say(str(error))

    def _step_units(self, steps: int) -> None:
        units = self._session.network.layers[self._layers[0]].units + steps
        if units < 1:
            self.trouble.say(_LAST_UNIT if len(self._layers) == 1 else _ONE_LESS)
        else:
            self._set_units(units, ("units", self._layers))

    def _set_units(self, count: int, gesture: object) -> None:
        if count == self._session.network.layers[self._layers[0]].units:
            self.units.field.show_text(str(count))  # the same number, perhaps written differently
            self.trouble.forgive()
        else:
            edit = partial(set_units, self._session.experiment, self._layers, count)
            self.trouble.attempt(self._session, edit, gesture)

    def _set_bias(self, on: bool) -> None:
        edit = partial(set_bias, self._session.experiment, self._layers, on)
        if not self.trouble.attempt(self._session, edit):
            self.bias.setChecked(not on)

    def _menu(self) -> list[Option]:
        experiment, layers = self._session.experiment, self._layers
        return [
            option_of(activation_choice(experiment, layers, each.name), plain_formula(each.latex))
            for each in ACTIVATIONS.values()
        ]

    # -- building ----------------------------------------------------------------------------------

    def _corner(self, sign: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setProperty("small", True)
        button.setToolTip(wrapped(tip))
        button.setFixedSize(_CORNER, _CORNER)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*_PADS)
        column.setSpacing(2)
        above, below = QHBoxLayout(), QHBoxLayout()
        above.setSpacing(0)
        above.addWidget(self._name)
        above.addStretch(1)
        above.addWidget(self.units)
        corner = QGridLayout()
        corner.setContentsMargins(2, 0, 0, 0)
        corner.setColumnMinimumWidth(0, _CORNER)  # where there is nothing to press, too
        corner.addWidget(self.open, 0, 0)
        corner.addWidget(self.remove, 0, 0)
        above.addLayout(corner)
        below.addWidget(self.bias)
        below.addStretch(1)
        below.addWidget(self.activation)
        column.addLayout(above)
        column.addLayout(below)
        column.addWidget(self.trouble)

    def _dress(self) -> None:
        self.open.setIcon(icon("unfold", self._theme.palette.ink_soft))

    # -- Qt ----------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())
