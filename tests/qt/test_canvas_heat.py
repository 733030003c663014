"""Heat maps on the nodes: off at first, of the step that is shown, and never worked out in vain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.editing import set_activation
from bpviz.document.loading import load
from bpviz.document.preset import load_preset
from bpviz.engine.backprop import run_step
from bpviz.engine.network import Layer, LayerParameters, Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import INPUT, Edge, Node
from bpviz.explain.heat import Heat, heat_of
from bpviz.explain.layout import place
from bpviz.explain.moment import Moment
from bpviz.explain.number import number
from bpviz.explain.plane import Plane, plane_around
from bpviz.qt.canvas import heating
from bpviz.qt.canvas.heat import corner_of, heat_picture
from bpviz.qt.canvas.heat_points import Points, points_on
from bpviz.qt.canvas.heating import SIDES, Heating
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.fonts import load_fonts
from bpviz.qt.palette import DARK, LIGHT, Palette, value_hex
from bpviz.qt.theme import Theme
from bpviz.qt.window import MainWindow
from tests.explain.preset_steps import Opened, opened, spoilt
from tests.qt.canvas_bench import Bench
from tests.qt.painted import Size, assert_legible, image, scene, within, written

PLANAR = ("mazur", "xor", "circle", "spiral")
SIZE = (690, 360)
FAST = 1.0  # of the speed slider
Make = Callable[[str], Bench]


@pytest.fixture
def make(qapp: QApplication, qtbot: QtBot) -> Make:
    def bench(name: str) -> Bench:
        made = Bench(qapp, qtbot, name)
        made.canvas.prepare()
        return made

    return bench


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    assert qapp
    load_fonts()


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The step and the fineness of all maps that are worked out."""
    made: list[tuple[int, int]] = []

    def counted(network: Network, trace: StepTrace, plane: Plane, side: int) -> Heat:
        made.append((trace.step, side))
        return heat_of(network, trace, plane, side)

    monkeypatch.setattr(heating, "heat_of", counted)
    return made


def no_points() -> Points:
    return Points((), (), ("x1", "x2"))


def mapped(
    step: Opened, moment: Moment, size: Size = SIZE, palette: Palette = LIGHT, example: int | None = 0
) -> Scene:
    layout = place(step.network, *size, mapped=True)
    heat = heat_of(step.network, step.trace, plane_around(step.trace.inputs), 40)
    shown = scene(step, moment, size, palette, layout, example)
    return replace(shown, heat=heat_picture(heat, no_points(), layout, palette), example=example)


# -- the picture ---------------------------------------------------------------------------------


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_a_node_is_filled_with_its_map_in_the_colours_of_values(palette: Palette) -> None:
    step, size = opened("xor"), (1100, 640)
    shown = mapped(step, Moment(step.phases - 1, 1.0), size, palette, example=None)
    assert shown.heat is not None
    made, heat, layout = image(shown, size), shown.heat.heat, shown.layout
    cell = 2 * layout.radius / heat.side
    for node in (Node(INPUT, 0), Node(INPUT, 1), *(Node(0, unit) for unit in range(4))):
        left, top = corner_of(layout, layout.column(node.layer), node.unit)
        for row, column in ((10, 8), (20, 20), (31, 27)):
            seen = made.pixelColor(int(left + (column + 0.5) * cell), int(top + (row + 0.5) * cell))
            around = heat.maps[node.layer + 1][node.unit][row - 1 : row + 2, column - 1 : column + 2]
            full = heat.full(node.layer)
            ends = [QColor(value_hex(palette, x, full)) for x in (around.min(), around.max())]
            for channel in (QColor.red, QColor.green, QColor.blue):
                low, high = sorted(channel(end) for end in ends)
                # beside the middle of the scale a channel may turn between two cells
                assert low - 12 <= channel(seen) <= high + 12, (node, row, column)


def test_the_number_stands_on_the_colour_that_the_map_has_at_the_example() -> None:
    step, size = opened("circle"), (1100, 640)
    shown = mapped(step, Moment(step.phases - 1, 1.0), size)
    made, layout = image(shown, size), shown.layout
    for unit in range(8):
        x, y = layout.column(0).where[unit].tolist()
        seen = made.pixelColor(int(x + layout.half_width - 6), int(y + layout.radius - 4))
        assert seen.name() == value_hex(LIGHT, float(step.trace.layers[0].a[0, unit]), 1.0)


