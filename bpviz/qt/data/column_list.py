"""The columns of a table, each with what it holds and a three-way choice of what it is for."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from bpviz.document.choice import Choice
from bpviz.document.inspected import Inspected
from bpviz.qt.data.file_words import kind_text
from bpviz.qt.data.roles import ROLES, TIPS, WORDS, Role, next_role, role_of
from bpviz.qt.fonts import BODY, SMALL, ui_font
from bpviz.qt.theme import Theme

_HEIGHT = 58
_PAD = 8
_ROLE = Qt.ItemDataRole.UserRole
_KIND = Qt.ItemDataRole.UserRole + 1
_TROUBLE = Qt.ItemDataRole.UserRole + 2
KEYS: dict[int, Role] = {Qt.Key.Key_I: "input", Qt.Key.Key_T: "target", Qt.Key.Key_N: "unused"}

Index = QModelIndex | QPersistentModelIndex


class ColumnModel(QAbstractListModel):
    """A table's columns by a choice; troubles are sentences by column name."""

    def __init__(self) -> None:
        super().__init__()
        self._table: Inspected | None = None
        self._choice = Choice((), ())
        self._troubles: dict[str, str] = {}

    def show_table(self, table: Inspected, choice: Choice) -> None:
        self.beginResetModel()
        self._table, self._choice, self._troubles = table, choice, {}
        self.endResetModel()

    def show_choice(self, choice: Choice, troubles: dict[str, str]) -> None:
        self._choice, self._troubles = choice, troubles
        self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    # -- Qt ----------------------------------------------------------------------------------------

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if self._table is None else len(self._table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._table is None or not index.isValid():
            return None
        column = self._table.columns[index.row()]
        trouble = self._troubles.get(column.name, "")
        used = role_of(self._choice, column.name)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.name}, {kind_text(column)}, {WORDS[used]}. {trouble}"
            case _ if role == _ROLE:
                return used
            case _ if role == _KIND:
                return kind_text(column)
            case _ if role == _TROUBLE:
                return trouble
        return None


class ColumnList(QListView):
    """Click a role, or press I, T, N or the arrow keys at the chosen column."""

    role_set = Signal(int, str)  # place of the column, its new role

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.columns = ColumnModel()
        self.setModel(self.columns)
        self.setItemDelegate(_ColumnDelegate(self, theme))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setObjectName("columns")  # the current one shows where the keyboard is
        self.setAccessibleName("Columns")
        theme.changed.connect(self.viewport().update)

    def role_rect(self, row: int, role: Role) -> QRect:
        """Where on the viewport a role of a column is clicked."""
        return segments(self.visualRect(self.columns.index(row)))[ROLES.index(role)]

    def _set(self, role: Role) -> None:
        self.role_set.emit(self.currentIndex().row(), role)

    # -- Qt ----------------------------------------------------------------------------------------

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        for role, rect in zip(ROLES, segments(self.visualRect(index)), strict=True):
            if index.isValid() and rect.contains(event.position().toPoint()):
                self.role_set.emit(index.row(), role)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Space: 1}.get(Qt.Key(event.key()))
        if not self.currentIndex().isValid():
            super().keyPressEvent(event)
        elif event.key() in KEYS:
            self._set(KEYS[event.key()])
        elif steps is not None:
            self._set(next_role(self.currentIndex().data(_ROLE), steps))
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(event), self)
            return True
        return super().viewportEvent(event)

    def _tip(self, event: QHelpEvent) -> str:
        index = self.indexAt(event.pos())
        if not index.isValid():
            return ""
        for role, rect in zip(ROLES, segments(self.visualRect(index)), strict=True):
            if rect.contains(event.pos()):
                return TIPS[role]
        return str(index.data(_TROUBLE) or f"{index.data()}: {index.data(_KIND)}")


def segments(row: QRect) -> tuple[QRect, ...]:
    """The three roles in the lower half of a row."""
    width = (row.width() - 2 * _PAD) // len(ROLES)
    return tuple(QRect(row.left() + _PAD + k * width, row.top() + 29, width, 22) for k in range(len(ROLES)))


class _ColumnDelegate(QStyledItemDelegate):
    def __init__(self, parent: ColumnList, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme

    def _paint_name(self, painter: QPainter, row: QRect, index: Index) -> None:
        palette = self._theme.palette
        trouble = bool(index.data(_TROUBLE))
        line = QRect(row.left() + _PAD, row.top() + 6, row.width() - 2 * _PAD, 18)
        kind = str(index.data(_KIND))
        painter.setFont(ui_font(SMALL))
        painter.setPen(QColor(palette.danger if trouble else palette.ink_faint))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, kind)
        room = line.width() - QFontMetrics(ui_font(SMALL)).horizontalAdvance(kind) - 10
        font = ui_font(BODY, 500)
        painter.setFont(font)
        painter.setPen(QColor(palette.danger if trouble else palette.ink))
        name = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_roles(self, painter: QPainter, row: QRect, index: Index) -> None:
        palette = self._theme.palette
        for role, rect in zip(ROLES, segments(row), strict=True):
            chosen = index.data(_ROLE) == role
            if chosen:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(palette.panel_border if role == "unused" else palette.accent_soft))
                painter.drawRoundedRect(rect, 5, 5)
            painter.setFont(ui_font(SMALL, 600 if chosen else 400))
            painter.setPen(QColor(palette.ink if chosen else palette.ink_faint))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, WORDS[role])

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(180, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect
        state = option.state
        view = self.parent()
        if state & QStyle.StateFlag.State_Selected and isinstance(view, ColumnList) and view.hasFocus():
            painter.setPen(QPen(QColor(self._theme.palette.accent), 1))
            painter.drawRoundedRect(row.adjusted(2, 2, -2, -2), 5, 5)
        self._paint_name(painter, row, index)
        self._paint_roles(painter, row, index)
        painter.restore()
