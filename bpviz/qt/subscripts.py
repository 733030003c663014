"""Sentences with symbols in them: "W_o" is set as W with a lowered o."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextOption

from bpviz.qt.lettering import write_layout

_SYMBOL = re.compile(r"(?<![A-Za-z])([A-ZbyŷδΔ])_((?:[ho]|\d+)(?:,\d+(?:→\d+)?)?|\d+→\d+|[a-z])(?![A-Za-z])")

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCharFormat

Formats = list[QTextLayout.FormatRange]


def subscripted(text: str) -> tuple[str, Formats]:
    """The text without its underscores, and what to lower in it."""
    plain, formats, end = "", [], 0
    for found in _SYMBOL.finditer(text):
        plain += text[end : found.start()] + found[1]
        lowered = QTextLayout.FormatRange()
        lowered.start, lowered.length = len(plain), len(found[2])
        lowered.format = _lowered()
        formats.append(lowered)
        plain += found[2]
        end = found.end()
    return plain + text[end:], formats


def _lowered() -> QTextCharFormat:
    from PySide6.QtGui import QTextCharFormat  # its enumerations take 1 ms; the first sentence has no symbol

    style = QTextCharFormat()
    style.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
    return style


def rich(text: str) -> str:
    """The text as rich text for a label, its symbols lowered."""
    from html import escape  # its table of entities takes longer than the window can wait for

    return _SYMBOL.sub(r"\1<sub>\2</sub>", escape(text))


def wrapped_height(text: str, width: float, font: QFont) -> float:
    """How tall the text is, its symbols lowered, in lines of this width."""
    plain, formats = subscripted(text)
    return _wrapped(plain, formats, width, font)[1]


def draw_wrapped(
    painter: QPainter, text: str, formats: Formats, box: QRectF, font: QFont, ink: QColor | str
) -> None:
    """Draw within the box, broken into lines, centred in height."""
    layout, height = _wrapped(text, formats, box.width(), font)
    painter.setPen(QColor(ink))
    write_layout(painter, QPointF(box.left(), box.top() + (box.height() - height) / 2), layout)


def _wrapped(text: str, formats: Formats, width: float, font: QFont) -> tuple[QTextLayout, float]:
    """The text broken into lines, and their height."""
    layout = QTextLayout(text, font)
    layout.setFormats(formats)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0.0, height))
        height += line.height()
    layout.endLayout()
    return layout, height
