"""The banner above the network: one sentence for the phase, or why training cannot go on."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.explain.phase import score
from bpviz.explain.sentence import sentence
from bpviz.qt.fonts import BODY, number_font
from bpviz.qt.naming import Naming
from bpviz.qt.panels.coalescer import Coalescer
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.subscripts import subscripted
from bpviz.qt.theme import Theme

_OUTER_X, _OUTER_TOP = 16, 14
_PAD_X, _PAD_Y = 14, 8
_LINE = 19
_MOST_LINES = 2
_MOST_WARNING_LINES = 6
_RADIUS = 6
_PANEL_RADIUS = 7


class SentenceBar(QWidget):
    """Two lines high, so that nothing below it jumps; only a warning may take more."""

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        super().__init__()
        self._session = session
        self._player = player
        self._spotlight = spotlight
        self._naming = naming
        self._theme = theme
        self._text = ""
        self._warning = False
        self._key: object = None
        self._layout = QTextLayout()
        self._redraw = Coalescer(self, self.refresh)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._set_lines(_MOST_LINES)
        for signal in (session.experiment_changed, session.settings_changed, session.step_changed,
                       session.diverged, player.moved, player.mode_changed, spotlight.changed,
                       naming.changed):
            signal.connect(self._redraw.ask)
        theme.changed.connect(self.update)
        self._redraw.ask()

    @property
    def text(self) -> str:
        return self._text

    @property
    def warning(self) -> bool:
        """Whether it says why training cannot go on."""
        return self._warning

    def refresh(self) -> None:
        """Say what is so now; nothing is made anew while record, phase and example stay."""
        player = self._player
        key = (self._session.record, self._session.divergence, self._spotlight.example, player.moment.phase,
               player.phases_shown, player.pace_text, player.running, self._naming.notation)
        if key != self._key:
            self._key = key
            self._warning = self._session.divergence is not None
            self._say(self._sentence())

    # -- within ----------------------------------------------------------------------------------------

    def _sentence(self) -> str:
        session, player = self._session, self._player
        if session.divergence is not None:
            from bpviz.explain.advice import advice

            return advice(session.divergence, session.network, session.learning)
        if not player.phases_shown:
            return f"Running, {player.pace_text}: too fast for phases to be shown."
        phase = score(session.network.depth)[player.moment.phase]
        example, hint = self._spotlight.example, not player.running
        classes = session.dataset.class_names
        notation = self._naming.notation
        return sentence(session.network, session.record, phase, example, hint, classes, notation)

    def _say(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
        self._wrap()

    def _wrap(self) -> None:
        """Break the text into the lines there are; what does not fit is elided and stands in the tooltip."""
        most = _MOST_WARNING_LINES if self._warning else _MOST_LINES
        width = max(40, self.width() - 2 * (_OUTER_X + _PAD_X))
        lines = self._set(self._text, width)
        cut = lines > most
        if cut:
            text = self._text
            while self._set(text + "…", width) > most and " " in text:
                text = text.rsplit(" ", 1)[0]
        self.setToolTip(self._text if cut else "")
        self._set_lines(max(_MOST_LINES, self._layout.lineCount()))
        self.update()

    def _set(self, text: str, width: float) -> int:
        plain, lowered = subscripted(text)
        self._layout = QTextLayout(plain, number_font(BODY, 500))
        self._layout.setFormats(lowered)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        self._layout.setTextOption(option)
        self._layout.beginLayout()
        y = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0.0, y))
            y += _LINE
        self._layout.endLayout()
        return self._layout.lineCount()

    def _set_lines(self, lines: int) -> None:
        height = _OUTER_TOP + 2 * _PAD_Y + lines * _LINE
        if height != self.maximumHeight():
            self.setFixedHeight(height)

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(600, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._wrap()

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.canvas))
        whole = QRectF(self.rect())
        painter.drawRoundedRect(whole.adjusted(1, 1, -1, _PANEL_RADIUS), _PANEL_RADIUS, _PANEL_RADIUS)
        box = whole.adjusted(_OUTER_X, _OUTER_TOP, -_OUTER_X, 0)
        painter.setBrush(QColor(palette.danger_soft if self._warning else palette.accent_soft))
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        painter.setPen(QColor(palette.ink))
        used = self._layout.lineCount() * _LINE
        self._layout.draw(painter, QPointF(box.left() + _PAD_X, box.top() + (box.height() - used) / 2 + 1))
        painter.end()
