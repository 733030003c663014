"""The cost plot: true to the history, quick however long it is, sensible when there is little to show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.engine.costs import CostHistory
from bpviz.engine.course import Course
from bpviz.engine.divergence import Divergence
from bpviz.engine.optimizer import Learning
from bpviz.qt.fonts import number_font
from bpviz.qt.player import Player
from bpviz.qt.plots.axis import Axis, cost_axis, run_axis
from bpviz.qt.plots.choice import ChoiceButton
from bpviz.qt.plots.cost.cost_plot import CostPlot
from bpviz.qt.plots.cost.history import Curve, History
from bpviz.qt.plots.cost.picture import Picture, dashed, split, spread
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme
from tests.qt.plot_bench import page_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
DOT = 4  # pixels that the mark on a line reaches beyond the playhead
COSTS = arrays(np.float64, st.integers(1, 400), elements=st.floats(0, 1e9))


# -- axes -----------------------------------------------------------------------------------------------


@given(values=COSTS, log=st.booleans(), most=st.integers(2, 12))
def test_every_cost_lies_on_the_axis_and_ticks_are_round_and_few(
    values: np.ndarray, log: bool, most: int
) -> None:
    axis = cost_axis([values, np.empty(0)], log)
    assert axis.low < axis.high
    placed = axis.place(values)
    assert np.isfinite(placed).all()
    assert (placed >= axis.low).all()
    assert (placed <= axis.high).all()
    ticks = axis.ticks(most)
    assert len(ticks) <= most + 2
    assert all(-1e-9 <= axis.share(value) <= 1 + 1e-9 for value, _ in ticks)
    assert len({text for _, text in ticks}) == len(ticks)


@pytest.mark.parametrize("log", [True, False])
@pytest.mark.parametrize("values", [[0.0], [0.0, 0.0], [3.0], [3.0, 3.0], [1e-300], [0.0, 1e-3], [1e-17, 5]])
def test_a_lone_value_a_constant_and_zero_have_an_axis_with_ticks(values: list[float], log: bool) -> None:
    axis = cost_axis([np.array(values)], log)
    assert all(0 <= axis.share(value) < 1 for value in values)
    assert axis.ticks(5)


def test_zero_lies_under_the_smallest_true_cost_on_a_logarithmic_axis() -> None:
    axis = cost_axis([np.array([0.0, 1e-3, 1.0])], log=True)
    assert 0 <= axis.share(0.0) < axis.share(1e-3) - 0.05


def test_without_any_cost_there_is_still_an_axis() -> None:
    for log in (True, False):
        axis = cost_axis([], log)
        assert axis.low < axis.high


def test_ticks_read_as_in_a_textbook() -> None:
    assert [text for _, text in Axis(-3.0, 0.0, log=True).ticks(6)] == ["0.001", "0.01", "0.1", "1"]
    assert [text for _, text in Axis(0.0, 0.17).ticks(4)] == ["0", "0.05", "0.10", "0.15"]
    assert [text for _, text in run_axis(1500, 0.2).ticks(5)] == ["0", "500", "1,000", "1,500"]
    assert [text for _, text in Axis(0.0, 3.0, whole=True).ticks(50)] == ["0", "1", "2", "3"]


@given(end=st.floats(0, 1e7), free=st.floats(0, 0.5))
def test_room_for_words_is_left_behind_the_run(end: float, free: float) -> None:
    axis = run_axis(end, free)
    assert axis.share(end) <= 1 - free + 1e-9


# -- picture ---------------------------------------------------------------------------------------------


@given(
    wanted=st.lists(st.floats(-50, 300), min_size=1, max_size=6),
)
def test_labels_keep_apart_and_inside(wanted: list[float]) -> None:
    places = spread(wanted, 16, 8, 150)
    assert all(8 - 1e-9 <= place <= 150 + 1e-9 for place in places)
    ordered = sorted(places)
    assert all(b - a >= 16 - 1e-9 for a, b in pairwise(ordered))
    by_wish, by_place = (sorted(range(len(wanted)), key=where.__getitem__) for where in (wanted, places))
    assert by_wish == by_place


def test_labels_with_room_stay_where_they_are() -> None:
    assert spread([40.0, 90.0], 16, 8, 150) == [40.0, 90.0]


def test_the_curve_splits_at_the_playhead_and_both_parts_meet_there() -> None:
    curve = Curve(np.array([0.0, 10.0, 20.0, 30.0]), np.array([4.0, 3.0, 1.0, 0.5]))
    before, after = split(curve, Axis(0.0, 5.0), 15.0)
    assert before.x.tolist() == [0, 10, 15]
    assert after.x.tolist() == [15, 20, 30]
    assert before.y[-1] == after.y[0] == 2.0
    whole, nothing = split(curve, Axis(0.0, 5.0), 30.0)
    assert whole.x.tolist() == curve.x.tolist()
    assert not nothing.x.size


@given(
    x=st.lists(st.floats(40, 900), min_size=2, max_size=60, unique=True).map(sorted),
    seed=st.integers(0, 99), cut=st.floats(0, 1),
)
def test_dashes_lie_on_their_curve_and_stay_where_they_are_when_it_is_cut(
    x: list[float], seed: int, cut: float
) -> None:
    curve = Curve(np.array(x), np.random.default_rng(seed).uniform(0, 150, len(x)))
    dashes = dashed(curve)
    np.testing.assert_allclose(dashes.y, np.interp(dashes.x, curve.x, curve.y), atol=1e-9)
    begun, ended = dashes.x[::2], dashes.x[1::2]
    assert (ended > begun).all()
    assert (((begun + ended) / 2) % 12 < 8).all()
    drawn = sum(max(0.0, min(x[-1], k + 8) - max(x[0], k)) for k in range(36, 912, 12))
    assert (ended - begun).sum() == pytest.approx(drawn, abs=1e-6)
    parts = split(curve, Axis(0.0, 150.0), x[0] + cut * (x[-1] - x[0]))
    lengths = [part.x[1::2] - part.x[::2] for part in map(dashed, parts)]
    assert sum(length.sum() for length in lengths) == pytest.approx(drawn, abs=1e-6)


# -- history -----------------------------------------------------------------------------------------------


@dataclass
class FakeTrainer:
    """A run of many steps that nobody had to wait for."""

    costs: CostHistory
    course: Course
    reached: int

    @property
    def step(self) -> int:
        return self.reached


def long_run(steps: int, per_epoch: int, spike: int = 0) -> FakeTrainer:
    """The training cost falls evenly; batches scatter around it, and one is far off."""
    random = np.random.default_rng(0)
    costs = CostHistory()
    costs.put_epoch(0, 1.0, 1.2, np.nan, np.nan)
    batches = np.exp(-np.arange(steps) / steps * 5) * random.lognormal(0, 0.3, steps)
    batches[spike] = 77.0
    costs.put_steps(batches)
    ends = np.arange(per_epoch, steps + 1, per_epoch)
    training = np.exp(-ends / steps * 5)
    costs.put_epochs(ends, np.stack((training, training * 1.2, training, training), axis=1))
    return FakeTrainer(costs, Course(10 * per_epoch, 0, Learning(0.1, 10)), steps)


def test_a_million_steps_become_some_hundred_points_that_keep_the_peaks() -> None:
    trainer = long_run(1_000_000, 25, spike=654_321)
    curves = History(trainer).curves(by_epoch=False, most=200)  # type: ignore[arg-type]
    for curve in (curves.steps, curves.training, curves.validation):
        assert 200 < len(curve.x) <= 404
    assert curves.steps.y.max() == 77.0
    assert curves.steps.x[curves.steps.y.argmax()] == 654_321
    assert curves.training.last == trainer.costs.last.training


@pytest.mark.parametrize("by_epoch", [True, False])
def test_places_on_the_axis_lead_back_to_their_steps(by_epoch: bool) -> None:
    history = History(long_run(1_003, 25))  # type: ignore[arg-type]
    for step in (0, 1, 24, 25, 500, 999, 1_000, 1_002, 1_003):
        assert history.step_at(history.x_of(step, by_epoch), by_epoch) == step
    assert history.step_at(-5, by_epoch) == 0
    assert history.step_at(1e9, by_epoch) == 1_003
    assert history.x_of(250, True) == 10.0


def test_what_is_not_finite_is_left_out() -> None:
    trainer = long_run(100, 10)
    trainer.costs.put_epoch(110, np.inf, np.nan, np.nan, np.nan)
    trainer.costs.put_epoch(120, 0.5, np.nan, np.nan, np.nan)
    curves = History(trainer).curves(by_epoch=True, most=50)  # type: ignore[arg-type]
    assert curves.training.x.tolist() == [*range(11), 12]
    assert curves.validation.x.tolist() == list(range(11))


# -- the widget ---------------------------------------------------------------------------------------------


class Bench:
    """A cost plot with what it is connected to."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, name: str = "toy") -> None:
        self.theme = Theme(qapp)
        self.theme.set_mode("light")
        self.session = Session(load_preset(name))
        self.player = Player(self.session, clock=lambda: 0.0)
        self.plot = page_of(CostPlot, self.session, self.player, self.theme)
        qtbot.addWidget(self.plot)
        self.plot.resize(680, 230)
        self.plot.show()
        qapp.processEvents()
        self.plot.refresh()

    def picture(self) -> Picture:
        self.plot.refresh()
        picture = self.plot.view.picture
        assert picture is not None
        return picture


