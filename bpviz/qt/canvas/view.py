"""The network in the window: shows the present moment, and tells the spotlight what the mouse is on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QWidget

from bpviz.explain.address import INPUT, Address, Edge, Node
from bpviz.explain.detail import Detail, detail_of
from bpviz.explain.frame import frame_at
from bpviz.explain.layout import UNFOLDED, Layout, natural_scale, place
from bpviz.explain.moment import Moment
from bpviz.explain.quantities import quantities
from bpviz.qt.canvas.hit import gap_at, hit, nearest
from bpviz.qt.canvas.labels import PLATE
from bpviz.qt.canvas.legend import paint_note
from bpviz.qt.canvas.painter import paint
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.naming import Naming
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_ZOOMS = (0.5, 8.0)
_NOTCH = 1.0015   # zoom by one unit of a wheel's angle
_CORNER = 7.0     # of the panel that the picture fills
_DRAG = 4         # pixels from which a press is a drag


class NetworkCanvas(QWidget):
    """Paints the frame at the player's moment. Repaints only when something it shows has changed."""

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        super().__init__()
        self._session, self._player, self._spotlight, self._theme = session, player, spotlight, theme
        self._naming = naming
        self._unfolded: frozenset[int] = frozenset()
        self._zoom = 1.0
        self._pan = QPointF(0, 0)
        self._pressed: QPointF | None = None
        self._pan_before = QPointF(0, 0)
        self._dragging = False
        self._layout: Layout | None = None
        self._detail: tuple[object, Detail] | None = None
        self._painted: Moment | None = None
        self.setMouseTracking(True)
        self.setMinimumSize(320, 200)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("The network")
        session.experiment_changed.connect(self._begin)
        session.step_changed.connect(self.update)
        player.moved.connect(self._follow)
        spotlight.changed.connect(self.update)
        naming.changed.connect(self.update)
        theme.changed.connect(self.update)

    # -- for the window -----------------------------------------------------------------------------

    def fit(self) -> None:
        """The whole network, as large as the view allows."""
        self._zoom = 1.0
        self._pan = QPointF(0, 0)
        self._lay_out_again()

    def select_next_node(self) -> None:
        self._select_among(self._nodes(), 1)

    def select_previous_node(self) -> None:
        self._select_among(self._nodes(), -1)

    def select_next_edge(self) -> None:
        self._select_among(self._edges(), 1)

    def select_previous_edge(self) -> None:
        self._select_among(self._edges(), -1)

    def scene(self) -> Scene:
        """All that is painted now."""
        session = self._session
        frame = frame_at(session.network, session.record, self._player.moment, self._spotlight.example)
        return Scene(
            self.network_layout(), frame, self._detail_now(),
            self._naming.names, self._theme.palette,
            self._spotlight.hovered, self._spotlight.selected, session.dataset.target_names,
            self._spotlight.routes, self._spotlight.part,
        )

    def network_layout(self) -> Layout:
        if self._layout is None:
            session = self._session
            factor = self._zoom / self._scale
            self._layout = place(
                session.network, self.width() * factor, self.height() * factor,
                image_shape=session.dataset.image_shape, unfolded=self._unfolded, zoom=self._zoom,
            )
        return self._layout

    # -- within ---------------------------------------------------------------------------------------

    def _detail_now(self) -> Detail:
        """Edges and labels, chosen once a step."""
        record, layout = self._session.record, self.network_layout()
        key = (record, layout)
        if self._detail is None or self._detail[0] != key:
            self._detail = (key, detail_of(layout, record, PLATE))
        return self._detail[1]

    def _follow(self) -> None:
        """Another step announces itself; between two phases and in a rest the moment stays as it is."""
        if self._player.moment != self._painted:
            self.update()

    def _begin(self) -> None:
        self._unfolded = frozenset()
        self.fit()

    def _lay_out_again(self) -> None:
        self._layout = None
        self.update()

    def _select_among(self, all_of_them: list[Address], step: int) -> None:
        selected = self._spotlight.selected
        at = all_of_them.index(selected) + step if selected in all_of_them else (0 if step > 0 else -1)
        self._spotlight.select(all_of_them[at % len(all_of_them)])

    def _nodes(self) -> list[Address]:
        columns = self.network_layout().columns
        return [Node(column.layer, unit) for column in columns for unit in column.shown]

    def _edges(self) -> list[Address]:
        return [
            Edge(k, int(s), int(t))
            for k, drawn in enumerate(self._detail_now().layers)
            for s, t in zip(drawn.sources, drawn.targets, strict=True)
        ]

    def _at(self, point: QPointF) -> QPointF:
        return (point - self._pan) / self._scale

    def _place_of(self, node: Node) -> QPointF:
        return QPointF(*(self.network_layout().position(node) or (0.0, 0.0)))

    @property
    def _scale(self) -> float:
        return natural_scale(self.width(), self.height())

    def _toggle_fold(self, layer: int) -> None:
        self._unfolded ^= {layer}
        self._spotlight.hover(None)
        self._lay_out_again()

    def toggle_folds(self) -> None:
        """Unfold all tall layers, or fold them again."""
        tall = frozenset(k - 1 for k, units in enumerate(self._session.network.sizes) if units > UNFOLDED)
        self._unfolded = frozenset() if self._unfolded else tall
        self._lay_out_again()

    # -- Qt -------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        scene = self.scene()
        self._painted = self._player.moment
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(scene.palette.canvas))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, -_CORNER, -1, -1), _CORNER, _CORNER)
        painter.translate(self._pan)
        painter.scale(self._scale, self._scale)
        paint(painter, scene)
        painter.resetTransform()
        paint_note(painter, scene, QRectF(self.rect()))
        here = self._spotlight.part is None  # what is pointed at in a panel has its number there
        if self._spotlight.hovered is not None and here and not self._dragging:
            told = quantities(
                self._session.network, self._session.record, self._player.complete,
                self._spotlight.hovered, self._spotlight.example, self._naming.names,
            )
            where = QTransform.fromTranslate(self._pan.x(), self._pan.y()).scale(self._scale, self._scale)
            from bpviz.qt.canvas.bubble import paint_bubble

            paint_bubble(painter, scene, self._spotlight.hovered, told, where, QRectF(self.rect()))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out_again()
        super().resizeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._pan_before, self._dragging = event.position(), self._pan, False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None:
            moved = event.position() - self._pressed
            self._dragging = self._dragging or moved.manhattanLength() > _DRAG
            if self._dragging:
                self._pan = self._pan_before + moved
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.update()
            return
        at = self._at(event.position())
        found = hit(self.network_layout(), self._detail_now(), at.x(), at.y())
        on_gap = gap_at(self.network_layout(), at.x(), at.y()) is not None
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if found is not None or on_gap else Qt.CursorShape.ArrowCursor
        )
        self._spotlight.hover(found)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        self.unsetCursor()
        if self._dragging:
            self._dragging = False
            return
        at = self._at(event.position())
        layer = gap_at(self.network_layout(), at.x(), at.y())
        if layer is not None:
            self._toggle_fold(layer)
        else:
            self._spotlight.select(hit(self.network_layout(), self._detail_now(), at.x(), at.y()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Folds a layer that was unfolded."""
        at = self._at(event.position())
        found = hit(self.network_layout(), self._detail_now(), at.x(), at.y())
        if isinstance(found, Node) and found.layer != INPUT and found.layer in self._unfolded:
            self._toggle_fold(found.layer)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the mouse: what is under it stays under it.

        Places do not grow exactly as the zoom does, for text keeps its room; so the nearest node is held.
        """
        lowest, highest = _ZOOMS
        zoom = min(highest, max(lowest, self._zoom * _NOTCH ** event.angleDelta().y()))
        at = self._at(event.position())
        held = nearest(self.network_layout(), at.x(), at.y())
        away = (at - self._place_of(held)) * (zoom / self._zoom)
        self._zoom = zoom
        self._lay_out_again()
        self._pan = event.position() - (self._place_of(held) + away) * self._scale
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._spotlight.hover(None)
        super().leaveEvent(event)