def test_the_example_is_marked_on_every_map_and_the_mean_on_none() -> None:
    step, size = opened("circle"), (1100, 640)
    moment = Moment(step.phases - 1, 1.0)
    one, two, mean = (image(mapped(step, moment, size, example=k), size) for k in (0, 1, None))
    layout = place(step.network, *size, mapped=True)
    for column in layout.columns:
        for unit in column.shown:
            left, top = corner_of(layout, column, unit)
            square = QRectF(left, top, 2 * layout.radius, 2 * layout.radius).toRect()
            assert one.copy(square) != two.copy(square) != mean.copy(square) != one.copy(square)


def test_what_is_not_computed_yet_is_faint_and_reads_a_dash() -> None:
    step = opened("xor")
    first = mapped(step, Moment(0, 1.0))
    assert [piece.text for piece in written(first, SIZE)].count("—") >= 10
    faint, full = (image(mapped(step, Moment(at, 1.0)), SIZE) for at in (0, step.phases - 1))
    left, top = corner_of(first.layout, first.layout.column(0), 0)
    at = int(left + first.layout.radius * 1.5), int(top + first.layout.radius * 1.5)
    assert faint.pixelColor(*at).lightnessF() > full.pixelColor(*at).lightnessF() + 0.15


@pytest.mark.parametrize("size", [SIZE, (658, 330), (1100, 640)])
@pytest.mark.parametrize("name", PLANAR)
def test_no_text_leaves_a_picture_with_maps(name: str, size: Size) -> None:
    step = opened(name)
    for moment in (Moment(0, 1.0), Moment(step.phases - 1, 1.0)):
        assert all(within(piece, size) for piece in written(mapped(step, moment, size), size))


@pytest.mark.parametrize("size", [SIZE, (658, 330), (1100, 640)])
@pytest.mark.parametrize("name", ["xor", "mazur"])
def test_no_text_hides_another_in_a_picture_with_maps(name: str, size: Size) -> None:
    step = opened(name)
    for moment in step.moments((0.5, 1.0)):
        assert_legible(written(mapped(step, moment, size), size), size)


def test_a_line_parts_the_plane_where_a_lone_probability_is_one_half() -> None:
    """Of sigmoid(x1 + x2 - 0.5): the line x1 + x2 = 0.5, as far as the middles of cells reach."""
    network = Network(2, (Layer(1, "sigmoid"),))
    parameters = (LayerParameters(np.ones((2, 1)), np.array([-0.5])),)
    step = run_step(network, parameters, np.zeros((1, 2)), np.zeros((1, 1)))
    heat = heat_of(network, step, Plane(-1.0, 1.0, -1.0, 1.0), 4)
    (line,) = heat_picture(heat, no_points(), place(network, *SIZE, mapped=True), LIGHT).border
    found = sorted((2.0 * at.x() - 1.0, 1.0 - 2.0 * at.y()) for at in line)
    assert [x + y for x, y in found] == pytest.approx([0.5] * len(found), abs=0.02)
    assert (found[0][0], found[-1][0]) == (-0.25, 0.75)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_step_that_blew_up_has_its_picture_too(value: float) -> None:
    step = spoilt(opened("spiral"), value)
    assert not image(mapped(step, Moment(step.phases - 1, 1.0)), SIZE).isNull()


def test_each_class_is_a_kind_of_point() -> None:
    experiment = load_preset("circle").experiment
    data, dataset = experiment.start().train, load(experiment.dataset)
    points = points_on(plane_around(data.inputs), data.inputs, data.targets, dataset)
    inside = int((data.targets[:, 0] == 1).sum())
    assert [places.size() for places in points.classes] == [data.count - inside, inside]
    assert points.names == ("outside", "inside")
    assert points.axes == ("x1", "x2")


# -- the switch ----------------------------------------------------------------------------------


def test_there_are_no_maps_until_they_are_asked_for(make: Make, worked_out: list[tuple[int, int]]) -> None:
    bench = make("xor")
    before = bench.image()
    for _ in range(3):
        bench.session.advance()
        bench.settle()
    assert worked_out == []
    bench.session.go_to(0)
    bench.canvas.heat.toggle()
    assert bench.image() != before
    bench.canvas.heat.toggle()
    assert bench.image() == before


