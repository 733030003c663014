"""Time in the window: phases, steps, running, and going back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from bpviz.document.preset import load_preset
from bpviz.engine.optimizer import OptimizerSettings
from bpviz.explain.moment import Moment
from bpviz.explain.phase import score
from bpviz.qt.player import Player
from bpviz.qt.session import Session


@pytest.fixture
def session(qapp: QApplication) -> Session:
    assert qapp  # signals and timers need one
    return Session(load_preset("toy"))


@pytest.fixture
def player(session: Session) -> Player:
    return Player(session, clock=lambda: 0.0)


LAST = len(score(2)) - 1


def settle(player: Player) -> None:
    """Let the phase that is under way arrive."""
    player.tick(60.0)


def test_it_starts_paused_at_the_end_of_the_first_phase(player: Player) -> None:
    assert player.moment == Moment(0, 1.0)
    assert not player.running


def test_the_next_phase_glides_and_rests(player: Player) -> None:
    player.next_phase()
    assert player.moment == Moment(1, 0.0)
    player.tick(0.3)
    assert player.moment.phase == 1
    assert 0 < player.moment.progress < 1
    settle(player)
    assert player.moment == Moment(1, 1.0)
    settle(player)
    assert player.moment == Moment(1, 1.0)


def test_asked_again_meanwhile_it_finishes_at_once(player: Player) -> None:
    player.next_phase()
    player.tick(0.1)
    player.next_phase()
    assert player.moment == Moment(2, 0.0)


def test_a_whole_step_forward_and_back_returns_to_where_it_was(session: Session, player: Player) -> None:
    seen = []
    for _ in range(LAST):
        player.next_phase()
        settle(player)
        seen.append((session.trainer.step, player.moment))
    for expected in reversed(seen):
        assert (session.trainer.step, player.moment) == expected
        player.previous_phase()
        settle(player)
    assert player.moment == Moment(0, 1.0)


def test_after_the_last_phase_comes_the_next_step(session: Session, player: Player) -> None:
    player.seek(Moment(LAST, 1.0))
    player.next_phase()
    settle(player)
    assert session.trainer.step == 1
    assert player.moment == Moment(0, 1.0)


def test_before_the_first_phase_comes_the_end_of_the_step_before(session: Session, player: Player) -> None:
    player.next_step()
    player.seek(Moment(0, 1.0))
    player.previous_phase()
    assert session.trainer.step == 0
    assert player.moment == Moment(LAST, 1.0)


def test_nothing_comes_before_the_first_phase_of_the_first_step(session: Session, player: Player) -> None:
    player.previous_phase()
    player.previous_step()
    assert session.trainer.step == 0
    assert player.moment == Moment(0, 1.0)


def test_the_next_step_keeps_the_phase(session: Session, player: Player) -> None:
    player.seek(Moment(5, 1.0))
    player.next_step()
    assert (session.trainer.step, player.moment) == (1, Moment(5, 1.0))
    player.previous_step()
    assert (session.trainer.step, player.moment) == (0, Moment(5, 1.0))


def test_running_tells_every_phase_and_goes_on_to_the_next_step(session: Session, player: Player) -> None:
    player.run()
    phases = []
    for _ in range(4000):
        player.tick(0.02)
        phases.append((session.trainer.step, player.moment.phase))
        if session.trainer.step == 2:
            break
    assert phases == sorted(phases)
    assert {phase for step, phase in phases if step == 1} == set(range(LAST + 1))


def test_one_step_a_frame_is_one_step_a_frame(session: Session, player: Player) -> None:
    player.set_speed(0.7)
    player.run()
    for frames in range(1, 30):
        player.tick(0.016)
        assert session.trainer.step == frames
    assert not player.phases_shown
    player.pause()
    assert player.phases_shown


def test_steps_by_the_second_add_up_over_frames(session: Session, player: Player) -> None:
    player.set_speed(0.5)
    assert player.pace.steps_per_second == pytest.approx(2.0)
    player.run()
    for _ in range(100):
        player.tick(0.05)
    assert session.trainer.step in (9, 10)


def test_home_returns_to_the_same_first_weights(session: Session, player: Player) -> None:
    first = session.record
    weights = [layer.w.tobytes() for layer in first.layers]
    for _ in range(5):
        player.next_step()
    player.to_start()
    assert session.trainer.step == 0
    assert [layer.w.tobytes() for layer in session.record.layers] == weights


def test_home_after_another_rate_starts_over_with_that_rate(session: Session, player: Player) -> None:
    weights = session.record.layers[0].w.tobytes()
    player.next_step()
    session.set_learning(replace(session.learning, rate=0.03))
    player.to_start()
    assert session.learning.rate == 0.03
    assert session.record.layers[0].w.tobytes() == weights
    assert session.record.rate == 0.03


def test_rolling_gives_other_first_weights_and_the_first_phase(session: Session, player: Player) -> None:
    before = session.record.layers[0].w.tobytes()
    player.seek(Moment(4, 0.5))
    session.roll()
    assert session.record.layers[0].w.tobytes() != before
    assert player.moment == Moment(0, 1.0)


def test_running_on_from_an_earlier_step_repeats_the_first_time(session: Session, player: Player) -> None:
    seen = []
    for _ in range(20):
        seen.append(session.record.cost)
        player.next_step()
    player.seek_step(7)
    for step in range(7, 20):
        assert session.record.cost == seen[step]
        player.next_step()


def test_divergence_pauses_and_keeps_the_last_good_step(session: Session, player: Player) -> None:
    session.open_preset(load_preset("sine"))
    session.set_learning(replace(session.learning, rate=50.0, optimizer=OptimizerSettings()))
    player.set_speed(1.0)
    player.run()
    for _ in range(50):
        player.tick(0.016)
    assert not player.running
    assert session.divergence is not None
    assert session.divergence.step == session.trainer.step + 1
    for layer in session.record.layers:
        for array in (layer.z, layer.a, layer.delta, layer.dw, layer.w):
            assert np.isfinite(array).all()


def test_a_moment_outside_the_step_is_brought_inside(player: Player) -> None:
    player.seek(Moment(99, 7.0))
    assert player.moment == Moment(LAST, 1.0)
    player.seek(Moment(-3, -1.0))
    assert player.moment == Moment(0, 0.0)


# -- running, frame by frame --------------------------------------------------------------------------


class Time:
    """A clock that stands still unless something takes its time."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Painted(QWidget):
    """Shows the player as a canvas does, and takes its time."""

    def __init__(self, player: Player, time: Time, seconds: float) -> None:
        super().__init__()
        self._player, self._time, self._seconds = player, time, seconds
        self.steps: list[int] = []
        player.moved.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._time.now += self._seconds
        self.steps.append(self._player._session.trainer.step)


