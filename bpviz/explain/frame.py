"""What every node and edge shows at a moment: a pure function of the record and of the playhead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bpviz.engine.arrays import Array, frozen
from bpviz.engine.freezing import Frozen
from bpviz.engine.network import Network
from bpviz.engine.trace import LayerTrace, StepTrace
from bpviz.explain.address import INPUT
from bpviz.explain.moment import Moment
from bpviz.explain.phase import Kind, Phase, index_of, score
from bpviz.explain.quantities import error_kind
from bpviz.explain.timeline import eased

_LANDING = 0.7   # a number fades in over the rest of its phase
_ARRIVAL = 0.85  # a pulse arrives when so much of the phase has passed


@dataclass(frozen=True, slots=True, eq=False)
class ColumnFrame:
    """One layer's units, or the inputs (z, slope, delta and bias are None there); arrays are (units,).

    A level says how much of a quantity is there: 0 not computed yet, 1 known, between while it lands.
    """

    a: Array
    z: Array | None
    slope: Array | None
    delta: Array | None
    bias: Array | None
    a_level: float
    z_level: float
    e_level: float
    e_told: float  # how far the phase of its error has gone, before the number lands
    active: bool


@dataclass(frozen=True, slots=True, eq=False)
class EdgesFrame:
    """The edges into one layer. w is what is shown, (inputs, units): between old and new during the update.

    pulse is where along the edge something travels, 0 at the source and 1 at the target, or None;
    strength is what it carries, w . a forward or E . w backward.
    """

    w: Array
    gradient: Array
    g_level: float
    pulse: float | None
    backward: bool
    strength: Array | None
    active: bool


@dataclass(frozen=True, slots=True)
class Scales:
    """The largest sizes in a step, where a colour or a width is full: one for all its moments."""

    value: float   # inputs, weighted inputs, activations
    weight: float
    error: float


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """The whole picture, without a place and without a colour."""

    phase: Phase
    progress: float
    columns: tuple[ColumnFrame, ...]  # the inputs first
    edges: tuple[EdgesFrame, ...]
    target: Array                     # (outputs,)
    cost: float
    cost_level: float
    scales: Scales
    frozen: Frozen                    # the weights and biases that the update leaves

    def column(self, layer: int) -> ColumnFrame:
        return self.columns[layer + 1]


def frame_at(network: Network, trace: StepTrace, moment: Moment, example: int | None) -> Frame:
    """The frame of one example (a row of the batch), or of the batch's mean when example is None.

    A step that overflowed has its frame too: what is no number there is none here.
    """
    with np.errstate(all="ignore"):
        return _frame(network, trace, moment, example)


def _frame(network: Network, trace: StepTrace, moment: Moment, example: int | None) -> Frame:
    teller = _Teller(network.depth, moment)
    columns = [_inputs(trace, example, teller)]
    columns += [_column(layer, k, example, teller) for k, layer in enumerate(trace.layers)]
    edges = tuple(_edges(trace, k, example, teller) for k in range(network.depth))
    costs = trace.example_costs
    return Frame(
        teller.phase, moment.progress, tuple(columns), edges, _row(trace.targets, example),
        trace.cost if example is None else float(costs[example]), teller.level(Kind.COST, network.depth - 1),
        scales_of(trace), trace.frozen,
    )


class _Teller:
    """How far each quantity has come at a moment."""

    def __init__(self, depth: int, moment: Moment) -> None:
        self.depth = depth
        self.index = moment.phase
        self.progress = moment.progress
        self.phase = score(depth)[moment.phase]

    def told(self, kind: Kind, layer: int) -> float:
        """0 before its phase, its progress during it, 1 after."""
        at = index_of(self.depth, kind, layer)
        return 0.0 if self.index < at else 1.0 if self.index > at else self.progress

    def level(self, kind: Kind, layer: int) -> float:
        """The same as it is seen: numbers land at the end of their phase."""
        return max(0.0, (self.told(kind, layer) - _LANDING) / (1.0 - _LANDING))

    def telling(self, kind: Kind, layer: int) -> bool:
        return self.phase == Phase(kind, layer)


def _row(array: Array, example: int | None) -> Array:
    return frozen(array.mean(axis=0)) if example is None else array[example]


def _inputs(trace: StepTrace, example: int | None, teller: _Teller) -> ColumnFrame:
    level = teller.level(Kind.GIVEN, INPUT)
    active = teller.phase in (Phase(Kind.GIVEN, INPUT), Phase(Kind.SUM, 0), Phase(Kind.GRADIENT, 0))
    return ColumnFrame(_row(trace.inputs, example), None, None, None, None, level, 0.0, 0.0, 0.0, active)


def _column(layer: LayerTrace, k: int, example: int | None, teller: _Teller) -> ColumnFrame:
    bias = layer.b
    if bias is not None and layer.b_next is not None:
        bias = _between(bias, layer.b_next, teller.told(Kind.UPDATE, teller.depth - 1))
    return ColumnFrame(
        a=_row(layer.a, example),
        z=_row(layer.z, example),
        slope=_row(layer.slope, example),
        delta=_row(layer.delta, example),
        bias=bias,
        a_level=teller.level(Kind.ACTIVATE, k),
        z_level=teller.level(Kind.SUM, k),
        e_level=teller.level(error_kind(teller.depth, k), k),
        e_told=teller.told(error_kind(teller.depth, k), k),
        active=_column_active(teller.phase, k, teller.depth),
    )


def _column_active(phase: Phase, k: int, depth: int) -> bool:
    match phase.kind:
        case Kind.SUM | Kind.HIDDEN_ERROR:
            return k in (phase.layer, phase.layer - 1 if phase.kind is Kind.SUM else phase.layer + 1)
        case Kind.GRADIENT:
            return k in (phase.layer, phase.layer - 1)
        case Kind.COST | Kind.OUTPUT_ERROR:
            return k == depth - 1
        case Kind.UPDATE:
            return True
        case _:
            return k == phase.layer


def _edges(trace: StepTrace, k: int, example: int | None, teller: _Teller) -> EdgesFrame:
    layer = trace.layers[k]
    w = _between(layer.w, layer.w_next, teller.told(Kind.UPDATE, teller.depth - 1))
    travelled = eased(min(1.0, teller.progress / _ARRIVAL))
    pulse: float | None = None
    strength: Array | None = None
    backward = k > 0 and teller.telling(Kind.HIDDEN_ERROR, k - 1)
    if teller.telling(Kind.SUM, k):
        strength = layer.w * _row(layer.a_in, example)[:, np.newaxis]
        pulse = travelled
    elif backward:
        strength = layer.w * _row(layer.delta, example)
        pulse = 1.0 - travelled
    active = pulse is not None or teller.telling(Kind.GRADIENT, k) or teller.phase.kind is Kind.UPDATE
    if pulse is not None and not 0.0 < pulse < 1.0:
        pulse = None
    return EdgesFrame(w, layer.dw, teller.level(Kind.GRADIENT, k), pulse, backward, strength, active)


def _between(old: Array, new: Array, told: float) -> Array:
    """A parameter on its way through the update; exactly the engine's numbers at both ends."""
    if told <= 0.0:
        return old
    return new if told >= 1.0 else frozen(old + (new - old) * eased(told))


@lru_cache(maxsize=2)
def scales_of(trace: StepTrace) -> Scales:
    """The same for all moments of a step, so that colours do not jump; looked for once."""
    layers = trace.layers
    return Scales(
        _largest(trace.inputs, *(layer.z for layer in layers), *(layer.a for layer in layers)),
        _largest(*(layer.w for layer in layers), *(layer.w_next for layer in layers)),
        _largest(*(layer.delta for layer in layers)),
    )


def _largest(*arrays: Array) -> float:
    """The largest finite size; 1 where everything is 0, so that it can be divided by."""
    return max(_size(array) for array in arrays) or 1.0


def _size(array: Array) -> float:
    """The largest |x| of finite numbers; 0 where there is none."""
    size = max(float(array.max(initial=0.0)), -float(array.min(initial=0.0)))
    if not np.isfinite(size):  # both extremes are NaN where one number is
        size = float(np.abs(array[np.isfinite(array)]).max(initial=0.0))
    return size
