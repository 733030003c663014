"""Weights changed on the network: dragged, wheeled, typed; everything follows, a gesture is one undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QRegion
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.engine.backprop import forward
from bpviz.explain.address import Edge, Node
from bpviz.explain.moment import Moment
from bpviz.explain.phase import score
from tests.qt.canvas_bench import LEFT, Bench, Point

Make = Callable[[str], Bench]
W_O = Edge(1, 0, 0)


@pytest.fixture
def make(qapp: QApplication, qtbot: QtBot) -> Make:
    def bench(name: str) -> Bench:
        return Bench(qapp, qtbot, name)

    return bench


def weight(bench: Bench, edge: Edge) -> float:
    return float(bench.session.record.layers[edge.layer].w[edge.source, edge.target])


def pull(bench: Bench, at: Point, pixels: int, shift: bool = False) -> None:
    """Press there and draw so many pixels upwards; the button stays down."""
    bench.press(at)
    bench.move((at[0], at[1] - pixels), LEFT, shift)


def escape(bench: Bench) -> bool:
    """Press Escape as the window passes it on; whether the canvas took it for itself."""
    offered = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    offered.ignore()
    bench.app.sendEvent(bench.canvas, offered)
    if offered.isAccepted():
        pressed = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
        bench.app.sendEvent(bench.canvas, pressed)
    return offered.isAccepted()


# -- dragging ------------------------------------------------------------------------------------------


def test_a_weight_drawn_upwards_grows_and_everything_follows(make: Make) -> None:
    bench = make("toy")
    pull(bench, bench.edge(W_O), 20)
    assert weight(bench, W_O) == pytest.approx(1.1)
    record = bench.session.record
    z, a = forward(bench.session.network, bench.session.trainer.parameters, record.inputs)[-1]
    assert record.outputs.tolist() == a.tolist() and z.tolist() == [[pytest.approx(1.32)]]
    assert record.cost == pytest.approx((1.32 - 0.5) ** 2 / 2)
    bench.release((0, 0))
    assert bench.spotlight.selected is None


def test_with_shift_it_goes_in_small_steps(make: Make) -> None:
    bench = make("toy")
    pull(bench, bench.edge(W_O), -20, shift=True)
    assert weight(bench, W_O) == pytest.approx(0.88)


def test_a_drag_is_one_undo(make: Make) -> None:
    bench = make("toy")
    at = bench.edge(W_O)
    pull(bench, at, 10)
    for y in (14, 25, 31):
        bench.move((at[0], at[1] - y), LEFT)
    bench.release((at[0], at[1] - 31))
    assert weight(bench, W_O) == pytest.approx(1.21)
    assert bench.session.undo_name == "change weight"
    bench.session.undo()
    assert weight(bench, W_O) == 0.9 and bench.session.undo_name == ""


def test_escape_in_the_middle_of_a_drag_gives_the_weight_back_with_the_steps_after_it(make: Make) -> None:
    bench = make("toy")
    bench.session.advance(5)
    bench.session.go_to(2)
    before = weight(bench, W_O)
    pull(bench, bench.edge(W_O), 30)
    assert weight(bench, W_O) != before and bench.session.trainer.reached == 2
    assert escape(bench)
    assert weight(bench, W_O) == before and bench.session.trainer.reached == 5
    bench.move((0, 0), LEFT)
    bench.release((0, 0))
    assert weight(bench, W_O) == before and bench.session.undo_name == ""


def test_without_a_drag_escape_is_left_to_the_window(make: Make) -> None:
    assert not escape(make("toy"))


def test_a_weights_number_can_be_dragged_as_well_as_its_edge(make: Make) -> None:
    bench = make("toy")
    x, y = bench.edge(W_O)
    pull(bench, (x, y + 20), 10)
    assert weight(bench, W_O) == pytest.approx(1.0)
    bench = make("mazur")
    place = bench.canvas.detail().labels[Edge(0, 1, 0)]
    before = weight(bench, Edge(0, 1, 0))
    pull(bench, (place[0] + 20, place[1] + 7), -10)
    assert weight(bench, Edge(0, 1, 0)) == pytest.approx(before - 0.1)


def test_where_edges_stand_close_only_the_selected_one_is_dragged(make: Make) -> None:
    bench = make("digits")
    x0, y0, x1, y1 = bench.canvas.detail().layers[1].lines[0].tolist()
    at = ((x0 + x1) / 2, (y0 + y1) / 2)
    bench.move(at)
    over = bench.spotlight.hovered
    assert isinstance(over, Edge)
    before = weight(bench, over)
    bench.drag(at, (at[0], at[1] - 20))
    assert weight(bench, over) == before
    bench.canvas.fit()
    bench.spotlight.select(over)
    bench.drag(at, (at[0], at[1] - 20))
    assert weight(bench, over) == pytest.approx(before + 0.2, abs=1e-3)


def test_a_selected_unit_lends_its_bias_to_the_mouse(make: Make) -> None:
    bench = make("mazur")
    b = bench.session.record.layers[0].b
    assert b is not None
    bench.spotlight.select(Node(0, 1))
    x, y = bench.node(0, 1)
    bench.drag((x, y), (x, y - 15))
    changed = bench.session.record.layers[0].b
    assert changed is not None and changed[1] == pytest.approx(b[1] + 0.15) and changed[0] == b[0]
    assert bench.session.undo_name == "change bias"


def test_a_drag_in_the_update_goes_back_to_before_it(make: Make) -> None:
    """There the edge shows where the update leads, which follows from what is dragged."""
    bench = make("toy")
    last = len(score(2)) - 1
    bench.player.seek(Moment(last, 1.0))
    pull(bench, bench.edge(W_O), 10)
    assert bench.player.moment == Moment(last - 1, 1.0)
    assert weight(bench, W_O) == pytest.approx(1.0)


def test_a_running_step_stops_for_a_drag(make: Make) -> None:
    bench = make("toy")
    bench.player.run()
    pull(bench, bench.edge(W_O), 10)
    assert not bench.player.running


def test_the_box_beside_a_drag_shows_what_was_promised_and_what_came(make: Make) -> None:
    bench = make("toy")
    pull(bench, bench.edge(W_O), 20)
    tuner = bench.canvas.changing.hand.tuner
    assert tuner.nudge is not None
    assert tuner.nudge.predicted == pytest.approx(0.696 * 0.2)
    assert tuner.nudge.actual == pytest.approx(bench.session.record.cost - 0.1682)
    shown = bench.image()
    bench.release((0, 0))
    bench.move((4.0, 4.0))
    assert tuner.nudge is None and bench.image() != shown


# -- the wheel -----------------------------------------------------------------------------------------


def test_the_wheel_changes_the_selected_weight_under_the_mouse_and_nothing_else(make: Make) -> None:
    bench = make("toy")
    at = bench.edge(W_O)
    width = bench.canvas.network_layout().width
    bench.spotlight.select(W_O)
    for notches in (1, 1, -1):
        bench.wheel(at, notches)
        bench.canvas.changing.hand.tuner.end()
    assert weight(bench, W_O) == pytest.approx(1.0)
    assert bench.canvas.network_layout().width == width
    bench.wheel(bench.edge(Edge(0, 0, 0)), 1)
    assert weight(bench, Edge(0, 0, 0)) == 0.6
    assert bench.canvas.network_layout().width > width


def test_turns_of_the_wheel_are_one_undo_until_the_mouse_goes_on(make: Make) -> None:
    bench = make("toy")
    bench.spotlight.select(W_O)
    for _ in range(4):
        bench.wheel(bench.edge(W_O), 1)
    bench.move((4.0, 4.0))
    assert weight(bench, W_O) == pytest.approx(1.3)
    bench.session.undo()
    assert weight(bench, W_O) == 0.9


# -- typing --------------------------------------------------------------------------------------------


def typed(bench: Bench, qtbot: QtBot, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    popup = bench.canvas.changing.popup
    assert popup is not None and popup.isVisible()
    popup.field.lineEdit().selectAll()
    qtbot.keyClicks(popup.field.lineEdit(), text)
    qtbot.keyClick(popup.field, key)


def test_the_records_weight_is_the_typed_number(make: Make, qtbot: QtBot) -> None:
    bench = make("toy")
    bench.double_click(bench.edge(W_O))
    typed(bench, qtbot, "-0,123456789")
    assert weight(bench, W_O) == -0.123456789
    popup = bench.canvas.changing.popup
    assert popup is not None and not popup.isVisible()


def test_the_selected_weight_is_typed_by_keyboard_alone(make: Make, qtbot: QtBot) -> None:
    bench = make("mazur")
    bench.canvas.select_next_edge()
    qtbot.keyClick(bench.canvas, Qt.Key.Key_Return)
    typed(bench, qtbot, "0.75")
    assert weight(bench, Edge(0, 0, 0)) == 0.75


def test_arrow_keys_step_the_number_and_are_one_undo(make: Make, qtbot: QtBot) -> None:
    bench = make("toy")
    bench.double_click(bench.edge(W_O))
    popup = bench.canvas.changing.popup
    assert popup is not None
    for _ in range(3):
        qtbot.keyClick(popup.field, Qt.Key.Key_Up)
        bench.canvas.changing.hand.tuner._pacer.flush()
    assert weight(bench, W_O) == pytest.approx(1.2)
    bench.session.undo()
    assert weight(bench, W_O) == 0.9


def test_escape_closes_the_field_and_changes_nothing(make: Make, qtbot: QtBot) -> None:
    bench = make("toy")
    bench.double_click(bench.edge(W_O))
    typed(bench, qtbot, "5", Qt.Key.Key_Escape)
    assert weight(bench, W_O) == 0.9 and bench.session.undo_name == ""


@pytest.mark.parametrize("text", ["", "seven", "nan", "1e99"])
def test_what_is_no_weight_is_said_and_stays_to_be_mended(make: Make, qtbot: QtBot, text: str) -> None:
    bench = make("toy")
    bench.double_click(bench.edge(W_O))
    popup = bench.canvas.changing.popup
    assert popup is not None
    popup.field.lineEdit().clear()
    popup.field.lineEdit().textEdited.emit("")
    typed(bench, qtbot, text)
    assert weight(bench, W_O) == 0.9 and popup.isVisible()
    assert popup.trouble.text().startswith("Type a number")


def test_a_unit_without_bias_says_that_it_has_none(make: Make) -> None:
    bench = make("toy")
    bench.double_click(bench.node(0, 0))
    assert bench.canvas.changing.popup is None
    assert bench.refused == ["This unit has no bias. The set-up gives its layer one."]


def test_another_experiment_closes_the_field(make: Make) -> None:
    bench = make("mazur")
    bench.double_click(bench.edge(W_O))
    popup = bench.canvas.changing.popup
    assert popup is not None and popup.isVisible()
    bench.session.roll()
    assert not popup.isVisible()


def test_no_box_of_numbers_shows_through_the_field_that_types_them(make: Make) -> None:
    bench = make("toy")
    bench.move(bench.edge(W_O))
    boxed = bench.image()
    bench.spotlight.select(W_O)
    bench.canvas.changing.type_selected()
    popup = bench.canvas.changing.popup
    assert popup is not None and popup.isVisible()
    popup.setMask(QRegion(0, 0, 1, 1))  # what is painted below it
    with_field = bench.image()
    bench.canvas.leaveEvent(QEvent(QEvent.Type.Leave))
    assert with_field == bench.image() != boxed
