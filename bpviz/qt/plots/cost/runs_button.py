"""How many earlier runs there are, and the way to their list. Without any it is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QStyleOptionButton

from bpviz.qt.session import Session

if TYPE_CHECKING:
    from bpviz.document.earlier import EarlierRun
    from bpviz.qt.plots.cost.runs_list import RunsList

_TIP = "Earlier runs, kept to compare with: show, hide, rename or remove them"
_AWAY = 6


class RunsButton(QPushButton):
    """Follows the session. The list is made when it is first asked for."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("picker", "accent")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(_TIP)
        self._session = session
        self._shown: tuple[EarlierRun, ...] = ()
        self._list: RunsList | None = None
        self.clicked.connect(self.open_list)
        session.costs_changed.connect(self._follow)
        self._tell()
        if not self._shown:  # else it is seen as soon as it stands somewhere
            self.hide()

    @property
    def popup(self) -> RunsList:
        """What opens."""
        if self._list is None:
            from bpviz.qt.plots.cost.runs_list import RunsList

            self._list = RunsList(self._session, self)
        return self._list

    def open_list(self) -> None:
        """Above the button, so that the curves are seen meanwhile, or below it where there is no room."""
        opened = self.popup
        opened.refresh()
        size, window = opened.size(), self.window()
        room = QRect(window.mapToGlobal(QPoint()), window.size()).adjusted(_AWAY, _AWAY, -_AWAY, -_AWAY)
        place = self.mapToGlobal(QPoint((self.width() - size.width()) // 2, -_AWAY - size.height()))
        if place.y() < room.top():
            place.setY(self.mapToGlobal(QPoint(0, self.height() + _AWAY)).y())
        opened.move(max(room.left(), min(place.x(), room.right() - size.width())), place.y())
        opened.rows[0].check.setFocus(Qt.FocusReason.PopupFocusReason)
        opened.show()

    def _follow(self) -> None:
        """The session's costs change all the time, its earlier runs rarely."""
        if self._session.runs is not self._shown:
            self._tell()
            self.setVisible(bool(self._shown))

    def _tell(self) -> None:
        self._shown = self._session.runs
        n = len(self._shown)
        self.setText("1 run" if n == 1 else f"{n} runs")
        self.setAccessibleName(f"Earlier runs: {n}")

    # -- Qt ----------------------------------------------------------------------------------------

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        option.features |= QStyleOptionButton.ButtonFeature.HasMenu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_list()
        else:
            super().keyPressEvent(event)
