"""What the cost plot draws beside the costs: average, accuracy, learning rate; and what can be chosen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from bpviz.engine.optimizer import Schedule
from bpviz.explain.smoothing import smoothed
from bpviz.qt.panels.picker import Picker
from bpviz.qt.plots.cost.labels import label_places
from bpviz.qt.plots.cost.marks import step_flag
from tests.qt.cost_bench import PER_STEP, CostBench, give_time, no_time

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


def lines_of(menu: QMenu) -> dict[str, bool]:
    """The lines of a menu, and whether each is on."""
    return {action.text().split("\t")[0]: action.isChecked() for action in menu.actions() if action.text()}


def press(picker: Picker, text: str) -> None:
    menu = picker.menu_of_options()
    next(action for action in menu.actions() if action.text().split("\t")[0] == text).trigger()
    menu.deleteLater()


# -- the average -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "span"), [("light", 10), ("medium", 30), ("strong", 100)])
def test_the_batch_costs_are_averaged_as_strongly_as_is_chosen(
    qapp: QApplication, qtbot: QtBot, name: str, span: int
) -> None:
    bench = CostBench(qapp, qtbot, "iris")
    bench.session.advance(60)
    press(bench.plot.choices.lines, f"smoothing {name}")
    curves = bench.picture().curves
    np.testing.assert_array_equal(curves.smooth.x, np.arange(60))
    np.testing.assert_allclose(curves.smooth.y, smoothed(curves.steps.y, span))
    assert "smoothed" in bench.legend()


def test_without_smoothing_only_the_batches_are_drawn(qapp: QApplication, qtbot: QtBot) -> None:
    bench = CostBench(qapp, qtbot, "iris")
    bench.session.advance(60)
    press(bench.plot.choices.lines, "smoothing off")
    assert not bench.picture().curves.smooth.x.size
    assert "smoothed" not in bench.legend()
    assert "each batch" in bench.legend()


def test_where_a_step_is_an_epoch_there_is_nothing_to_smooth(qapp: QApplication, qtbot: QtBot) -> None:
    bench = CostBench(qapp, qtbot, "toy")
    bench.session.advance(60)
    assert not bench.picture().curves.smooth.x.size
    assert bench.legend() == []


# -- the accuracy ------------------------------------------------------------------------------------------


def test_both_accuracies_are_drawn_below_the_cost_and_told_at_their_ends(
    qapp: QApplication, qtbot: QtBot
) -> None:
    bench = CostBench(qapp, qtbot, "iris")
    bench.session.advance(60)
    picture, costs = bench.picture(), bench.session.trainer.costs
    strip = picture.strip
    assert strip is not None
    assert strip.x is picture.x
    assert strip.rect.top() > picture.rect.bottom()
    _, verdicts = costs.epochs()
    np.testing.assert_allclose(strip.curves.training.y, 100 * verdicts[:, 2])
    np.testing.assert_allclose(strip.curves.validation.y, 100 * verdicts[:, 3])
    shown = [float(label.text.split()[1]) for label in strip.labels]
    assert shown == pytest.approx([100 * share for share in costs.last[3:]], abs=0.05)
    assert [label.text.split()[0] for label in strip.labels] == ["accuracy", "validation"]


@pytest.mark.parametrize("low", [True, False])
def test_where_it_is_not_drawn_the_accuracy_is_told_in_words(
    qapp: QApplication, qtbot: QtBot, low: bool
) -> None:
    bench = CostBench(qapp, qtbot, "iris", (460, 120 if low else 230))
    bench.session.advance(60)
    if not low:
        press(bench.plot.choices.lines, "accuracy")
    picture = bench.picture()
    assert picture.strip is None
    assert picture.legend[0].text.startswith("accuracy ")
    assert "validation" in picture.legend[0].text


def test_a_regression_has_no_accuracy(qapp: QApplication, qtbot: QtBot) -> None:
    bench = CostBench(qapp, qtbot, "sine")
    bench.session.advance(30)
    assert bench.picture().strip is None
    assert not any("accuracy" in text for text in bench.legend())


# -- the rate ----------------------------------------------------------------------------------------------


def test_a_constant_rate_is_not_drawn(qapp: QApplication, qtbot: QtBot) -> None:
    bench = CostBench(qapp, qtbot)
    bench.session.advance(30)
    assert bench.picture().rate is None


def test_a_schedule_is_drawn_as_the_rate_of_each_epoch(qapp: QApplication, qtbot: QtBot) -> None:
    bench = CostBench(qapp, qtbot)
    learning = replace(bench.session.learning, rate=0.1, schedule=Schedule("exponential", factor=0.9))
    bench.session.set_learning(learning)
    bench.session.advance(10)
    picture = bench.picture()
    rate = picture.curves.rate
    assert rate.x[::2].tolist() == list(range(11))
    np.testing.assert_allclose(rate.y[::2], 0.1 * 0.9 ** np.arange(11))
    np.testing.assert_array_equal(rate.y[1::2], rate.y[:-1:2])  # even until the next one
    assert "rate 0.100 → 0.0349" in bench.legend()
    press(bench.plot.choices.lines, "learning rate")
    assert bench.picture().rate is None


def test_a_rate_that_was_changed_midway_is_drawn(qapp: QApplication, qtbot: QtBot) -> None:
    bench = CostBench(qapp, qtbot)
    bench.session.advance(10)
    bench.session.set_learning(replace(bench.session.learning, rate=0.02))
    bench.session.advance(10)
    rate = bench.picture().curves.rate
    assert (rate.at(9.99), rate.at(10.0)) == (0.1, 0.02)
    assert "rate 0.100 → 0.0200" in bench.legend()


# -- axes and choices --------------------------------------------------------------------------------------


def test_along_time_steps_stand_at_their_seconds_and_lead_back(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_time(monkeypatch)
    bench = CostBench(qapp, qtbot)
    bench.session.advance(40)
    press(bench.plot.choices.along, "over time")
    picture = bench.picture()
    assert picture.counted == "seconds"
    np.testing.assert_allclose(picture.curves.training.x, PER_STEP * np.arange(41))
    assert picture.curves.end == picture.x.high == 10.0
    for step in (0, 7, 23, 40):
        bench.plot.view.sought.emit(PER_STEP * step + 0.1)
        assert bench.session.trainer.step == step


def test_a_run_that_nobody_timed_is_drawn_over_steps(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_time(monkeypatch)
    bench = CostBench(qapp, qtbot)
    bench.session.advance(12)
    menu = bench.plot.choices.along.menu_of_options()
    assert [action.text() for action in menu.actions() if not action.isEnabled()] == [
        "over time\tnot known of this run"
    ]
    menu.deleteLater()
    bench.choose(along="time")
    assert bench.picture().counted == "step"


def test_all_can_be_chosen_by_keys(qapp: QApplication, qtbot: QtBot) -> None:
    bench = CostBench(qapp, qtbot)
    bench.session.advance(5)
    assert bench.picture().y.log
    choices = bench.plot.choices
    for picker, name in ((choices.scale, "Cost axis: log"), (choices.along, "Run axis: per step")):
        assert picker.accessibleName() == name
        assert picker.focusPolicy() & Qt.FocusPolicy.TabFocus
    press(bench.plot.choices.scale, "linear")
    assert not bench.picture().y.log


def test_where_there_is_little_room_all_is_in_one_menu(qapp: QApplication, qtbot: QtBot) -> None:
    bench = CostBench(qapp, qtbot, size=(440, 120))
    choices = bench.plot.choices
    assert choices.scale.isHidden()
    assert choices.along.isHidden()
    menu = choices.lines.menu_of_options()
    on = {text for text, on in lines_of(menu).items() if on}
    assert on == {"logarithmic", "per step", "smoothing medium", "accuracy", "learning rate"}
    menu.deleteLater()
    press(choices.lines, "per epoch")
    press(choices.lines, "linear")
    assert (bench.plot.chosen.along, bench.plot.chosen.log) == ("epoch", False)
    bench.resize(700, 120)
    assert not choices.scale.isHidden()
    assert "linear" not in lines_of(choices.lines.menu_of_options())


# -- words that keep out of the way -----------------------------------------------------------------


@pytest.mark.parametrize("name", ["iris", "circle", "sine", "toy"])
def test_the_playheads_words_stand_above_the_names_of_the_curves(
    qapp: QApplication, qtbot: QtBot, name: str
) -> None:
    bench = CostBench(qapp, qtbot, name, size=(628, 160))
    for steps in (12, 60, 500):
        bench.session.advance(steps)
        picture = bench.picture()
        flag = step_flag(picture)
        assert flag.left() > picture.rect.right(), "it stands behind the newest step"
        for label, place in label_places(picture):
            assert place - 5 >= flag.bottom(), label


@pytest.mark.parametrize("log", [True, False])
def test_at_the_start_the_playheads_words_do_not_hide_how_the_cost_begins(
    qapp: QApplication, qtbot: QtBot, log: bool
) -> None:
    bench = CostBench(qapp, qtbot, "xor", size=(628, 160))
    bench.choose(log=log)
    bench.session.advance(600)
    bench.session.go_to(0)
    picture = bench.picture()
    flag, curve = step_flag(picture), picture.curves.training
    for x, y in zip(curve.x, curve.y, strict=True):
        assert not flag.contains(picture.left(x), picture.top(y))
