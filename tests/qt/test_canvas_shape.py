"""Units and layers on the network itself: buttons where captions stand, keys for what is selected."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.explain.address import INPUT, Edge, Node
from bpviz.explain.moment import Moment
from bpviz.qt.canvas.round_button import RoundButton
from bpviz.qt.canvas.shape_buttons import Spot
from bpviz.qt.hand.shaper import INPUTS_FIXED, LAST_UNIT, OUTPUT_IS_LAST, OUTPUTS_FIXED
from tests.explain.preset_steps import NAMES, opened
from tests.qt.canvas_bench import LEFT, Bench
from tests.qt.painted import scene, written

Make = Callable[[str], Bench]
EMPTY = (4.0, 4.0)


@pytest.fixture
def make(qapp: QApplication, qtbot: QtBot) -> Make:
    def bench(name: str) -> Bench:
        return Bench(qapp, qtbot, name)

    return bench


def shown(bench: Bench) -> list[RoundButton]:
    buttons = bench.canvas.changing.buttons
    every = (buttons.fewer, buttons.more, buttons.away, buttons.layer)
    return [button for button in every if button.isVisible()]


def over_gap(bench: Bench, at: int) -> None:
    """The mouse between two columns, where layer `at` would be."""
    below, above = bench.canvas.network_layout().columns[at : at + 2]
    bench.move(((below.x + above.x) / 2, 20.0))


def sizes(bench: Bench) -> tuple[int, ...]:
    return bench.session.network.sizes


def click(qtbot: QtBot, button: RoundButton) -> None:
    """In a corner of what answers, so that its whole area does."""
    qtbot.mouseClick(button, LEFT, pos=QPoint(2, 2))


# -- buttons -------------------------------------------------------------------------------------------


def test_nothing_is_shown_while_nothing_hovers(make: Make) -> None:
    bench = make("mazur")
    bench.player.seek(Moment(4, 1.0))
    before = bench.image()
    assert not shown(bench)
    bench.move(bench.node(0, 0))
    assert len(shown(bench)) == 3 and bench.image() != before
    bench.move(EMPTY)
    assert not shown(bench) and bench.image() == before


def test_buttons_are_large_enough_and_say_what_they_do(make: Make) -> None:
    bench = make("mazur")
    bench.move(bench.node(0, 0))
    for button in shown(bench):
        assert min(button.width(), button.height()) >= 24
        assert button.toolTip() and button.accessibleName()


def test_plus_and_minus_give_and_take_a_unit_and_the_cross_the_layer(make: Make, qtbot: QtBot) -> None:
    bench = make("xor")
    bench.move(bench.node(0, 0))
    fewer, more, away = shown(bench)
    click(qtbot, more)
    assert sizes(bench) == (2, 5, 1) and bench.session.undo_name == "add unit"
    click(qtbot, more)
    click(qtbot, fewer)
    assert sizes(bench) == (2, 5, 1) and bench.session.undo_name == "remove unit"
    click(qtbot, away)
    assert sizes(bench) == (2, 1) and bench.session.undo_name == "remove layer"
    for before in ((2, 5, 1), (2, 6, 1), (2, 5, 1), (2, 4, 1)):
        bench.session.undo()
        assert sizes(bench) == before


def test_the_buttons_stay_after_a_click(make: Make, qtbot: QtBot) -> None:
    bench = make("xor")
    bench.move(bench.node(0, 0))
    click(qtbot, shown(bench)[1])
    assert bench.canvas.changing.buttons.spot == Spot(0) and len(shown(bench)) == 3


def test_after_a_new_layer_they_are_those_of_where_the_mouse_is(make: Make, qtbot: QtBot) -> None:
    bench = make("xor")
    over_gap(bench, 1)
    click(qtbot, shown(bench)[0])
    below, above = bench.canvas.network_layout().columns[1:3]
    assert bench.canvas.changing.buttons.spot != Spot(1, new=True)
    bench.move(((below.x + above.x) / 2, 20.0))
    assert bench.canvas.changing.buttons.spot == Spot(1, new=True)


def test_between_two_columns_a_plus_makes_a_layer(make: Make, qtbot: QtBot) -> None:
    bench = make("xor")
    for at, expected in ((1, (2, 4, 4, 1)), (0, (2, 4, 4, 4, 1))):
        over_gap(bench, at)
        (button,) = shown(bench)
        click(qtbot, button)
        assert sizes(bench) == expected
    assert bench.session.undo_name == "add layer"


def test_a_single_neuron_gets_a_hidden_layer(make: Make, qtbot: QtBot) -> None:
    bench = make("single-neuron")
    over_gap(bench, 0)
    click(qtbot, shown(bench)[0])
    assert bench.session.network.depth == 2


def test_the_last_unit_stays(make: Make) -> None:
    bench = make("toy")
    bench.move(bench.node(0, 0))
    fewer = shown(bench)[0]
    assert not fewer.isEnabled() and fewer.toolTip() == LAST_UNIT


@pytest.mark.parametrize(("layer", "why"), [(INPUT, INPUTS_FIXED), (1, OUTPUTS_FIXED)])
def test_inputs_and_outputs_have_no_buttons_and_their_caption_says_why(
    make: Make, layer: int, why: str
) -> None:
    bench = make("mazur")
    bench.move(bench.node(layer, 0))
    assert not shown(bench)
    x = bench.canvas.network_layout().column(layer).x
    assert {bench.canvas.changing.tip(QPointF(x, y)) for y in range(0, 360, 8)} == {"", why}


def test_a_drag_hides_them(make: Make) -> None:
    bench = make("mazur")
    bench.move(bench.node(0, 0))
    bench.press(bench.node(0, 0))
    x, y = bench.node(0, 0)
    bench.move((x, y - 12), LEFT)
    assert not shown(bench)
    bench.release((x, y - 12))
    assert len(shown(bench)) == 3


def test_a_selected_hidden_unit_shows_those_of_its_layer(make: Make) -> None:
    bench = make("mazur")
    bench.spotlight.select(Node(0, 1))
    assert len(shown(bench)) == 3
    bench.spotlight.select(Node(1, 1))
    assert not shown(bench)


@pytest.mark.parametrize("name", NAMES)
def test_no_number_is_covered_in_any_preset(make: Make, name: str) -> None:
    """Captions are: they are symbols, and stand below everything that a pulse goes along."""
    bench = make(name)
    step, last = opened(name), len(bench.canvas.network_layout().columns) - 1
    moment = Moment(step.phases - 1, 1.0)
    numbers = [piece.ink for piece in written(scene(step, moment, (690, 360)), (690, 360))
               if not piece.mathematical and any(letter.isdigit() for letter in piece.text)
               and "weights" not in piece.text]  # fmt: skip
    assert numbers
    for at in range(last):
        over_gap(bench, at)
        assert_clear(bench, numbers)
        if at > 0:
            bench.move(bench.node(at - 1, 0))
            assert_clear(bench, numbers)


def assert_clear(bench: Bench, numbers: list) -> None:
    strip = bench.canvas.changing.buttons
    assert strip.isVisible()
    box = strip.geometry().toRectF().adjusted(3, 3, -3, -3)  # the circles
    assert not [ink for ink in numbers if ink.intersects(box)]


@pytest.mark.parametrize("name", NAMES)
def test_buttons_follow_the_selected_unit_through_every_edit(make: Make, name: str) -> None:
    """Whoever hears of the other network first finds it laid out already."""
    bench = make(name)
    shaper = bench.canvas.changing.shaper
    bench.spotlight.select(Node(INPUT, 0))
    shaper.add_layer_here()
    bench.spotlight.select(Node(0, 0))
    acts = shaper.add_unit_here, shaper.add_layer_here, shaper.remove_unit_here, shaper.remove_layer_here
    for act in acts:
        act()
        x = bench.canvas.network_layout().column(0).x
        assert bench.canvas.changing.buttons.geometry().center().x() == pytest.approx(x, abs=2)
    assert not bench.refused


# -- keys ----------------------------------------------------------------------------------------------


def test_what_is_selected_decides_where_units_and_layers_come_and_go(make: Make) -> None:
    bench = make("xor")
    shaper = bench.canvas.changing.shaper
    bench.spotlight.select(Node(0, 1))
    w = bench.session.record.layers[0].w.copy()
    shaper.remove_unit_here()
    assert sizes(bench) == (2, 3, 1)
    assert bench.session.record.layers[0].w.tolist() == w[:, [0, 2, 3]].tolist()
    assert bench.spotlight.selected == Node(0, 1)
    shaper.add_unit_here()
    shaper.add_layer_here()
    assert sizes(bench) == (2, 4, 4, 1)
    shaper.remove_layer_here()
    assert sizes(bench) == (2, 4, 1) and not bench.refused


def test_removing_the_last_of_several_units_selects_the_one_before_it(make: Make) -> None:
    bench = make("xor")
    bench.spotlight.select(Node(0, 3))
    bench.canvas.changing.shaper.remove_unit_here()
    assert bench.spotlight.selected == Node(0, 2)


@pytest.mark.parametrize(("selected", "act", "why"), [
    (Node(INPUT, 0), "add_unit_here", INPUTS_FIXED),
    (Node(1, 0), "remove_unit_here", OUTPUTS_FIXED),
    (Node(1, 0), "remove_layer_here", OUTPUTS_FIXED),
    (Node(1, 0), "add_layer_here", OUTPUT_IS_LAST),
    (Node(0, 0), "remove_unit_here", LAST_UNIT),
    (None, "add_unit_here", "Select a unit first"),
    (Edge(0, 0, 0), "remove_unit_here", "Select a unit first"),
])  # fmt: skip
def test_what_cannot_be_is_said_and_changes_nothing(
    make: Make, selected: Node | Edge | None, act: str, why: str
) -> None:
    bench = make("toy")
    bench.spotlight.select(selected)
    getattr(bench.canvas.changing.shaper, act)()
    assert len(bench.refused) == 1 and bench.refused[0].startswith(why)
    assert sizes(bench) == (1, 1, 1) and bench.session.undo_name == ""


def test_an_input_gets_a_layer_after_it(make: Make) -> None:
    bench = make("toy")
    bench.spotlight.select(Node(INPUT, 0))
    bench.canvas.changing.shaper.add_layer_here()
    assert bench.session.network.depth == 3 and bench.session.undo_name == "add layer"
    assert bench.spotlight.selected == Node(INPUT, 0)


def test_more_layers_than_can_be_are_refused_in_a_sentence(make: Make) -> None:
    bench = make("toy")
    bench.spotlight.select(Node(0, 0))
    for _ in range(70):
        bench.canvas.changing.shaper.add_layer_here()
    assert bench.session.network.depth == 64
    assert bench.refused and bench.refused[0].endswith(".")


def test_the_keyboard_stays_with_the_network(make: Make, qtbot: QtBot) -> None:
    bench = make("xor")
    bench.canvas.setFocus()
    bench.move(bench.node(0, 0))
    click(qtbot, shown(bench)[1])
    assert all(button.focusPolicy() == Qt.FocusPolicy.NoFocus for button in shown(bench))
