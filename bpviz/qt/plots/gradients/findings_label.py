"""What is found, in words: as many sentences as there is room for, the gravest first."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from bpviz.explain.health import Finding, Trouble
from bpviz.qt.fonts import SMALL, ui_font
from bpviz.qt.panels.tip import wrapped
from bpviz.qt.theme import Theme

_BOLDER = 1.04   # the first word is wider than it is measured
_SIDE = 216


class FindingsLabel(QLabel):
    """Stands above a plot, a line or two high, or beside it. All that is found is in its tooltip."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._found: tuple[Finding, ...] = ()
        self._beside = False
        self.setFont(ui_font(SMALL))
        self.setProperty("soft", True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName("What errors and gradients say")
        theme.changed.connect(self._write)

    @property
    def said(self) -> str:
        """The sentences that are shown, without their dress."""
        return "\n".join(self._fitting())

    def say(self, found: tuple[Finding, ...]) -> None:
        if found != self._found:
            self._found = found
            whole = "\n\n".join(finding.text for finding in found)
            self.setToolTip(wrapped(whole))
            self.setAccessibleDescription(whole)
            self._write()

    def stand_above(self, lines: int) -> None:
        """Over the plot, always so many lines high: what is below does not move with the words."""
        self._beside = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(0)
        self.setMaximumWidth(16777215)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 2)

    def stand_beside(self) -> None:
        """At the side of the plot, as high as that."""
        self._beside = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self.setFixedWidth(_SIDE)
        self.setMinimumHeight(0)
        self.setMaximumHeight(16777215)

    # -- within ------------------------------------------------------------------------------------

    def _fitting(self) -> list[str]:
        """As many sentences as fit; if not even one does, as much of it as does."""
        texts = [finding.text for finding in self._found]
        for most in range(len(texts), 0, -1):
            if self._height(texts[:most]) <= self.height():
                return texts[:most]
        metrics = self.fontMetrics()
        lines = max(1, self.height() // metrics.lineSpacing())
        room = int(self.width() * (lines - 0.15 * (lines - 1)) / _BOLDER)
        return [metrics.elidedText(text, Qt.TextElideMode.ElideRight, room) for text in texts[:1]]

    def _height(self, texts: list[str]) -> int:
        room = QRect(0, 0, int(self.width() / _BOLDER), 10_000)
        joined = texts if self._beside else [" ".join(texts)]
        return sum(_height(self.fontMetrics(), room, text) for text in joined)

    def _write(self) -> None:
        ink, tag = self._theme.palette.ink, "p" if self._beside else "span"
        calm = not self._found or self._found[0].trouble is Trouble.NONE
        parts = []
        for text in self._fitting():
            head, colon, rest = text.partition(":")
            style = f"color:{ink}; font-weight:600"
            dressed = f'<span style="{style}">{escape(head + colon)}</span>{escape(rest)}'
            words = dressed if colon and not calm else escape(text)
            parts.append(f'<{tag} style="margin:0 0 6px 0">{words}</{tag}>')
        self.setText(" ".join(parts))

    # -- Qt ----------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._write()


def _height(metrics: QFontMetrics, room: QRect, text: str) -> int:
    return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()
