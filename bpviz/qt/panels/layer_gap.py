"""The gap between two layers of the set-up, where another can be put."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from bpviz.document.editing import add_layer
from bpviz.qt.panels.refusal import Refusal
from bpviz.qt.panels.tip import wrapped
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme

_HEIGHT = 12
_SIGN = 3.5   # half of the plus
_TIP = "Put a layer here. The others keep their weights where shapes allow; steps count from 0 again."


class LayerGap(QAbstractButton):
    """Empty, until the mouse or the keyboard is on it: then a line with a plus."""

    def __init__(self, session: Session, theme: Theme, trouble: Refusal) -> None:
        """trouble: where it is said that there are layers enough."""
        super().__init__()
        self._session = session
        self._theme = theme
        self._trouble = trouble
        self._layer = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(wrapped(_TIP))
        self.clicked.connect(self.add_layer)

    def show_place(self, layer: int, before: str) -> None:
        """The new layer becomes this one; before: the layer that it comes before, in words."""
        self._layer = layer
        self.setAccessibleName(f"Add a layer before {before}")

    def add_layer(self) -> None:
        edit = partial(add_layer, self._session.experiment, self._layer)
        self._trouble.attempt(self._session, edit)

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(40, _HEIGHT)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not (self.underMouse() or self.hasFocus()):
            return
        palette = self._theme.palette
        middle = QRectF(self.rect()).center()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(palette.accent), 1.5))
            for left, right in ((4.0, middle.x() - 8), (middle.x() + 8, self.width() - 4.0)):
                painter.drawLine(QPointF(left, middle.y()), QPointF(right, middle.y()))
            painter.drawLine(middle - QPointF(_SIGN, 0), middle + QPointF(_SIGN, 0))
            painter.drawLine(middle - QPointF(0, _SIGN), middle + QPointF(0, _SIGN))
