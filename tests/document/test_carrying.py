"""What a network has learned survives a change of its shape, weight by weight."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bpviz.document.carrying import Origin, anew, carried, carried_frozen, unchanged
from bpviz.engine.freezing import FrozenParameter, check_frozen, in_order
from bpviz.engine.network import Layer, LayerParameters, Network, Parameters
from tests.engine.nets import every_parameter


def numbered(sizes: list[int], first: int, bias: bool = True) -> Parameters:
    """Parameters of which no two are equal."""
    made, at = [], first
    for inputs, units in pairwise(sizes):
        w = np.arange(at, at + inputs * units, dtype=float).reshape(inputs, units)
        at += inputs * units
        made.append(LayerParameters(w, np.arange(at, at + units, dtype=float) if bias else None))
        at += units
    return tuple(made)


shapes = st.lists(st.integers(1, 4), min_size=2, max_size=5)


@given(shapes)
def test_an_unchanged_shape_keeps_every_number(sizes: list[int]) -> None:
    before = numbered(sizes, 0)
    after = carried(before, numbered(sizes, 10_000), unchanged(sizes))
    for p, q in zip(before, after, strict=True):
        assert np.array_equal(p.w, q.w) and np.array_equal(p.b, q.b)


@given(shapes)
def test_starting_anew_keeps_none(sizes: list[int]) -> None:
    fresh = numbered(sizes, 10_000)
    after = carried(numbered(sizes, 0), fresh, anew(sizes))
    assert all(np.array_equal(p.w, q.w) for p, q in zip(fresh, after, strict=True))


def drawn_origins(data: st.DataObject, sizes: list[int]) -> list[Origin]:
    """Columns and units of any kind: kept, doubled, exchanged, new."""
    origins = [
        Origin(
            data.draw(st.sampled_from([k, None])),
            tuple(data.draw(st.lists(st.sampled_from([*range(n), None]), min_size=1, max_size=5))),
        )
        for k, n in enumerate(sizes)
    ]
    return [Origin(None, (None,) * len(o.units)) if o.column is None else o for o in origins]


def network(widths: list[int], bias: bool = True) -> Network:
    return Network(widths[0], tuple(Layer(n, "tanh", bias) for n in widths[1:]))


@given(st.data(), shapes)
def test_a_weight_is_that_between_the_same_two_units(data: st.DataObject, sizes: list[int]) -> None:
    """Against the definition, unit by unit."""
    origins = drawn_origins(data, sizes)
    widths = [len(o.units) for o in origins]
    before, fresh = numbered(sizes, 0), numbered(widths, 10_000)
    after = carried(before, fresh, origins)
    for k, (below, above) in enumerate(pairwise(origins)):
        for j, target in enumerate(above.units):
            known = above.column is not None and target is not None
            assert after[k].b[j] == (before[k].b[target] if known else fresh[k].b[j])
            for i, source in enumerate(below.units):
                both = known and below.column is not None and source is not None
                assert after[k].w[i, j] == (before[k].w[source, target] if both else fresh[k].w[i, j])


def test_a_bias_that_was_not_there_is_fresh() -> None:
    after = carried(numbered([2, 3], 0, bias=False), numbered([2, 3], 100), unchanged([2, 3]))
    assert np.array_equal(after[0].b, numbered([2, 3], 100)[0].b)


@given(st.data(), shapes)
def test_frozen_is_what_came_of_what_was_frozen(data: st.DataObject, sizes: list[int]) -> None:
    """Against the numbers themselves: those of frozen parameters are negative, and carried along."""
    before, origins = network(sizes), drawn_origins(data, sizes)
    was = in_order(data.draw(st.sets(st.sampled_from(every_parameter(before)))))
    marked = numbered(sizes, 1)
    for one in was:
        array = marked[one.layer].b if one.source is None else marked[one.layer].w[one.source]
        array[one.unit] *= -1.0
    after = network([len(origin.units) for origin in origins])
    numbers = carried(marked, numbered(list(after.sizes), 10_000), origins)
    found = carried_frozen(was, after, origins)
    assert list(found) == [one for one in every_parameter(after) if number_of(one, numbers) < 0]
    check_frozen(found)


def number_of(one: FrozenParameter, parameters: Parameters) -> float:
    p = parameters[one.layer]
    return float(p.b[one.unit] if one.source is None else p.w[one.source, one.unit])


def test_a_frozen_bias_that_is_taken_away_is_frozen_no_more() -> None:
    was = (FrozenParameter(0, 1), FrozenParameter(0, 1, 0))
    assert carried_frozen(was, network([2, 3], bias=False), unchanged([2, 3])) == was[1:]


def test_weights_around_a_removed_layer_are_fresh() -> None:
    before, fresh = numbered([2, 3, 2, 1], 0), numbered([2, 2, 1], 100)
    kept = unchanged([2, 3, 2, 1])
    after = carried(before, fresh, (kept[0], *kept[2:]))
    assert np.array_equal(after[0].w, fresh[0].w)
    assert np.array_equal(after[0].b, before[1].b) and np.array_equal(after[1].w, before[2].w)
