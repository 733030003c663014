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
    noise: classes 0 and 1 of points in the plane, or a curve's y for its x."""

    label: str
    classifies: bool
    make: Callable[[int, np.random.Generator], tuple[Array, Array]]
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


def _halves(count: int) -> tuple[int, int]:
    return count - count // 2, count // 2


def _classes(count: int) -> Array:
    zero, one = _halves(count)
    return np.repeat([0.0, 1.0], [zero, one])


def _xor(count: int, random: np.random.Generator) -> tuple[Array, Array]:
    """Four quadrants of the square from -1 to 1; opposite ones are of one class."""
    corners = np.arange(count) % 4
    signs = np.array([(-1, -1), (1, 1), (-1, 1), (1, -1)], dtype=float)[corners]
    return signs * random.uniform(0.15, 1.0, (count, 2)), (corners >= 2).astype(float)


def _circle(count: int, random: np.random.Generator) -> tuple[Array, Array]:
    """A disc of radius 0.5 within a ring from 0.7 to 1, both evenly filled."""
    inner, outer = _halves(count)
    radii = np.sqrt(np.concatenate([random.uniform(0.0, 0.25, inner), random.uniform(0.49, 1.0, outer)]))
    return _polar(radii, random.uniform(0.0, 2 * math.pi, count)), _classes(count)


def _moons(count: int, random: np.random.Generator) -> tuple[Array, Array]:
    """Two half circles that reach into each other."""
    upper, lower = _halves(count)
    angles = math.pi * np.concatenate([random.uniform(0.0, 1.0, upper), random.uniform(1.0, 2.0, lower)])
    centres = np.repeat([[-0.5, -0.25], [0.5, 0.25]], [upper, lower], axis=0)
    return _polar(np.ones(count), angles) + centres, _classes(count)


def _spiral(count: int, random: np.random.Generator) -> tuple[Array, Array]:
    """Two arms of one and three quarter turns."""
    zero, one = _halves(count)
    along = np.sqrt(random.uniform(0.02, 1.0, count))
    turned = np.repeat([0.0, math.pi], [zero, one])
    return _polar(along, 3.5 * math.pi * along + turned), _classes(count)


def _clusters(count: int, random: np.random.Generator) -> tuple[Array, Array]:
    """Two round clouds; their own width is part of the noise, so that none is a single point."""
    zero, one = _halves(count)
    centres = np.repeat([[-0.6, -0.6], [0.6, 0.6]], [zero, one], axis=0)
    return centres + 0.2 * random.standard_normal((count, 2)), _classes(count)


def _curve(y: Callable[[Array], Array]) -> Callable[[int, np.random.Generator], tuple[Array, Array]]:
    """x evenly from -1 to 1, and y of it."""

    def make(count: int, _random: np.random.Generator) -> tuple[Array, Array]:
        x = np.linspace(-1.0, 1.0, count)
        return x[:, np.newaxis], y(x)

    return make


def _polar(radii: Array, angles: Array) -> Array:
    return np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)


GENERATORS: Mapping[str, Generator] = MappingProxyType({
    "xor": Generator("XOR", True, _xor, "Four quadrants; opposite ones belong together"),
    "circle": Generator("Circle", True, _circle, "A disc within a ring"),
    "moons": Generator("Two moons", True, _moons, "Two half circles that reach into each other"),
    "spiral": Generator("Spiral", True, _spiral, "Two arms wound around each other"),
    "clusters": Generator("Gaussian clusters", True, _clusters, "Two round clouds: one line parts them"),
    "line": Generator("Line", False, _curve(lambda x: 0.7 * x), "y = 0.7 x"),
    "sine": Generator("Sine", False, _curve(lambda x: np.sin(math.pi * x)), "y = sin(π x)"),
    "step": Generator("Step", False, _curve(lambda x: np.where(x < 0.0, -0.7, 0.7)), "y jumps at x = 0"),
})
