"""The style sheet of the whole application, made from a palette.

Widgets ask for a role by a dynamic property, set before they are first shown:

    QFrame       panel      soft panel with a rounded border
                 field      quiet recessed box
                 rule       a thin horizontal line
                 popup      what opens over the window and closes with a click beside it
    QLabel       title      heading of a panel or group
                 soft       label of a value
                 faint      hint
                 current    what is current, in the accent
                 banner     sentence on a soft accent ground
                 trouble    why a setting cannot be used
    QPushButton  accent     the one strong button
                 flat       text without a button's ground (Qt's own property)
                 tab        checkable, underlined when checked
                 choice     small checkable text, as the plots' scales
                 picker     what is chosen from a menu; "accent" in the accent
                 quiet      an act in small accent letters
    QToolButton  always     icon without ground until hovered
                 small      a sign within a row
    QAbstractSpinBox, QCheckBox
                 small      within a row
                 bare       a box without words, which alone shows the focus
    QLineEdit    quiet      text that looks like text until it is pointed at

Named widgets: #topBar, #wordmark, #notice, #offer. Fonts are set by bpviz/qt/fonts.py, weights and sizes
here.
"""

from __future__ import annotations

import re

from bpviz.document.resource import resource
from bpviz.qt.palette import Palette, blend


def stylesheet(palette: Palette) -> str:
    """All of it, for QApplication.setStyleSheet."""
    parts = (_SURFACES, _LABELS, _BUTTONS, _FIELDS, _SLIDERS, _SCROLL_BARS, _MENUS, _TABS)
    text = _BAR.sub(_bar, "\n".join(parts))
    for name, value in sorted(_words(palette).items(), reverse=True):  # longer names before their beginnings
        text = text.replace(f"@{name}", value)
    return text


def _words(palette: Palette) -> dict[str, str]:
    words = {name: getattr(palette, name) for name in Palette.__slots__ if name not in ("name", "dark")}
    words["button_hover"] = blend(palette.field, palette.ink, 0.06).name()
    words["button_press"] = blend(palette.field, palette.ink, 0.12).name()
    words["field_border"] = blend(palette.panel_border, palette.ink, 0.06).name()
    words["accent_hover"] = blend(palette.accent, palette.ink, 0.12).name()
    words["accent_press"] = blend(palette.accent, palette.ink, 0.24).name()
    words["handle_hover"] = blend(palette.window, palette.ink, 0.14).name()
    words["thumb"] = blend(palette.panel, palette.ink, 0.18).name()
    words["thumb_over"] = blend(palette.panel, palette.ink, 0.32).name()
    words["groove"] = blend(palette.panel, palette.ink, 0.11).name()
    for picture in ("chevron-down", "chevron-up", "check"):
        words[picture] = resource("icons", f"{picture}-{palette.name}.svg").as_posix()
    return words


_BAR = re.compile(r"@(across|along)\((@\w+)\)")


def _bar(found: re.Match[str]) -> str:
    """A thin bar in the middle of a splitter's handle. A margin would do as well, but widens the handle."""
    direction = "x2:1, y2:0" if found[1] == "across" else "x2:0, y2:1"
    stops = ((0, "transparent"), (0.33, "transparent"), (0.34, found[2]), (0.66, found[2]),
             (0.67, "transparent"), (1, "transparent"))
    drawn = ", ".join(f"stop:{place} {colour}" for place, colour in stops)
    return f"qlineargradient(x1:0, y1:0, {direction}, {drawn})"


_SURFACES = """
QMainWindow, QDialog, QSplitter { background: @window; }
QFrame[panel="true"] { background: @panel; border: 1px solid @panel_border; border-radius: 8px; }
QFrame[field="true"] { background: @field; border: none; border-radius: 6px; }
QFrame[rule="true"] { background: @grid; border: none; max-height: 1px; min-height: 1px; }
QFrame[popup="true"] { background: @panel; border: 1px solid @field_border; }
QFrame#topBar { background: @panel; border: none; border-bottom: 1px solid @panel_border; }
QFrame#notice { background: @danger_soft; border: 1px solid @danger; border-radius: 8px; }
QFrame#notice[quiet="true"], QFrame#offer { background: @accent_soft; border: 1px solid @accent;
    border-radius: 8px; }
QFrame#notice QLabel, QFrame#offer QLabel { color: @ink; }
QSplitter::handle { background: transparent; }
QSplitter::handle:horizontal:hover { background: @across(@handle_hover); }
QSplitter::handle:vertical:hover { background: @along(@handle_hover); }
QSplitter::handle:horizontal:pressed { background: @across(@accent); }
QSplitter::handle:vertical:pressed { background: @along(@accent); }
QToolTip { background: @panel; color: @ink; border: 1px solid @field_border; padding: 2px 3px; }
"""

