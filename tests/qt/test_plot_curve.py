"""The curve of the prediction plot: the network's output among its data, and the residuals of the batch."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.engine.backprop import predict
from bpviz.explain.moment import Moment
from bpviz.explain.number import number
from bpviz.explain.phase import Kind, index_of
from bpviz.qt.plots.chart import Chart
from bpviz.qt.plots.prediction.curve_view import CurveView
from bpviz.qt.plots.prediction.prediction_plot import PredictionPlot
from tests.qt.plot_bench import PageBench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


class Bench(PageBench):
    """The curve of a preset, and what is drawn of it."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, preset: str, size: tuple[int, int] = (680, 200)):
        super().__init__(PredictionPlot, qapp, qtbot, preset, size)
        assert isinstance(self.page, PredictionPlot)
        view = self.page.view
        assert isinstance(view, CurveView)
        self.view, self.items = view, view.items
        qapp.processEvents()
        self.page.refresh()

    def tell(self, kind: Kind, layer: int = -1) -> None:
        """Up to the end of that phase."""
        depth = self.session.network.depth
        self.player.seek(Moment(index_of(depth, kind, layer % depth), 1.0))
        self.page.refresh()

    def words(self) -> list[str]:
        return [row.text for row in self.view.key.rows]


@pytest.fixture
def sine(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "sine")


@pytest.fixture
def toy(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "toy")


@pytest.mark.parametrize("preset", ["single-neuron", "toy", "ten-hidden", "sine"])
def test_the_curve_is_the_prediction_and_crosses_the_whole_view(
    qapp: QApplication, qtbot: QtBot, preset: str
) -> None:
    bench = Bench(qapp, qtbot, preset)
    bench.session.advance(5)
    bench.page.refresh()
    x, y = bench.items._now.getData()
    predicted = predict(bench.session.network, bench.session.trainer.parameters, x[:, np.newaxis])
    np.testing.assert_allclose(y, predicted[:, 0], rtol=1e-12)
    assert (x[0], x[-1]) == bench.view.view_range()[0]


def test_the_kink_of_the_toy_network_is_sharp(toy: Bench) -> None:
    x, _ = toy.items._now.getData()
    assert np.abs(x).min() < 1e-12, "both ReLUs open at x = 0"


def test_every_example_of_both_sets_is_a_point(sine: Bench) -> None:
    trainer, items = sine.session.trainer, sine.items
    for item, examples in ((items._training, trainer.train), (items._validation, trainer.validation)):
        x, y = item.getData()
        assert examples is not None
        np.testing.assert_array_equal(np.stack([x, y], axis=1),
                                      np.concatenate((examples.inputs, examples.targets), axis=1))
    (left, right), (low, high) = sine.view.view_range()
    assert left < sine.session.dataset.inputs.min() < sine.session.dataset.inputs.max() < right
    assert low < sine.session.dataset.targets.min() < sine.session.dataset.targets.max() < high


def test_the_residual_appears_with_the_prediction_and_is_that_of_the_record(toy: Bench) -> None:
    toy.tell(Kind.SUM, 0)
    assert not toy.items._label.isVisible()
    assert not len(toy.items._prediction.getData()[0])
    toy.tell(Kind.ACTIVATE)
    record = toy.session.record
    residual = float(record.layers[-1].a[0, 0] - record.targets[0, 0])
    assert toy.items._label.isVisible()
    assert toy.items._label.toPlainText() == f"ŷ − y {number(residual)}" == "ŷ − y 0.580"
    assert toy.items._gap.getData()[1].tolist() == [0.5, 1.08]
    toy.tell(Kind.SUM, 0)
    assert not toy.items._label.isVisible(), "going back shows what was shown before"


def test_every_example_of_the_batch_has_its_residual_too_high_and_too_low_apart(sine: Bench) -> None:
    sine.tell(Kind.UPDATE)
    record = sine.session.record
    residuals = (record.layers[-1].a - record.targets)[:, 0]
    over = np.diff(sine.items._over.getData()[1].reshape(-1, 2)).ravel()
    under = np.diff(sine.items._under.getData()[1].reshape(-1, 2)).ravel()
    np.testing.assert_allclose(np.sort(np.concatenate((over, under))), np.sort(residuals), atol=1e-12)
    assert (over > 0).all()
    assert (under < 0).all()


def test_after_the_update_is_told_a_second_curve_shows_where_it_leads(sine: Bench) -> None:
    sine.tell(Kind.GRADIENT, 0)
    assert not sine.items._after.getData()[0].size
    assert "after the update" not in sine.words()
    sine.tell(Kind.UPDATE)
    x, y = sine.items._after.getData()
    next_ = predict(sine.session.network, sine.session.record.parameters_next, x[:, np.newaxis])
    np.testing.assert_allclose(y, next_[:, 0], rtol=1e-12)
    assert "after the update" in sine.words()


def test_the_mean_of_the_batch_has_no_example_that_stands_out(sine: Bench) -> None:
    sine.tell(Kind.UPDATE)
    sine.spotlight.set_example(None)
    sine.page.refresh()
    assert not sine.items._label.isVisible()
    assert not len(sine.items._ring.getData()[0])


