"""Every Qt test runs without a display, with settings of its own, and leaves no window behind."""

from __future__ import annotations

import os
import tempfile

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# Qt looks where settings belong once, before the first of them is read.
_SETTINGS = tempfile.TemporaryDirectory(prefix="bpviz-settings-")
os.environ["XDG_CONFIG_HOME"] = _SETTINGS.name
os.environ["BPVIZ_DATA_DIR"] = f"{_SETTINGS.name}/data"

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication

from bpviz.qt.keeping import questions
from bpviz.qt.theme import Theme


@pytest.fixture(autouse=True)
def no_settings() -> None:
    """Each test begins as on the first day."""
    QSettings("bpviz", "bpviz").clear()


@pytest.fixture(autouse=True)
def nobody_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window with changes would wait for a person. Tests of the question put it back."""
    monkeypatch.setattr(questions, "about_changes", lambda _parent, _name: questions.Answer.LEAVE)


@pytest.fixture(autouse=True)
def no_theme_left(qapp: QApplication) -> Iterator[None]:
    """Themes belong to the application. Hundreds of those of earlier tests would dress it one after the other
    whenever the system's colours change."""
    before = qapp.findChildren(Theme)
    yield
    for theme in qapp.findChildren(Theme):
        if theme not in before:
            theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def no_widget_left(qapp: QApplication) -> Iterator[None]:
    before = set(qapp.topLevelWidgets())
    yield
    for _ in range(3):
        qapp.processEvents()
    left = [w for w in qapp.topLevelWidgets() if w not in before and w.isVisible()]
    assert not left, f"left on screen: {left}"
