"""The cost along one weight on screen: what it shows when, what it reads, and how it is changed by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.engine.freezing import FrozenParameter
from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import INPUT, Address, Edge, Node
from bpviz.explain.cost_slice import CostSlice, Span, cost_slice
from bpviz.explain.moment import Moment
from bpviz.explain.phase import Kind, index_of
from bpviz.qt.plots.landscape import slice_source
from bpviz.qt.plots.landscape.landscape_plot import LandscapePlot
from bpviz.qt.plots.landscape.slice_glyphs import Glyph
from bpviz.qt.plots.landscape.slice_scene import SliceScene
from bpviz.qt.plots.landscape.slice_strip import LINE
from bpviz.qt.plots.landscape.slice_view import SliceView
from tests.qt.plot_bench import PageBench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

W_H, W_O = Edge(0, 0, 0), Edge(1, 0, 0)
NO_BUTTON, LEFT = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


class Bench(PageBench):
    """The page with its view of one weight, told to the end of the first step unless said otherwise."""

    def __init__(
        self, qapp: QApplication, qtbot: QtBot, preset: str = "toy", size: tuple[int, int] = (680, 200)
    ) -> None:
        super().__init__(LandscapePlot, qapp, qtbot, preset, size)
        self.qapp = qapp
        self.tell(Kind.UPDATE, self.session.network.depth - 1)

    @property
    def view(self) -> SliceView:
        assert isinstance(self.page, LandscapePlot)
        view = self.page.view
        assert isinstance(view, SliceView)
        return view

    @property
    def scene(self) -> SliceScene:
        assert self.view.scene is not None
        return self.view.scene

    @property
    def texts(self) -> list[str]:
        """What the strip has room for."""
        return [entry.plain for entry, _ in self.view.strip.placed()]

    def tell(self, kind: Kind, layer: int) -> None:
        self.player.seek(Moment(index_of(self.session.network.depth, kind, layer), 1.0))
        self.page.refresh()

    def select(self, address: Address | None) -> None:
        self.spotlight.select(address)
        self.page.refresh()

    def weight(self, address: Address = W_O) -> float | None:
        return self.view.tuner.value(address)

    def mouse(
        self, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton = NO_BUTTON,
        keys: Qt.KeyboardModifier = PLAIN, held: Qt.MouseButton = NO_BUTTON,
    ) -> None:
        viewport = self.view.chart.view.viewport()
        place = QPointF(viewport.mapToGlobal(at.toPoint()))
        self.qapp.sendEvent(viewport, QMouseEvent(kind, at, place, button, held, keys))

    def press(self, at: QPointF) -> None:
        self.mouse(QEvent.Type.MouseButtonPress, at, LEFT, held=LEFT)

    def move(self, at: QPointF, keys: Qt.KeyboardModifier = PLAIN) -> None:
        self.mouse(QEvent.Type.MouseMove, at, keys=keys, held=LEFT)
        self.view.tuner._pacer.flush()
        self.page.refresh()

    def release(self, at: QPointF) -> None:
        self.mouse(QEvent.Type.MouseButtonRelease, at, LEFT)
        self.page.refresh()

    def point(self) -> QPointF:
        point = self.view.marks.point
        assert point is not None
        return point

    def pixel(self) -> float:
        """How much of the weight a pixel is."""
        low, high = self.view.span
        return (high - low) / self.view.marks.area.width()


@pytest.fixture
def bench(qapp: QApplication, qtbot: QtBot) -> Iterator[Bench]:
    yield Bench(qapp, qtbot)


# -- what is shown ---------------------------------------------------------------------------------


def test_the_curve_is_the_cost_along_the_selected_weight(bench: Bench) -> None:
    """C(W_o) = (1.2 W_o - 0.5)^2 / 2."""
    bench.select(W_O)
    x, y = bench.view.curve.getData()
    np.testing.assert_allclose(y, (1.2 * x - 0.5) ** 2 / 2, rtol=1e-9, atol=1e-15)
    assert (x[0], x[-1]) == bench.view.span == (0.0, 2.0)


def test_the_words_above_say_weight_slope_and_step_with_their_numbers(bench: Bench) -> None:
    bench.page.resize(1100, 200)
    bench.qapp.processEvents()
    bench.select(W_O)
    assert bench.texts == [
        "W_o 0.900 → 0.830", "slope C'(W_o) 0.696", "lr · C'(W_o) = 0.0696",
        "promised −0.0484", "came −0.0450", "C 0.168", "lowest at 0.417",
    ]
    bench.page.naming.toggle()
    bench.page.refresh()
    assert bench.texts[1] == "slope ∂C/∂W_o 0.696"
    assert bench.texts[2] == "η · ∂C/∂W_o = 0.0696"


def test_before_their_phases_neither_slope_nor_step_is_given_away(bench: Bench) -> None:
    bench.select(W_H)
    bench.tell(Kind.SUM, 0)
    assert bench.texts[:3] == ["W_h 0.600", "slope C'(W_h) —", "C —"]
    assert not (bench.scene.told or bench.scene.moved or bench.scene.costed)
    table = bench.page.table()
    assert table is not None and all(row[2] is None for row in table.rows)
    bench.tell(Kind.COST, 1)
    assert bench.texts[1:3] == ["slope C'(W_h) —", "C 0.168"]
    bench.tell(Kind.GRADIENT, 0)
    assert bench.texts[:2] == ["W_h 0.600", "slope C'(W_h) 1.04"]
    bench.tell(Kind.UPDATE, 1)
    assert bench.texts[0] == "W_h 0.600 → 0.496"


def test_before_it_is_told_no_tangent_is_painted(bench: Bench) -> None:
    """Its colour, that of a positive gradient, is nowhere in the plot."""
    bench.select(W_O)
    bench.page.resize(680, 240)
    pictures = []
    for kind in (Kind.COST, Kind.GRADIENT):
        bench.tell(kind, 1)
        image = bench.view.chart.grab().toImage()
        wanted = bench.theme.palette.error_positive
        pictures.append(sum(image.pixelColor(x, y).name() == wanted
                            for x in range(60, image.width()) for y in range(image.height())))
    assert pictures[0] == 0
    assert pictures[1] > 20


def test_going_back_shows_what_was_shown_before(bench: Bench) -> None:
    bench.select(W_H)
    seen = {}
    for step in (0, 1, 2, 3, 2, 1, 0):
        if step > bench.session.trainer.reached:
            bench.session.advance()
        bench.session.go_to(step)
        bench.page.refresh()
        shown = bench.texts, bench.view.span, bench.view.curve.getData()[1].tolist()
        assert seen.setdefault(step, shown) == shown
    assert len({texts[0] for texts, _, _ in seen.values()}) == 4


def test_nothing_selected_shows_the_weight_with_the_largest_gradient_and_says_so(bench: Bench) -> None:
    picker = bench.view.weight.picker
    assert bench.scene.address == W_H
    assert picker.text() == "largest gradient"
    assert "largest gradient of this step" in picker.toolTip()
    assert "Select a weight" in picker.toolTip()
    bench.select(W_O)
    assert picker.text() == "selected"
    assert bench.scene.address == W_O
    bench.select(None)
    assert bench.scene.address == W_H


def test_small_networks_list_their_weights_and_biases_and_picking_selects(
    qapp: QApplication, qtbot: QtBot
) -> None:
    bench = Bench(qapp, qtbot, "mazur")
    menu = bench.view.weight.picker.menu_of_options()
    labels = [action.text() for action in menu.actions()]
    assert len(labels) == 1 + 8 + 4
    assert labels[1:4] == [
        "Weight from input 1 to hidden unit 1", "Weight from input 2 to hidden unit 1",
        "Bias of hidden unit 1",
    ]
    menu.actions()[3].trigger()
    bench.page.refresh()
    assert bench.spotlight.selected == bench.scene.address == Node(0, 0)
    assert bench.texts[0].startswith("b_h,1 0.350 → ")
    menu.actions()[0].trigger()
    assert bench.spotlight.selected is None


def test_large_networks_send_you_to_the_canvas(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "digits")
    bench.select(Edge(0, 30, 3))
    menu = bench.view.weight.picker.menu_of_options()
    assert [action.text() for action in menu.actions()][1:] == [
        "Weight from input 31 to hidden unit 4", "Select others on the network"
    ]
    assert not menu.actions()[2].isEnabled()


@pytest.mark.parametrize(("address", "words"), [
    (Node(INPUT, 0), "An input is given"), (Node(0, 0), "has no bias"),
])  # fmt: skip
def test_what_has_no_gradient_says_what_to_select(bench: Bench, address: Node, words: str) -> None:
    bench.select(address)
    assert words in bench.view.chart.accessibleDescription()
    assert bench.page.table() is None
    assert not bench.texts
    assert not bench.view.chart.plot.getAxis("left").isVisible()
    bench.select(W_O)
    assert bench.view.chart.plot.getAxis("left").isVisible()


def test_a_frozen_weight_stays_and_is_said_to_be_frozen(bench: Bench) -> None:
    learning = bench.session.learning
    bench.session.set_learning(replace(learning, frozen=(FrozenParameter(1, 0, 0),)))
    bench.select(W_O)
    assert "frozen" in bench.texts
    assert bench.texts[0] == "W_o 0.900 → 0.900"


def test_a_cost_beyond_all_bounds_is_words(bench: Bench) -> None:
    bench.session.set_parameters("change weight", _with_first_weight(bench, 1e6))
    bench.page.refresh()
    assert "beyond what can be drawn" in bench.view.chart.accessibleDescription()
    bench.view.grab()


def _with_first_weight(bench: Bench, value: float) -> tuple:
    first, *rest = bench.session.trainer.parameters
    return (replace(first, w=np.array([[value]])), *rest)


def test_the_numbers_are_the_curve_and_its_tangent(bench: Bench) -> None:
    bench.select(W_O)
    table = bench.page.table()
    assert table is not None
    assert table.columns == ("W_o", "C", "tangent")
    weights, costs, tangents = (np.array(column, dtype=float) for column in zip(*table.rows, strict=True))
    np.testing.assert_allclose(costs, (1.2 * weights - 0.5) ** 2 / 2, rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(tangents, 0.1682 + 0.696 * (weights - 0.9), rtol=1e-9, atol=1e-12)


# -- where it is shown -----------------------------------------------------------------------------


@pytest.mark.parametrize("preset", ["toy", "ten-hidden", "sine", "digits"])
@pytest.mark.parametrize("size", [(448, 116), (640, 180), (1150, 240)])
def test_words_stand_side_by_side_within_their_lines(
    qapp: QApplication, qtbot: QtBot, preset: str, size: tuple[int, int]
) -> None:
    bench = Bench(qapp, qtbot, preset, size)
    strip = bench.view.strip
    placed = strip.placed()
    assert placed[0][0].glyph is Glyph.ARROW
    ends: dict[float, float] = {}
    for entry, at in placed:
        assert at.x() >= ends.get(at.y(), 0.0)
        ends[at.y()] = at.x() + strip.width_of(entry)
        assert ends[at.y()] <= strip.width()
        assert at.y() + LINE / 2 <= strip.height()
    assert bench.view.chart.height() > 70


def test_what_has_no_room_is_in_the_tooltip(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "toy", (448, 116))
    assert len(bench.texts) < 7
    for word in ("promised", "came", "lowest at"):
        assert word in bench.view.strip.toolTip()
        assert word in bench.view.chart.accessibleDescription()


def test_the_present_point_lies_on_the_curve_and_the_step_within_the_picture(bench: Bench) -> None:
    for times in ("near", "usual", "wide", "widest"):
        bench.view.range.choose(times)
        bench.page.refresh()
        (left, right), (low, high) = bench.view.chart.box.viewRange()
        seen = bench.scene.seen
        assert left < seen.at < right and low < seen.cost < high
        assert left < seen.after < right and low < seen.cost_after < high
        assert low < seen.tangent(seen.after) < high
        area = bench.view.marks.area
        x = area.left() + (seen.at - left) / (right - left) * area.width()
        assert bench.point().x() == pytest.approx(x)


def test_a_wider_range_is_as_much_wider(bench: Bench) -> None:
    spans = {}
    for times in ("near", "usual", "wide", "widest"):
        bench.view.range.choose(times)
        bench.page.refresh()
        low, high = bench.view.span
        spans[times] = high - low
    assert spans["near"] < spans["usual"] < spans["wide"] < spans["widest"]
    assert spans["wide"] / spans["usual"] == pytest.approx(4.0, rel=0.3)


def test_zooming_works_the_curve_out_where_it_is_seen_and_a_double_click_shows_all(bench: Bench) -> None:
    bench.select(W_O)
    whole = bench.view.span
    bench.view.chart.box.sigRangeChangedManually.emit([True, True])
    bench.view.chart.box.setRange(xRange=(0.85, 0.95), yRange=(0.1, 0.2), padding=0.0)
    bench.page.refresh()
    x, _ = bench.view.curve.getData()
    assert (x[0], x[-1]) == (0.85, 0.95)
    assert x.size >= 30
    bench.view.chart.fit()
    bench.page.refresh()
    assert bench.view.span == whole
    assert bench.view.curve.getData()[0][-1] == whole[1]


def test_both_themes_are_drawn_and_keep_their_numbers(bench: Bench) -> None:
    light, texts = bench.page.grab().toImage(), bench.texts
    bench.theme.set_mode("dark")
    bench.page.refresh()
    assert bench.page.grab().toImage() != light
    assert bench.texts == texts
    bench.theme.set_mode("light")
    bench.page.refresh()
    assert bench.page.grab().toImage() == light


def test_it_can_be_saved_as_picture_and_as_drawing(bench: Bench) -> None:
    assert bench.page.taking.png().startswith(b"\x89PNG")
    assert b"cost C" in bench.page.taking.svg()


# -- reading ---------------------------------------------------------------------------------------


def test_pointing_reads_weight_cost_and_the_curves_slope(bench: Bench) -> None:
    bench.select(W_O)
    area = bench.view.marks.area
    at = QPointF(area.left() + 0.25 * area.width(), area.center().y())
    bench.mouse(QEvent.Type.MouseMove, at)
    read = bench.view.marks.reading
    assert read is not None
    assert read.weight == pytest.approx(0.5, abs=bench.pixel())
    assert read.cost == pytest.approx((1.2 * read.weight - 0.5) ** 2 / 2)
    assert read.slope == pytest.approx(1.2 * (1.2 * read.weight - 0.5), rel=1e-6)
    bench.view.chart.pointed.emit(None)
    assert bench.view.marks.reading is None


def test_the_reading_follows_when_the_step_is_another(bench: Bench) -> None:
    bench.select(W_O)
    bench.view.chart.pointed.emit(QPointF(0.5, 0.1))
    before = bench.view.marks.reading
    bench.session.advance()
    bench.page.refresh()
    after = bench.view.marks.reading
    assert before is not None and after is not None
    assert after.weight == before.weight == 0.5
    assert after.cost != before.cost


# -- changing --------------------------------------------------------------------------------------


def test_the_point_is_dragged_along_its_curve_and_the_network_follows(bench: Bench) -> None:
    bench.select(W_O)
    before, span = bench.weight(), bench.view.span
    start = bench.point()
    bench.press(start)
    bench.move(start + QPointF(-60, 5))
    assert bench.weight() == pytest.approx(0.9 - 60 * bench.pixel(), abs=bench.pixel())
    assert bench.session.record.layers[1].w[0, 0] == bench.weight()
    assert bench.scene.seen.at == bench.weight()
    assert bench.point().x() == pytest.approx(start.x() - 60, abs=1.5)
    assert bench.view.span == span
    x, y = bench.view.curve.getData()
    np.testing.assert_allclose(y, (1.2 * x - 0.5) ** 2 / 2, rtol=1e-9, atol=1e-15)  # the same curve
    bench.move(start + QPointF(-80, 9))
    bench.release(start + QPointF(-80, 9))
    assert not bench.view.hold.active
    assert bench.session.undo_name == "change weight"
    bench.session.undo()
    assert bench.weight() == before
    assert bench.session.undo_name == "", "one drag is one edit"


def test_after_a_drag_nothing_is_read_where_it_began(bench: Bench) -> None:
    bench.select(W_O)
    start = bench.point()
    bench.mouse(QEvent.Type.MouseMove, start)
    assert bench.view.marks.reading is not None
    bench.press(start)
    bench.move(start + QPointF(-60, 0))
    bench.release(start + QPointF(-60, 0))
    assert bench.view.marks.reading is None


def test_while_dragged_the_words_say_what_was_promised_and_what_came(bench: Bench) -> None:
    bench.select(W_O)
    start = bench.point()
    bench.press(start)
    bench.move(start + QPointF(-60, 0))
    made = bench.view.tuner.nudge
    assert made is not None
    assert bench.texts[1].startswith("ΔW_o −0.2")
    assert [text.split()[0] for text in bench.texts[2:4]] == ["promised", "came"]
    assert made.predicted == pytest.approx(0.696 * made.change)
    assert bench.scene.told and not bench.scene.moved, "the step starts from what is changed"
    bench.release(start)
    assert bench.texts[1].startswith("slope")


def test_with_shift_it_goes_ten_times_finer(bench: Bench) -> None:
    bench.select(W_O)
    start = bench.point()
    bench.press(start)
    bench.move(start + QPointF(50, 0), SHIFT)
    assert bench.weight() == pytest.approx(0.9 + 5 * bench.pixel(), abs=0.2 * bench.pixel())
    bench.release(start)


def test_it_cannot_be_dragged_out_of_sight(bench: Bench) -> None:
    bench.select(W_O)
    start = bench.point()
    bench.press(start)
    bench.move(start + QPointF(5000, 0))
    assert bench.weight() == bench.view.span[1] == 2.0
    bench.release(start)


def test_escape_gives_the_weight_back_and_keeps_the_selection(bench: Bench) -> None:
    bench.select(W_O)
    start = bench.point()
    bench.press(start)
    bench.move(start + QPointF(-60, 0))
    taken = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, PLAIN)
    taken.ignore()
    bench.qapp.sendEvent(bench.view, taken)
    assert taken.isAccepted(), "before the window's Escape lets go of the selection"
    bench.qapp.sendEvent(bench.view, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, PLAIN))
    assert bench.weight() == 0.9
    assert not bench.view.hold.active
    assert bench.spotlight.selected == W_O
    bench.move(start + QPointF(40, 0))
    assert bench.weight() == 0.9, "it is not held any more"
    free = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, PLAIN)
    free.ignore()
    bench.qapp.sendEvent(bench.view, free)
    assert not free.isAccepted()


def test_the_point_says_that_it_can_be_dragged_and_nothing_else_does(bench: Bench) -> None:
    viewport = bench.view.chart.view.viewport()
    bench.mouse(QEvent.Type.MouseMove, bench.point() + QPointF(3, 3))
    assert "Drag it to change the weight" in viewport.toolTip()
    assert viewport.cursor().shape() == Qt.CursorShape.SizeHorCursor
    assert bench.view.marks.held
    bench.mouse(QEvent.Type.MouseMove, bench.point() + QPointF(60, -20))
    assert viewport.toolTip() == ""
    assert not bench.view.marks.held


def test_taking_the_point_selects_its_weight_so_that_no_other_takes_its_place(bench: Bench) -> None:
    assert bench.spotlight.selected is None
    start = bench.point()
    bench.press(start)
    bench.move(start + QPointF(-100, 0))
    assert bench.spotlight.selected == bench.scene.address == W_H
    bench.release(start)


def test_a_press_elsewhere_changes_nothing(bench: Bench) -> None:
    bench.select(W_O)
    start = bench.point() + QPointF(40, -30)
    bench.press(start)
    bench.move(start + QPointF(30, 0))
    bench.release(start + QPointF(30, 0))
    assert bench.weight() == 0.9
    assert bench.session.undo_name == ""


def test_another_experiment_ends_the_drag(bench: Bench) -> None:
    bench.select(W_O)
    start = bench.point()
    bench.press(start)
    bench.move(start + QPointF(-20, 0))
    bench.session.open_preset(load_preset("mazur"))
    bench.page.refresh()
    assert not bench.view.hold.active
    assert bench.scene.seen.weights.size


def test_a_drag_in_the_middle_of_a_run_says_which_steps_are_forgotten(
    qapp: QApplication, qtbot: QtBot
) -> None:
    bench = Bench(qapp, qtbot, "toy", (1200, 200))
    bench.session.advance(5)
    bench.session.go_to(2)
    bench.select(W_O)
    start = bench.point()
    bench.press(start)
    bench.move(start + QPointF(-60, 0))
    assert bench.texts[-1] == "Steps after 2 are forgotten; Undo brings them back."
    bench.release(start)


# -- how it is worked out --------------------------------------------------------------------------


def test_a_slice_is_worked_out_once_a_step(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    worked: list[Address] = []

    def counted(network: Network, record: StepTrace, address: Address, span: Span) -> CostSlice:
        worked.append(address)
        return cost_slice(network, record, address, span)

    monkeypatch.setattr(slice_source, "cost_slice", counted)
    bench.session.advance()
    bench.select(W_O)
    assert worked == [W_O]
    for kind in (Kind.COST, Kind.GRADIENT, Kind.UPDATE):
        bench.tell(kind, 1)
    bench.select(W_H)
    bench.select(W_O)
    bench.theme.set_mode("dark")
    bench.page.refresh()
    assert worked == [W_O, W_H]
    bench.session.advance()
    bench.page.refresh()
    assert worked == [W_O, W_H, W_O]


def test_a_large_network_comes_in_pieces_coarse_first(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if nothing could be done at once: each slice of work adds samples, and what is there is shown."""
    monkeypatch.setattr(slice_source, "_AT_ONCE", 0)
    bench = Bench(qapp, qtbot, "toy")
    sizes = []
    bench.view.source.grown.connect(lambda: sizes.append(bench.view.curve.getData()[0].size))
    bench.select(W_O)
    qtbot.waitUntil(lambda: not bench.view.source.busy)
    assert sizes and sizes == sorted(sizes)
    assert bench.scene.seen.weights.size == sizes[-1] > 30
    assert bench.texts[0] == "W_o 0.900 → 0.830"


