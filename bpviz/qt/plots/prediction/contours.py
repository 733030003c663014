"""Lines along which a surface has one value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from contourpy import LineType, contour_generator

from bpviz.engine.arrays import Array

_LABEL_AT = 0.25  # of the way along a line


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """x and y (n,), with NaN between one line and the next."""

    x: Array
    y: Array


NO_LINES = Lines(np.empty(0), np.empty(0))


def lines_at(x: Array, y: Array, values: Array, levels: tuple[float, ...]) -> tuple[Lines, ...]:
    """For each level the lines on which values (rows, columns), at y (rows,) and x (columns,), have it.

    Between places values are taken as straight; what is not finite is left out.
    """
    known = values if np.isfinite(values).all() else np.ma.masked_invalid(values)
    made = contour_generator(x, y, known, line_type=LineType.ChunkCombinedNan)
    return tuple(_lines(made.lines(level)[0][0]) for level in levels)


def joined(lines: tuple[Lines, ...]) -> Lines:
    """All of them as one."""
    parts = [part for part in lines if part.x.size]
    if not parts:
        return NO_LINES
    gap = np.array([np.nan])
    x = np.concatenate([array for part in parts for array in (part.x, gap)])
    y = np.concatenate([array for part in parts for array in (part.y, gap)])
    return Lines(x[:-1], y[:-1])


def label_place(
    lines: Lines, across: tuple[float, float], upwards: tuple[float, float]
) -> tuple[float, float] | None:
    """A place for a number on the longest of these lines, within a frame; off its middle, since the middle of
    the plane is where a lone example is. None where there is none."""
    inside = (lines.x > across[0]) & (lines.x < across[1]) & (lines.y > upwards[0]) & (lines.y < upwards[1])
    pieces = [piece for piece in np.split(np.arange(lines.x.size), np.flatnonzero(~inside)) if len(piece) > 1]
    if not pieces:
        return None
    longest = max(pieces, key=len)
    at = longest[max(1, round(_LABEL_AT * (len(longest) - 1)))]
    return float(lines.x[at]), float(lines.y[at])


def _lines(points: object) -> Lines:
    if points is None:
        return NO_LINES
    array = np.asarray(points, dtype=np.float64)
    return Lines(array[:, 0], array[:, 1])
