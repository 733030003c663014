"""The real window, driven offscreen as a person would drive it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset, preset_names
from bpviz.explain.address import Edge
from bpviz.explain.moment import Moment
from bpviz.explain.phase import score
from bpviz.qt.acts import acts_of
from bpviz.qt.shortcuts import SHORTCUTS
from bpviz.qt.theme import Theme
from bpviz.qt.window import MainWindow


def open_window(qapp: QApplication, qtbot: QtBot, name: str = "toy") -> MainWindow:
    window = MainWindow(load_preset(name), Theme(qapp))
    window.show()
    qtbot.waitUntil(lambda: window.plots.open_page is not None, timeout=20_000)
    return window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    window = open_window(qapp, qtbot)
    yield window
    window.close()
    window.deleteLater()
    qapp.processEvents()


def picture(window: MainWindow) -> bytes:
    image = window.canvas.grab().toImage()
    return bytes(image.constBits())


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.keyClick(window, key, held)


@pytest.mark.parametrize("name", preset_names())
def test_each_preset_goes_through_a_step_forward_and_back_with_the_same_pictures(
    window: MainWindow, name: str
) -> None:
    window.open_preset(load_preset(name))
    player = window.player
    last = len(score(window.session.network.depth)) - 1
    forward = []
    for phase in range(last + 1):
        assert player.moment.phase == phase
        forward.append(picture(window))
        if phase < last:
            player.next_phase()
            player.tick(60)
    assert len(set(forward)) > last // 2, "the phases look alike"
    for phase in range(last, -1, -1):
        assert player.moment.phase == phase
        assert picture(window) == forward[phase], f"phase {phase} looks different on the way back"
        player.previous_phase()
        player.tick(60)


@pytest.mark.parametrize("name", preset_names())
def test_each_preset_runs_at_every_pace_and_starts_over(window: MainWindow, name: str) -> None:
    window.open_preset(load_preset(name))
    first = window.session.record.layers[0].w.tobytes()
    for speed in (0.1, 0.55, 0.7, 0.9, 1.0):
        window.player.set_speed(speed)
        window.player.run()
        for _ in range(6):
            window.player.tick(0.05)
            QApplication.processEvents()
        window.player.pause()
    assert window.session.trainer.step > 0
    assert window.session.divergence is None
    window.player.to_start()
    assert window.session.trainer.step == 0
    assert window.session.record.layers[0].w.tobytes() == first


def test_scrubbing_to_any_moment_shows_what_was_shown_before(window: MainWindow) -> None:
    moments = [Moment(phase, progress) for phase in (2, 7, 9) for progress in (0.25, 0.6, 1.0)]
    before = []
    for moment in moments:
        window.player.seek(moment)
        before.append(picture(window))
    for moment, seen in reversed(list(zip(moments, before, strict=True))):
        window.player.seek(moment)
        assert picture(window) == seen


def test_the_keys_do_what_the_sheet_says(qtbot: QtBot, window: MainWindow) -> None:
    player, session = window.player, window.session
    press(qtbot, window, Qt.Key.Key_Right)
    assert player.moment.phase == 1
    press(qtbot, window, Qt.Key.Key_Left)
    player.tick(60)
    assert player.moment == Moment(0, 1.0)
    press(qtbot, window, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert session.trainer.step == 1
    press(qtbot, window, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert session.trainer.step == 0
    press(qtbot, window, Qt.Key.Key_Space)
    assert player.running
    press(qtbot, window, Qt.Key.Key_Space)
    assert not player.running
    press(qtbot, window, Qt.Key.Key_N)
    assert window.spotlight.selected is not None
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.spotlight.selected is None
    press(qtbot, window, Qt.Key.Key_R)
    assert session.experiment.seed == load_preset("toy").experiment.seed + 1
    press(qtbot, window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.setup_frame.isHidden()


def test_l_freezes_what_is_selected_and_says_what_can_be(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_L)
    assert "Select a weight" in window.notice.text and not window.notice.isHidden()
    window.spotlight.select(Edge(1, 0, 0))
    before = picture(window)
    press(qtbot, window, Qt.Key.Key_L)
    assert window.session.undo_name == "freeze weight" and picture(window) != before
    window.session.advance(3)
    hidden, output = window.session.trainer.parameters
    assert output.w[0, 0] == 0.9 and hidden.w[0, 0] != 0.6
    window.session.go_to(0)
    press(qtbot, window, Qt.Key.Key_L)
    assert window.session.undo_name == "thaw weight" and window.session.learning.frozen == ()
    assert picture(window) == before


def test_every_shortcut_has_an_act(window: MainWindow) -> None:
    acts = acts_of(window)
    assert {s.action for s in SHORTCUTS if s.action} == set(acts)


def test_the_theme_changes_the_picture_and_comes_back(window: MainWindow) -> None:
    window.theme.set_mode("light")
    light = picture(window)
    window.theme.set_mode("dark")
    assert picture(window) != light
    window.theme.set_mode("light")
    assert picture(window) == light


def test_the_layout_is_remembered(qapp: QApplication, qtbot: QtBot) -> None:
    window = open_window(qapp, qtbot)
    window.toggle_side()
    window.theme.set_mode("dark")
    window.close()
    window.deleteLater()
    again = open_window(qapp, qtbot)
    assert again.side_frame.isHidden()
    assert not again.setup_frame.isHidden()
    again.close()
    again.deleteLater()


def test_what_a_key_cannot_do_is_said_for_a_while_and_what_has_failed_until_it_is_put_away(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    press(qtbot, window, Qt.Key.Key_T)
    assert "Select a weight" in window.notice.text and not window.notice.property("quiet")
    assert window.notice.passes
    window.open_path(tmp_path / "nowhere.bpviz")
    qtbot.waitUntil(lambda: "nowhere" in window.notice.text)
    assert window.notice.isVisible() and not window.notice.passes


def test_a_bad_file_is_told_in_one_sentence_and_leaves_the_network_open(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"name": 3')
    before = window.session.experiment
    window.open_path(broken)
    qtbot.waitUntil(window.notice.isVisible)
    assert "broken.json" in window.notice.text
    assert window.session.experiment is before


def test_another_rate_applies_from_this_step_on(window: MainWindow) -> None:
    window.player.next_step()
    past = window.session.trainer.costs.steps().values.copy()
    window.session.set_learning(replace(window.session.learning, rate=0.01))
    window.player.next_step()
    assert window.session.record.rate == 0.01
    assert (window.session.trainer.costs.steps().values[: len(past)] == past).all()


@pytest.mark.parametrize(("room", "size"), [
    ((1280, 800), (1272, 760)), ((1366, 728), (1280, 688)), ((1920, 1080), (1280, 800)),
    ((800, 800), (1280, 800)),
])  # fmt: skip
def test_the_first_window_has_room_on_its_screen_frame_and_all(
    window: MainWindow, room: tuple[int, int], size: tuple[int, int]
) -> None:
    window.resize(1280, 800)
    window.keep_within(QSize(*room))
    assert (window.width(), window.height()) == size
