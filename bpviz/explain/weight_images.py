"""The weights that lead from an image into each unit of the first layer, as images."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.explain.table import Table


@dataclass(frozen=True, slots=True, eq=False)
class WeightImages:
    """pixels (units, rows, columns): w[source, unit] stands where the pixel `source` stands in the image.

    largest: of all their sizes, so that one scale serves every image.
    """

    pixels: Array
    largest: float

    @property
    def units(self) -> int:
        return int(self.pixels.shape[0])

    @property
    def shape(self) -> tuple[int, int]:
        """rows and columns of each."""
        return int(self.pixels.shape[1]), int(self.pixels.shape[2])

    def place(self, source: int) -> tuple[int, int]:
        """The row and column, from 0, of an input."""
        return divmod(source, self.shape[1])

    def source(self, row: int, column: int) -> int:
        """The input that stands there."""
        return row * self.shape[1] + column

    def table(self) -> Table:
        """A row for each unit, a column for each pixel; all counted from 1."""
        rows, columns = self.shape
        heads = (f"row {y + 1} column {x + 1}" for y in range(rows) for x in range(columns))
        cells = self.pixels.reshape(self.units, -1).tolist()
        return Table("Weights as images", ("unit", *heads), tuple((k + 1, *w) for k, w in enumerate(cells)))


def weight_images(w: Array, shape: tuple[int, int]) -> WeightImages:
    """w: (inputs, units) of the first layer. shape: rows and columns of the image that the inputs are."""
    pixels = np.ascontiguousarray(w.T).reshape(-1, *shape)
    return WeightImages(pixels, float(np.abs(pixels).max()))
