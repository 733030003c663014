"""The window's kernel: begun by the program alone, loaded in a thread, handed to whatever is opened."""

import subprocess
import sys
from threading import Event, get_ident

import pytest

from bpviz.document.preset import load_preset
from bpviz.qt.kernel_loader import KernelLoader
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme
from bpviz.qt.window import MainWindow

pytestmark = pytest.mark.usefixtures("qapp")


class Compiler:
    def __init__(self, state):
        self.state, self.begun, self.stopped = state, 0, 0

    def begin(self):
        self.begun += 1

    def stop(self):
        self.stopped += 1


def loader(state, load=lambda: None):
    compiler = Compiler(state)
    made = KernelLoader(lambda: compiler, load)
    made.begin()
    assert made.waiting
    return made, compiler


def test_what_is_compiled_is_loaded_in_a_thread():
    threads = []
    made, compiler = loader("ready", lambda: threads.append(get_ident()))
    made.look()
    made.stop()
    assert made.is_loaded()
    assert threads != [get_ident()]
    assert (compiler.begun, compiler.stopped) == (1, 1)
    assert not made.waiting


def test_it_is_loaded_only_when_loading_is_done():
    go = Event()
    made, _ = loader("ready", go.wait)
    made.look()
    assert not made.is_loaded()
    made.look()  # nothing is loaded twice
    go.set()
    made.stop()
    assert made.is_loaded()


def test_while_the_child_compiles_it_waits():
    made, compiler = loader("compiling")
    made.look()
    made.look()
    assert made.waiting
    assert compiler.begun == 1
    compiler.state = "ready"
    made.look()
    made.stop()
    assert made.is_loaded()


@pytest.mark.parametrize("state", ["unavailable", "idle"])
def test_where_nothing_can_be_compiled_it_gives_up(state):
    made, _ = loader(state)
    made.look()
    assert not made.waiting
    assert not made.is_loaded()
    made.stop()


def test_what_cannot_be_loaded_is_done_without():
    def fail():
        raise OSError("no such library")

    made, _ = loader("ready", fail)
    made.look()
    made.stop()
    assert not made.is_loaded()


def test_stopping_before_anything_was_begun_is_fine():
    made, compiler = loader("ready")
    made.stop()
    assert not made.waiting
    assert (compiler.begun, compiler.stopped) == (0, 0)


def test_a_session_gives_the_kernel_to_every_trainer():
    asked = []
    session = Session(load_preset("toy"))
    session.use_kernel(lambda: bool(asked.append(session.preset.name)))
    session.advance(2)
    session.open_preset(load_preset("xor"))
    session.advance(2)
    session.roll()
    session.advance(2)
    assert asked == ["toy", "xor", "xor"]
    session.advance(1)
    assert len(asked) == 3, "a single step is NumPy's"


def test_a_window_by_itself_begins_nothing(qapp, monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", None)
    theme = Theme(qapp)
    window = MainWindow(load_preset("toy"), theme)
    assert window.findChildren(KernelLoader) == []
    window.session.advance(20)
    window.close()
    window.deleteLater()


def test_the_program_starts_without_the_compiler():
    """What a first picture does not need is imported behind it."""
    code = "import sys, bpviz.qt.app; print({'numba', 'bpviz.engine.kernel.warm'} & set(sys.modules))"
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "set()"
