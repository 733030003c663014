"""Writes text so that it looks the same wherever the picture goes, and quickly where it is written often."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QGlyphRun, QPainter, QPainterPath, QTextLayout

Glyphs = tuple[QGlyphRun, ...]  # of a text that begins at the origin; shared, and so not to be changed


class OutlinePainter(QPainter):
    """For an SVG: text becomes outlines, for who opens the file need not have the fonts.

    Of the many ways in which Qt is asked to write, those two that are used where an SVG is painted.
    """

    def drawText(self, at: QPointF, text: str) -> None:  # type: ignore[override]
        path = QPainterPath()
        path.addText(at, self.font(), text)
        self.fillPath(path, self.pen().color())

    def drawGlyphRun(self, at: QPointF, run: QGlyphRun) -> None:  # type: ignore[override]
        font = run.rawFont()
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)  # where letters touch they stay filled
        for glyph, place in zip(run.glyphIndexes(), run.positions(), strict=True):
            path.addPath(font.pathForGlyph(glyph).translated(at + place))
        self.fillPath(path, self.pen().color())


def glyphs(text: str, font: QFont) -> Glyphs:
    """A text that is set once and drawn often: that takes a third of the time of setting it each time."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    if not line.isValid():
        return ()
    baseline = QPointF(0.0, line.ascent())
    runs = layout.glyphRuns(-1, -1, QTextLayout.GlyphRunRetrievalFlag.RetrieveAll)
    for run in runs:
        run.setPositions([place - baseline for place in run.positions()])
    return tuple(runs)


def write_glyphs(painter: QPainter, x: float, baseline: float, runs: Glyphs) -> None:
    """Glyphs in the painter's pen, beginning at a point."""
    at = QPointF(x, baseline)
    for run in runs:
        painter.drawGlyphRun(at, run)


def write_layout(painter: QPainter, at: QPointF, layout: QTextLayout) -> None:
    """A laid out text, its top left corner at a point, in the painter's pen."""
    if isinstance(painter, OutlinePainter):
        for run in layout.glyphRuns():
            painter.drawGlyphRun(at, run)
    else:
        layout.draw(painter, at)
