"""Keys, drawn as the caps they are on."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.qt.fonts import SMALL, ui_font
from bpviz.qt.palette import blend
from bpviz.qt.theme import Theme

_HEIGHT = 22
_PAD = 7
_LEAST = 22
_GAP = 4
_BETWEEN = 8
_NAMES = {
    "Right": "→", "Left": "←", "Up": "↑", "Down": "↓", "Escape": "Esc", "PgDown": "Page down",
    "PgUp": "Page up", "-": "−",
}  # fmt: skip


def caps(key: str) -> list[str]:
    """The caps of a key sequence: "Shift+Right" is Shift and →."""
    parts = [key] if key == "+" else key.split("+")
    return [_NAMES.get(part, part) for part in parts]


class Keycaps(QWidget):
    """Paints one or more ways to press something, side by side."""

    def __init__(self, keys: tuple[str, ...], theme: Theme) -> None:
        super().__init__()
        self._ways = [caps(key) for key in keys]
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(" or ".join(" ".join(way) for way in self._ways))
        theme.changed.connect(self.update)

    def _boxes(self) -> list[tuple[QRectF, str]]:
        metrics = QFontMetricsF(ui_font(SMALL, 500))
        boxes: list[tuple[QRectF, str]] = []
        x = 0.5
        for way in self._ways:
            for cap in way:
                width = max(_LEAST, round(metrics.horizontalAdvance(cap) + 2 * _PAD))
                boxes.append((QRectF(x, 0.5, width, _HEIGHT), cap))
                x += width + _GAP
            x += _BETWEEN - _GAP
        return boxes

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(int(self._boxes()[-1][0].right()) + 2, _HEIGHT + 3)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.setFont(ui_font(SMALL, 500))
        palette = self._theme.palette
        edge = blend(palette.panel_border, palette.ink, 0.12)
        for box, cap in self._boxes():
            painter.setPen(QPen(edge, 1))
            painter.setBrush(edge)
            painter.drawRoundedRect(box.translated(0, 1.5), 5, 5)
            painter.setBrush(QColor(palette.field))
            painter.drawRoundedRect(box, 5, 5)
            painter.setPen(QColor(palette.ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cap)
        painter.end()
