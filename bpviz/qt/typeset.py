"""LaTeX as outlines: each symbol is typeset once, and drawn at any size and in any colour."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

_LIBRARY = "ziamath"
_SIZE = 100.0  # at which outlines are kept
_COMMAND = re.compile(r"([MLQCZ])([^MLQCZ]*)")


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A typeset formula on its baseline, its ink starting at x = 0; all in units of the font size."""

    path: QPainterPath
    width: float
    ascent: float
    descent: float

    def draw(self, painter: QPainter, x: float, baseline: float, size: float, ink: QColor | str) -> None:
        """Fill it with an ink; size is the font's, in logical pixels."""
        painter.save()
        painter.translate(x, baseline)
        painter.scale(size / _SIZE, size / _SIZE)
        painter.fillPath(self.path, QColor(ink))
        painter.restore()


def fetched() -> bool:
    """Whether the typesetter has been imported, all of it."""
    return _LIBRARY in sys.modules and not being_fetched()


def being_fetched() -> bool:
    """Whether its import is under way, further down the stack: then it cannot be imported here."""
    spec = getattr(sys.modules.get(_LIBRARY), "__spec__", None)
    return bool(getattr(spec, "_initializing", False))


def fetch() -> None:
    """Import the typesetter, which typeset does by itself when it must."""
    import ziamath.zmath  # noqa: F401
    from ziamath.config import config

    config.svg2 = False  # glyphs as plain paths


@lru_cache(maxsize=8192)
def typeset(latex: str) -> Outline:
    """The outline of a formula in math mode. Takes about a millisecond a glyph, once.

    ziamath sets it after the rules and with the glyphs of STIX Two Math. Raises what ziamath raises when
    the formula cannot be read.
    """
    fetch()  # late: the window is painted before its first formula
    from ziamath.zmath import Latex

    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for element in Latex(latex, size=_SIZE, inline=True, margin=0).svgxml():
        _add(path, element)
    ink = path.boundingRect()
    path.translate(-ink.left(), 0)
    return Outline(path, ink.width() / _SIZE, -ink.top() / _SIZE, ink.bottom() / _SIZE)


def _add(path: QPainterPath, element: Element) -> None:
    if element.tag.endswith("path"):
        _add_curves(path, element.attrib["d"])
    elif element.tag.endswith("rect"):
        path.addRect(QRectF(*(float(element.attrib[name]) for name in ("x", "y", "width", "height"))))
    else:
        raise ValueError(f"an outline has an unknown element: {element.tag}")


def _add_curves(path: QPainterPath, commands: str) -> None:
    for command, numbers in _COMMAND.findall(commands):
        at = [float(n) for n in numbers.replace(",", " ").split()]
        if command == "M":
            path.moveTo(*at)
        elif command == "L":
            path.lineTo(*at)
        elif command == "Q":
            path.quadTo(*at)
        elif command == "C":
            path.cubicTo(*at)
        else:
            path.closeSubpath()
