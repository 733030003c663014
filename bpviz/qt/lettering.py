"""Writes text so that it looks the same wherever the picture goes."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPaintEngine, QPainter, QPainterPath, QTextLayout


def write(painter: QPainter, at: QPointF, text: str) -> None:
    """Text in the painter's font and pen, its baseline beginning at a point.

    In an SVG it becomes outlines: who opens the file need not have the fonts.
    """
    if not _draws_svg(painter):
        painter.drawText(at, text)
        return
    path = QPainterPath()
    path.addText(at, painter.font(), text)
    painter.fillPath(path, painter.pen().color())


def write_layout(painter: QPainter, at: QPointF, layout: QTextLayout) -> None:
    """A laid out text, its top left corner at a point, in the painter's pen."""
    if not _draws_svg(painter):
        layout.draw(painter, at)
        return
    for run in layout.glyphRuns():
        font = run.rawFont()
        for glyph, place in zip(run.glyphIndexes(), run.positions(), strict=True):
            path = font.pathForGlyph(glyph).translated(at + place)
            painter.fillPath(path, painter.pen().color())


def _draws_svg(painter: QPainter) -> bool:
    engine = painter.paintEngine()
    return engine is not None and engine.type() == QPaintEngine.Type.SVG