@pytest.fixture
def bench(qapp: QApplication, qtbot: QtBot) -> Iterator[Bench]:
    yield Bench(qapp, qtbot)


def test_before_training_it_says_what_to_press(bench: Bench) -> None:
    assert bench.plot.view.picture is None
    assert bench.plot.view.words == (
        "The cost appears here once training runs. Press Space.", "Before training it is 0.168."
    )


def test_training_draws_every_cost_and_names_the_newest(bench: Bench) -> None:
    bench.session.advance(12)
    picture = bench.picture()
    training = bench.session.trainer.costs.training()
    np.testing.assert_array_equal(picture.curves.training.y, training.values)
    assert picture.curves.training.x.tolist() == list(range(13))
    assert picture.labels[0].startswith("training ")
    assert picture.labels[1] == ""
    assert picture.step == "step 12"
    assert not picture.curves.steps.x.size, "one step is an epoch: the batch's cost is the training cost"


def test_validation_and_batches_are_drawn_where_there_are_some(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "iris")
    bench.session.advance(50)
    curves = bench.picture().curves
    assert len(curves.steps.x) == 50
    assert len(curves.training.x) == len(curves.validation.x) == bench.session.trainer.epoch_of(50) + 1
    assert "accuracy" in bench.plot.accuracy_text
    assert "validation" in bench.plot.accuracy_text
    bench.plot.set_by_epoch(True)
    curves = bench.picture().curves
    assert curves.training.x.tolist() == list(range(len(curves.training.x)))


