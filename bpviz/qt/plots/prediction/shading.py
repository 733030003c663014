"""Surfaces as colours: softer than values elsewhere, so that the examples upon them are seen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array
from bpviz.qt.data.marker import class_colour
from bpviz.qt.palette import Palette, mixed, value_hex
from bpviz.qt.shades import Shades, shaded

_SOFT = 0.62    # of the full colour, at most
_PALE = 0.12    # of the full colour, at the end near zero of a scale that does not reach it
_STEPS = 256


@dataclass(frozen=True, slots=True)
class Scale:
    """From low to high. ends: what of the value colours it spans, −1 is orange and 1 is blue."""

    low: float
    high: float
    ends: tuple[float, float] = (-1.0, 1.0)

    def shades(self, palette: Palette) -> Shades:
        return _shades(palette, self.ends)

    def colours(self, values: Array, palette: Palette) -> NDArray[np.uint8]:
        """(rows, columns, 3) of values (rows, columns)."""
        return shaded(values, self.low, self.high, self.shades(palette))

    def hex(self, value: float, palette: Palette) -> str:
        """The full colour of a value, for a point on the surface."""
        share = (value - self.low) / (self.high - self.low)
        start, end = self.ends
        return value_hex(palette, start + min(1.0, max(0.0, share)) * (end - start), 1.0)


PROBABILITY = Scale(0.0, 1.0)


def scale_of(values: Array, targets: Array) -> Scale:
    """A scale for outputs and targets: about 0 where they lie on both sides of it, else from the lowest to
    the highest in the colour of their sign. Ends are rounded outwards, so that they rest now and then."""
    found = np.concatenate((values[np.isfinite(values)], targets.ravel()))
    low, high = float(found.min()), float(found.max())
    span = high - low or max(1e-3, abs(high))
    step = 10.0 ** np.floor(np.log10(span / 4))
    low, high = float(np.floor(low / step) * step), float(np.ceil(high / step) * step)
    if low < 0.0 < high:
        most = max(-low, high)
        return Scale(-most, most)
    return Scale(low, high if high > low else low + step, (_PALE, 1.0) if low >= 0.0 else (-1.0, -_PALE))


def class_colours(outputs: Array, palette: Palette) -> NDArray[np.uint8]:
    """Of the class with the largest of outputs (rows, columns, classes), stronger where it is surer."""
    classes = outputs.shape[-1]
    full = _rgb([class_colour(palette, k, classes) for k in range(classes)])
    with np.errstate(all="ignore"):
        best = np.clip(np.nan_to_num(outputs.max(axis=-1)), 0.0, 1.0)
    sure = _SOFT * np.clip((best - 1 / classes) / (1 - 1 / classes), 0.15, 1.0)[..., np.newaxis]
    colours = (1 - sure) * _rgb([palette.neutral])[0] + sure * full[np.nan_to_num(outputs).argmax(axis=-1)]
    rounded: NDArray[np.uint8] = colours.round().astype(np.uint8)
    return rounded


@lru_cache(maxsize=16)
def _shades(palette: Palette, ends: tuple[float, float]) -> Shades:
    shares = np.linspace(ends[0], ends[1], _STEPS).tolist()
    colours = [mixed(palette.neutral, value_hex(palette, share, 1.0), _SOFT) for share in shares]
    return _rgb(colours).astype(np.uint8)


def _rgb(colours: list[str]) -> Array:
    return np.array([tuple(bytes.fromhex(colour[1:])) for colour in colours], dtype=np.float64)
