"""Reading, zooming and moving about in the cost plot, with the mouse and with keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.explain.number import number
from bpviz.qt.plots.axis import Axis
from bpviz.qt.plots.cost.reading import Reading, Row
from bpviz.qt.plots.cost.readout import readout_box
from bpviz.qt.plots.cost.zoom import panned, zoomed
from tests.qt.cost_bench import CostBench, give_runs, give_time, long_run

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


@pytest.fixture
def bench(qapp: QApplication, qtbot: QtBot) -> Iterator[CostBench]:
    made = CostBench(qapp, qtbot, "iris")
    made.session.advance(60)
    made.plot.refresh()
    yield made


def rows(bench: CostBench) -> dict[str, str]:
    reading = bench.plot.view.reading
    assert reading is not None
    return {row.name: row.value for row in reading.rows}


# -- reading -----------------------------------------------------------------------------------------------


def test_where_the_mouse_is_the_numbers_of_that_step_are_read(bench: CostBench) -> None:
    bench.point(27)
    reading, trainer = bench.plot.view.reading, bench.session.trainer
    assert reading is not None
    assert reading.x == 27
    assert reading.title.startswith(f"step 27 · epoch {trainer.epoch_of(27)}")
    curves, read = bench.picture().curves, rows(bench)
    epoch = trainer.costs.epoch_before(27)
    assert epoch is not None
    assert epoch.step == 22
    assert read["batch"] == number(float(curves.steps.y[27]))
    assert read["smoothed"] == number(float(curves.smooth.y[27]))
    assert read["training"] == f"{number(epoch.training)} · {number(100 * epoch.train_accuracy)} %"
    assert read["validation"] == f"{number(epoch.validation)} · {number(100 * epoch.validation_accuracy)} %"
    assert read["rate"] == "0.100"


def test_the_reading_goes_with_the_mouse_and_with_what_it_tells_of(
    bench: CostBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_runs(monkeypatch)
    bench.point(40)
    assert rows(bench)
    QApplication.sendEvent(bench.plot.view, QEvent(QEvent.Type.Leave))
    assert bench.plot.view.reading is None
    bench.point(41)
    assert rows(bench)
    bench.session.roll()
    bench.plot.refresh()
    assert bench.plot.view.reading is None


def test_the_reading_is_of_this_moment_while_training_goes_on(bench: CostBench) -> None:
    where = QPoint(round(bench.picture().left(50)), 80)
    QTest.mouseMove(bench.plot.view, where)
    before = bench.plot.view.reading
    bench.session.advance(200)
    bench.plot.refresh()
    after = bench.plot.view.reading
    assert before is not None
    assert after is not None
    assert after.x > before.x  # the axis grew beneath the mouse
    assert abs(bench.picture().left(after.x) - where.x()) < 3


def test_seconds_are_read_where_they_are_known(bench: CostBench, monkeypatch: pytest.MonkeyPatch) -> None:
    give_time(monkeypatch)
    bench.point(28)
    reading = bench.plot.view.reading
    assert reading is not None
    assert reading.title.endswith(" · 7.00 s")


def test_of_a_long_run_the_extremes_of_some_batches_are_read(qapp: QApplication, qtbot: QtBot) -> None:
    bench = CostBench(qapp, qtbot, "iris", (900, 240))
    long, trainer = long_run(100_000, 11), bench.session.trainer
    trainer.costs, trainer.reached = long.costs, 100_000
    bench.point(80_000)
    bounds = long.costs.bounds_at(80_000)
    assert bounds is not None
    batches = bounds.last - bounds.first + 1
    assert batches > 1
    assert rows(bench)[f"{batches} batches"] == f"{number(bounds.low)} to {number(bounds.high)}"


@given(
    x=st.floats(40, 640), count=st.integers(1, 14), height=st.integers(100, 240),
    value=st.sampled_from(["0.1", "0.123 to 4.56·10⁻⁷"]),
)
@pytest.mark.usefixtures("qapp")
def test_the_box_of_numbers_stays_in_the_plot_and_off_the_mouse(
    x: float, count: int, height: int, value: str
) -> None:
    room = QRectF(0, 0, 680, height)
    columns, box = readout_box(x, Reading(0, "step 1", (Row("batch", "smoothed", value),) * count), room)
    assert room.contains(box)
    assert not box.left() - 8 < x < box.right() + 8
    assert columns


# -- zooming -----------------------------------------------------------------------------------------------

WHOLE = Axis(0.0, 1000.0)


@given(about=st.floats(0, 1000), times=st.floats(1.01, 50))
def test_zooming_keeps_the_place_under_the_mouse_and_stays_within_the_run(about: float, times: float) -> None:
    seen = zoomed(None, WHOLE, times, about, 4.0)
    assert seen is not None
    low, high = seen
    assert -1e-9 <= low < high <= 1000 + 1e-9
    assert high - low == pytest.approx(1000 / times)
    assert (about - low) / (high - low) == pytest.approx(about / 1000, abs=1e-9)
    back = zoomed(seen, WHOLE, 1 / times / 1.001, about, 4.0)
    assert back is None


def test_zooming_ends_at_a_few_steps() -> None:
    seen = None
    for _ in range(99):
        seen = zoomed(seen, WHOLE, 1.5, 300, 4.0)
    assert seen is not None
    assert seen[1] - seen[0] == pytest.approx(4.0)


@given(by=st.floats(-2000, 2000))
def test_moving_stops_at_the_ends_of_the_run(by: float) -> None:
    seen = panned((200.0, 300.0), WHOLE, by)
    assert seen is not None
    assert seen[0] == pytest.approx(min(900, max(0, 200 + by)))
    assert seen[1] - seen[0] == pytest.approx(100)
    assert panned(None, WHOLE, by) is None


def test_the_wheel_zooms_about_the_mouse_and_the_cost_axis_follows(bench: CostBench) -> None:
    whole = bench.picture()
    before = whole.left(45)
    bench.wheel(45, 4)
    near = bench.picture()
    assert near.x.low > 0
    assert near.x.high < 60
    assert near.left(45) == pytest.approx(before, abs=2)
    curves = (near.curves.steps, near.curves.training, near.curves.validation)
    highest = max(curve.values_within(near.x.low, near.x.high).max() for curve in curves)
    assert highest < 10**near.y.high < 1.5 * highest
    assert 10**near.y.high < 10**whole.y.high
    bench.wheel(45, -9)
    assert bench.plot.seen is None


def test_what_is_zoomed_stays_while_training_goes_on_and_goes_with_the_run(bench: CostBench) -> None:
    bench.wheel(30, 3)
    seen = bench.plot.seen
    bench.session.advance(50)
    assert (bench.picture().x.low, bench.picture().x.high) == seen
    bench.session.roll()
    assert bench.plot.seen is None


def test_a_part_of_a_long_run_is_drawn_with_more_of_its_points(qapp: QApplication, qtbot: QtBot) -> None:
    bench = CostBench(qapp, qtbot, "iris", (900, 240))
    long, trainer = long_run(100_000, 11), bench.session.trainer
    trainer.costs, trainer.reached = long.costs, 100_000
    whole = bench.picture().curves.steps
    few = int(((whole.x > 50_000) & (whole.x < 52_000)).sum())
    bench.wheel(51_000, 20)
    seen = bench.plot.seen
    assert seen is not None
    near = bench.picture().curves.steps
    assert seen[0] - 1_000 < near.x[0] < seen[0]
    assert seen[1] < near.x[-1] < seen[1] + 1_000
    assert ((near.x > 50_000) & (near.x < 52_000)).sum() > 3 * few


@pytest.mark.parametrize("middle", [True, False])
def test_a_drag_with_the_middle_button_or_with_shift_moves_and_leaves_the_playhead(
    bench: CostBench, middle: bool
) -> None:
    bench.wheel(30, 6)
    view, seen = bench.plot.view, bench.plot.seen
    assert seen is not None
    button = Qt.MouseButton.MiddleButton if middle else Qt.MouseButton.LeftButton
    held = Qt.KeyboardModifier.NoModifier if middle else Qt.KeyboardModifier.ShiftModifier
    QTest.mousePress(view, button, held, QPoint(300, 80))
    QTest.mouseMove(view, QPoint(250, 80))
    QTest.mouseRelease(view, button, held, QPoint(250, 80))
    moved = bench.plot.seen
    assert moved is not None
    dragged = 50 / bench.picture().rect.width() * (seen[1] - seen[0])
    assert moved[0] - seen[0] == pytest.approx(dragged, rel=0.05)
    assert bench.session.trainer.step == 60


def test_a_double_click_shows_all_and_takes_the_playhead_back_to_where_it_was(bench: CostBench) -> None:
    bench.wheel(30, 6)
    where = QPoint(round(bench.picture().left(28)), 80)
    QTest.mouseClick(bench.plot.view, Qt.MouseButton.LeftButton, pos=where)
    assert bench.session.trainer.step == 28
    bench.player.seek_step(60)
    QTest.mousePress(bench.plot.view, Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(bench.plot.view, Qt.MouseButton.LeftButton, pos=where)
    assert bench.plot.seen is None
    assert bench.session.trainer.step == 60


def test_showing_all_by_key_leaves_the_playhead(bench: CostBench) -> None:
    where = QPoint(round(bench.picture().left(28)), 80)
    QTest.mouseClick(bench.plot.view, Qt.MouseButton.LeftButton, pos=where)
    bench.wheel(30, 6)
    bench.player.seek_step(40)
    QTest.keyClick(bench.plot.view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert bench.plot.seen is None
    assert bench.session.trainer.step == 40


def test_a_double_click_with_shift_shows_all_and_leaves_the_playhead(bench: CostBench) -> None:
    bench.wheel(30, 6)
    bench.player.seek_step(40)
    shift, where = Qt.KeyboardModifier.ShiftModifier, QPoint(200, 80)
    QTest.mousePress(bench.plot.view, Qt.MouseButton.LeftButton, shift, where)
    QTest.mouseRelease(bench.plot.view, Qt.MouseButton.LeftButton, shift, where)
    QTest.mouseDClick(bench.plot.view, Qt.MouseButton.LeftButton, shift, where)
    assert bench.plot.seen is None
    assert bench.session.trainer.step == 40


def test_another_axis_is_seen_whole(bench: CostBench) -> None:
    bench.wheel(30, 6)
    bench.choose(log=False)
    assert bench.plot.seen is not None
    bench.choose(along="epoch")
    assert bench.plot.seen is None


# -- keys --------------------------------------------------------------------------------------------------


def test_with_control_the_arrows_move_a_reading_line_and_return_takes_the_playhead_there(
    bench: CostBench,
) -> None:
    view, control = bench.plot.view, Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(view, Qt.Key.Key_Left, control)
    reading = bench.plot.view.reading
    assert reading is not None
    assert reading.x == pytest.approx(29, abs=1)
    for _ in range(5):
        QTest.keyClick(view, Qt.Key.Key_Right, control)
    later = bench.plot.view.reading
    assert later is not None
    assert later.x > reading.x
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert bench.session.trainer.step == later.x


def test_with_control_plus_minus_and_0_zoom(bench: CostBench) -> None:
    view, control = bench.plot.view, Qt.KeyboardModifier.ControlModifier
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Plus, control)
    seen = bench.plot.seen
    assert seen is not None
    assert seen[1] - seen[0] == pytest.approx(60 / 1.2**3)
    QTest.keyClick(view, Qt.Key.Key_Minus, control)
    assert bench.plot.seen is not None
    QTest.keyClick(view, Qt.Key.Key_0, control)
    assert bench.plot.seen is None


def test_bare_arrows_are_left_to_the_window(bench: CostBench) -> None:
    QTest.keyClick(bench.plot.view, Qt.Key.Key_Left)
    assert bench.plot.view.reading is None
