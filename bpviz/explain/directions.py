"""Planes through the space of all weights and biases: along two of them, at random, or where the run led.

A place and a direction are vectors of one number a parameter: layer by layer, W row by row and then b.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bpviz.engine.arrays import Array, frozen
from bpviz.engine.network import LayerParameters, Parameters
from bpviz.engine.seed import DIRECTIONS, stream
from bpviz.explain.address import INPUT, Address, Edge, Node

FEWEST_PLACES = 3     # of a run, for its principal components to mean anything
_PARALLEL = 1e-6      # of a direction's length; less of it is left where it is a multiple of the other
_TRIES = 64
_BESIDE = 1e-9        # of the length of all weights; what is nearer to a plane lies in it
_DIGITS = 12         # behind the point, of what rounding leaves of planes that are one


@dataclass(frozen=True, slots=True, eq=False)
class WeightPlane:
    """theta(x, y) = theta + (x - x0) u + (y - y0) v, where u and v are orthonormal and theta is `through`.

    Where u and v are two weights, x and y are these weights themselves; else they are lengths.
    """

    through: Parameters
    u: Array              # (parameters,)
    v: Array
    x0: float
    y0: float

    def coordinates(self, parameters: Parameters) -> tuple[float, float]:
        """(x, y) of the point of the plane that is nearest."""
        x, y = self.shadows(flat(parameters)[None, :])[0]
        return float(x), float(y)

    def shadows(self, thetas: Array) -> Array:
        """The same for many at once: (n, parameters) to (n, 2)."""
        apart = thetas - flat(self.through)
        return np.stack([self.x0 + apart @ self.u, self.y0 + apart @ self.v], axis=1)

    def parameters(self, x: float, y: float) -> Parameters:
        """All weights and biases at a point of the plane."""
        return shaped(self.through, flat(self.through) + (x - self.x0) * self.u + (y - self.y0) * self.v)

    def laid_through(self, parameters: Parameters) -> WeightPlane:
        """The plane of the same directions through another place, which keeps its coordinates."""
        return WeightPlane(parameters, self.u, self.v, *self.coordinates(parameters))

    def holds(self, parameters: Parameters) -> bool:
        """Whether this place lies in the plane, but for rounding."""
        theta = flat(parameters)
        apart = theta - flat(self.parameters(*self.coordinates(parameters)))
        return bool(np.linalg.norm(apart) <= _BESIDE * (1.0 + np.linalg.norm(theta)))

    @property
    def signature(self) -> bytes:
        """Equal for equal planes, whichever of its points a plane is laid through."""
        origin = flat(self.through) - self.x0 * self.u - self.y0 * self.v
        return b"".join((np.round(part, _DIGITS) + 0.0).tobytes() for part in (origin, self.u, self.v))


@dataclass(frozen=True, slots=True, eq=False)
class PathPlane:
    """shares: how much of the variance of the places of the run lies along each of the two components."""

    plane: WeightPlane
    shares: tuple[float, float]


def plane_of_weights(through: Parameters, first: Address, second: Address) -> WeightPlane:
    """Two weights or biases, all others as they are. Raises ValueError where there is none, or but one."""
    i, j = index_of(through, first), index_of(through, second)
    if i == j:
        raise ValueError("expected two different weights")
    theta = flat(through)
    u, v = np.zeros_like(theta), np.zeros_like(theta)
    u[i] = v[j] = 1.0
    return WeightPlane(through, frozen(u), frozen(v), float(theta[i]), float(theta[j]))


def random_plane(through: Parameters, seed: int, draw: int = 0) -> WeightPlane | None:
    """Two random directions, filter-normalised (Li et al. 2018) and made orthonormal; (0, 0) is `through`.

    Each unit's part of a direction is as long as the unit's own incoming weights, so that a unit with small
    weights is not moved more than it can bear; biases stay. draw: another number gives other directions, the
    same seed and number the same. None where fewer than two weights differ from 0.
    """
    random = stream(seed, DIRECTIONS, draw)
    u = _unit(_drawn(through, random))
    if u is None:
        return None
    for _ in range(_TRIES):
        v = _across(_drawn(through, random), u)
        if v is not None:
            return WeightPlane(through, frozen(u), frozen(v), 0.0, 0.0)
    return None


def path_plane(through: Parameters, places: Sequence[Parameters]) -> PathPlane | None:
    """The first two principal components of the places of a run, in their order; its start is (0, 0).

    They are the right singular vectors of (places - their mean); a share is s_k^2 / sum s^2. Both lead from
    where the run began to where it ended. None for fewer than three different places, or a single parameter.
    """
    thetas = [flat(place) for place in places]
    rows = np.stack(list({theta.tobytes(): theta for theta in thetas}.values()))
    if rows.shape[0] < FEWEST_PLACES or rows.shape[1] < 2:
        return None
    _, s, directions = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
    variances = s * s / float((s * s).sum())
    led, gone = thetas[-1] - thetas[0], flat(through) - thetas[0]
    u, v = (frozen(-axis if axis @ led < 0 else axis.copy()) for axis in directions[:2])
    plane = WeightPlane(through, u, v, float(gone @ u), float(gone @ v))
    return PathPlane(plane, (float(variances[0]), float(variances[1])))


def flat(parameters: Parameters) -> Array:
    """All weights and biases as one vector."""
    arrays = (array for p in parameters for array in (p.w, p.b) if array is not None)
    return np.concatenate([array.ravel() for array in arrays])


def shaped(like: Parameters, theta: Array) -> Parameters:
    """The vector as weights and biases again, in the shapes of these."""
    made, at = [], 0
    for p in like:
        w = theta[at : at + p.w.size].reshape(p.w.shape)
        at += p.w.size
        b = None
        if p.b is not None:
            b = theta[at : at + p.b.size]
            at += p.b.size
        made.append(LayerParameters(w, b))
    return tuple(made)


def index_of(parameters: Parameters, address: Address) -> int:
    """Where a weight, or a unit's bias, stands in the vector. Raises ValueError where there is none."""
    if address.layer == INPUT:
        raise ValueError("an input has no weight")
    before = parameters[: address.layer]
    at = sum(p.w.size + (0 if p.b is None else p.b.size) for p in before)
    layer = parameters[address.layer]
    if isinstance(address, Edge):
        return at + address.source * int(layer.w.shape[1]) + address.target
    if layer.b is None:
        raise ValueError("this unit has no bias")
    return at + layer.w.size + address.unit


