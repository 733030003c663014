"""Earlier runs in the cost plot, divergence, and what is taken away of it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.engine.divergence import Divergence
from bpviz.qt.plots import taking
from bpviz.qt.plots.cost.ghosts import Ghosts
from tests.qt.cost_bench import PER_STEP, CostBench, earlier, give_runs, give_time, no_time

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


def test_earlier_runs_are_drawn_and_named_at_their_ends(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_runs(monkeypatch, earlier("rate 0.03", [1.0, 0.9, 0.8, 0.7]), earlier("rate 1", np.full(50, 0.2)))
    bench = CostBench(qapp, qtbot)
    bench.session.advance(20)
    picture = bench.picture()
    assert picture.ghosts[0].curve.y.tolist() == [1.0, 0.9, 0.8, 0.7]
    assert picture.x.high == 49, "all of the longest is seen"
    ends = {label.text: (label.x, label.y) for label in picture.labels if label.role == "ghost"}
    assert ends == {"rate 0.03": (3.0, 0.7), "rate 1": (49.0, 0.2)}


def test_they_are_seen_before_the_present_run_has_begun(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_runs(monkeypatch, earlier("first", [1.0, 0.9, 0.8]))
    bench = CostBench(qapp, qtbot)
    assert [ghost.name for ghost in bench.picture().ghosts] == ["first"]


def test_hidden_ones_are_not_drawn_and_leave_the_axes_alone(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_runs(monkeypatch, replace(earlier("far", np.full(500, 77.0)), hidden=True))
    bench = CostBench(qapp, qtbot)
    assert bench.plot.view.picture is None
    bench.session.advance(20)
    picture = bench.picture()
    assert not picture.ghosts
    assert picture.x.high == 20
    assert 10**picture.y.high < 1


def test_their_values_are_read_by_name_also_beyond_the_present_run(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    short, long = earlier("short", [1.0, 0.9, 0.8]), earlier("long", np.linspace(1, 0.5, 51))
    give_runs(monkeypatch, short, long)
    bench = CostBench(qapp, qtbot)
    bench.session.advance(20)
    for x, expected in ((1, {"short": "0.900", "long": "0.990"}), (10, {"short": "over", "long": "0.900"})):
        bench.point(x)
        reading = bench.plot.view.reading
        assert reading is not None
        assert {row.name: row.value for row in reading.rows if row.role == "ghost"} == expected
    bench.point(40)
    reading = bench.plot.view.reading
    assert reading is not None
    assert reading.title == "step 40"
    assert [(row.name, row.value) for row in reading.rows] == [("long", "0.600")]


def test_where_a_run_diverged_is_said_and_what_it_rose_to_does_not_flatten_the_others(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_runs(monkeypatch, earlier("rate 10", [1.0, 5.0, 1e4, 1e9], diverged=4))
    bench = CostBench(qapp, qtbot)
    bench.session.advance(20)
    picture = bench.picture()
    assert 10**picture.y.high < 20
    assert [label.diverged for label in picture.labels if label.role == "ghost"] == [True]
    image, x = bench.plot.view.grab().toImage(), round(picture.left(3.0))
    near = [image.pixelColor(x + dx, y) for dx in range(-4, 5) for y in range(20)]
    assert any(colour.red() > 100 + colour.green() for colour in near), "a cross at the top, where it left"


def test_along_time_only_those_are_drawn_that_were_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    give_time(monkeypatch)
    run = earlier("timed", [1.0, 0.9, 0.8])
    ghost = Ghosts().shown((run,), "time", 50, None)
    assert ghost[0].curve.x.tolist() == [0, PER_STEP, 2 * PER_STEP]
    no_time(monkeypatch)
    assert Ghosts().shown((run,), "time", 50, None) == ()


def test_a_curve_is_made_once_for_each_way_to_see_it() -> None:
    ghosts, run = Ghosts(), earlier("one", [1.0, 0.9, 0.8])
    first = ghosts.shown((run,), "step", 50, None)
    assert ghosts.shown((run,), "step", 50, None)[0] is first[0]
    assert ghosts.shown((run,), "epoch", 50, None)[0] is not first[0]


def test_of_a_zoomed_run_what_is_seen_and_its_neighbours_are_drawn() -> None:
    run = earlier("one", np.linspace(1, 0.5, 101))
    (ghost,) = Ghosts().shown((run,), "step", 50, (40.0, 50.0))
    assert (ghost.curve.x[0], ghost.curve.x[-1]) == (39, 51)
    assert ghost.end == 100


# -- where this run diverged ---------------------------------------------------------------------------------


def test_the_mark_of_divergence_stays_when_the_playhead_goes_back_and_goes_when_the_run_is_another(
    qapp: QApplication, qtbot: QtBot
) -> None:
    bench = CostBench(qapp, qtbot)
    bench.session.advance(5)
    bench.plot.hide()
    bench.session.trainer.divergence = Divergence(6, 0, "weight", 1e13, 10.0)
    bench.session.diverged.emit()
    bench.player.seek_step(2)
    assert bench.session.divergence is None
    bench.plot.show()
    assert bench.picture().trouble == (6.0, "diverges at step 6")
    bench.session.set_learning(replace(bench.session.learning, rate=0.01))
    assert bench.picture().trouble is None


# -- taking it away ------------------------------------------------------------------------------------------


def table_of(bench: CostBench) -> list[dict[str, str]]:
    table = bench.plot.table()
    assert table is not None
    return list(csv.DictReader(io.StringIO(table.csv())))


def test_the_table_has_every_step_and_epoch_of_all_runs_that_are_shown(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = replace(earlier("no", [1.0, 2.0, 3.0]), hidden=True)
    give_runs(monkeypatch, earlier("rate 1", [1.0, 0.5, 0.25]), hidden)
    no_time(monkeypatch)
    bench = CostBench(qapp, qtbot, "iris")
    bench.session.advance(30)
    rows, costs = table_of(bench), bench.session.trainer.costs
    mine = [row for row in rows if row["run"] == "this run"]
    assert [int(row["step"]) for row in mine] == list(range(30))
    assert [float(row["batch cost"]) for row in mine] == costs.steps().values.tolist()
    epochs = [row for row in mine if row["training cost"]]
    assert [float(row["training accuracy (%)"]) / 100 for row in epochs] == pytest.approx(
        costs.epochs()[1][:, 2].tolist()
    )
    assert mine[0]["time (s)"] == ""
    assert {row["run"] for row in rows} == {"this run", "rate 1"}
    assert [row["training cost"] for row in rows if row["run"] == "rate 1"] == ["1.0", "0.5", "0.25"]


def test_there_are_no_numbers_before_training(qapp: QApplication, qtbot: QtBot) -> None:
    bench = CostBench(qapp, qtbot)
    assert bench.plot.table() is None
    assert not bench.plot.has_numbers
    bench.session.advance()
    assert bench.plot.has_numbers


def test_the_picture_has_a_heading_and_no_reading(qapp: QApplication, qtbot: QtBot) -> None:
    bench = CostBench(qapp, qtbot, "iris")
    bench.session.advance(30)
    bench.plot.refresh()
    plain = QImage.fromData(bench.plot.taking.png())
    bench.point(15)
    assert bench.plot.view.reading is not None
    assert QImage.fromData(bench.plot.taking.png()) == plain
    assert plain.size() == bench.plot.picture_size * taking.SCALE
    svg = bench.plot.taking.svg().decode()
    assert "Iris flowers: cost per step" in svg
    assert "each batch" in svg
