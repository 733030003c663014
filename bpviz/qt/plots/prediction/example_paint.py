"""Paints the cells of the list of examples, and the heads of its columns."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from bpviz.explain.example_columns import Column
from bpviz.explain.number import compact
from bpviz.qt.fonts import SMALL, number_font, ui_font
from bpviz.qt.palette import Palette, mixed
from bpviz.qt.plots.prediction.example_model import ExampleModel, Listing
from bpviz.qt.plots.prediction.images_ink import ink_image
from bpviz.qt.theme import Theme

MARK, BAR, PAD, CROSS = 12, 5, 8, 12
HEAD = 20
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WORDS = ("wanted", "seen")
Index = QModelIndex | QPersistentModelIndex


class ExampleDelegate(QStyledItemDelegate):
    """A dot before the number says that the example is in this step's batch, a full one that the network
    shows it; a cross that it is seen as another class; bars are its outputs."""

    def __init__(self, theme: Theme, model: ExampleModel, view: QTableView) -> None:
        super().__init__(view)
        self._theme, self._model, self._view = theme, model, view
        self.bars = False  # whether there is room for them

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        listing, palette = self._model.listing, self._theme.palette
        if listing is None or index.row() >= len(self._model.order):
            return
        example, column = int(self._model.order[index.row()]), listing.columns[index.column()]
        box: QRect = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(palette.accent_soft))
        inner = box.adjusted(PAD // 2, 0, -PAD, 0)
        painter.setFont(number_font(SMALL))
        painter.setPen(QColor(palette.ink))
        if column.role == "number":
            self._paint_mark(painter, QRectF(box), example)
            if listing.images is not None:
                self._paint_image(painter, box, listing, example)
        elif column.role == "output" and self.bars and listing.bars:
            _paint_bars(painter, QRectF(inner), listing, example, palette)
        elif column.role == "seen" and listing.found.seen[example] != listing.found.wanted[example]:
            _paint_cross(painter, QRectF(inner), palette)
        self._paint_text(painter, inner, column, example)
        current = self._view.currentIndex() == index and self._view.hasFocus()
        if current:
            painter.setPen(QPen(QColor(palette.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_text(self, painter: QPainter, box: QRect, column: Column, example: int) -> None:
        if column.role == "seen":
            box = box.adjusted(CROSS, 0, 0, 0)
        text, metrics = column.text(example), QFontMetrics(painter.font())
        if column.words:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        elif column.role != "number" and metrics.horizontalAdvance(text) > box.width():
            text = compact(float(column.values[example]))
        painter.setPen(QColor(self._theme.palette.ink))
        painter.drawText(box, _LEFT if column.role in _WORDS else _RIGHT, text)

    def _paint_mark(self, painter: QPainter, box: QRectF, example: int) -> None:
        shown = self._model.marked(example)
        if shown is None:
            return
        accent = QColor(self._theme.palette.accent)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(accent, 1.5))
        painter.setBrush(accent if shown else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(box.left() + MARK / 2 + 1, box.center().y()), 3.0, 3.0)

    def _paint_image(self, painter: QPainter, box: QRect, listing: Listing, example: int) -> None:
        assert listing.images is not None
        side = box.height() - 2
        rows, columns = listing.images.shape[1:]
        scale = side / max(rows, columns)
        place = QRectF(box.left() + MARK + 2, box.top() + 1, columns * scale, rows * scale)
        painter.drawImage(place, ink_image(listing.images[example], self._theme.palette))


def _paint_bars(painter: QPainter, box: QRectF, listing: Listing, example: int, palette: Palette) -> None:
    """An output each, the height of the row for 1; that of the example's own class stands on a foot."""
    outputs, wanted = listing.found.outputs[example].tolist(), int(listing.found.wanted[example])
    foot, tall = box.bottom() - 4.0, box.height() - 7.0
    quiet, strong = QColor(mixed(palette.panel, palette.value_positive, 0.55)), QColor(palette.value_positive)
    largest = max(outputs)
    painter.fillRect(QRectF(box.left(), foot, BAR * len(outputs), 1.0), QColor(palette.line))
    for k, output in enumerate(outputs):
        high = tall * min(1.0, max(0.0, output))
        left = box.left() + k * BAR
        painter.fillRect(QRectF(left, foot - high, BAR - 1, high), strong if output == largest else quiet)
        if k == wanted:
            painter.fillRect(QRectF(left, foot, BAR - 1, 3.0), QColor(palette.ink))


def _paint_cross(painter: QPainter, box: QRectF, palette: Palette) -> None:
    middle, half = QPointF(box.left() + CROSS / 2 - 1, box.center().y()), 3.5
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(palette.danger), 1.8))
    painter.drawLine(middle + QPointF(-half, -half), middle + QPointF(half, half))
    painter.drawLine(middle + QPointF(-half, half), middle + QPointF(half, -half))


class ExampleHeader(QHeaderView):
    """A triangle says by which column the list is sorted, and which end is at the top."""

    def __init__(self, theme: Theme, model: ExampleModel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme, self._examples = theme, model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)
        self.setAccessibleName("Columns of the examples")
        theme.changed.connect(self.viewport().update)

    # -- Qt --------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEAD)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        listing, palette = self._examples.listing, self._theme.palette
        if listing is None or section >= len(listing.columns):
            return
        column, (by, descending) = listing.columns[section], self._examples.sorted_by
        painter.save()
        painter.fillRect(rect, QColor(palette.field))
        inner = QRectF(rect.adjusted(PAD // 2 + CROSS * (column.role == "seen"), 0, -PAD, 0))
        painter.setFont(ui_font(SMALL, 600 if section == by else 500))
        painter.setPen(QColor(palette.ink if section == by else palette.ink_soft))
        words = column.role in _WORDS
        text = painter.fontMetrics().elidedText(column.head, Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.drawText(inner, _LEFT if words else _RIGHT, text)
        if section == by:
            width = painter.fontMetrics().horizontalAdvance(text)
            x = inner.left() + width + 7 if words else inner.right() - width - 7
            _paint_triangle(painter, QPointF(x, inner.center().y() + 0.5), descending, palette)
        painter.restore()


def _paint_triangle(painter: QPainter, at: QPointF, descending: bool, palette: Palette) -> None:
    down = 1 if descending else -1
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.ink))
    painter.drawPolygon(QPolygonF([
        at + QPointF(-3.5, -2.0 * down), at + QPointF(3.5, -2.0 * down), at + QPointF(0.0, 2.5 * down),
    ]))
