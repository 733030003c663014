"""The tool that finds how long the window did not answer."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.benchmarks.watchdog import Block, Watchdog

pytestmark = pytest.mark.usefixtures("qapp")


class Clocks:
    def __init__(self) -> None:
        self.wall = self.work = 0.0
        self.dog = Watchdog(lambda: self.wall, lambda: self.work)

    def turn(self, wall: float, work: float) -> None:
        self.wall += wall
        self.work += work
        self.dog.turn()


@pytest.fixture
def clocks() -> Clocks:
    clocks = Clocks()
    clocks.dog.watch("this")
    clocks.turn(0.002, 0.001)
    return clocks


def test_the_longest_time_between_two_turns_is_kept(clocks: Clocks) -> None:
    for seconds in (0.002, 0.25, 0.125, 0.002):
        clocks.turn(seconds, seconds)
    assert clocks.dog.longest == {"this": Block(pytest.approx(0.25), pytest.approx(0.25))}


def test_who_had_to_wait_for_another_program_did_not_work(clocks: Clocks) -> None:
    clocks.turn(2.0, 0.01)
    clocks.turn(0.05, 0.05)
    assert clocks.dog.longest["this"] == Block(pytest.approx(0.05), pytest.approx(0.05))


def test_two_threads_do_not_make_a_block_longer_than_it_was(clocks: Clocks) -> None:
    clocks.turn(0.1, 0.19)
    assert clocks.dog.longest["this"].worked == pytest.approx(0.1)


def test_what_was_done_before_is_not_put_down_to_what_follows(clocks: Clocks) -> None:
    clocks.wall, clocks.work = clocks.wall + 1.0, clocks.work + 1.0
    clocks.dog.watch("that")
    clocks.turn(0.01, 0.01)
    assert clocks.dog.longest["this"].worked == pytest.approx(1.0)
    assert clocks.dog.longest["that"].worked == pytest.approx(0.01)


def test_the_event_loop_gives_it_turns(qapp: QApplication) -> None:
    dog = Watchdog()
    dog.begin()
    while not dog.longest:
        qapp.processEvents()
    assert dog.longest[""].wall > 0