def press(bench: Bench, qtbot: QtBot, x: float, y: float) -> None:
    """Click there, as a person does."""
    chart: Chart = bench.view.chart
    at = chart.view.mapFromScene(chart.box.mapViewToScene(QPointF(x, y)))
    qtbot.mouseClick(chart.view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_a_click_on_a_point_of_the_batch_shows_that_example(sine: Bench, qtbot: QtBot) -> None:
    record = sine.session.record
    for example in (7, 2):
        press(sine, qtbot, record.inputs[example, 0], record.targets[example, 0])
        shown = sine.spotlight.example
        assert shown is not None
        assert abs(record.inputs[shown, 0] - record.inputs[example, 0]) < 0.2


def test_a_click_on_a_point_beyond_the_batch_says_that_it_is_not_in_it(sine: Bench, qtbot: QtBot) -> None:
    trainer = sine.session.trainer
    batch = set(trainer.batch_rows(0).tolist())
    apart = [row for row in range(trainer.train.count) if row not in batch]
    x, everything = trainer.train.inputs[apart, 0], sine.view.points.inputs[:, 0]
    loneliest = max(x, key=lambda at: np.sort(np.abs(everything - at))[1])
    row = int(np.flatnonzero(trainer.train.inputs[:, 0] == loneliest)[0])
    press(sine, qtbot, loneliest, trainer.train.targets[row, 0])
    assert sine.spotlight.example == 0
    assert sine.view.key.under[-1].text == "Not in the batch of step 0."
    sine.session.advance()
    sine.page.refresh()
    assert all("batch" not in row.text for row in sine.view.key.under), "another step, another batch"


def test_pointing_reads_the_prediction_and_the_target(sine: Bench) -> None:
    sine.view.chart.pointed.emit(QPointF(0.5, 5.0))
    predicted = predict(sine.session.network, sine.session.trainer.parameters, np.array([[0.5]]))
    assert [row.text for row in sine.view.key.under] == [f"x 0.500   ŷ {number(float(predicted[0, 0]))}"]
    points = sine.view.points
    sine.view.chart.pointed.emit(QPointF(points.inputs[3, 0], points.targets[3, 0]))
    assert len(sine.view.key.under) == 2
    sine.view.chart.pointed.emit(None)
    assert sine.view.key.under == ()


def test_zoomed_out_the_curve_goes_on_at_once(sine: Bench) -> None:
    sine.view.chart.box.scaleBy((4.0, 4.0))
    sine.view.chart.box.sigRangeChangedManually.emit([True, True])
    (left, right), _ = sine.view.view_range()
    x, _ = sine.items._now.getData()
    assert right - left > 20
    assert (x[0], x[-1]) == (left, right)


def test_while_training_runs_at_full_speed_no_second_curve_flickers(sine: Bench) -> None:
    sine.player.set_speed(1.0)
    sine.player.run()
    sine.session.advance(3)
    sine.page.refresh()
    assert sine.items._after.getData()[0].size == 0
    sine.player.pause()


def test_the_table_holds_the_curve_and_every_example(sine: Bench) -> None:
    table = sine.page.table()
    assert table is not None
    assert table.columns == ("set", "x", "prediction of y", "y")
    sets = [row[0] for row in table.rows]
    assert (sets.count("training"), sets.count("validation")) == (64, 16)
    trainer = sine.session.trainer
    predicted = predict(trainer.network, trainer.parameters, trainer.train.inputs)
    first = table.rows[sets.index("training")]
    assert first[2] == pytest.approx(float(predicted[0, 0]))


@pytest.mark.parametrize("size", [(458, 121), (680, 200), (1178, 400)])
def test_in_a_low_plot_the_residual_stands_in_the_key(
    qapp: QApplication, qtbot: QtBot, size: tuple[int, int]
) -> None:
    bench = Bench(qapp, qtbot, "toy", size)
    bench.tell(Kind.UPDATE)
    assert bench.items._label.isVisible() != any("ŷ − y" in word for word in bench.words())
    assert bench.items._label.isVisible() == (size[1] > 121)


def test_both_themes_are_drawn(sine: Bench) -> None:
    sine.tell(Kind.UPDATE)
    light = sine.page.grab().toImage()
    sine.theme.set_mode("dark")
    sine.page.refresh()
    assert sine.page.grab().toImage() != light
    sine.theme.set_mode("light")
    sine.page.refresh()
    assert sine.page.grab().toImage() == light


def test_another_experiment_is_shown_whole(sine: Bench) -> None:
    sine.view.chart.box.scaleBy((4.0, 4.0))
    sine.view.chart.box.sigRangeChangedManually.emit([True, True])
    sine.session.open_preset(load_preset("toy"))
    sine.page.refresh()
    assert sine.view.view_range()[0] == pytest.approx((0.0, 4.0))
    assert len(sine.items._training.getData()[0]) == 1


def test_axes_are_in_the_units_of_the_data_however_small(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "ten-hidden")
    axis = bench.view.chart.plot.getAxis("left")
    (_, (low, high)) = bench.view.view_range()
    assert high - low < 5
    assert "0.001" not in axis.labelString()
    assert axis.autoSIPrefixScale == 1.0


def test_in_a_saved_picture_points_are_drawn_rather_than_stamped(sine: Bench) -> None:
    """A stamp is made for the screen; with three times as many pixels it would be blurred."""
    points = (sine.items._training, sine.items._ring)
    with sine.view.chart.drawn_at(3.0):
        assert all(item._exportOpts is not False for item in points)
    assert all(item._exportOpts is False for item in points)
    assert not sine.page.taking.pixmap(3.0).isNull()
