"""The window: puts the panels around the network, gives every shortcut its act, remembers its layout."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
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

from bpviz.document.preset import Preset
from bpviz.qt.acts import acts_of
from bpviz.qt.afterwards import Afterwards, late_pieces
from bpviz.qt.arrangement import FRAME, GAP, LEAST_SIZE, Arrangement
from bpviz.qt.canvas.view import NetworkCanvas
from bpviz.qt.data.opener import DataOpener
from bpviz.qt.keeping.filing import Filing, given_path
from bpviz.qt.keeping.restore_bar import RestoreBar
from bpviz.qt.legend import Legend
from bpviz.qt.naming import Naming
from bpviz.qt.notice import Notice
from bpviz.qt.player import Player
from bpviz.qt.plots.plot_panel import PlotPanel
from bpviz.qt.remembered import remember, restore
from bpviz.qt.sentence_bar import SentenceBar
from bpviz.qt.session import Session
from bpviz.qt.setup_panel import SetupPanel
from bpviz.qt.shortcuts import SHORTCUTS
from bpviz.qt.side_panel import SidePanel
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme
from bpviz.qt.top_bar import TopBar
from bpviz.qt.transport.bar import Transport

if TYPE_CHECKING:
    from bpviz.document.snapshot import Snapshot


class MainWindow(QMainWindow):
    """Owns session, player, spotlight and naming, the panels that show them, and what is filed.

    Its first picture has the network and what moves it; the other panels are filled behind it.
    """

    def __init__(self, source: Preset | Snapshot, theme: Theme, path: Path | None = None) -> None:
        """path: where source comes from, if it is a document."""
        super().__init__()
        self.theme = theme
        theme.dress(self)
        self.session = Session(source, self)
        self.player = Player(self.session, parent=self)
        self.spotlight = Spotlight(self.session, self)
        self.naming = Naming(self.session, self)
        self._playground: QDialog | None = None
        self.data = DataOpener(self.session, theme, self)
        self._make_panels()
        self.filing = Filing(self.session, self.restore_bar, self, path)
        self.documents = self.filing.documents
        self._lay_out()
        self._bind_shortcuts()
        restore(self)
        self.afterwards = Afterwards(late_pieces(self), self)
        self._connect()
        self._name_window()

    def keep_within(self, room: QSize) -> None:
        """Shrink to what a screen has room for, with a frame round it, if it has room for the least."""
        inside, least = room - QSize(*FRAME), QSize(*LEAST_SIZE)
        if inside.expandedTo(least) == inside:
            self.resize(self.size().boundedTo(inside))

    # -- what the shortcuts and the top bar ask for ------------------------------------------------

    def open_preset(self, preset: Preset) -> None:
        """Open another experiment; when it cannot be opened, say why and keep the present one."""
        self.documents.open_preset(preset)

    def open_path(self, path: Path) -> None:
        """Open what a file holds: a document or preset; weights; a table, in the data window."""
        self.filing.open_path(path)

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

    def show_plot(self, name: str) -> None:
        """Open a plot, wherever the panel below the network was."""
        self.plot_frame.show()
        self.plots.show_page(name)

    def show_shortcuts(self) -> None:
        from bpviz.qt.shortcut_sheet import ShortcutSheet

        sheet = ShortcutSheet(self.theme, self)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    def toggle_frozen(self) -> None:
        """Freeze or thaw what is selected, or say what can be."""
        if not self.session.toggle_frozen(self.spotlight.selected):
            self.notice.refuse("Select a weight, or a unit with a bias: L freezes it; training leaves it.")

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
        self.notice, self.restore_bar = Notice(), RestoreBar()
        self.setup_panel = SetupPanel(session, theme)
        self.sentence = SentenceBar(session, player, spotlight, naming, theme)
        self.canvas = NetworkCanvas(session, player, spotlight, naming, theme)
        self.plots = PlotPanel(session, player, spotlight, naming, theme)
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
        inner.addWidget(self.restore_bar)
        inner.addWidget(self.notice)
        inner.addWidget(self.arrangement, 1)
        inner.addWidget(self.transport_frame)
        self.setMinimumSize(*LEAST_SIZE)

    def _bind_shortcuts(self) -> None:
        for shortcut in SHORTCUTS:
            if shortcut.action:
                for key in shortcut.keys:
                    QShortcut(QKeySequence(key), self, partial(self._act, shortcut.action))

    def _connect(self) -> None:
        self.top_bar.preset_chosen.connect(self.open_preset)
        self.top_bar.path_chosen.connect(self.open_path)
        self.top_bar.asked.connect(self._act)
        self.canvas.refused.connect(self.notice.refuse)
        self.setup_panel.data_asked.connect(self.data.show)
        self.filing.table_given.connect(self.data.show_table)
        self.filing.told.connect(self.notice.tell)
        self.plots.told.connect(self.notice.tell)
        self.plots.failed.connect(self.notice.say)
        self.filing.autosaving.failed.connect(self.notice.say)
        self.documents.failed.connect(self.notice.say)
        self.documents.opening.connect(self.player.pause)
        self.documents.opened.connect(self.notice.hide)
        self.documents.changed.connect(self._name_window)
        self.setAcceptDrops(True)

    def _act(self, action: str) -> None:
        acts_of(self)[action]()

    # -- within ----------------------------------------------------------------------------------------

    def _name_window(self) -> None:
        self.setWindowTitle(f"{self.documents.name}[*] — bpviz")
        self.setWindowModified(self.documents.modified)
        self.top_bar.show_name(self.documents.name)

    def _toggle(self, frame: QFrame) -> None:
        frame.setVisible(frame.isHidden())

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

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if given_path(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = given_path(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.open_path(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the focused button, since Space runs and pauses."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.player.pause()
        if not self.filing.may_close():
            event.ignore()
            return
        self.afterwards.stop()
        self.filing.end()
        remember(self)
        self.data.close()
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
