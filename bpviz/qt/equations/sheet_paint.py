"""Paints the blocks of the sheet: headings, equations with their rules and notes, lines between groups."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from bpviz.explain.phase import Phase
from bpviz.qt.equations.blocks import RULE_SIZE, Block, LineBlock, RuleBlock, TitleBlock
from bpviz.qt.equations.flow_paint import paint_flow
from bpviz.qt.fonts import SMALL, ui_font
from bpviz.qt.palette import Palette
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.subscripts import draw_wrapped, subscripted
from bpviz.qt.typeset import typeset


def paint_block(
    painter: QPainter, block: Block, palette: Palette, spotlight: Spotlight, phase: Phase | None, width: float
) -> None:
    """phase is the one being told: its heading wears the accent, its equations stand on it."""
    match block:
        case RuleBlock(y=y):
            painter.fillRect(QRectF(0, y, width, 1), QColor(palette.grid))
        case TitleBlock(box=box, group=group):
            current = any(line.phase == phase for line in group.lines)
            painter.setFont(ui_font(SMALL, 600))
            painter.setPen(QColor(palette.accent if current else palette.ink_soft))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, group.title)
        case LineBlock():
            _paint_line(painter, block, palette, spotlight, block.line.phase == phase)


def _paint_line(
    painter: QPainter, block: LineBlock, palette: Palette, spotlight: Spotlight, current: bool
) -> None:
    painter.save()
    painter.translate(block.box.topLeft())
    paint_flow(painter, block.flow, block.size, palette, spotlight, current)
    painter.restore()
    if block.rule is not None:
        rule = typeset(block.line.rule)
        baseline = block.rule.top() + rule.ascent * RULE_SIZE
        rule.draw(painter, block.rule.left(), baseline, RULE_SIZE, palette.ink_faint)
    if block.note is not None:
        text, lowered = subscripted(block.line.note)
        draw_wrapped(painter, text, lowered, block.note, ui_font(SMALL), palette.ink_soft)
