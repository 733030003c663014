"""How the network learns is changed from the present step on; how it starts, starts over."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.engine.cost import COSTS
from bpviz.engine.optimizer import OPTIMIZERS, SCHEDULES
from bpviz.qt.panels.constant_rows import ConstantRows
from bpviz.qt.panels.constants import READ_BY_FIRST, READ_BY_OPTIMIZER, READ_BY_SCHEDULE
from tests.qt.setup_bench import Bench


@pytest.fixture
def toy(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "toy")


@pytest.fixture
def sine(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "sine")


@pytest.fixture
def circle(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "circle")


def shown(rows: ConstantRows) -> set[str]:
    """The fields that have a row on screen."""
    known = {row.field.accessibleName(): field for field, row in rows._rows.items() if row.isVisible()}
    return set(known.values())


# -- cost -----------------------------------------------------------------------------------------


def test_a_cost_is_picked_and_undone(circle: Bench) -> None:
    row = circle.panel.learning.cost
    circle.pick(row.picker, "huber")
    assert circle.session.network.cost == "huber" and row.picker.text() == "Huber"
    assert circle.session.undo_name == "change cost to Huber"
    circle.session.undo()
    assert row.picker.text() == "binary cross-entropy"


def test_a_cost_that_the_data_forbid_is_greyed_with_the_reason(sine: Bench) -> None:
    row = sine.panel.learning.cost
    actions = {action.data(): action for action in row.picker.menu_of_options().actions()}
    assert list(actions) == list(COSTS)
    greyed = {name for name, action in actions.items() if not action.isEnabled()}
    assert greyed == {"binary_cross_entropy", "categorical_cross_entropy"}
    row.choose("binary_cross_entropy")
    assert row.trouble.text() == "Binary cross-entropy needs classes as targets; these data have numbers."
    assert sine.session.experiment == load_preset("sine").experiment


def test_a_cost_that_the_output_forbids_is_offered_with_another_output(circle: Bench) -> None:
    circle.pick(circle.panel.learning.cost.picker, "half_squared_error")
    circle.panel.network.output.choose_activation("tanh")
    row = circle.panel.learning.cost
    circle.pick(row.picker, "binary_cross_entropy")
    assert circle.session.network.cost == "half_squared_error"
    assert "those of tanh go beyond. Change the output to sigmoid as well?" in row.trouble.text()
    assert row.trouble.offer is not None
    circle.click(row.trouble.offer)
    network = circle.session.network
    assert (network.layers[-1].activation, network.cost) == ("sigmoid", "binary_cross_entropy")
    assert circle.session.undo_name == "change output to sigmoid and cost to binary cross-entropy"


# -- optimizer, schedule, penalties ---------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name != "adam"])
def test_an_optimizer_holds_from_the_present_step_on_and_shows_its_constants(
    circle: Bench, name: str
) -> None:
    circle.session.advance(4)
    learning = circle.panel.learning
    circle.pick(learning.optimizer.picker, name)
    assert circle.session.learning.optimizer.name == name and circle.session.trainer.step == 4
    assert shown(learning.optimizer_constants) == set(READ_BY_OPTIMIZER[name])
    assert circle.session.undo_name == f"change optimizer to {OPTIMIZERS[name]}"
    circle.session.undo()
    assert learning.optimizer.picker.text() == "Adam"
    assert shown(learning.optimizer_constants) == set(READ_BY_OPTIMIZER["adam"])


@pytest.mark.parametrize("name", [name for name in SCHEDULES if name != "constant"])
def test_a_schedule_shows_its_own_numbers(sine: Bench, name: str) -> None:
    learning = sine.panel.learning
    sine.pick(learning.schedule.picker, name)
    assert sine.session.learning.schedule.name == name
    assert shown(learning.schedule_constants) == set(READ_BY_SCHEDULE[name])
    sine.session.undo()
    assert learning.schedule.picker.text() == "constant" and not shown(learning.schedule_constants)


@pytest.mark.parametrize(("optimizer", "field", "entry", "value"), [
    ("momentum", "momentum", "0,5", 0.5), ("rmsprop", "decay", "0.99", 0.99),
    ("adam", "beta1", "0", 0.0), ("adam", "epsilon", "1e-6", 1e-6), ("adamw", "weight_decay", ".1", 0.1),
])  # fmt: skip
def test_a_constant_is_typed(sine: Bench, optimizer: str, field: str, entry: str, value: float) -> None:
    learning = sine.panel.learning
    learning.choose_optimizer(optimizer)
    row = learning.optimizer_constants.row(field)
    before = row.field.text_shown
    sine.type(row.field, entry)
    assert getattr(sine.session.learning.optimizer, field) == value
    assert sine.session.learning.optimizer.name == optimizer
    sine.session.undo()
    assert row.field.text_shown == before


def test_the_numbers_of_a_schedule_are_typed(sine: Bench) -> None:
    learning = sine.panel.learning
    learning.choose_schedule("step")
    sine.type(learning.schedule_constants.row("every").field, "7")
    sine.type(learning.schedule_constants.row("factor").field, "0.25")
    assert (sine.session.learning.schedule.every, sine.session.learning.schedule.factor) == (7, 0.25)


@pytest.mark.parametrize("entry", ["1", "-0.1", "much", "", "nan"])
def test_a_wrong_constant_is_answered_with_a_sentence(sine: Bench, entry: str) -> None:
    sine.panel.learning.choose_optimizer("momentum")
    before = sine.session.learning
    row = sine.panel.learning.optimizer_constants.row("momentum")
    row.field.setFocus()
    row.field.selectAll()
    sine.qtbot.keyClick(row.field, Qt.Key.Key_Delete)
    sine.type(row.field, entry)
    assert sine.session.learning == before
    assert row.trouble.text() == "Type a number from 0 to below 1, such as 0.9."


def test_penalties_pull_from_the_present_step_on(sine: Bench) -> None:
    sine.session.advance(3)
    sine.type(sine.panel.learning.penalties.row("l1").field, "0.01")
    sine.type(sine.panel.learning.penalties.row("l2").field, "1e-3")
    assert (sine.session.learning.l1, sine.session.learning.l2) == (0.01, 0.001)
    assert sine.session.trainer.step == 3
    assert sine.session.undo_name == "change L2"


def test_steps_of_one_field_are_undone_together_while_training_stands_still(sine: Bench) -> None:
    row = sine.panel.learning.penalties.row("l2")
    for _ in range(3):
        sine.qtbot.keyClick(row.field, Qt.Key.Key_Up)
    assert sine.session.learning.l2 == 1e-5
    sine.session.undo()
    assert sine.session.learning.l2 == 0.0 and sine.session.undo_name == ""


def test_steps_of_two_fields_or_with_training_between_are_undone_one_by_one(sine: Bench) -> None:
    rows = sine.panel.learning.penalties
    sine.qtbot.keyClick(rows.row("l1").field, Qt.Key.Key_Up)
    sine.qtbot.keyClick(rows.row("l2").field, Qt.Key.Key_Up)
    sine.session.advance(1)
    sine.qtbot.keyClick(rows.row("l2").field, Qt.Key.Key_Up)
    names = []
    while sine.session.undo_name:
        names.append(sine.session.undo_name)
        sine.session.undo()
    assert names == ["change L2", "change L2", "change L1"]


def test_what_was_being_typed_goes_with_its_row(sine: Bench) -> None:
    """Leaving the field would enter it, for an optimizer that does not read it."""
    sine.panel.learning.choose_optimizer("rmsprop")
    field = sine.panel.learning.optimizer_constants.row("decay").field
    field.setFocus()
    field.selectAll()
    sine.qtbot.keyClicks(field, "0.3")
    sine.session.undo()
    assert sine.session.learning == load_preset("sine").experiment.learning
    assert sine.session.redo_name == "change optimizer to RMSProp"


def test_an_earlier_step_shows_the_settings_of_then(sine: Bench) -> None:
    sine.session.advance(3)
    sine.panel.learning.choose_optimizer("adam")
    sine.session.advance(2)
    sine.session.go_to(1)
    assert sine.panel.learning.optimizer.picker.text() == OPTIMIZERS[sine.session.learning.optimizer.name]
    assert sine.session.learning.optimizer.name != "adam"
    sine.session.go_to(4)
    assert sine.panel.learning.optimizer.picker.text() == "Adam"


def test_everything_can_be_changed_while_training_runs(circle: Bench) -> None:
    circle.player.set_speed(1.0)
    circle.player.run()
    circle.player.tick(0.016)
    panel = circle.panel
    panel.learning.choose_optimizer("rmsprop")
    panel.network.rows[0].units.more.click()
    panel.network.output.choose_activation("softplus")
    panel.learning.start.choose_first("he")
    circle.player.tick(0.016)
    assert circle.player.running and circle.session.trainer.step > 0
    circle.player.pause()


# -- first weights --------------------------------------------------------------------------------


def test_first_weights_start_over_and_show_their_numbers(sine: Bench) -> None:
    start = sine.panel.learning.start
    for name in ("constant", "uniform", "normal", "xavier", "he"):
        sine.session.advance(2)
        start.choose_first(name)
        assert sine.session.experiment.first.name == name and start.first.picker.chosen == name
        assert shown(start.constants) == {*READ_BY_FIRST[name], "bias"}
    assert sine.session.trainer.step == 0 and sine.session.undo_name == "change first weights"


def test_given_weights_are_offered_only_while_they_are_there(toy: Bench) -> None:
    picker = toy.panel.learning.start.first.picker
    assert picker.text() == "given"
    toy.pick(picker, "constant")
    assert toy.session.record.layers[0].w[0, 0] == 0.5
    assert "given" not in [action.data() for action in picker.menu_of_options().actions()]
    toy.session.undo()
    assert picker.text() == "given" and toy.session.record.layers[0].w[0, 0] == 0.6


def test_the_numbers_of_first_weights_are_typed(toy: Bench) -> None:
    start = toy.panel.learning.start
    start.choose_first("constant")
    toy.type(start.constants.row("value").field, "-0.25")
    assert toy.session.record.layers[0].w[0, 0] == -0.25
    start.choose_first("uniform")
    low = start.constants.row("low")
    toy.type(low.field, "2")
    assert toy.session.experiment.first.low == -1.0 and low.trouble.text().startswith("Expected at most high")


def test_first_biases_are_asked_for_only_where_there_are_biases(toy: Bench) -> None:
    start = toy.panel.learning.start
    start.choose_first("xavier")
    assert not shown(start.constants)
    toy.click(toy.panel.network.rows[0].bias)
    assert shown(start.constants) == {"bias"}
