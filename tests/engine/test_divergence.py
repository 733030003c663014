"""Divergence is named after the first quantity, in the order of telling, that means nothing any more."""

import dataclasses
import math

import numpy as np
import pytest

from bpviz.engine.backprop import run_step
from bpviz.engine.divergence import find_divergence
from bpviz.engine.optimizer import Learning
from tests.engine.nets import drawn, examples, network

# In the order of telling: forward, cost, back, update.
TOLD = [
    ("z", 0, "weighted input"), ("a", 0, "activation"), ("z", 1, "weighted input"), ("a", 1, "activation"),
    ("example_costs", 1, "cost"),
    ("delta", 1, "layer error"), ("dw", 1, "gradient"), ("delta", 0, "layer error"), ("dw", 0, "gradient"),
    ("w_next", 0, "weight"), ("b_next", 0, "bias"), ("w_next", 1, "weight"), ("b_next", 1, "bias"),
]


def good():
    net = network((2, 3, 1))
    data = examples(net, 4)
    return run_step(net, drawn(net), data.inputs, data.targets, Learning(rate=0.25), step=12)


def spoiled(record, name, layer, value):
    """The record with one number of one of its arrays replaced."""
    part = record if name == "example_costs" else record.layers[layer]
    array = getattr(part, name).copy()
    array.flat[-1] = value
    if part is record:
        return dataclasses.replace(record, example_costs=array)
    layers = list(record.layers)
    layers[layer] = dataclasses.replace(part, **{name: array})
    return dataclasses.replace(record, layers=tuple(layers))


def test_a_good_step_has_no_divergence():
    assert find_divergence(good()) is None


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 2e12, -2e12])
@pytest.mark.parametrize(("name", "layer", "quantity"), TOLD)
def test_a_number_without_meaning_is_found_and_named(name, layer, quantity, value):
    found = find_divergence(spoiled(good(), name, layer, value))
    assert (found.step, found.layer, found.quantity, found.rate) == (12, layer, quantity, 0.25)
    if math.isfinite(value):
        assert found.largest == 2e12


@pytest.mark.parametrize(("name", "layer", "_quantity"), TOLD)
def test_a_number_just_below_the_limit_is_let_pass(name, layer, _quantity):
    assert find_divergence(spoiled(good(), name, layer, 0.99e12)) is None


def test_several_large_numbers_that_are_each_below_the_limit_are_let_pass():
    record = good()
    for name, layer, _ in TOLD:
        record = spoiled(record, name, layer, 0.99e12)
    layer = dataclasses.replace(record.layers[0], z=np.full((4, 3), -0.99e12))
    assert find_divergence(dataclasses.replace(record, layers=(layer, record.layers[1]))) is None


@pytest.mark.parametrize("k", range(len(TOLD) - 1))
def test_of_several_the_one_told_first_is_named(k):
    record = good()
    for name, layer, _ in TOLD[k:]:
        record = spoiled(record, name, layer, math.inf)
    found = find_divergence(record)
    assert (found.layer, found.quantity) == TOLD[k][1:]


def test_an_overflow_is_the_largest_there_is():
    assert find_divergence(spoiled(good(), "z", 0, -math.inf)).largest == math.inf
