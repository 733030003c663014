"""Every example with what the network makes of it, the confusion matrix, and weights as images."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.engine.evaluation import outcome
from bpviz.engine.examples import Examples
from bpviz.explain import example_costs
from bpviz.explain.address import Edge, Node
from bpviz.qt.plots.prediction.confusion_grid import Grid, Sizes, grid_in
from bpviz.qt.plots.prediction.examples_view import ExamplesView
from bpviz.qt.plots.prediction.images_layout import tiles_in
from bpviz.qt.plots.prediction.images_view import WeightsView
from bpviz.qt.plots.prediction.prediction_plot import PredictionPlot
from tests.qt.plot_bench import PageBench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

WIDE = (820, 200)
Open = Callable[..., tuple[PageBench, ExamplesView]]


@pytest.fixture
def opened(qapp: QApplication, qtbot: QtBot) -> Open:
    """The examples of a preset, opened in a panel of some size after so many steps."""
    benches = []  # all of them live as long as the test

    def open_(preset: str, steps: int = 0, size: tuple[int, int] = WIDE) -> tuple[PageBench, ExamplesView]:
        bench = PageBench(PredictionPlot, qapp, qtbot, preset, size)
        benches.append(bench)
        if steps:
            bench.session.advance(steps)
        page = bench.page
        assert isinstance(page, PredictionPlot)
        page.choose("examples")
        qapp.processEvents()
        assert isinstance(page.view, ExamplesView)
        return bench, page.view

    return open_


def weights_of(bench: PageBench, qapp: QApplication) -> WeightsView:
    assert isinstance(bench.page, PredictionPlot)
    bench.page.choose("weights")
    qapp.processEvents()
    view = bench.page.view
    assert isinstance(view, WeightsView)
    return view


def column(view: ExamplesView, head: str) -> list[str]:
    model = view.list.examples
    heads = [model.headerData(k, Qt.Orientation.Horizontal) for k in range(model.columnCount())]
    place = heads.index(head)
    return [str(model.data(model.index(row, place))) for row in range(model.rowCount())]


# -- what is listed ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", ["toy", "xor", "sine", "circle", "iris", "digits", "mazur"])
def test_every_example_is_listed_the_costliest_first_and_the_mean_is_the_cost_of_the_set(
    opened: Open, preset: str
) -> None:
    bench, view = opened(preset, 3)
    trainer = bench.session.trainer
    cost, _ = outcome(trainer.network, trainer.parameters, trainer.train)
    listing = view.list.examples.listing
    assert listing is not None
    costs = listing.found.costs[view.list.examples.order]
    assert len(costs) == trainer.train.count
    assert (np.diff(costs) <= 0).all()
    assert costs.mean() == pytest.approx(cost, rel=1e-12)


def test_each_number_is_the_row_of_the_data_that_the_example_comes_from(opened: Open) -> None:
    bench, view = opened("iris")
    dataset, names = bench.session.dataset, bench.session.dataset.class_names
    for set_ in ("training", "validation"):
        view.choose_set(set_)
        rows = [int(text) - 1 for text in column(view, "No.")]
        assert [names[k] for k in dataset.classes[rows]] == column(view, "class")
    assert len(rows) == 45


def test_a_regression_has_targets_predictions_and_residuals_and_no_matrix(opened: Open) -> None:
    _, view = opened("sine")
    assert view.confusion.isHidden()
    assert view.list.examples.columnCount() == 6
    table = view.table()
    assert table is not None
    assert table.columns == ("No.", "y", "ŷ", "ŷ−y", "cost", "x")
    for _, target, output, residual, cost, _ in table.rows:
        assert isinstance(target, float) and isinstance(output, float)
        assert residual == output - target
        assert cost == pytest.approx((output - target) ** 2 / 2)


def test_a_click_on_a_head_sorts_by_it_and_another_turns_the_order_round(opened: Open, qtbot: QtBot) -> None:
    _, view = opened("iris", 20)
    header = view.list.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(0) + 5, 8)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    numbers = [int(text) for text in column(view, "No.")]
    assert numbers == sorted(numbers)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [int(text) for text in column(view, "No.")] == numbers[::-1]


def test_return_sorts_by_the_column_that_the_arrow_keys_have_gone_to(opened: Open, qtbot: QtBot) -> None:
    _, view = opened("circle", 5)
    view.list.setFocus()
    view.list.setCurrentIndex(view.list.examples.index(0, 0))
    qtbot.keyClick(view.list, Qt.Key.Key_Right)
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    classes = column(view, "class")
    assert classes == sorted(classes, key=["outside", "inside"].index)


def test_left_and_right_are_the_lists_own_while_it_has_the_focus(opened: Open) -> None:
    _, view = opened("circle")
    for key, mine in ((Qt.Key.Key_Left, True), (Qt.Key.Key_Right, True), (Qt.Key.Key_Space, False)):
        asked = QKeyEvent(QKeyEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
        asked.ignore()
        QApplication.sendEvent(view.list, asked)
        assert asked.isAccepted() == mine


def test_inputs_are_listed_only_as_far_as_they_fit_and_are_all_in_the_numbers(
    opened: Open, qapp: QApplication
) -> None:
    bench, view = opened("iris", size=(480, 140))
    hidden = [view.list.isColumnHidden(k) for k in range(9)]
    assert hidden[:5] == [False] * 5 and all(hidden[6:])
    assert not view.list.horizontalScrollBar().isVisible()
    table = view.table()
    assert table is not None
    assert table.columns == ("No.", "class", "seen as", "ŷ", "cost", "sepal length", "sepal width",
                             "petal length", "petal width")  # fmt: skip
    bench.page.resize(1400, 200)
    qapp.processEvents()
    assert not any(view.list.isColumnHidden(k) for k in range(9))


def test_four_rows_are_seen_in_the_smaller_of_the_usual_windows(opened: Open) -> None:
    _, view = opened("digits", 3, (640, 168))
    assert view.list.viewport().height() >= 4 * view.list.verticalHeader().defaultSectionSize()


def test_a_step_shows_other_numbers_and_going_back_shows_the_first_again(opened: Open) -> None:
    bench, view = opened("circle")
    first = column(view, "cost")
    bench.session.advance(20)
    bench.page.refresh()
    assert column(view, "cost") != first
    bench.player.seek_step(0)
    bench.page.refresh()
    assert column(view, "cost") == first


def test_other_data_are_listed_instead(opened: Open) -> None:
    bench, view = opened("digits")
    view.confusion.choose((3, 5))
    bench.session.open_preset(load_preset("iris"))
    bench.page.refresh()
    assert view.confusion.chosen is None
    assert set(column(view, "class")) == {"setosa", "versicolor", "virginica"}
    bench.session.open_preset(load_preset("sine"))
    bench.page.choose("examples")
    assert view.confusion.isHidden()
    assert len(column(view, "y")) == 64


# -- the matrix --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", ["circle", "iris", "digits"])
def test_a_cell_lists_as_many_examples_as_it_counts_and_another_click_all_again(
    opened: Open, qtbot: QtBot, preset: str
) -> None:
    bench, view = opened(preset, 10, (1000, 240))
    matrix, names = view.confusion.matrix, bench.session.dataset.class_names
    assert matrix is not None
    place = max(np.ndindex(matrix.counts.shape), key=lambda at: int(matrix.counts[at]) * (at[0] != at[1]))
    at = view.confusion.grid.box(place).center().toPoint()
    qtbot.mouseClick(view.confusion.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view.confusion.chosen == place
    assert set(column(view, "class")) == {names[place[0]]}
    assert set(column(view, "seen as")) == {names[place[1]]}
    assert len(column(view, "cost")) == matrix.counts[place]
    assert f"{names[place[0]]} seen as {names[place[1]]}" in view.head.said.words
    qtbot.mouseClick(view.confusion.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len(column(view, "cost")) == matrix.total


def test_a_name_lists_its_whole_row_or_column(opened: Open, qtbot: QtBot) -> None:
    _, view = opened("iris", 20)
    matrix = view.confusion.matrix
    assert matrix is not None
    viewport, grid = view.confusion.viewport(), view.confusion.grid
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=grid.name_box(1).center().toPoint())
    assert set(column(view, "class")) == {"versicolor"}
    assert len(column(view, "class")) == matrix.counts[1].sum()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=grid.head_box(2).center().toPoint())
    assert set(column(view, "seen as")) == {"virginica"}
    assert len(column(view, "class")) == matrix.counts[:, 2].sum()


def test_a_button_lists_all_again(opened: Open, qtbot: QtBot) -> None:
    _, view = opened("iris", 20)
    view.confusion.choose((0, 2))
    assert view.head.said.words == "setosa seen as virginica: 0 examples"
    assert column(view, "cost") == []
    qtbot.mouseClick(view.head.lead, Qt.MouseButton.LeftButton)
    assert view.confusion.chosen is None
    assert len(column(view, "cost")) == 105
    assert view.head.lead.isHidden()


def test_the_matrix_is_walked_and_chosen_from_by_keyboard(opened: Open, qtbot: QtBot) -> None:
    _, view = opened("iris", 20)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(view.confusion, key)
    assert view.confusion.chosen == (1, 3), "behind the last column stands the whole row"
    assert set(column(view, "class")) == {"versicolor"}
    qtbot.keyClick(view.confusion, Qt.Key.Key_Down)
    qtbot.keyClick(view.confusion, Qt.Key.Key_Down)
    qtbot.keyClick(view.confusion, Qt.Key.Key_Return)
    assert view.confusion.chosen == (2, 3), "there is no corner to go to"


def test_the_matrix_says_in_words_what_it_counts(opened: Open) -> None:
    _, view = opened("iris", 20)
    matrix = view.confusion.matrix
    assert matrix is not None
    counts = matrix.counts
    assert view.confusion.words((1, 2)) == (
        f"{counts[1, 2]} of the {counts[1].sum()} examples of versicolor are seen as virginica."
    )
    assert view.confusion.words((0, 0)).endswith("are seen as setosa. Right.")
    assert view.confusion.words((1, 3)).startswith("Recall of versicolor: ")
    assert view.confusion.words((3, 1)).startswith("Precision of versicolor: ")
    assert "are right" in view.confusion.accessibleDescription()


def test_a_listed_cell_goes_on_being_counted_while_training_goes_on(opened: Open) -> None:
    bench, view = opened("iris", 5)
    view.confusion.choose((1, 2))
    for _ in range(4):
        bench.session.advance(7)
        bench.page.refresh()
        matrix = view.confusion.matrix
        assert matrix is not None
        assert len(column(view, "cost")) == matrix.counts[1, 2]


def test_where_there_is_room_for_one_matrix_and_list_take_turns(opened: Open, qtbot: QtBot) -> None:
    _, view = opened("digits", 3, (460, 140))
    assert not view.confusion.isVisible() and view.list.isVisible()
    qtbot.mouseClick(view.head.turn, Qt.MouseButton.LeftButton)
    assert view.confusion.isVisible() and not view.list.isVisible()
    assert view.head.turn.text() == "list"
    view.confusion.choose((1, 1))
    assert view.list.isVisible(), "a cell asks for its examples"
    assert set(column(view, "class")) == {"1"}


def test_the_numbers_are_those_of_the_part_that_a_person_was_in_last(opened: Open) -> None:
    _, view = opened("iris", 5)
    view.list.setFocus()
    table = view.table()
    assert table is not None and table.title == "Examples" and len(table.rows) == 105
    view.confusion.setFocus()
    table = view.table()
    assert table is not None and table.title == "Confusion matrix" and len(table.rows) == 4


@pytest.mark.parametrize("classes", [2, 3, 10, 40])
@pytest.mark.parametrize("room", [(120, 60), (262, 142), (600, 200)])
def test_every_place_of_the_matrix_is_found_under_the_mouse(classes: int, room: tuple[int, int]) -> None:
    grid: Grid = grid_in(Sizes(classes, 40.0, 22.0), *room)
    places = [(row, column) for row in range(classes) for column in range(classes)]
    places += [(row, classes) for row in range(classes)] if grid.recall else []
    places += [(classes, column) for column in range(classes)] if grid.precision else []
    assert [grid.place_at(grid.box(place).center()) for place in places] == places
    assert grid.place_at(QPointF(5, 5)) is None
    assert grid.place_at(QPointF(grid.full_width + 3, 20)) is None
    assert grid.height >= 13 and grid.width >= 24


# -- one example -------------------------------------------------------------------------------------------


def select(view: ExamplesView, example: int) -> None:
    row = view.list.examples.row_of(example)
    assert row is not None
    view.list.selectRow(row)


def test_an_example_of_the_present_batch_is_shown_by_the_network_when_it_is_chosen(opened: Open) -> None:
    bench, view = opened("iris", 3)
    trainer = bench.session.trainer
    batch = trainer.batch_rows(trainer.step)
    for at in (4, 0, 9):
        select(view, int(batch[at]))
        assert bench.spotlight.example == at
        assert bench.session.record.inputs[at].tolist() == trainer.train.inputs[batch[at]].tolist()
    assert view.head.lead.isHidden()


def test_the_rows_of_the_batch_are_marked_and_that_which_the_network_shows(opened: Open) -> None:
    bench, view = opened("iris", 3)
    trainer, model = bench.session.trainer, view.list.examples
    batch = [int(row) for row in trainer.batch_rows(trainer.step)]
    bench.spotlight.set_example(2)
    assert {k: model.marked(k) for k in range(105) if model.marked(k) is not None} == {
        row: at == 2 for at, row in enumerate(batch)
    }
    view.choose_set("validation")
    assert all(model.marked(k) is None for k in range(45))


def test_the_step_that_learned_from_an_example_is_said_and_gone_to(opened: Open, qtbot: QtBot) -> None:
    bench, view = opened("iris", 22)
    trainer = bench.session.trainer
    batch = trainer.batch_rows(trainer.step)
    other = next(k for k in range(105) if k not in batch)
    select(view, other)
    assert " is in step " in view.head.said.words
    assert view.head.lead.text() == "Go there"
    qtbot.mouseClick(view.head.lead, Qt.MouseButton.LeftButton)
    assert trainer.step < 22
    assert other in trainer.batch_rows(trainer.step)
    row = bench.spotlight.example
    assert row is not None
    assert bench.session.record.inputs[row].tolist() == trainer.train.inputs[other].tolist()
    bench.page.refresh()
    assert view.head.lead.isHidden()


def test_where_no_step_has_learned_from_it_yet_training_can_go_on_to_there(
    opened: Open, qtbot: QtBot
) -> None:
    bench, view = opened("iris")
    trainer = bench.session.trainer
    late = int(trainer.batch_rows(7)[3])
    select(view, late)
    assert view.head.said.words.endswith(" is to come in step 7")
    qtbot.mouseClick(view.head.lead, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not view.focus.working.busy)
    assert trainer.step == trainer.reached == 7
    assert bench.spotlight.example == 3


def test_whoever_goes_elsewhere_meanwhile_ends_the_training(opened: Open) -> None:
    bench, view = opened("iris")
    late = int(bench.session.trainer.batch_rows(9)[0])
    select(view, late)
    view.head.led.emit()
    bench.session.open_preset(load_preset("toy"))
    while view.focus.working.busy:
        view.focus.working.work()
    assert bench.session.trainer.step == 0


def test_held_out_examples_are_never_learned_from_and_it_says_so(opened: Open) -> None:
    bench, view = opened("iris", 3)
    view.choose_set("validation")
    before = bench.spotlight.example
    select(view, 10)
    assert "no step learns from it" in view.head.said.words
    assert view.head.lead.isHidden()
    assert bench.spotlight.example == before


def test_the_chosen_example_stays_chosen_wherever_it_is_sorted_to(opened: Open) -> None:
    bench, view = opened("iris", 3)
    select(view, 42)
    for _ in range(5):
        bench.session.advance(9)
        bench.page.refresh()
        row = view.list.currentIndex().row()
        assert view.list.examples.order[row] == 42
        assert view.list.selectionModel().isRowSelected(row)
    assert view.list.selected == 42


def test_another_example_of_the_batch_is_followed_after_one_was_chosen(opened: Open) -> None:
    bench, view = opened("iris", 3)
    trainer = bench.session.trainer
    batch = trainer.batch_rows(trainer.step)
    select(view, int(batch[1]))
    bench.spotlight.next_example()
    assert view.list.selected == batch[2]
    bench.session.advance(1)
    bench.page.refresh()
    assert view.list.selected == batch[2], "a step chooses nothing"


def test_arrow_keys_walk_through_the_examples(opened: Open, qtbot: QtBot) -> None:
    _, view = opened("xor")
    view.list.setFocus()
    select(view, int(view.list.examples.order[0]))
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    assert view.list.selected == view.list.examples.order[1]


def test_a_row_tells_its_example_in_words(opened: Open) -> None:
    _, view = opened("digits", 3)
    tip = view.list.examples.tip(0)
    assert tip.startswith("Example ") and "seen as" in tip and "The largest outputs: " in tip
    _, view = opened("circle", 3)
    assert "ŷ is " in view.list.examples.tip(0)
    _, view = opened("sine", 3)
    assert "ŷ−y" in view.list.examples.tip(0)


def test_with_much_room_one_example_is_shown_with_all_outputs(opened: Open) -> None:
    _, view = opened("digits", 3, (1200, 230))
    assert view.card.isVisible()
    assert view.card.example == view.list.examples.order[0], "the costliest, while none is chosen"
    select(view, 77)
    assert view.card.example == 77
    assert view.card.lines() == list(range(10))
    view.card.resize(view.card.width(), 60)
    listing = view.list.examples.listing
    assert listing is not None
    largest = np.argsort(-listing.found.outputs[77], kind="stable")[:3]
    assert view.card.lines() == sorted(largest.tolist())


# -- large sets --------------------------------------------------------------------------------------------


def test_a_large_set_is_worked_out_in_parts_and_says_of_which_step_it_is(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(example_costs, "_LARGEST_PART", 8)
    bench, view = opened("iris")
    view.choose_set("validation")
    assert view.head.said.words == "Working out every example…"
    assert view.list.isHidden() and view.table() is None
    bench.session.advance(1)
    bench.page.refresh()
    while view.study.working.busy:
        view.study.working.work()
    assert view.study.step == 0, "what was begun is finished first"
    bench.page.refresh()
    assert view.head.said.words.endswith("as of step 0")
    assert view.study.working.busy
    while view.study.working.busy:
        view.study.working.work()
    bench.page.refresh()
    assert view.study.step == 1
    assert "as of" not in view.head.said.words
    assert len(column(view, "cost")) == 45


def test_a_hundred_thousand_rows_are_listed_without_asking_for_more_than_is_seen(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, view = opened("circle", 3)
    listing = view.list.examples.listing
    assert listing is not None
    found, many = listing.found, 100_000
    rows = np.arange(many) % found.examples.count
    examples = Examples(found.examples.inputs[rows], found.examples.targets[rows])
    large = example_costs.Outcomes(examples, found.outputs[rows], found.costs[rows])
    columns = tuple(replace(column, values=column.values[rows]) for column in listing.columns)
    view.list.show_listing(replace(listing, found=large, columns=columns, kept=np.arange(many)))
    asked: list[int] = []
    text = type(columns[0]).text
    monkeypatch.setattr(type(columns[0]), "text", lambda self, row: (asked.append(row), text(self, row))[1])
    view.list.grab()
    assert view.list.examples.rowCount() == many
    assert 0 < len(asked) < 500


# -- weights -----------------------------------------------------------------------------------------------


def test_weights_are_offered_where_the_inputs_are_an_image(opened: Open) -> None:
    for preset, offered in (("digits", True), ("iris", False)):
        bench, _ = opened(preset)
        assert isinstance(bench.page, PredictionPlot)
        assert ("weights" in bench.page.offered()) == offered


def test_every_pixel_of_every_unit_is_its_weight(opened: Open, qapp: QApplication) -> None:
    bench, _ = opened("digits", 3)
    view = weights_of(bench, qapp)
    w = bench.session.trainer.parameters[0].w
    tiles = view.grid.tiles
    for source, unit in ((0, 0), (9, 3), (63, 31)):
        row, place = divmod(source, 8)
        box = tiles.box(unit)
        at = box.topLeft() + QPointF((place + 0.5) * box.width() / 8, (row + 0.5) * box.height() / 8)
        address = view.grid.address_at(at - QPointF(0, view.grid.verticalScrollBar().value()))
        assert address == Edge(0, source, unit)
        assert view.grid.images is not None
        assert view.grid.images.pixels[unit, row, place] == w[source, unit]


def test_pointing_names_the_weight_and_a_click_selects_its_unit(
    opened: Open, qapp: QApplication, qtbot: QtBot
) -> None:
    bench, _ = opened("digits", 3)
    view = weights_of(bench, qapp)
    at = view.grid.tiles.box(6).center().toPoint()
    qtbot.mouseMove(view.grid.viewport(), at)
    qtbot.mouseClick(view.grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    hovered = bench.spotlight.hovered
    assert isinstance(hovered, Edge) and hovered.target == 6
    assert "hidden unit 7" in view.said.words and "weight" in view.said.words
    assert bench.spotlight.selected == Node(0, 6)
    bench.spotlight.hover(None)
    assert "activation" in view.said.words


def test_arrow_keys_walk_from_unit_to_unit(opened: Open, qapp: QApplication, qtbot: QtBot) -> None:
    bench, _ = opened("digits")
    view = weights_of(bench, qapp)
    across = view.grid.tiles.columns
    for key, unit in ((Qt.Key.Key_Right, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Down, 1 + across),
                      (Qt.Key.Key_Left, across), (Qt.Key.Key_Up, 0), (Qt.Key.Key_Up, 0)):  # fmt: skip
        qtbot.keyClick(view.grid, key)
        assert bench.spotlight.selected == Node(0, unit)


def test_the_numbers_of_the_images_are_the_weights_of_the_present_step(
    opened: Open, qapp: QApplication
) -> None:
    bench, _ = opened("digits", 2)
    view = weights_of(bench, qapp)
    table = view.table()
    assert table is not None
    numbers = np.array([row[1:] for row in table.rows], dtype=float)
    assert numbers.T.tolist() == bench.session.trainer.parameters[0].w.tolist()


@pytest.mark.parametrize("units", [1, 10, 32, 128])
@pytest.mark.parametrize("shape", [(8, 8), (28, 28), (4, 12)])
@pytest.mark.parametrize("room", [(330, 90), (480, 140), (940, 200)])
def test_images_wrap_to_the_room_and_each_is_found_under_the_mouse(
    units: int, shape: tuple[int, int], room: tuple[int, int]
) -> None:
    tiles = tiles_in(units, shape, *room)
    for unit in range(units):
        box = tiles.box(unit)
        assert box.right() <= room[0]
        assert tiles.unit_at(box.center()) == unit
    assert tiles.width / shape[1] == tiles.height / shape[0] >= 1, "pixels are square"


@pytest.mark.parametrize("name", ["examples", "weights"])
@pytest.mark.parametrize("size", [(460, 120), (640, 170), (1200, 230)])
def test_both_views_are_painted_in_both_themes(
    opened: Open, qapp: QApplication, name: str, size: tuple[int, int]
) -> None:
    bench, _ = opened("digits", 3, size)
    assert isinstance(bench.page, PredictionPlot)
    bench.page.choose(name)
    qapp.processEvents()
    light = bench.page.grab().toImage()
    places = product(range(0, light.width(), 2), range(light.height()))
    assert len({light.pixelColor(x, y).name() for x, y in places}) > 20
    bench.theme.set_mode("dark")
    assert bench.page.grab().toImage() != light
    bench.theme.set_mode("light")
    assert bench.page.grab().toImage() == light


def test_the_picture_can_be_taken_as_drawing(opened: Open) -> None:
    bench, _ = opened("iris", 3)
    assert b"<text" in bench.page.taking.svg()


def test_a_right_click_is_left_to_the_page(opened: Open) -> None:
    _, view = opened("iris", 3)
    for part in (view.list.viewport(), view.confusion.viewport()):
        at = QPoint(5, 30)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, part.mapToGlobal(at))
        event.ignore()
        part.event(event)
        assert not event.isAccepted()
