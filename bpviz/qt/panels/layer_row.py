"""One layer of the network in the set-up: its name, its units, its activation."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from bpviz.qt.fonts import SMALL, number_font, ui_font
from bpviz.qt.theme import Theme

_PAD = 9
_GAP = 8
_LEAST_WIDTH = 120


class LayerRow(QFrame):
    """A soft row. When there is no room for one line, the units move under the name."""

    def __init__(self, name: str, units: str, activation: str, theme: Theme) -> None:
        super().__init__()
        self.setProperty("field", True)
        self._theme = theme
        self._name = _label(name, ui_font(weight=600))
        self._units = _label(units, number_font(SMALL))
        self._units.setProperty("soft", True)
        self._activation = _label(activation, ui_font(SMALL, 500))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(_PAD, 7, _PAD, 7)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(2)
        self._stacked: bool | None = None
        self.stack(False, 0)
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def name_width(self) -> int:
        return _width(self._name)

    def needed(self, name_width: int) -> int:
        """The width at which everything stands on one line, names being so wide."""
        parts = name_width + _GAP + _width(self._units)
        activation = _width(self._activation)
        return parts + (_GAP + activation if activation else 0) + 2 * _PAD

    def stack(self, stacked: bool, name_width: int) -> None:
        """Two lines, or one with the units beginning after names of so many pixels."""
        self._name.setMinimumWidth(0 if stacked else name_width)
        if stacked == self._stacked:
            return
        self._stacked = stacked
        for label in (self._name, self._units, self._activation):
            self._grid.removeWidget(label)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(self._name, 0, 0, left)
        self._grid.addWidget(self._activation, 0, 2, right)
        if stacked:
            self._grid.addWidget(self._units, 1, 0, 1, 3, left)
        else:
            self._grid.addWidget(self._units, 0, 1, left)
        self._grid.setColumnStretch(1, 1)

    def _dress(self) -> None:
        self._activation.setStyleSheet(f"color: {self._theme.palette.accent};")

    # -- Qt ----------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """A row on one line must not hold the panel open: when there is less room, it gets two."""
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())


def _label(text: str, font: QFont) -> QLabel:
    label = QLabel(text)
    label.setFont(font)
    return label


def _width(label: QLabel) -> int:
    label.ensurePolished()  # until then its font is another
    return label.sizeHint().width() if label.text() else 0
