"""The typesetter is imported in slices, in which others may ask for it too. Each test is its own process."""

from __future__ import annotations

import subprocess
import sys

_TWO_AT_ONCE = """
import sys
from PySide6.QtWidgets import QApplication
app = QApplication([])
from bpviz.qt.equations.setter import Setter
from bpviz.qt.typeset import fetched
one, other = Setter(), Setter()
done = []
one.ready.connect(lambda: done.append("one"))
other.ready.connect(lambda: done.append("other"))

class Halfway:
    def find_spec(self, name, path=None, target=None):
        if name == "ziafont.glyph" and not other._waiting:
            assert not fetched()
            assert not other.ask(["W_{o}", "X"])
            app.processEvents()

sys.meta_path.insert(0, Halfway())
assert not one.ask(["E_{o}"])
for _ in range(200):
    app.processEvents()
assert sorted(done) == ["one", "other"], done
assert fetched()
print("both")
"""


def test_two_that_ask_at_once_are_both_served() -> None:
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", _TWO_AT_ONCE]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ran.stdout == "both\n", ran.stderr
    assert "Error" not in ran.stderr


def test_the_window_does_not_wait_for_the_typesetter_to_start() -> None:
    program = "import bpviz.qt.window, sys; print('ziamath' in sys.modules, 'pyqtgraph' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert ran.stdout == "False False\n"
