"""Where a file is dropped, before there is one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from bpviz.qt.theme import Theme

_INVITATION = "Drop a table here, or choose one"
_KINDS = (
    "CSV and its relatives: text with commas, semicolons, tabs, bars or blanks\n"
    "between the cells, decimal points or commas, with or without names\n"
    "in the first row, up to 500 MB."
)


class DropZone(QWidget):
    """An invitation in a dashed frame, with the button that does the same."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.choose = QPushButton("Choose a file…")
        self.choose.setAutoDefault(False)
        self.choose.setToolTip("Choose a table to read (Ctrl+O)")
        invitation, kinds = QLabel(_INVITATION), QLabel(_KINDS)
        invitation.setProperty("title", True)
        kinds.setProperty("soft", True)
        kinds.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(1)
        for widget in (invitation, kinds, self.choose):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        theme.changed.connect(self.update)

    # -- Qt ----------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(self._theme.palette.line), 1.5)
        pen.setDashPattern([5.0, 4.0])
        painter.setPen(pen)
        painter.setBrush(QColor(self._theme.palette.field))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 8, 8)
        painter.end()
