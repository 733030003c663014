"""The bundled faces: Inter for words and numbers, STIX for mathematics, JetBrains Mono for programs.

No system font is needed. All sizes are logical pixels, so that text and drawing keep their proportion on
every screen.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from bpviz.document.resource import resource

UI_FAMILY = "Inter"
MATH_FAMILY = "STIXGeneral"
CODE_FAMILY = "JetBrains Mono"
SMALL = 12
BODY = 13
_FILES = (
    "Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf",
    "STIXGeneral-Regular.otf", "STIXGeneral-Italic.otf", "JetBrainsMono-Regular.ttf",
)
_DONE = "bpviz fonts loaded"


def load_fonts() -> None:
    """Make the bundled faces known to the running application; the second time does nothing."""
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("Fonts can be loaded once a QApplication runs.")
    if app.property(_DONE):
        return
    for file in _FILES:
        path = resource("fonts", file)
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise RuntimeError(f"The font {path} cannot be read.")
    app.setProperty(_DONE, True)


def ui_font(size: float = BODY, weight: int = 400) -> QFont:
    """Inter, for words; size in logical pixels, weight 400 (regular), 500, 600 (semi-bold) or 700."""
    return QFont(_font(UI_FAMILY, _pixels(size), weight))


def number_font(size: float = BODY, weight: int = 400) -> QFont:
    """Inter with digits of one width, so that changing numbers stand still."""
    return QFont(_font(UI_FAMILY, _pixels(size), weight, tabular=True))


@lru_cache(maxsize=4096)
def number_width(text: str, size: float = BODY, weight: int = 400) -> float:
    """How wide a text is in that face; most are asked for in every frame."""
    return QFontMetricsF(number_font(size, weight)).horizontalAdvance(text)


def math_font(size: float = BODY, italic: bool = True) -> QFont:
    """STIX, for symbols; size in logical pixels."""
    return QFont(_font(MATH_FAMILY, _pixels(size), 400, italic=italic))


def code_font(size: float = SMALL) -> QFont:
    """JetBrains Mono, for programs: all letters of one width, and none joined to its neighbour."""
    return QFont(_font(CODE_FAMILY, _pixels(size), 400, apart=True))


def _pixels(size: float) -> int:
    return max(1, round(size))


@lru_cache(maxsize=512)
def _font(
    family: str, size: int, weight: int, italic: bool = False, tabular: bool = False, apart: bool = False
) -> QFont:
    """Copies of one font share what Qt found out about it, which is slow to find."""
    font = QFont(family)
    font.setPixelSize(size)
    font.setWeight(QFont.Weight(weight))
    font.setItalic(italic)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    if apart:
        font.setFeature(QFont.Tag("calt"), 0)
    # Hinting would make widths depend on the machine's settings.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
