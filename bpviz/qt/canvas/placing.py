"""Where the network stands in its widget: what is folded, how it is zoomed, which edges and labels it has."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize

from bpviz.explain.address import Node
from bpviz.explain.detail import Detail, detail_of
from bpviz.explain.layout import UNFOLDED, Layout, place
from bpviz.qt.canvas.heat_switch import HeatSwitch
from bpviz.qt.canvas.hit import gap_at, nearest
from bpviz.qt.canvas.labels import PLATE
from bpviz.qt.canvas.viewport import Viewport
from bpviz.qt.session import Session


class Placing:
    """Lays out when asked, and then not again until something it depends on has changed."""

    def __init__(self, session: Session, heat: HeatSwitch) -> None:
        self._session, self._heat = session, heat
        self.view = Viewport()
        self.unfolded: frozenset[int] = frozenset()
        self._layout: Layout | None = None
        self._laid_out: object = None  # what the layout is of
        self._detail: tuple[object, Detail] | None = None

    def layout(self, size: QSize) -> Layout:
        """Of the session's network, in a widget of this size."""
        session = self._session
        of = (session.network, session.dataset.image_shape, size, self._heat.shown)
        if self._layout is None or self._laid_out != of:
            self._laid_out = of
            self.view.resize(size)
            factor = self.view.zoom / self.view.scale
            self._layout = place(
                session.network, size.width() * factor, size.height() * factor,
                image_shape=session.dataset.image_shape, unfolded=self.unfolded, zoom=self.view.zoom,
                mapped=self._heat.shown,
            )
        return self._layout

    def detail(self, size: QSize) -> Detail:
        """Edges and labels, chosen once a step."""
        record, layout = self._session.record, self.layout(size)
        key = (record, layout)
        if self._detail is None or self._detail[0] != key:
            self._detail = (key, detail_of(layout, record, PLATE))
        return self._detail[1]

    def forget(self) -> None:
        """Lay out again when next asked."""
        self._layout = None

    def begin(self) -> None:
        """Everything folded and fitted."""
        self.unfolded = frozenset()
        self.fit()

    def fit(self) -> None:
        self.view.fit()
        self.forget()

    def toggle_folds(self) -> None:
        """Unfold all tall layers, or fold them again."""
        tall = frozenset(k - 1 for k, units in enumerate(self._session.network.sizes) if units > UNFOLDED)
        self.unfolded = frozenset() if self.unfolded else tall
        self.forget()

    def toggle_fold(self, layer: int) -> None:
        self.unfolded ^= {layer}
        self.forget()

    def gap(self, point: QPointF, size: QSize) -> int | None:
        """The layer whose ellipsis is there."""
        at = self.view.inside(point)
        return gap_at(self.layout(size), at.x(), at.y())

    def zoom(self, point: QPointF, angle: int, size: QSize) -> None:
        """About a point: what is under it stays under it.

        Places do not grow exactly as the zoom does, for text keeps its room; so the nearest node is held.
        """
        zoom = self.view.zoomed(angle)
        at = self.view.inside(point)
        held = nearest(self.layout(size), at.x(), at.y())
        away = (at - self._place_of(held, size)) * (zoom / self.view.zoom)
        self.view.zoom = zoom
        self.forget()
        self.view.pan = point - (self._place_of(held, size) + away) * self.view.scale

    def _place_of(self, node: Node, size: QSize) -> QPointF:
        return QPointF(*(self.layout(size).position(node) or (0.0, 0.0)))
