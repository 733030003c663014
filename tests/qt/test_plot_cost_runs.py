"""The earlier runs beside the cost plot: how many there are, and what can be done with each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.qt.plots.cost.cost_plot import CostPlot
from bpviz.qt.plots.cost.runs_button import RunsButton
from bpviz.qt.plots.cost.runs_list import RunsList
from bpviz.qt.plots.cost.runs_row import RunRow
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme
from tests.qt.plot_bench import PageBench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen's word on every popup


class Bench:
    """A session with three runs behind it, and the button in a window of its own."""

    def __init__(self, qapp: QApplication, qtbot: QtBot) -> None:
        self.theme = Theme(qapp)
        self.theme.set_mode("light")
        self.qtbot = qtbot
        self.session = Session(load_preset("circle"))
        for steps in (40, 30, 20):
            self.session.advance(steps)
            self.session.roll()
        self.window = QWidget()
        self.button = RunsButton(self.session)
        self.button.setParent(self.window)
        self.button.move(300, 300)
        self.window.resize(800, 400)
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)

    def open(self) -> RunsList:
        self.button.open_list()
        return self.button.popup

    def names(self) -> list[str]:
        return [row.name.text() for row in self.button.popup.rows]

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """As the keyboard does: whoever has the focus gets it first."""
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key, modifier)

    def type(self, row: RunRow, name: str) -> None:
        row.name.setFocus()
        row.name.selectAll()
        self.qtbot.keyClicks(row.name, name)


@pytest.fixture
def bench(qapp: QApplication, qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(qapp, qtbot)
    yield made
    made.button.popup.close()


def test_the_button_is_there_only_while_there_are_earlier_runs(bench: Bench) -> None:
    button, session = bench.button, bench.session
    assert button.isVisible() and button.text() == "3 runs"
    session.undo()
    session.undo()
    assert button.text() == "1 run" and button.accessibleName() == "Earlier runs: 1"
    session.undo()
    assert not button.isVisible()
    session.redo()
    assert button.isVisible()


def test_the_cost_page_has_the_button_and_a_new_page_shows_no_window_of_its_own(
    qapp: QApplication, qtbot: QtBot
) -> None:
    bench = PageBench(CostPlot, qapp, qtbot, "circle")
    (button,) = bench.page.controls.findChildren(RunsButton)
    bench.page.controls.setParent(bench.page)
    bench.page.controls.show()
    assert not button.isVisible()
    bench.session.advance(20)
    bench.session.roll()
    assert button.isVisible() and not button.isWindow()
    other = RunsButton(bench.session)
    qtbot.addWidget(other)
    assert not other.isVisible(), "it waits for its place"


def test_each_run_is_told_newest_first_with_what_was_changed_and_its_last_cost(bench: Bench) -> None:
    rows = bench.open().rows
    runs = bench.session.runs[::-1]
    assert bench.names() == [run.name for run in runs] == ["seed 3", "seed 2", "seed 1"]
    assert [row.difference.text() for row in rows] == ["seed 3 → 4", "seed 2 → 3", "seed 1 → 2"]
    assert all(row.check.isChecked() for row in rows)
    assert rows[0].cost.toolTip().startswith("training cost ") and "of 20" in rows[0].cost.toolTip()


def test_a_run_that_diverged_is_told_to_have(bench: Bench) -> None:
    run = replace(bench.session.runs[-1], diverged=20)
    bench.session.set_runs("change", (*bench.session.runs[:-1], run))
    row = bench.open().rows[0]
    assert row.cost.text() == "diverged" and row.cost.toolTip().endswith("diverged at step 20")


def test_a_run_is_hidden_and_shown_again_and_both_can_be_undone(bench: Bench) -> None:
    row = bench.open().rows[1]
    row.check.click()
    assert [run.hidden for run in bench.session.runs] == [False, True, False]
    assert bench.session.undo_name == "hide earlier run"
    row.check.click()
    assert bench.session.undo_name == "show earlier run" and not bench.session.runs[1].hidden
    bench.session.undo()
    assert not row.check.isChecked(), "the list hears of it"


def test_a_name_is_kept_by_return_and_left_by_escape(bench: Bench) -> None:
    row = bench.open().rows[2]
    bench.type(row, "the good one")
    bench.press(Qt.Key.Key_Escape)
    assert row.name.text() == "seed 1" and bench.button.popup.isVisible()
    bench.type(row, "the good one")
    bench.press(Qt.Key.Key_Return)
    assert bench.session.runs[0].name == "the good one" and bench.session.undo_name == "rename earlier run"
    bench.session.undo()
    assert row.name.text() == "seed 1"


def test_leaving_a_name_keeps_it_and_no_name_is_none(bench: Bench) -> None:
    first, second, _ = bench.open().rows
    bench.type(first, "  kept ")
    second.name.setFocus()
    assert bench.session.runs[-1].name == "kept" and first.name.text() == "kept"
    bench.type(second, " ")
    first.name.setFocus()
    assert second.name.text() == "seed 2" and bench.session.undo_name == "rename earlier run"
    bench.session.undo()
    assert bench.session.undo_name != "rename earlier run", "one name was changed, once"


def test_a_name_that_is_being_typed_stays_while_training_goes_on(bench: Bench) -> None:
    row = bench.open().rows[0]
    bench.type(row, "half a na")
    bench.session.advance(3)
    assert row.name.text() == "half a na" and row.name.hasFocus()


def test_a_run_is_removed_and_the_focus_stays_in_the_list(bench: Bench) -> None:
    rows = bench.open().rows
    rows[2].remove.setFocus()
    bench.press(Qt.Key.Key_Return)
    assert [run.name for run in bench.session.runs] == ["seed 2", "seed 3"]
    assert bench.names() == ["seed 3", "seed 2"] and bench.button.text() == "2 runs"
    assert QApplication.focusWidget() is bench.button.popup.rows[1].remove
    assert bench.session.undo_name == "remove earlier run"


def test_with_the_last_run_the_list_closes_and_the_button_goes(bench: Bench) -> None:
    shown = bench.open()
    shown.remove_all.click()
    assert bench.session.runs == () and not shown.isVisible() and not bench.button.isVisible()
    assert bench.session.undo_name == "remove earlier runs"
    bench.session.undo()
    assert bench.button.text() == "3 runs" and bench.button.isVisible()
    bench.open()
    assert bench.names() == ["seed 3", "seed 2", "seed 1"]


def test_everything_can_be_reached_by_keyboard(bench: Bench) -> None:
    bench.button.setFocus()
    bench.press(Qt.Key.Key_Return)
    first, second, third = bench.button.popup.rows
    assert QApplication.focusWidget() is first.check
    bench.press(Qt.Key.Key_Space)
    assert bench.session.runs[-1].hidden
    bench.press(Qt.Key.Key_Return)
    assert not bench.session.runs[-1].hidden
    reached = [QApplication.focusWidget()]
    for _ in range(9):
        bench.press(Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    wanted = [*first.reached, *second.reached, *third.reached, bench.button.popup.remove_all]
    assert reached == wanted
    second.name.setFocus()
    bench.press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is third.name
    bench.press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is third.name
    bench.press(Qt.Key.Key_Up)
    assert QApplication.focusWidget() is second.name
    bench.press(Qt.Key.Key_Escape)
    assert not bench.button.popup.isVisible()


def test_a_click_beside_it_closes_it_and_one_on_the_button_does_not_open_it_anew(bench: Bench) -> None:
    """Where there is a screen, Qt gives a press that closed a popup to what lies below, unless it is told."""
    shown, kept_back = bench.open(), Qt.WidgetAttribute.WA_NoMouseReplay
    bench.qtbot.mousePress(shown, Qt.MouseButton.LeftButton, pos=QPoint(-200, -50))
    assert not shown.isVisible() and not shown.testAttribute(kept_back)
    bench.open()
    on_button = shown.mapFromGlobal(bench.button.mapToGlobal(bench.button.rect().center()))
    bench.qtbot.mousePress(shown, Qt.MouseButton.LeftButton, pos=on_button)
    assert not shown.isVisible() and shown.testAttribute(kept_back)


def test_it_opens_above_the_button_and_within_the_window_or_below_where_there_is_no_room(
    bench: Bench
) -> None:
    shown = bench.open()
    button, window = bench.button, bench.window.geometry()
    assert shown.geometry().bottom() < button.mapToGlobal(QPoint()).y()
    assert window.left() <= shown.geometry().left() and shown.geometry().right() <= window.right()
    shown.close()
    button.move(790 - button.width(), 10)
    bench.open()
    assert shown.geometry().top() > button.mapToGlobal(QPoint(0, button.height())).y()
    assert shown.geometry().right() <= window.right()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_focus_is_seen_on_a_checked_box(bench: Bench, mode: str) -> None:
    bench.theme.set_mode(mode)
    first, second, _ = bench.open().rows
    QApplication.processEvents()
    with_focus, without = first.check.grab().toImage(), second.check.grab().toImage()
    assert first.check.hasFocus() and with_focus != without


def test_a_longer_list_makes_room_and_a_shorter_one_gives_it_back(bench: Bench) -> None:
    height = bench.open().height()
    bench.session.advance(10)
    bench.session.roll()
    QApplication.processEvents()
    assert len(bench.button.popup.rows) == 4 and bench.button.popup.height() > height
    bench.session.undo()
    QApplication.processEvents()
    assert bench.button.popup.height() == height
