"""Documents beside a session, without a window: saved, opened, shared, and known to be changed or not."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from bpviz.document import storage
from bpviz.document.earlier import EarlierRun
from bpviz.document.editing import add_unit, roll
from bpviz.document.preset import load_preset
from bpviz.document.snapshot import Snapshot
from bpviz.engine.network import Parameters
from bpviz.qt.keeping.documents import NO_TEXT, Documents
from bpviz.qt.keeping.recent import add_recent, forget_recent, recent_paths
from bpviz.qt.session import Session


class Bench:
    """A session with its documents, and what they said."""

    def __init__(self, qtbot: QtBot, name: str = "xor") -> None:
        self.qtbot = qtbot
        self.session = Session(load_preset(name))
        self.documents = Documents(self.session)
        self.failed: list[str] = []
        self.changes: list[tuple[str, bool]] = []
        self.documents.failed.connect(self.failed.append)
        self.documents.changed.connect(self._note)

    def _note(self) -> None:
        self.changes.append((self.documents.name, self.documents.modified))

    def edit(self) -> None:
        self.session.apply(add_unit(self.session.experiment, 0))

    def save(self, path: Path) -> None:
        self.documents.save(path)
        self.documents.finish()

    def open(self, path: Path) -> None:
        with self.qtbot.waitSignal(self.documents.opened):
            self.documents.open(path)

    def until(self, so: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(so()))


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def same(a: Parameters, b: Parameters) -> bool:
    return all(
        np.array_equal(p.w, q.w) and (p.b is None or np.array_equal(p.b, q.b))
        for p, q in zip(a, b, strict=True)
    )


def text_of(snapshot: Snapshot) -> str:
    return storage.document_text(snapshot)


# -- what counts as a change ------------------------------------------------------------------------------


def test_a_preset_is_not_changed_by_training_but_by_an_edit(bench: Bench) -> None:
    bench.session.advance(50)
    assert not bench.documents.modified
    bench.edit()
    assert bench.documents.modified and bench.changes == [("Exclusive or", True)]


def test_what_undo_takes_back_is_no_change_any_more(bench: Bench) -> None:
    bench.edit()
    bench.session.undo()
    assert not bench.documents.modified
    bench.session.redo()
    assert bench.documents.modified


def test_a_document_with_a_file_is_changed_by_training_too(bench: Bench, tmp_path: Path) -> None:
    bench.save(tmp_path / "a.bpviz")
    assert not bench.documents.modified
    bench.session.advance(1)
    assert bench.documents.modified
    bench.session.go_to(0)
    assert bench.documents.modified, "the run is longer than the saved one"


def test_weights_and_settings_changed_by_hand_are_changes(bench: Bench, tmp_path: Path) -> None:
    bench.session.advance(5)
    bench.save(tmp_path / "a.bpviz")
    for act in (
        lambda: bench.session.set_parameters("edit", bench.session.trainer.first),
        lambda: bench.session.set_learning(load_preset("sine").experiment.learning),
    ):
        act()
        assert bench.documents.modified
        bench.session.undo()
        assert not bench.documents.modified


def test_steps_of_one_gesture_are_noticed_though_undone_together(bench: Bench, tmp_path: Path) -> None:
    bench.session.set_parameters("drag", bench.session.trainer.first, "gesture")
    bench.save(tmp_path / "a.bpviz")
    bench.session.set_parameters("drag", bench.session.trainer.first, "gesture")
    assert bench.documents.modified


# -- saving -----------------------------------------------------------------------------------------------


def test_saving_gives_the_document_a_file_that_holds_all_of_it(bench: Bench, tmp_path: Path) -> None:
    bench.edit()
    bench.session.advance(30)
    path = tmp_path / "mine.bpviz"
    bench.save(path)
    assert (bench.documents.path, bench.documents.name) == (path, "mine.bpviz")
    assert not bench.documents.modified
    assert text_of(storage.read_document(path)) == text_of(bench.session.snapshot())
    assert recent_paths() == [path]


def test_what_changes_while_it_is_saved_is_not_saved(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, usual = Event(), storage.write_document

    def slow(path: Path, snapshot: Snapshot) -> None:
        go.wait()
        usual(path, snapshot)

    monkeypatch.setattr(storage, "write_document", slow)
    bench.documents.save(tmp_path / "a.bpviz")
    before = text_of(bench.session.snapshot())
    bench.session.advance(3)
    go.set()
    bench.documents.finish()
    assert bench.documents.modified
    assert text_of(storage.read_document(tmp_path / "a.bpviz")) == before


def test_two_savings_never_write_at_once_and_the_later_one_wins(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing, most = [0], [0]
    usual = storage.write_document

    def counted(path: Path, snapshot: Snapshot) -> None:
        writing[0] += 1
        most[0] = max(most[0], writing[0])
        usual(path, snapshot)
        writing[0] -= 1

    monkeypatch.setattr(storage, "write_document", counted)
    for _ in range(4):
        bench.session.advance(1)
        bench.documents.save(tmp_path / "a.bpviz")
    bench.documents.finish()
    assert most == [1]
    assert storage.read_document(tmp_path / "a.bpviz").run.step == 4 and not bench.documents.modified


def test_a_save_that_fails_is_told_and_changes_nothing(bench: Bench, tmp_path: Path) -> None:
    bench.edit()
    bench.save(tmp_path / "gone" / "a.bpviz")
    assert bench.failed == [f"{tmp_path / 'gone' / 'a.bpviz'}: cannot be saved: the folder does not exist"]
    assert (bench.documents.path, bench.documents.modified) == (None, True)


def test_a_full_disk_leaves_the_file_and_what_is_open_as_they_were(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.bpviz"
    bench.save(path)
    before = path.read_bytes()
    bench.edit()

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    bench.save(path)
    assert "no space left on the disk; the file is as it was" in bench.failed[0]
    assert path.read_bytes() == before and bench.documents.modified


def test_what_waits_is_saved_though_the_one_before_failed(bench: Bench, tmp_path: Path) -> None:
    bench.documents.save(tmp_path / "gone" / "a.bpviz")
    bench.documents.save(tmp_path / "b.bpviz")
    bench.documents.finish()
    assert bench.documents.path == tmp_path / "b.bpviz" and len(bench.failed) == 1


# -- opening ----------------------------------------------------------------------------------------------


def test_opening_goes_on_where_it_was_saved_and_can_be_undone(bench: Bench, tmp_path: Path) -> None:
    bench.session.advance(20)
    path = tmp_path / "a.bpviz"
    bench.save(path)
    saved = text_of(bench.session.snapshot())
    bench.documents.open_preset(load_preset("toy"))
    assert (bench.documents.path, bench.documents.name) == (None, "Toy network")
    bench.edit()
    bench.open(path)
    assert text_of(bench.session.snapshot()) == saved and not bench.documents.modified
    assert bench.session.undo_name == "open a.bpviz"
    bench.session.undo()
    assert (bench.documents.path, bench.documents.name) == (None, "Toy network")
    assert bench.documents.modified
    bench.session.redo()
    assert (bench.documents.path, bench.documents.modified) == (path, False)


def test_an_edit_undone_after_saving_elsewhere_stays_with_the_new_file(bench: Bench, tmp_path: Path) -> None:
    bench.save(tmp_path / "a.bpviz")
    bench.edit()
    bench.save(tmp_path / "b.bpviz")
    bench.session.undo()
    assert (bench.documents.path, bench.documents.modified) == (tmp_path / "b.bpviz", True)


def test_a_document_whose_file_was_taken_by_another_is_not_saved_any_more(
    bench: Bench, tmp_path: Path
) -> None:
    bench.edit()
    bench.save(tmp_path / "a.bpviz")
    bench.documents.open_preset(load_preset("toy"))
    bench.save(tmp_path / "a.bpviz")
    bench.session.undo()
    assert bench.documents.modified


def test_a_preset_from_a_file_is_opened_without_becoming_that_file(bench: Bench, tmp_path: Path) -> None:
    """To save over a preset would make it another kind of file."""
    preset = tmp_path / "p.json"
    preset.write_text(Path("resources/presets/sine.json").read_text("utf-8"), "utf-8")
    bench.open(preset)
    assert bench.documents.path is None and bench.session.preset == load_preset("sine")


@pytest.mark.parametrize(
    ("content", "place"),
    [('{"format": "bpviz"', "expected"), ('{"format": "bpviz", "version": 99}', "newer bpviz"),
     ('{"name": 3}', "name"), ("", "expected")],
)  # fmt: skip
def test_a_wrong_file_is_one_sentence_and_what_is_open_stays(
    bench: Bench, tmp_path: Path, content: str, place: str
) -> None:
    bench.session.advance(3)
    before, home = text_of(bench.session.snapshot()), bench.session.home
    wrong = tmp_path / "wrong.bpviz"
    wrong.write_text(content)
    bench.documents.open(wrong)
    bench.until(lambda: bench.failed)
    assert len(bench.failed) == 1 and bench.failed[0].startswith(f"{wrong}: ") and place in bench.failed[0]
    assert text_of(bench.session.snapshot()) == before and bench.session.home is home
    assert bench.session.undo_name == "" and recent_paths() == []


def test_of_two_files_opened_at_once_the_later_one_is_seen(bench: Bench, tmp_path: Path) -> None:
    for name in ("sine", "circle"):
        Bench(bench.qtbot, name).save(tmp_path / f"{name}.bpviz")
    bench.documents.open(tmp_path / "sine.bpviz")
    bench.open(tmp_path / "circle.bpviz")
    assert bench.documents.name == "circle.bpviz" and bench.session.undo_name == "open circle.bpviz"


def test_a_document_keeps_its_earlier_runs_from_opening_to_saving(bench: Bench, tmp_path: Path) -> None:
    bench.session.advance(4)
    now = bench.session.snapshot()
    storage.write_document(tmp_path / "a.bpviz", replace(now, runs=(EarlierRun("before", now.run.costs),)))
    bench.open(tmp_path / "a.bpviz")
    bench.edit()
    bench.save(tmp_path / "b.bpviz")
    runs = storage.read_document(tmp_path / "b.bpviz").runs
    assert [run.name for run in runs] == ["before", "4 units in layer 1"]


# -- sharing ----------------------------------------------------------------------------------------------


def test_a_copied_experiment_is_pasted_with_all_of_its_run(bench: Bench) -> None:
    bench.session.advance(7)
    with bench.qtbot.waitSignal(bench.documents.copied) as copied:
        bench.documents.copy()
    other = Bench(bench.qtbot, "toy")
    with bench.qtbot.waitSignal(other.documents.opened):
        other.documents.paste("> " + copied.args[0].replace("\n", "\n> "))
    assert text_of(other.session.snapshot()) == text_of(bench.session.snapshot())
    assert other.session.undo_name == "paste Exclusive or" and other.documents.modified
    other.session.undo()
    assert other.documents.name == "Toy network" and not other.documents.modified


@pytest.mark.parametrize("text", ["", "hello", "{}", "{", '{"format": "bpviz", "version": 1}'])
def test_text_without_an_experiment_is_told_and_opens_nothing(bench: Bench, text: str) -> None:
    bench.documents.paste(text)
    bench.until(lambda: bench.failed)
    assert len(bench.failed) == 1 and bench.session.undo_name == ""
    assert (bench.failed[0] == NO_TEXT) == ("{" not in text)


@pytest.mark.parametrize("ending", [".npz", ".safetensors"])
def test_weights_go_out_and_come_back_in_one_edit(bench: Bench, tmp_path: Path, ending: str) -> None:
    bench.session.advance(25)
    trained = bench.session.trainer.parameters
    path = tmp_path / f"w{ending}"
    bench.documents.export_weights(path)
    bench.documents.finish()
    bench.session.apply(roll(bench.session.experiment))
    with bench.qtbot.waitSignal(bench.documents.opened):
        bench.documents.import_weights(path)
    assert same(bench.session.trainer.parameters, trained)
    assert bench.session.undo_name == "import weights"
    bench.session.undo()
    assert not same(bench.session.trainer.parameters, trained)


def test_weights_of_another_network_are_refused_with_what_was_expected(bench: Bench, tmp_path: Path) -> None:
    bench.documents.export_weights(tmp_path / "w.npz")
    bench.documents.finish()
    bench.edit()
    name = bench.session.undo_name
    bench.documents.import_weights(tmp_path / "w.npz")
    bench.until(lambda: bench.failed)
    assert "expected layer1.w" in bench.failed[0] and bench.session.undo_name == name


# -- the list of recent files -----------------------------------------------------------------------------


def test_recent_files_are_named_once_newest_first_and_at_most_ten(tmp_path: Path) -> None:
    for k in (*range(12), 5):
        add_recent(tmp_path / f"{k}.bpviz")
    names = [path.stem for path in recent_paths()]
    assert names == ["5", "11", "10", "9", "8", "7", "6", "4", "3", "2"]
    forget_recent()
    assert recent_paths() == []
