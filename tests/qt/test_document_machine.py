"""Any order of editing, training, undoing, saving, opening and sharing leaves a session that is whole."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bpviz.document import editing, storage
from bpviz.document.errors import DocumentError
from bpviz.document.preset import load_preset
from bpviz.engine.network import LayerParameters
from bpviz.qt.keeping.documents import Documents
from bpviz.qt.session import Session

PRESETS = st.sampled_from(["toy", "xor", "single-neuron", "sine"])
FILES = st.sampled_from(["a.bpviz", "b.bpviz", "c.bpviz"])
WORD = "The model and the session disagree"


class Machine(RuleBasedStateMachine):
    """Beside the session, a model of it: the text of each state that undo, redo and files lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="bpviz-machine-")
        self.session = Session(load_preset("toy"))
        self.documents = Documents(self.session)
        self.failed: list[str] = []
        self.documents.failed.connect(self.failed.append)
        self.done: list[str] = []    # the states that undo leads to, in texts
        self.undone: list[str] = []
        self.files: dict[str, str] = {}
        self.clipboard = ""
        self.documents.copied.connect(self.take_text)

    def take_text(self, text: str) -> None:
        self.clipboard = text

    def teardown(self) -> None:
        self.folder.cleanup()

    @property
    def text(self) -> str:
        return storage.document_text(self.session.snapshot())

    def path(self, name: str) -> Path:
        return Path(self.folder.name) / name

    def undoable(self, before: str) -> None:
        """Something was done that undo takes back."""
        self.done.append(before)
        self.undone.clear()

    # -- what a person does ------------------------------------------------------------------

    @initialize(name=PRESETS)
    def begin(self, name: str) -> None:
        self.open_preset(name)

    @rule(name=PRESETS)
    def open_preset(self, name: str) -> None:
        before = self.text
        self.documents.open_preset(load_preset(name))
        self.undoable(before)
        assert self.documents.path is None and not self.documents.modified

    @rule(kind=st.sampled_from(["add unit", "add layer", "remove layer", "roll", "bias"]))
    def edit(self, kind: str) -> None:
        experiment, before = self.session.experiment, self.text
        try:
            edit = {
                "add unit": lambda: editing.add_unit(experiment, 0),
                "add layer": lambda: editing.add_layer(experiment, 0),
                "remove layer": lambda: editing.remove_layer(experiment, 0),
                "roll": lambda: editing.roll(experiment),
                "bias": lambda: editing.set_bias(experiment, 0, not experiment.network.layers[0].bias),
            }[kind]()
            self.session.apply(edit)
        except DocumentError:
            assert self.text == before, WORD
            return
        self.undoable(before)
        assert self.documents.modified

    @rule(rate=st.floats(0.01, 0.5))
    def change_the_rate(self, rate: float) -> None:
        before, learning = self.text, self.session.learning
        self.session.set_learning(replace(learning, rate=rate))
        self.undoable(before)

    @rule(scale=st.floats(-2.0, 2.0))
    def edit_weights(self, scale: float) -> None:
        before = self.text
        scaled = (LayerParameters(p.w * scale, p.b) for p in self.session.trainer.parameters)
        self.session.set_parameters("edit weights", tuple(scaled))
        self.undoable(before)

    @precondition(lambda self: self.session.runs)
    @rule(name=st.text(max_size=5), hidden=st.booleans(), removed=st.booleans())
    def touch_the_earlier_runs(self, name: str, hidden: bool, removed: bool) -> None:
        before, (oldest, *others) = self.text, self.session.runs
        runs = (*others,) if removed else (replace(oldest, name=name, hidden=hidden), *others)
        self.session.set_runs("touch earlier runs", runs)
        self.undoable(before)
        assert self.documents.modified

    @rule(steps=st.integers(1, 20))
    def train(self, steps: int) -> None:
        self.session.advance(steps)

    @rule(share=st.floats(0.0, 1.0))
    def go_back(self, share: float) -> None:
        self.session.go_to(int(share * self.session.trainer.reached))

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        now = self.text
        self.session.undo()
        self.undone.append(now)
        assert self.text == self.done.pop(), WORD

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        now = self.text
        self.session.redo()
        self.done.append(now)
        assert self.text == self.undone.pop(), WORD

    @rule(name=FILES)
    def save(self, name: str) -> None:
        self.documents.save(self.path(name))
        self.documents.finish()
        self.files[name] = self.text
        assert not self.documents.modified and self.documents.path == self.path(name)

    @rule(name=FILES)
    def open(self, name: str) -> None:
        before, count = self.text, len(self.failed)
        self.documents.open(self.path(name))
        self.documents._reader.finish()
        if name not in self.files:
            assert self.text == before and len(self.failed) == count + 1, WORD
            return
        self.undoable(before)
        assert self.text == self.files[name] and not self.documents.modified, WORD

    @rule(name=FILES, end=st.integers(0, 200))
    def open_a_damaged_file(self, name: str, end: int) -> None:
        before, count = self.text, len(self.failed)
        damaged = self.path("damaged.bpviz")
        damaged.write_text(self.files.get(name, "{}")[: -2 - end], "utf-8")
        self.documents.open(damaged)
        self.documents._reader.finish()
        assert self.text == before and len(self.failed) == count + 1, WORD

    @rule()
    def copy(self) -> None:
        self.documents.copy()
        self.documents.finish()
        assert self.clipboard == self.text, WORD

    @precondition(lambda self: self.clipboard)
    @rule()
    def paste(self) -> None:
        before = self.text
        self.documents.paste(self.clipboard)
        self.documents._reader.finish()
        self.undoable(before)
        assert self.text == self.clipboard and self.documents.modified, WORD

    # -- what is always so -------------------------------------------------------------------

    @invariant()
    def it_can_train_on_or_says_why_not(self) -> None:
        trainer = self.session.snapshot().trainer()
        assert trainer.advance() is None or trainer.divergence is not None

    @invariant()
    def files_hold_what_was_saved(self) -> None:
        for name, text in self.files.items():
            assert self.path(name).read_text("utf-8") == text
        if self.files:
            assert storage.document_text(storage.read_document(self.path(next(iter(self.files))))) in (
                self.files.values()
            )

    @invariant()
    def names_of_undo_and_redo_are_there_when_the_model_has_some(self) -> None:
        assert bool(self.session.undo_name) == bool(self.done)
        assert bool(self.session.redo_name) == bool(self.undone)

    @invariant()
    def a_state_that_is_not_modified_is_in_its_file(self) -> None:
        path = self.documents.path
        if path is not None and not self.documents.modified:
            assert self.text == self.files[path.name], WORD


@pytest.mark.usefixtures("qapp")
def test_no_order_of_acts_breaks_a_session_or_a_file() -> None:
    some = settings(
        max_examples=12, stateful_step_count=25, deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )  # fmt: skip
    run_state_machine_as_test(Machine, settings=some)