_LABELS = """
QLabel { background: transparent; color: @ink; }
QLabel:disabled { color: @ink_faint; }
QLabel[soft="true"] { color: @ink_soft; }
QLabel[faint="true"] { color: @ink_faint; font-size: 12px; }
QLabel[title="true"] { font-weight: 600; }
QLabel[trouble="true"] { color: @danger; font-size: 12px; }
QLabel[current="true"] { color: @accent; font-weight: 600; }
QLabel[banner="true"] { background: @accent_soft; color: @ink; border-radius: 6px; padding: 8px 14px;
    font-weight: 500; }
QLabel#wordmark { font-size: 16px; font-weight: 600; }
"""

_BUTTONS = """
QPushButton { background: @field; color: @ink; border: 1px solid @field_border; border-radius: 6px;
    padding: 5px 12px; }
QPushButton:hover { background: @button_hover; }
QPushButton:pressed { background: @button_press; }
QPushButton:disabled { color: @line; }
QPushButton:focus { border: 2px solid @accent; padding: 4px 11px; }
QPushButton[flat="true"] { background: transparent; border: 1px solid transparent; color: @ink_soft;
    padding: 5px 8px; }
QPushButton[flat="true"]:hover { background: @button_hover; color: @ink; }
QPushButton[flat="true"]:pressed { background: @button_press; }
QPushButton[flat="true"]:focus { border: 2px solid @accent; padding: 4px 7px; }
QPushButton[accent="true"] { background: @accent; color: @accent_ink; border: 1px solid @accent;
    font-weight: 600; padding: 6px 14px; }
QPushButton[accent="true"]:hover { background: @accent_hover; border-color: @accent_hover; }
QPushButton[accent="true"]:pressed { background: @accent_press; }
QPushButton[accent="true"]:focus { border: 2px solid @ink; padding: 5px 13px; }
QPushButton[tab="true"] { background: transparent; color: @ink_soft; border: none; border-radius: 0;
    border-bottom: 2px solid transparent; padding: 4px 0; font-weight: 500; }
QPushButton[tab="true"]:hover { color: @ink; }
QPushButton[tab="true"]:checked { color: @accent; border-bottom: 2px solid @accent; font-weight: 600; }
QPushButton[tab="true"]:focus { background: @accent_soft; padding: 4px 0; border-top: none; }
QPushButton[choice="true"] { background: transparent; color: @ink_soft; border: 1px solid transparent;
    padding: 2px 6px; font-size: 12px; }
QPushButton[choice="true"]:hover { background: @button_hover; color: @ink; }
QPushButton[choice="true"]:checked { background: @accent_soft; color: @ink; font-weight: 500; }
QPushButton[choice="true"]:focus { border: 1px solid @accent; }
QPushButton[picker] { background: transparent; color: @ink; border: 1px solid transparent; border-radius: 6px;
    padding: 3px 16px 3px 4px; font-weight: 500; text-align: right; }
QPushButton[picker="accent"] { color: @accent; font-size: 12px; padding: 1px 16px 1px 4px; }
QPushButton[picker]:hover, QPushButton[picker]:pressed { background: @button_hover; }
QPushButton[picker]:focus { border: 1px solid @accent; }
QPushButton[picker]::menu-indicator { image: url("@chevron-down"); width: 16px; height: 12px;
    subcontrol-origin: margin; subcontrol-position: right center; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 5px;
    color: @ink_soft; }
QToolButton:hover { background: @button_hover; }
QToolButton::menu-indicator { image: none; }
QToolButton:pressed, QToolButton:checked { background: @button_press; }
QToolButton:focus { border: 2px solid @accent; padding: 4px; }
QToolButton[beside="true"] { padding: 8px 2px; }
QToolButton[beside="true"]:focus { padding: 7px 1px; }
QToolButton[small="true"] { padding: 0; border-radius: 5px; font-size: 14px; color: @ink_soft; }
QToolButton[small="true"]:disabled { color: @line; }
QToolButton[small="true"]:focus { border: 1px solid @accent; padding: 0; }
QPushButton[quiet="true"] { background: transparent; color: @accent; border: 1px solid transparent;
    border-radius: 6px; padding: 2px 6px; font-size: 12px; font-weight: 500; }
QPushButton[quiet="true"]:hover { background: @accent_soft; }
QPushButton[quiet="true"]:focus { border: 1px solid @accent; }
QCheckBox[small="true"] { color: @ink_soft; font-size: 12px; spacing: 6px; }
QCheckBox, QRadioButton { color: @ink; spacing: 8px; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid @line; border-radius: 4px;
    background: @field; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border: 1px solid @accent; }
QCheckBox::indicator:checked { background: @accent; border: 1px solid @accent; image: url("@check"); }
QCheckBox:focus { color: @accent; }
QCheckBox[bare="true"]::indicator:focus { width: 12px; height: 12px; border: 2px solid @ink; }
"""

