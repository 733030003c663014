"""The window: puts the panels around the network, gives every shortcut its act, remembers its layout."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QFrame,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from bpviz.document.errors import DocumentError
from bpviz.document.preset import Preset, load_file, load_preset, preset_names
from bpviz.engine.errors import EngineError
from bpviz.qt.afterwards import Afterwards
from bpviz.qt.arrangement import FIRST_SIZE, GAP, LEAST_SIZE, Arrangement
from bpviz.qt.canvas.view import NetworkCanvas
from bpviz.qt.legend import Legend
from bpviz.qt.naming import Naming
from bpviz.qt.notice import Notice
from bpviz.qt.player import Player
from bpviz.qt.plots.slot import PlotSlot
from bpviz.qt.sentence_bar import SentenceBar
from bpviz.qt.session import Session
from bpviz.qt.setup_panel import SetupPanel
from bpviz.qt.shortcuts import SHORTCUTS
from bpviz.qt.side_panel import PAGES, SidePanel
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme
from bpviz.qt.top_bar import TopBar
from bpviz.qt.transport.bar import Transport

_FILLED_WITH = (  # pieces of their own: together with the filling they would stop the window for 40 ms
    "bpviz.qt.panels.network_section", "bpviz.qt.panels.learning_section", "bpviz.qt.panels.data_section",
    "bpviz.qt.equations.equations_panel",
)
_OPENED_LATER = (
    "bpviz.qt.chain.chain_panel", "bpviz.qt.code.code_panel", "bpviz.qt.memo.memo_panel",
    "bpviz.qt.batch.batch_panel", "bpviz.qt.inspector", "bpviz.qt.gallery", "bpviz.qt.shortcut_sheet",
    "bpviz.qt.playground.playground",
)  # fmt: skip


class MainWindow(QMainWindow):
    """Owns session, player, spotlight and naming, and the panels that show them.

    Its first picture has the network and what moves it; the other panels are filled behind it.
    """

    def __init__(self, preset: Preset, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        theme.dress(self)
        self.session = Session(preset, self)
        self.player = Player(self.session, parent=self)
        self.spotlight = Spotlight(self.session, self)
        self.naming = Naming(self.session, self)
        self._playground: QDialog | None = None
        self._make_panels()
        self._lay_out()
        self._bind_shortcuts()
        self._restore()
        self.afterwards = Afterwards(self._late_pieces(), self)
        self.session.experiment_changed.connect(self._name_window)
        self._name_window()

    # -- what the shortcuts and the top bar ask for ------------------------------------------------

    def open_preset(self, preset: Preset) -> None:
        """Open another experiment; when it cannot be opened, say why and keep the present one."""
        self.player.pause()
        try:
            self.session.open_preset(preset)
        except (DocumentError, EngineError) as error:
            self.notice.say(str(error))
        else:
            self.notice.hide()

    def open_file(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        kinds = "Experiments (*.json *.bpviz)"
        chosen, _ = QFileDialog.getOpenFileName(self, "Open an experiment", "", kinds)
        if chosen:
            self.open_path(Path(chosen))

    def open_path(self, path: Path) -> None:
        try:
            preset = load_file(path)
        except DocumentError as error:
            self.notice.say(str(error))
        else:
            self.open_preset(preset)

    def show_gallery(self) -> None:
        from bpviz.qt.gallery import Gallery

        self.player.pause()
        gallery = Gallery(self.session, self.theme, self)
        gallery.chosen.connect(self.open_preset)
        gallery.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        gallery.open()

    def show_playground(self) -> None:
        """A(B(C(x))), to play with beside the network."""
        from bpviz.qt.playground.playground import ChainRulePlayground

        if self._playground is None:
            self._playground = ChainRulePlayground(self.naming, self.theme, self)
        self._playground.show()
        self._playground.raise_()
        self._playground.activateWindow()

    def show_page(self, name: str) -> None:
        """Open a page of the panel on the right, wherever it was."""
        self.side_frame.show()
        self.side.show_page(name)

    def show_shortcuts(self) -> None:
        from bpviz.qt.shortcut_sheet import ShortcutSheet

        sheet = ShortcutSheet(self.theme, self)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    def toggle_setup(self) -> None:
        self._toggle(self.setup_frame)

    def toggle_plots(self) -> None:
        self._toggle(self.plot_frame)

    def toggle_side(self) -> None:
        self._toggle(self.side_frame)

    def toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # -- building ------------------------------------------------------------------------------------

    def _make_panels(self) -> None:
        session, player, theme = self.session, self.player, self.theme
        spotlight, naming = self.spotlight, self.naming
        self.top_bar = TopBar(session, self.naming, theme)
        self.notice = Notice()
        self.setup_panel = SetupPanel(session, theme)
        self.sentence = SentenceBar(session, player, spotlight, naming, theme)
        self.canvas = NetworkCanvas(session, player, spotlight, naming, theme)
        self.plots = PlotSlot(session, player, theme)
        self.side = SidePanel(session, player, spotlight, naming, theme)
        self.transport = Transport(session, player, naming, theme)
        self.setup_frame = _panel(self.setup_panel, Legend(session, theme), tall=self.setup_panel)
        self.canvas_frame = _panel(self.sentence, self.canvas)
        self.plot_frame = _panel(self.plots)
        self.side_frame = _panel(self.side)
        self.transport_frame = _panel(self.transport)

    def _lay_out(self) -> None:
        self.arrangement = Arrangement(
            self.setup_frame, self.canvas_frame, self.plot_frame, self.side_frame
        )
        whole, body = QWidget(), QWidget()
        self.setCentralWidget(whole)  # first: to move what has children costs a look at each of them
        outer = QVBoxLayout(whole)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.top_bar)
        outer.addWidget(body, 1)
        inner = QVBoxLayout(body)
        inner.setContentsMargins(GAP, GAP, GAP, GAP)
        inner.setSpacing(GAP)
        inner.addWidget(self.notice)
        inner.addWidget(self.arrangement, 1)
        inner.addWidget(self.transport_frame)
        self.setMinimumSize(*LEAST_SIZE)

    def _bind_shortcuts(self) -> None:
        acts = self._acts()
        for shortcut in SHORTCUTS:
            if shortcut.action:
                for key in shortcut.keys:
                    QShortcut(QKeySequence(key), self, acts[shortcut.action])
        self.top_bar.preset_chosen.connect(self.open_preset)
        self.top_bar.asked.connect(self._act)

    def _acts(self) -> dict[str, Callable[[], object]]:
        player, canvas, spotlight = self.player, self.canvas, self.spotlight
        return {
            "next_phase": player.next_phase,
            "previous_phase": player.previous_phase,
            "next_step": player.next_step,
            "previous_step": player.previous_step,
            "toggle_run": player.toggle_run,
            "faster": player.faster,
            "slower": player.slower,
            "to_start": player.to_start,
            "roll": self.session.roll,
            "fit": canvas.fit,
            "toggle_folds": canvas.toggle_folds,
            "next_node": canvas.select_next_node,
            "previous_node": canvas.select_previous_node,
            "next_edge": canvas.select_next_edge,
            "previous_edge": canvas.select_previous_edge,
            "let_go": spotlight.let_go,
            "next_example": spotlight.next_example,
            "previous_example": spotlight.previous_example,
            "toggle_mean": spotlight.toggle_mean,
            "show_gallery": self.show_gallery,
            "open_file": self.open_file,
            "cycle_theme": self.theme.cycle,
            "toggle_setup": self.toggle_setup,
            "toggle_plots": self.toggle_plots,
            "toggle_side": self.toggle_side,
            "toggle_notation": self.naming.toggle,
            "show_playground": self.show_playground,
            **{f"show_{name.lower()}": partial(self.show_page, name) for name in PAGES},
            "toggle_full_screen": self.toggle_full_screen,
            "show_shortcuts": self.show_shortcuts,
            "close": self.close,
        }

    def _act(self, action: str) -> None:
        self._acts()[action]()

    # -- within ----------------------------------------------------------------------------------------

    def _late_pieces(self) -> list[Callable[[], object]]:
        """What is seen comes first. The rest is only imported, so that it opens at once when asked for."""
        return [
            *(partial(import_module, name) for name in _FILLED_WITH), self.setup_panel.fill, self.side.fill,
            *(partial(load_preset, name) for name in preset_names()), self.top_bar.offer_presets,
            self.plots.fill,
            *(partial(import_module, name) for name in _OPENED_LATER),
        ]  # fmt: skip

    def _name_window(self) -> None:
        self.setWindowTitle(self.session.preset.title)

    def _toggle(self, frame: QFrame) -> None:
        frame.setVisible(frame.isHidden())

    def _restore(self) -> None:
        settings = QSettings("bpviz", "bpviz")
        self.resize(*FIRST_SIZE)
        geometry = settings.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        self.naming.set_notation(str(settings.value("notation", "")))
        self.side.choose(str(settings.value("page", "")))
        self.arrangement.restore(settings)

    def _remember(self) -> None:
        settings = QSettings("bpviz", "bpviz")
        settings.setValue("geometry", self.saveGeometry())
        settings.setValue("theme", self.theme.mode)
        settings.setValue("notation", self.naming.notation)
        settings.setValue("page", self.side.shown)
        self.arrangement.remember(settings)

    # -- Qt ----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrangement.share(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.canvas.setFocus()  # keys go to the network, not to the first button

    def paintEvent(self, event: QPaintEvent) -> None:
        """The others begin behind the first picture."""
        super().paintEvent(event)
        self.afterwards.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the focused button, since Space runs and pauses."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.afterwards.stop()
        self.player.pause()
        self._remember()
        if self._playground is not None:
            self._playground.close()  # it remembers on its own
        super().closeEvent(event)


def _panel(*widgets: QWidget, tall: QWidget | None = None) -> QFrame:
    """A soft panel around widgets; the tall one, or else the last, takes the room."""
    frame = QFrame()
    frame.setProperty("panel", True)
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget, 1 if widget is (tall or widgets[-1]) else 0)
    return frame
