"""A set-up panel on screen, and hands to use it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.qt.panels.number_field import NumberField
from bpviz.qt.panels.picker import Picker
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.setup_panel import SetupPanel
from bpviz.qt.theme import Theme


class Bench:
    """A session with its set-up panel on screen."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, name: str, width: int = 252) -> None:
        self.qtbot = qtbot
        self.session = Session(load_preset(name))
        self.player = Player(self.session, clock=lambda: 0.0)
        self.panel = SetupPanel(self.session, Theme(qapp))
        self.panel.fill()
        qtbot.addWidget(self.panel)
        self.panel.resize(width, 640)
        with qtbot.waitExposed(self.panel):
            self.panel.show()

    @property
    def words(self) -> str:
        """All that stands in labels and pickers."""
        QApplication.processEvents()  # new rows are shown by the event loop
        made = (*self.panel.findChildren(QLabel), *self.panel.findChildren(Picker))
        return " | ".join(widget.text() for widget in made if widget.isVisibleTo(self.panel))

    def type(self, field: NumberField, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
        field.setFocus()
        field.selectAll()
        self.qtbot.keyClicks(field, text)
        self.qtbot.keyClick(field, end)

    def pick(self, picker: Picker, name: str) -> None:
        """As from its menu; what is greyed there cannot be."""
        menu = picker.menu_of_options()
        (action,) = (action for action in menu.actions() if action.data() == name)
        assert action.isEnabled()
        action.trigger()
        menu.close()

    def click(self, widget: QWidget) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def wheel(field: QWidget) -> None:
    """One notch up."""
    at, none = QPointF(5, 5), Qt.MouseButton.NoButton
    phase, held = Qt.ScrollPhase.NoScrollPhase, Qt.KeyboardModifier.NoModifier
    turn = QWheelEvent(at, at, QPoint(), QPoint(0, 120), none, held, phase, False)
    QApplication.sendEvent(field, turn)
