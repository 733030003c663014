"""The batch panel: nothing before its phase, each example within reach, the run filled in between frames."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from bpviz.document.preset import Preset, load_preset
from bpviz.explain.address import INPUT, Address, Edge, Node
from bpviz.explain.moment import Moment
from bpviz.explain.number import number, signed
from bpviz.explain.part import Part, What
from bpviz.explain.phase import Kind, index_of
from bpviz.explain.promise import promise
from bpviz.explain.wiggle import wiggle
from bpviz.qt.batch.batch_panel import BatchPanel
from bpviz.qt.batch.promise_course import PromiseCourse
from bpviz.qt.batch.pull_picture import PullPicture
from bpviz.qt.batch.symmetric_log import symmetric_log
from bpviz.qt.naming import Naming
from bpviz.qt.panels.panel_scroll import PanelScroll
from bpviz.qt.player import Player
from bpviz.qt.sampling import SLICE
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

UNTOLD = "—"


class Bench:
    """A session with its batch panel on screen."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, preset: Preset | str, width: int = 328) -> None:
        self.session = Session(load_preset(preset) if isinstance(preset, str) else preset)
        self.player = Player(self.session, clock=lambda: 0.0)
        self.spotlight = Spotlight(self.session)
        self.naming = Naming(self.session)
        self.panel = BatchPanel(self.session, self.player, self.spotlight, self.naming, Theme(qapp))
        self.host = QWidget()  # in the window the panel stands in a frame
        self.panel.setParent(self.host)
        self.panel.resize(width, 560)
        qtbot.addWidget(self.host)
        with qtbot.waitExposed(self.host):
            self.host.show()
        self.panel.refresh()

    def at(self, kind: Kind, layer: int) -> None:
        """Go to the end of a phase."""
        self.player.seek(Moment(index_of(self.session.network.depth, kind, layer), 1.0))
        self.panel.refresh()

    def look_at(self, address: Address | None) -> None:
        self.spotlight.select(address)
        self.panel.refresh()

    @property
    def course(self) -> PromiseCourse:
        return self.panel.promise.course

    @property
    def picture(self) -> PullPicture:
        picture = self.panel.pulls.strip.picture
        assert picture is not None
        return picture

    def bar_at(self, example: int) -> QPoint:
        return self.picture.slot(example).center().toPoint()


@pytest.fixture
def toy(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "toy")


@pytest.fixture
def iris(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "iris")


def large_batch(name: str, size: int) -> Preset:
    preset = load_preset(name)
    learning = replace(preset.experiment.learning, batch_size=size)
    return replace(preset, experiment=preset.experiment.with_learning(learning))


# -- each example's pull ---------------------------------------------------------------------------


def test_pulls_are_told_with_the_gradient_of_their_layer(toy: Bench) -> None:
    toy.look_at(Edge(0, 0, 0))
    toy.at(Kind.GRADIENT, 1)
    assert (toy.picture.average_text, toy.picture.example_text) == (UNTOLD, "The only example: —")
    assert toy.panel.pulls.words.said == "The pulls come with the phase C'(W_h)."
    toy.at(Kind.GRADIENT, 0)
    assert (toy.picture.average_text, toy.picture.example_text) == ("1.04", "The only example: 1.04")
    assert "learns from one example" in toy.panel.pulls.words.said


def test_the_average_is_the_gradient_that_updates(iris: Bench) -> None:
    iris.look_at(Edge(1, 2, 1))
    iris.at(Kind.UPDATE, 1)
    assert iris.picture.average_text == number(float(iris.session.record.layers[1].dw[2, 1]))
    assert iris.panel.pulls.subject.said == "Weight from hidden unit 3 to the output for versicolor."


def test_bars_stand_on_their_own_side_of_zero(iris: Bench) -> None:
    iris.at(Kind.UPDATE, 1)
    zero = iris.picture.top_of(0.0)
    values = iris.picture.values
    assert (values > 0).any()
    assert (values < 0).any()
    for value in values.tolist():
        assert math.copysign(1, zero - iris.picture.top_of(value)) == math.copysign(1, value)
        assert iris.picture.plot.top() <= iris.picture.top_of(value) <= iris.picture.plot.bottom()


def test_a_click_on_a_bar_looks_at_its_example(qtbot: QtBot, iris: Bench) -> None:
    iris.at(Kind.UPDATE, 1)
    strip = iris.panel.pulls.strip
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=iris.bar_at(7))
    assert iris.spotlight.example == 7
    iris.panel.refresh()
    assert iris.picture.chosen == 7
    assert iris.picture.example_text.startswith("Example 8 of 10: ")


