"""The network in the window: shows the present moment, tells the spotlight what the mouse is on, and lets
numbers and layers be changed where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from bpviz.explain.address import INPUT, Address, Node
from bpviz.explain.detail import Detail
from bpviz.explain.frame import frame_at
from bpviz.explain.layout import Layout
from bpviz.explain.moment import Moment
from bpviz.explain.quantities import quantities
from bpviz.qt.canvas.heat_switch import HeatSwitch
from bpviz.qt.canvas.hit import hit
from bpviz.qt.canvas.legend import paint_note
from bpviz.qt.canvas.painter import paint
from bpviz.qt.canvas.placing import Placing
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.canvas.walk import beyond, edges_of, nodes_of
from bpviz.qt.naming import Naming
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

if TYPE_CHECKING:
    from bpviz.qt.canvas.changing import Changing

_CORNER = 7.0     # of the panel that the picture fills


class NetworkCanvas(QWidget):
    """Paints the frame at the player's moment. Repaints only when something it shows has changed."""

    refused = Signal(str)  # what was asked for cannot be, in a sentence

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        super().__init__()
        self._session, self._player, self._spotlight, self._theme = session, player, spotlight, theme
        self._naming = naming
        self.heat = HeatSwitch(self, session, player, theme)
        self._placing = Placing(session, self.heat)
        self.view = self._placing.view
        self._painted: Moment | None = None
        self._changing: Changing | None = None
        self.setMouseTracking(True)
        self.setMinimumSize(320, 200)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("The network")
        self.heat.toggled.connect(self._lay_out_again)
        self.heat.refused.connect(self.refused)
        session.experiment_changed.connect(self._begin)
        session.step_changed.connect(self.update)
        player.moved.connect(self._follow)
        spotlight.changed.connect(self._look)
        naming.changed.connect(self.update)
        theme.changed.connect(self.update)

    @property
    def changing(self) -> Changing:
        """What mouse and keys change here; made when it is first asked for, after the first picture."""
        if self._changing is None:
            from bpviz.qt.canvas.changing import Changing

            self._changing = Changing(
                self, self._session, self._player, self._spotlight, self._naming, self._theme
            )
        return self._changing

    def prepare(self) -> None:
        """Be ready for the mouse."""
        assert self.changing
        self.heat.prepare()

    # -- for the window -----------------------------------------------------------------------------

    def fit(self) -> None:
        """The whole network, as large as the view allows."""
        self._placing.fit()
        self._look()

    def select_next_node(self) -> None:
        self._walk(nodes_of(self.network_layout()), 1)

    def select_previous_node(self) -> None:
        self._walk(nodes_of(self.network_layout()), -1)

    def select_next_edge(self) -> None:
        self._walk(edges_of(self.detail()), 1)

    def select_previous_edge(self) -> None:
        self._walk(edges_of(self.detail()), -1)

    def toggle_folds(self) -> None:
        """Unfold all tall layers, or fold them again."""
        self._placing.toggle_folds()
        self._look()

    def scene(self) -> Scene:
        """All that is painted now."""
        session = self._session
        frame = frame_at(session.network, session.record, self._player.moment, self._spotlight.example)
        layout, palette = self.network_layout(), self._theme.palette
        return Scene(
            layout, frame, self.detail(),
            self._naming.names, palette,
            self._spotlight.hovered, self._spotlight.selected, session.dataset.target_names,
            self._spotlight.routes, self._spotlight.part,
            self.heat.picture(layout, palette), self._spotlight.example,
        )

    def network_layout(self) -> Layout:
        return self._placing.layout(self.size())

    def detail(self) -> Detail:
        """Edges and labels, chosen once a step."""
        return self._placing.detail(self.size())

    # -- within ---------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Another step announces itself; between two phases and in a rest the moment stays as it is."""
        if self._player.moment != self._painted:
            self.update()

    def _look(self) -> None:
        if self._changing is not None or self._spotlight.selected is not None:
            self.changing.look()
        self.update()

    def _begin(self) -> None:
        """Another network is seen whole; the same one with another example stays where it is."""
        if self._changing is not None and self._changing.same_picture:
            self._lay_out_again()
        else:
            self._placing.begin()
            self._look()

    def _lay_out_again(self) -> None:
        self._placing.forget()
        self._look()

    def _walk(self, walked: list[Address], step: int) -> None:
        self._spotlight.select(beyond(walked, self._spotlight.selected, step))

    def found(self, point: QPointF) -> Address | None:
        at = self.view.inside(point)
        return hit(self.network_layout(), self.detail(), at.x(), at.y())

    def _gap(self, point: QPointF) -> int | None:
        """The layer whose ellipsis is there."""
        return self._placing.gap(point, self.size())

    def _toggle_fold(self, layer: int) -> None:
        self._placing.toggle_fold(layer)
        self._spotlight.hover(None)
        self._look()

    def _paint_beside(self, painter: QPainter, scene: Scene) -> None:
        """The box beside what is changed, or else beside what the mouse is on."""
        where, area = self.view.transform, QRectF(self.rect())
        if self._changing is None and scene.hovered is None:
            return
        if self.changing.buttons.isVisible():
            area.setBottom(self.changing.buttons.y())
        if scene.heat is not None and self.heat.button is not None:
            area.setTop(self.heat.button.geometry().bottom())
        tuner, hovered = self.changing.hand.tuner, scene.hovered
        busy = self.changing.dragging or self.changing.typing
        if tuner.address is not None and tuner.nudge is not None:
            from bpviz.qt.canvas.nudge_bubble import paint_nudge

            forgotten = tuner.step if tuner.forgets else None
            paint_nudge(painter, scene, tuner.address, tuner.nudge, forgotten, where, area)
        elif hovered is not None and scene.part is None and not busy:
            from bpviz.qt.canvas.bubble import paint_bubble  # the first picture has none

            # What is pointed at in a panel has its number there.
            told = quantities(
                self._session.network, self._session.record, self._player.complete, hovered,
                self._spotlight.example, scene.names,
            )
            paint_bubble(painter, scene, hovered, told, where, area)

    # -- Qt -------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        scene = self.scene()
        self._painted = self._player.moment
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(scene.palette.canvas))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, -_CORNER, -1, -1), _CORNER, _CORNER)
        painter.setTransform(self.view.transform, True)
        paint(painter, scene)
        painter.resetTransform()
        paint_note(painter, scene, QRectF(self.rect()))
        self._paint_beside(painter, scene)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.changing.busy:
                event.accept()  # before it lets go of the selection
                return True
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.changing.tip(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out_again()
        self.heat.stand()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._spotlight.selected is not None:
            self.changing.type_selected()
        elif event.key() == Qt.Key.Key_Escape and self.changing.busy:
            self.changing.cancel()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.changing.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.changing.move(event):
            return
        found = self.found(event.position())
        hand = found is not None or self._gap(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        self._spotlight.hover(found)
        self.changing.hover(event.position(), found)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self.changing.release(event):
            return
        layer = self._gap(event.position())
        if layer is not None:
            self._toggle_fold(layer)
        else:
            at = event.position()
            self._spotlight.select(self.found(at) or self.changing.written(at))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Folds a layer that was unfolded; elsewhere opens a field to type what stands there."""
        found = self.found(event.position())
        if isinstance(found, Node) and found.layer != INPUT and found.layer in self._placing.unfolded:
            self._toggle_fold(found.layer)
        else:
            self.changing.type_at(event.position(), found)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Changes the selected weight if the mouse is on it; elsewhere zooms."""
        if not self.changing.turn(event, self.found(event.position())):
            self._placing.zoom(event.position(), event.angleDelta().y(), self.size())
            self._look()
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._spotlight.hover(None)
        self.changing.leave()
        super().leaveEvent(event)
