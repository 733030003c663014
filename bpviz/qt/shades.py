"""Arrays of numbers as pictures, in the colours of the theme."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from bpviz.engine.arrays import Array
from bpviz.qt.palette import Palette, error_hex, mixed, value_hex

Shades = NDArray[np.uint8]  # (256, 3): red, green, blue, from the low end to the high one

_STEPS = 256


@lru_cache(maxsize=8)
def value_shades(palette: Palette) -> Shades:
    """From the most negative value over neutral to the most positive."""
    return _shades(value_hex(palette, k, 1.0) for k in np.linspace(-1.0, 1.0, _STEPS))


@lru_cache(maxsize=8)
def error_shades(palette: Palette) -> Shades:
    """Likewise for errors and gradients."""
    return _shades(error_hex(palette, k, 1.0) for k in np.linspace(-1.0, 1.0, _STEPS))


@lru_cache(maxsize=8)
def height_shades(palette: Palette) -> Shades:
    """From the lowest to the highest of what has no sign, such as a cost: the low end is the accent's."""
    return _shades(mixed(palette.accent, palette.panel, k) for k in np.linspace(0.0, 1.0, _STEPS))


def shaded(values: Array, low: float, high: float, shades: Shades) -> NDArray[np.uint8]:
    """Colours (rows, columns, 3) of values (rows, columns); what is beyond an end, or unknown, is that end
    or the middle."""
    span = high - low if high > low else 1.0
    with np.errstate(all="ignore"):
        share = np.nan_to_num((values - low) / span, nan=0.5, posinf=1.0, neginf=0.0)
    places = np.clip(share * _STEPS, 0, _STEPS - 1).astype(np.intp)
    colours: NDArray[np.uint8] = shades[places]
    return colours


def image_of(values: Array, low: float, high: float, shades: Shades) -> QImage:
    """One pixel a value; row 0 is the top."""
    colours = np.ascontiguousarray(shaded(values, low, high, shades))
    rows, columns = values.shape
    return QImage(colours.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()


def _shades(colours: Iterable[str]) -> Shades:
    return np.array([tuple(bytes.fromhex(colour[1:])) for colour in colours], dtype=np.uint8)
