"""What is drawn of a data set: points, a histogram or images. Pure: a Dataset in, arrays out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpviz.document.dataset import Dataset
from bpviz.engine.arrays import Array
from bpviz.explain.number import count
from bpviz.qt.plots.axis import Axis

MOST_POINTS = 2_000   # drawn; more only cover one another
MOST_IMAGES = 40
FRAMES = (1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)  # half of an axis about 0
_BINS = 24
_PAD = 0.06


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """x and y (n,), and the class of each; classes is () for a regression. square: axes of one scale."""

    x: Array
    y: Array
    kinds: NDArray[np.int64]
    classes: tuple[str, ...]
    names: tuple[str, str]
    axes: tuple[Axis, Axis]
    square: bool
    note: str


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """How many examples (classes, bins) have an input between edges (bins + 1,)."""

    edges: Array
    heights: NDArray[np.int64]
    classes: tuple[str, ...]
    names: tuple[str, str]
    axes: tuple[Axis, Axis]
    note: str


@dataclass(frozen=True, slots=True, eq=False)
class Images:
    """Pixels (n, rows, columns) and what each shows."""

    pixels: Array
    labels: tuple[str, ...]
    note: str


Picture = Points | Histogram | Images


def picture_of(dataset: Dataset, square: bool = False) -> Picture:
    """Images where the inputs are some, else points or, for classes by one input, a histogram.

    square: draw points in the plane in one scale where they have one.
    """
    if dataset.image_shape is not None:
        return _images(dataset, dataset.image_shape)
    if dataset.class_names and dataset.inputs.shape[1] == 1:
        return _histogram(dataset)
    return _points(dataset, square)


def plane_axis(values: Array) -> Axis:
    """One of FRAMES for what lies about 0, else a little more than the values."""
    low, high = float(values.min()), float(values.max())
    half = max(abs(low), abs(high))
    if 0.4 <= half <= FRAMES[-1] and low < -0.3 * half and high > 0.3 * half:
        frame = next((frame for frame in FRAMES if frame > 1.02 * half), 1.1 * half)
        return Axis(-frame, frame)
    pad = _PAD * (high - low) or 0.5 * max(1.0, abs(high))
    return Axis(low - pad, high + pad)


def alike(x: Axis, y: Axis) -> bool:
    """Whether both are of FRAMES, so that a circle can be drawn as one."""
    return x.low == -x.high and y.low == -y.high and max(x.high, y.high) <= FRAMES[-1]


def _points(dataset: Dataset, square: bool) -> Points:
    rows = _some(dataset.count, MOST_POINTS)
    x = dataset.inputs[:, 0]
    if dataset.class_names:
        y, names = dataset.inputs[:, 1], (dataset.input_names[0], dataset.input_names[1])
    else:
        y, names = dataset.targets[:, 0], (dataset.input_names[0], dataset.target_names[0])
    axes = plane_axis(x), plane_axis(y)
    square = square and bool(dataset.class_names) and alike(*axes)
    if square:
        axes = (max(axes, key=lambda axis: axis.high),) * 2
    notes = [_columns_note(dataset), _rows_note(len(rows), dataset.count, "points")]
    return Points(
        x[rows], y[rows], dataset.classes[rows], dataset.class_names, names, axes, square, _joined(notes)
    )


def _histogram(dataset: Dataset) -> Histogram:
    x, classes = dataset.inputs[:, 0], dataset.classes
    axis = plane_axis(x)
    edges = np.linspace(axis.low, axis.high, _BINS + 1)
    heights = np.stack([
        np.histogram(x[classes == k], edges)[0] for k in range(len(dataset.class_names))
    ])
    tallest = int(heights.sum(axis=0).max())
    axes = axis, Axis(0.0, 1.06 * tallest, whole=True)
    names = dataset.input_names[0], "examples"
    return Histogram(edges, heights, dataset.class_names, names, axes, "")


def _images(dataset: Dataset, shape: tuple[int, int]) -> Images:
    rows = _some(dataset.count, MOST_IMAGES)
    pixels = dataset.inputs[rows].reshape(len(rows), *shape)
    labels = tuple(dataset.class_names[k] for k in dataset.classes[rows]) if dataset.class_names else ()
    return Images(pixels, labels, _rows_note(len(rows), dataset.count, "images"))


def _some(total: int, most: int) -> NDArray[np.int64]:
    """The rows that are drawn: all, or most of them evenly over the whole."""
    return np.linspace(0, total - 1, min(total, most)).round().astype(np.int64)


def _columns_note(dataset: Dataset) -> str:
    inputs = dataset.inputs.shape[1]
    if dataset.class_names:
        return f"the first two of {count(inputs)} inputs" if inputs > 2 else ""
    targets = dataset.targets.shape[1]
    if inputs == 1 and targets == 1:
        return ""
    first = f"the first of {count(inputs)} inputs" if inputs > 1 else "the input"
    return f"{first} and {f'the first of {count(targets)} targets' if targets > 1 else 'the target'}"


def _rows_note(drawn: int, total: int, what: str) -> str:
    return f"{count(drawn)} of {count(total)} {what}" if drawn < total else ""


def _joined(notes: list[str]) -> str:
    text = "; ".join(note for note in notes if note)
    return f"Drawn: {text}" if text else ""
