"""The bar at the bottom: blocks, scrubbing, the run, the speed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset, preset_names
from bpviz.engine.network import Layer, Network
from bpviz.explain.moment import Moment
from bpviz.explain.phase import score
from bpviz.explain.symbol import Names
from bpviz.qt.naming import Naming
from bpviz.qt.palette import DARK, LIGHT
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme
from bpviz.qt.transport.bar import Transport
from bpviz.qt.transport.phase_words import phase_words
from bpviz.qt.transport.timeline_blocks import place_blocks

# What Qt says of any window that has a least size, on its platform without a screen.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


class Bench:
    """A transport with what it is connected to."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, name: str = "toy", width: int = 1256) -> None:
        self.theme = Theme(qapp)
        self.theme.set_mode("light")
        self.session = Session(load_preset(name))
        self.player = Player(self.session, clock=lambda: 0.0)
        self.transport = Transport(self.session, self.player, Naming(self.session), self.theme)
        qtbot.addWidget(self.transport)
        self.transport.resize(width, 72)
        self.transport.show()
        qapp.processEvents()
        self.timeline = self.transport.timeline
        self.strip = self.transport.run_strip


@pytest.fixture
def bench(qapp: QApplication, qtbot: QtBot) -> Iterator[Bench]:
    yield Bench(qapp, qtbot)


# -- where the blocks stand ---------------------------------------------------------------------------


@given(
    labels=st.lists(st.floats(4, 60), min_size=5, max_size=60),
    room=st.floats(60, 2000),
    x=st.floats(-100, 2100),
)
def test_blocks_never_overlap_and_fill_the_room(labels: list[float], room: float, x: float) -> None:
    blocks = place_blocks(lambda size: [label * size / 15 for label in labels], room)
    edges = list(zip(blocks.lefts, blocks.widths, strict=True))
    for (left, width), (following, _) in pairwise(edges):
        assert width > 0
        assert left + width < following
    if room / len(labels) > 3:
        assert edges[-1][0] + edges[-1][1] == pytest.approx(room)
    for label, (_, width), written in zip(labels, edges, blocks.labelled, strict=True):
        assert not written or label * blocks.label_size / 15 <= width
    moment = blocks.moment_at(x)
    assert 0 <= moment.phase < len(labels)
    assert 0 <= moment.progress <= 1
    assert blocks.moment_at(blocks.x_at(moment)) == pytest.approx(moment) or moment.progress in (0, 1)


@pytest.mark.parametrize("width", [1000, 1256, 1896])
def test_the_toy_network_shows_every_label(qapp: QApplication, qtbot: QtBot, width: int) -> None:
    assert all(Bench(qapp, qtbot, "toy", width).timeline.blocks.labelled)


def test_forty_seven_phases_fit_and_with_room_all_are_labelled(qapp: QApplication, qtbot: QtBot) -> None:
    benches = [Bench(qapp, qtbot, "ten-hidden", width) for width in (1256, 1896)]
    narrow, wide = (bench.timeline for bench in benches)
    assert len(narrow.blocks.lefts) == len(score(11)) == 47
    assert not all(narrow.blocks.labelled)
    assert narrow.blocks.lefts[-1] + narrow.blocks.widths[-1] <= narrow.width()
    assert all(wide.blocks.labelled)


@pytest.mark.parametrize("name", preset_names())
def test_every_moment_of_every_preset_looks_different(qapp: QApplication, qtbot: QtBot, name: str) -> None:
    bench = Bench(qapp, qtbot, name, 1000)
    pictures = []
    for phase in range(len(bench.timeline.blocks.lefts)):
        for progress in (0.5, 1.0):
            bench.player.seek(Moment(phase, progress))
            image = bench.timeline.grab().toImage()
            pictures.append(bytes(image.constBits()))
    assert len(set(pictures)) == len(pictures)


# -- the mouse ------------------------------------------------------------------------------------------