def address_at(parameters: Parameters, index: int) -> Address:
    """What stands there: an edge for a weight, a node for its bias."""
    for k, p in enumerate(parameters):
        if index < p.w.size:
            return Edge(k, *divmod(index, p.w.shape[1]))
        index -= p.w.size
        if p.b is not None:
            if index < p.b.size:
                return Node(k, index)
            index -= p.b.size
    raise ValueError("beyond the last parameter")


def steepest(parameters: Parameters, gradient: Array, most: int) -> tuple[Address, ...]:
    """The weights and biases with the largest |C'(w)|, that one first; of equal ones the foremost."""
    order = np.argsort(-np.abs(gradient), kind="stable")[:most]
    return tuple(address_at(parameters, int(index)) for index in order)


def _drawn(through: Parameters, random: np.random.Generator) -> Array:
    """A direction whose part of each unit is as long as that unit's incoming weights, and 0 for its bias."""
    parts = []
    for p in through:
        part = random.normal(size=p.w.shape)
        part *= np.linalg.norm(p.w, axis=0) / np.linalg.norm(part, axis=0)
        parts.append(LayerParameters(part, None if p.b is None else np.zeros_like(p.b)))
    return flat(tuple(parts))


def _unit(direction: Array) -> Array | None:
    """Of length 1; None where there is no direction."""
    length = float(np.linalg.norm(direction))
    return direction / length if length > 0 else None


def _across(direction: Array, u: Array) -> Array | None:
    """Of length 1 and orthogonal to the unit vector u; None where nothing is left of it."""
    rest, length = direction, float(np.linalg.norm(direction))
    for _ in range(2):  # once leaves the rounding of what is taken away
        rest = rest - float(rest @ u) * u
    return _unit(rest) if float(np.linalg.norm(rest)) > _PARALLEL * length else None
