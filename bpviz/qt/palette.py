"""The colours of both themes, each with one meaning, and how they mix. Knows no widget."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QBrush, QColor


@dataclass(frozen=True, slots=True, eq=False)  # compared as an object: it is part of many a cache's key
class Palette:
    """Colours as hex strings.

    The `_ink` variant of a scale's end is for text and thin lines, the plain one for surfaces. Everything
    whose name holds `ink` reaches 4.5:1 on window, panel, field and canvas; `line` is for drawings only.
    """

    name: str
    dark: bool
    # surfaces
    window: str        # behind the panels
    panel: str
    panel_border: str
    field: str         # recessed: inputs, quiet boxes, scroll grooves
    canvas: str        # behind the network
    # text and lines
    ink: str
    ink_soft: str      # labels
    ink_faint: str     # hints, dashes, what is not computed yet
    line: str          # outlines of what is quiet; never text
    grid: str          # rules, axes
    # the one accent: what is current, focused or pressed
    accent: str
    accent_soft: str
    accent_ink: str    # text on accent
    # values: weights, sums, activations
    value_positive: str
    value_negative: str
    value_positive_ink: str
    value_negative_ink: str
    # errors: layer errors and gradients
    error_positive: str
    error_negative: str
    error_positive_ink: str
    error_negative_ink: str
    neutral: str       # the middle of both scales
    # trouble
    danger: str
    danger_soft: str


LIGHT = Palette(
    name="light", dark=False,
    window="#f4f5f8", panel="#ffffff", panel_border="#e6e8ee", field="#f4f5f8", canvas="#fbfbfd",
    ink="#1b1f27", ink_soft="#59606d", ink_faint="#686f7c", line="#b4bac5", grid="#e8eaef",
    accent="#3b5bdb", accent_soft="#e7ecff", accent_ink="#ffffff",
    value_positive="#1a75ca", value_negative="#e8790c",
    value_positive_ink="#176bb8", value_negative_ink="#a94f00",
    error_positive="#7b3fb5", error_negative="#2b853e",
    error_positive_ink="#7b3fb5", error_negative_ink="#22773a",
    neutral="#e1e4ea", danger="#c22f2f", danger_soft="#fdecec",
)

DARK = Palette(
    name="dark", dark=True,
    window="#121419", panel="#1b1e25", panel_border="#2a2f39", field="#121419", canvas="#15181e",
    ink="#e9ebef", ink_soft="#a3abb9", ink_faint="#8a93a3", line="#555d6b", grid="#2a2f38",
    accent="#8aa4ff", accent_soft="#27304d", accent_ink="#10131a",
    value_positive="#4dabf7", value_negative="#ffa94d",
    value_positive_ink="#4dabf7", value_negative_ink="#ffa94d",
    error_positive="#c792ea", error_negative="#69db7c",
    error_positive_ink="#c792ea", error_negative_ink="#69db7c",
    neutral="#2e333d", danger="#ff8787", danger_soft="#3a2327",
)


# Each colour comes as a QColor of its own, and as the hex string of that colour.


def blend(a: str, b: str, t: float) -> QColor:
    """a where t is 0, b where t is 1, opaque between them; t outside is cut off."""
    return QColor(mixed(a, b, t))


def mixed(a: str, b: str, t: float) -> str:
    """The hex string of blend(a, b, t)."""
    return _mixed(a, b, round(min(1.0, max(0.0, t)) * 255))


def value_colour(palette: Palette, x: float, largest: float) -> QColor:
    """The opaque colour of a value: neutral at 0, full at +-largest; negative orange, positive blue."""
    return QColor(value_hex(palette, x, largest))


def value_hex(palette: Palette, x: float, largest: float) -> str:
    return _scale(palette.neutral, palette.value_negative, palette.value_positive, x, largest)


def error_colour(palette: Palette, x: float, largest: float) -> QColor:
    """The opaque colour of an error or gradient: neutral at 0; negative green, positive purple."""
    return QColor(error_hex(palette, x, largest))


def error_hex(palette: Palette, x: float, largest: float) -> str:
    return _scale(palette.neutral, palette.error_negative, palette.error_positive, x, largest)


def value_ink(palette: Palette, x: float) -> str:
    """The colour in which the number x is written as a value."""
    return palette.ink if x == 0 else palette.value_positive_ink if x > 0 else palette.value_negative_ink


def error_ink(palette: Palette, x: float) -> str:
    """The colour in which the number x is written as an error or a gradient."""
    return palette.ink if x == 0 else palette.error_positive_ink if x > 0 else palette.error_negative_ink


def ink_on(palette: Palette, background: QColor | str) -> QColor:
    """Text colour on any background: white or the theme's own inks where they are legible, else black."""
    ground = QColor(background).name()
    return QColor(_ink_on(palette.ink, palette.accent_ink, ground))


def contrast(a: str, b: str) -> float:
    """(L1 + 0.05) / (L2 + 0.05), the contrast ratio of the Web Content Accessibility Guidelines 2.1."""
    high, low = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=4096)
def shared_colour(name: str) -> QColor:
    """The colour of a hex string: shared, and so not to be changed."""
    return QColor(name)


@lru_cache(maxsize=4096)
def shared_brush(name: str) -> QBrush:
    """A surface of that colour: shared, and so not to be changed."""
    return QBrush(QColor(name))


def _scale(neutral: str, negative: str, positive: str, x: float, largest: float) -> str:
    # x != x is NaN: it has no place on a scale, and reads as neutral
    share = 0.0 if largest <= 0 or x != x else abs(x) / largest
    return mixed(neutral, positive if x > 0 else negative, share)


@lru_cache(maxsize=8192)
def _mixed(a: str, b: str, share: int) -> str:
    channels = (round(p + (q - p) * share / 255) for p, q in zip(_channels(a), _channels(b), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in channels)


@lru_cache(maxsize=4096)
def _ink_on(ink: str, accent_ink: str, ground: str) -> str:
    for candidate in (ink, "#ffffff", accent_ink):
        if contrast(candidate, ground) >= 4.5:
            return candidate
    return "#000000"  # where white stays below 4.5:1, black is above it


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
              for c in (channel / 255 for channel in _channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
