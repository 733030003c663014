"""Learning rate, batch size and seed: typed, stepped or refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from tests.qt.setup_bench import Bench, wheel


@pytest.fixture
def toy(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "toy")


@pytest.fixture
def sine(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "sine")


# -- the learning rate ----------------------------------------------------------------------------


def test_a_typed_rate_holds_from_the_present_step_on(toy: Bench) -> None:
    toy.session.advance(3)
    before = toy.session.record.layers[0].w
    toy.type(toy.panel.learning.rate.field, "1e-3")
    assert toy.session.learning.rate == 0.001
    assert toy.session.record.step == 3
    assert (toy.session.record.layers[0].w == before).all()
    assert toy.session.record.rate == 0.001


def test_return_gives_the_keyboard_back_unless_the_entry_is_refused(toy: Bench) -> None:
    field = toy.panel.learning.rate.field
    toy.type(toy.panel.learning.rate.field, "fast")
    assert field.hasFocus()
    toy.type(toy.panel.learning.rate.field, "0.2")
    assert not field.hasFocus()


def test_leaving_the_field_enters_the_rate(toy: Bench) -> None:
    toy.type(toy.panel.learning.rate.field, "0,25", Qt.Key.Key_Tab)
    assert toy.session.learning.rate == 0.25


@pytest.mark.parametrize("entry", ["", "fast", "-0.1", "0", "inf", "nan", "1e9"])
def test_a_wrong_rate_is_answered_with_a_sentence(toy: Bench, entry: str) -> None:
    row = toy.panel.learning.rate
    row.field.setFocus()
    row.field.selectAll()
    toy.qtbot.keyClick(row.field, Qt.Key.Key_Delete)
    toy.qtbot.keyClicks(row.field, entry)
    toy.qtbot.keyClick(row.field, Qt.Key.Key_Return)
    assert toy.session.learning.rate == 0.1
    assert row.trouble.isVisible()
    assert row.trouble.text().endswith(".")
    assert row.field.text_shown == entry


def test_escape_gives_the_rate_in_force_back(toy: Bench) -> None:
    toy.type(toy.panel.learning.rate.field, "fast")
    toy.qtbot.keyClick(toy.panel.learning.rate.field, Qt.Key.Key_Escape)
    assert toy.panel.learning.rate.field.text_shown == "0.1"
    assert not toy.panel.learning.rate.trouble.isVisible()


def test_arrow_keys_step_the_rate_along_the_series(toy: Bench) -> None:
    seen = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        toy.qtbot.keyClick(toy.panel.learning.rate.field, key)
        seen.append(toy.session.learning.rate)
    assert seen == [0.3, 1.0, 3.0, 1.0]


def test_the_wheel_steps_only_the_field_that_has_the_keyboard(toy: Bench) -> None:
    field = toy.panel.learning.rate.field
    field.clearFocus()
    wheel(field)
    assert toy.session.learning.rate == 0.1
    field.setFocus()
    wheel(field)
    assert toy.session.learning.rate == 0.3


def test_a_rate_that_is_only_looked_at_is_not_changed(toy: Bench) -> None:
    toy.session.set_learning(replace(toy.session.learning, rate=0.123456789))
    field = toy.panel.learning.rate.field
    field.setFocus()
    toy.qtbot.keyClick(field, Qt.Key.Key_Return)
    field.clearFocus()
    assert toy.session.learning.rate == 0.123456789


# -- batch size -----------------------------------------------------------------------------------


def test_a_batch_size_holds_from_the_present_step_on(sine: Bench) -> None:
    sine.type(sine.panel.learning.batch.field, "7")
    assert sine.session.record.batch == 7


def test_all_means_every_training_example(sine: Bench) -> None:
    sine.type(sine.panel.learning.batch.field, "all")
    assert sine.session.record.batch == sine.session.trainer.train.count
    assert sine.panel.learning.batch.field.text_shown == "all"


@pytest.mark.parametrize("entry", ["0", "-1", "2.5", "many", "100000"])
def test_a_wrong_batch_size_is_answered_with_a_sentence(sine: Bench, entry: str) -> None:
    before = sine.session.learning
    sine.type(sine.panel.learning.batch.field, entry)
    assert sine.session.learning == before
    assert sine.panel.learning.batch.trouble.isVisible()


def test_arrow_keys_stop_at_the_smallest_batch(sine: Bench) -> None:
    sine.type(sine.panel.learning.batch.field, "2")
    for _ in range(3):
        sine.qtbot.keyClick(sine.panel.learning.batch.field, Qt.Key.Key_Down)
    assert sine.session.learning.batch_size == 1


def test_one_example_leaves_no_batch_to_choose(toy: Bench) -> None:
    assert not toy.panel.learning.batch.isVisible()
    assert "1 example" in toy.words


# -- seed -----------------------------------------------------------------------------------------


def test_another_seed_starts_over_with_other_weights(sine: Bench) -> None:
    sine.session.advance(2)
    before = sine.session.record.layers[0].w
    sine.type(sine.panel.learning.start.seed.field, "99")
    assert sine.session.experiment.seed == 99
    assert sine.session.record.step == 0
    assert (sine.session.record.layers[0].w != before).any()


def test_rolling_gives_other_first_weights_even_where_they_were_given(toy: Bench) -> None:
    toy.panel.learning.start._roll.click()
    assert toy.session.record.layers[0].w[0, 0] != 0.6
    assert toy.panel.learning.start.first.picker.text() == "uniform"
    assert toy.panel.learning.start.constants.row("low").field.text_shown == "-1"


def test_a_wrong_seed_is_answered_with_a_sentence(toy: Bench) -> None:
    toy.type(toy.panel.learning.start.seed.field, "lucky")
    assert toy.session.experiment.seed == load_preset("toy").experiment.seed
    assert toy.panel.learning.start.seed.trouble.isVisible()


# -- undo -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["seed", "share", "units"])
def test_steps_of_one_field_are_undone_together(sine: Bench, qtbot: QtBot, field: str) -> None:
    panel = sine.panel
    fields = {
        "seed": panel.learning.start.seed.field, "share": panel.data.share.field,
        "units": panel.network.rows[1].units.field,
    }
    before = sine.session.experiment
    for _ in range(3):
        qtbot.keyClick(fields[field], Qt.Key.Key_Up)
    assert sine.session.experiment != before
    sine.session.undo()
    assert sine.session.experiment == before and sine.session.undo_name == ""


def test_a_step_after_training_is_an_edit_of_its_own(sine: Bench, qtbot: QtBot) -> None:
    field = sine.panel.learning.start.seed.field
    qtbot.keyClick(field, Qt.Key.Key_Up)
    between = sine.session.experiment
    sine.session.advance(2)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    sine.session.undo()
    assert sine.session.experiment == between and sine.session.trainer.step == 2
