"""The update in words: how much moved, and what moved most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.engine.freezing import FrozenParameter, masks
from bpviz.engine.optimizer import OPTIMIZERS
from bpviz.explain.number import count, number, shown, signed
from bpviz.explain.sentence.gradient import largest, way
from bpviz.explain.sentence.telling import Telling, equals

_FITS = 130     # characters up to which two moves are both told
_LONGEST = 150  # up to which a move, and its cause, are told besides what is frozen


@dataclass(frozen=True, slots=True)
class _Move:
    """One weight or bias in the update, and the gradient of the data cost that it saw."""

    name: str
    before: float
    after: float
    gradient: float
    frozen: bool

    @property
    def size(self) -> float:
        return abs(self.after - self.before)


def update(telling: Telling) -> str:
    """What moved, with the equation only where it is rate times gradient and nothing else."""
    layers = telling.trace.layers
    descent = _is_descent(telling)
    title = f"Update{'' if descent else _manner(telling)}: "
    moves = [move for k in range(len(layers)) for move in _moves(telling, k)]
    most = max(moves, key=_size)
    rest = _frozen_words(telling, moves)
    if most.size == 0:
        why = ", for every gradient is 0" if descent and most.gradient == 0 and not rest else ""
        return f"{title}nothing moves{why}{rest}"
    rate = telling.trace.rate if descent else None
    if _are_all(telling, moves):
        told = [_told(telling, move, rate) for move in moves if not move.frozen]
        everything = title + " and ".join(told) + rest
        if len(everything) <= _FITS:
            return everything
    start = title + _how_many(telling)
    whole = f"{start}, most of all {_told(telling, most, rate)}{rest}"
    if rest and len(whole) > _LONGEST:
        whole = f"{start}, most of all {_told(telling, most, None)}{rest}"
    return whole if not rest or len(whole) <= _LONGEST else start + rest


def _are_all(telling: Telling, moves: list[_Move]) -> bool:
    """Whether these few are all that there is to move."""
    return len(moves) <= 2 and all(layer.w.size == 1 for layer in telling.trace.layers)


def _frozen_words(telling: Telling, moves: list[_Move]) -> str:
    """ "; 3 are frozen", or which one is, where there are but two."""
    frozen = len(telling.trace.frozen)
    if not frozen:
        return ""
    if frozen == sum(before.size for before, _ in _pairs(telling)):
        return ", for everything is frozen"
    if _are_all(telling, moves):
        return "".join(f"; {move.name} is frozen" for move in moves if move.frozen)
    return f"; {count(frozen)} {'is' if frozen == 1 else 'are'} frozen"


def _size(move: _Move) -> float:
    return move.size


def _moves(telling: Telling, k: int) -> list[_Move]:
    """The weight of a layer that moves most, and the bias that does."""
    layer, names = telling.trace.layers[k], telling.names
    at = largest(layer.w_next - layer.w)
    name = names.weight(k).plain + ("" if layer.w.size == 1 else f" {way(telling, k, *at)}:")
    fixed = FrozenParameter(k, at[1], at[0]) in telling.trace.frozen
    moves = [_Move(name, float(layer.w[at]), float(layer.w_next[at]), float(layer.dw[at]), fixed)]
    if layer.b is not None and layer.b_next is not None and layer.db is not None:
        i = int(np.argmax(np.abs(layer.b_next - layer.b)))
        name = names.bias(k).plain + ("" if layer.b.size == 1 else f" of {telling.unit(k, i)}:")
        fixed = FrozenParameter(k, i) in telling.trace.frozen
        moves.append(_Move(name, float(layer.b[i]), float(layer.b_next[i]), float(layer.db[i]), fixed))
    return moves


def _told(telling: Telling, move: _Move, rate: float | None) -> str:
    """ "W_h 0.600 → 0.496 (rate 0.100 × gradient 1.04)"."""
    text, came = f"{move.name} {number(move.before)} → {number(move.after)}", move.after
    step = 0.0 if rate is None else shown(rate) * shown(move.gradient)
    promised = shown(move.before) - step
    if number(move.before) == number(move.after) and move.size > 0:  # the digits would hide the change
        promised, came = -step, move.after - move.before
        text = f"{move.name} {number(move.before)} by {signed(came)}"
    if rate is None:
        return text
    about = "" if equals(promised, came) == "=" else "≈ "
    average = "" if telling.trace.batch == 1 else "average "
    return f"{text} ({about}rate {number(rate)} × {average}gradient {number(move.gradient)})"


def _manner(telling: Telling) -> str:
    """What else than rate times gradient is at work: " with Adam, rate 0.00300"."""
    trace = telling.trace
    plain = trace.optimizer == "gradient_descent"
    how = "a penalty on weights" if plain else OPTIMIZERS[trace.optimizer]
    return f" with {how}, rate {number(trace.rate)}"


def _is_descent(telling: Telling) -> bool:
    """Whether all weights moved by rate times gradient and by nothing else."""
    trace = telling.trace
    if trace.optimizer != "gradient_descent":
        return False
    promised = [layer.w - trace.rate * layer.dw for layer in trace.layers]
    if trace.frozen:
        for layer, change, (fixed, _) in zip(
            trace.layers, promised, masks(trace.parameters_next, trace.frozen), strict=True
        ):
            np.copyto(change, layer.w, where=fixed)
    came = [layer.w_next for layer in trace.layers]
    return all(np.allclose(a, b, rtol=1e-9, atol=0) for a, b in zip(promised, came, strict=True))


def _how_many(telling: Telling) -> str:
    """ "2,101 of 2,410 weights and biases move"."""
    pairs = _pairs(telling)
    every = sum(before.size for before, _ in pairs)
    moved = sum(int(np.count_nonzero(before != after)) for before, after in pairs)
    share = f"{count(moved)} of {count(every)}"
    if moved == every:
        share = "both" if every == 2 else f"all {count(every)}"
    what = "weights" if len(pairs) == len(telling.trace.layers) else "weights and biases"
    return f"{share} {what} {'moves' if moved == 1 else 'move'}"


def _pairs(telling: Telling) -> list[tuple[Array, Array]]:
    """Every array of weights or biases before and after."""
    layers = telling.trace.layers
    pairs = [(layer.w, layer.w_next) for layer in layers]
    return pairs + [
        (layer.b, layer.b_next) for layer in layers if layer.b is not None and layer.b_next is not None
    ]
