"""The cost over two directions of the weights: true to the network, and in step with the run."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.engine.evaluation import evaluate
from bpviz.explain.address import Edge, Node
from bpviz.explain.cost_surface import PlaneCosts, Surface, surfaces
from bpviz.explain.cost_surface import Window as Part
from bpviz.explain.moment import Moment
from bpviz.explain.number import number
from bpviz.explain.phase import Kind, index_of
from bpviz.qt.palette import DARK, LIGHT, Palette, contrast
from bpviz.qt.plots.landscape.landscape_plot import LandscapePlot
from bpviz.qt.plots.landscape.surface_look import (
    contours,
    cost_shades,
    height_axis,
    label_places,
    picture_of,
)
from bpviz.qt.plots.landscape.surface_planes import PATH, RANDOM, WEIGHTS
from bpviz.qt.plots.landscape.surface_view import SurfaceView
from bpviz.qt.plots.landscape.surface_work import Survey
from tests.qt.plot_bench import PageBench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


class Bench(PageBench):
    """The landscape over two directions, on its own."""

    def __init__(
        self, qapp: QApplication, qtbot: QtBot, preset: str = "toy", size: tuple[int, int] = (680, 200)
    ) -> None:
        super().__init__(LandscapePlot, qapp, qtbot, preset, size)
        self.app = qapp
        assert isinstance(self.page, LandscapePlot)
        self.page.choose("surface")
        view = self.page.view
        assert isinstance(view, SurfaceView)
        self.view = view

    def settle(self) -> Survey:
        """All that is there to do is done, and what is seen."""
        self.page.refresh()
        self.finish()
        survey = self.view.survey
        assert survey is not None
        return survey

    def finish(self) -> None:
        while self.view.work.working.busy:
            self.view.work.working.work()
        self.app.processEvents()

    def along(self, directions: str) -> Survey:
        self.view.choices.choose(directions)
        return self.settle()

    def advance(self, steps: int) -> None:
        for _ in range(steps):
            self.session.advance()

    @property
    def points(self) -> list[tuple[float, float]]:
        """The marks on the surface: the start first, the present last."""
        return [(float(x), float(y)) for x, y in zip(*self.view.picture.points.getData(), strict=True)]


@pytest.fixture
def open_bench(qapp: QApplication, qtbot: QtBot) -> Callable[..., Bench]:
    def opened(preset: str = "toy", size: tuple[int, int] = (680, 200)) -> Bench:
        return Bench(qapp, qtbot, preset, size)

    return opened


@pytest.fixture
def toy(open_bench: Callable[..., Bench]) -> Bench:
    return open_bench()


@pytest.fixture
def xor(open_bench: Callable[..., Bench]) -> Bench:
    return open_bench("xor")


# -- what is seen ---------------------------------------------------------------------------------------


def test_of_the_toy_the_whole_landscape_is_seen(toy: Bench) -> None:
    """C = (max(0, max(0, 2 W_h) W_o) - 0.5)^2 / 2."""
    surface = toy.settle().surface
    x, y = surface.x[None, :], surface.y[:, None]
    outputs = np.maximum(0.0, np.maximum(0.0, 2.0 * x) * y)
    assert surface.costs == pytest.approx((outputs - 0.5) ** 2 / 2)
    assert surface.costs.shape == (65, 129)


def test_the_present_weights_are_marked_and_the_start_and_both_are_within_what_is_seen(toy: Bench) -> None:
    toy.advance(5)
    survey = toy.settle()
    here = toy.session.trainer.parameters
    assert toy.points[-1] == (here[0].w[0, 0], here[1].w[0, 0])
    assert toy.points[0] == pytest.approx((0.6, 0.9))
    assert all(survey.window.holds(*point) for point in toy.points)


def test_the_arrow_points_where_the_cost_falls_most(toy: Bench) -> None:
    """At the start C'(W_h) = 1.044 and C'(W_o) = 0.696: both down, W_h more so."""
    toy.settle()
    x, y = toy.view.picture.arrow.getData()
    along = np.array([x[1] - x[0], y[1] - y[0]])
    assert (x[0], y[0]) == pytest.approx((0.6, 0.9))
    across, up = toy.view.picture.scale
    assert np.hypot(along[0] * across, along[1] * up) == pytest.approx(46.0)
    pixels = np.array([-1.044 * across, -0.696 * up])
    assert along * (across, up) == pytest.approx(46.0 * pixels / np.hypot(*pixels))
    assert f"slope {number(float(np.hypot(1.044, 0.696)))}" in toy.view.words


def test_the_update_is_marked_once_it_is_told_where_it_is_long_enough_to_be_seen(toy: Bench) -> None:
    toy.settle()
    assert len(toy.points) == 2, "the start, and now"
    toy.player.seek(Moment(index_of(2, Kind.UPDATE, 1), 1.0))
    toy.app.processEvents()
    toy.settle()
    after = [layer.w[0, 0] for layer in toy.session.record.parameters_next]
    assert toy.points[1] == pytest.approx(tuple(after))
    assert "after the update" in [mark.word for mark in toy.view.key.marks.marks]
    toy.player.seek(Moment(0, 1.0))
    toy.settle()
    assert len(toy.points) == 2, "taken back"
    toy.advance(100)
    toy.player.seek(Moment(index_of(2, Kind.UPDATE, 1), 1.0))
    toy.settle()
    assert len(toy.points) == 2
    assert "after the update" not in [mark.word for mark in toy.view.key.marks.marks]


def test_the_way_behind_the_playhead_is_told_from_the_way_ahead(xor: Bench) -> None:
    xor.advance(10)
    xor.session.go_to(4)
    xor.settle()
    behind, ahead = xor.view.picture.behind.getData(), xor.view.picture.ahead.getData()
    assert (len(behind[0]), len(ahead[0])) == (5, 7)
    assert behind[0][-1] == ahead[0][0] == pytest.approx(xor.points[-1][0])
    assert "ahead" in [mark.word for mark in xor.view.key.marks.marks]


def test_the_scale_beside_it_says_the_lowest_and_the_highest_cost(xor: Bench) -> None:
    surface = xor.settle().surface
    words = xor.view.bar.accessibleDescription()
    assert number(surface.low) in words and number(surface.high) in words


def test_pointing_says_the_cost_of_that_very_point(xor: Bench) -> None:
    survey = xor.settle()
    xor.view.chart.pointed.emit(QPointF(0.123, -0.456))
    there = survey.aim.plane.parameters(0.123, -0.456)
    cost = evaluate(xor.session.network, there, xor.session.trainer.train)
    assert xor.view.words == f"{survey.aim.x} 0.123, {survey.aim.y} −0.456: cost {number(cost)}"
    xor.view.chart.pointed.emit(None)
    assert xor.view.words.startswith("cost ")


def test_a_click_on_the_way_returns_to_that_step(xor: Bench) -> None:
    xor.advance(30)
    xor.settle()
    xor.view.chart.pressed.emit(QPointF(*xor.points[0]))
    assert xor.session.trainer.step == 0
    trail = xor.view._trail
    assert trail is not None
    xor.view.chart.pressed.emit(QPointF(1e6, 0.0))
    assert xor.session.trainer.step == 0, "far from the way nothing happens"


def test_the_numbers_are_the_points_of_the_grid(toy: Bench) -> None:
    surface = toy.settle().surface
    table = toy.page.table()
    assert table is not None
    assert table.columns == ("W_h", "W_o", "cost")
    assert len(table.rows) == surface.costs.size
    assert table.rows[130] == (surface.x[1], surface.y[1], surface.costs[1, 1])


def test_without_room_for_them_the_names_of_the_axes_are_in_the_words(
    open_bench: Callable[..., Bench],
) -> None:
    low = open_bench("xor", (440, 110))
    survey = low.settle()
    assert f"→ {survey.aim.x}, ↑ {survey.aim.y}" in low.view.words
    assert not low.view.chart.plot.getAxis("left").label.isVisible()
    low.page.resize(900, 260)
    low.app.processEvents()
    assert "→" not in low.view.words.replace("1→", "")
    assert low.view.chart.plot.getAxis("left").label.isVisible()


def test_words_that_have_no_room_are_left_out_whole_and_the_foremost_marks_are_seen(
    open_bench: Callable[..., Bench],
) -> None:
    bench = open_bench("xor", (440, 110))
    bench.settle()
    bench.app.processEvents()
    label, marks = bench.view.key._words, bench.view.key.marks
    said = label.accessibleName()
    assert "slope" in said and "slope" not in label.text(), "all of it is in the tooltip"
    assert label.text().startswith("cost ") and not label.text().endswith("·")
    assert marks.width() >= marks._ends[1], "now, and the steepest descent"
    bench.page.resize(1200, 110)
    bench.app.processEvents()
    assert "slope" in label.text()


def test_of_many_examples_it_is_said_how_many_are_looked_at(open_bench: Callable[..., Bench]) -> None:
    digits = open_bench("digits")
    assert "500 of 1,438 examples" in digits.view.words


# -- which directions -----------------------------------------------------------------------------------


def test_the_selected_weight_is_the_first_and_another_can_be_the_second(xor: Bench) -> None:
    xor.spotlight.select(Edge(0, 1, 2))
    assert xor.settle().aim.x == "W_h,2→3"
    choices = xor.view.choices
    place = next(k for k, other in enumerate(choices.planes.offered) if other == Node(1, 0))
    choices.choose_second(str(place))
    survey = xor.settle()
    assert (survey.aim.x, survey.aim.y) == ("W_h,2→3", "b_o")
    assert choices.second.text() == "the other"
    assert "Upwards: bias of the output" in choices.second.toolTip()
    xor.spotlight.select(Node(1, 0))
    survey = xor.settle()
    assert survey.aim.x == "b_o" and survey.aim.y != "b_o", "no weight is looked at twice"


def test_first_of_all_the_two_steepest_are_looked_at_wherever_the_run_is(xor: Bench) -> None:
    before = xor.settle().aim
    xor.advance(40)
    after = xor.settle().aim
    assert (after.x, after.y) == (before.x, before.y)


def test_other_random_directions_can_be_had_and_the_first_are_always_the_same(
    xor: Bench, qtbot: QtBot
) -> None:
    first = xor.along(RANDOM)
    qtbot.keyClick(xor.view.choices.others, Qt.Key.Key_Return)
    assert xor.settle().aim.plane.signature != first.aim.plane.signature
    xor.session.open_preset(load_preset("xor"))
    assert xor.settle().aim.plane.signature == first.aim.plane.signature


def test_the_path_has_its_plane_after_two_steps(xor: Bench) -> None:
    xor.view.choices.choose(PATH)
    xor.page.refresh()
    assert "after two steps" in xor.view.words
    assert xor.page.table() is None
    assert xor.view.choices.directions.isVisible(), "something else can be chosen"
    xor.advance(2)
    survey = xor.settle()
    assert survey.aim.x.startswith("component 1 (") and survey.aim.y.startswith("component 2 (")
    assert xor.points[0] == pytest.approx((0.0, 0.0), abs=1e-12)


def test_a_network_of_one_weight_has_no_surface_and_says_so(open_bench: Callable[..., Bench]) -> None:
    bench = open_bench("single-neuron")
    for directions in (WEIGHTS, RANDOM, PATH):
        bench.view.choices.choose(directions)
        bench.page.refresh()
        assert "single weight" in bench.view.words
        assert bench.page.table() is None
    choices = bench.view.choices
    assert not any(widget.isVisible() for widget in (choices.directions, choices.second, choices.others))


def test_every_choice_is_in_the_menus(xor: Bench) -> None:
    menu = xor.view.choices.directions.menu_of_options()
    assert [action.data() for action in menu.actions()] == [WEIGHTS, RANDOM, PATH]
    menu.deleteLater()
    menu = xor.view.choices.second.menu_of_options()
    assert len(menu.actions()) == 16, "17 parameters, of which one is the first"
    menu.deleteLater()


# -- in step with the run -------------------------------------------------------------------------------


def test_the_landscape_of_the_toy_stays_while_the_run_moves_over_it(toy: Bench) -> None:
    before = toy.settle()
    toy.advance(1)
    assert toy.settle() is before
    assert "surface of step" not in toy.view.words


def test_a_step_that_is_returned_to_has_the_surface_that_it_had(xor: Bench) -> None:
    for directions in (WEIGHTS, RANDOM, PATH):
        xor.advance(6)
        before = xor.along(directions)
        xor.session.go_to(1)
        elsewhere = xor.settle()
        assert elsewhere.aim.plane.signature != before.aim.plane.signature
        xor.session.go_to(xor.session.trainer.reached)
        assert xor.settle().surface is before.surface


def test_while_training_runs_fast_the_surface_stays_and_the_way_goes_on(
    open_bench: Callable[..., Bench],
) -> None:
    bench = open_bench("spiral")
    before = bench.settle()
    bench.player.set_speed(1.0)
    bench.player.run()
    bench.advance(12)
    assert bench.settle() is before
    assert "surface of step 0" in bench.view.words
    assert len(bench.view.picture.behind.getData()[0]) >= 13
    bench.player.pause()
    after = bench.settle()
    assert after.step == bench.session.trainer.step >= 12
    assert "surface of step" not in bench.view.words


def test_a_small_network_that_runs_over_an_old_surface_says_whose_it_is(xor: Bench) -> None:
    before = xor.along(RANDOM)
    xor.player.set_speed(1.0)
    xor.player.run()
    xor.advance(400)  # leads out of what was seen: there is time for a wider piece of the same plane
    wider = xor.settle()
    assert wider is not before and wider.aim is before.aim
    assert "surface of step 0" in xor.view.words


def test_while_a_finer_surface_is_worked_out_the_one_before_is_seen(open_bench: Callable[..., Bench]) -> None:
    bench = open_bench("spiral")
    before = bench.settle()
    bench.advance(1)
    bench.page.refresh()
    assert bench.view.survey is before
    assert bench.view.picture.image.isVisible()
    sides = set()
    while bench.view.work.working.busy:
        bench.view.work.working.work()
        survey = bench.view.survey
        assert survey is not None
        if survey is not before:
            sides.add(survey.surface.costs.shape)
    assert (65, 129) in sides and (9, 17) not in sides
    bench.app.processEvents()


def test_another_experiment_may_be_opened_while_work_is_under_way(xor: Bench) -> None:
    xor.advance(5)
    for preset in ("digits", "toy", "single-neuron", "iris"):
        xor.view.work.grown.emit()
        xor.session.open_preset(load_preset(preset))
        xor.view.chart.pointed.emit(QPointF(0.0, 0.0))
        xor.view.chart.pressed.emit(QPointF(0.0, 0.0))
        xor.view.work.working.work()
        xor.app.processEvents()
        xor.page.refresh()
    xor.view.chart.pointed.emit(None)
    survey = xor.settle()
    assert survey.aim.plane.u.size == 67


def test_what_a_person_zooms_to_is_looked_at_closely_once_the_wheel_rests(xor: Bench) -> None:
    home = xor.settle()
    box = xor.view.chart.box
    box.setRange(xRange=(0.1, 0.2), yRange=(-0.3, -0.2), padding=0)
    box.sigRangeChangedManually.emit([True, True])
    xor.page.refresh()
    assert not xor.view.work.working.busy, "the wheel still turns"
    xor.view.rest.stop()
    close = xor.settle()
    window = close.window
    assert (window.left, window.right) == pytest.approx((0.1, 0.2))
    assert (window.bottom, window.top) == pytest.approx((-0.3, -0.2))
    assert (close.surface.x[0], close.surface.x[-1]) == (window.left, window.right)
    xor.view.chart.fit()
    xor.view.rest.stop()
    assert xor.settle().surface is home.surface


def test_hidden_it_does_nothing(open_bench: Callable[..., Bench]) -> None:
    bench = open_bench("spiral")
    bench.page.hide()
    bench.view.work.working.work()
    assert bench.view.work.working.busy
    assert bench.view.survey is None
    bench.page.show()
    assert bench.settle().finished


# -- how it looks ---------------------------------------------------------------------------------------


def bowl(scale: float = 1.0, offset: float = 0.0) -> Surface:
    x, y = np.linspace(-1, 1, 17), np.linspace(-1, 1, 9)
    return Surface(x, y, offset + scale * (x[None, :] ** 2 + y[:, None] ** 2))


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_lowest_is_dark_and_the_highest_light_in_both_themes(palette: Palette) -> None:
    shades = [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in cost_shades(palette).tolist()]
    brightness = [contrast(shade, "#000000") for shade in shades]
    assert brightness == sorted(brightness)
    assert brightness[-1] > 4 * brightness[0]


def test_a_span_of_costs_beyond_compare_is_seen_in_equal_ratios() -> None:
    even, ratios = height_axis(bowl(offset=1.0)), height_axis(bowl())
    assert even is not None and not even.log
    assert (even.low, even.high) == pytest.approx((1.0, 3.0))
    assert ratios is not None and ratios.log
    assert ratios.low == pytest.approx(np.log10(2e-4)), "a cost of 0 has a place too"


def test_a_plain_and_a_place_without_any_finite_cost_can_be_shown() -> None:
    plain = height_axis(bowl(0.0, 0.5))
    assert plain is not None and plain.low < plain.high
    assert contours(bowl(0.0, 0.5), plain) == ()
    assert height_axis(bowl(np.nan)) is None


def test_what_is_no_finite_cost_is_as_light_as_the_highest() -> None:
    surface = bowl(offset=1.0)
    costs = surface.costs.copy()
    costs[:, :4] = np.nan
    holed = Surface(surface.x, surface.y, costs)
    axis = height_axis(holed)
    assert axis is not None
    picture = picture_of(holed, axis, LIGHT)
    assert (picture[:, 0] == cost_shades(LIGHT)[-1]).all()
    assert contours(holed, axis)


def test_on_a_line_of_equal_cost_the_cost_is_what_its_number_says(xor: Bench) -> None:
    survey = xor.settle()
    costs = PlaneCosts(xor.session.network, survey.aim.plane, xor.session.trainer.train)
    axis = height_axis(survey.surface)
    assert axis is not None
    found = contours(survey.surface, axis)
    assert len(found) >= 3
    for contour in found:
        points, leads = contour.joined()
        assert len(points) == len(leads) and not leads[-1]
        assert costs.at(points[:, 0], points[:, 1]) == pytest.approx(contour.level, rel=5e-3)
        assert float(contour.text) == pytest.approx(contour.level)


def test_numbers_on_lines_keep_clear_of_each_other_and_of_the_way() -> None:
    axis = height_axis(bowl(offset=1.0))
    assert axis is not None
    drawn = contours(bowl(offset=1.0), axis)
    scale, kept = (200.0, 100.0), np.array([[0.0, 0.0], [0.4, 0.4]])
    found = label_places(drawn, scale, Part(-0.9, 0.9, -0.9, 0.9), kept)
    assert found
    for k, (contour, x, y) in enumerate(found):
        assert x * x + y * y + 1 == pytest.approx(contour.level, abs=0.02)
        assert abs(x) < 0.9 and abs(y) < 0.9
        assert (np.hypot(*((kept - (x, y)) * scale).T) > 11).all()
        for _, other_x, other_y in found[:k]:
            assert np.hypot((x - other_x) * scale[0], (y - other_y) * scale[1]) > 23


def test_a_surface_takes_the_colours_of_the_theme(xor: Bench) -> None:
    xor.settle()
    light = xor.view.picture.image.image.copy()
    xor.theme.set_mode("dark")
    xor.settle()
    dark = xor.view.picture.image.image
    assert light.shape == dark.shape
    assert light.mean() > dark.mean() + 20


def test_the_image_covers_what_was_looked_at(xor: Bench) -> None:
    window = xor.settle().window
    covered = xor.view.picture.image.mapRectToParent(xor.view.picture.image.boundingRect())
    assert (covered.left(), covered.right()) == pytest.approx((window.left, window.right))
    assert (covered.top(), covered.bottom()) == pytest.approx((window.bottom, window.top))


def test_the_picture_can_be_taken_away_with_its_marks(xor: Bench) -> None:
    xor.settle()
    image = xor.page.taking.pixmap(2.0).toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 5) for y in range(0, 300, 5)}
    assert len(colours) > 50


def test_surfaces_seen_coarse_and_fine_agree_where_they_meet(xor: Bench) -> None:
    survey = xor.settle()
    costs = PlaneCosts(xor.session.network, survey.aim.plane, xor.session.trainer.train)
    coarse = next(surface for surface in surfaces(costs, survey.window, (2,)) if surface is not None)
    assert np.array_equal(survey.surface.costs[::16, ::16], coarse.costs)