def test_a_network_too_large_to_follow_waits_for_a_pause(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slice_source, "_AT_ONCE", 0)
    bench = Bench(qapp, qtbot, "toy")
    bench.player.set_speed(1.0)
    bench.player.run()
    bench.session.advance()
    bench.page.refresh()
    assert "Waits for a pause" in bench.view.chart.accessibleDescription()
    assert bench.page.table() is None
    bench.player.pause()
    bench.page.refresh()
    qtbot.waitUntil(lambda: bench.view.scene is not None and not bench.view.source.busy)


def test_while_it_runs_fast_the_same_weight_stays_and_a_coarse_curve_will_do(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(qapp, qtbot, "xor")
    monkeypatch.setattr(slice_source, "_AT_ONCE", 5_000)  # enough for 21 samples, not for a whole curve
    shown = bench.scene.address
    bench.player.set_speed(1.0)
    bench.player.run()
    for _ in range(40):
        bench.session.advance(7)
        bench.page.refresh()
        assert bench.scene.address == shown
        assert bench.scene.seen.weights.size == 21
        assert bench.scene.seen.at == bench.weight(shown)
    assert bench.view.weight.picker.text() == "held"
    bench.select(Edge(1, 2, 0))
    assert bench.scene.address == Edge(1, 2, 0)
    bench.select(None)
    bench.player.pause()
    bench.page.refresh()
    assert bench.view.weight.picker.text() == "largest gradient"


@pytest.mark.parametrize("preset", ["single-neuron", "ten-hidden", "mazur", "sine", "circle", "digits"])
def test_every_preset_has_a_slice_at_every_phase(qapp: QApplication, qtbot: QtBot, preset: str) -> None:
    bench = Bench(qapp, qtbot, preset)
    depth = bench.session.network.depth
    for kind, layer in ((Kind.GIVEN, INPUT), (Kind.COST, depth - 1), (Kind.UPDATE, depth - 1)):
        bench.tell(kind, layer)
        assert bench.scene.seen.finite
        bench.page.grab()
