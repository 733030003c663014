"""An example that is an image, in the ink of the theme."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtGui import QImage

from bpviz.engine.arrays import Array
from bpviz.qt.palette import Palette, mixed
from bpviz.qt.shades import Shades, image_of


def ink_image(pixels: Array, palette: Palette) -> QImage:
    """pixels (rows, columns), from the smallest as the ground to the largest as the ink."""
    return image_of(pixels, float(pixels.min()), float(pixels.max()), _ink_shades(palette))


@lru_cache(maxsize=8)
def _ink_shades(palette: Palette) -> Shades:
    colours = (mixed(palette.field, palette.ink, k) for k in np.linspace(0.0, 1.0, 256))
    return np.array([tuple(bytes.fromhex(colour[1:])) for colour in colours], dtype=np.uint8)
