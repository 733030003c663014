"""Long work in slices."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bpviz.qt.plots.working import SLICE, Working

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def widget(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_slice_ends_when_its_time_is_over(widget: QWidget) -> None:
    clock, done = Clock(), []

    def job() -> Iterator[None]:
        for k in range(10):
            clock.now += SLICE / 2.5
            done.append(k)
            yield

    working = Working(widget, clock)
    working.begin(job())
    working.work()
    assert done == [0, 1, 2]
    assert working.busy


def test_a_piece_that_takes_long_is_a_slice_of_its_own(widget: QWidget) -> None:
    clock = Clock()

    def job() -> Iterator[None]:
        while True:
            clock.now += 1.0
            yield

    working = Working(widget, clock)
    working.begin(job())
    working.work()
    assert clock.now == 1.0


def test_when_all_is_done_it_says_so_once_and_rests(widget: QWidget, qtbot: QtBot) -> None:
    working = Working(widget)
    with qtbot.waitSignal(working.done):
        working.begin(iter(range(5)))
    assert not working.busy
    with qtbot.assertNotEmitted(working.done, wait=20):
        working.work()


def test_a_new_job_takes_the_place_of_the_old(widget: QWidget, qtbot: QtBot) -> None:
    working, seen = Working(widget), []

    def old() -> Iterator[None]:
        while True:
            seen.append("old")
            working.begin(iter(()))
            yield

    with qtbot.waitSignal(working.done):
        working.begin(old())
        working.work()
        while working.busy:
            working.work()
    assert seen == ["old"]


def test_while_nobody_looks_nothing_is_done_and_later_it_goes_on(widget: QWidget, qtbot: QtBot) -> None:
    working = Working(widget)
    widget.hide()
    working.begin(iter(range(3)))
    working.work()
    assert working.busy
    widget.show()
    with qtbot.waitSignal(working.done):
        working.go_on()