def test_the_pointed_at_bar_says_its_number(qtbot: QtBot, iris: Bench) -> None:
    iris.look_at(Edge(1, 0, 0))
    iris.at(Kind.UPDATE, 1)
    record = iris.session.record.layers[1]
    qtbot.mouseMove(iris.panel.pulls.strip, iris.bar_at(4))
    own = number(float(record.delta[4, 0] * record.a_in[4, 0]))
    assert iris.picture.example_text == f"Example 5 of 10: {own}"
    assert iris.spotlight.example == 0


def test_arrow_keys_go_from_example_to_example(qtbot: QtBot, iris: Bench) -> None:
    strip = iris.panel.pulls.strip
    qtbot.keyClick(strip, Qt.Key.Key_Down)
    qtbot.keyClick(strip, Qt.Key.Key_Down)
    assert iris.spotlight.example == 2
    qtbot.keyClick(strip, Qt.Key.Key_Up)
    assert iris.spotlight.example == 1


def test_of_the_mean_no_bar_is_marked(iris: Bench) -> None:
    iris.spotlight.set_example(None)
    iris.panel.refresh()
    assert iris.picture.chosen is None
    assert iris.picture.example_text.startswith("Mean of 10")


def test_a_hundred_and_more_examples_have_a_bar_each(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, large_batch("spiral", 150), 252)
    bench.at(Kind.UPDATE, 2)
    picture = bench.picture
    assert picture.values.size == 150
    assert [picture.example_at(picture.slot(i).center().x()) for i in range(150)] == list(range(150))
    assert picture.example_at(picture.plot.left() - 1) is None
    assert picture.example_at(picture.plot.right() + 1) is None


def test_a_units_bias_is_shown_and_where_there_is_none_it_says_so(iris: Bench, toy: Bench) -> None:
    iris.look_at(Node(0, 3))
    assert iris.panel.pulls.subject.said == "Bias of hidden unit 4."
    assert iris.panel.pulls.strip.isVisible()
    for bench, node in ((iris, Node(INPUT, 0)), (toy, Node(0, 0))):
        bench.look_at(node)
        assert not bench.panel.pulls.strip.isVisible()
        assert "Select" in bench.panel.pulls.subject.said
        assert not bench.panel.wiggle.plot.isVisible()
        assert "Select a weight" in bench.panel.wiggle.about.said
    iris.look_at(None)
    assert iris.panel.pulls.strip.isVisible()
    assert iris.panel.pulls.subject.said.startswith("Nothing is selected")


def test_hovering_the_strip_lights_up_its_weight(qtbot: QtBot, iris: Bench) -> None:
    iris.look_at(Edge(0, 1, 2))
    strip = iris.panel.pulls.strip
    qtbot.mouseMove(strip, iris.bar_at(0))
    assert iris.spotlight.part == Part(What.GRADIENT, 0, 2, 1)
    assert iris.spotlight.hovered == Edge(0, 1, 2)


def test_either_notation_names_the_gradient(iris: Bench) -> None:
    iris.look_at(Edge(0, 1, 2))
    assert iris.picture.symbol.plain == "C'(W_h,2→3)"
    iris.naming.set_notation("standard")
    iris.panel.refresh()
    assert iris.picture.symbol.plain == "∂C/∂W_h,2→3"
    assert "∂C/∂W_h" in iris.panel.pulls.words.said


# -- promise and outcome ---------------------------------------------------------------------------


def test_both_numbers_come_with_the_update(toy: Bench) -> None:
    section = toy.panel.promise
    toy.at(Kind.GRADIENT, 0)
    assert section.bars.texts == (UNTOLD, UNTOLD)
    assert section.quotient.value.text() == UNTOLD
    assert "come with the update" in section.words.said
    toy.at(Kind.UPDATE, 1)
    assert section.bars.texts == ("−0.157", "−0.116")
    assert section.quotient.value.text() == "0.737"
    assert section.words.said.startswith("The gradients promised −0.157; the cost fell by 0.116")


def filled(bench: Bench) -> PromiseCourse:
    bench.panel.refresh()
    while not bench.course.complete:
        bench.course.work()
    return bench.course


def test_the_run_is_filled_with_what_each_step_promised_and_did(iris: Bench) -> None:
    iris.session.advance(30)
    course = filled(iris)
    assert course.steps == tuple(range(31))
    for step in (0, 11, 30):
        iris.session.go_to(step)
        assert course.of(step) == promise(iris.session.network, iris.session.record)


