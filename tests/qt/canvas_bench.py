"""A canvas on screen, and a mouse and keys for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.explain.address import Edge, Node
from bpviz.qt.canvas.view import NetworkCanvas
from bpviz.qt.naming import Naming
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme
from tests.qt.painted import pixels

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
Point = tuple[float, float]


class Counting(NetworkCanvas):
    """Counts how often it paints."""

    paints = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.paints += 1
        super().paintEvent(event)


class Bench:
    """A canvas on screen, and a mouse."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, name: str) -> None:
        self.app = qapp
        self.session = Session(load_preset(name))
        self.player = Player(self.session, clock=lambda: 0.0)
        self.spotlight = Spotlight(self.session)
        self.theme = Theme(qapp)
        self.canvas = Counting(self.session, self.player, self.spotlight, Naming(self.session), self.theme)
        self.refused: list[str] = []
        self.canvas.refused.connect(self.refused.append)
        self.canvas.resize(690, 360)
        qtbot.addWidget(self.canvas)
        with qtbot.waitExposed(self.canvas):
            self.canvas.show()
        self.settle()

    def settle(self) -> None:
        for _ in range(3):
            self.app.processEvents()

    def paints_after(self, act: Callable[[], None]) -> int:
        self.settle()
        before = self.canvas.paints
        act()
        self.settle()
        return self.canvas.paints - before

    # -- mouse ----------------------------------------------------------------------------------

    def move(self, at: Point, held: Qt.MouseButton = NONE, shift: bool = False) -> None:
        self._mouse(QEvent.Type.MouseMove, at, NONE, held, shift)

    def press(self, at: Point, button: Qt.MouseButton = LEFT) -> None:
        self._mouse(QEvent.Type.MouseButtonPress, at, button, button)

    def release(self, at: Point, button: Qt.MouseButton = LEFT) -> None:
        self._mouse(QEvent.Type.MouseButtonRelease, at, button, NONE)

    def click(self, at: Point) -> None:
        self.move(at)
        self.press(at)
        self.release(at)

    def drag(self, start: Point, end: Point) -> None:
        self.press(start)
        self.move(end, LEFT)
        self.release(end)

    def double_click(self, at: Point) -> None:
        self._mouse(QEvent.Type.MouseButtonDblClick, at, LEFT, LEFT)

    def wheel(self, at: Point, notches: int) -> None:
        where = QPointF(*at)
        event = QWheelEvent(
            where, self.canvas.mapToGlobal(where), QPoint(), QPoint(0, 120 * notches), NONE,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        self.app.sendEvent(self.canvas, event)

    def _mouse(
        self, kind: QEvent.Type, at: Point, button: Qt.MouseButton, held: Qt.MouseButton, shift: bool = False
    ) -> None:
        where = QPointF(*at)
        keys = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, where, self.canvas.mapToGlobal(where), button, held, keys)
        self.app.sendEvent(self.canvas, event)

    # -- where things are -----------------------------------------------------------------------

    def node(self, layer: int, unit: int) -> Point:
        found = self.canvas.network_layout().position(Node(layer, unit))
        assert found is not None
        return found

    def edge(self, edge: Edge) -> Point:
        a = self.node(edge.layer - 1, edge.source)
        b = self.node(edge.layer, edge.target)
        return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2

    def image(self) -> bytes:
        return pixels(self.canvas.grab().toImage())
