"""Each control of a layer makes the edit that it says, or says why not."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.qt.panels.layer_row import LayerRow
from bpviz.qt.panels.network_section import NetworkSection
from tests.qt.setup_bench import Bench, wheel


@pytest.fixture
def spiral(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "spiral")


@pytest.fixture
def ten(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "ten-hidden")


def section(bench: Bench) -> NetworkSection:
    return bench.panel.network


def sizes(bench: Bench) -> tuple[int, ...]:
    return bench.session.network.sizes


def undone(bench: Bench, name: str) -> None:
    """The edit went by this name, and taking it back leads to what was opened."""
    assert bench.session.undo_name == name
    bench.session.undo()
    assert bench.session.experiment == load_preset(bench.session.preset.name).experiment


# -- units ------------------------------------------------------------------------------------------


def test_plus_and_minus_change_the_units(spiral: Bench) -> None:
    row = section(spiral).rows[1]
    for _ in range(3):
        spiral.click(row.units.more)
    spiral.click(row.units.fewer)
    assert sizes(spiral) == (2, 8, 10, 1)
    assert row.units.field.text_shown == "10"
    for _ in range(4):
        spiral.session.undo()
    assert row.units.field.text_shown == "8"


def test_typed_units_keep_what_was_learned_by_those_that_stay(spiral: Bench) -> None:
    spiral.session.advance(5)
    before = spiral.session.trainer.parameters[0].w
    spiral.type(section(spiral).rows[0].units.field, "3")
    assert sizes(spiral) == (2, 3, 8, 1)
    assert np.array_equal(spiral.session.trainer.parameters[0].w, before[:, :3])
    undone(spiral, "change units")


@pytest.mark.parametrize("entry", ["0", "-1", "2.5", "many", "5000"])
def test_units_that_cannot_be_are_answered_with_a_sentence(spiral: Bench, entry: str) -> None:
    row = section(spiral).rows[0]
    spiral.type(row.units.field, entry)
    assert sizes(spiral) == (2, 8, 8, 1)
    assert row.trouble.isVisible() and row.trouble.text() == "Type a whole number from 1 to 4,096."
    spiral.qtbot.keyClick(row.units.field, Qt.Key.Key_Escape)
    assert row.units.field.text_shown == "8" and not row.trouble.isVisible()


def test_more_weights_than_can_be_told_are_refused(spiral: Bench) -> None:
    spiral.type(section(spiral).rows[0].units.field, "4096")
    spiral.type(section(spiral).rows[1].units.field, "4096")
    assert sizes(spiral) == (2, 4096, 8, 1)
    assert section(spiral).rows[1].trouble.text().startswith("Expected at most 2,000,000 weights")


def test_the_last_unit_stays(qapp: QApplication, qtbot: QtBot) -> None:
    toy = Bench(qapp, qtbot, "toy")
    row = section(toy).rows[0]
    toy.click(row.units.fewer)
    assert sizes(toy) == (1, 1, 1)
    assert "at least one unit" in row.trouble.text()


def test_the_wheel_changes_units_only_under_the_keyboard(spiral: Bench) -> None:
    field = section(spiral).rows[0].units.field
    field.clearFocus()
    wheel(field)
    assert sizes(spiral) == (2, 8, 8, 1)
    field.setFocus()
    wheel(field)
    assert sizes(spiral) == (2, 9, 8, 1)


def test_the_output_says_why_its_units_stay(spiral: Bench) -> None:
    units = section(spiral).output.units
    for part in (units.fewer, units.field, units.more):
        assert not part.isEnabled()
        assert "targets of the data" in part.toolTip()


# -- layers -----------------------------------------------------------------------------------------


def test_a_layer_goes_where_it_is_pointed_at(spiral: Bench) -> None:
    spiral.type(section(spiral).rows[1].units.field, "5")
    spiral.click(section(spiral).gaps[1])
    assert sizes(spiral) == (2, 8, 8, 5, 1)
    assert len(section(spiral).rows) == 3
    spiral.click(section(spiral).add)
    assert sizes(spiral) == (2, 8, 8, 5, 5, 1)
    assert spiral.session.undo_name == "add layer"


def test_a_network_without_hidden_layers_gets_its_first(qapp: QApplication, qtbot: QtBot) -> None:
    single = Bench(qapp, qtbot, "single-neuron")
    assert section(single).rows == []
    single.click(section(single).add)
    assert len(section(single).rows) == 1
    undone(single, "add layer")
    assert section(single).rows == []


def test_a_layer_is_taken_away_and_comes_back(spiral: Bench) -> None:
    spiral.click(section(spiral).rows[0].remove)
    assert sizes(spiral) == (2, 8, 1)
    assert len(section(spiral).rows) == 1
    undone(spiral, "remove layer")
    assert len(section(spiral).rows) == 2


def test_too_many_layers_are_refused_in_words(ten: Bench) -> None:
    for _ in range(60):
        section(ten).add_layer()
    assert ten.session.network.depth == 64
    assert "Expected at most 64, got 65." in ten.words


def test_what_was_being_typed_goes_with_its_row(spiral: Bench) -> None:
    """Leaving the field would enter it, into a layer that is no more."""
    section(spiral).add_layer()
    row = section(spiral).rows[2]
    field = row.units.field
    field.setFocus()
    field.selectAll()
    spiral.qtbot.keyClicks(field, "77")
    spiral.session.undo()
    assert sizes(spiral) == (2, 8, 8, 1) and spiral.session.redo_name == "add layer"
    assert row.isHidden() and not row.trouble.text()


# -- activation and bias ----------------------------------------------------------------------------


def test_an_activation_is_picked_from_a_menu(spiral: Bench) -> None:
    row = section(spiral).rows[0]
    spiral.pick(row.activation, "relu")
    assert spiral.session.network.layers[0].activation == "relu"
    assert row.activation.text() == "ReLU" and "max(0, z)" in row.activation.toolTip()
    undone(spiral, "change activation to ReLU")
    assert row.activation.text() == "tanh"


def test_softmax_is_greyed_where_it_cannot_be_with_the_reason(spiral: Bench) -> None:
    reasons = {}
    for row in (section(spiral).rows[0], section(spiral).output):
        menu = row.activation.menu_of_options()
        (softmax,) = (action for action in menu.actions() if action.data() == "softmax")
        assert not softmax.isEnabled()
        reasons[row] = softmax.text().split("\t")[1]
        row.choose_activation("softmax")
        assert row.trouble.text().startswith("Softmax") and row.trouble.offer is None
    assert list(reasons.values()) == ["output only", "2 outputs"]
    assert spiral.session.experiment == load_preset("spiral").experiment


def test_what_the_cost_forbids_is_said_and_offered_with_another_cost(spiral: Bench) -> None:
    output = section(spiral).output
    spiral.pick(output.activation, "tanh")
    assert spiral.session.experiment == load_preset("spiral").experiment
    assert output.activation.text() == "sigmoid"
    assert output.trouble.text() == (
        "Binary cross-entropy needs outputs from 0 to 1; those of tanh go beyond. "
        "Change the cost to half squared error as well?"
    )
    assert output.trouble.offer is not None
    output.activation.setFocus()
    spiral.qtbot.keyClick(output.activation, Qt.Key.Key_Tab)
    assert output.trouble.offer.hasFocus()
    spiral.click(output.trouble.offer)
    network = spiral.session.network
    assert (network.layers[-1].activation, network.cost) == ("tanh", "half_squared_error")
    assert not output.trouble.isVisible()
    undone(spiral, "change output to tanh and cost to half squared error")


def test_bias_is_on_or_off(spiral: Bench) -> None:
    row = section(spiral).rows[0]
    spiral.click(row.bias)
    assert not spiral.session.network.layers[0].bias and not row.bias.isChecked()
    undone(spiral, "remove bias")
    assert row.bias.isChecked()


def test_an_activation_leaves_given_weights_given(qapp: QApplication, qtbot: QtBot) -> None:
    toy = Bench(qapp, qtbot, "toy")
    toy.pick(section(toy).rows[0].activation, "tanh")
    assert toy.session.experiment.first == load_preset("toy").experiment.first


# -- alike layers -----------------------------------------------------------------------------------


def group(bench: Bench) -> LayerRow:
    (row,) = section(bench).rows
    return row


def test_equal_hidden_layers_of_a_deep_network_share_a_row(ten: Bench) -> None:
    assert "Hidden 1–10" in ten.words
    assert "Hidden 2 " not in ten.words


def test_a_shared_row_changes_all_its_layers_in_one_edit(ten: Bench) -> None:
    ten.click(group(ten).units.more)
    assert sizes(ten) == (1, *[2] * 10, 1)
    undone(ten, "change units")
    ten.pick(group(ten).activation, "tanh")
    assert {layer.activation for layer in ten.session.network.layers[:-1]} == {"tanh"}
    undone(ten, "change activation to tanh")
    ten.click(group(ten).bias)
    assert all(layer.bias for layer in ten.session.network.layers[:-1])
    undone(ten, "add bias")


def test_a_shared_row_opens_to_change_a_single_layer(ten: Bench) -> None:
    ten.click(group(ten).open)
    rows = section(ten).rows
    assert len(rows) == 10
    ten.click(rows[3].units.more)
    assert sizes(ten) == (1, 1, 1, 1, 2, *[1] * 6, 1)
    assert section(ten).rows == rows
    ten.click(section(ten).fold)
    assert [len(row.layers) for row in section(ten).rows] == [3, 1, 6]


def test_adding_layers_does_not_fold_what_is_being_edited(spiral: Bench) -> None:
    for count in range(3, 8):
        spiral.click(section(spiral).add)
        assert len(section(spiral).rows) == count
    assert section(spiral).fold.isVisible()
