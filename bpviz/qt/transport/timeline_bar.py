"""Shows the phases of this step as blocks and where the playhead stands among them; drag to scrub."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from bpviz.explain.moment import Moment
from bpviz.qt.naming import Naming
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.subscripts import rich
from bpviz.qt.theme import Theme
from bpviz.qt.transport.phase_words import phase_words
from bpviz.qt.transport.timeline_blocks import Blocks
from bpviz.qt.transport.timeline_paint import TimelinePainter

_HEIGHT = 32
_SCRUB_AFTER = 3     # pixels: less is a click, which shows the whole phase
_TIP_ABOVE = -70     # pixels: Qt shows a tip under the point it is given, and this one is not to hide blocks
_NOTCH = 120         # of QWheelEvent.angleDelta


class TimelineBar(QWidget):
    """One block a phase: forward, cost, backward, update. Asks the player to seek; owns no time."""

    def __init__(self, session: Session, player: Player, naming: Naming, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._player = player
        self._naming = naming
        self._theme = theme
        self._shown: tuple[Moment, bool] | None = None
        self._hovered = -1
        self._pressed: QPointF | None = None
        self._scrubbing = False
        self._turned = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._learn_phases()
        session.experiment_changed.connect(self._learn_phases)
        naming.changed.connect(self._learn_phases)
        player.moved.connect(self._follow)
        player.mode_changed.connect(self._follow)
        theme.changed.connect(self.update)

    @property
    def blocks(self) -> Blocks:
        return self._picture.blocks

    def phase_text(self, phase: int) -> str:
        """What the tooltip says about a block."""
        return rich(phase_words(self._names, self._picture.phases[phase]))

    # -- within ---------------------------------------------------------------------------------

    def _learn_phases(self) -> None:
        self._names = self._naming.names
        self._place()
        self._follow()

    def _place(self) -> None:
        depth = self._session.network.depth
        self._picture = TimelinePainter(self._names, depth, self.width(), self.height())
        self.update()

    def _follow(self) -> None:
        """Repaint only when another moment is shown: at full speed it stays the same."""
        shown = (self._moment(), self._player.phases_shown)
        if shown != self._shown:
            if self._shown is None or shown[0].phase != self._shown[0].phase:
                words = phase_words(self._names, self._picture.phases[shown[0].phase])
                self.setAccessibleName(f"Phases of this step: {words}")
            self._shown = shown
            self.update()

    def _moment(self) -> Moment:
        """The player's; its phase may for an instant still be that of a deeper network."""
        moment = self._player.moment
        return Moment(min(moment.phase, len(self._picture.phases) - 1), moment.progress)

    def _hover(self, k: int) -> None:
        if k != self._hovered:
            self._hovered = k
            self.update()

    # -- Qt -------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(640, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self._theme.palette
        if self._player.phases_shown:
            self._picture.paint(painter, palette, self._moment(), self._hovered)
        else:
            self._picture.paint_passed_over(painter, palette)
        if self.hasFocus():
            self._picture.paint_focus(painter, palette)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._scrubbing = event.position(), False
            self._player.seek(Moment(self.blocks.block_at(event.position().x() - 1), 1.0))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        self._hover(self.blocks.block_at(x - 1))
        if self._pressed is None:
            return
        self._scrubbing = self._scrubbing or abs(x - self._pressed.x()) >= _SCRUB_AFTER
        if self._scrubbing:
            self._player.seek(self.blocks.moment_at(x - 1))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down, as on any slider; Right and Left are the window's."""
        if event.key() == Qt.Key.Key_Up:
            self._player.next_phase()
        elif event.key() == Qt.Key.Key_Down:
            self._player.previous_phase()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A notch down or right is a phase on; touchpads turn in fractions of a notch."""
        self._turned -= event.angleDelta().y() + event.angleDelta().x()
        phases = int(self._turned / _NOTCH)
        self._turned -= phases * _NOTCH
        if phases:
            self._player.seek(Moment(self._moment().phase + phases, 1.0))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            k = self.blocks.block_at(event.pos().x() - 1)
            rect = self._picture.rect(k).toRect()
            above = self.mapToGlobal(QPoint(event.pos().x() - 12, _TIP_ABOVE))
            QToolTip.showText(above, self.phase_text(k), self, rect)
            return True
        return super().event(event)
