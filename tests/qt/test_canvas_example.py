"""The example changed on the network: typed inputs and targets, painted pixels; the weights stay."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document import example_edit
from bpviz.document.preset import load_preset
from bpviz.explain.address import INPUT, Edge, Node
from bpviz.explain.moment import Moment
from bpviz.qt.canvas.hit import pixels_between, target_at
from bpviz.qt.hand.example_editor import MEAN_SHOWN, ExampleEditor
from bpviz.qt.panels.entries import EntryError
from tests.explain.preset_steps import NAMES, opened
from tests.qt.canvas_bench import LEFT, Bench, Point

Make = Callable[[str], Bench]
RIGHT = Qt.MouseButton.RightButton


@pytest.fixture
def make(qapp: QApplication, qtbot: QtBot) -> Make:
    def bench(name: str) -> Bench:
        return Bench(qapp, qtbot, name)

    return bench


def editor(bench: Bench) -> ExampleEditor:
    return bench.canvas.changing.hand.examples


def target(bench: Bench, output: int = 0) -> Point:
    """Where a target is found."""
    layout = bench.canvas.network_layout()
    x, y = bench.node(bench.session.network.depth - 1, output)
    found = [(x + dx, y + dy) for dx in range(20, 150, 4) for dy in range(-30, 30, 2)
             if target_at(layout, x + dx, y + dy) == output]  # fmt: skip
    assert found
    return found[len(found) // 2]


def typed(bench: Bench, qtbot: QtBot, at: Point, text: str) -> None:
    bench.double_click(at)
    popup = bench.canvas.changing.popup
    assert popup is not None and popup.isVisible()
    popup.field.lineEdit().selectAll()
    qtbot.keyClicks(popup.field.lineEdit(), text)
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)


def shown(bench: Bench) -> np.ndarray:
    """The inputs of the example that is looked at."""
    example = bench.spotlight.example
    assert example is not None
    return bench.session.record.inputs[example]


# -- typing --------------------------------------------------------------------------------------------


def test_x_and_y_of_the_toy_are_typed_and_all_numbers_follow(make: Make, qtbot: QtBot) -> None:
    bench = make("toy")
    bench.player.seek(Moment(6, 1.0))
    typed(bench, qtbot, bench.node(INPUT, 0), "3")
    typed(bench, qtbot, target(bench), "-1")
    record = bench.session.record
    assert record.inputs.tolist() == [[3.0]] and record.targets.tolist() == [[-1.0]]
    assert record.outputs[0, 0] == pytest.approx(3 * 0.6 * 0.9)
    assert record.cost == pytest.approx((1.62 + 1) ** 2 / 2)
    assert record.layers[1].delta[0, 0] == pytest.approx(2.62)
    assert bench.player.moment == Moment(6, 1.0)


def test_each_change_is_undone_by_its_name(make: Make, qtbot: QtBot) -> None:
    bench = make("toy")
    typed(bench, qtbot, bench.node(INPUT, 0), "3")
    assert bench.session.undo_name == "change example"
    bench.session.undo()
    assert shown(bench).tolist() == [2.0]


def test_the_weights_that_were_learned_stay(make: Make) -> None:
    bench = make("toy")
    bench.session.advance(7)
    before = [p.w.tolist() for p in bench.session.trainer.parameters]
    editor(bench).set_input(0, 2.5)
    assert [p.w.tolist() for p in bench.session.trainer.parameters] == before
    assert bench.session.trainer.step == 0


@pytest.mark.parametrize("name", ["spiral", "iris", "sine"])
def test_the_same_example_is_looked_at_after_it_was_changed_in_the_middle_of_a_run(
    make: Make, name: str
) -> None:
    """In batches: the run starts over, and goes to the first step that learns from it."""
    bench = make(name)
    bench.session.advance(40)
    bench.spotlight.set_example(3)
    row = editor(bench).row
    weights = [p.w.tolist() for p in bench.session.trainer.parameters]
    assert row is not None
    editor(bench).set_input(0, 0.125)
    assert editor(bench).row == row and editor(bench).input(0) == 0.125
    assert bench.session.dataset.inputs[row, 0] == 0.125
    assert [p.w.tolist() for p in bench.session.trainer.parameters] == weights
    assert bench.session.trainer.step < bench.session.trainer.steps_per_epoch


@pytest.mark.parametrize("name", NAMES)
def test_an_input_of_every_preset_can_be_set(make: Make, name: str) -> None:
    bench = make(name)
    editor(bench).set_input(0, 0.5)
    assert editor(bench).input(0) == 0.5
    if not bench.session.dataset.standardise:
        assert shown(bench)[0] == 0.5
    assert bench.session.trainer.step == 0


@pytest.mark.parametrize(("name", "text", "place"), [
    ("xor", "1", 1), ("xor", "yes", 1), ("iris", "Virginica", 2), ("digits", "7", 7),
])  # fmt: skip
def test_a_class_is_typed_by_its_name(make: Make, qtbot: QtBot, name: str, text: str, place: int) -> None:
    bench = make(name)
    typed(bench, qtbot, target(bench), text)
    popup = bench.canvas.changing.popup
    assert popup is not None and not popup.isVisible(), popup.trouble.text()
    assert editor(bench).class_place() == place


def test_a_class_that_there_is_not_is_refused_with_those_that_there_are(make: Make, qtbot: QtBot) -> None:
    bench = make("iris")
    typed(bench, qtbot, target(bench), "rose")
    popup = bench.canvas.changing.popup
    assert popup is not None and popup.isVisible()
    assert popup.trouble.text() == "Type one of setosa, versicolor, virginica."


def test_a_mean_is_no_example_to_be_changed(make: Make) -> None:
    bench = make("xor")
    bench.spotlight.set_example(None)
    with pytest.raises(EntryError, match="Choose one example"):
        editor(bench).set_input(0, 1.0)
    assert bench.session.undo_name == ""


def test_data_too_large_to_be_written_out_say_so(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(example_edit, "MOST_WRITTEN", 3)
    bench = make("xor")
    typed(bench, qtbot, bench.node(INPUT, 0), "0.5")
    popup = bench.canvas.changing.popup
    assert popup is not None and popup.trouble.text().startswith("These data are too large")
    assert bench.session.undo_name == ""


def test_the_view_stays_as_it_was_zoomed(make: Make) -> None:
    bench = make("xor")
    bench.wheel((300, 100), 2)
    before = bench.canvas.network_layout().width
    editor(bench).set_input(0, 0.5)
    assert bench.canvas.network_layout().width == before


def test_steps_by_arrow_keys_are_one_undo(make: Make, qtbot: QtBot) -> None:
    bench = make("toy")
    bench.double_click(bench.node(INPUT, 0))
    popup = bench.canvas.changing.popup
    assert popup is not None
    for _ in range(3):
        qtbot.keyClick(popup.field, Qt.Key.Key_Up)
    assert shown(bench).tolist() == [pytest.approx(2.3)] and popup.isVisible()
    bench.session.undo()
    assert shown(bench).tolist() == [2.0] and bench.session.undo_name == ""


# -- painting ------------------------------------------------------------------------------------------


def test_a_click_paints_a_pixel_and_the_right_button_erases_it(make: Make) -> None:
    bench = make("digits")
    before = shown(bench).copy()
    dark = int(np.flatnonzero(before == 0.0)[0])
    bench.press(bench.node(INPUT, dark))
    bench.release(bench.node(INPUT, dark))
    assert shown(bench)[dark] == 1.0
    assert np.count_nonzero(shown(bench) != before) == 1
    bench.press(bench.node(INPUT, dark), RIGHT)
    bench.release(bench.node(INPUT, dark), RIGHT)
    assert shown(bench).tolist() == before.tolist()
    assert bench.spotlight.selected is None


def test_a_stroke_paints_every_pixel_on_its_way_and_is_one_undo(make: Make) -> None:
    bench = make("digits")
    before = shown(bench).copy()
    bench.press(bench.node(INPUT, 0))
    bench.move(bench.node(INPUT, 7), LEFT)
    bench.move(bench.node(INPUT, 63), LEFT)
    bench.release(bench.node(INPUT, 63))
    stroke = [*range(8), *range(15, 64, 8)]
    assert (shown(bench)[stroke] == 1.0).all()
    others = np.setdiff1d(np.arange(64), stroke)
    assert shown(bench)[others].tolist() == before[others].tolist()
    bench.session.undo()
    assert shown(bench).tolist() == before.tolist() and bench.session.undo_name == ""


def test_escape_gives_back_what_a_stroke_went_over(make: Make) -> None:
    bench = make("digits")
    before = shown(bench).copy()
    bench.press(bench.node(INPUT, 0))
    bench.move(bench.node(INPUT, 7), LEFT)
    bench.canvas.changing.cancel()
    bench.move(bench.node(INPUT, 56), LEFT)
    bench.release(bench.node(INPUT, 56))
    assert shown(bench).tolist() == before.tolist() and bench.session.undo_name == ""


def test_a_mean_image_cannot_be_painted_and_says_why(make: Make) -> None:
    bench = make("digits")
    bench.spotlight.set_example(None)
    bench.press(bench.node(INPUT, 0))
    bench.move(bench.node(INPUT, 7), LEFT)
    bench.release(bench.node(INPUT, 7))
    assert bench.refused == [MEAN_SHOWN]


def test_a_fast_stroke_misses_no_pixel() -> None:
    column = opened("digits").place(690, 360).column(INPUT)
    start, end = (tuple(column.where[unit].tolist()) for unit in (0, 63))
    diagonal = [9 * k for k in range(8)]
    assert set(diagonal) <= set(pixels_between(column, start, end))
    assert pixels_between(column, start, start) == [0]


def test_pixels_are_no_numbers_to_be_typed(make: Make) -> None:
    bench = make("digits")
    bench.double_click(bench.node(INPUT, 5))
    assert bench.canvas.changing.popup is None
    bench.spotlight.select(Node(INPUT, 5))
    bench.canvas.changing.type_selected()
    popup = bench.canvas.changing.popup
    assert popup is not None and popup.isVisible()


def test_the_data_of_the_preset_are_not_touched(make: Make) -> None:
    bench = make("digits")
    editor(bench).set_input(0, 1.0)
    bench.session.open_preset(load_preset("digits"))
    assert editor(bench).input(0) == 0.0


def test_what_is_frozen_stays_frozen(make: Make) -> None:
    bench = make("toy")
    bench.session.toggle_frozen(Edge(0, 0, 0))
    editor(bench).set_input(0, 3.0)
    bench.session.advance(2)
    assert bench.session.record.layers[0].w.tolist() == [[0.6]] and len(bench.session.learning.frozen) == 1


def test_a_weight_is_still_a_weight_after_the_example_changed(make: Make) -> None:
    bench = make("toy")
    editor(bench).set_target(0, 0.0)
    bench.canvas.changing.hand.tuner.set(Edge(0, 0, 0), 0.25)
    bench.session.undo()
    bench.session.undo()
    assert bench.session.record.targets.tolist() == [[0.5]]
