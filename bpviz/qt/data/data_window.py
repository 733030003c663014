"""The data window: examples are made, drawn or read from a file, looked at, and only then learned from."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QDialog, QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from bpviz.document.editing import set_data
from bpviz.document.errors import DocumentError
from bpviz.document.experiment import Experiment
from bpviz.engine.errors import EngineError
from bpviz.qt.data.draw_page import DrawPage
from bpviz.qt.data.effect import effect_text
from bpviz.qt.data.file_page import FilePage
from bpviz.qt.data.footer import Footer
from bpviz.qt.data.generated_page import GeneratedPage
from bpviz.qt.data.look import look
from bpviz.qt.data.offer import Offer
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme

_FIRST_SIZE = (940, 620)
_LEAST_SIZE = (800, 520)
_MARGIN = 16
_USUAL_SHARE = 0.2
_ENOUGH = 20  # examples, to hold some out
_TABS = (
    ("Generated", "Sets that the program makes, and those that come with it (Alt+1)"),
    ("Draw", "Place points by hand (Alt+2)"),
    ("File", "Read a table, such as CSV (Alt+3)"),
)


class DataWindow(QDialog):
    """Three ways to a data set, side by side. Using one is a single edit of the session, which can be undone;
    nothing is replaced before, and nothing by closing."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self.generated = GeneratedPage(theme)
        self.draw = DrawPage(session, theme)
        self.file = FilePage(theme)
        self._pages = (self.generated, self.draw, self.file)
        self.footer = Footer(session.experiment.validation_share)
        self._share_chosen = False
        self.tabs = QTabBar()
        self._lay_out()
        self._connect()
        self._dress()
        self._begin()

    def open_on(self, path: Path) -> None:
        """Show a table that was chosen elsewhere, as a file dropped on the window."""
        self.tabs.setCurrentIndex(self._pages.index(self.file))
        self.file.read(path)
        self.show()
        self.activateWindow()

    def use(self) -> None:
        """Learn from the data shown, and close. What prevents it is said, and the session is as it was."""
        offer = self._offer
        if offer.source is None or not self.footer.use.isEnabled():
            return
        try:
            edit = set_data(self._session.experiment, offer.source, self.footer.share.value)
            self._session.apply(edit, offer.dataset)
        except (DocumentError, EngineError) as error:
            self.footer.show_reason(str(error), True)
        else:
            self.close()

    # -- what is shown ---------------------------------------------------------------------------------

    @property
    def _offer(self) -> Offer:
        return self._pages[self.tabs.currentIndex()].offer

    def _turn(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self._foretell()

    def _foretell(self) -> None:
        """What using the present offer would do, or why it cannot be used."""
        offer, experiment = self._offer, self._session.experiment
        if not self._share_chosen:
            self.footer.share.set_value(_usual_share(experiment, offer))
        self.footer.show_parts(0 if offer.dataset is None else offer.dataset.count)
        if offer.source is None:
            self.footer.show_reason(offer.reason, offer.trouble)
            return
        try:
            edit = set_data(experiment, offer.source, self.footer.share.value)
        except (DocumentError, EngineError) as error:
            self.footer.show_reason(str(error), True)
            return
        share = edit.experiment.validation_share
        if (offer.source, share) == (experiment.dataset, experiment.validation_share):
            self.footer.show_reason("The network learns from these data already.", False)
        else:
            self.footer.show_effect(effect_text(experiment, edit))

    def _choose_share(self) -> None:
        self._share_chosen = True
        self._foretell()

    def _begin(self) -> None:
        """With what the network learns from now."""
        source = self._session.experiment.dataset
        if not self.generated.show_source(source) and self.draw.holds_data:
            self.tabs.setCurrentIndex(self._pages.index(self.draw))
        self._foretell()

    # -- building ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setWindowTitle("Data")
        self.setModal(False)
        self.setAcceptDrops(True)
        self.setMinimumSize(*_LEAST_SIZE)
        self._stack = QStackedWidget()
        for (name, tip), page in zip(_TABS, self._pages, strict=True):
            self.tabs.setTabToolTip(self.tabs.addTab(name), tip)
            self._stack.addWidget(page)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Ways to data")
        panel = QFrame()
        panel.setProperty("panel", True)
        inner = QVBoxLayout(panel)
        inner.setContentsMargins(_MARGIN, 6, _MARGIN, _MARGIN - 2)
        inner.setSpacing(10)
        inner.addWidget(self.tabs)
        inner.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        column.addWidget(panel, 1)
        column.addWidget(self.footer)
        self.resize(*_FIRST_SIZE)
        geometry = QSettings("bpviz", "bpviz").value("data/geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turn)
        for page in self._pages:
            page.changed.connect(self._foretell)
        self.footer.share_changed.connect(self._choose_share)
        self.footer.used.connect(self.use)
        self.footer.left.connect(self.close)
        self._session.experiment_changed.connect(self._foretell)
        self._theme.changed.connect(self._dress)
        for index in range(len(self._pages)):
            QShortcut(QKeySequence(f"Alt+{index + 1}"), self, partial(self.tabs.setCurrentIndex, index))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.use)
        QShortcut(QKeySequence("Ctrl+T"), self, self._theme.cycle)  # as in the window

    def _dress(self) -> None:
        self.setStyleSheet(look(self._theme.palette))

    # -- Qt ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the focused button; there is no button that it presses from elsewhere."""
        focused = self.focusWidget()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(focused, QAbstractButton):
            focused.click()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.open_on(Path(event.mimeData().urls()[0].toLocalFile()))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.file.stop()
            QSettings("bpviz", "bpviz").setValue("data/geometry", self.saveGeometry())


def _usual_share(experiment: Experiment, offer: Offer) -> float:
    """The present one; where few examples left none to hold out, that of most sets once there are enough."""
    enough = offer.dataset is not None and offer.dataset.count >= _ENOUGH
    kept = experiment.validation_share > 0.0 or offer.source == experiment.dataset or not enough
    return experiment.validation_share if kept else _USUAL_SHARE
