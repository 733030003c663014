"""The banner: one sentence a phase, two lines high, and a warning when training cannot go on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset, preset_names
from bpviz.engine.optimizer import OptimizerSettings
from bpviz.explain.moment import Moment
from bpviz.explain.phase import score
from bpviz.qt.naming import Naming
from bpviz.qt.player import Player
from bpviz.qt.sentence_bar import SentenceBar
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme


class Bench:
    """A session with its sentence on screen."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, name: str, width: int = 660) -> None:
        self.session = Session(load_preset(name))
        self.player = Player(self.session, clock=lambda: 0.0)
        self.spotlight = Spotlight(self.session)
        self.bar = SentenceBar(
            self.session, self.player, self.spotlight, Naming(self.session), Theme(qapp)
        )
        self.host = QWidget()  # in the window the bar stands in a frame
        self.bar.setParent(self.host)
        self.bar.resize(width, self.bar.height())
        qtbot.addWidget(self.host)
        with qtbot.waitExposed(self.host):
            self.host.show()


@pytest.fixture
def toy(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "toy")


def test_the_first_sentence_says_how_to_go_on(toy: Bench) -> None:
    toy.bar.refresh()
    assert toy.bar.text.endswith("Press > to go on.")


def test_every_phase_has_its_sentence(toy: Bench) -> None:
    said = set()
    for phase in range(len(score(2))):
        toy.player.seek(Moment(phase, 1.0))
        toy.bar.refresh()
        said.add(toy.bar.text)
    assert len(said) == len(score(2))
    toy.player.seek(Moment(8, 1.0))
    toy.bar.refresh()
    assert "0.522" in toy.bar.text


@pytest.mark.parametrize("name", preset_names())
def test_its_height_never_changes_from_phase_to_phase(qapp: QApplication, qtbot: QtBot, name: str) -> None:
    bench = Bench(qapp, qtbot, name, width=460)
    heights = set()
    for phase in range(len(score(bench.session.network.depth))):
        bench.player.seek(Moment(phase, 1.0))
        bench.bar.refresh()
        heights.add(bench.bar.height())
    assert len(heights) == 1


@pytest.mark.parametrize("name", preset_names())
def test_in_a_window_of_usual_size_no_sentence_is_cut(qapp: QApplication, qtbot: QtBot, name: str) -> None:
    bench = Bench(qapp, qtbot, name)
    for example in (0, None):
        bench.spotlight.set_example(example)
        for phase in range(len(score(bench.session.network.depth))):
            bench.player.seek(Moment(phase, 1.0))
            bench.bar.refresh()
            assert bench.bar.toolTip() == "", bench.bar.text


def test_a_sentence_that_does_not_fit_stands_whole_in_the_tooltip(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "digits", width=200)
    bench.player.seek(Moment(8, 1.0))
    bench.bar.refresh()
    assert bench.bar.toolTip() == bench.bar.text


def test_above_the_speed_of_phases_it_says_so(toy: Bench) -> None:
    toy.player.set_speed(1.0)
    toy.player.run()
    toy.bar.refresh()
    assert toy.bar.text.startswith("Running")
    toy.player.pause()
    toy.bar.refresh()
    assert not toy.bar.text.startswith("Running")


def test_divergence_is_explained_and_the_explanation_leaves_with_it(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "sine")
    bench.session.set_learning(replace(bench.session.learning, rate=5000.0, optimizer=OptimizerSettings()))
    while bench.session.advance():
        assert bench.session.trainer.step < 50
    bench.bar.refresh()
    assert bench.bar.warning
    assert "diverged" in bench.bar.text
    assert bench.bar.toolTip() == ""
    bench.session.reset()
    bench.bar.refresh()
    assert not bench.bar.warning