_FIELDS = """
QComboBox, QAbstractSpinBox, QLineEdit { background: @field; color: @ink; border: 1px solid @field_border;
    border-radius: 6px; padding: 4px 8px; min-height: 18px;
    selection-background-color: @accent; selection-color: @accent_ink; }
QComboBox { padding: 4px 10px; font-weight: 500; combobox-popup: 0; }
QComboBox:hover, QAbstractSpinBox:hover, QLineEdit:hover { background: @button_hover; }
QComboBox:focus, QAbstractSpinBox:focus, QLineEdit:focus { border: 2px solid @accent; padding: 3px 7px; }
QComboBox:focus { padding: 3px 9px; }
QComboBox:disabled, QAbstractSpinBox:disabled, QLineEdit:disabled { color: @ink_faint; }
QLineEdit[quiet="true"] { background: transparent; border: 1px solid transparent; padding: 2px 4px;
    min-height: 0; }
QLineEdit[quiet="true"]:hover { background: @button_hover; }
QLineEdit[quiet="true"]:focus { background: @field; border: 1px solid @accent; padding: 2px 4px; }
QAbstractSpinBox[small="true"], QAbstractSpinBox[small="true"]:focus { padding: 0; min-height: 0; }
QAbstractSpinBox[small="true"] QLineEdit { padding: 0; min-height: 0; border: none; background: transparent; }
QAbstractSpinBox[small="true"]::up-button, QAbstractSpinBox[small="true"]::down-button {
    width: 0; margin: 0; subcontrol-position: top left; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("@chevron-down"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: @panel; color: @ink; border: 1px solid @field_border;
    padding: 4px; outline: none; selection-background-color: @accent_soft; selection-color: @ink; }
QComboBox QAbstractItemView::item { min-height: 20px; padding: 3px 6px; border: none; border-radius: 4px; }
QComboBox QAbstractItemView::item:hover, QComboBox QAbstractItemView::item:selected {
    background: @accent_soft; color: @ink; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent;
    width: 18px; }
QAbstractSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right;
    margin: 2px 3px 0 0; }
QAbstractSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right;
    margin: 0 3px 2px 0; }
QAbstractSpinBox::up-arrow { image: url("@chevron-up"); width: 11px; height: 11px; }
QAbstractSpinBox::down-arrow { image: url("@chevron-down"); width: 11px; height: 11px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: @button_press;
    border-radius: 3px; }
"""

_SLIDERS = """
QSlider:horizontal { min-height: 22px; }
QSlider::groove:horizontal { height: 4px; background: @groove; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -6px 0; border-radius: 8px;
    background: @panel; border: 2px solid @accent; }
QSlider::handle:horizontal:hover { background: @accent_soft; }
QSlider::handle:horizontal:pressed, QSlider::handle:horizontal:focus { background: @accent; }
"""

_SCROLL_BARS = """
QScrollArea, QAbstractScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @thumb; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 28px; margin: 2px 2px 2px 2px; }
QScrollBar::handle:horizontal { min-width: 28px; margin: 2px 2px 2px 2px; }
QScrollBar::handle:hover { background: @thumb_over; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""

_MENUS = """
QMenu { background: @panel; color: @ink; border: 1px solid @field_border; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: @accent_soft; }
QMenu::item:disabled { color: @ink_faint; }
QMenu::separator { height: 1px; background: @grid; margin: 4px 8px; }
QHeaderView::section { background: @field; color: @ink_soft; border: none; padding: 4px 8px; }
QProgressBar { background: @groove; border: none; border-radius: 2px; max-height: 4px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
"""

_TABS = """
QTabWidget::pane { border: none; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @ink_soft; border: none; border-bottom: 2px solid transparent;
    padding: 6px 0; margin-right: 24px; font-weight: 500; }
QTabBar#sideTabs::tab { margin-right: 0; font-size: 12px; padding: 6px 1px 5px 1px; }
QTabBar::tab:hover { color: @ink; }
QTabBar::tab:selected { color: @accent; border-bottom: 2px solid @accent; }
QTabBar::tab:focus { background: @accent_soft; }
"""
