"""The plane of the prediction plot: the surface is the prediction, its boundary where classes meet, and wrong
is what the accuracy calls wrong."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.document.source import Columns, Rows, Source
from bpviz.engine.backprop import predict
from bpviz.engine.network import Layer, Network
from bpviz.explain.number import number
from bpviz.explain.surface import surface_on
from bpviz.qt.palette import DARK, LIGHT, Palette
from bpviz.qt.plots.prediction.contours import Lines, joined, label_place, lines_at
from bpviz.qt.plots.prediction.fineness import BUDGET, FINEST, Fineness, places, shape
from bpviz.qt.plots.prediction.plane_view import PlaneView
from bpviz.qt.plots.prediction.points import MOST_POINTS, nearest, points_of
from bpviz.qt.plots.prediction.prediction_plot import PredictionPlot
from bpviz.qt.plots.prediction.shading import PROBABILITY, class_colours, scale_of
from tests.qt.plot_bench import PageBench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


class Bench(PageBench):
    """The plane of a preset, and what is drawn of it."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, preset: str, size: tuple[int, int] = (680, 200)):
        super().__init__(PredictionPlot, qapp, qtbot, preset, size)
        self.app = qapp
        assert isinstance(self.page, PredictionPlot)
        view = self.page.view
        assert isinstance(view, PlaneView)
        self.view, self.items = view, view.items
        self.settle()

    def settle(self) -> None:
        """Until the surface is as fine as it gets."""
        self.app.processEvents()
        self.page.refresh()
        while self.view.work.busy:
            self.app.processEvents()
        self.page.refresh()

    def words(self) -> list[str]:
        return [row.text for row in self.view.key.rows]

    def predicted(self, inputs: np.ndarray) -> np.ndarray:
        return predict(self.session.network, self.session.trainer.parameters, inputs)


@pytest.fixture
def circle(qapp: QApplication, qtbot: QtBot) -> Bench:
    bench = Bench(qapp, qtbot, "circle")
    bench.session.advance(400)
    bench.settle()
    return bench


def wheel(bench: Bench) -> None:
    """Turn the wheel over the middle of the plot by a notch."""
    viewport = bench.view.chart.view.viewport()
    at = QPointF(viewport.rect().center())
    turned = QWheelEvent(
        at, viewport.mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )
    QApplication.sendEvent(viewport, turned)


# -- which view ------------------------------------------------------------------------------------------


def test_after_data_that_have_only_examples_the_surface_is_seen_again_and_can_be_chosen(
    qapp: QApplication, qtbot: QtBot
) -> None:
    bench = Bench(qapp, qtbot, "circle")
    page = bench.page
    assert isinstance(page, PredictionPlot)
    bench.session.open_preset(load_preset("iris"))
    page.refresh()
    assert page.view is not bench.view and not page._picker.isVisibleTo(page.controls)
    bench.session.open_preset(load_preset("circle"))
    page.refresh()
    assert page.view is bench.view and page._picker.isVisibleTo(page.controls)
    assert page._picker.text() == "surface"


def test_what_a_person_chose_is_seen_again_after_data_that_it_did_not_suit(
    qapp: QApplication, qtbot: QtBot
) -> None:
    bench = Bench(qapp, qtbot, "circle")
    page = bench.page
    assert isinstance(page, PredictionPlot)
    page.choose("examples")
    chosen = page.view
    for preset in ("sine", "iris", "circle"):
        bench.session.open_preset(load_preset(preset))
        page.refresh()
        assert page.view is chosen


# -- the surface -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", ["mazur", "xor", "circle", "spiral"])
def test_the_surface_is_the_prediction_and_fills_the_view(
    qapp: QApplication, qtbot: QtBot, preset: str
) -> None:
    bench = Bench(qapp, qtbot, preset)
    surface = bench.view._surface()
    (left, right), (low, high) = bench.view.view_range()
    edges = surface.x[0], surface.x[-1], surface.y[0], surface.y[-1]
    assert edges == pytest.approx((left, right, low, high))
    for row, column in ((0, 0), (3, 5), (-1, -1)):
        at = np.array([[surface.x[column], surface.y[row]]])
        np.testing.assert_allclose(surface.outputs[row, column], bench.predicted(at)[0], rtol=1e-12)


