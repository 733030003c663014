"""Takes the README's pictures: the real window, offscreen, on the toy network while its hidden error arrives.

`make screenshots` writes resources/screenshots/window-light.png and window-dark.png.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "2"

from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bpviz.document.preset import load_preset
from bpviz.explain.address import Node
from bpviz.explain.moment import Moment
from bpviz.explain.phase import Kind, index_of
from bpviz.qt.theme import Theme
from bpviz.qt.window import MainWindow

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "screenshots"
SIZE = (1280, 800)
STEPS = 20  # trained, so that there is a cost curve; the first step is shown, whose numbers are the text's
SETTLED = 600  # milliseconds until every panel has drawn what it was told


def main() -> None:
    with tempfile.TemporaryDirectory() as own:  # a person's own window layout stays out of the picture
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, own)
        app = QApplication(["bpviz"])
        theme = Theme(app)
        FOLDER.mkdir(exist_ok=True)
        for mode in ("light", "dark"):
            theme.set_mode(mode)
            take(theme, FOLDER / f"window-{mode}.png")


def take(theme: Theme, file: Path) -> None:
    window = MainWindow(load_preset("toy"), theme)
    window.resize(*SIZE)
    window.show()
    window.session.advance(STEPS)
    window.player.seek_step(0)
    depth = window.session.network.depth
    window.player.seek(Moment(index_of(depth, Kind.HIDDEN_ERROR, 0), 0.62))
    window.spotlight.select(Node(0, 0))
    while window.plots.plot is None:
        QTest.qWait(10)
    QTest.qWait(SETTLED)
    window.grab().save(str(file))
    window.close()


if __name__ == "__main__":
    main()
