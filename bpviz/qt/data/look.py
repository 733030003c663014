"""The style of lists, tables and sentences of trouble in the data window, made from a palette."""

from __future__ import annotations

from bpviz.qt.palette import Palette


def look(palette: Palette) -> str:
    """For the window's own style sheet, on top of the application's."""
    return f"""
QLabel[trouble="true"] {{ color: {palette.danger}; }}
QListView, QTableView, QTextEdit {{ background: {palette.field}; color: {palette.ink}; border: none;
    border-radius: 6px; outline: none; padding: 4px; }}
QListView::item {{ padding: 4px 8px; border-radius: 4px; }}
QListView::item:hover {{ background: {palette.accent_soft}; }}
QListView::item:selected {{ background: {palette.accent_soft}; color: {palette.accent}; }}
QListView::item:disabled {{ color: {palette.ink_faint}; background: transparent; padding: 8px 8px 2px 4px; }}
QListView:focus, QTableView:focus {{ border: 2px solid {palette.accent}; padding: 2px; }}
QListView#columns:focus {{ border: none; padding: 4px; }}
QPushButton[accent="true"]:disabled {{ background: {palette.field}; color: {palette.line};
    border: 1px solid {palette.panel_border}; }}
QTableView::item {{ padding: 0 6px; }}
QTableCornerButton::section {{ background: {palette.field}; border: none; }}
QCheckBox:focus {{ outline: none; }}
QTableView {{ gridline-color: {palette.grid}; selection-background-color: {palette.accent_soft};
    selection-color: {palette.ink}; }}
"""