def test_filling_the_run_moves_nothing(iris: Bench) -> None:
    iris.session.advance(20)
    iris.session.go_to(7)
    record = iris.session.record
    filled(iris)
    assert iris.session.record is record
    assert iris.session.trainer.reached == 20


def test_a_slice_ends_when_its_time_is_up(iris: Bench) -> None:
    iris.player.run()  # so that the panel's own course does nothing
    iris.session.advance(50)
    iris.player.pause()
    now = [0.0]

    def clock() -> float:
        now[0] += SLICE / 2.5
        return now[0]

    course = PromiseCourse(iris.session, iris.player, iris.panel, clock)
    course.follow()
    course.work()
    assert len(course.steps) == 3
    course.work()
    assert len(course.steps) == 6


def test_nothing_is_worked_out_while_training_runs_or_unseen(iris: Bench) -> None:
    iris.player.run()
    iris.session.advance(10)
    iris.course.follow()
    known = iris.course.steps
    iris.course.work()
    assert iris.course.steps == known
    iris.player.pause()
    iris.panel.hide()
    iris.course.work()
    assert iris.course.steps == known
    iris.panel.show()
    iris.course.work()
    assert len(iris.course.steps) > len(known)


def test_shown_again_the_run_goes_on_filling_by_itself(qtbot: QtBot, iris: Bench) -> None:
    iris.panel.hide()
    iris.session.advance(10)
    iris.panel.show()
    qtbot.waitUntil(lambda: iris.course.steps == tuple(range(11)))


def test_another_run_or_other_settings_begin_anew(iris: Bench) -> None:
    iris.session.advance(10)
    filled(iris)
    iris.panel.hide()
    iris.session.set_learning(replace(iris.session.learning, rate=0.9))
    assert iris.course.steps == ()
    iris.panel.show()
    before = filled(iris).of(0)
    iris.panel.hide()
    iris.session.roll()
    assert iris.course.steps == ()
    iris.panel.show()
    assert filled(iris).of(0) != before


def test_a_long_run_is_looked_at_in_few_steps(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "toy")
    bench.session.advance(1000)
    course = filled(bench)
    assert course.steps == tuple(range(0, 1001, 16))


def test_the_furthest_step_is_drawn_once_its_update_is_told(toy: Bench) -> None:
    toy.session.advance(3)
    filled(toy)
    chart = toy.panel.promise.chart
    toy.at(Kind.COST, 1)
    assert chart.steps == (0, 1, 2)
    toy.at(Kind.UPDATE, 1)
    assert chart.steps == (0, 1, 2, 3)
    toy.session.go_to(1)
    toy.at(Kind.COST, 1)
    assert chart.steps == (0, 1, 2, 3)


def test_a_click_into_the_run_goes_to_that_step(qtbot: QtBot, toy: Bench) -> None:
    toy.session.advance(40)
    chart = toy.panel.promise.chart
    for step in (10, 0, 40):
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(round(chart.x_at(step)), 90))
        assert toy.session.trainer.step == step
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert toy.session.trainer.step == 38
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    assert toy.session.trainer.step == 40


@given(st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=30))
def test_the_scale_keeps_order_and_holds_every_value(values: list[float]) -> None:
    scale = symmetric_log(values)
    shares = [scale.share(value) for value in sorted(values)]
    assert shares == sorted(shares)
    assert all(-1e-9 <= share <= 1 + 1e-9 for share in (*shares, scale.share(0.0)))


@given(st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=30))
def test_ticks_keep_apart_and_one_is_zero(values: list[float]) -> None:
    scale = symmetric_log(values)
    ticks = scale.ticks(0.15)
    places = [scale.share(value) for value, _ in ticks]
    assert (0.0, "0") in ticks
    assert all(gap >= 0.15 - 1e-9 for gap in np.diff(places))


# -- the wiggle check ------------------------------------------------------------------------------


def test_backpropagations_slope_comes_with_its_phase(toy: Bench) -> None:
    section = toy.panel.wiggle
    toy.look_at(Edge(1, 0, 0))
    toy.at(Kind.OUTPUT_ERROR, 1)
    assert section.slope.value.text() == "0.696000"
    assert (section.backprop.value.text(), section.apart.value.text()) == (UNTOLD, UNTOLD)
    assert section.words.said == "Backprop's slope comes with the phase C'(W_o)."
    toy.at(Kind.GRADIENT, 1)
    assert section.backprop.value.text() == "0.696000"
    assert section.words.said.startswith("The two slopes agree to ")


