"""The list of examples: sorted by any column, one of them chosen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from bpviz.explain.example_columns import Column
from bpviz.qt.fonts import SMALL, number_font, ui_font
from bpviz.qt.plots.prediction.claimed_keys import claimed
from bpviz.qt.plots.prediction.example_model import ExampleModel, Listing
from bpviz.qt.plots.prediction.example_paint import BAR, CROSS, MARK, PAD, ExampleDelegate, ExampleHeader
from bpviz.qt.theme import Theme

_ROW, _IMAGE_ROW = 20, 24
_NUMBER = 54                 # the width of a number
_WORD = (40, 110)            # and of a class, at least and at most
_SCROLL_BAR = 10
_SPREAD = 1.35               # columns grow so far where there is room
_ASIDE = (Qt.Key.Key_Left, Qt.Key.Key_Right)
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_THIS_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
Index = QModelIndex | QPersistentModelIndex


class ExampleList(QTableView):
    """Arrow keys walk through the examples and columns, Return sorts by the column of the keyboard."""

    chosen = Signal(int)  # a person is on this example of the set
    entered = Signal()    # a person is here

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.examples = ExampleModel()
        self._selected: int | None = None
        self._widths: list[int] = []  # of the columns, at least
        self._showing = False
        self.setModel(self.examples)
        self._delegate = ExampleDelegate(theme, self.examples, self)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(ExampleHeader(theme, self.examples))
        self.horizontalHeader().sectionClicked.connect(self._sort)
        self._set_up()
        theme.changed.connect(self.viewport().update)
        self.clicked.connect(self._clicked)

    @property
    def selected(self) -> int | None:
        """The example that is chosen, listed or not."""
        return self._selected

    def show_listing(self, listing: Listing) -> None:
        """Other numbers; the list stays where it is, and the chosen example is looked for where it went."""
        before, at = self.examples.listing, self.verticalScrollBar().value()
        room = self.viewport().width()
        self._showing = True
        self.examples.show_listing(listing)
        heights = _IMAGE_ROW if listing.images is not None else _ROW
        if self.verticalHeader().defaultSectionSize() != heights:
            self.verticalHeader().setDefaultSectionSize(heights)
        if before is None or _shape(before) != _shape(listing):
            self._widths = [self._width(column, listing) for column in listing.columns]
            self.fit()
        elif self.viewport().width() != room:
            self.fit()
        self.verticalScrollBar().setValue(at)
        self._find()
        self._showing = False

    def mark(self, marks: Mapping[int, bool]) -> None:
        """The examples of this step's batch, each with whether the network shows it."""
        self.examples.mark(marks)
        self.viewport().update()

    def select_example(self, example: int | None, seek: bool = False) -> None:
        """Choose an example; seek: and bring it into view."""
        self._selected = example
        self._showing = True
        self._find()
        self._showing = False
        if seek and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    @property
    def wanted_width(self) -> int:
        """Enough for all columns but inputs and bars."""
        return _SCROLL_BAR + self._needed

    @property
    def full_width(self) -> int:
        """Enough for everything."""
        listing = self.examples.listing
        return _SCROLL_BAR + sum(self._widths) + (0 if listing is None else _bars_width(listing))

    def fit(self) -> None:
        """As many columns as there is room for: the inputs are the first to go, then the bars."""
        listing = self.examples.listing
        if listing is None:
            return
        room, widths = self.viewport().width(), self._widths
        bars, needed = _bars_width(listing), self._needed
        self._delegate.bars = bool(bars) and needed + bars <= room
        shown, used = [], needed + bars * self._delegate.bars
        for width, column in zip(widths, listing.columns, strict=True):
            fits = column.role != "input" or used + width <= room
            used += width * (fits and column.role == "input")
            shown.append(fits)
        grown = min(_SPREAD, max(1.0, room / used))
        for k, (column, width) in enumerate(zip(listing.columns, widths, strict=True)):
            self.setColumnHidden(k, not shown[k])
            extra = bars if column.role == "output" and self._delegate.bars else 0
            self.setColumnWidth(k, int((width + extra) * grown))

    # -- within ----------------------------------------------------------------------------------------

    def _set_up(self) -> None:
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget())  # Qt draws a hook there otherwise
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Examples")
        self.setAccessibleDescription("Every example with what the network makes of it; Return sorts.")

    @property
    def _needed(self) -> int:
        """The width of all columns but inputs and bars."""
        listing = self.examples.listing
        if listing is None:
            return 0
        return sum(w for w, c in zip(self._widths, listing.columns, strict=True) if c.role != "input")

    def _width(self, column: Column, listing: Listing) -> int:
        words, numbers = QFontMetrics(ui_font(SMALL, 600)), QFontMetrics(number_font(SMALL))
        head = words.horizontalAdvance(column.head) + PAD + 10
        if column.words:
            widest = max(words.horizontalAdvance(word) for word in column.words) + PAD + PAD // 2
            cross = CROSS if column.role == "seen" else 0
            return max(head, min(_WORD[1], max(_WORD[0], widest))) + cross
        if column.role == "number":
            digits = numbers.horizontalAdvance(column.text(int(column.values.argmax())))
            image = 0 if listing.images is None else _IMAGE_ROW + 2
            return MARK + image + max(head, digits + PAD + 4)
        return max(head, _NUMBER)

    def _find(self) -> None:
        """Have the chosen example selected where it stands now, without going there."""
        row = None if self._selected is None else self.examples.row_of(self._selected)
        self.setAutoScroll(False)
        if row is None:
            self.selectionModel().clear()
        else:
            place = max(0, self.currentIndex().column())
            self.selectionModel().setCurrentIndex(self.examples.index(row, place), _THIS_ROW)
        self.setAutoScroll(True)

    def _sort(self, place: int) -> None:
        self._showing = True
        self.examples.sort_by(place)
        self._find()
        self._showing = False
        self.scrollToTop()

    def _clicked(self, index: Index) -> None:
        """Also on the example that is chosen already: the network may show another one meanwhile."""
        self._choose(index)

    def _choose(self, index: Index) -> None:
        self._selected = int(self.examples.order[index.row()])
        self.chosen.emit(self._selected)

    # -- Qt --------------------------------------------------------------------------------------------

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._showing and current.isValid() and current.row() != previous.row():
            self._choose(current)

    def event(self, event: QEvent) -> bool:
        return claimed(event, _ASIDE) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _RETURN and self.currentIndex().isValid():
            self._sort(self.currentIndex().column())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._showing:  # else the columns are about to be others
            self.fit()


def _bars_width(listing: Listing) -> int:
    return BAR * listing.bars + PAD if listing.bars else 0


def _shape(listing: Listing) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """What the widths of the columns follow from."""
    return listing.found.examples.count, tuple(column.head for column in listing.columns), listing.classes