def test_where_there_is_little_room_the_accuracy_is_short(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "iris")
    bench.session.advance(50)
    bench.plot.refresh()
    long = bench.plot.accuracy_text
    assert bench.plot.minimumSizeHint().width() < 400
    bench.plot.resize(400, 200)
    qapp.processEvents()
    bench.plot.refresh()
    assert len(bench.plot.accuracy_text) < len(long)
    assert "accuracy" not in bench.plot.accuracy_text


def test_the_accuracy_keeps_its_name_in_the_smallest_window(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "digits")
    bench.plot.resize(460, 200)
    qapp.processEvents()
    bench.plot.refresh()
    assert re.fullmatch(r"accuracy [\d.]+ %", bench.plot.accuracy_text), "beside Cost, a bare share is one"


def test_a_regression_has_no_accuracy(bench: Bench) -> None:
    bench.session.advance(3)
    bench.plot.refresh()
    assert bench.plot.accuracy_text == ""


def test_a_click_returns_to_that_step_and_what_comes_after_is_fainter(bench: Bench, qtbot: QtBot) -> None:
    bench.session.advance(40)
    picture = bench.picture()
    for step in (11, 0, 40, 25):
        where = QPoint(round(picture.left(step)), 80)
        qtbot.mouseClick(bench.plot.view, Qt.MouseButton.LeftButton, pos=where)
        assert bench.session.trainer.step == step
    picture = bench.picture()
    assert picture.step == "step 25"
    image, full = bench.plot.view.grab().toImage(), QColor(bench.theme.palette.value_positive)
    everywhere = product(range(image.width()), range(image.height()))
    columns = {x for x, y in everywhere if image.pixelColor(x, y) == full}
    assert min(columns) <= picture.left(0) + 2
    assert picture.left(25) - 2 <= max(columns) <= picture.left(25) + DOT


def test_going_back_does_not_change_the_axes(bench: Bench) -> None:
    bench.session.advance(40)
    before = bench.picture()
    bench.player.seek_step(5)
    after = bench.picture()
    assert (before.x, before.y, before.rect) == (after.x, after.y, after.rect)


