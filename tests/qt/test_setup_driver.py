"""Whatever is pressed, picked and typed in the set-up, the session can be trained and the panel shows it."""

from __future__ import annotations

import random

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.engine.activation import ACTIVATIONS
from bpviz.engine.cost import COSTS
from bpviz.engine.initializer import INITIALIZERS
from bpviz.engine.optimizer import OPTIMIZERS, SCHEDULES
from bpviz.qt.panels.number_field import NumberField
from tests.qt.setup_bench import Bench

ENTRIES = ("0", "1", "2", "5", "0.5", "-1", "1e-3", "99", "1e6", "all", "many", "")
ACTS = 60


class Monkey:
    """Uses one control after another, drawn from a seed."""

    def __init__(self, bench: Bench, seed: int) -> None:
        self.bench = bench
        self.random = random.Random(seed)

    def act(self) -> None:
        self.random.choice((self.layers, self.pick, self.type, self.step, self.accept, self.history))()

    def layers(self) -> None:
        network = self.bench.panel.network
        rows = network.rows
        presses = [network.add, network.fold, network.output.bias, *network.gaps]
        for row in rows:
            presses += [row.units.more, row.units.fewer, row.remove, row.open, row.bias]
        shown = [press for press in presses if not press.isHidden() and press.isEnabled()]
        self.random.choice(shown).click()

    def pick(self) -> None:
        panel = self.bench.panel
        row = self.random.choice([*panel.network.rows, panel.network.output])
        choose, names = self.random.choice((
            (row.choose_activation, ACTIVATIONS), (panel.learning.cost.choose, COSTS),
            (panel.learning.choose_optimizer, OPTIMIZERS), (panel.learning.choose_schedule, SCHEDULES),
            (panel.learning.start.choose_first, [name for name in INITIALIZERS if name != "given"]),
        ))  # fmt: skip
        choose(self.random.choice(list(names)))

    @property
    def field(self) -> NumberField:
        fields = self.bench.panel.findChildren(NumberField)
        return self.random.choice([f for f in fields if f.isVisibleTo(self.bench.panel) and f.isEnabled()])

    def type(self) -> None:
        self.field.entered.emit(self.random.choice(ENTRIES))

    def step(self) -> None:
        self.field.stepBy(self.random.choice((-3, -1, 1, 2)))

    def accept(self) -> None:
        panel = self.bench.panel
        for trouble in (panel.network.output.trouble, panel.learning.cost.trouble):
            if trouble.offer is not None:
                trouble.offer.click()

    def history(self) -> None:
        self.random.choice((self.bench.session.undo, self.bench.session.redo))()


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_pressed_can_be_trained_and_is_shown(qapp: QApplication, qtbot: QtBot, seed: int) -> None:
    name = ("toy", "single-neuron", "xor", "circle", "iris", "ten-hidden")[seed % 6]
    bench = Bench(qapp, qtbot, name)
    monkey = Monkey(bench, seed)
    for _ in range(ACTS):
        monkey.act()
        assert bench.session.record.step == bench.session.trainer.step
        if monkey.random.random() < 0.2:
            bench.session.advance(2)  # which may diverge, and then says so
    qapp.processEvents()
    shown = bench.words
    fresh = Bench(qapp, qtbot, name)
    fresh.session.open_snapshot("open", bench.session.snapshot())
    if fresh.panel.network.rows != [] and len(fresh.panel.network.rows) == len(bench.panel.network.rows):
        assert stripped(bench, shown) == stripped(fresh, fresh.words)
    while bench.session.undo_name:
        bench.session.undo()
    assert bench.session.experiment.network == load_preset(name).experiment.network


def stripped(bench: Bench, words: str) -> list[str]:
    """Without what is said of refusals, which are of the moment."""
    troubles = [row.trouble.text() for row in (*bench.panel.network.rows, bench.panel.network.output)]
    return sorted(word for word in words.split(" | ") if word not in troubles and not word.endswith("."))
