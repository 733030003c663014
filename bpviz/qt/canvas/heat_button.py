"""The small button on the picture that shows heat maps on the nodes; it is their legend, too."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from bpviz.explain.heat import Heat
from bpviz.explain.number import number
from bpviz.qt.canvas.legend import value_gradient
from bpviz.qt.fonts import ui_font
from bpviz.qt.theme import Theme

_HEIGHT = 24
_PAD = 9.0
_BAR = (22.0, 8.0)
_FONT = 11.0
_TIP = "Show on each node what it makes of all inputs, as a heat map over their plane (H)."
_WORD = "Maps"


class HeatButton(QAbstractButton):
    """Return presses it; Space belongs to the whole window."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scale = ("", "")  # as far as there is room for it, and in full
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Heat maps on the nodes")
        self.setToolTip(_TIP)
        self.setAccessibleDescription(_TIP)
        theme.changed.connect(self.update)
        self.hide()

    def show_scale(self, heat: Heat | None) -> None:
        """Say what full colour stands for in the maps that are shown, if any are."""
        short, said = ("", "") if heat is None else _scale(heat)
        if self._scale != (short, said):
            self._scale = (short, said)
            self.setToolTip(f"{_TIP} {said}".rstrip())
            self.resize(self.sizeHint())
            self.update()

    @property
    def text_shown(self) -> str:
        return f"{_WORD} {self._scale[0]}".rstrip()

    # -- Qt ----------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        wide = QFontMetricsF(ui_font(_FONT, 500)).horizontalAdvance(self.text_shown)
        return QSize(round(2 * _PAD + _BAR[0] + 6 + wide), _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, lit = self._theme.palette, self.underMouse() or self.isDown()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(palette.accent_soft if self.isChecked() else palette.panel))
        focused = self.hasFocus()
        edge = palette.accent if focused or lit else palette.line
        painter.setPen(QPen(QColor(edge), 2.0 if focused else 1.0))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        bar = QRectF(_PAD, (self.height() - _BAR[1]) / 2, *_BAR)
        painter.setBrush(value_gradient(palette, bar))
        painter.drawRoundedRect(bar, 2, 2)
        painter.setFont(ui_font(_FONT, 500))
        painter.setPen(QColor(palette.ink if self.isChecked() or lit else palette.ink_soft))
        left = bar.right() + 6
        words = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text_shown)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


def _scale(heat: Heat) -> tuple[str, str]:
    """Of the layers; the inputs have theirs on hover."""
    low, high = min(heat.largest[1:]), max(heat.largest[1:])
    full = f"±{number(high)}" if low == high else f"between ±{number(low)} and ±{number(high)}, by layer"
    said = f"Orange is below zero and blue above; full colour is {full}."
    return full if low == high else "by layer", said
