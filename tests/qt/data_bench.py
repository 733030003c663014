"""A data window on screen, with the session that it would change."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.document.source import Source
from bpviz.qt.data.data_window import DataWindow
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme

GENERATED, DRAW, FILE = range(3)


class Bench:
    """Everything is asked for as a person would: by keys, by clicks, by files."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, name: str = "circle") -> None:
        self.qtbot = qtbot
        self.session = Session(load_preset(name))
        self.theme = Theme(qapp)
        self.window = DataWindow(self.session, self.theme)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.before = self.session.snapshot()

    @property
    def said(self) -> str:
        """The sentence beside the button."""
        return self.window.footer.effect.text()

    @property
    def usable(self) -> bool:
        return self.window.footer.use.isEnabled()

    @property
    def untouched(self) -> bool:
        """Whether the session is exactly what it was."""
        now = self.session.snapshot()
        same = (now.preset, now.dataset) == (self.before.preset, self.before.dataset)
        return same and not self.session.undo_name

    @property
    def source(self) -> Source:
        """Where the session's examples come from, when it is no shipped set."""
        source = self.session.experiment.dataset
        assert isinstance(source, Source)
        return source

    def use(self) -> None:
        self.click(self.window.footer.use)

    def click(self, widget: QWidget, at: QPointF | None = None, right: bool = False) -> None:
        button = Qt.MouseButton.RightButton if right else Qt.MouseButton.LeftButton
        if at is None:
            self.qtbot.mouseClick(widget, button)
        else:
            self.qtbot.mouseClick(widget, button, pos=at.toPoint())

    def press(self, widget: QWidget, *keys: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        for key in keys:
            self.qtbot.keyClick(widget, key, modifier or Qt.KeyboardModifier.NoModifier)

    def open(self, path: Path) -> None:
        """Read a table to its end, and see what comes of it."""
        self.window.open_on(path)
        self.qtbot.waitUntil(lambda: not self.window.file.reading.running, timeout=20_000)
        self.qtbot.waitUntil(lambda: not self.window.file.view.judging.running, timeout=20_000)
