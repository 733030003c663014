"""Pictures of scenes, and every piece of text in them with the rectangle of its ink."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QGlyphRun, QImage, QPainter

from bpviz.explain.address import Address
from bpviz.explain.detail import detail_of
from bpviz.explain.frame import frame_at
from bpviz.explain.layout import Layout
from bpviz.explain.moment import Moment
from bpviz.explain.symbol import Names
from bpviz.qt.canvas.labels import PLATE
from bpviz.qt.canvas.legend import paint_note
from bpviz.qt.canvas.painter import paint
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.fonts import MATH_FAMILY
from bpviz.qt.palette import LIGHT, Palette
from tests.explain.preset_steps import Opened

Size = tuple[int, int]


def scene(
    step: Opened,
    moment: Moment,
    size: Size,
    palette: Palette = LIGHT,
    layout: Layout | None = None,
    example: int | None = 0,
    hovered: Address | None = None,
) -> Scene:
    layout = layout or step.place(*size)
    frame = frame_at(step.network, step.trace, moment, example)
    detail = detail_of(layout, step.trace, PLATE)
    return Scene(layout, frame, detail, Names(step.network), palette, hovered)


def image(shown: Scene, size: Size) -> QImage:
    """The picture as the window shows it."""
    made = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(made)
    _paint(painter, shown, size)
    painter.end()
    return made


def pixels(made: QImage) -> bytes:
    return bytes(made.constBits())


def _paint(painter: QPainter, shown: Scene, size: Size) -> None:
    painter.fillRect(0, 0, *size, QColor(shown.palette.canvas))
    paint(painter, shown)
    paint_note(painter, shown, QRectF(0, 0, *size))


@dataclass
class Written:
    """A piece of text, or a whole symbol, and where its ink is."""

    text: str
    ink: QRectF
    mathematical: bool


def written(shown: Scene, size: Size) -> list[Written]:
    """All text of a picture; the pieces of one symbol, which come one after the other, together."""
    made = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    recorder = _Recorder(made)
    _paint(recorder, shown, size)
    recorder.end()
    return recorder.found


def assert_legible(pieces: list[Written], size: Size) -> None:
    assert pieces
    for piece in pieces:
        assert within(piece, size), piece
    for a, b in combinations(pieces, 2):
        shared = a.ink.intersected(b.ink)
        assert shared.width() <= 0.5 or shared.height() <= 0.5, (a, b)


def within(piece: Written, size: Size) -> bool:
    ink = piece.ink
    return ink.left() >= 0 and ink.top() >= 0 and ink.right() <= size[0] and ink.bottom() <= size[1]


class _Recorder(QPainter):
    """Notes what it is asked to write."""

    def __init__(self, device: QImage) -> None:
        super().__init__(device)
        self.found: list[Written] = []

    def drawGlyphRun(self, at: QPointF, run: QGlyphRun) -> None:  # type: ignore[override]
        font = run.rawFont()
        ink = QRectF()
        for glyph, place in zip(run.glyphIndexes(), run.positions(), strict=True):
            ink = ink.united(font.boundingRect(glyph).translated(at + place))
        super().drawGlyphRun(at, run)
        self._note(run.sourceString(), ink, font.familyName() == MATH_FAMILY)

    def drawText(self, *_: object) -> None:
        raise AssertionError("the canvas writes glyphs that are set once")

    def _note(self, text: str, ink: QRectF, mathematical: bool) -> None:
        if mathematical and self.found and self.found[-1].mathematical and self._goes_on(ink):
            self.found[-1].text += text
            self.found[-1].ink = self.found[-1].ink.united(ink)
        else:
            self.found.append(Written(text, ink, mathematical))

    def _goes_on(self, ink: QRectF) -> bool:
        """Whether this is the next piece of the symbol before it: close to its right."""
        return -4.0 < ink.left() - self.found[-1].ink.right() < 6.0
