"""The sheet says what the table of shortcuts says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from bpviz.qt.panels.keycaps import Keycaps, caps
from bpviz.qt.shortcut_sheet import ShortcutSheet
from bpviz.qt.shortcuts import SHORTCUTS
from bpviz.qt.theme import Theme


@pytest.fixture
def sheet(qapp: QApplication, qtbot: QtBot) -> ShortcutSheet:
    sheet = ShortcutSheet(Theme(qapp))
    qtbot.addWidget(sheet)
    with qtbot.waitExposed(sheet):
        sheet.show()
    return sheet


def test_every_shortcut_is_on_the_sheet(sheet: ShortcutSheet) -> None:
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    for shortcut in SHORTCUTS:
        assert texts.count(shortcut.text) == 1
        assert texts.count(shortcut.group) == 1
    assert len(sheet.findChildren(Keycaps)) == len(SHORTCUTS)


def test_a_sequence_is_drawn_as_its_caps() -> None:
    assert caps("Shift+Right") == ["Shift", "→"]
    assert caps("Ctrl+1") == ["Ctrl", "1"]
    assert caps("+") == ["+"]
    assert caps("-") == ["−"]


def test_the_sheet_shows_everything_without_scrolling_sideways(sheet: ShortcutSheet) -> None:
    for label in sheet.findChildren(QLabel):
        assert label.width() >= label.minimumSizeHint().width()
        assert label.mapTo(sheet, label.rect().topRight()).x() < sheet.width()
    for keys in sheet.findChildren(Keycaps):
        assert keys.mapTo(sheet, keys.rect().topRight()).x() < sheet.width()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Question])
def test_escape_enter_and_the_question_mark_close_it(qtbot: QtBot, sheet: ShortcutSheet, key: Qt.Key) -> None:
    qtbot.keyClick(sheet, key)
    assert not sheet.isVisible()
