"""The gradients plot: true to the step that is told, in words, bars, lines and histograms."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.editing import add_layer, set_activation
from bpviz.document.preset import Preset, load_preset
from bpviz.engine.network import Layer, Network
from bpviz.explain.activity import LayerActivity
from bpviz.explain.address import Edge, Node
from bpviz.explain.flow import LayerFlow, flow_of
from bpviz.explain.part import Part, What
from bpviz.explain.symbol import Names
from bpviz.qt.fonts import load_fonts, ui_font
from bpviz.qt.plots.gradients.activations_view import ActivationsView
from bpviz.qt.plots.gradients.bars import number_place, size_axis, whole_symbols
from bpviz.qt.plots.gradients.gradients_plot import GradientsPlot
from bpviz.qt.plots.gradients.histograms import layer_state
from bpviz.qt.plots.gradients.layer_figure import layer_words
from bpviz.qt.plots.gradients.layers_view import LayersView
from bpviz.qt.plots.gradients.run_view import RunView
from tests.qt.plot_bench import PageBench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise)")


class Bench(PageBench):
    """The plot on screen."""

    def __init__(
        self, qapp: QApplication, qtbot: QtBot, preset: str | Preset = "toy",
        size: tuple[int, int] = (680, 200),
    ) -> None:
        super().__init__(GradientsPlot, qapp, qtbot, preset if isinstance(preset, str) else "toy", size)
        if isinstance(preset, Preset):
            self.session.open_preset(preset)
            self.page.refresh()

    @property
    def plot(self) -> GradientsPlot:
        assert isinstance(self.page, GradientsPlot)
        return self.page

    def look(self, name: str) -> LayersView | RunView | ActivationsView:
        self.plot.choose(name)
        QApplication.processEvents()
        view = self.plot.view
        assert isinstance(view, LayersView | RunView | ActivationsView)
        return view

    def layers(self) -> LayersView:
        view = self.look("by layer")
        assert isinstance(view, LayersView)
        return view

    def run(self) -> RunView:
        view = self.look("over the run")
        assert isinstance(view, RunView)
        return view

    def activations(self) -> ActivationsView:
        view = self.look("activations")
        assert isinstance(view, ActivationsView)
        return view

    def filled(self) -> RunView:
        view = self.run()
        while not self.plot.sampling.complete:
            self.plot.sampling.work()
        self.plot.refresh()
        return view


@pytest.fixture
def toy(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot)


@pytest.fixture
def deep(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "ten-hidden")


@pytest.fixture
def iris(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "iris")


def hidden(name: str, function: str, units: tuple[int, ...] = ()) -> Preset:
    """A preset with other hidden layers."""
    preset = load_preset(name)
    network = preset.experiment.network
    layers = tuple(Layer(n, function) for n in units) if units else network.layers[:-1]
    layers = tuple(replace(layer, activation=function) for layer in layers)
    changed = replace(network, layers=(*layers, network.layers[-1]))
    return replace(preset, experiment=replace(preset.experiment, network=changed))


def key(pressed: Qt.Key) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, pressed, Qt.KeyboardModifier.NoModifier)


def moved(place: QPointF) -> QMouseEvent:
    none = Qt.MouseButton.NoButton
    return QMouseEvent(QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier)


def picture(bench: Bench) -> QImage:
    return bench.page.taking.pixmap(1.0).toImage()


def amount(image: QImage, colour: str) -> int:
    wanted = QColor(colour).rgb()
    return sum(image.pixel(x, y) == wanted for y in range(image.height()) for x in range(image.width()))


# -- words ----------------------------------------------------------------------------------------------


def test_ten_sigmoids_vanish_and_relus_instead_of_them_do_not(deep: Bench) -> None:
    assert deep.plot.words.said.startswith("Vanishing: hidden layer 1 receives 2.7·10⁻⁷ of the output")
    deep.session.apply(set_activation(deep.session.experiment, range(10), "relu"))
    deep.plot.refresh()
    assert deep.plot.words.said.startswith("All is well: hidden layer 1 receives ")


def test_the_words_stand_whatever_is_looked_at(deep: Bench) -> None:
    for name in deep.plot.offered():
        deep.look(name)
        assert deep.plot.words.isVisible()
        assert deep.plot.words.said.startswith("Vanishing")


@pytest.mark.parametrize("size", [(450, 121), (634, 191), (1178, 230)])
def test_every_size_has_room_for_the_gravest_sentence(
    qapp: QApplication, qtbot: QtBot, size: tuple[int, int]
) -> None:
    bench = Bench(qapp, qtbot, "ten-hidden", size)
    assert bench.plot.words.said.endswith("of the output layer's error.")
    assert bench.plot.words.accessibleDescription() == bench.plot.words.said


def test_beside_a_wide_plot_there_is_room_for_more(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, hidden("spiral", "relu", (8, 8, 8)), (466, 121))
    layers = bench.session.trainer.parameters
    shut = tuple(replace(p, b=np.full_like(p.b, -50.0)) for p in layers[:-1])
    bench.session.set_parameters("shut", (*shut, layers[-1]))
    bench.plot.refresh()
    assert len(bench.plot.words.said.splitlines()) == 1
    assert bench.plot.words.said.startswith("Stopped: no error of this batch passes hidden layer 3")
    bench.page.resize(1178, 230)
    QApplication.processEvents()
    lines = bench.plot.words.said.splitlines()
    assert lines[1] == "All 8 units of hidden layer 1 are dead on all examples."
    assert len(lines) == 4
    assert bench.plot.words.x() > bench.layers().bars.width()


# -- by layer --------------------------------------------------------------------------------------------


def test_bars_show_the_step_that_is_told_and_follow_it_back(iris: Bench) -> None:
    iris.session.advance(20)
    bars = iris.layers().bars
    assert bars.flow == flow_of(iris.session.network, iris.session.record)
    newest = bars.flow
    iris.player.seek_step(3)
    iris.plot.refresh()
    assert bars.flow == flow_of(iris.session.network, iris.session.trainer.record_at(3)) != newest


def test_the_tip_has_all_digits(toy: Bench) -> None:
    tip = toy.layers().bars.tip(0)
    assert "E_h  0.5220000000000001" in tip
    assert "C'(W_h)  1.0440000000000003" in tip
    assert "0.900 of the error of the output layer" in tip


@pytest.mark.parametrize("wide", [36.0, 60.0, 90.0, 180.0])
def test_numbers_over_neighbouring_bars_stand_apart(wide: float) -> None:
    column, middle = QRectF(20, 0, wide, 100), 20 + wide / 2
    bar = min(20.0, 0.19 * wide)  # half of one
    first, error = number_place(column, QPointF(middle - bar, 40), 4.69e-6, second=False)
    second, gradient = number_place(column, QPointF(middle + bar, 40), 3.49e-6, second=True)
    if wide >= 90:
        assert (first, second) == ("4.69e−6", "3.49e−6")
    assert gradient.left() - error.right() >= 3
    assert column.left() <= error.left() and gradient.right() <= column.right() + 1


def test_one_activation_is_told_as_one(toy: Bench) -> None:
    assert ": 1 activation, 1 unit on " in toy.activations().histograms.tip(0)


def test_the_notation_is_the_windows(toy: Bench) -> None:
    toy.page.naming.set_notation("standard")
    assert "δ_h  0.522" in toy.layers().bars.tip(0)
    error, gradient = whole_symbols(toy.page.naming.names)
    assert (error.plain, gradient.plain) == ("δ", "∂C/∂W")


def test_each_layer_has_a_column_from_left_to_right(deep: Bench) -> None:
    bars = deep.layers().bars
    lefts = [column.left() for column in bars.columns()]
    assert len(lefts) == 11
    assert lefts == sorted(lefts)
    assert [bars.layer_at(column.center()) for column in bars.columns()] == list(range(11))
    assert bars.layer_at(QPointF(1.0, 1.0)) is None


def test_a_column_lights_its_layer_up_and_is_lit_by_it(deep: Bench) -> None:
    bars = deep.layers().bars
    deep.spotlight.select(Edge(4, 0, 0))
    assert [k for k in range(11) if bars.lit(k)] == [4]
    bars.keyPressEvent(key(Qt.Key.Key_Up))
    bars.keyPressEvent(key(Qt.Key.Key_Up))
    assert deep.spotlight.part == Part(What.ERROR, 1)
    assert [k for k in range(11) if bars.lit(k)] == [1]
    bars.keyPressEvent(key(Qt.Key.Key_Down))
    assert deep.spotlight.part == Part(What.ERROR, 0)


def test_the_mouse_points_at_a_layer_until_it_leaves(deep: Bench) -> None:
    bars = deep.layers().bars
    bars.mouseMoveEvent(moved(bars.columns()[3].center()))
    assert deep.spotlight.part == Part(What.ERROR, 3)
    bars.mouseMoveEvent(moved(QPointF(0.0, 0.0)))
    assert deep.spotlight.part is None


def test_nothing_reads_nought_and_has_no_bar(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "mazur")
    bars, purple = bench.layers().bars, bench.theme.palette.error_positive
    bars.show_flow((LayerFlow(0.0, 0.0), LayerFlow(0.0, 0.0)))
    assert amount(picture(bench), purple) < 120  # the samples of the legend
    assert bars.accessibleDescription() == "hidden: 0, 0; output: 0, 0"
    bars.show_flow((LayerFlow(1.0, 0.0), LayerFlow(0.0, math.nan)))
    assert amount(picture(bench), purple) > 400
    assert bars.accessibleDescription() == "hidden: 1.00, 0; output: 0, —"


@given(st.lists(st.tuples(st.floats(0, 1e300), st.floats(0, 1e300)), min_size=1, max_size=12))
def test_every_bar_fits_the_axis_and_can_be_seen(sizes: list[tuple[float, float]]) -> None:
    axis = size_axis(tuple(LayerFlow(*pair) for pair in sizes))
    assert axis.low < axis.high
    for size in (size for pair in sizes for size in pair if size > 1e-39):
        assert 0.2 / (axis.high - axis.low) <= axis.share(size) <= 1 + 1e-9


def test_the_axis_stands_still_while_bars_grow_a_little() -> None:
    assert size_axis((LayerFlow(0.02, 0.5),)) == size_axis((LayerFlow(0.021, 0.6),))


@pytest.mark.usefixtures("qapp")
def test_layers_are_named_as_far_as_there_is_room() -> None:
    load_fonts()
    names = Names(Network(1, tuple(Layer(1) for _ in range(11))))
    assert layer_words(names, 11, 80.0, ui_font(11))[:2] == ["hidden 1", "hidden 2"]
    assert layer_words(names, 11, 38.0, ui_font(11)) == [*map(str, range(1, 11)), "output"]
    assert layer_words(names, 11, 22.0, ui_font(11))[-2:] == ["10", "out"]
    few = layer_words(names, 11, 8.0, ui_font(11))
    assert (few[0], few[-1]) == ("1", "out")
    assert few.count("") >= 5


# -- over the run ----------------------------------------------------------------------------------------


def test_before_training_it_is_said_what_will_appear(toy: Bench) -> None:
    view = toy.run()
    assert view.empty.isVisible()
    assert "once training runs" in view.empty.text()
    toy.session.advance(1)
    toy.plot.refresh()
    assert view.chart.isVisible()


def test_lines_are_the_sizes_of_each_steps_errors(iris: Bench) -> None:
    iris.session.advance(40)
    table = iris.filled().table()
    assert table is not None
    assert table.columns == ("step", "E_h, hidden (root mean square)", "E_o, output (root mean square)")
    assert [row[0] for row in table.rows] == list(range(41))
    for step in (0, 17, 40):
        flow = flow_of(iris.session.network, iris.session.trainer.record_at(step))
        assert table.rows[step][1:] == tuple(layer.error for layer in flow)


@pytest.mark.parametrize("size", [(450, 121), (634, 191), (1178, 230)])
def test_the_names_of_the_lines_stand_in_the_chart_and_apart(
    qapp: QApplication, qtbot: QtBot, size: tuple[int, int]
) -> None:
    bench = Bench(qapp, qtbot, "ten-hidden", size)
    bench.session.advance(60)
    view = bench.filled()
    QApplication.processEvents()
    bench.plot.refresh()
    (left, right), (low, high) = view.chart.box.viewRange()
    boxes = view.lines.named
    pixel = (high - low) / view.chart.box.height()
    assert {"hidden 1", "output"} <= set(boxes)
    for box in boxes.values():
        assert left < 60 < box.left() < box.right() <= right
        assert low - pixel <= box.top() < box.bottom() <= high + pixel
    middles = sorted(box.center().y() for box in boxes.values())
    assert min(np.diff(middles)) >= 13 * pixel


def test_gradients_can_be_followed_instead(iris: Bench) -> None:
    iris.session.advance(10)
    view = iris.filled()
    view.size_choice.choose("gradients")
    iris.plot.refresh()
    table = view.table()
    assert table is not None
    assert table.columns[1] == "C'(W_h), hidden (root mean square)"
    flow = flow_of(iris.session.network, iris.session.trainer.record_at(10))
    assert table.rows[10][1:] == tuple(layer.gradient for layer in flow)


def test_while_training_runs_the_steps_that_are_shown_are_added(iris: Bench) -> None:
    view = iris.run()
    iris.player.run()
    for _ in range(3):
        iris.session.advance(5)
        iris.plot.refresh()
    table = view.table()
    assert table is not None
    assert [row[0] for row in table.rows if row[0] in (5, 10, 15)] == [5, 10, 15]


def test_while_training_runs_it_is_said_why_lines_begin_late(iris: Bench) -> None:
    view = iris.run()
    iris.session.advance(40)
    iris.player.run()
    iris.plot.sampling.forget()  # as if nobody had looked until now
    iris.plot.refresh()
    assert view.words.text().endswith("; steps before 40 follow in a pause")
    iris.player.pause()
    iris.filled()
    assert view.words.text().endswith(", by layer")


@pytest.mark.parametrize("step", [0, 12, 33])
def test_a_click_goes_to_its_step(qtbot: QtBot, iris: Bench, step: int) -> None:
    iris.session.advance(40)
    view = iris.filled()
    place = view.chart.box.mapViewToScene(QPointF(step + 0.2, sum(view.chart.box.viewRange()[1]) / 2))
    at = view.chart.view.mapFromScene(place)
    qtbot.mouseClick(view.chart.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at.x(), at.y()))
    assert iris.session.trainer.step == step


def test_a_click_beyond_the_run_goes_to_its_end(iris: Bench) -> None:
    iris.session.advance(40)
    view = iris.filled()
    iris.player.seek_step(7)
    view.chart.pressed.emit(QPointF(99.0, 0.0))
    assert iris.session.trainer.step == 40


def test_what_is_pointed_at_is_told(iris: Bench) -> None:
    iris.session.advance(40)
    view = iris.filled()
    flow = flow_of(iris.session.network, iris.session.trainer.record_at(17))
    view.chart.pointed.emit(QPointF(17.2, math.log10(flow[0].error)))
    assert view.words.text().startswith("step 17, hidden: E<sub>h</sub> 0.")
    assert view.words.text().endswith(f" {flow[0].error!r}")
    view.chart.pointed.emit(None)
    assert view.words.text() == "E, root mean square over the batch, by layer"


def test_other_first_weights_begin_another_run(iris: Bench) -> None:
    iris.session.advance(20)
    iris.filled()
    iris.session.roll()
    view = iris.run()
    iris.plot.refresh()
    assert view.empty.isVisible()
    assert iris.plot.sampling.steps == (0,)


def test_another_network_is_followed_at_once(iris: Bench) -> None:
    iris.session.advance(20)
    view = iris.filled()
    iris.session.apply(add_layer(iris.session.experiment, 1))
    iris.session.advance(1)
    iris.plot.refresh()
    table = view.table()
    assert table is not None
    assert len(table.columns) == 4
    iris.session.undo()
    iris.plot.refresh()
    table = view.table()
    assert table is not None
    assert len(table.columns) == 3


# -- activations -----------------------------------------------------------------------------------------


def test_every_activation_of_the_training_set_is_counted(iris: Bench) -> None:
    view = iris.activations()
    train, sizes = iris.session.trainer.train.count, iris.session.network.sizes[1:]
    found = view.histograms.histograms
    assert [int(one.counts.sum()) for one in found] == [train * units for units in sizes]
    rows = view.table().rows
    assert sum(row[3] for row in rows if row[0] == "hidden") == train * sizes[0]
    assert "on all examples" in view.histograms.tip(0)


def test_a_column_of_activations_points_at_them(iris: Bench) -> None:
    histograms = iris.activations().histograms
    histograms.keyPressEvent(key(Qt.Key.Key_Up))
    assert iris.spotlight.part == Part(What.ACTIVATION, 0)
    histograms.leaveEvent(moved(QPointF()))
    iris.spotlight.select(Node(1, 2))
    assert [k for k in range(2) if histograms.lit(k)] == [1]


def test_many_layers_stand_in_rows_where_there_is_the_height(qapp: QApplication, qtbot: QtBot) -> None:
    preset = hidden("xor", "tanh", (2,) * 30)
    for size, rows in (((466, 121), 1), ((634, 240), 2)):
        columns = Bench(qapp, qtbot, preset, size).activations().histograms.columns()
        assert len({column.top() for column in columns}) == rows
        assert len(columns) == 31
        assert all(column.right() <= size[0] for column in columns)


@pytest.mark.parametrize(("layer", "words"), [
    (LayerActivity("tanh", np.zeros((4, 8)), 0, 0.92), ("92 % saturated", "92 % sat.", "92 %")),
    (LayerActivity("relu", np.zeros((4, 8)), 3, 0.5), ("3 of 8 dead, 50 % closed", "3 of 8 dead", "3 dead")),
    (LayerActivity("softmax", np.zeros((4, 8)), 0, None), ("",)),
])
def test_what_is_amiss_is_written_below(layer: LayerActivity, words: tuple[str, ...]) -> None:
    assert layer_state(layer) == words


# -- everywhere ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", ["single-neuron", "toy", "ten-hidden", "xor", "digits"])
def test_every_view_has_its_picture_and_numbers_in_both_themes(
    qapp: QApplication, qtbot: QtBot, preset: str
) -> None:
    bench = Bench(qapp, qtbot, preset)
    bench.session.advance(3)
    for name in bench.plot.offered():
        bench.look(name)
        seen = []
        for mode in ("light", "dark"):
            bench.theme.set_mode(mode)
            bench.plot.refresh()
            seen.append(picture(bench))
        assert seen[0] != seen[1]
        table = bench.plot.table()
        assert table is not None
        assert len(table.csv().splitlines()) == len(table.rows) + 1 > 1
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_numbers_out_of_range_are_said_and_drawn_as_such(
    toy: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bpviz.qt.plots.gradients import present

    monkeypatch.setattr(present, "flow_of", lambda *_: (LayerFlow(math.nan, math.inf), LayerFlow(1.0, 1.0)))
    toy.session.advance(1)
    toy.plot.refresh()
    assert "range of numbers" in toy.plot.words.said
    for name in toy.plot.offered():
        toy.look(name)
        assert not picture(toy).isNull()