@pytest.mark.parametrize("steps", [1, 2, 39, 640])
@pytest.mark.parametrize("log", [True, False])
def test_everything_stays_within_the_view(qapp: QApplication, qtbot: QtBot, steps: int, log: bool) -> None:
    bench = Bench(qapp, qtbot, "circle")
    bench.plot.set_log(log)
    bench.session.advance(steps)
    picture = bench.picture()
    metrics = QFontMetricsF(number_font(12, 600))
    end = picture.left(picture.curves.end) + 12
    for label in picture.labels:
        assert end + metrics.horizontalAdvance(label) <= bench.plot.view.width()
    for curve in (picture.curves.training, picture.curves.validation, picture.curves.steps):
        for x, y in zip(curve.x, curve.y, strict=True):
            assert picture.rect.left() <= picture.left(x) <= picture.rect.right()
            assert picture.rect.top() <= picture.top(y) <= picture.rect.bottom() + 1e-6


@pytest.mark.parametrize("log", [True, False])
def test_the_drawing_and_the_words_agree_on_where_things_are(bench: Bench, log: bool) -> None:
    bench.plot.set_log(log)
    bench.session.advance(30)
    picture = bench.picture()
    training = picture.curves.training
    whole, _ = split(training, picture.y, 30.0)
    drawn = picture.drawn(whole)
    assert drawn.x.tolist() == pytest.approx([picture.left(x) for x in training.x])
    assert drawn.y.tolist() == pytest.approx([picture.top(y) for y in training.y])


def test_costs_of_zero_are_drawn_on_both_axes(bench: Bench) -> None:
    bench.session.advance(600)
    assert bench.session.trainer.costs.training().values.min() < 1e-30
    for log in (True, False):
        bench.plot.set_log(log)
        assert np.isfinite(bench.picture().y.place(bench.picture().curves.training.y)).all()
        bench.plot.grab()


def test_many_changes_within_a_frame_are_drawn_once(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.session.advance(1)
    bench.plot.refresh()
    drawn = []
    show = bench.plot.view.show_picture
    monkeypatch.setattr(bench.plot.view, "show_picture", lambda picture: (drawn.append(1), show(picture)))
    for _ in range(20):
        bench.session.advance(1)
    qtbot.waitUntil(lambda: bool(drawn), timeout=2000)
    QApplication.processEvents()
    assert len(drawn) == 1


def test_while_hidden_nothing_is_drawn_and_once_shown_it_is_up_to_date(bench: Bench) -> None:
    bench.plot.hide()
    bench.session.advance(9)
    assert not bench.plot._timer.isActive()
    bench.plot.show()
    assert bench.plot.view.picture is not None
    assert bench.plot.view.picture.step == "step 9"


def test_divergence_is_marked(bench: Bench) -> None:
    bench.session.advance(5)
    assert bench.picture().trouble is None
    bench.session.trainer.divergence = Divergence(6, 0, "weight", 1e13, 10.0)
    picture = bench.picture()
    assert picture.trouble == (6.0, "diverges at step 6")
    assert picture.left(6.0) < picture.rect.right()
    bench.plot.grab()


def test_another_batch_size_midway_keeps_epochs_in_order(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "iris")
    bench.plot.set_by_epoch(True)
    bench.session.advance(25)
    bench.session.set_learning(replace(bench.session.learning, batch_size=40))
    bench.session.advance(25)
    picture = bench.picture()
    for curve in (picture.curves.training, picture.curves.steps):
        assert (np.diff(curve.x) >= 0).all()
    assert picture.curves.training.x[-1] == bench.session.trainer.epoch_of(
        bench.session.trainer.costs.last.step
    )


def test_rolling_and_other_presets_start_the_plot_anew(bench: Bench) -> None:
    bench.session.advance(5)
    bench.picture()
    bench.session.roll()
    bench.plot.refresh()
    assert bench.plot.view.picture is None
    bench.session.open_preset(load_preset("iris"))
    bench.session.advance(30)
    assert len(bench.picture().curves.steps.x) == 30


def test_the_choices_can_be_pressed_by_return(bench: Bench, qtbot: QtBot) -> None:
    bench.session.advance(5)
    assert bench.picture().y.log
    linear = next(b for b in bench.plot.findChildren(ChoiceButton) if b.text() == "linear")
    assert linear.accessibleName() == "Cost axis: linear"
    qtbot.keyClick(linear, Qt.Key.Key_Return)
    assert not bench.picture().y.log


def test_both_themes_are_drawn(bench: Bench) -> None:
    bench.session.advance(20)
    bench.picture()
    light = bench.plot.grab().toImage()
    bench.theme.set_mode("dark")
    assert bench.plot.grab().toImage() != light
    bench.theme.set_mode("light")
    assert bench.plot.grab().toImage() == light
