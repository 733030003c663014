"""Data sets that are made rather than kept: points in the plane, and curves, from a seed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from bpviz.document.errors import DocumentError
from bpviz.engine.arrays import Array
from bpviz.engine.errors import unknown_name
from bpviz.engine.seed import GENERATED, stream

MOST_GENERATED = 100_000
LARGEST_NOISE = 2.0


@dataclass(frozen=True, slots=True)
class Generated:
    """So many examples of a kind. noise: the deviation of what is added to each coordinate, or to a y."""

    kind: str
    count: int = 200
    noise: float = 0.1
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Generator:
    """How a kind is called and made. make(count, random) gives inputs (n, inputs) and targets (n,), without
    noise and from about -1 to 1: classes 0 and 1 of points in the plane, in turn, or a curve's y for its x.
    `noise` is one to begin with: it blurs the shape and leaves it to be seen."""

    label: str
    classifies: bool
    make: Callable[[int, np.random.Generator], tuple[Array, Array]]
    noise: float
    tip: str


def check_generated(generated: Generated) -> None:
    """Raises DocumentError, placed at generated.<field>, for what cannot be made."""
    if generated.kind not in GENERATORS:
        unknown = unknown_name("generator", generated.kind, GENERATORS)
        raise DocumentError(str(unknown), place="generated.kind")
    least = 4 if GENERATORS[generated.kind].classifies else 2
    if not least <= generated.count <= MOST_GENERATED:
        expectation = f"expected from {least} to {MOST_GENERATED:,}, got {generated.count}"
        raise DocumentError(expectation, place="generated.count")
    if not (math.isfinite(generated.noise) and 0.0 <= generated.noise <= LARGEST_NOISE):
        expectation = f"expected from 0 to {LARGEST_NOISE:g}, got {generated.noise}"
        raise DocumentError(expectation, place="generated.noise")
    if not 0 <= generated.seed < 2**63:
        raise DocumentError(f"expected 0 or more, got {generated.seed}", place="generated.seed")


def made(generated: Generated) -> tuple[Array, Array]:
    """inputs (n, inputs) and targets (n, 1): classes as 0 and 1, or y. The same for the same description."""
    generator = GENERATORS[generated.kind]
    random = stream(generated.seed, GENERATED)
    inputs, targets = generator.make(generated.count, random)
    if generator.classifies:
        inputs = inputs + generated.noise * random.standard_normal(inputs.shape)
    else:
        targets = targets + generated.noise * random.standard_normal(targets.shape)
    return inputs, targets[:, np.newaxis]


def _in_turn(count: int) -> Array:
    """Classes 0 and 1, so that the first few examples show both."""
    return (np.arange(count) % 2).astype(np.float64)


def _xor(count: int, random: np.random.Generator) -> tuple[Array, Array]:
    """Four quadrants of the square from -1 to 1; opposite ones are of one class."""
    signs = np.array([(-1, -1), (-1, 1), (1, 1), (1, -1)], dtype=float)[np.arange(count) % 4]
    return signs * random.uniform(0.15, 1.0, (count, 2)), _in_turn(count)


def _circle(count: int, random: np.random.Generator) -> tuple[Array, Array]:
    """A disc of radius 0.5 within a ring from 0.7 to 1, both evenly filled."""
    classes, along = _in_turn(count), random.uniform(0.0, 1.0, count)
    squares = np.where(classes == 0.0, 0.25 * along, 0.49 + 0.51 * along)
    return _polar(np.sqrt(squares), random.uniform(0.0, 2 * math.pi, count)), classes


def _moons(count: int, random: np.random.Generator) -> tuple[Array, Array]:
    """Two half circles of radius 2/3 that reach into each other."""
    classes = _in_turn(count)
    angles = math.pi * (random.uniform(0.0, 1.0, count) + classes)
    centres = (classes - 0.5)[:, np.newaxis] * np.array([2 / 3, 1 / 3])
    return _polar(np.full(count, 2 / 3), angles) + centres, classes


def _spiral(count: int, random: np.random.Generator) -> tuple[Array, Array]:
    """Two arms: radius r from 0.14 to 1 at the angle 3.5 π r, and the same half a turn on."""
    classes = _in_turn(count)
    radii = np.sqrt(random.uniform(0.02, 1.0, count))
    return _polar(radii, math.pi * (3.5 * radii + classes)), classes


def _clusters(count: int, random: np.random.Generator) -> tuple[Array, Array]:
    """Two round clouds of deviation 0.2, to which the noise is added, so that neither is ever a point."""
    classes = _in_turn(count)
    centres = (classes - 0.5)[:, np.newaxis] * np.array([1.2, 1.2])
    return centres + 0.2 * random.standard_normal((count, 2)), classes


def _curve(y: Callable[[Array], Array]) -> Callable[[int, np.random.Generator], tuple[Array, Array]]:
    """x evenly from -1 to 1, and y of it."""

    def make(count: int, _random: np.random.Generator) -> tuple[Array, Array]:
        x = np.linspace(-1.0, 1.0, count)
        return x[:, np.newaxis], y(x)

    return make


def _polar(radii: Array, angles: Array) -> Array:
    return np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)


GENERATORS: Mapping[str, Generator] = MappingProxyType({
    "xor": Generator("XOR", True, _xor, 0.05, "Four quadrants; opposite ones belong together"),
    "circle": Generator("Circle", True, _circle, 0.05, "A disc within a ring"),
    "moons": Generator("Two moons", True, _moons, 0.08, "Two half circles that reach into each other"),
    "spiral": Generator("Spiral", True, _spiral, 0.02, "Two arms wound around each other"),
    "clusters": Generator("Gaussian clusters", True, _clusters, 0.05, "Two round clouds, parted by a line"),
    "line": Generator("Line", False, _curve(lambda x: 0.7 * x), 0.1, "y = 0.7 x"),
    "sine": Generator("Sine", False, _curve(lambda x: np.sin(math.pi * x)), 0.1, "y = sin(π x)"),
    "step": Generator("Step", False, _curve(lambda x: np.where(x < 0.0, -0.7, 0.7)), 0.1, "y jumps at x = 0"),
})