Running = tuple[Player, Painted, list[float], Time]


def frames(player: Player, painted: Painted, count: int) -> None:
    """Let the timer go off and the window be painted so many times, as the event loop would."""
    painted.steps.clear()
    for _ in range(count):
        player._frame()
        QApplication.sendPostedEvents()


@pytest.fixture
def running(qapp: QApplication, session: Session) -> Iterator[Running]:
    """A player at work, what it is seen in, and the seconds that it has asked to be trained for."""
    time, asked = Time(), []
    player = Player(session, clock=time)

    def run(steps: int | None, seconds: float, _clock: object) -> None:
        asked.append(seconds)
        for _ in range(5 if steps is None else steps):
            assert session.trainer.advance() is None
        time.now += seconds if steps is None else 0.001

    session.trainer.run = run  # type: ignore[method-assign, assignment]
    session._clock = time
    painted = Painted(player, time, 0.012)
    painted.show()
    qapp.processEvents()
    player.run()
    player._timer.stop()  # the test says when a frame begins
    yield player, painted, asked, time
    painted.close()
    painted.deleteLater()


def test_at_one_step_a_frame_every_step_is_painted_once(running: Running) -> None:
    player, painted, asked, _ = running
    player.set_speed(0.7)
    frames(player, painted, 20)
    assert painted.steps == list(range(1, 21))
    assert len(asked) == 20


def test_at_full_speed_a_frame_asks_once_for_training(running: Running) -> None:
    player, painted, asked, _ = running
    player.set_speed(1.0)
    frames(player, painted, 20)
    assert len(asked) == len(painted.steps) == 20


def test_training_is_given_somewhat_longer_than_the_painting_takes(running: Running) -> None:
    player, painted, asked, time = running
    player.set_speed(1.0)
    frames(player, painted, 60)
    assert asked[-1] == pytest.approx(1.4 * 0.012, rel=0.01)
    before = time.now
    frames(player, painted, 10)
    assert time.now - before == pytest.approx(10 * 2.4 * 0.012, rel=0.01)


def test_what_others_take_between_two_frames_counts_as_well(
    running: Running
) -> None:
    player, painted, asked, time = running
    player.set_speed(1.0)
    for _ in range(60):
        frames(player, painted, 1)
        time.now += 0.003
    assert asked[-1] == pytest.approx(0.032 - 0.015, rel=0.01), "and 30 frames a second remain"


def test_steps_that_did_not_fit_into_a_frame_are_made_up_for(session: Session, player: Player) -> None:
    """Ten steps are due at once, of which five fit."""
    taken = []

    def run(steps: int, _seconds: float, _clock: object) -> None:
        taken.append(min(steps, 5))
        for _ in range(taken[-1]):
            session.trainer.advance()

    session.trainer.run = run  # type: ignore[method-assign, assignment]
    player.set_speed(0.649)
    assert player.pace.steps_per_second == pytest.approx(39.2, abs=0.1)
    player.run()
    player.tick(10 / 39.2 + 0.001)
    assert session.trainer.step == 5
    player.tick(0.0)
    assert session.trainer.step == 10
    player.tick(0.0)
    assert taken == [5, 5]


def test_how_fast_training_goes_is_told_only_while_it_runs_without_phases(
    running: Running
) -> None:
    player, painted, _, _ = running
    player.set_speed(1.0)
    assert player.steps_a_second is None, "nothing is measured yet"
    frames(player, painted, 100)
    assert player.steps_a_second == pytest.approx(5 / 0.0288, rel=0.05)
    player.set_speed(0.3)
    assert player.steps_a_second is None, "phases are told"
    player.set_speed(1.0)
    frames(player, painted, 100)
    player.pause()
    assert player.steps_a_second is None