def test_maps_are_worked_out_once_a_step(make: Make, worked_out: list[tuple[int, int]]) -> None:
    bench = make("xor")
    bench.canvas.heat.toggle()
    for phase in range(9):
        bench.player.seek(Moment(phase, 0.5))
        bench.settle()
    bench.spotlight.set_example(2)
    bench.move(bench.node(0, 1))
    bench.image()
    assert worked_out == [(0, 40)]
    bench.player.next_step()
    bench.settle()
    assert worked_out == [(0, 40), (1, 40)]


def test_nothing_is_painted_while_nothing_changes(make: Make) -> None:
    bench = make("spiral")
    bench.canvas.heat.toggle()
    assert bench.paints_after(bench.settle) == 0
    assert bench.paints_after(bench.canvas.heat.toggle) >= 1


def test_going_back_shows_the_same_maps(make: Make) -> None:
    bench = make("circle")
    bench.canvas.heat.toggle()
    before = bench.image()
    bench.session.advance(20)
    assert bench.image() != before
    bench.player.seek_step(0)
    assert bench.image() == before


def test_a_weight_that_is_dragged_changes_the_maps(make: Make, worked_out: list[tuple[int, int]]) -> None:
    bench = make("xor")
    bench.canvas.heat.toggle()
    bench.settle()
    at = bench.canvas.detail().labels[Edge(1, 0, 0)]
    bench.press(at)
    bench.move((at[0], at[1] - 30), Qt.MouseButton.LeftButton)
    bench.settle()
    assert len(worked_out) == 2
    bench.release((at[0], at[1] - 30))


def test_another_example_of_ones_own_moves_the_plane(make: Make) -> None:
    bench = make("mazur")
    bench.canvas.heat.toggle()
    bench.settle()
    (before,) = [bench.canvas.scene().heat]
    bench.canvas.changing.hand.entries(Node(INPUT, 0))[0].enter("7")
    after = bench.canvas.scene().heat
    assert before is not None and after is not None
    assert before.heat.plane.left < 0.05 < before.heat.plane.right < 7 < after.heat.plane.right


@pytest.mark.parametrize(
    ("name", "why"), [("iris", "4 inputs"), ("sine", "one input"), ("digits", "64 inputs")]
)
def test_only_two_inputs_span_a_plane(make: Make, name: str, why: str) -> None:
    bench = make(name)
    bench.canvas.heat.toggle()
    assert not bench.canvas.heat.on
    assert why in bench.refused[0]
    assert bench.canvas.heat.button is not None and not bench.canvas.heat.button.isVisible()


def test_what_is_chosen_outlasts_a_network_that_has_no_plane(make: Make) -> None:
    bench = make("xor")
    button = bench.canvas.heat.button
    assert button is not None and button.isVisible()
    bench.canvas.heat.toggle()
    bench.session.open_preset(load_preset("iris"))
    bench.settle()
    assert not button.isVisible()
    assert bench.canvas.scene().heat is None
    bench.session.open_preset(load_preset("circle"))
    bench.settle()
    assert button.isVisible() and button.isChecked()
    assert bench.canvas.scene().heat is not None


def test_the_button_does_it_too_and_says_on_which_scale_maps_are_read(make: Make, qtbot: QtBot) -> None:
    bench = make("xor")
    button = bench.canvas.heat.button
    assert button is not None
    assert button.text_shown == "Maps"
    assert "(H)" in button.toolTip() and "±" not in button.toolTip()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    bench.settle()
    assert bench.canvas.heat.shown
    assert button.text_shown == "Maps ±1.00"
    assert "full colour is ±1.00" in button.toolTip()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    bench.settle()
    assert not bench.canvas.heat.shown
    assert button.text_shown == "Maps"


def test_scales_that_differ_between_layers_are_said_in_the_tooltip(make: Make) -> None:
    bench = make("xor")
    bench.session.apply(set_activation(bench.session.experiment, 0, "relu"))
    bench.canvas.heat.toggle()
    bench.settle()
    button, heat = bench.canvas.heat.button, bench.canvas.scene().heat
    assert button is not None and heat is not None
    assert button.text_shown == "Maps by layer"
    low, high = sorted((heat.heat.full(0), 1.0))
    assert f"between ±{number(low)} and ±{number(high)}, by layer" in button.toolTip()


