"""What is seen of the cost along one weight at one moment of the telling, and the words that go with it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from bpviz.engine.trace import StepTrace
from bpviz.explain.address import Address, Edge
from bpviz.explain.cost_slice import CostSlice, cause_words, step_text
from bpviz.explain.nudge import Nudge, forgotten_words
from bpviz.explain.number import UNKNOWN, number, signed
from bpviz.explain.part import Part, What, is_told, weight_part
from bpviz.explain.symbol import Names, Symbol, upright
from bpviz.explain.table import Table
from bpviz.qt.palette import Palette, error_ink
from bpviz.qt.plots.landscape.slice_glyphs import Glyph

_ABOUT, _CLOSER = 3.0, 4.0   # a steep curve is left at the top, for the point's surroundings to be seen
_BELOW, _ABOVE = 0.14, 0.08  # of the height that is seen, left free
_BEYOND = 0.6                # of it: so far outside, the ends of the step still decide what is seen
_MEANING = ("As this weight alone makes its step, the cost changes along the tangent by what was promised, "
            "along the curve by what came.")


@dataclass(frozen=True, slots=True)
class Entry:
    """A glyph of the picture, what it stands for, and its number."""

    glyph: Glyph | None
    words: tuple[Symbol | str, ...]
    text: str
    ink: str

    @property
    def plain(self) -> str:
        words = (word if isinstance(word, str) else word.plain for word in self.words)
        return " ".join([*words, *([self.text] if self.text else [])])


@dataclass(frozen=True, slots=True, eq=False)
class SliceScene:
    """told: whether the gradient is known in this step; moved: whether the update is; costed: the cost."""

    seen: CostSlice
    address: Address
    weight: Symbol
    gradient: Symbol
    told: bool
    moved: bool
    costed: bool
    cause: str


def scene_of(
    seen: CostSlice, trace: StepTrace, address: Address, names: Names, depth: int, complete: int
) -> SliceScene:
    """complete: the index of the last phase that is done, as is_told counts."""
    last = depth - 1
    return SliceScene(
        seen, address, weight_symbol(names, address), names.of(seen.part),
        told=is_told(seen.part, depth, complete),
        moved=is_told(Part(What.NEW_WEIGHT, last), depth, complete),
        costed=is_told(Part(What.COST, last), depth, complete),
        cause=cause_words(trace, address, seen),
    )


def weight_symbol(names: Names, address: Address) -> Symbol:
    """W_h,1→2, or b_o."""
    if isinstance(address, Edge):
        return names.of(weight_part(What.WEIGHT, address))
    return names.of(Part(What.BIAS, address.layer, address.unit))


def entries_of(scene: SliceScene, names: Names, palette: Palette) -> tuple[Entry, ...]:
    """The most important first: where there is little room, the last are left out."""
    seen, ink = scene.seen, palette.ink
    text, tone = UNKNOWN, palette.ink_faint
    if scene.told:
        text, tone = number(seen.slope), error_ink(palette, seen.slope)
    slope = Entry(Glyph.TANGENT, ("slope", scene.gradient), text, tone)
    cost = Entry(None, (names.cost(),), number(seen.cost) if scene.costed else UNKNOWN, ink)
    if not scene.moved:
        point = Entry(Glyph.POINT, (scene.weight,), number(seen.at), ink)
        return point, slope, cost, *_lowest(scene, palette)
    return (
        Entry(Glyph.ARROW, (scene.weight,), step_text(seen), ink), slope, _cause(scene, names, palette),
        Entry(Glyph.PROMISED, ("promised",), signed(seen.promised), error_ink(palette, seen.slope)),
        Entry(Glyph.CAME, ("came",), signed(seen.came), ink), cost, *_lowest(scene, palette),
    )


def nudge_entries(
    scene: SliceScene, made: Nudge, forgotten: int | None, palette: Palette
) -> tuple[Entry, ...]:
    """While the weight is changed by hand: what its slope predicted, and what came."""
    ink, faint = palette.ink, palette.ink_faint
    change = upright("Δ") + scene.weight
    return (
        Entry(Glyph.POINT, (scene.weight,), number(made.after), ink),
        Entry(None, (change,), signed(made.change), ink),
        Entry(None, ("promised",), signed(made.predicted), error_ink(palette, made.slope)),
        Entry(None, ("came",), signed(made.actual), ink),
        *([] if forgotten is None else [Entry(None, (), forgotten_words(forgotten), faint)]),
    )


def sentence_of(scene: SliceScene, entries: tuple[Entry, ...]) -> str:
    """All of it in words, also what there was no room for."""
    told = "; ".join(entry.plain for entry in entries)
    if scene.moved:
        return f"{told}. {_MEANING}"
    return f"{told}." if scene.told else f"{told}. The slope comes with the phase {scene.gradient.plain}."


def table_of(scene: SliceScene, names: Names) -> Table:
    """The samples of the curve, and the tangent there once its slope is told."""
    seen, weight = scene.seen, scene.weight.plain
    rows = tuple(
        (w, c if math.isfinite(c) else None, seen.tangent(w) if scene.told else None)
        for w, c in zip(seen.weights.tolist(), seen.costs.tolist(), strict=True)
    )
    return Table(f"Cost along {weight}", (weight, names.cost().plain, "tangent"), rows)


def heights_of(scene: SliceScene) -> tuple[float, float]:
    """The lowest and highest cost that is seen: the curve's, and where the step leads, within reason."""
    seen = scene.seen
    known = seen.costs[np.isfinite(seen.costs)]
    low, high = min(float(known.min()), seen.cost), max(float(known.max()), seen.cost)
    if high - low <= 1e-12 * abs(high):
        half = abs(high) / 2 or 0.5
        low, high = low - half, high + half
    room = max(_ABOUT * (seen.cost - low), (high - low) / _CLOSER)
    high = min(high, low + room)
    room = high - low
    if scene.moved:
        ends = [seen.tangent(seen.after), seen.cost_after]
        near = [c for c in ends if math.isfinite(c) and low - _BEYOND * room <= c <= high + _BEYOND * room]
        low, high = min([low, *near]), max([high, *near])
    return low - _BELOW * (high - low), high + _ABOVE * (high - low)


def _cause(scene: SliceScene, names: Names, palette: Palette) -> Entry:
    if scene.cause:
        return Entry(None, (scene.cause,), "", palette.ink)
    product = names.rate() + upright(" · ") + scene.gradient + upright(" =")
    return Entry(None, (product,), number(-scene.seen.step), palette.ink)


def _lowest(scene: SliceScene, palette: Palette) -> list[Entry]:
    lowest = scene.seen.lowest
    return [] if lowest is None else [Entry(Glyph.LOWEST, ("lowest at",), number(lowest[0]), palette.ink)]
