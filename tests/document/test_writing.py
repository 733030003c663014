"""A file is wholly there or as it was before, whatever goes wrong while it is written."""

import errno
import itertools
import os
import resource
import signal
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bpviz.document.errors import DocumentError
from bpviz.document.storage import document_text, write_document
from bpviz.document.writing import PART, save, whole_file
from tests.document.drawn_documents import trained

linux = pytest.mark.skipif(sys.platform != "linux", reason="asks this of Linux")
posix = pytest.mark.skipif(sys.platform == "win32", reason="files have no such mode there")


def failing(number):
    def fail(*_arguments, **_options):
        raise OSError(number, os.strerror(number))

    return fail


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def refused(path, content=b"new"):
    with pytest.raises(DocumentError) as caught:
        save(path, content)
    assert str(caught.value).startswith(f"{path}: cannot be saved: ")
    return str(caught.value).removeprefix(f"{path}: cannot be saved: ")


@pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.replace", "pathlib.Path.open"])
@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "no space left on the disk"),
        (errno.EDQUOT, "no space left of what this user may take"),
        (errno.EACCES, "permission denied"),
        (errno.EROFS, "the disk can only be read"),
        (errno.EIO, "the disk has a fault"),
    ],
)
def test_a_failure_at_any_point_leaves_the_file_as_it_was(tmp_path, monkeypatch, call, number, reason):
    path = tmp_path / "mine.bpviz"
    path.write_bytes(b"old")
    with monkeypatch.context() as patched:
        patched.setattr(call, failing(number))
        assert refused(path) == f"{reason}; the file is as it was"
        assert refused(tmp_path / "another.bpviz") == reason
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["mine.bpviz"]


def test_what_breaks_off_while_it_writes_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "mine.bpviz"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), whole_file(path) as file:
        file.write(b"half of")
        raise KeyboardInterrupt
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["mine.bpviz"]


@linux
def test_a_document_that_meets_a_full_disk_says_so():
    with pytest.raises(DocumentError, match=r"^/dev/full: cannot be saved: no space left on the disk$"):
        write_document(Path("/dev/full"), trained("toy", 1))


@linux
def test_a_file_that_the_system_lets_grow_no_further_is_as_it_was(tmp_path):
    path = tmp_path / "mine.bpviz"
    path.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        said = refused(path, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert said == "the file would become larger than the system lets it; the file is as it was"
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["mine.bpviz"]


def test_what_no_file_can_be_written_to_is_told(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    assert refused(tmp_path) == "this is a folder"
    assert refused(tmp_path / "none" / "mine.bpviz") == "the folder does not exist"
    assert refused(tmp_path / "file" / "mine.bpviz") == "what should be its folder is a file"
    assert refused(tmp_path / ("x" * 300)) == "the name is too long"
    assert refused(tmp_path / "a\0b") == "embedded null byte"


def test_a_name_as_long_as_the_system_takes_can_be_written(tmp_path):
    path = tmp_path / ("x" * 255)
    save(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_file_that_is_write_protected_is_not_replaced(tmp_path, monkeypatch):
    path = tmp_path / "mine.bpviz"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everything
    assert refused(path) == "permission denied; the file is as it was"
    assert path.read_bytes() == b"old"


@posix
def test_links_stay_links_and_files_keep_their_mode(tmp_path):
    path, link = tmp_path / "mine.bpviz", tmp_path / "link.bpviz"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    save(link, b"new")
    assert link.is_symlink() and path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    dangling = tmp_path / "later.bpviz"
    dangling.symlink_to(tmp_path / "made.bpviz")
    save(dangling, b"new")
    assert (tmp_path / "made.bpviz").read_bytes() == b"new"
    (tmp_path / "round.bpviz").symlink_to(tmp_path / "round.bpviz")
    assert refused(tmp_path / "round.bpviz") == "the link leads to itself"


def test_a_file_system_without_modes_takes_files_all_the_same(tmp_path, monkeypatch):
    path = tmp_path / "mine.bpviz"
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, "chmod", failing(errno.EPERM))
    save(path, b"new")
    assert path.read_bytes() == b"new"


_SAVES = """
import os, signal, sys
from pathlib import Path
from bpviz.document.writing import save
last, path, versions = int(sys.argv[1]), Path(sys.argv[2]), [Path(name).read_bytes() for name in sys.argv[3:]]
sync, syncs = os.fsync, 0
def counted(number):
    global syncs
    syncs += 1
    if syncs == last:
        print("in the midst", flush=True)
        signal.pause()
    sync(number)
os.fsync = counted
while True:
    for version in versions:
        save(path, version)
        print("saved", flush=True)
"""


@posix
def test_a_process_killed_while_it_saves_leaves_a_whole_document(tmp_path):
    """It is killed after some saves, wherever it is in the next ones, or where it waits for the disk."""
    versions = [document_text(trained("iris", steps)).encode() for steps in (20, 40)]
    files = [tmp_path / f"version{k}" for k in range(len(versions))]
    for file, version in zip(files, versions, strict=True):
        file.write_bytes(version)
    random = np.random.default_rng(0)
    path = tmp_path / "mine.bpviz"
    for attempt in range(12):
        after, midway = int(random.integers(1, 12)), attempt % 2 == 0
        last = 2 * after + 1 if midway else 0  # a save waits for its file, and then for its folder
        command = [sys.executable, "-c", _SAVES, str(last), str(path), *map(str, files)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            told = list(itertools.islice(process.stdout, after + midway))
            process.kill()
        assert len(told) == after + midway and process.returncode == -signal.SIGKILL
        assert path.read_bytes() in versions
    assert len(list(tmp_path.glob(f"{PART}*"))) >= 6  # so many were killed in the midst of it
