"""Where headings, equations and notes stand on the sheet: pure places, made anew when a line changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from bpviz.explain.equation.equation import Group, Line
from bpviz.qt.equations.flow_layout import SYMBOL_SIZE, Flow, flow
from bpviz.qt.fonts import SMALL, ui_font
from bpviz.qt.subscripts import wrapped_height
from bpviz.qt.typeset import typeset

ASIDE_SIZE = 15.0
RULE_SIZE = 14.0
_TITLE = 20.0
_UNDER_TITLE = 4.0
_BETWEEN_GROUPS = 22.0
_BETWEEN_LINES = 9.0
_BEFORE_NOTE = 2.0


@dataclass(frozen=True, slots=True)
class TitleBlock:
    box: QRectF
    group: Group


@dataclass(frozen=True, slots=True)
class LineBlock:
    """One equation; `rule` is the box of the function it applies, `note` that of its sentence."""

    box: QRectF
    line: Line
    flow: Flow
    size: float
    rule: QRectF | None
    note: QRectF | None


@dataclass(frozen=True, slots=True)
class RuleBlock:
    """The thin line between two groups."""

    y: float


Block = TitleBlock | LineBlock | RuleBlock


def formulas(groups: tuple[Group, ...]) -> Iterator[str]:
    """All that has to be typeset before the sheet can be laid out."""
    for group in groups:
        for line in group.lines:
            yield from (token.latex for token in line.tokens)
            if line.rule:
                yield line.rule


def arranged(groups: tuple[Group, ...], width: float) -> tuple[tuple[Block, ...], float]:
    """All blocks from top to bottom, and how tall they are together."""
    blocks: list[Block] = []
    y = 0.0
    for group in groups:
        if blocks:
            blocks.append(RuleBlock(y + _BETWEEN_GROUPS / 2))
            y += _BETWEEN_GROUPS
        blocks.append(TitleBlock(QRectF(0, y, width, _TITLE), group))
        y += _TITLE + _UNDER_TITLE
        for i, line in enumerate(group.lines):
            y += _BETWEEN_LINES if i else 0.0
            block = _line(line, y, width)
            blocks.append(block)
            y = block.box.bottom()
    return tuple(blocks), y


def _line(line: Line, y: float, width: float) -> LineBlock:
    size = ASIDE_SIZE if line.aside else SYMBOL_SIZE
    laid = flow(line.tokens, width, size)
    bottom = y + laid.height
    rule = note = None
    if line.rule:
        outline = typeset(line.rule)
        beside = laid.width + 18.0 + outline.width * RULE_SIZE <= width
        height = (outline.ascent + outline.descent) * RULE_SIZE
        x = width - outline.width * RULE_SIZE if beside else 0.0
        top = y + 4.0 if beside else bottom + _BEFORE_NOTE
        rule = QRectF(x, top, outline.width * RULE_SIZE, height)
        bottom = max(bottom, rule.bottom())
    if line.note:
        height = wrapped_height(line.note, width, ui_font(SMALL))
        note = QRectF(0, bottom + _BEFORE_NOTE, width, height)
        bottom = note.bottom()
    return LineBlock(QRectF(0, y, width, bottom - y), line, laid, size, rule, note)

