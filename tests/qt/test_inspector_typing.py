"""Numbers changed in the panel: in the table of parameters, in the card, on the small image."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.explain.address import INPUT, Address, Edge, Node
from bpviz.explain.moment import Moment
from bpviz.explain.phase import score
from bpviz.qt.panels.cell_field import CellField
from bpviz.qt.panels.parameter_grid import grid, neighbour
from bpviz.qt.panels.typed_row import TypedRow
from tests.explain.preset_steps import opened
from tests.qt.test_inspector import Bench

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def toy(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "toy")


@pytest.fixture
def mazur(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "mazur")


def opened_field(bench: Bench, qtbot: QtBot, address: Address) -> CellField:
    table = bench.panel.parameters
    cell = next(cell for cell in table.grid.cells if cell.address == address)
    qtbot.mouseDClick(table, LEFT, pos=cell.box.center())
    assert table.field is not None and table.field.isVisible()
    return table.field


def enter(qtbot: QtBot, field: object, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    field.lineEdit().selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(field.lineEdit(), text)  # type: ignore[attr-defined]
    qtbot.keyClick(field, key)


def typed(bench: Bench) -> tuple[TypedRow, ...]:
    """The rows of the card that are there."""
    return tuple(row for row in bench.panel.card.typed if not row.isHidden())


# -- the table -----------------------------------------------------------------------------------------


def test_a_cell_is_typed_in_place(mazur: Bench, qtbot: QtBot) -> None:
    for address, value in ((Edge(0, 1, 0), 0.31), (Node(1, 1), -2.5)):
        field = opened_field(mazur, qtbot, address)
        enter(qtbot, field, str(value))
        assert mazur.panel.parameters.value(address) == value and not field.isVisible()
    layers = mazur.session.record.layers
    assert layers[0].w[1, 0] == 0.31 and layers[1].b is not None and layers[1].b[1] == -2.5
    assert mazur.session.undo_name == "change bias"


def test_escape_leaves_the_number(mazur: Bench, qtbot: QtBot) -> None:
    before = mazur.panel.parameters.value(Edge(0, 1, 0))
    field = opened_field(mazur, qtbot, Edge(0, 1, 0))
    enter(qtbot, field, "9", Qt.Key.Key_Escape)
    assert mazur.panel.parameters.value(Edge(0, 1, 0)) == before and not field.isVisible()
    assert mazur.session.undo_name == ""


def test_what_is_no_number_stays_to_be_mended(mazur: Bench, qtbot: QtBot) -> None:
    field = opened_field(mazur, qtbot, Edge(0, 1, 0))
    enter(qtbot, field, "much")
    assert field.isVisible() and mazur.session.undo_name == ""
    assert field.remark.isVisible() and field.remark.text().startswith("Type a number")


def test_the_table_is_walked_through_and_typed_in_by_keyboard(mazur: Bench, qtbot: QtBot) -> None:
    table = mazur.panel.parameters
    table.setFocus()
    for key, expected in (
        (Qt.Key.Key_Down, Edge(0, 0, 0)), (Qt.Key.Key_Right, Edge(0, 0, 1)),
        (Qt.Key.Key_Right, Edge(0, 0, 1)), (Qt.Key.Key_Down, Edge(0, 1, 1)),
        (Qt.Key.Key_Down, Node(0, 1)), (Qt.Key.Key_Down, Edge(1, 0, 1)),
        (Qt.Key.Key_Left, Edge(1, 0, 0)), (Qt.Key.Key_Up, Node(0, 0)),
    ):  # fmt: skip
        qtbot.keyClick(table, key)
        assert mazur.spotlight.selected == expected
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert table.field is not None
    enter(qtbot, table.field, "0.125")
    assert mazur.panel.parameters.value(Node(0, 0)) == 0.125


@pytest.mark.parametrize("name", ["toy", "ten-hidden", "mazur", "spiral", "iris"])
def test_every_cell_is_reached_going_down_and_right(qapp: QApplication, name: str) -> None:
    made = grid(opened(name).network, 328)
    assert qapp
    reached: set[Address] = set()
    fresh: list[Address | None] = [None]
    while fresh:
        at = fresh.pop()
        for step in ((1, 0), (0, 1), (-1, 0)):
            found = neighbour(made, at, step)
            if found is not None and found not in reached:
                reached.add(found)
                fresh.append(found)
    assert reached == {cell.address for cell in made.cells}


# -- the card ------------------------------------------------------------------------------------------


def test_the_selected_weight_is_typed_in_its_card_and_says_what_came_of_it(toy: Bench, qtbot: QtBot) -> None:
    toy.look_at(Edge(1, 0, 0))
    (row,) = typed(toy)
    assert (row.caption.text(), row.field.text_shown) == ("Weight", "0.9")
    enter(qtbot, row.field, "1.9")
    assert toy.session.record.layers[1].w[0, 0] == 1.9
    said = toy.panel.card.nudge.text()
    assert "promises +0.696" in said and "+1.42 came" in said and "curved" in said
    toy.look_at(Edge(0, 0, 0))
    assert toy.panel.card.nudge.isHidden()


def test_a_change_in_the_middle_of_a_run_says_what_is_forgotten(toy: Bench, qtbot: QtBot) -> None:
    toy.session.advance(8)
    toy.session.go_to(3)
    toy.look_at(Edge(1, 0, 0))
    enter(qtbot, typed(toy)[0].field, "0.5")
    assert "Steps after 3 are forgotten; Undo brings them back." in toy.panel.card.nudge.text()
    toy.session.undo()
    assert toy.session.trainer.reached == 8 and toy.panel.card.nudge.isHidden()


def test_a_hovered_weight_cannot_be_typed(toy: Bench) -> None:
    toy.spotlight.hover(Edge(1, 0, 0))
    toy.panel.refresh()
    assert toy.panel.card.isVisible() and not typed(toy)


@pytest.mark.parametrize(("address", "captions"), [
    (Node(INPUT, 0), ["Input"]), (Node(0, 0), ["Bias"]), (Node(1, 1), ["Bias", "Target"]),
])  # fmt: skip
def test_each_kind_of_unit_has_its_numbers_to_type(mazur: Bench, address: Node, captions: list[str]) -> None:
    mazur.look_at(address)
    assert [row.caption.text() for row in typed(mazur)] == captions


def test_the_example_is_typed_in_the_card_of_its_input_and_its_output(toy: Bench, qtbot: QtBot) -> None:
    toy.player.seek(Moment(len(score(2)) - 2, 1.0))
    toy.look_at(Node(INPUT, 0))
    enter(qtbot, typed(toy)[0].field, "4")
    toy.look_at(Node(1, 0))
    enter(qtbot, typed(toy)[0].field, "1.25")
    assert toy.session.record.inputs.tolist() == [[4.0]] and toy.session.record.targets.tolist() == [[1.25]]
    assert toy.player.complete == len(score(2)) - 2


def test_the_card_follows_what_is_changed_elsewhere(toy: Bench) -> None:
    toy.look_at(Edge(1, 0, 0))
    toy.session.advance(1)
    toy.panel.refresh()
    w = toy.session.record.layers[1].w[0, 0]
    assert float(typed(toy)[0].field.text_shown) == pytest.approx(w, rel=1e-5)


@pytest.mark.parametrize(("address", "name"), [(Edge(1, 0, 1), "weight"), (Node(1, 0), "bias")])
def test_the_lock_beside_a_parameter_freezes_and_thaws_it(
    mazur: Bench, qtbot: QtBot, address: Address, name: str
) -> None:
    mazur.look_at(address)
    row = typed(mazur)[0]
    assert row.lock.isVisible() and not row.lock.isChecked()
    qtbot.mouseClick(row.lock, LEFT)
    mazur.panel.refresh()
    assert mazur.session.undo_name == f"freeze {name}" and row.lock.isChecked()
    before = mazur.panel.parameters.value(address)
    mazur.session.advance(3)
    assert mazur.panel.parameters.value(address) == before
    qtbot.mouseClick(row.lock, LEFT)
    mazur.panel.refresh()
    assert not row.lock.isChecked() and not mazur.session.learning.frozen


def test_what_training_does_not_change_has_no_lock(mazur: Bench) -> None:
    mazur.look_at(Node(INPUT, 0))
    assert not typed(mazur)[0].lock.isVisible()
    mazur.look_at(Node(1, 0))
    assert [row.lock.isVisible() for row in typed(mazur)] == [True, False]


def test_a_frozen_weight_can_be_changed_by_hand_and_stays_frozen(toy: Bench, qtbot: QtBot) -> None:
    toy.session.toggle_frozen(Edge(1, 0, 0))
    toy.look_at(Edge(1, 0, 0))
    enter(qtbot, typed(toy)[0].field, "0.25")
    toy.session.advance(2)
    assert toy.session.record.layers[1].w[0, 0] == 0.25 and len(toy.session.learning.frozen) == 1


# -- the small image -----------------------------------------------------------------------------------


def test_the_example_is_painted_on_its_small_image(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "digits")
    image = bench.panel.overview.example.image
    corner = QPoint(image.width() - 3, image.height() - 3)
    assert bench.session.record.inputs[0, 63] == 0.0
    qtbot.mouseClick(image, LEFT, pos=corner)
    assert bench.session.record.inputs[0, 63] == 1.0
    qtbot.mouseClick(image, RIGHT, pos=corner)
    assert bench.session.record.inputs[0, 63] == 0.0
