"""What is said beside a control whose setting cannot be used, and perhaps a way out of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from bpviz.document.editing import Edit
from bpviz.document.errors import DocumentError
from bpviz.document.pairing import Choice
from bpviz.engine.errors import EngineError
from bpviz.qt.session import Session

CHANGE_BOTH = "Change both"


class Refusal(QWidget):
    """Hidden until something is refused. Its parts are made then: most controls never need them."""

    def __init__(self, after: QWidget | None = None) -> None:
        """after: the control that has the keyboard before what is offered here."""
        super().__init__()
        self._after = after
        self._label: QLabel | None = None
        self._offer: QPushButton | None = None
        self._act: Callable[[], object] | None = None
        self.hide()

    def text(self) -> str:
        """What is said; nothing while nothing is refused."""
        return self._label.text() if self._label is not None else ""

    @property
    def offer(self) -> QPushButton | None:
        """The way out, while one is offered."""
        return self._offer if self._act is not None else None

    def say(self, sentence: str, offer: str = "", act: Callable[[], object] | None = None) -> None:
        """Say why, and offer an act in these words."""
        if self._label is None or self._offer is None:
            self._label, self._offer = self._make()
        self._act = act
        self._label.setText(sentence)
        self._offer.setText(offer)
        self._offer.setAccessibleDescription(sentence)
        self._offer.setVisible(act is not None)
        self.show()
        QTimer.singleShot(0, self, self._come_into_sight)  # once it has its place

    def forgive(self) -> None:
        if self._label is not None:
            self._act = None
            self._label.clear()
            self.hide()

    def attempt(self, session: Session, edit: Callable[[], Edit], gesture: object = None) -> bool:
        """Make an edit, or say why it cannot be made; then everything is as it was.

        Edits of one gesture, as steps of a field, are undone together.
        """
        try:
            session.apply(edit(), gesture=gesture)
        except (DocumentError, EngineError) as error:
            self.say(sentence(error))
            return False
        self.forgive()
        return True

    def attempt_choice(self, session: Session, choice: Choice) -> bool:
        """Make it if it goes as it is; else say why not, and offer what would have to change along."""
        if not choice.why:
            return self.attempt(session, choice.edit)

        def with_the_other() -> None:
            self.attempt(session, choice.edit)

        if choice.also:
            self.say(f"{choice.why} Change the {choice.also} as well?", CHANGE_BOTH, with_the_other)
        else:
            self.say(choice.why)
        return False

    def _come_into_sight(self) -> None:
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if isinstance(around, QScrollArea) and self.isVisible():
            around.ensureWidgetVisible(self, 0, 8)

    def _accept(self) -> None:
        if self._act is not None:
            self._act()

    def _make(self) -> tuple[QLabel, QPushButton]:
        label = QLabel()
        label.setWordWrap(True)
        label.setProperty("trouble", True)
        offer = QPushButton()
        offer.setProperty("quiet", True)
        offer.setToolTip("Both at once, and undone at once")
        offer.clicked.connect(self._accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(offer, 0, Qt.AlignmentFlag.AlignLeft)
        if self._after is not None:
            QWidget.setTabOrder(self._after, offer)
        return label, offer


def sentence(error: DocumentError | EngineError) -> str:
    """An error's text without its place, as a sentence."""
    text = error.expectation if isinstance(error, DocumentError) else str(error)
    return text[:1].upper() + text[1:].rstrip(".") + "."