def test_epsilon_is_chosen_with_the_slider(qtbot: QtBot, iris: Bench) -> None:
    section = iris.panel.wiggle
    iris.look_at(Edge(0, 1, 2))
    iris.at(Kind.UPDATE, 1)
    assert section.epsilon.epsilon == 1e-3
    qtbot.keyClick(section.epsilon.slider, Qt.Key.Key_Up)
    qtbot.keyClick(section.epsilon.slider, Qt.Key.Key_Up)
    assert section.epsilon.epsilon == 0.1
    iris.panel.refresh()
    seen = wiggle(iris.session.network, iris.session.record, Edge(0, 1, 2), 0.1)
    assert section.above.value.text() == number(seen.above, seen.digits)
    assert section.below.value.text() == number(seen.below, seen.digits)
    assert section.above.value.text() != section.below.value.text()


def test_at_full_speed_the_wiggle_waits_and_the_rest_follows(iris: Bench) -> None:
    iris.at(Kind.UPDATE, 1)
    iris.player.set_speed(1.0)
    iris.player.run()
    iris.session.advance(5)
    iris.panel.refresh()
    assert iris.panel.wiggle.slope.value.text() == UNTOLD
    kept = promise(iris.session.network, iris.session.record)
    assert iris.panel.promise.bars.texts == (signed(kept.promised), signed(kept.came))
    iris.player.pause()
    iris.panel.refresh()
    assert iris.panel.wiggle.slope.value.text() != UNTOLD


# -- the whole panel -------------------------------------------------------------------------------


def test_the_same_moment_is_not_made_twice(toy: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    monkeypatch.setattr(toy.panel.promise, "refresh", lambda: made.append(1))
    toy.at(Kind.SUM, 0)
    toy.player.seek(Moment(2, 0.2))
    toy.player.seek(Moment(2, 0.7))
    toy.panel.refresh()
    assert made == [1]


@pytest.mark.parametrize("selected", [None, Edge(0, 0, 0), Edge(1, 0, 0), Node(0, 0), Node(INPUT, 0)])
@pytest.mark.parametrize("width", [220, 252, 328])
@pytest.mark.parametrize("name", ["toy", "ten-hidden", "mazur", "iris", "digits"])
def test_nothing_is_wider_than_the_panel(
    qapp: QApplication, qtbot: QtBot, name: str, width: int, selected: Address | None
) -> None:
    bench = Bench(qapp, qtbot, name, width)
    bench.panel.wiggle.epsilon.choose(1e-8)
    bench.at(Kind.UPDATE, bench.session.network.depth - 1)
    bench.look_at(selected)
    qapp.processEvents()
    (area,) = bench.panel.findChildren(PanelScroll)
    assert bench.panel.wiggle.width() <= width - 32
    assert area.widget().width() <= area.viewport().width()
    for label in bench.panel.findChildren(QLabel):
        if label.isVisible() and not label.wordWrap():
            assert label.width() >= label.sizeHint().width(), label.text()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_state_can_be_painted(qapp: QApplication, qtbot: QtBot, mode: str) -> None:
    Theme(qapp).set_mode(mode)
    bench = Bench(qapp, qtbot, "mazur")
    for k in range(bench.player.complete, 12):
        bench.player.seek(Moment(min(k, 9), 1.0))
        bench.panel.refresh()
        blank = QImage(bench.panel.size(), QImage.Format.Format_RGB32)
        blank.fill(Qt.GlobalColor.black)
        image = blank.copy()
        painter = QPainter(image)
        bench.panel.render(painter, QPoint(0, 0))
        painter.end()
        assert image != blank


def test_a_run_that_diverges_is_told_and_painted(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "sine")
    bench.session.set_learning(replace(bench.session.learning, rate=1e3))
    bench.session.advance(500)
    assert bench.session.divergence is not None
    bench.at(Kind.UPDATE, 2)
    filled(bench)
    assert bench.panel.promise.chart.steps
    assert not bench.panel.grab().isNull()


def test_every_control_has_a_tooltip(iris: Bench) -> None:
    section = iris.panel.wiggle
    assert section.epsilon.toolTip()
    for row in (section.below, section.above, section.rise, section.slope, section.backprop, section.apart,
                iris.panel.promise.quotient):
        assert row.toolTip()
    for figure in (iris.panel.pulls.strip, iris.panel.promise.bars, iris.panel.promise.chart, section.plot):
        assert figure.tip_at(figure.rect().center().toPointF())
