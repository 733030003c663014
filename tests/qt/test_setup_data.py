"""What the network learns from is shown; how much of it is held out can be changed."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from tests.qt.setup_bench import Bench


@pytest.fixture
def toy(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "toy")


@pytest.fixture
def iris(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "iris")


def test_a_lone_example_is_shown_with_its_values(toy: Bench) -> None:
    assert "X | 2.00" in toy.words
    assert "y | 0.500" in toy.words
    assert not toy.panel.data.share.isVisible()


def test_other_data_are_asked_for(iris: Bench) -> None:
    with iris.qtbot.waitSignal(iris.panel.data_asked):
        iris.click(iris.panel.data.change)


def test_a_share_is_held_out_with_the_weights_as_they_are(iris: Bench) -> None:
    iris.session.advance(6)
    before = [p.w for p in iris.session.trainer.parameters]
    iris.type(iris.panel.data.share.field, "20")
    assert iris.session.experiment.validation_share == 0.2
    assert iris.session.trainer.validation is not None and iris.session.trainer.validation.count == 30
    assert "120 examples" in iris.words and "30" in iris.words.split(" | ")
    after = [p.w for p in iris.session.trainer.parameters]
    assert all(np.array_equal(a, b) for a, b in zip(after, before, strict=True))
    assert iris.session.undo_name == "change validation share"
    iris.session.undo()
    assert iris.panel.data.share.field.text_shown == "30 %" and "105 examples" in iris.words


def test_nothing_may_be_held_out(iris: Bench) -> None:
    iris.type(iris.panel.data.share.field, "0 %")
    assert iris.session.trainer.validation is None
    assert "none" in iris.words.split(" | ")


@pytest.mark.parametrize("entry", ["95", "-5", "half", "nan", "1e9"])
def test_a_wrong_share_is_answered_with_a_sentence(iris: Bench, entry: str) -> None:
    iris.type(iris.panel.data.share.field, entry)
    assert iris.session.experiment == load_preset("iris").experiment
    assert iris.panel.data.share.trouble.text() == "Type a percentage from 0 to 90."


def test_arrow_keys_step_the_share(iris: Bench) -> None:
    iris.qtbot.keyClick(iris.panel.data.share.field, Qt.Key.Key_Up)
    assert iris.session.experiment.validation_share == 0.35
    assert iris.panel.data.share.field.text_shown == "35 %"
