"""The bar at the top: which experiment is open, and the acts that concern the whole window."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton

from bpviz.document.preset import load_preset, preset_names
from bpviz.qt.keeping.menus import MenuButton, RecentMenu, SaveMenu
from bpviz.qt.naming import Naming
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme, icon

_PANELS = (
    ("toggle_setup", "panel-left", "Show or hide the set-up (Ctrl+1)"),
    ("toggle_plots", "panel-bottom", "Show or hide the plots (Ctrl+2)"),
    ("toggle_side", "panel-right", "Show or hide the equations and their neighbours (Ctrl+3)"),
)
_PRESET_WIDTH = 199  # the longest of their titles
_NOTATIONS = ("the text's, E and C'(W)", "the standard one, δ and ∂C/∂W")
_THEME_ICONS = {"system": "theme-system", "light": "theme-light", "dark": "theme-dark"}


class TopBar(QFrame):
    """Says what was asked for; the window does it."""

    preset_chosen = Signal(object)  # a Preset
    path_chosen = Signal(object)    # of a recent file
    asked = Signal(str)             # the name of an act of the window

    def __init__(self, session: Session, naming: Naming, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self._session = session
        self._naming = naming
        self._theme = theme
        self._icons: list[tuple[QToolButton, str]] = []
        self._logo = QLabel()
        self._presets = self._make_presets()
        self._name = session.preset.title
        self.recent_menu, self.save_menu = RecentMenu(), SaveMenu()
        self.undo_button = self._icon_button("undo", "undo", "")
        self.redo_button = self._icon_button("redo", "redo", "")
        self._theme_button = self._icon_button(_THEME_ICONS[theme.mode], "cycle_theme", "")
        self._notation_button = self._text_button("Notation", "toggle_notation", "")
        self._lay_out()
        self.recent_menu.chosen.connect(self.path_chosen)
        self.save_menu.asked.connect(self.asked)
        session.history_changed.connect(self._say_history)
        theme.changed.connect(self._dress)
        naming.changed.connect(self._say_notation)
        self._follow()
        self._say_history()
        self._say_notation()
        self._dress()

    def show_name(self, name: str) -> None:
        """What is open: the name of its file, or the title of its experiment."""
        self._name = name
        self._follow()

    def _make_presets(self) -> QComboBox:
        box = QComboBox()
        box.setToolTip("The preset that is open; choose another")
        box.setAccessibleName("Preset")
        box.setFixedWidth(_PRESET_WIDTH)
        box.addItem(self._session.preset.title, self._session.preset)
        box.activated.connect(self._choose)
        return box

    def offer_presets(self) -> None:
        """Fill the list, once; to read all of them takes longer than the window's first picture."""
        self._presets.clear()
        for k, name in enumerate(preset_names()):
            preset = load_preset(name)
            self._presets.addItem(preset.title, preset)
            self._presets.setItemData(k, preset.description, Qt.ItemDataRole.ToolTipRole)
        self._follow()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 16, 8)
        row.setSpacing(6)
        name = QLabel("bpviz")
        name.setObjectName("wordmark")
        row.addWidget(self._logo)
        row.addWidget(name)
        row.addSpacing(10)
        row.addWidget(self._presets)
        row.addSpacing(8)
        row.addWidget(self._text_button("Gallery", "show_gallery", "All presets in pictures (Ctrl+G)"))
        row.addWidget(self._text_button("Open", "open_file", "Open a document or another file (Ctrl+O)"))
        self._add_beside(row, MenuButton("What was opened or saved last", self.recent_menu))
        row.addWidget(self._text_button("Save", "save", "Save the document (Ctrl+S)"))
        self._add_beside(row, MenuButton("Other ways to save and share", self.save_menu))
        row.addWidget(self.undo_button)
        row.addWidget(self.redo_button)
        tip = "Play with three nested functions A(B(C(x))) (Ctrl+K)"
        row.addWidget(self._text_button("Chain rule", "show_playground", tip))
        row.addStretch(1)
        for action, picture, tip in _PANELS:
            row.addWidget(self._icon_button(picture, action, tip))
        row.addSpacing(8)
        row.addWidget(self._notation_button)
        row.addWidget(self._theme_button)
        row.addWidget(self._icon_button("help", "show_shortcuts", "Help: all shortcuts (?)"))

    def _add_beside(self, row: QHBoxLayout, button: MenuButton) -> None:
        """Close to the button before it."""
        row.addSpacing(-row.spacing())
        row.addWidget(button)
        self._icons.append((button, "chevron-down"))

    def _text_button(self, text: str, action: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("flat", True)
        button.setProperty("act", action)
        button.setToolTip(tip)
        button.clicked.connect(self._ask)
        return button

    def _icon_button(self, picture: str, action: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("act", action)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setIconSize(QSize(18, 18))
        button.clicked.connect(self._ask)
        self._icons.append((button, picture))
        return button

    def _ask(self) -> None:
        self.asked.emit(self.sender().property("act"))

    def _choose(self, index: int) -> None:
        self.preset_chosen.emit(self._presets.itemData(index))

    def _follow(self) -> None:
        """Show the name of what is open, also when it is none of the presets."""
        self._presets.setCurrentIndex(self._presets.findText(self._name))
        self._presets.setPlaceholderText(self._name)

    def _say_history(self) -> None:
        """What would be taken back, or done again."""
        for button, word, keys, name in (
            (self.undo_button, "Undo", "Ctrl+Z", self._session.undo_name),
            (self.redo_button, "Redo", "Ctrl+Shift+Z", self._session.redo_name),
        ):
            tip = f"{word} {name} ({keys})" if name else f"Nothing to {word.lower()}"
            button.setEnabled(bool(name))
            button.setToolTip(tip)
            button.setAccessibleName(tip)

    def _say_notation(self) -> None:
        now, other = _NOTATIONS if self._naming.notation == "glossary" else _NOTATIONS[::-1]
        self._notation_button.setToolTip(f"Notation: {now}. Press for {other} (Ctrl+D)")

    def _dress(self) -> None:
        palette = self._theme.palette
        self._logo.setPixmap(icon("bpviz", palette.ink, 26).pixmap(26, 26))
        for button, picture in self._icons:
            drawn = icon(picture, palette.ink_soft, 18)
            if button in (self.undo_button, self.redo_button):
                drawn.addPixmap(icon(picture, palette.line, 18).pixmap(18, 18), QIcon.Mode.Disabled)
            button.setIcon(drawn)
        self._theme_button.setIcon(icon(_THEME_ICONS[self._theme.mode], palette.ink_soft, 18))
        tip = f"Theme: {self._theme.mode}. Press for the next (Ctrl+T)"
        self._theme_button.setToolTip(tip)
        self._theme_button.setAccessibleName(tip)
