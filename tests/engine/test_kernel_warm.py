"""The kernel is compiled by a child process; the program itself asks, and never waits."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bpviz.engine.kernel import cache, warm
from bpviz.engine.kernel.warm import State, Warming
from tests.engine.kernel_steps import compiled, needs_numba


def said_by(code):
    """What another Python prints."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder for compiled code, with a numba that may compile."""
    monkeypatch.setattr(cache, "folder", lambda: tmp_path)
    monkeypatch.setattr(cache, "is_installed", lambda: True)
    return tmp_path


@needs_numba
def test_after_the_child_has_compiled_nothing_is_compiled_here():
    compiled()
    if cache.folder() is None:
        pytest.skip("no folder for compiled code can be written here")
    code = (
        "from bpviz.engine.kernel.trial import try_out; try_out();"
        "from bpviz.engine.kernel.compiled import train;"
        "print(sum(train.stats.cache_hits.values()), sum(train.stats.cache_misses.values()))"
    )
    assert said_by(code).split() == ["1", "0"]


def test_asking_and_importing_do_not_import_numba():
    code = (
        "import sys; from bpviz.engine.kernel import run, slices, warm; warm.ready();"
        "print('numba' in sys.modules)"
    )
    assert said_by(code).strip() == "False"


def test_it_is_idle_until_it_is_begun_and_ready_when_the_folder_says_so(folder):
    warming = Warming()
    assert warming.state is State.IDLE
    assert not warm.ready()
    keep(folder)
    assert warming.state is State.READY
    assert warm.ready()
    warming.begin()
    assert warming.state is State.READY, "there is nothing to begin"


def keep(folder):
    """Something compiled, and the word that it is there."""
    (folder / "train.1.nbc").write_bytes(b"code")
    cache.mark_done(folder)


def test_a_folder_without_code_is_never_ready(folder):
    cache.mark_done(folder)
    assert Warming().state is State.IDLE


def lost(folder, _entry):
    (folder / "train.1.nbc").unlink()


def cut_short(folder, _entry):
    (folder / "train.1.nbc").write_bytes(b"co")


def touched(_folder, entry):
    os.utime(entry, (0.0, 0.0))


@pytest.mark.parametrize("harm", [lost, cut_short, touched])
def test_code_that_numba_would_not_take_is_compiled_again_by_the_child(folder, tmp_path, monkeypatch, harm):
    entry = tmp_path / "compiled.py"
    entry.touch()
    monkeypatch.setattr(cache, "_ENTRY", entry)
    keep(folder)
    assert Warming().state is State.READY
    harm(folder, entry)
    assert Warming().state is State.IDLE


def test_a_child_at_work_is_compiling_and_can_be_stopped(folder, monkeypatch):
    monkeypatch.setattr(warm, "COMMAND", (sys.executable, "-c", "import signal; signal.pause()"))
    warming = Warming()
    warming.begin()
    assert warming.state is State.COMPILING
    warming.stop()
    assert warming.state is State.UNAVAILABLE
    assert not cache.is_done(folder)


@pytest.mark.parametrize("command", [(shutil.which("false") or "false",), ("/nowhere/python",)])
def test_a_child_that_fails_makes_the_kernel_unavailable(folder, monkeypatch, command):
    monkeypatch.setattr(warm, "COMMAND", command)
    warming = Warming()
    warming.begin()
    assert warming.wait() is State.UNAVAILABLE
    assert not cache.is_done(folder)


def test_without_numba_it_is_unavailable_and_begins_nothing(folder, monkeypatch):
    monkeypatch.setattr(cache, "is_installed", lambda: False)
    warming = Warming()
    warming.begin()
    assert warming.state is State.UNAVAILABLE
    assert list(folder.iterdir()) == []


def test_without_a_folder_it_is_unavailable(monkeypatch):
    monkeypatch.setattr(cache, "is_installed", lambda: True)
    monkeypatch.setattr(cache, "folder", lambda: None)
    warming = Warming()
    warming.begin()
    assert warming.state is State.UNAVAILABLE


def test_numba_that_may_not_compile_counts_as_none(monkeypatch):
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
    assert not cache.is_installed()


def test_the_folder_is_where_numba_is_told_to_keep_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    found = cache.folder.__wrapped__()
    assert found is not None
    assert found.parent == tmp_path


def test_the_next_folder_is_taken_where_the_first_cannot_be_written(tmp_path, monkeypatch):
    blocked = tmp_path / "a file"
    blocked.touch()
    monkeypatch.setattr(cache, "_parents", lambda: iter([blocked, tmp_path / "other"]))
    found = cache.folder.__wrapped__()
    assert found is not None
    assert found.parent == tmp_path / "other"
    monkeypatch.setattr(cache, "_parents", lambda: iter([blocked]))
    assert cache.folder.__wrapped__() is None


def test_code_for_another_processor_or_numba_has_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    here = cache.folder.__wrapped__()
    monkeypatch.setattr(cache, "_processor", lambda: "flags: none")
    there = cache.folder.__wrapped__()
    monkeypatch.setattr(cache, "_numba_version", lambda: "0.1")
    assert len({here, there, cache.folder.__wrapped__()}) == 3


def test_code_of_another_source_has_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    engine = tmp_path / "engine"
    engine.mkdir()
    for name in cache._FORMULAS:
        shutil.copy(cache._ENGINE / name, engine)
    monkeypatch.setattr(cache, "_ENGINE", engine)
    before = cache.folder.__wrapped__()
    file = Path(engine, "activation.py")
    file.write_text(file.read_text() + "\n")
    assert cache.folder.__wrapped__() != before


def test_what_other_versions_compiled_goes_when_it_is_old(tmp_path):
    here, old, new, stranger = (
        tmp_path / name for name in ("bpviz-kernel-1", "bpviz-kernel-2", "bpviz-kernel-3", "kernel-4")
    )
    for place in (here, old, new, stranger):
        place.mkdir()
    for place in (here, old, stranger):
        os.utime(place, (0.0, 0.0))
    cache.mark_done(here)
    assert [place.is_dir() for place in (here, old, new, stranger)] == [True, False, True, True]
