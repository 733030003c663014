"""What is chosen from a menu. The menu is made when it is asked for: a panel has many, and opens few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStyleOptionButton

from bpviz.document.pairing import Choice
from bpviz.qt.panels.tip import wrapped


@dataclass(frozen=True, slots=True)
class Option:
    """A line of the menu. tip: rich text. hint: at its right, why it is not to be had as things are."""

    name: str
    label: str
    tip: str = ""
    hint: str = ""
    possible: bool = True


class Picker(QPushButton):
    """Shows what is chosen. Says what was picked; whether that is then so is its owner's affair."""

    picked = Signal(str)

    def __init__(self, caption: str, options: Callable[[], Sequence[Option]], role: str = "plain") -> None:
        super().__init__()
        self.setProperty("picker", role)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._caption = caption
        self._options = options
        self._chosen = ""
        self.clicked.connect(self.open_menu)

    @property
    def chosen(self) -> str:
        """The name of what is chosen."""
        return self._chosen

    def show_choice(self, name: str, label: str, tip: str = "") -> None:
        self._chosen = name
        if self.text() != label:
            self.setText(label)
        self.setAccessibleName(f"{self._caption}: {label}")
        if self.toolTip() != tip:
            self.setToolTip(tip)

    def name_caption(self, caption: str) -> None:
        """What it chooses, for those who cannot see it."""
        self._caption = caption
        self.setAccessibleName(f"{caption}: {self.text()}")

    def menu_of_options(self) -> QMenu:
        """A menu of what can be chosen now; it goes when it closes."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for option in self._options():
            menu.addAction(self._action(menu, option))
        menu.triggered.connect(self._pick)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def open_menu(self) -> None:
        menu = self.menu_of_options()
        width = menu.sizeHint().width()
        menu.popup(self.mapToGlobal(QPoint(self.width() - width, self.height() + 2)))
        chosen = (action for action in menu.actions() if action.data() == self._chosen)
        menu.setActiveAction(next(chosen, menu.actions()[0]))

    def _action(self, menu: QMenu, option: Option) -> QAction:
        hint = f"\t{option.hint}" if option.hint else ""
        action = QAction(option.label + hint, menu)
        action.setData(option.name)
        action.setToolTip(option.tip or option.label)
        action.setEnabled(option.possible)
        if option.name == self._chosen:
            font = menu.font()
            font.setWeight(font.Weight.DemiBold)
            action.setFont(font)
        return action

    def _pick(self, action: QAction) -> None:
        self.picked.emit(action.data())

    # -- Qt ----------------------------------------------------------------------------------------

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        option.features |= QStyleOptionButton.ButtonFeature.HasMenu  # drawn as if the menu were there already

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_menu()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), super().minimumSizeHint().height())


def option_of(choice: Choice, formula: str) -> Option:
    """A function in a menu: its formula, or why it is not to be had, when it is pointed at."""
    tip = f"<p>{choice.label}: {formula}</p>" + (wrapped(choice.why) if choice.why else "")
    return Option(choice.name, choice.label, tip, choice.hint, choice.possible)