def test_the_ring_around_an_example_at_the_edge_is_seen_whole_in_a_low_plot(
    qapp: QApplication, qtbot: QtBot
) -> None:
    bench = Bench(qapp, qtbot, "xor", (680, 150))
    _, (low, _) = bench.view.view_range()
    pixel = bench.view.chart.box.viewPixelSize()[1]
    assert (0.0 - low) / pixel >= 10.0, "and the example is at 0"


def test_along_the_boundary_the_output_is_one_half(circle: Bench) -> None:
    x, y = circle.items._lines.getData()
    points = np.stack([x, y], axis=1)
    points = points[np.isfinite(points).all(axis=1)]
    assert len(points) > 40
    np.testing.assert_allclose(circle.predicted(points), 0.5, atol=1e-2)


def test_inside_the_circle_the_surface_is_blue_and_outside_orange(circle: Bench) -> None:
    image = circle.items._image.image
    rows, columns, _ = image.shape
    middle, corner = image[rows // 2, columns // 2].astype(int), image[2, 2].astype(int)
    assert middle[2] > middle[0] + 40
    assert corner[0] > corner[2] + 40


def test_a_surface_that_rests_becomes_as_fine_as_can_be_seen(circle: Bench) -> None:
    box = circle.view.chart.box
    assert circle.view.work.pixels == FINEST
    columns, rows = shape(box.width(), box.height(), FINEST)
    assert circle.items._image.image.shape[:2] == (rows, columns)


def test_zoomed_in_the_surface_is_of_what_is_seen_and_a_double_click_shows_all_again(circle: Bench) -> None:
    home = circle.view.view_range()
    wheel(circle)
    circle.settle()
    (left, right), _ = circle.view.view_range()
    assert right - left < home[0][1] - home[0][0]
    assert circle.view._surface().x[0] == left
    circle.view.chart.fit()
    circle.settle()
    assert circle.view.view_range() == home
    assert circle.view._surface().x[0] == home[0][0]


def test_while_training_runs_no_finer_surface_is_begun(circle: Bench) -> None:
    circle.player.set_speed(1.0)
    circle.player.run()
    circle.session.advance(5)
    circle.page.refresh()
    assert circle.view.work.pixels > FINEST
    assert not circle.view.work.busy
    circle.player.pause()
    circle.settle()
    assert circle.view.work.pixels == FINEST


def test_a_surface_is_computed_once_for_the_same_weights_and_view(
    circle: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    monkeypatch.setattr(
        "bpviz.qt.plots.prediction.surface_work.surface_on",
        lambda *asked: (made.append(1), surface_on(*asked))[1],
    )
    circle.spotlight.set_example(3)
    circle.page.refresh()
    assert made == []
    circle.session.advance()
    circle.page.refresh()
    assert made == [1]


def test_numbers_have_lines_at_round_values_with_their_figures(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "mazur")
    labels = [item for item in bench.items._labels if item.isVisible()]
    assert len(labels) >= 2
    for label in labels:
        at = np.array([[label.pos().x(), label.pos().y()]])
        assert float(label.toPlainText()) == pytest.approx(float(bench.predicted(at)[0, 0]), abs=1e-3)


def test_each_of_several_outputs_can_be_chosen(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "mazur")
    assert [option.label for option in bench.view.outputs._offered()] == ["o1", "o2"]
    first = bench.items._image.image.copy()
    bench.view.outputs.picked.emit("1")
    bench.page.refresh()
    assert bench.view.outputs.text() == "o2"
    assert "lines of equal ŷ₂" in bench.words()
    assert not np.array_equal(first, bench.items._image.image)
    bench.session.open_preset(load_preset("xor"))
    bench.page.refresh()
    assert bench.view.outputs.isHidden()
    assert bench.view.outputs.output == 0


# -- the examples ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", ["xor", "circle", "spiral"])
def test_as_many_are_crossed_out_as_the_accuracy_says(qapp: QApplication, qtbot: QtBot, preset: str) -> None:
    bench = Bench(qapp, qtbot, preset)
    trainer = bench.session.trainer
    bench.session.advance(2 * trainer.steps_per_epoch)
    bench.page.refresh()
    wrong, held_out = (len(item.getData()[0]) for item in bench.items._wrong)
    epoch, words = trainer.last_epoch, bench.words()
    assert 1 - wrong / trainer.train.count == pytest.approx(epoch.train_accuracy)
    assert f"{wrong} of {trainer.train.count} wrong" in words
    if trainer.validation is not None:
        assert 1 - held_out / trainer.validation.count == pytest.approx(epoch.validation_accuracy)
        assert f"{held_out} of {trainer.validation.count} in validation" in words


def test_classes_differ_in_shape_and_sets_in_filling(circle: Bench) -> None:
    marks = circle.items._marks
    assert len({mark.symbol for mark in marks}) == 2
    palette = circle.theme.palette
    assert [mark.fill == palette.panel for mark in marks] == [False, True, False, True]
    drawn = sum(len(item.getData()[0]) for item in circle.items._points if item.isVisible())
    assert drawn == 240


def test_a_click_on_a_point_of_the_batch_shows_that_example(circle: Bench, qtbot: QtBot) -> None:
    record, chart, points = circle.session.record, circle.view.chart, circle.view.points
    rows = circle.session.trainer.batch_rows(circle.session.trainer.step)
    shown = 0
    for example, row in enumerate(rows):
        at = chart.view.mapFromScene(chart.box.mapViewToScene(QPointF(*record.inputs[example])))
        near = circle.view._near(chart.box.mapSceneToView(QPointF(at)))
        if near is not None and points.rows[near] == row and not points.held_out[near]:
            qtbot.mouseClick(chart.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
            circle.page.refresh()
            assert circle.spotlight.example == example
            (x,), (y,) = circle.items._focus.getData()
            assert (x, y) == tuple(record.inputs[example])
            shown += 1
    assert shown > 5, "no point lies so close to others"


def test_a_click_on_a_validation_point_says_that_no_step_learns_from_it(circle: Bench) -> None:
    points = circle.view.points
    index = int(np.flatnonzero(points.held_out)[0])
    place = QPointF(*points.inputs[index])
    assert circle.view._near(place) == index
    circle.view.chart.pressed.emit(place)
    assert circle.view.key.under[-1].text == "Validation: no step learns from it."
    assert circle.spotlight.example == 0


def test_pointing_reads_both_inputs_and_the_output(circle: Bench) -> None:
    circle.view.chart.pointed.emit(QPointF(0.05, 3.0))
    value = number(float(circle.predicted(np.array([[0.05, 3.0]]))[0, 0]))
    assert [row.text for row in circle.view.key.under] == ["x1 0.0500   x2 3.00", f"ŷ {value}: outside"]


def test_the_batch_is_ringed_only_where_steps_can_be_seen(circle: Bench) -> None:
    assert len(circle.items._batch.getData()[0]) == 10
    assert "this batch" in circle.words()
    circle.player.set_speed(1.0)
    circle.player.run()
    circle.page.refresh()
    assert not len(circle.items._batch.getData()[0])
    circle.player.pause()


def test_undoing_another_split_shows_the_points_as_they_were(circle: Bench) -> None:
    before = circle.view.points.inputs
    circle.session.set_seed(99)
    circle.page.refresh()
    assert not np.array_equal(circle.view.points.inputs, before)
    circle.session.undo()
    circle.page.refresh()
    np.testing.assert_array_equal(circle.view.points.inputs, before)


def test_the_table_holds_every_example_and_a_grid(circle: Bench) -> None:
    table = circle.page.table()
    assert table is not None
    assert table.columns == ("set", "x1", "x2", "prediction of side", "side")
    sets = [row[0] for row in table.rows]
    assert (sets.count("training"), sets.count("validation"), sets.count("surface")) == (180, 60, 41 * 41)
    for row in table.rows[::97]:
        assert row[3] == pytest.approx(float(circle.predicted(np.array([row[1:3]]))[0, 0]))


def test_both_themes_are_drawn(circle: Bench) -> None:
    light = circle.page.grab().toImage()
    circle.theme.set_mode("dark")
    circle.page.refresh()
    assert circle.page.grab().toImage() != light
    circle.theme.set_mode("light")
    circle.page.refresh()
    assert circle.page.grab().toImage() == light


# -- other data ------------------------------------------------------------------------------------------


def open_rows(bench: Bench, rows: Rows, outputs: int, activation: str) -> None:
    """A run of the preset on these examples."""
    preset, network = load_preset("circle"), Network(2, (Layer(6, "tanh"), Layer(outputs, activation)))
    experiment = replace(
        preset.experiment, network=network, dataset=Source(rows=rows), validation_share=0.25
    )
    bench.session.open_preset(replace(preset, experiment=experiment))
    bench.settle()


def clusters(classes: int, each: int = 12) -> Rows:
    random = np.random.default_rng(0)
    centres = 3 * np.stack([np.cos(np.arange(classes)), np.sin(np.arange(classes))], axis=1)
    kinds = np.tile(np.arange(classes), each)
    places_ = centres[kinds] + random.normal(0, 0.3, (len(kinds), 2))
    cells = tuple((*place, float(k)) for place, k in zip(places_.tolist(), kinds, strict=True))
    names = tuple("abcdefgh"[:classes])
    return Rows("clusters", Columns("classification", ("u", "v"), ("kind",), names, standardise=True), cells)


def test_three_classes_are_regions_whose_edges_are_where_two_are_alike(
    qapp: QApplication, qtbot: QtBot
) -> None:
    bench = Bench(qapp, qtbot, "circle")
    open_rows(bench, clusters(3), 3, "softmax")
    bench.session.advance(60)
    bench.settle()
    assert bench.view.outputs.output is None
    assert bench.view.outputs.text() == "classes"
    assert bench.words()[:3] == ["a", "b", "c"]
    x, y = bench.items._lines.getData()
    points = np.stack([x, y], axis=1)
    best = np.sort(bench.predicted(points[np.isfinite(points).all(axis=1)]), axis=1)
    assert len(best) > 10
    apart = best[:, -1] - best[:, -2]
    assert np.quantile(apart, 0.95) < 1e-2
    assert apart.max() < 5e-2, "where three regions meet, lines are cut short by a cell"
    assert bench.view.chart.plot.getAxis("bottom").labelText == "u (standardised)"
    bench.view.outputs.picked.emit("1")
    bench.page.refresh()
    assert "ŷ₂ = 0.5" in bench.words()


def test_of_very_many_examples_some_are_drawn_and_it_is_said_how_many(
    qapp: QApplication, qtbot: QtBot
) -> None:
    bench = Bench(qapp, qtbot, "circle")
    random = np.random.default_rng(1)
    cells = tuple((*place, float(place[0] > 0)) for place in random.normal(size=(5_000, 2)).tolist())
    columns = Columns("classification", ("u", "v"), ("side",), ("left", "right"))
    open_rows(bench, Rows("many", columns, cells), 1, "sigmoid")
    drawn = sum(len(item.getData()[0]) for item in bench.items._points if item.isVisible())
    assert drawn == MOST_POINTS
    assert "2,000 of 5,000 drawn" in bench.words()
    points = points_of(bench.session.trainer)
    assert points.held_out.sum() == pytest.approx(MOST_POINTS / 4, abs=1)
    assert len(np.unique(points.rows[~points.held_out])) == (~points.held_out).sum()


# -- parts -----------------------------------------------------------------------------------------------


def test_lines_of_a_plain_slope_are_where_it_has_their_values() -> None:
    x, y = np.linspace(-1, 1, 7), np.linspace(0, 4, 9)
    at, beyond = lines_at(x, y, np.add.outer(2 * y, x), (3.0, 99.0))
    np.testing.assert_allclose(2 * at.y + at.x, 3.0, atol=1e-12)
    assert not beyond.x.size
    assert joined((at, beyond)).x.tolist() == at.x.tolist()
    assert not joined((beyond,)).x.size


def test_lines_go_round_what_is_no_number() -> None:
    x = y = np.linspace(0, 1, 5)
    values = np.add.outer(y, x)
    values[2, 2] = np.nan
    (line,) = lines_at(x, y, values, (1.0,))
    there = np.isfinite(line.x)
    np.testing.assert_allclose((line.x + line.y)[there], 1.0)
    assert not ((np.abs(line.x - 0.5) < 0.1) & (np.abs(line.y - 0.5) < 0.1))[there].any()


def test_a_number_stands_on_its_line_and_within_the_frame() -> None:
    line = Lines(np.linspace(0, 10, 50), np.linspace(0, 5, 50))
    place = label_place(line, (2.0, 8.0), (0.0, 5.0))
    assert place is not None
    assert 2.0 < place[0] < 8.0
    assert place[1] == pytest.approx(place[0] / 2)
    assert label_place(line, (20.0, 30.0), (0.0, 5.0)) is None


def test_the_finest_surface_that_fits_the_budget_is_taken() -> None:
    fineness = Fineness()
    first = fineness.pixels(400, 130, resting=True)
    for each in (1e-9, 1e-7, 1e-6, 1e-4):
        fineness.forget()
        fineness.put(1_000, 1_000 * each)
        size = fineness.pixels(400, 130, resting=True)
        assert places(400, 130, size) * each <= BUDGET or size == 32
        assert size >= FINEST
    fineness.forget()
    assert fineness.pixels(400, 130, resting=True) == first
    fineness.put(1_000, 1e-9)
    assert fineness.pixels(400, 130, resting=True) == FINEST
    assert fineness.pixels(400, 130, resting=False) > FINEST


def test_one_slow_measurement_does_not_make_all_that_follow_coarse() -> None:
    fineness = Fineness()
    for seconds in (1e-4, 1e-4, 1e-2, *(1e-4,) * 12):
        fineness.put(1_000, seconds)
    assert fineness.pixels(400, 130, resting=True) <= 3


@pytest.mark.parametrize("targets", [[0.0], [1.0, 0.0], [-2.0, 3.0], [7e5], [0.25, 0.75]])
@pytest.mark.parametrize("values", [
    [0.0], [0.3, 0.7], [-1.0, 2.0], [-5e-9], [0.7341, 0.7694], [-3.3, -3.2], [1e6, -1e-6], [np.nan], [4e-320],
])
def test_a_scale_holds_every_value_and_is_neutral_at_zero(values: list[float], targets: list[float]) -> None:
    scale = scale_of(np.array([*values, np.nan]), np.array(targets))
    everything = [value for value in (*values, *targets) if np.isfinite(value)]
    assert scale.low <= min(everything)
    assert scale.high >= max(everything)
    assert scale.low < scale.high
    assert scale.low == -scale.high or scale.low >= 0 or scale.high <= 0
    for palette in (LIGHT, DARK):
        assert scale.colours(np.array([values]), palette).shape == (1, len(values), 3)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_one_half_is_neutral_between_the_classes(palette: Palette) -> None:
    low, half, high = PROBABILITY.colours(np.array([[0.0, 0.5, 1.0]]), palette)[0].astype(int)
    neutral = np.frombuffer(bytes.fromhex(palette.neutral[1:]), dtype=np.uint8).astype(int)
    assert np.abs(half - neutral).max() <= 2
    assert low[0] > low[2]
    assert high[2] > high[0]


def test_a_region_has_the_colour_of_its_class_stronger_where_it_is_surer() -> None:
    colours = class_colours(np.array([[[0.9, 0.05, 0.05], [0.4, 0.3, 0.3], [0.1, 0.8, 0.1]]]), LIGHT)[0]
    sure, unsure, other = colours.astype(int)
    assert sure[0] - sure[2] > unsure[0] - unsure[2] > 0
    assert other[2] > other[0]


def test_the_point_under_the_mouse_is_the_nearest_on_screen_and_none_is_far() -> None:
    x, y = np.array([0.0, 1.0, 2.0]), np.array([0.0, 100.0, 0.0])
    assert nearest(x, y, (0.9, 99.0), (0.01, 1.0)) == 1
    assert nearest(x, y, (0.5, 50.0), (0.01, 1.0)) is None
    assert nearest(np.empty(0), np.empty(0), (0.0, 0.0), (1.0, 1.0)) is None


def test_no_tip_covers_what_is_read_on_the_plot(circle: Bench) -> None:
    assert not circle.view.chart.toolTip()
    assert "Click a point" in circle.view.aside.toolTip()
