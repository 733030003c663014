"""What each shortcut and each button of the top bar does, by the names in shortcuts.py."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from bpviz.qt.plots.plot_panel import PLOTS
from bpviz.qt.side_panel import PAGES

if TYPE_CHECKING:
    from bpviz.qt.window import MainWindow

Acts = dict[str, Callable[[], object]]


def acts_of(window: MainWindow) -> Acts:
    """All of them, by name."""
    return _telling(window) | _looking(window) | _changing(window) | window.filing.acts() | _showing(window)


def _telling(window: MainWindow) -> Acts:
    player = window.player
    return {
        "next_phase": player.next_phase,
        "previous_phase": player.previous_phase,
        "next_step": player.next_step,
        "previous_step": player.previous_step,
        "toggle_run": player.toggle_run,
        "faster": player.faster,
        "slower": player.slower,
        "to_start": player.to_start,
    }


def _looking(window: MainWindow) -> Acts:
    canvas, spotlight = window.canvas, window.spotlight
    return {
        "fit": canvas.fit,
        "toggle_folds": canvas.toggle_folds,
        "toggle_maps": canvas.heat.toggle,
        "next_node": canvas.select_next_node,
        "previous_node": canvas.select_previous_node,
        "next_edge": canvas.select_next_edge,
        "previous_edge": canvas.select_previous_edge,
        "let_go": spotlight.let_go,
        "next_example": spotlight.next_example,
        "previous_example": spotlight.previous_example,
        "toggle_mean": spotlight.toggle_mean,
    }


def _changing(window: MainWindow) -> Acts:
    session = window.session
    return {
        "roll": session.roll,
        "toggle_frozen": window.toggle_frozen,
        **window.canvas.changing.acts,
        "undo": session.undo,
        "redo": session.redo,
        "show_data": window.data.show,
    }


def _showing(window: MainWindow) -> Acts:
    return {
        "show_gallery": window.show_gallery,
        "cycle_theme": window.theme.cycle,
        "toggle_setup": window.toggle_setup,
        "toggle_plots": window.toggle_plots,
        "toggle_side": window.toggle_side,
        "toggle_notation": window.naming.toggle,
        "show_playground": window.show_playground,
        "toggle_full_screen": window.toggle_full_screen,
        "show_shortcuts": window.show_shortcuts,
        "close": window.close,
        **{f"show_{name.lower()}": partial(window.show_page, name) for name in PAGES},
        **{f"plot_{name.lower()}": partial(window.show_plot, name) for name in PLOTS},
    }
