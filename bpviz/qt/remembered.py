"""What a window is like when it is opened again: where it was, what it showed, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from bpviz.qt.arrangement import FIRST_SIZE

if TYPE_CHECKING:
    from bpviz.qt.window import MainWindow


def restore(window: MainWindow) -> None:
    """As it was remembered; the first time as it is meant to be."""
    settings = QSettings("bpviz", "bpviz")
    window.resize(*FIRST_SIZE)
    geometry = settings.value("geometry")
    if isinstance(geometry, QByteArray):
        window.restoreGeometry(geometry)
    window.naming.set_notation(str(settings.value("notation", "")))
    window.side.choose(str(settings.value("page", "")))
    window.plots.choose(str(settings.value("plot", "")))
    window.canvas.heat.set(bool(settings.value("heat maps", False, bool)))
    window.arrangement.restore(settings)


def remember(window: MainWindow) -> None:
    settings = QSettings("bpviz", "bpviz")
    settings.setValue("geometry", window.saveGeometry())
    settings.setValue("theme", window.theme.mode)
    settings.setValue("notation", window.naming.notation)
    settings.setValue("page", window.side.shown)
    settings.setValue("plot", window.plots.shown)
    settings.setValue("heat maps", window.canvas.heat.on)
    window.arrangement.remember(settings)
