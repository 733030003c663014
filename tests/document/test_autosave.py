"""What a killed program had open is found again, exact to its last autosave; what runs is left alone."""

import errno
import itertools
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bpviz.document import autosave
from bpviz.document.autosave import MOST_KEPT, OLDEST, Autosave, left_behind
from bpviz.document.errors import DocumentError
from bpviz.document.lock import Lock
from bpviz.document.preset import load_preset
from bpviz.document.storage import document_text
from bpviz.document.user_data import data_folder
from bpviz.document.writing import PART
from tests.document.drawn_documents import trained
from tests.engine.test_replay import bits


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def killed(saved):
    """As the system leaves it when the process ends: the file is there, and its lock is free."""
    saved._lock._file.close()


def left(folder, steps, origin=None):
    """A session that was killed after so many steps of xor."""
    saved = Autosave(folder)
    saved.write(trained("xor", steps), origin)
    killed(saved)


def found(folder, **options):
    """The steps of what was left behind, all let go again."""
    recovered = left_behind(folder, **options)
    for one in recovered:
        one.let_go()
    return [one.snapshot.run.step for one in recovered]


def test_what_was_left_behind_comes_back_with_where_it_came_from(tmp_path):
    snapshot = trained("iris", 30)
    saved = Autosave(tmp_path, clock=lambda: 1234.5)
    saved.write(snapshot, Path("mine.bpviz"))
    killed(saved)
    (one,) = left_behind(tmp_path)
    assert (one.origin, one.saved) == (Path("mine.bpviz").absolute(), 1234.5)
    assert document_text(one.snapshot) == document_text(snapshot)
    assert bits(one.snapshot.trainer().record()) == bits(snapshot.trainer().record())
    one.discard()
    assert names(tmp_path) == [] and left_behind(tmp_path) == []


def test_the_last_write_counts_and_nothing_was_opened_from_a_file(tmp_path):
    saved = Autosave(tmp_path)
    for steps in (1, 2, 3):
        saved.write(trained("xor", steps), None)
    killed(saved)
    (one,) = left_behind(tmp_path)
    assert one.snapshot.run.step == 3 and one.origin is None
    one.let_go()


def test_a_session_that_goes_on_or_ended_well_is_not_offered(tmp_path):
    saved = Autosave(tmp_path)
    saved.remove()
    saved.write(trained("xor", 1), None)
    assert left_behind(tmp_path) == []
    assert len(names(tmp_path)) == 2
    saved.remove()
    assert names(tmp_path) == []
    saved.write(trained("xor", 2), None)
    killed(saved)
    assert found(tmp_path) == [2]


def test_what_one_program_offers_no_other_one_does(tmp_path):
    left(tmp_path, 4)
    (one,) = left_behind(tmp_path)
    assert left_behind(tmp_path) == []
    one.let_go()
    assert found(tmp_path) == [4]


def test_what_cannot_be_read_is_put_aside_and_the_others_come_back(tmp_path):
    left(tmp_path, 5)
    random = np.random.default_rng(0)
    whole = next(tmp_path.glob("*.bpviz")).read_bytes()
    for k, content in enumerate((b"", b"{}", whole[:700], whole[700:], random.bytes(900), b"\n\n\n")):
        (tmp_path / f"broken{k}.bpviz").write_bytes(content)
    assert found(tmp_path) == [5]
    assert [name for name in names(tmp_path) if name.endswith(".broken")] == [
        f"broken{k}.bpviz.broken" for k in range(6)
    ]
    assert found(tmp_path) == [5]


def test_a_session_whose_data_are_missing_stays_for_a_later_start(tmp_path, monkeypatch):
    left(tmp_path, 5)

    def gone(*_arguments):
        raise DocumentError("cannot be read: No such file or directory", file="/gone.csv")

    with monkeypatch.context() as patched:
        patched.setattr(autosave, "document_in", gone)
        assert found(tmp_path) == []
    assert found(tmp_path) == [5]


def test_the_newest_are_kept_and_the_oldest_dropped(tmp_path):
    for k in range(MOST_KEPT + 2):
        left(tmp_path, k)
    for path in tmp_path.glob("*.bpviz"):  # by when they were written
        step = int(path.stem.split("-")[1])
        os.utime(path, ns=(step, step))
    assert found(tmp_path, now=lambda: 0.0) == list(range(MOST_KEPT + 1, 1, -1))
    assert len(list(tmp_path.glob("*.bpviz"))) == MOST_KEPT


