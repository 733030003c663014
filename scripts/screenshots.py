"""Takes the README's pictures: the real window, offscreen, once in each theme.

`make screenshots` writes resources/screenshots/window-*.png, the toy network while its hidden error arrives,
chain-*.png, the whole chain of derivatives of a weight of the worked example with its paths, and plots-*.png,
two spirals told apart, with heat maps and the decision surface.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "2"
_OWN = tempfile.TemporaryDirectory(prefix="bpviz-settings-")
os.environ["XDG_CONFIG_HOME"] = _OWN.name  # a person's own window layout stays out of the picture
os.environ["BPVIZ_DATA_DIR"] = _OWN.name   # and so does a session that was left behind

from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bpviz.document.preset import load_preset
from bpviz.explain.address import Edge
from bpviz.explain.moment import Moment
from bpviz.explain.phase import Kind, index_of
from bpviz.qt.theme import STYLE, Theme
from bpviz.qt.window import MainWindow

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "screenshots"
SIZE = (1280, 800)
STEPS = 20  # trained, so that there is a cost curve; the first step is shown, whose numbers are the text's
TOLD_APART = 4600  # steps of the two spirals, 200 epochs
SETTLED = 1500  # milliseconds until every panel has drawn what it was told


def main() -> None:
    app = QApplication(["bpviz", *STYLE])
    theme = Theme(app)
    FOLDER.mkdir(exist_ok=True)
    for mode in ("light", "dark"):
        theme.set_mode(mode)
        QSettings("bpviz", "bpviz").clear()  # each window begins as on the first day
        window = opened(theme, "toy")
        window.player.seek(moment(window, Kind.HIDDEN_ERROR, 0, 0.62))
        take(window, FOLDER / f"window-{mode}.png")
        window = opened(theme, "mazur")
        window.side.show_page("Chain")
        window.player.seek(moment(window, Kind.GRADIENT, 0, 1.0))
        window.spotlight.select(Edge(0, 1, 0))
        take(window, FOLDER / f"chain-{mode}.png")
        window = opened(theme, "spiral", TOLD_APART)
        window.player.seek_step(TOLD_APART)
        window.canvas.heat.toggle()
        window.show_plot("Prediction")
        window.side.show_page("Equations")
        window.player.seek(moment(window, Kind.GRADIENT, 0, 1.0))
        take(window, FOLDER / f"plots-{mode}.png")


def opened(theme: Theme, name: str, steps: int = STEPS) -> MainWindow:
    """A window on a preset that has been trained, back at its first step."""
    window = MainWindow(load_preset(name), theme)
    window.resize(*SIZE)
    window.show()
    window.session.advance(steps)
    window.player.seek_step(0)
    return window


def moment(window: MainWindow, kind: Kind, layer: int, progress: float) -> Moment:
    return Moment(index_of(window.session.network.depth, kind, layer), progress)


def take(window: MainWindow, file: Path) -> None:
    while window.plots.open_page is None:
        QTest.qWait(10)
    QTest.qWait(SETTLED)
    window.grab().save(str(file))
    window.close()


if __name__ == "__main__":
    main()
