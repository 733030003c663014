"""How a surface is seen: its colours, its lines with their numbers, and the scale beside it. Three ways, for
one output between classes, for the classes of several outputs, and for any other number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpviz.engine.arrays import Array
from bpviz.explain.surface import Surface, leads
from bpviz.qt.palette import Palette
from bpviz.qt.plots.axis import Axis
from bpviz.qt.plots.prediction.contours import Lines, joined, label_place, lines_at
from bpviz.qt.plots.prediction.shading import PROBABILITY, Scale, class_colours, scale_of

_MOST_LINES = 6
_EDGE = 0.08   # of the width and the height: no number so near to an end
Label = tuple[tuple[float, float], str]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """colours (rows, columns, 3). scale: what they mean; None where they are those of the classes."""

    colours: NDArray[np.uint8]
    lines: Lines
    labels: tuple[Label, ...]
    scale: Scale | None


def seen_as_classes(surface: Surface, palette: Palette) -> Seen:
    """The class whose output is largest, with the lines where two are alike."""
    ahead = leads(surface.outputs)
    lines = joined(tuple(
        lines_at(surface.x, surface.y, ahead[..., k], (0.0,))[0] for k in range(ahead.shape[-1])
    ))
    return Seen(class_colours(surface.outputs, palette), lines, (), None)


def seen_as_probability(surface: Surface, output: int, palette: Palette) -> Seen:
    """One output from 0 to 1, with the boundary at one half."""
    values = surface.outputs[..., output]
    lines = lines_at(surface.x, surface.y, values, (0.5,))[0]
    return Seen(PROBABILITY.colours(values, palette), lines, (), PROBABILITY)


def seen_as_number(surface: Surface, output: int, targets: Array, palette: Palette) -> Seen:
    """One output of any size, with lines at round numbers."""
    values = surface.outputs[..., output]
    scale = scale_of(values, targets)
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    ticks = Axis(low, high).ticks(_MOST_LINES) if high > low else ()
    lines = lines_at(surface.x, surface.y, values, tuple(value for value, _ in ticks))
    across, upwards = _inside(surface.x), _inside(surface.y)
    found = ((label_place(line, across, upwards), text) for line, (_, text) in zip(lines, ticks, strict=True))
    labels = tuple((place, text) for place, text in found if place is not None)
    return Seen(scale.colours(values, palette), joined(lines), labels, scale)


def _inside(places: Array) -> tuple[float, float]:
    """Where a number is not cut off at an end."""
    low, high = float(places[0]), float(places[-1])
    return low + _EDGE * (high - low), high - _EDGE * (high - low)
