"""Paints pixels of the example that is shown, a stroke at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from bpviz.qt.hand.example_editor import ExampleEditor
from bpviz.qt.hand.pacer import Pacer
from bpviz.qt.panels.entries import EntryError
from bpviz.qt.session import Session


class Brush(QObject):
    """A stroke sets pixels to the full value, or to 0 where it erases; it is one edit to undo."""

    began = Signal()
    refused = Signal(str)

    def __init__(self, session: Session, examples: ExampleEditor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._examples = examples
        self._pacer = Pacer(self._paint, self)
        self._gesture: object = None
        self._value = 0.0
        self._pixels: set[int] = set()
        self._changed = False

    @property
    def active(self) -> bool:
        return self._gesture is not None

    def begin(self, pixel: int, erase: bool) -> None:
        self._gesture, self._changed = object(), False
        self.began.emit()
        full = max(1.0, float(self._session.dataset.inputs.max()))
        self._value = 0.0 if erase else full
        self.touch(pixel)

    def touch(self, pixel: int) -> None:
        """The stroke goes over this one too."""
        if self.active:
            self._pixels.add(pixel)
            self._pacer.ask(self._value)

    def end(self) -> None:
        self._pacer.flush()
        self._gesture = None

    def cancel(self) -> None:
        """The example as it was before the stroke."""
        self._pacer.drop()
        self._pixels.clear()
        self._gesture = None
        if self._changed:
            self._changed = False
            self._session.undo()

    def _paint(self, value: float) -> None:
        pixels, self._pixels = self._pixels, set()
        try:
            fresh = {pixel: value for pixel in pixels if self._examples.input(pixel) != value}
            if fresh:
                self._examples.set_cells(fresh, self._gesture)
                self._changed = True
        except EntryError as error:
            self._gesture = None
            self.refused.emit(str(error))
