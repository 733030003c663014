"""The earlier runs of the session, to be shown, hidden, renamed and removed. Every act can be undone."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from bpviz.document.earlier import EarlierRun
from bpviz.qt.plots.cost.runs_row import RunRow
from bpviz.qt.session import Session

_CAPTIONS = ("Earlier run", "What was changed then", "Last cost")
_INDENT = 7  # of the text in a field


class RunsList(QFrame):
    """Opens over the window, the newest run first. Escape or a click beside it closes it.

    Arrows lead from row to row, Return presses what has the focus.
    """

    def __init__(self, session: Session, opener: QWidget) -> None:
        super().__init__(opener, Qt.WindowType.Popup)
        self.setProperty("popup", True)
        self.setAccessibleName("Earlier runs")
        self._session = session
        self._rows: list[RunRow] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._caption()
        self.remove_all = QPushButton("Remove all")
        self.remove_all.setProperty("quiet", True)
        self.remove_all.setToolTip("Remove every earlier run. Undo brings them back.")
        self.remove_all.clicked.connect(self._remove_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 10, 8)
        column.setSpacing(4)
        column.addLayout(self._grid)
        column.addWidget(self.remove_all, 0, Qt.AlignmentFlag.AlignRight)
        session.costs_changed.connect(self._follow)

    @property
    def rows(self) -> tuple[RunRow, ...]:
        """Those that are shown, from above."""
        return tuple(self._rows)

    def refresh(self) -> None:
        """Show the session's earlier runs; without any there is nothing to be open for."""
        runs = self._session.runs[::-1]
        while len(self._rows) < len(runs):
            self._add_row()
        while len(self._rows) > len(runs):
            self._drop_row()
        for row, run in zip(self._rows, runs, strict=True):
            row.show_run(run)
        self._chain()
        self.adjustSize()
        if not runs:
            self.close()

    # -- what is asked for -----------------------------------------------------------------------

    def _show(self, row: RunRow, on: bool) -> None:
        self._put("show" if on else "hide", row, replace(self._run(row), hidden=not on))

    def _rename(self, row: RunRow, name: str) -> None:
        self._put("rename", row, replace(self._run(row), name=name))

    def _remove(self, row: RunRow) -> None:
        self._put("remove", row)

    def _run(self, row: RunRow) -> EarlierRun:
        return self._session.runs[self._place(row)]

    def _put(self, act: str, row: RunRow, *instead: EarlierRun) -> None:
        runs, place = self._session.runs, self._place(row)
        self._session.set_runs(f"{act} earlier run", (*runs[:place], *instead, *runs[place + 1 :]))

    def _place(self, row: RunRow) -> int:
        return len(self._rows) - 1 - self._rows.index(row)

    def _remove_all(self) -> None:
        self._session.set_runs("remove earlier runs", ())

    # -- within ----------------------------------------------------------------------------------

    def _follow(self) -> None:
        if self.isVisible():
            shown: list[EarlierRun | None] = [row.run for row in self._rows]
            if shown != list(self._session.runs[::-1]):
                self.refresh()

    def _caption(self) -> None:
        for k, words in enumerate(_CAPTIONS, start=1):
            label = QLabel(words)
            label.setProperty("faint", True)
            label.setIndent(_INDENT if k == 1 else 0)
            side = Qt.AlignmentFlag.AlignRight if k == len(_CAPTIONS) else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(label, 0, k, side)

    def _add_row(self) -> None:
        row = RunRow(self)
        row.switched.connect(self._show)
        row.renamed.connect(self._rename)
        row.removed.connect(self._remove)
        for column, widget in enumerate(row.widgets):
            right = widget is row.cost
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag(0)
            self._grid.addWidget(widget, len(self._rows) + 1, column, side | Qt.AlignmentFlag.AlignVCenter)
            widget.show()  # now, for the list is made to fit it now
        self._rows.append(row)

    def _drop_row(self) -> None:
        row = self._rows.pop()
        for widget in row.widgets:
            if widget.hasFocus():
                (self._rows[-1].remove if self._rows else self.remove_all).setFocus()
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        row.deleteLater()

    def _chain(self) -> None:
        """The keyboard goes from row to row, and to the foot."""
        order = [widget for row in self._rows for widget in row.reached] + [self.remove_all]
        for one, following in pairwise(order):
            QWidget.setTabOrder(one, following)

    def _step(self, by: int) -> None:
        """The same thing one row on."""
        for k, row in enumerate(self._rows):
            focused = next((i for i, widget in enumerate(row.reached) if widget.hasFocus()), None)
            if focused is not None:
                beside = self._rows[min(max(k + by, 0), len(self._rows) - 1)]
                beside.reached[focused].setFocus(Qt.FocusReason.TabFocusReason)
                return

    # -- Qt ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        match event.key():
            case Qt.Key.Key_Escape:
                self.close()
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if isinstance(focused, QAbstractButton):
                focused.click()
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the button that opened it closes it, and opens nothing anew."""
        opener, at = self.parentWidget(), event.globalPosition().toPoint()
        on_opener = opener is not None and opener.rect().contains(opener.mapFromGlobal(at))
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay, on_opener)
        super().mousePressEvent(event)
