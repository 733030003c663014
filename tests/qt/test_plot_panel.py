"""The tabs of the plots in the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.qt.plots.plot_panel import KEYS, PLOTS
from bpviz.qt.theme import Theme
from bpviz.qt.window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(load_preset("xor"), Theme(qapp))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: not made.afterwards.left, timeout=20_000)
    yield made
    made.close()


def test_each_key_opens_its_plot_even_where_all_were_hidden(window: MainWindow, qtbot: QtBot) -> None:
    for key, name in zip(KEYS, PLOTS, strict=True):
        window.plot_frame.hide()
        qtbot.keyClick(window, getattr(Qt.Key, f"Key_{key}"))
        assert window.plot_frame.isVisible()
        assert window.plots.shown == name
        page = window.plots.open_page
        assert page is not None and page.isVisible() and page.title == name


def test_the_choices_beside_the_tabs_are_those_of_the_open_plot(window: MainWindow) -> None:
    for name in (*PLOTS, *reversed(PLOTS)):
        window.show_plot(name)
        shown = [plot for plot in PLOTS if window.plots.page(plot).controls.isVisible()]
        assert shown == [name]


def test_a_plot_that_is_not_seen_is_not_refreshed(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    for name in PLOTS:
        window.show_plot(name)
    asked: list[str] = []
    for name in PLOTS:
        monkeypatch.setattr(window.plots.page(name)._coalescer, "_act", lambda name=name: asked.append(name))
    window.session.advance()
    qapp.processEvents()
    assert set(asked) <= {PLOTS[-1]}


def test_the_button_offers_to_take_the_plot_away(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.plots._more, Qt.MouseButton.LeftButton)
    page = window.plots.open_page
    assert page is not None
    menu = page.findChild(QMenu)
    assert menu is not None and menu.isVisible()
    assert "Copy picture" in [action.text() for action in menu.actions()]
    menu.close()


def test_what_was_saved_or_could_not_be_is_said_by_the_window(window: MainWindow) -> None:
    page = window.plots.open_page
    assert page is not None
    page.told.emit("Saved it.")
    assert window.notice.text == "Saved it." and window.notice.passes
    page.failed.emit("No.")
    assert window.notice.text == "No." and not window.notice.passes


def test_the_window_opens_with_the_plot_that_was_shown_last(
    window: MainWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    window.show_plot("Landscape")
    window.close()
    again = MainWindow(load_preset("toy"), Theme(qapp))
    qtbot.addWidget(again)
    assert again.plots.shown == "Landscape"
