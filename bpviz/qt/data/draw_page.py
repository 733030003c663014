"""Data drawn by hand: points of classes in the plane, or points of a curve."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from bpviz.document.errors import DocumentError
from bpviz.document.loading import load
from bpviz.document.source import Rows, Source
from bpviz.explain.number import count, number
from bpviz.qt.data.class_switch import ClassSwitch
from bpviz.qt.data.draw_canvas import DrawCanvas
from bpviz.qt.data.drawing import MOST_DRAWN, Drawing, Sheet, empty_sheet, sheet_of
from bpviz.qt.data.offer import Offer
from bpviz.qt.plots.choice import Choice
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme

_SIDE = 190
_CLASSES, _CURVE = "Classes", "Curve"
_HINTS = {
    _CLASSES: "Click to place a point, right-click to place one of the next class. Drag moves a point; "
              "right-click or Delete removes it.",
    _CURVE: "Click to place a point. Drag moves it; right-click or Delete removes it.",
}
_KEYS = (
    "Arrow keys move the crosshair, Space places a point, Ctrl with arrows moves it, "
    "Page Down finds the next."
)


class DrawPage(QWidget):
    """Begins with the present data where they can be drawn. Each kind of drawing keeps what was drawn."""

    changed = Signal()

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._drawings = {name: Drawing(empty_sheet(name == _CURVE), self) for name in (_CLASSES, _CURVE)}
        self._begun: Sheet | None = None
        self.kinds = Choice("What to draw", {
            _CLASSES: "Points in the plane that belong to classes",
            _CURVE: "Points whose y is learned from x",
        })
        self.switch = ClassSwitch(theme)
        self.canvas = DrawCanvas(theme, self._drawings[_CLASSES])
        self.undo_button = _button("Undo", "Take the last change back (Ctrl+Z)")
        self.redo_button = _button("Redo", "Do it again (Ctrl+Shift+Z)")
        self.clear_button = _button("Clear", "Remove all points; it can be taken back")
        self.take_button = _button("Present data", "Draw on what the network learns from now")
        self._hint, self._status = QLabel(), QLabel()
        self._offer = Offer()
        self._lay_out()
        self._connect()
        self._follow_session()

    @property
    def drawing(self) -> Drawing:
        return self._drawings[self.kinds.chosen]

    @property
    def offer(self) -> Offer:
        return self._offer

    @property
    def holds_data(self) -> bool:
        """Whether the present data are what is drawn here."""
        return self._begun is not None

    # -- what is asked for -----------------------------------------------------------------------------

    def _take_present(self) -> None:
        if self._begun is not None:
            self._drawing_for(self._begun).put(self._begun)

    def _undo(self) -> None:
        self.drawing.undo()

    def _redo(self) -> None:
        self.drawing.redo()

    def _clear(self) -> None:
        self.drawing.clear()

    def _choose_kind(self, kind: int) -> None:
        self.switch.choose(kind)
        self.canvas.place_kind(kind)

    # -- what is shown ---------------------------------------------------------------------------------

    def _follow_session(self) -> None:
        """Other data are learned from; a drawing that nobody has touched begins with them."""
        self._begun = sheet_of(self._session.dataset)
        if self._begun is not None:
            drawing = self._drawing_for(self._begun)
            if not drawing.touched:
                drawing.begin(self._begun)
                self.kinds.choose(_name_of(self._begun))
        self._turn()

    def _drawing_for(self, sheet: Sheet) -> Drawing:
        return self._drawings[_name_of(sheet)]

    def _turn(self) -> None:
        """Another kind of drawing is shown."""
        if self.canvas.drawing is not self.drawing:
            self.canvas.show_drawing(self.drawing)
        self._hint.setText(f"{_HINTS[self.kinds.chosen]}\n\n{_KEYS}")
        self._follow()

    def _follow(self) -> None:
        """The drawing is another."""
        drawing = self.drawing
        names = drawing.rows.columns.classes
        self.switch.show_classes(names)
        self.switch.setVisible(bool(names))
        for button, able in (
            (self.undo_button, drawing.can_undo), (self.redo_button, drawing.can_redo),
            (self.clear_button, bool(drawing.points)),
            (self.take_button, self._begun is not None and self._drawing_for(self._begun) is drawing),
        ):  # fmt: skip
            button.setEnabled(able)
        self._offer = self._offered()
        self._tell()
        self.changed.emit()

    def _offered(self) -> Offer:
        reason = _lacks(self.drawing.rows)
        if not reason and self._begun is not None and _same(self.drawing.rows, self._begun.rows):
            reason = "The network learns from these points already: place, move or remove one."
        if reason:
            return Offer(reason=reason)
        try:
            source = Source(rows=self._named())
            return Offer(source, load(source))
        except DocumentError as error:
            return Offer(reason=str(error), trouble=True)

    def _named(self) -> Rows:
        """The rows, saying that a hand was in it."""
        rows = self.drawing.rows
        by_hand = "drawn by hand"
        if by_hand in rows.origin:
            return rows
        title = rows.title if rows.title.endswith("changed by hand") else f"{rows.title}, changed by hand"
        return replace(rows, title=title)

    def _tell(self) -> None:
        rows = self.drawing.rows
        total = len(rows.cells)
        words = [f"{count(total)} point{'s'[:total != 1]}"]
        for kind, name in enumerate(rows.columns.classes):
            words.append(f"{count(sum(row[-1] == kind for row in rows.cells))} {name}")
        if total >= MOST_DRAWN:
            words.append("no more fit")
        x, y = (number(value) for value in self.canvas.cross)
        self._status.setText(f"{', '.join(words)}.   Crosshair: {x}, {y}")

    # -- building ----------------------------------------------------------------------------------------

    def _connect(self) -> None:
        for drawing in self._drawings.values():
            drawing.changed.connect(self._follow)
        self.kinds.changed.connect(self._turn)
        self.switch.chosen.connect(self._choose_kind)
        self.canvas.kind_chosen.connect(self._choose_kind)
        self.canvas.pointed.connect(self._tell)
        self.undo_button.clicked.connect(self._undo)
        self.redo_button.clicked.connect(self._redo)
        self.clear_button.clicked.connect(self._clear)
        self.take_button.clicked.connect(self._take_present)
        self._session.experiment_changed.connect(self._follow_session)
        for keys, act in (("Ctrl+Z", self._undo), ("Ctrl+Shift+Z", self._redo), ("Ctrl+Y", self._redo)):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self) -> None:
        for label in (self._hint, self._status):
            label.setProperty("faint", True)
        self._hint.setWordWrap(True)
        side = QWidget()
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.switch)
        column.addWidget(self._hint)
        column.addStretch(1)
        buttons = QGridLayout()
        buttons.setSpacing(6)
        for k, button in enumerate((self.undo_button, self.redo_button, self.clear_button, self.take_button)):
            buttons.addWidget(button, k // 2, k % 2)
        column.addLayout(buttons)
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(self.canvas, 1)
        right.addWidget(self._status, 0, Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(side)
        row.addLayout(right, 1)


def _name_of(sheet: Sheet) -> str:
    return _CLASSES if sheet.rows.columns.classes else _CURVE


def _same(a: Rows, b: Rows) -> bool:
    return a.cells == b.cells and a.columns == b.columns


def _lacks(rows: Rows) -> str:
    """What keeps a drawing from being learned from, or nothing."""
    if not rows.cells:
        return "Nothing is drawn yet: click on the sheet."
    present = {int(row[-1]) for row in rows.cells}
    absent = [name for kind, name in enumerate(rows.columns.classes) if kind not in present]
    return f"Each class needs a point: “{absent[0]}” has none." if absent else ""


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
