"""The sheet on which points are placed, moved and removed, by mouse or by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.qt.data.drawing import Drawing
from bpviz.qt.data.field import Field, paint_field, paint_legend
from bpviz.qt.data.marker import RADIUS, stamp, stamp_at
from bpviz.qt.data.picture import alike
from bpviz.qt.plots.axis import Axis
from bpviz.qt.theme import Theme

_REACH = 9.0       # pixels within which a point is meant
_STEPS = 40        # of the crosshair along an axis, and ten times as many with Shift
_FINER = 10
_WAYS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip
_PLACE = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_REMOVE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class DrawCanvas(QWidget):
    """Paints a drawing and edits it. The crosshair is where the keyboard acts, and follows the mouse's."""

    pointed = Signal()        # crosshair, or point under the mouse, is another
    kind_chosen = Signal(int)  # by its key

    def __init__(self, theme: Theme, drawing: Drawing) -> None:
        super().__init__()
        self._theme = theme
        self._kind = 0
        self._hovered: int | None = None
        self._gesture: object = None
        self._dragged: int | None = None
        self._take(drawing)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(300, 240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Drawing")
        theme.changed.connect(self.update)

    @property
    def drawing(self) -> Drawing:
        return self._drawing

    @property
    def cross(self) -> tuple[float, float]:
        """Where the keyboard acts."""
        return self._cross

    @property
    def field(self) -> Field:
        square = bool(self._drawing.rows.columns.classes) and alike(*self._drawing.axes)
        return Field.within(QRectF(self.rect()), self._drawing.axes, square)

    def show_drawing(self, drawing: Drawing) -> None:
        self._drawing.changed.disconnect(self._follow)
        self._take(drawing)
        self._follow()

    def place_kind(self, kind: int) -> None:
        """The class of the points that are placed from now on."""
        self._kind = kind

    def point_of(self, row: int) -> QPointF:
        """Where on the canvas a point is."""
        x, y = self._drawing.points[row]
        return QPointF(self.field.left(x), self.field.top(y))

    # -- within ----------------------------------------------------------------------------------------

    def _take(self, drawing: Drawing) -> None:
        self._drawing = drawing
        x, y = drawing.axes
        self._cross = (x.low + x.high) / 2, (y.low + y.high) / 2
        drawing.changed.connect(self._follow)

    def _follow(self) -> None:
        """The drawing is another; what was under the mouse may be gone."""
        if self._hovered is not None and self._hovered >= len(self._drawing.points):
            self._hovered = None
        self.update()
        self.pointed.emit()

    def _nearest(self, point: QPointF) -> int | None:
        """The point of the drawing that is meant there, the topmost first."""
        field = self.field
        distances = [
            (abs(field.left(x) - point.x()) + abs(field.top(y) - point.y()), -row)
            for row, (x, y) in enumerate(self._drawing.points)
        ]
        best = min(distances, default=(_REACH + 1, 0))
        return -best[1] if best[0] <= _REACH else None

    def _under_cross(self) -> int | None:
        return self._nearest(QPointF(self.field.left(self._cross[0]), self.field.top(self._cross[1])))

    def _other_kind(self) -> int:
        return (self._kind + 1) % len(self._drawing.rows.columns.classes)

    def _press(self, event: QMouseEvent) -> None:
        left, row = event.button() == Qt.MouseButton.LeftButton, self._nearest(event.position())
        place = self.field.numbers_at(event.position())
        self._gesture = object()
        if row is not None and not left:
            self._drawing.remove(row)
        elif row is not None:
            self._dragged = row
        elif left or self._drawing.rows.columns.classes:
            self._drawing.add(place, self._kind if left else self._other_kind(), self._gesture)
            self._dragged = len(self._drawing.points) - 1 if left else None
        self._cross = place

    def _step(self, way: tuple[int, int], finer: bool, carry: bool) -> None:
        """Move the crosshair, and with it the point under it."""
        row = self._under_cross() if carry else None
        start = self._cross if row is None else self._drawing.points[row]
        steps = _STEPS * (_FINER if finer else 1)
        x, y = self._drawing.axes
        self._cross = _stepped(start[0], way[0] / steps, x), _stepped(start[1], way[1] / steps, y)
        if row is not None:
            self._drawing.move(row, self._cross)
        self._follow()

    def _leap(self, by: int) -> None:
        """The crosshair onto the next point, or the one before."""
        points = self._drawing.points
        if points:
            here = self._under_cross()
            first = 0 if by > 0 else len(points) - 1
            self._cross = points[first if here is None else (here + by) % len(points)]
            self._follow()

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(560, 380)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._press(event)
            self._hovered = self._nearest(event.position())
            self._follow()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._cross = self.field.numbers_at(event.position())
            self._drawing.move(self._dragged, self._cross, self._gesture)
        hovered = self._nearest(event.position())
        if hovered != self._hovered:
            self._hovered = hovered
            self._follow()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._dragged = None

    def leaveEvent(self, _event: QEvent) -> None:
        self._hovered = None
        self._follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        classes = len(self._drawing.rows.columns.classes)
        if Qt.Key(key) in _WAYS:
            finer = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            self._step(_WAYS[Qt.Key(key)], finer, bool(modifiers & Qt.KeyboardModifier.ControlModifier))
        elif key in _PLACE and modifiers == Qt.KeyboardModifier.NoModifier:
            self._drawing.add(self._cross, self._kind)
        elif key in _REMOVE:
            row = self._under_cross() if self._hovered is None else self._hovered
            if row is not None:
                self._drawing.remove(row)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._leap(1 if key == Qt.Key.Key_PageDown else -1)
        elif Qt.Key.Key_1 <= key < Qt.Key.Key_1 + classes:
            self.kind_chosen.emit(key - Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        palette, field, rows = self._theme.palette, self.field, self._drawing.rows
        columns = rows.columns
        known = len(columns.classes)
        paint_field(painter, field, (columns.inputs[0], (*columns.inputs, *columns.targets)[1]), palette)
        stamps = [stamp(palette, k, known, self.devicePixelRatioF()) for k in range(max(known, 1))]
        for row, (x, y) in enumerate(self._drawing.points):
            stamp_at(painter, field.left(x), field.top(y), stamps[self._drawing.kind(row)])
        paint_legend(painter, field, columns.classes, palette)
        if self.hasFocus():
            self._paint_cross(painter, field)
        if self._hovered is not None:
            painter.setPen(QPen(QColor(palette.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self.point_of(self._hovered), RADIUS + 3, RADIUS + 3)
        painter.end()

    def _paint_cross(self, painter: QPainter, field: Field) -> None:
        at = QPointF(field.left(self._cross[0]), field.top(self._cross[1]))
        painter.setPen(QPen(QColor(self._theme.palette.accent), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(field.rect)
        for a, b in ((QPointF(-11, 0), QPointF(-4, 0)), (QPointF(4, 0), QPointF(11, 0)),
                     (QPointF(0, -11), QPointF(0, -4)), (QPointF(0, 4), QPointF(0, 11))):
            painter.drawLine(at + a, at + b)
        painter.drawEllipse(at, 7, 7)


def _stepped(value: float, share: float, axis: Axis) -> float:
    """Moved by a share of the axis, as far as it goes."""
    return min(axis.high, max(axis.low, value + share * (axis.high - axis.low)))
