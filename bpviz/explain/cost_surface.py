"""The cost over a plane of weights, worked out on a grid from coarse to fine, in small pieces."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bpviz.engine.activation import activation
from bpviz.engine.arrays import Array, frozen
from bpviz.engine.backprop import example_costs, forward, run_step
from bpviz.engine.examples import Examples
from bpviz.engine.network import LayerParameters, Network, Parameters
from bpviz.explain.directions import WeightPlane, flat, shaped

LEVELS = (3, 4, 5, 6)     # a grid has 2^(level + 1) + 1 columns and 2^level + 1 rows, and holds those before
_PIECE = 50_000           # activations in one piece of work: about a millisecond
_MOST_EXAMPLES, _FEWEST_EXAMPLES = 500, 32
_MOST_WORK = 4_000_000    # multiplications for one point
_MARGIN = 1.3             # times the places' own extent
_MOST_UNEQUAL = 4.0       # a window is so many times as wide as it is high, or the other way round


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a plane that is looked at."""

    left: float
    right: float
    bottom: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """costs (rows, columns) at x (columns,) and y (rows,), both upwards; NaN where it is no finite number."""

    x: Array
    y: Array
    costs: Array

    @property
    def low(self) -> float:
        """The lowest cost on the grid; NaN where there is none at all."""
        return float(np.nanmin(self.costs)) if np.isfinite(self.costs).any() else math.nan

    @property
    def high(self) -> float:
        return float(np.nanmax(self.costs)) if np.isfinite(self.costs).any() else math.nan


class PlaneCosts:
    """The mean cost of examples at any points of a plane; a penalty on weights is not in it.

    Many points at once. What lies below the first layer that moves is computed once; the weighted inputs of
    that layer are Z + dx Z_u + dy Z_v.
    """

    def __init__(self, network: Network, plane: WeightPlane, examples: Examples) -> None:
        self.network, self.plane, self.examples = network, plane, examples
        u, v = shaped(plane.through, plane.u), shaped(plane.through, plane.v)
        self._layers = tuple(zip(plane.through, u, v, strict=True))
        self._moves = tuple(_any(by_u) or _any(by_v) for by_u, by_v in zip(u, v, strict=True))
        self._first = self._moves.index(True)
        with np.errstate(all="ignore"):
            passed = forward(network, plane.through, examples.inputs)  # only what is below is used
            a_in = passed[self._first - 1][1] if self._first else examples.inputs
            self._z, self._z_u, self._z_v = (_weighted(p, a_in) for p in self._layers[self._first])

    @property
    def numbers(self) -> int:
        """How many activations one point takes."""
        return self.examples.count * sum(self.network.sizes[self._first + 1 :])

    def at(self, x: Array, y: Array) -> Array:
        """The costs at points x (n,), y (n,); not finite where they overflow."""
        dx, dy = (x - self.plane.x0)[:, None, None], (y - self.plane.y0)[:, None, None]
        count = self.examples.count
        with np.errstate(all="ignore"):
            z = self._z + dx * self._z_u + dy * self._z_v
            for k in range(self._first, self.network.depth):
                z = z.reshape(len(x) * count, -1)
                a = activation(self.network.layers[k].activation).function(z)
                if k + 1 < self.network.depth:
                    z = self._passed_on(k + 1, a.reshape(len(x), count, -1), dx, dy)
            costs = example_costs(self.network, z, a, np.tile(self.examples.targets, (len(x), 1)))
            means: Array = costs.reshape(len(x), count).mean(axis=1)
            return means

    def cost(self, x: float, y: float) -> float:
        """The cost at one point."""
        return float(self.at(np.array([x]), np.array([y]))[0])

    def _passed_on(self, k: int, a: Array, dx: Array, dy: Array) -> Array:
        """Z of a layer, (points, examples, units), from the activations below."""
        p, u, v = self._layers[k]
        if not self._moves[k]:
            return _weighted(p, a)
        z: Array = a @ (p.w + dx * u.w + dy * v.w)
        if p.b is not None and u.b is not None and v.b is not None:
            z += p.b + dx * u.b + dy * v.b
        return z


def surfaces(costs: PlaneCosts, window: Window, levels: Sequence[int] = LEVELS) -> Iterator[Surface | None]:
    """The same surface on ever finer grids; None after each piece of work that completes none.

    A grid takes over what the one before it has.
    """
    known: Array | None = None
    for level in levels:
        x = np.linspace(window.left, window.right, 2 ** (level + 1) + 1)
        y = np.linspace(window.bottom, window.top, 2**level + 1)
        grid = np.full((y.size, x.size), np.nan)
        missing = np.ones(grid.shape, dtype=bool)
        if known is not None:
            grid[::2, ::2] = known
            missing[::2, ::2] = False
        rows, columns = np.nonzero(missing)
        each = max(1, _PIECE // costs.numbers)
        for start in range(0, rows.size, each):
            row, column = rows[start : start + each], columns[start : start + each]
            grid[row, column] = costs.at(x[column], y[row])
            yield None
        known = np.where(np.isfinite(grid), grid, np.nan)
        yield Surface(frozen(x), frozen(y), frozen(known))


def window_around(places: Array, least: float) -> Window:
    """What to look at around places (n, 2): all of them with a margin, and on each side of their middle at
    least so much. Its bounds are round numbers, which a run that goes on seldom moves."""
    low, high = places.min(axis=0), places.max(axis=0)
    middle, half = (low + high) / 2, np.maximum(_MARGIN * (high - low) / 2, least)
    half = np.maximum(half, half.max() / _MOST_UNEQUAL)
    step = 2.0 ** np.floor(np.log2(half / 2))
    left, bottom = np.floor((middle - half) / step) * step
    right, top = np.ceil((middle + half) / step) * step
    return Window(float(left), float(right), float(bottom), float(top))


def surveyed(network: Network, examples: Examples) -> Examples:
    """All examples; of many an evenly drawn part, always the same, so that one point takes about a ms."""
    work = network.edges + 10 * sum(network.sizes[1:])
    most = min(_MOST_EXAMPLES, max(_FEWEST_EXAMPLES, _MOST_WORK // work))
    if examples.count <= most:
        return examples
    rows = np.arange(most) * examples.count // most
    return Examples(examples.inputs[rows], examples.targets[rows])


def gradient(network: Network, parameters: Parameters, examples: Examples) -> Array:
    """C'(w) of every weight and bias over these examples, by backpropagation, in the order of flat()."""
    trace = run_step(network, parameters, examples.inputs, examples.targets)
    return flat(tuple(LayerParameters(layer.dw, layer.db) for layer in trace.layers))


def slope(network: Network, plane: WeightPlane, examples: Examples) -> tuple[float, float]:
    """(dC/dx, dC/dy) where the plane is laid through: the gradient's shadow on it."""
    full = gradient(network, plane.through, examples)
    return float(full @ plane.u), float(full @ plane.v)


def _any(direction: LayerParameters) -> bool:
    return bool(direction.w.any() or (direction.b is not None and direction.b.any()))


def _weighted(p: LayerParameters, a_in: Array) -> Array:
    z: Array = a_in @ p.w
    return z if p.b is None else z + p.b