def middle(bench: Bench, phase: int, share: float = 0.5) -> QPoint:
    blocks = bench.timeline.blocks
    return QPoint(round(1 + blocks.lefts[phase] + share * blocks.widths[phase]), bench.timeline.height() // 2)


def test_a_click_shows_the_whole_phase(bench: Bench, qtbot: QtBot) -> None:
    for phase in (8, 3, 10, 0):
        qtbot.mouseClick(bench.timeline, Qt.MouseButton.LeftButton, pos=middle(bench, phase))
        assert bench.player.moment == Moment(phase, 1.0)


def test_dragging_scrubs_within_and_across_phases(bench: Bench, qtbot: QtBot) -> None:
    qtbot.mousePress(bench.timeline, Qt.MouseButton.LeftButton, pos=middle(bench, 2))
    for phase, share in ((2, 0.9), (5, 0.25), (7, 0.5), (1, 0.75)):
        qtbot.mouseMove(bench.timeline, middle(bench, phase, share))
        assert bench.player.moment.phase == phase
        assert bench.player.moment.progress == pytest.approx(share, abs=0.05)
    qtbot.mouseMove(bench.timeline, QPoint(-50, 5))
    assert bench.player.moment == Moment(0, 0.0)
    qtbot.mouseMove(bench.timeline, QPoint(5000, 5))
    assert bench.player.moment == Moment(10, 1.0)
    qtbot.mouseRelease(bench.timeline, Qt.MouseButton.LeftButton)
    qtbot.mouseMove(bench.timeline, middle(bench, 4))
    assert bench.player.moment == Moment(10, 1.0)


def turn(bench: Bench, notches: float) -> None:
    where = QPointF(20, 10)
    event = QWheelEvent(
        where, bench.timeline.mapToGlobal(where), QPoint(), QPoint(0, round(-120 * notches)),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )
    QApplication.sendEvent(bench.timeline, event)


def test_the_wheel_moves_by_phases_and_adds_up_fractions(bench: Bench) -> None:
    turn(bench, 1)
    turn(bench, 2)
    assert bench.player.moment == Moment(3, 1.0)
    turn(bench, -1)
    assert bench.player.moment == Moment(2, 1.0)
    for _ in range(4):
        turn(bench, 0.25)
    assert bench.player.moment == Moment(3, 1.0)
    turn(bench, 50)
    assert bench.player.moment == Moment(10, 1.0)


def test_dragging_the_strip_returns_to_any_step_of_the_run(bench: Bench, qtbot: QtBot) -> None:
    bench.session.advance(60)
    for step in (30, 0, 60, 17):
        qtbot.mouseClick(bench.strip, Qt.MouseButton.LeftButton, pos=QPoint(round(bench.strip.x_at(step)), 9))
        assert bench.session.trainer.step == step
    assert bench.session.trainer.reached == 60


def test_the_strip_before_any_training_keeps_to_step_0(bench: Bench, qtbot: QtBot) -> None:
    qtbot.mouseClick(bench.strip, Qt.MouseButton.LeftButton, pos=QPoint(bench.strip.width() - 5, 9))
    assert bench.session.trainer.step == 0
    assert bench.strip.step_at(1e9) == 0


def test_strip_and_timeline_answer_to_up_and_down(bench: Bench, qtbot: QtBot) -> None:
    bench.session.advance(60)
    for key, step in ((Qt.Key.Key_Down, 57), (Qt.Key.Key_Up, 60), (Qt.Key.Key_Up, 60), (Qt.Key.Key_Down, 57)):
        qtbot.keyClick(bench.strip, key)
        assert bench.session.trainer.step == step
    qtbot.keyClick(bench.strip, Qt.Key.Key_End)
    assert bench.session.trainer.step == 60
    qtbot.keyClick(bench.timeline, Qt.Key.Key_Up)
    bench.player.tick(60)
    assert bench.player.moment == Moment(1, 1.0)
    qtbot.keyClick(bench.timeline, Qt.Key.Key_Down)
    bench.player.tick(60)
    assert bench.player.moment == Moment(0, 1.0)


# -- buttons, speed, readout -----------------------------------------------------------------------------


def button(bench: Bench, name: str) -> QToolButton:
    found = bench.transport.findChild(QToolButton, name)
    assert found is not None
    return found


def test_the_buttons_step_as_their_tips_say(bench: Bench) -> None:
    button(bench, "next").click()
    bench.player.tick(60)
    assert bench.player.moment == Moment(1, 1.0)
    button(bench, "next-step").click()
    assert bench.session.trainer.step == 1
    button(bench, "previous-step").click()
    assert bench.session.trainer.step == 0
    button(bench, "previous").click()
    bench.player.tick(60)
    assert bench.player.moment == Moment(0, 1.0)
    button(bench, "next-step").click()
    button(bench, "first").click()
    assert (bench.session.trainer.step, bench.player.moment) == (0, Moment(0, 1.0))


def test_run_becomes_pause_and_back(bench: Bench) -> None:
    run = bench.transport.run_button
    assert run.text() == "Run"
    run.click()
    assert bench.player.running
    assert run.text() == "Pause"
    run.click()
    assert not bench.player.running
    assert run.text() == "Run"


def test_every_control_has_a_name_a_tip_and_can_be_reached_by_tab(bench: Bench) -> None:
    controls = [*bench.transport.findChildren(QToolButton), *bench.transport.findChildren(QPushButton),
                *bench.transport.findChildren(QSlider)]
    assert len(controls) == 7
    for control in controls:
        assert control.accessibleName()
        assert control.toolTip()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    keys = ("Home", "Shift+Left", "Left or <", "Right or >", "Shift+Right")
    assert {name for name in keys for c in controls if f"({name})" in c.toolTip()} == set(keys)
    assert "(Space)" in bench.transport.run_button.toolTip()


def test_the_speed_slider_and_the_player_follow_each_other(bench: Bench) -> None:
    speed = bench.transport.speed
    speed.slider.setValue(speed.slider.maximum())
    assert bench.player.speed == 1.0
    assert speed.text == bench.player.pace_text == "as fast as possible"
    bench.player.set_speed(0.0)
    assert speed.slider.value() == 0
    bench.player.set_speed(0.333333)
    assert bench.player.speed == 0.333333, "showing a speed must not change it"


def test_running_fast_says_that_phases_are_not_shown(bench: Bench) -> None:
    bench.player.seek(Moment(10, 1.0))
    told = bench.timeline.grab().toImage()
    bench.player.set_speed(1.0)
    bench.player.run()
    bench.player.tick(0.01)
    assert bench.timeline.grab().toImage() != told
    bench.player.pause()
    assert bench.timeline.grab().toImage() == told


def test_the_measured_speed_stands_under_the_slider_while_steps_are_not_shown(bench: Bench) -> None:
    """Steps and epochs a second are another figure than the epoch and step on display."""
    speed, player = bench.transport.speed, bench.player
    player.set_speed(1.0)
    assert speed.text == "as fast as possible"
    player.run()
    assert speed.text == "as fast as possible", "nothing is measured yet"
    player._throughput.begin(-1.0)
    player._throughput.put(-0.5, 12_345)
    speed.look()
    assert speed.text == "12,345 epochs/s"
    assert bench.transport.readout.text == "epoch 0, step 0"
    player.set_speed(0.7)
    player._throughput.begin(-1.0)
    player._throughput.put(-0.5, 60)
    speed.look()
    assert speed.text == "60.0 steps/s"
    player.pause()
    assert speed.text == "one step a frame"


def test_epochs_a_second_are_steps_by_the_steps_of_an_epoch(bench: Bench) -> None:
    bench.session.open_preset(load_preset("digits"))
    bench.player.set_speed(1.0)
    bench.player.run()
    bench.player._throughput.begin(-1.0)
    bench.player._throughput.put(-0.5, 9 * bench.session.trainer.steps_per_epoch)
    bench.transport.speed.look()
    assert bench.transport.speed.text == "9.00 epochs/s"
    bench.player.pause()


@pytest.mark.parametrize("steps", [1, 999, 1_234_567, 987_654_321])
def test_the_measured_speed_fits_under_the_slider(bench: Bench, steps: int) -> None:
    bench.player.set_speed(1.0)
    bench.player.run()
    bench.player._throughput.begin(-1.0)
    bench.player._throughput.put(-0.5, steps)
    bench.transport.speed.look()
    label = bench.transport.speed.label
    assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
    bench.player.pause()


def test_the_readout_says_epoch_and_step(bench: Bench) -> None:
    assert bench.transport.readout.text == "epoch 0, step 0"
    bench.session.advance(1300)
    assert bench.transport.readout.text == "epoch 1,300, step 1,300"
    bench.player.seek_step(4)
    assert bench.transport.readout.text == "epoch 4, step 4 of 1,300"


# -- words, themes, other experiments ----------------------------------------------------------------------


def test_phases_are_named_in_words() -> None:
    toy, deep = Names(Network(1, (Layer(1),) * 2)), Names(Network(1, (Layer(1),) * 11))
    assert [phase_words(toy, phase) for phase in score(2)] == [
        "The input X",
        "Weighted input Z_h of the hidden layer",
        "Activation H of the hidden layer",
        "Weighted input Z_o of the output layer",
        "Activation ŷ of the output layer",
        "Cost C",
        "Output layer error E_o",
        "Gradient C'(W_o) of the weights into the output layer",
        "Error E_h of the hidden layer",
        "Gradient C'(W_h) of the weights into the hidden layer",
        "Update: the weights move",
    ]
    assert phase_words(deep, score(11)[5]) == "Weighted input Z_3 of hidden layer 3"


def test_another_experiment_brings_its_own_phases(bench: Bench) -> None:
    bench.player.seek(Moment(10, 1.0))
    bench.session.open_preset(load_preset("single-neuron"))
    assert len(bench.timeline.blocks.lefts) == len(score(1))
    bench.timeline.grab()
    bench.session.open_preset(load_preset("ten-hidden"))
    assert len(bench.timeline.blocks.lefts) == 47


def test_the_theme_reaches_everything(bench: Bench) -> None:
    light = bench.transport.grab().toImage()
    bench.theme.set_mode("dark")
    assert bench.theme.palette is DARK
    assert bench.transport.grab().toImage() != light
    bench.theme.set_mode("light")
    assert bench.theme.palette is LIGHT
    assert bench.transport.grab().toImage() == light


def test_painting_for_long_keeps_every_reference_to_none(bench: Bench) -> None:
    """PySide6 6.12.0 on Python 3.11 lost one at each QPainter.setPen."""
    def paint() -> None:
        for k in range(300):
            bench.player.seek(Moment(k % 11, 0.5))
            bench.timeline.grab()

    paint()
    before = sys.getrefcount(None)
    paint()
    assert sys.getrefcount(None) > before - 300
