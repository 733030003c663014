"""What is kept while a session goes on, and offered again after it was killed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.autosave import Autosave, left_behind
from bpviz.document.editing import add_unit
from bpviz.document.preset import load_preset
from bpviz.document.snapshot import Snapshot
from bpviz.document.storage import document_text
from bpviz.qt.keeping.autosaving import EVERY_MS, Autosaving
from bpviz.qt.keeping.documents import Documents
from bpviz.qt.keeping.recovery import Recovery
from bpviz.qt.keeping.restore_bar import RestoreBar, ago, offer_text
from bpviz.qt.session import Session

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # says Qt, where there is no screen
AT_ONCE = 1  # ms


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BPVIZ_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data" / "autosave"


class Bench:
    """A session that is kept, as the window has it."""

    def __init__(self, qtbot: QtBot, every: int) -> None:
        self.qtbot = qtbot
        self.session = Session(load_preset("xor"))
        self.documents = Documents(self.session)
        self.autosaving = Autosaving(self.session, self.documents, every=every)
        self.bar = RestoreBar()
        self.recovery = Recovery(self.documents, self.autosaving, self.bar)
        qtbot.addWidget(self.bar)

    def train(self, steps: int) -> None:
        """And wait until it is kept."""
        with self.qtbot.waitSignal(self.autosaving.kept):
            self.session.advance(steps)

    def look(self) -> None:
        self.recovery.look()
        self.qtbot.waitUntil(lambda: not self.recovery._reader.busy)


Make = Callable[..., Bench]


@pytest.fixture
def make(qtbot: QtBot, folder: Path) -> Iterator[Make]:
    made: list[Bench] = []
    assert not folder.exists()

    def make_one(every: int = AT_ONCE) -> Bench:
        made.append(Bench(qtbot, every=every))
        return made[-1]

    yield make_one
    for one in made:
        one.autosaving.end()
        one.recovery.end()


@pytest.fixture
def bench(make: Make) -> Bench:
    return make()


def kept_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.bpviz"))


def a_killed_one(
    folder: Path, name: str, steps: int, origin: Path | None = None, saved: float = 0.0
) -> Snapshot:
    """What a program leaves that was killed: its file, without a lock that is held."""
    session = Session(load_preset(name))
    session.advance(steps)
    autosave = Autosave(folder, clock=lambda: saved or time.time())
    autosave.write(session.snapshot(), origin)
    assert autosave._lock is not None
    autosave._lock._file.close()  # as the system does
    return session.snapshot()


# -- keeping ----------------------------------------------------------------------------------------------


def test_nothing_is_kept_while_nothing_changes(bench: Bench, folder: Path, qapp: QApplication) -> None:
    for _ in range(50):
        qapp.processEvents()
    assert kept_in(folder) == [] and not bench.autosaving._timer.isActive()


def test_training_and_edits_are_kept_whole_in_one_file(bench: Bench, folder: Path) -> None:
    bench.train(40)
    with bench.qtbot.waitSignal(bench.autosaving.kept):
        bench.session.apply(add_unit(bench.session.experiment, 0))
    assert len(kept_in(folder)) == 1
    text = kept_in(folder)[0].read_text("utf-8").partition("\n")[2]
    assert text == document_text(bench.session.snapshot())


def test_it_waits_some_seconds_and_does_not_begin_again_with_every_step(
    make: Make
) -> None:
    slow = make(every=EVERY_MS)
    slow.session.advance(1)
    timer = slow.autosaving._timer
    begun = timer.timerId()
    assert timer.isActive() and timer.interval() == 5000
    slow.session.advance(1)
    assert timer.timerId() == begun


def test_a_good_end_leaves_nothing(bench: Bench, folder: Path) -> None:
    bench.train(3)
    bench.autosaving.end()
    bench.session.advance(1)
    assert list(folder.iterdir()) == [] and not bench.autosaving._timer.isActive()


def test_an_end_unasked_keeps_the_last_step(bench: Bench, folder: Path) -> None:
    bench.train(3)
    bench.session.advance(4)
    bench.autosaving.finish()
    assert document_text(bench.session.snapshot()) in kept_in(folder)[0].read_text("utf-8")


def test_what_is_saved_in_a_file_of_its_own_needs_no_other(
    bench: Bench, folder: Path, tmp_path: Path
) -> None:
    bench.train(3)
    bench.documents.save(tmp_path / "a.bpviz")
    bench.documents.finish()
    bench.qtbot.waitUntil(lambda: kept_in(folder) == [])
    bench.train(1)
    assert len(kept_in(folder)) == 1


def test_trouble_with_keeping_is_told_once_and_again_only_after_it_went_well(
    bench: Bench, folder: Path
) -> None:
    told: list[str] = []
    bench.autosaving.failed.connect(told.append)
    folder.parent.mkdir(parents=True)
    folder.write_text("a file where the folder should be")
    for _ in range(2):
        bench.autosaving.keep()
        bench.autosaving.finish()
    assert len(told) == 1 and told[0].startswith("What is open is not kept for the case of a crash: ")
    folder.unlink()
    bench.train(1)
    assert len(told) == 1 and len(kept_in(folder)) == 1


# -- offering ---------------------------------------------------------------------------------------------


def test_without_anything_left_behind_nothing_is_offered(bench: Bench) -> None:
    bench.look()
    assert bench.bar.isHidden()


def test_what_was_left_behind_is_offered_with_name_step_and_time(bench: Bench, folder: Path) -> None:
    a_killed_one(folder, "spiral", 12, saved=time.time() - 200.0)
    bench.look()
    assert not bench.bar.isHidden()
    assert bench.bar.text == "bpviz ended unexpectedly. Kept: Two spirals, step 12, 3 minutes ago."


def test_restoring_goes_on_to_the_bit_can_be_undone_and_is_forgotten_only_when_kept_again(
    bench: Bench, folder: Path, tmp_path: Path
) -> None:
    left = a_killed_one(folder, "spiral", 12, tmp_path / "mine.bpviz")
    bench.look()
    before = kept_in(folder)
    with bench.qtbot.waitSignal(bench.autosaving.kept):
        bench.bar.restore_button.click()
        assert kept_in(folder) == before, "it is still there until the new one is"
    assert document_text(bench.session.snapshot()) == document_text(left)
    assert bench.bar.isHidden() and len(kept_in(folder)) == 1 and kept_in(folder) != before
    assert (bench.documents.path, bench.documents.modified) == (tmp_path / "mine.bpviz", True)
    bench.session.undo()
    assert (bench.documents.path, bench.documents.name) == (None, "Exclusive or")


def test_discarding_forgets_one_for_good_and_offers_the_next(bench: Bench, folder: Path) -> None:
    a_killed_one(folder, "sine", 3)
    newest = a_killed_one(folder, "toy", 5)
    first = kept_in(folder)[0]
    bench.look()
    assert "Toy network, step 5" in bench.bar.text and "1 more after this one" in bench.bar.text
    bench.bar.discard_button.click()
    assert kept_in(folder) == [first] and "step 3" in bench.bar.text
    bench.bar.discard_button.click()
    assert kept_in(folder) == [] and bench.bar.isHidden()
    assert newest.run.step == 5 and bench.session.undo_name == ""


def test_what_was_not_decided_on_is_there_again(bench: Bench, folder: Path) -> None:
    a_killed_one(folder, "sine", 3)
    bench.look()
    bench.recovery.end()
    found = left_behind(folder)
    assert [one.snapshot.run.step for one in found] == [3]
    found[0].discard()


def test_a_session_that_goes_on_is_offered_to_nobody(bench: Bench, make: Make, folder: Path) -> None:
    bench.train(3)
    other = make()
    other.look()
    assert other.bar.isHidden() and len(kept_in(folder)) == 1
    other.train(2)
    assert len(kept_in(folder)) == 2
    other.autosaving.end()
    assert len(kept_in(folder)) == 1


def test_one_offered_to_a_window_is_not_offered_to_another(bench: Bench, make: Make, folder: Path) -> None:
    a_killed_one(folder, "sine", 3)
    other = make()
    bench.look()
    other.look()
    assert not bench.bar.isHidden() and other.bar.isHidden()


def test_a_broken_one_is_put_aside_and_offers_nothing(bench: Bench, folder: Path) -> None:
    a_killed_one(folder, "sine", 3)
    path = kept_in(folder)[0]
    path.write_bytes(path.read_bytes()[:-200])
    bench.look()
    assert bench.bar.isHidden() and kept_in(folder) == []


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.0, "a moment ago"), (59.9, "a moment ago"), (60.0, "1 minute ago"), (7199.0, "1 hour ago"),
     (7200.0, "2 hours ago"), (200_000.0, "2 days ago")],
)  # fmt: skip
def test_how_long_ago_is_said_in_one_unit(seconds: float, text: str) -> None:
    assert ago(seconds) == text and text in offer_text("X", 1234, seconds, 0)
    assert "step 1,234" in offer_text("X", 1234, seconds, 0)


def test_a_restored_run_trains_on_as_the_killed_one_would_have(bench: Bench, folder: Path) -> None:
    left = a_killed_one(folder, "spiral", 12)
    bench.look()
    bench.recovery.restore()
    going_on = replace(left).trainer()
    for _ in range(20):
        going_on.advance()
    bench.session.advance(20)
    for one, other in zip(bench.session.trainer.parameters, going_on.parameters, strict=True):
        assert np.array_equal(one.w, other.w)
