"""The panel on the left: all settings are there, some can be changed, and nothing wrong is applied."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset, preset_names
from bpviz.engine.cost import cost
from bpviz.engine.optimizer import OPTIMIZERS
from bpviz.qt.panels.entries import EntryError, read_batch, read_rate, read_seed, step_rate
from bpviz.qt.panels.entry_row import EntryRow
from bpviz.qt.session import Session
from bpviz.qt.setup_panel import SetupPanel
from bpviz.qt.theme import Theme


class Bench:
    """A session with its set-up panel on screen."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, name: str, width: int = 228) -> None:
        self.session = Session(load_preset(name))
        self.panel = SetupPanel(self.session, Theme(qapp))
        self.panel.fill()
        qtbot.addWidget(self.panel)
        self.panel.resize(width, 640)
        with qtbot.waitExposed(self.panel):
            self.panel.show()

    @property
    def words(self) -> str:
        QApplication.processEvents()  # new rows are shown by the event loop
        labels = [label for label in self.panel.findChildren(QLabel) if label.isVisibleTo(self.panel)]
        return " | ".join(label.text() for label in labels)

    def type(self, qtbot: QtBot, row: EntryRow, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
        row.field.setFocus()
        row.field.selectAll()
        qtbot.keyClicks(row.field, text)
        qtbot.keyClick(row.field, end)


@pytest.fixture
def toy(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "toy")


@pytest.fixture
def sine(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "sine")


# -- what is shown --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", preset_names())
def test_every_setting_is_shown(qapp: QApplication, qtbot: QtBot, name: str) -> None:
    bench = Bench(qapp, qtbot, name)
    experiment = bench.session.experiment
    words = bench.words
    assert cost(experiment.network.cost).label in words
    assert OPTIMIZERS[experiment.learning.optimizer.name] in words
    assert experiment.learning.schedule.name in words
    assert bench.session.dataset.title in words
    assert float(bench.panel.learning.rate.field.text_shown) == experiment.learning.rate
    assert int(bench.panel.learning.seed.field.text_shown) == experiment.seed


@pytest.mark.parametrize("width", [200, 228, 320])
@pytest.mark.parametrize("name", preset_names())
def test_nothing_is_wider_than_the_panel(qapp: QApplication, qtbot: QtBot, name: str, width: int) -> None:
    bench = Bench(qapp, qtbot, name, width)
    qapp.processEvents()
    inner = bench.panel.area.widget()
    assert inner.width() <= bench.panel.area.viewport().width()
    for label in inner.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.width() >= label.minimumSizeHint().width(), label.text()
            assert label.mapTo(inner, QPoint(0, 0)).x() + label.width() <= inner.width(), label.text()


def test_equal_hidden_layers_of_a_deep_network_share_a_row(qapp: QApplication, qtbot: QtBot) -> None:
    words = Bench(qapp, qtbot, "ten-hidden").words
    assert "Hidden 1–10" in words
    assert "Hidden 2 " not in words


def test_a_lone_example_is_shown_with_its_values(toy: Bench) -> None:
    assert "X | 2.00" in toy.words
    assert "y | 0.500" in toy.words


def test_another_preset_replaces_everything(toy: Bench) -> None:
    toy.session.open_preset(load_preset("iris"))
    assert "categorical cross-entropy" in toy.words
    assert "half squared error" not in toy.words
    assert "8 units, bias" in toy.words


# -- the learning rate ----------------------------------------------------------------------------


def test_a_typed_rate_holds_from_the_present_step_on(qtbot: QtBot, toy: Bench) -> None:
    toy.session.advance(3)
    before = toy.session.record.layers[0].w
    toy.type(qtbot, toy.panel.learning.rate, "1e-3")
    assert toy.session.learning.rate == 0.001
    assert toy.session.record.step == 3
    assert (toy.session.record.layers[0].w == before).all()
    assert toy.session.record.rate == 0.001


def test_return_gives_the_keyboard_back_unless_the_entry_is_refused(qtbot: QtBot, toy: Bench) -> None:
    field = toy.panel.learning.rate.field
    toy.type(qtbot, toy.panel.learning.rate, "fast")
    assert field.hasFocus()
    toy.type(qtbot, toy.panel.learning.rate, "0.2")
    assert not field.hasFocus()


def test_leaving_the_field_enters_the_rate(qtbot: QtBot, toy: Bench) -> None:
    toy.type(qtbot, toy.panel.learning.rate, "0,25", Qt.Key.Key_Tab)
    assert toy.session.learning.rate == 0.25


@pytest.mark.parametrize("entry", ["", "fast", "-0.1", "0", "inf", "nan", "1e9"])
def test_a_wrong_rate_is_answered_with_a_sentence(qtbot: QtBot, toy: Bench, entry: str) -> None:
    row = toy.panel.learning.rate
    row.field.setFocus()
    row.field.selectAll()
    qtbot.keyClick(row.field, Qt.Key.Key_Delete)
    qtbot.keyClicks(row.field, entry)
    qtbot.keyClick(row.field, Qt.Key.Key_Return)
    assert toy.session.learning.rate == 0.1
    assert row.trouble.isVisible()
    assert row.trouble.text().endswith(".")
    assert row.field.text_shown == entry


def test_escape_gives_the_rate_in_force_back(qtbot: QtBot, toy: Bench) -> None:
    toy.type(qtbot, toy.panel.learning.rate, "fast")
    qtbot.keyClick(toy.panel.learning.rate.field, Qt.Key.Key_Escape)
    assert toy.panel.learning.rate.field.text_shown == "0.1"
    assert not toy.panel.learning.rate.trouble.isVisible()


def test_arrow_keys_step_the_rate_along_the_series(qtbot: QtBot, toy: Bench) -> None:
    seen = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(toy.panel.learning.rate.field, key)
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


def wheel(field: object) -> None:
    at, none = QPointF(5, 5), Qt.MouseButton.NoButton
    phase, held = Qt.ScrollPhase.NoScrollPhase, Qt.KeyboardModifier.NoModifier
    turn = QWheelEvent(at, at, QPoint(), QPoint(0, 120), none, held, phase, False)
    QApplication.sendEvent(field, turn)  # type: ignore[arg-type]


def test_a_rate_that_is_only_looked_at_is_not_changed(qtbot: QtBot, toy: Bench) -> None:
    toy.session.set_learning(replace(toy.session.learning, rate=0.123456789))
    field = toy.panel.learning.rate.field
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    field.clearFocus()
    assert toy.session.learning.rate == 0.123456789


@given(st.integers(-14, 3), st.integers(1, 3))
def test_steps_along_the_series_can_be_taken_back(place: int, steps: int) -> None:
    rate = float(f"{3 if place % 2 else 1}e{place // 2}")
    assert step_rate(step_rate(rate, steps), -steps) == rate


@given(st.floats(1e-6, 30, allow_nan=False))
def test_a_step_up_is_larger_and_a_step_down_smaller(rate: float) -> None:
    assert step_rate(rate, -1) < rate < step_rate(rate, 1)


def test_from_between_two_places_the_rate_goes_to_a_neighbour() -> None:
    assert (step_rate(0.05, 1), step_rate(0.05, -1)) == (0.1, 0.03)


# -- batch size -----------------------------------------------------------------------------------


def test_a_batch_size_holds_from_the_present_step_on(qtbot: QtBot, sine: Bench) -> None:
    sine.type(qtbot, sine.panel.learning.batch, "7")
    assert sine.session.record.batch == 7


def test_all_means_every_training_example(qtbot: QtBot, sine: Bench) -> None:
    sine.type(qtbot, sine.panel.learning.batch, "all")
    assert sine.session.record.batch == sine.session.trainer.train.count
    assert sine.panel.learning.batch.field.text_shown == "all"


@pytest.mark.parametrize("entry", ["0", "-1", "2.5", "many", "100000"])
def test_a_wrong_batch_size_is_answered_with_a_sentence(qtbot: QtBot, sine: Bench, entry: str) -> None:
    before = sine.session.learning
    sine.type(qtbot, sine.panel.learning.batch, entry)
    assert sine.session.learning == before
    assert sine.panel.learning.batch.trouble.isVisible()


def test_arrow_keys_stop_at_the_smallest_batch(qtbot: QtBot, sine: Bench) -> None:
    sine.type(qtbot, sine.panel.learning.batch, "2")
    for _ in range(3):
        qtbot.keyClick(sine.panel.learning.batch.field, Qt.Key.Key_Down)
    assert sine.session.learning.batch_size == 1


def test_one_example_leaves_no_batch_to_choose(toy: Bench) -> None:
    assert not toy.panel.learning.batch.isVisible()
    assert "1 example" in toy.words


# -- seed -----------------------------------------------------------------------------------------


def test_another_seed_starts_over_with_other_weights(qtbot: QtBot, sine: Bench) -> None:
    sine.session.advance(2)
    before = sine.session.record.layers[0].w
    sine.type(qtbot, sine.panel.learning.seed, "99")
    assert sine.session.experiment.seed == 99
    assert sine.session.record.step == 0
    assert (sine.session.record.layers[0].w != before).any()


def test_rolling_gives_other_first_weights_even_where_they_were_given(toy: Bench) -> None:
    toy.panel.learning.roll()
    assert toy.session.record.layers[0].w[0, 0] != 0.6
    assert "uniform, −1 to 1" in toy.words


def test_a_wrong_seed_is_answered_with_a_sentence(qtbot: QtBot, toy: Bench) -> None:
    toy.type(qtbot, toy.panel.learning.seed, "lucky")
    assert toy.session.experiment.seed == load_preset("toy").experiment.seed
    assert toy.panel.learning.seed.trouble.isVisible()


# -- entries --------------------------------------------------------------------------------------


@given(st.text())
def test_any_text_is_a_number_or_a_sentence(text: str) -> None:
    for read in (read_rate, read_seed):
        try:
            assert read(text) >= 0
        except EntryError as error:
            assert str(error).endswith(".")
    try:
        assert 1 <= read_batch(text, 12) <= 12
    except EntryError as error:
        assert str(error).endswith(".")
