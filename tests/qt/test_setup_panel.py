"""The panel on the left: all settings are there, in reach of the keyboard, and fit."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset, preset_names
from bpviz.engine.activation import activation
from bpviz.engine.cost import cost
from bpviz.engine.optimizer import OPTIMIZERS, SCHEDULES
from tests.qt.setup_bench import Bench


@pytest.mark.parametrize("name", preset_names())
def test_every_setting_is_shown(qapp: QApplication, qtbot: QtBot, name: str) -> None:
    bench = Bench(qapp, qtbot, name)
    experiment, learning = bench.session.experiment, bench.panel.learning
    words = bench.words
    assert cost(experiment.network.cost).label in words
    assert OPTIMIZERS[experiment.learning.optimizer.name] in words
    assert SCHEDULES[experiment.learning.schedule.name] in words
    assert bench.session.dataset.title in words
    assert float(learning.rate.field.text_shown) == experiment.learning.rate
    assert int(learning.start.seed.field.text_shown) == experiment.seed
    rows = [*bench.panel.network.rows, bench.panel.network.output]
    shown = {k: row for row in rows for k in row.layers}
    for k, layer in enumerate(experiment.network.layers):
        assert shown[k].units.field.text_shown == str(layer.units)
        assert shown[k].activation.text() == activation(layer.activation).label
        assert shown[k].bias.isChecked() == layer.bias


@pytest.mark.parametrize("width", [224, 252, 320])
@pytest.mark.parametrize("name", preset_names())
def test_nothing_is_wider_than_the_panel(qapp: QApplication, qtbot: QtBot, name: str, width: int) -> None:
    bench = Bench(qapp, qtbot, name, width)
    for act in ("relu", "gelu"):
        bench.panel.network.output.choose_activation(act)  # refused under a cross-entropy, with its sentence
        qapp.processEvents()
        _check_widths(bench)


def _check_widths(bench: Bench) -> None:
    inner = bench.panel.area.widget()
    assert inner.width() <= bench.panel.area.viewport().width()
    parts = (part for kind in (QLabel, QPushButton, QCheckBox) for part in inner.findChildren(kind))
    for part in parts:
        if part.isVisible() and part.text():
            assert part.width() >= part.minimumSizeHint().width(), part.text()
            assert part.mapTo(inner, QPoint(0, 0)).x() + part.width() <= inner.width(), part.text()


@pytest.mark.parametrize("name", ["toy", "digits", "single-neuron"])
def test_another_preset_replaces_everything(qapp: QApplication, qtbot: QtBot, name: str) -> None:
    bench = Bench(qapp, qtbot, name)
    fresh = Bench(qapp, qtbot, "iris")
    bench.session.open_preset(load_preset("iris"))
    assert sorted(bench.words.split(" | ")) == sorted(fresh.words.split(" | "))


def test_undo_brings_everything_back(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "spiral")
    before = bench.words
    bench.session.open_preset(load_preset("toy"))
    assert bench.words != before
    bench.session.undo()
    assert sorted(bench.words.split(" | ")) == sorted(before.split(" | "))


# -- the keyboard ---------------------------------------------------------------------------------


def stops(bench: Bench) -> list[QWidget]:
    """Where Tab leads, once around."""
    bench.panel.network.gaps[0].setFocus()
    first = seen = bench.panel.focusWidget()
    found = [first]
    while (seen := seen.nextInFocusChain()) is not first:
        tab = seen.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        if tab and seen.isVisible() and seen.isEnabled() and not isinstance(seen, QLineEdit):
            found.append(seen)
    return found


@pytest.mark.parametrize("name", ["toy", "ten-hidden", "iris"])
def test_tab_goes_from_the_top_to_the_bottom(qapp: QApplication, qtbot: QtBot, name: str) -> None:
    """Also past rows that were made long after the others."""
    bench = Bench(qapp, qtbot, name)
    bench.panel.network.gaps[0].add_layer()
    bench.panel.network.add_layer()
    bench.panel.learning.choose_optimizer("rmsprop")
    bench.panel.learning.choose_optimizer("adamw")
    bench.panel.learning.choose_schedule("step")
    bench.panel.learning.start.choose_first("normal")
    qapp.processEvents()
    inner, found = bench.panel.area.widget(), stops(bench)
    assert len(found) > 20
    places = [stop.mapTo(inner, stop.rect().center()) for stop in found]
    for above, below in pairwise(places):
        same_line = abs(above.y() - below.y()) <= 3
        assert above.y() < below.y() or (same_line and above.x() < below.x())


@pytest.mark.parametrize("name", ["toy", "iris"])
def test_every_control_says_what_it_is(qapp: QApplication, qtbot: QtBot, name: str) -> None:
    bench = Bench(qapp, qtbot, name)
    for stop in stops(bench):
        assert stop.accessibleName() or (isinstance(stop, QAbstractButton) and len(stop.text()) > 1)
        assert stop.toolTip()


def test_the_keyboard_stays_where_it_is_while_the_network_changes(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "spiral")
    more = bench.panel.network.rows[1].units.more
    more.setFocus()
    bench.click(more)
    bench.session.undo()
    assert more.hasFocus()


@pytest.mark.qt_log_ignore("This plugin does not support")  # which is offscreen's word on every popup
def test_down_opens_a_menu_at_what_is_chosen(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "toy")
    picker = bench.panel.learning.optimizer.picker
    qtbot.keyClick(picker, Qt.Key.Key_Down)
    menu = QApplication.activePopupWidget()
    assert menu.activeAction().data() == "gradient_descent"
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert picker.text() == "momentum"


def test_what_is_refused_below_the_edge_comes_into_sight(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "iris")
    trouble = bench.panel.data.share.trouble
    bench.panel.area.verticalScrollBar().setValue(0)
    bench.panel.data.share.field.entered.emit("half")
    qtbot.waitUntil(lambda: bench.panel.area.verticalScrollBar().value() > 0)
    bottom = trouble.mapTo(bench.panel.area.viewport(), trouble.rect().bottomLeft()).y()
    assert 0 < bottom <= bench.panel.area.viewport().height()
