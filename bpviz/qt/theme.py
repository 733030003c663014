"""Which palette is in force, and what the window takes from it. Follows the system unless told otherwise."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from bpviz.qt.fonts import load_fonts, math_font, number_font, ui_font
from bpviz.qt.icons import icon
from bpviz.qt.palette import (
    DARK,
    LIGHT,
    Palette,
    blend,
    error_colour,
    error_ink,
    ink_on,
    value_colour,
    value_ink,
)
from bpviz.qt.stylesheet import stylesheet

__all__ = [
    "DARK", "LIGHT", "MODES", "STYLE", "Palette", "Theme", "blend", "error_colour", "error_ink", "icon",
    "ink_on", "load_fonts", "math_font", "number_font", "qt_palette", "stylesheet", "ui_font",
    "value_colour", "value_ink",
]

MODES = ("system", "light", "dark")
STYLE = ("-style", "Fusion")  # for QApplication; to set it later would make 11 enumerations of Qt's: 5 ms


class Theme(QObject):
    """Dresses the application, which has STYLE, and says so once everything is in place."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._mode = "system"
        self._palette = self._wanted()
        self._window: QWidget | None = None
        load_fonts()
        app.setFont(ui_font())
        self._dress()
        app.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def palette(self) -> Palette:
        return self._palette

    @property
    def mode(self) -> str:
        return self._mode

    def dress(self, window: QWidget) -> None:
        """Dress this window and what belongs to it, instead of the application: with many widgets Qt changes
        the sheet of a window in half the time."""
        self._window = window
        self._app.setStyleSheet("")
        self._dress()

    def set_mode(self, mode: str) -> None:
        """"system", "light" or "dark"; anything else means "system"."""
        mode = mode if mode in MODES else "system"
        if mode != self._mode:
            self._mode = mode
            self._settle(always=True)  # the mode is shown too

    def cycle(self) -> None:
        """The next mode."""
        self.set_mode(MODES[(MODES.index(self._mode) + 1) % len(MODES)])

    def _follow(self) -> None:
        if self._mode == "system":
            self._settle()

    def _settle(self, always: bool = False) -> None:
        wanted = self._wanted()
        if wanted is not self._palette:
            self._palette = wanted
            self._dress()
            self.changed.emit()
        elif always:
            self.changed.emit()

    def _wanted(self) -> Palette:
        dark = system_is_dark(self._app) if self._mode == "system" else self._mode == "dark"
        return DARK if dark else LIGHT

    def _dress(self) -> None:
        self._app.setPalette(qt_palette(self._palette))
        sheet = stylesheet(self._palette)
        if self._window is not None and isValid(self._window):
            self._window.setStyleSheet(sheet)
            return
        self._app.setStyleSheet("")  # to exchange one sheet for another takes Qt four times as long as this
        self._app.setStyleSheet(sheet)


def system_is_dark(app: QApplication) -> bool:
    """Whether the desktop asks for dark; one that says nothing is light."""
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def qt_palette(palette: Palette) -> QPalette:
    """Qt's own palette in the same colours, for whatever the style sheet does not name."""
    roles = QPalette.ColorRole
    made = QPalette()
    for role, colour in (
        (roles.Window, palette.window), (roles.WindowText, palette.ink),
        (roles.Base, palette.panel), (roles.AlternateBase, palette.field), (roles.Text, palette.ink),
        (roles.Button, palette.field), (roles.ButtonText, palette.ink), (roles.BrightText, palette.danger),
        (roles.ToolTipBase, palette.panel), (roles.ToolTipText, palette.ink),
        (roles.PlaceholderText, palette.ink_faint),
        (roles.Highlight, palette.accent), (roles.HighlightedText, palette.accent_ink),
        (roles.Link, palette.accent), (roles.LinkVisited, palette.accent), (roles.Accent, palette.accent),
        (roles.Light, palette.panel), (roles.Midlight, palette.panel_border), (roles.Mid, palette.grid),
        (roles.Dark, palette.line), (roles.Shadow, palette.line),
    ):
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette.ink_faint))
    return made
