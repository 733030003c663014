"""What the window's first picture does not need: done behind it, one piece a turn of the event loop."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from bpviz.document.preset import load_preset, preset_names
from bpviz.qt.breathing import within_import
from bpviz.qt.plots.plot_panel import PLOTS, import_plots

if TYPE_CHECKING:
    from bpviz.qt.window import MainWindow

_FILLED_WITH = (  # pieces of their own: together with the filling they would stop the window for 40 ms
    "bpviz.qt.panels.network_section", "bpviz.qt.panels.learning_section", "bpviz.qt.panels.data_section",
    "bpviz.qt.equations.equations_panel",
)
_OPENED_LATER = (
    "bpviz.qt.chain.chain_panel", "bpviz.qt.code.code_panel", "bpviz.qt.memo.memo_panel",
    "bpviz.qt.batch.batch_panel", "bpviz.qt.inspector", "bpviz.qt.gallery", "bpviz.qt.shortcut_sheet",
    "bpviz.qt.playground.playground", "bpviz.document.autosave", "bpviz.qt.keeping.questions",
    "bpviz.qt.data.data_window", "bpviz.qt.canvas.nudge_bubble",
)  # fmt: skip


class Afterwards(QObject):
    """Between two pieces the window answers. A piece that fails keeps the others from nothing."""

    done = Signal()  # once

    def __init__(self, pieces: Iterable[Callable[[], object]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pieces = deque(pieces)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._do_one)

    @property
    def left(self) -> int:
        """How many pieces are still to be done."""
        return len(self._pieces)

    def begin(self) -> None:
        """Go on until all is done; asked again, nothing changes."""
        if self._pieces:
            self._timer.start()

    def stop(self) -> None:
        """Leave the rest undone."""
        self._pieces.clear()
        self._timer.stop()

    def _do_one(self) -> None:
        if within_import():
            return  # another's; it is soon done
        self._timer.stop()  # a piece may let the event loop run
        try:
            self._pieces.popleft()()
        finally:
            if self._pieces:
                self._timer.start()
            else:
                self.done.emit()


def late_pieces(window: MainWindow) -> list[Callable[[], object]]:
    """What is seen comes first. The rest is only imported, so that it opens at once when asked for."""
    return [
        window.canvas.prepare, *(partial(import_module, name) for name in _FILLED_WITH),
        window.setup_panel.fill, window.side.fill,
        *(partial(load_preset, name) for name in preset_names()), window.top_bar.offer_presets,
        *_plots(window),
        *(partial(import_module, name) for name in _OPENED_LATER), window.filing.recovery.look,
    ]  # fmt: skip


def _plots(window: MainWindow) -> tuple[Callable[[], object], ...]:
    """All plots but the first are drawn by pyqtgraph; whichever was shown last is shown again."""
    first = window.plots.shown == PLOTS[0]
    fill = window.plots.fill
    return (fill, import_plots) if first else (import_plots, fill)