def test_the_box_of_a_node_with_a_map_leaves_the_node_to_be_seen(make: Make) -> None:
    bench = make("spiral")
    bench.canvas.heat.toggle()
    layout = bench.canvas.network_layout()
    for node in (Node(INPUT, 1), Node(0, 4), Node(1, 0), Node(2, 0)):
        bench.spotlight.hover(None)
        left, top = corner_of(layout, layout.column(node.layer), node.unit)
        inside = QRectF(left + 2, top + 2, 2 * layout.radius - 4, 2 * layout.radius - 4).toRect()
        before = bench.canvas.grab().toImage()
        bench.spotlight.hover(node)
        after = bench.canvas.grab().toImage()
        assert after.copy(inside) == before.copy(inside)
        changed = sum(
            after.pixel(x, y) != before.pixel(x, y) for x in range(0, 690, 3) for y in range(0, 360, 3)
        )
        assert changed * 9 > 160 * 120


# -- while training runs -------------------------------------------------------------------------


class Clock:
    """Time passes when it is told to, and a little whenever maps are worked out."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def running(make: Make) -> Iterator[tuple[Bench, Heating, Clock]]:
    bench, clock = make("spiral"), Clock()
    bench.canvas.heat.set(True)
    bench.player.set_speed(FAST)
    bench.player.run()
    yield bench, Heating(bench.session, bench.player, clock), clock
    bench.player.pause()


def ask(bench: Bench, maps: Heating) -> Heat:
    bench.session.advance()
    return maps.picture(bench.canvas.network_layout(), LIGHT).heat


def test_while_steps_rush_by_maps_follow_fifteen_times_a_second(
    running: tuple[Bench, Heating, Clock], worked_out: list[tuple[int, int]]
) -> None:
    bench, maps, clock = running
    worked_out.clear()
    for _ in range(60):
        ask(bench, maps)
        clock.now += 1 / 60
    assert 12 <= len(worked_out) <= 15


def test_maps_that_take_long_become_coarser_and_quick_ones_finer_again(
    running: tuple[Bench, Heating, Clock], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench, maps, clock = running
    takes = [0.01]

    def slow(network: Network, trace: StepTrace, plane: Plane, side: int) -> Heat:
        clock.now += takes[0]
        return heat_of(network, trace, plane, side)

    monkeypatch.setattr(heating, "heat_of", slow)

    def sides(times: int) -> list[int]:
        found = []
        for _ in range(times):
            clock.now += 0.1
            found.append(ask(bench, maps).side)
        return found

    assert sides(8) == [*SIDES[::-1], SIDES[0], SIDES[0]]
    takes[0] = 0.002
    assert sides(2) == [SIDES[0], SIDES[0]]
    takes[0] = 0.0
    assert sides(7) == [*SIDES, SIDES[-1]]


def test_with_the_pause_comes_the_present_step_as_fine_as_can_be(
    running: tuple[Bench, Heating, Clock], worked_out: list[tuple[int, int]]
) -> None:
    bench, _, _ = running
    bench.settle()
    bench.session.advance(50)
    bench.player.pause()
    bench.settle()
    assert worked_out[-1] == (bench.session.record.step, SIDES[-1])


# -- in the window -------------------------------------------------------------------------------


def opened_window(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    window = MainWindow(load_preset("xor"), Theme(qapp))
    window.show()
    qtbot.waitUntil(lambda: window.plots.open_page is not None, timeout=20_000)
    return window


def closed(window: MainWindow, qapp: QApplication) -> None:
    window.close()
    window.deleteLater()
    qapp.processEvents()


def test_h_shows_them_and_the_choice_is_remembered(qapp: QApplication, qtbot: QtBot) -> None:
    window = opened_window(qapp, qtbot)
    assert not window.canvas.heat.on
    qtbot.keyClick(window, Qt.Key.Key_H)
    assert window.canvas.heat.shown
    closed(window, qapp)
    again = opened_window(qapp, qtbot)
    assert again.canvas.heat.shown
    qtbot.keyClick(again, Qt.Key.Key_H)
    assert not again.canvas.heat.shown
    closed(again, qapp)


def test_the_tab_key_comes_from_the_network_to_the_button_and_return_presses_it(
    qapp: QApplication, qtbot: QtBot
) -> None:
    window = opened_window(qapp, qtbot)
    button = window.canvas.heat.button
    assert button is not None
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Tab)
    assert window.focusWidget() is button
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert window.canvas.heat.shown
    closed(window, qapp)
