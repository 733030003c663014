"""The beginning of a table as it stands in the file, under the names and roles of its columns."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from bpviz.document.choice import Choice
from bpviz.document.csv_cell import is_missing, number
from bpviz.document.inspected import Inspected
from bpviz.qt.data.column_list import KEYS
from bpviz.qt.data.roles import WORDS, Role, next_role, role_of
from bpviz.qt.fonts import SMALL, number_font, ui_font
from bpviz.qt.theme import Theme

_WIDTH, _ROW, _HEADER = 104, 24, 42
_USED = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class CellModel(QAbstractTableModel):
    """The first rows; asked for by the view cell by cell, as far as they are seen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._table: Inspected | None = None
        self._choice = Choice((), ())

    def show_table(self, table: Inspected, choice: Choice) -> None:
        self.beginResetModel()
        self._table, self._choice = table, choice
        self.endResetModel()

    def show_choice(self, choice: Choice) -> None:
        self._choice = choice
        last = self.columnCount() - 1
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, last))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)

    def _role(self, place: int) -> Role:
        assert self._table is not None
        return role_of(self._choice, self._table.columns[place].name)

    def _unusable(self, row: int, place: int) -> bool:
        """Whether the cell is a gap in a column that is used."""
        assert self._table is not None
        text, kind = self._table.preview[row][place], self._table.columns[place].kind
        odd = kind == "number" and number(text, self._table.decimal) is None
        return self._role(place) != "unused" and (odd or is_missing(text))

    def _ink(self, row: int, place: int) -> QColor:
        palette = self._theme.palette
        return QColor(palette.ink_faint if self._role(place) == "unused" else
                      palette.danger if self._unusable(row, place) else palette.ink)

    # -- Qt ----------------------------------------------------------------------------------------

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if self._table is None else len(self._table.preview)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if self._table is None else len(self._table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._table is None or not index.isValid():
            return None
        row, place = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._table.preview[row][place].strip() or "—"
            case Qt.ItemDataRole.ForegroundRole:
                return self._ink(row, place)
            case Qt.ItemDataRole.BackgroundRole if self._unusable(row, place):
                return QColor(self._theme.palette.danger_soft)
            case Qt.ItemDataRole.TextAlignmentRole if self._table.columns[place].kind == "number":
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.FontRole:
                return number_font(SMALL)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if self._table is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(self._table.lines[section]) if role == Qt.ItemDataRole.DisplayRole else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._table.columns[section].name
            case Qt.ItemDataRole.ToolTipRole:
                name, word = self._table.columns[section].name, WORDS[self._role(section)]
                return f"{name}: {word}. Click to change what it is for."
            case _ if role == _USED:
                return self._role(section)
        return None


class CellTable(QTableView):
    """A click on a column's head, or I, T and N in one of its cells, changes its role."""

    role_set = Signal(int, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.cells = CellModel(theme)
        self.setModel(self.cells)
        self.setHorizontalHeader(RoleHeader(theme))
        self.horizontalHeader().setDefaultSectionSize(_WIDTH)
        self.horizontalHeader().sectionClicked.connect(self._clicked)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.verticalHeader().setToolTip("The line in the file")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("First rows of the table")
        theme.changed.connect(self.viewport().update)

    def _clicked(self, place: int) -> None:
        role = self.cells.headerData(place, Qt.Orientation.Horizontal, _USED)
        self.role_set.emit(place, next_role(role))  # type: ignore[arg-type]  # a Role: the model says so

    # -- Qt ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in KEYS and self.currentIndex().isValid():
            self.role_set.emit(self.currentIndex().column(), KEYS[event.key()])
        else:
            super().keyPressEvent(event)


class RoleHeader(QHeaderView):
    """Paints a column's name and, under it, what it is for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        theme.changed.connect(self.viewport().update)

    # -- Qt ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _HEADER)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        palette, model = self._theme.palette, self.model()
        role = model.headerData(section, Qt.Orientation.Horizontal, _USED)
        if role is None:
            return
        painter.save()
        painter.fillRect(rect, QColor(palette.field))
        inner = rect.adjusted(8, 4, -8, -4)
        font = ui_font(SMALL, 600)
        painter.setFont(font)
        painter.setPen(QColor(palette.ink_faint if role == "unused" else palette.ink))
        name = str(model.headerData(section, Qt.Orientation.Horizontal))
        fitting = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, fitting)
        painter.setFont(ui_font(SMALL, 500))
        painter.setPen(QColor(palette.accent if role == "target" else palette.ink_faint))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, WORDS[role])
        painter.restore()
