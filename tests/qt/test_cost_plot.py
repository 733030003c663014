"""The cost plot: true to the history, quick however long it is, sensible when there is little to show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.engine.divergence import Divergence
from bpviz.qt.plots.axis import Axis, cost_axis, percent_axis, run_axis, time_axis
from bpviz.qt.plots.cost.chosen import Along, Chosen
from bpviz.qt.plots.cost.history import Curve, History
from bpviz.qt.plots.cost.labels import label_room
from bpviz.qt.plots.cost.picture import dashed, dotted, split, spread
from tests.qt.cost_bench import CostBench, long_run

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
    assert [text for _, text in run_axis(1500).ticks(5)] == ["0", "500", "1,000", "1,500"]
    assert [text for _, text in time_axis(1.5).ticks(4)] == ["0", "0.5", "1.0", "1.5"]
    assert [text for _, text in Axis(0.0, 3.0, whole=True).ticks(50)] == ["0", "1", "2", "3"]


@given(end=st.floats(0, 1e7))
def test_a_run_is_seen_whole_and_of_a_short_one_the_steps_to_come(end: float) -> None:
    assert run_axis(end).share(end) == pytest.approx(min(1.0, end / 10))
    assert run_axis(end, per_epoch=5.0).high == max(end, 2.0)


@given(shares=st.lists(st.floats(0, 100), min_size=1, max_size=9))
def test_accuracies_lie_on_an_axis_up_to_a_hundred_percent_with_ticks_at_its_ends(
    shares: list[float]
) -> None:
    axis = percent_axis([np.array(shares), np.empty(0)])
    assert all(0 <= axis.share(value) <= 1 for value in shares)
    texts = [text for _, text in axis.ticks(2)]
    assert len(texts) >= 2
    assert texts[-1] == "100 %"


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


@given(seed=st.integers(0, 99), size=st.integers(2, 40))
def test_dots_follow_a_staircase_also_where_it_is_upright(seed: int, size: int) -> None:
    random = np.random.default_rng(seed)
    x, y = np.sort(random.uniform(40, 900, size)), random.uniform(0, 150, size)
    stairs = Curve(np.repeat(x, 2)[1:], np.repeat(y, 2)[:-1])
    walk = np.append(0, np.cumsum(np.abs(np.diff(stairs.x)) + np.abs(np.diff(stairs.y))))
    dots = dotted(stairs)
    lengths = np.abs(dots.x[1::2] - dots.x[::2]) + np.abs(dots.y[1::2] - dots.y[::2])
    assert lengths.sum() == pytest.approx(walk[-1] / 2, abs=2.1)
    corners = np.interp(walk, walk, stairs.x)
    assert (np.isin(dots.x, corners) | np.isin(dots.y, stairs.y)).all(), "each lies on a step"


# -- history -----------------------------------------------------------------------------------------------


def test_a_million_steps_become_some_hundred_points_that_keep_the_peaks() -> None:
    trainer = long_run(1_000_000, 25, spike=654_321)
    curves = History(trainer).curves(Chosen(), most=200)  # type: ignore[arg-type]
    for curve in (curves.steps, curves.training, curves.validation):
        assert 200 < len(curve.x) <= 404
    assert curves.steps.y.max() == 77.0
    assert curves.steps.x[curves.steps.y.argmax()] == 654_321
    assert curves.training.last == trainer.costs.last.training


@pytest.mark.parametrize("along", ["step", "epoch"])
def test_places_on_the_axis_lead_back_to_their_steps(along: Along) -> None:
    history = History(long_run(1_003, 25))  # type: ignore[arg-type]
    for step in (0, 1, 24, 25, 500, 999, 1_000, 1_002, 1_003):
        assert history.step_at(history.x_of(step, along), along) == step
    assert history.step_at(-5, along) == 0
    assert history.step_at(1e9, along) == 1_003
    assert history.x_of(250, "epoch") == 10.0


def test_what_is_not_finite_is_left_out() -> None:
    trainer = long_run(100, 10)
    trainer.costs.put_epoch(110, np.inf, np.nan, np.nan, np.nan)
    trainer.costs.put_epoch(120, 0.5, np.nan, np.nan, np.nan)
    curves = History(trainer).curves(Chosen(along="epoch"), most=50)  # type: ignore[arg-type]
    assert curves.training.x.tolist() == [*range(11), 12]
    assert curves.validation.x.tolist() == list(range(11))


# -- the widget ---------------------------------------------------------------------------------------------


@pytest.fixture
def bench(qapp: QApplication, qtbot: QtBot) -> Iterator[CostBench]:
    yield CostBench(qapp, qtbot)


def test_before_training_it_says_what_to_press(bench: CostBench) -> None:
    assert bench.plot.view.picture is None
    assert bench.plot.view.words == (
        "The cost appears here once training runs. Press Space.", "Before training it is 0.168."
    )


def test_training_draws_every_cost_and_names_the_newest(bench: CostBench) -> None:
    bench.session.advance(12)
    picture = bench.picture()
    training = bench.session.trainer.costs.training()
    np.testing.assert_array_equal(picture.curves.training.y, training.values)
    assert picture.curves.training.x.tolist() == list(range(13))
    assert [label.text.split()[0] for label in picture.labels] == ["training"]
    assert picture.step == "step 12"
    assert not picture.curves.steps.x.size, "one step is an epoch: the batch's cost is the training cost"


def test_validation_and_batches_are_drawn_where_there_are_some(qapp: QApplication, qtbot: QtBot) -> None:
    bench = CostBench(qapp, qtbot, "iris")
    bench.session.advance(50)
    curves = bench.picture().curves
    assert len(curves.steps.x) == 50
    assert len(curves.training.x) == len(curves.validation.x) == bench.session.trainer.epoch_of(50) + 1
    assert [label.text.split()[0] for label in bench.picture().labels] == ["training", "validation"]
    bench.choose(along="epoch")
    curves = bench.picture().curves
    assert curves.training.x.tolist() == list(range(len(curves.training.x)))


def test_a_click_returns_to_that_step_and_what_comes_after_is_fainter(bench: CostBench, qtbot: QtBot) -> None:
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


def test_going_back_does_not_change_the_axes(bench: CostBench) -> None:
    bench.session.advance(40)
    before = bench.picture()
    bench.player.seek_step(5)
    after = bench.picture()
    assert (before.x, before.y, before.rect) == (after.x, after.y, after.rect)


@pytest.mark.parametrize("steps", [1, 2, 39, 640])
@pytest.mark.parametrize("log", [True, False])
def test_everything_stays_within_the_view(qapp: QApplication, qtbot: QtBot, steps: int, log: bool) -> None:
    bench = CostBench(qapp, qtbot, "circle")
    bench.choose(log=log)
    bench.session.advance(steps)
    picture = bench.picture()
    strip = picture.strip
    assert strip is not None
    labels = picture.labels + strip.labels
    assert len(labels) == 4
    assert picture.rect.right() + label_room(labels, 1000) <= bench.plot.view.width()
    assert strip.rect.bottom() + 20 < bench.plot.view.height()
    for curve in (picture.curves.training, picture.curves.validation, picture.curves.steps):
        for x, y in zip(curve.x, curve.y, strict=True):
            assert picture.rect.left() <= picture.left(x) <= picture.rect.right()
            assert picture.rect.top() <= picture.top(y) <= picture.rect.bottom() + 1e-6


@pytest.mark.parametrize("log", [True, False])
def test_the_drawing_and_the_words_agree_on_where_things_are(bench: CostBench, log: bool) -> None:
    bench.choose(log=log)
    bench.session.advance(30)
    picture = bench.picture()
    training = picture.curves.training
    whole, _ = split(training, picture.y, 30.0)
    drawn = picture.drawn(whole)
    assert drawn.x.tolist() == pytest.approx([picture.left(x) for x in training.x])
    assert drawn.y.tolist() == pytest.approx([picture.top(y) for y in training.y])


def test_costs_of_zero_are_drawn_on_both_axes(bench: CostBench) -> None:
    bench.session.advance(600)
    assert bench.session.trainer.costs.training().values.min() < 1e-30
    for log in (True, False):
        bench.choose(log=log)
        assert np.isfinite(bench.picture().y.place(bench.picture().curves.training.y)).all()
        bench.plot.grab()


def test_many_changes_within_a_frame_are_drawn_once(
    bench: CostBench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
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


def test_while_hidden_nothing_is_drawn_and_once_shown_it_is_up_to_date(bench: CostBench) -> None:
    bench.plot.hide()
    bench.session.advance(9)
    assert bench.plot.view.picture is None
    bench.plot.show()
    assert bench.plot.view.picture is not None
    assert bench.plot.view.picture.step == "step 9"


def test_divergence_is_marked(bench: CostBench) -> None:
    bench.session.advance(5)
    assert bench.picture().trouble is None
    bench.session.trainer.divergence = Divergence(6, 0, "weight", 1e13, 10.0)
    picture = bench.picture()
    assert picture.trouble == (6.0, "diverges at step 6")
    assert picture.left(6.0) < picture.rect.right()
    bench.plot.grab()


def test_another_batch_size_midway_keeps_epochs_in_order(qapp: QApplication, qtbot: QtBot) -> None:
    bench = CostBench(qapp, qtbot, "iris")
    bench.choose(along="epoch")
    bench.session.advance(25)
    bench.session.set_learning(replace(bench.session.learning, batch_size=40))
    bench.session.advance(25)
    picture = bench.picture()
    for curve in (picture.curves.training, picture.curves.steps):
        assert (np.diff(curve.x) >= 0).all()
    assert picture.curves.training.x[-1] == bench.session.trainer.epoch_of(
        bench.session.trainer.costs.last.step
    )


def test_rolling_and_other_presets_start_the_plot_anew(bench: CostBench) -> None:
    bench.session.advance(5)
    bench.picture()
    bench.session.roll()
    bench.plot.refresh()
    assert bench.plot.view.picture is None
    bench.session.open_preset(load_preset("iris"))
    bench.session.advance(30)
    assert len(bench.picture().curves.steps.x) == 30


def test_both_themes_are_drawn(bench: CostBench) -> None:
    bench.session.advance(20)
    bench.picture()
    light = bench.plot.grab().toImage()
    bench.theme.set_mode("dark")
    assert bench.plot.grab().toImage() != light
    bench.theme.set_mode("light")
    assert bench.plot.grab().toImage() == light
