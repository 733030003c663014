"""A number that can be typed, or stepped by arrow keys, arrows and wheel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

from bpviz.qt.fonts import number_font

_OURS = (Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down)


class NumberField(QAbstractSpinBox):
    """Shows the text it was given and says what was asked of it; what a number means is its owner's affair.

    Return or leaving the field enters the text, Escape gives the last text back; both give the keyboard back
    to the window. The wheel steps only while the field has it, so that scrolling past changes nothing.
    """

    entered = Signal(str)
    stepped = Signal(int)
    reverted = Signal()
    left = Signal()      # the keyboard went elsewhere

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setKeyboardTracking(False)
        self.setFont(number_font(weight=500))
        self.lineEdit().textEdited.connect(self._mark)

    @property
    def text_shown(self) -> str:
        """What stands in the field, typed or given."""
        return self.lineEdit().text()

    def show_text(self, text: str) -> None:
        """The text that stands here now; whatever was being typed gives way to it."""
        self._shown = text
        if self.lineEdit().text() != text:
            self.lineEdit().setText(text)
        self.lineEdit().setModified(False)

    def _mark(self, text: str) -> None:
        self.lineEdit().setModified(text != self._shown)

    def _enter(self) -> None:
        if self.lineEdit().isModified():
            self.entered.emit(self.lineEdit().text())

    def _leave_if_done(self) -> None:
        """Give the keyboard back to the window, whose shortcuts are single keys; a refused entry keeps it."""
        if self.lineEdit().isModified():
            self.selectAll()
        else:
            self.clearFocus()

    # -- Qt ----------------------------------------------------------------------------------------

    def stepBy(self, steps: int) -> None:
        self.stepped.emit(steps)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        flags = QAbstractSpinBox.StepEnabledFlag
        return flags.StepUpEnabled | flags.StepDownEnabled

    def event(self, event: QEvent) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in _OURS:
            event.accept()  # before any shortcut of the window
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
            self._leave_if_done()
        elif event.key() == Qt.Key.Key_Escape:
            self.show_text(self._shown)
            self.reverted.emit()
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.lineEdit().deselect()
            self._enter()
            self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
