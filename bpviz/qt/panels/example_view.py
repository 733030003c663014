"""The example that is shown: its image if it has one, what it is, and what the network takes it for."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bpviz.engine.arrays import Array
from bpviz.explain.number import number
from bpviz.explain.phase import Kind
from bpviz.explain.quantities import known
from bpviz.qt.hand.brush import Brush
from bpviz.qt.hand.example_editor import ExampleEditor
from bpviz.qt.panels.example_image import ExampleImage
from bpviz.qt.panels.refusal import Refusal
from bpviz.qt.panels.value_row import ValueRow
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme


class ExampleView(QWidget):
    """Shows the chosen row of the record's batch, or nothing where its classes and image say nothing more."""

    def __init__(self, session: Session, player: Player, spotlight: Spotlight, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._player = player
        self._spotlight = spotlight
        self.brush = Brush(session, ExampleEditor(session, player, spotlight, self), self)
        self.image = ExampleImage(theme, self.brush)
        self._target = ValueRow("Class", tip="The class of this example in the data.")
        self._taken = ValueRow("Seen as", tip="The class whose output is largest, and that output.")
        self.trouble = Refusal()
        self.brush.refused.connect(self.trouble.say)
        self.brush.began.connect(self.trouble.forgive)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addStretch(1)
        words.addWidget(self._target)
        words.addWidget(self._taken)
        words.addWidget(self.trouble)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.image)
        row.addLayout(words, 1)

    def refresh(self) -> None:
        """The record, the phase or the spotlight is another; called by the panel that shows this view."""
        dataset, record, example = self._session.dataset, self._session.record, self._spotlight.example
        self.setVisible(dataset.image_shape is not None or bool(dataset.class_names))
        self.image.setVisible(dataset.image_shape is not None)
        if dataset.image_shape is not None:
            row = record.inputs.mean(axis=0) if example is None else record.inputs[example]
            self.image.show_pixels(row.reshape(dataset.image_shape))
        classes = bool(dataset.class_names)
        self._target.setVisible(classes)
        self._taken.setVisible(classes)
        if classes:
            self._name_classes(dataset.class_names, example)

    def _name_classes(self, names: tuple[str, ...], example: int | None) -> None:
        record, depth = self._session.record, self._session.network.depth
        if example is None:
            self._target.set_value("a whole batch")
            self._taken.set_value("—")
            return
        self._target.set_value(names[_class_of(record.targets[example])])
        outputs = record.outputs[example]
        if known(depth, self._player.complete, Kind.ACTIVATE, depth - 1):
            alone = len(outputs) == 1
            output = f"ŷ {number(float(outputs[0]))}" if alone else number(float(outputs.max()))
            self._taken.set_value(f"{names[_class_of(outputs)]} ({output})")
        else:
            self._taken.set_value("—")


def _class_of(outputs: Array) -> int:
    """The class that outputs, or targets, stand for: a lone one parts two classes at one half."""
    return int(outputs.argmax()) if len(outputs) > 1 else int(outputs[0] >= 0.5)
