"""What is done behind the first picture: a piece a turn, whatever becomes of the one before."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from bpviz.qt import breathing
from bpviz.qt.afterwards import Afterwards

pytestmark = pytest.mark.usefixtures("qapp")


def finish(qtbot: QtBot, afterwards: Afterwards) -> None:
    with qtbot.waitSignal(afterwards.done, timeout=5000):
        afterwards.begin()


def test_pieces_are_done_in_order_and_only_once_begun(qapp: QApplication, qtbot: QtBot) -> None:
    done: list[int] = []
    afterwards = Afterwards([lambda k=k: done.append(k) for k in range(4)])  # type: ignore[misc]
    qapp.processEvents()
    assert done == []
    finish(qtbot, afterwards)
    assert done == [0, 1, 2, 3]
    assert afterwards.left == 0


def test_between_two_pieces_other_events_have_their_turn(qapp: QApplication) -> None:
    done: list[int] = []
    afterwards = Afterwards([lambda: done.append(0), lambda: done.append(1)])
    afterwards.begin()
    while not done:
        qapp.processEvents()
    assert done == [0]


def test_a_piece_that_fails_keeps_the_others_from_nothing(qtbot: QtBot) -> None:
    done: list[int] = []

    def fail() -> None:
        raise ImportError("no such library")

    afterwards = Afterwards([fail, lambda: done.append(1)])
    with capture_exceptions() as errors:
        finish(qtbot, afterwards)
    assert [type(error[1]) for error in errors] == [ImportError]
    assert done == [1]


def test_begun_again_it_does_nothing_twice(qtbot: QtBot) -> None:
    done: list[int] = []
    afterwards = Afterwards([lambda: done.append(0)])
    afterwards.begin()
    finish(qtbot, afterwards)
    afterwards.begin()
    assert done == [0]


def test_stopped_it_leaves_the_rest_undone(qapp: QApplication) -> None:
    done: list[int] = []
    afterwards = Afterwards([lambda: done.append(0)])
    afterwards.begin()
    afterwards.stop()
    for _ in range(5):
        qapp.processEvents()
    assert done == []


def test_in_a_turn_that_an_import_gives_it_waits(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it imports may import what is half imported, further down the stack."""
    done: list[int] = []
    afterwards = Afterwards([lambda: done.append(0)])
    monkeypatch.setattr(breathing, "_SLICE", -1.0)
    afterwards.begin()
    with breathing.breathing():
        for _ in range(5):
            sys.meta_path[0].find_spec("anything", None)
    assert done == []
    finish(qtbot, afterwards)
    assert done == [0]


def test_an_import_within_such_a_turn_gives_no_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[bool] = []
    monkeypatch.setattr(breathing, "_SLICE", -1.0)

    def turn() -> None:
        turns.append(breathing.within_import())
        with breathing.breathing():
            sys.meta_path[0].find_spec("anything", None)

    monkeypatch.setattr(QApplication, "processEvents", lambda _app: turn())
    with breathing.breathing():
        sys.meta_path[0].find_spec("anything", None)
    assert turns == [True]
    assert not breathing.within_import()