def test_what_is_too_old_is_dropped_and_what_killed_programs_left_is_cleared(tmp_path):
    left(tmp_path, 3)
    for name in (f"{PART}0123", "x.bpviz.broken", "1-2.lock"):
        (tmp_path / name).touch()
    (path,) = tmp_path.glob("*.bpviz")
    now = path.stat().st_mtime
    assert found(tmp_path, now=lambda: now) == [3]
    assert names(tmp_path) == sorted([f"{PART}0123", path.name, "x.bpviz.broken"])
    assert found(tmp_path, now=lambda: now + OLDEST + 60.0) == []
    assert names(tmp_path) == []


def test_a_failure_is_told_and_what_was_kept_before_stays(tmp_path, monkeypatch):
    saved = Autosave(tmp_path)
    saved.write(trained("xor", 1), None)

    def full(*_arguments):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(DocumentError, match="no space left on the disk"):
            saved.write(trained("xor", 2), None)
    killed(saved)
    assert found(tmp_path) == [1]


def test_a_folder_that_cannot_be_made_is_told_and_nothing_is_there_to_recover(tmp_path):
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "autosave"
    with pytest.raises(DocumentError, match=r"autosave: cannot keep what is open: Not a directory"):
        Autosave(folder).write(trained("xor", 1), None)
    assert left_behind(folder) == [] and left_behind(tmp_path / "none") == []


def test_a_lock_is_held_once_also_within_one_process(tmp_path):
    lock = Lock(tmp_path / "x.lock")
    for _ in range(2):  # to have looked does not let go of it
        with pytest.raises(OSError):
            Lock(tmp_path / "x.lock")
    lock.let_go()
    assert names(tmp_path) == []
    Lock(tmp_path / "x.lock").let_go()


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({"HOME": "/h"}, "linux", "/h/.local/share/bpviz"),
        ({"HOME": "/h", "XDG_DATA_HOME": "/d"}, "linux", "/d/bpviz"),
        ({"HOME": "/h", "XDG_DATA_HOME": "d"}, "linux", "/h/.local/share/bpviz"),
        ({"HOME": "/h"}, "darwin", "/h/Library/Application Support/bpviz"),
        ({"USERPROFILE": "/u", "APPDATA": "/a"}, "win32", "/a/bpviz"),
        ({"USERPROFILE": "/u"}, "win32", "/u/AppData/Roaming/bpviz"),
        ({"HOME": "/h", "BPVIZ_DATA_DIR": "/mine"}, "linux", "/mine"),
    ],
)
def test_data_lie_where_the_system_keeps_them(environment, platform, expected):
    assert data_folder(environment, platform) == Path(expected)


def test_the_folder_follows_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("BPVIZ_DATA_DIR", str(tmp_path))
    saved = Autosave()
    saved.write(trained("xor", 6), None)
    assert len(names(tmp_path / "autosave")) == 2
    killed(saved)
    (one,) = left_behind()
    one.discard()


_TRAINS = """
import sys
from pathlib import Path
from bpviz.document.autosave import Autosave
from bpviz.document.preset import load_preset
from bpviz.document.loading import load
from bpviz.document.snapshot import snapshot_of
preset = load_preset("spiral")
dataset = load(preset.experiment.dataset)
trainer = preset.experiment.start(dataset)
saved = Autosave(Path(sys.argv[1]))
while True:
    trainer.run(7, float("inf"))
    saved.write(snapshot_of(preset, dataset, trainer), Path("/home/me/mine.bpviz"))
    print(trainer.step, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")
@pytest.mark.parametrize("saves", [1, 4, 9])
def test_a_process_killed_in_a_run_loses_nothing_but_what_came_after_its_last_autosave(tmp_path, saves):
    command = [sys.executable, "-c", _TRAINS, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        told = [int(line) for line in itertools.islice(process.stdout, saves)]
        assert left_behind(tmp_path) == []  # it is still alive
        process.kill()
    assert process.returncode == -signal.SIGKILL
    (one,) = left_behind(tmp_path)
    recovered = one.snapshot.trainer()
    assert recovered.step >= told[-1] == 7 * saves
    never_killed = load_preset("spiral").experiment.start()
    never_killed.run(recovered.step, float("inf"))
    for _ in range(20):
        assert bits(recovered.record()) == bits(never_killed.record())
        recovered.advance()
        never_killed.advance()
    one.discard()
    assert list(tmp_path.glob("*.bpviz")) == []
