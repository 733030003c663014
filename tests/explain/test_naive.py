"""Every chain written out arrives at the gradients of backpropagation, and takes as much as is counted."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given

from bpviz.engine.arrays import Array
from bpviz.engine.backprop import run_step
from bpviz.explain.address import Address, Edge, Node
from bpviz.explain.complexity import chain_count, work
from bpviz.explain.naive import Chain, TooManyChainsError, chains, derivative, derivatives
from tests.engine import oracle
from tests.engine.nets import drawn, examples, network, tables
from tests.explain.drawn_steps import Step, steps, toy
from tests.explain.preset_steps import NAMES, opened


def step_of(sizes: tuple[int, ...], count: int = 1, **functions: str) -> Step:
    net = network(sizes, **functions)
    data = examples(net, count)
    return Step(net, run_step(net, drawn(net), data.inputs, data.targets))


def test_the_toy_chains_are_those_of_the_text() -> None:
    """C'(W_o) = (ŷ - y) . R'(Z_o) . H and C'(W_h) = (ŷ - y) . R'(Z_o) . W_o . R'(Z_h) . X."""
    step = toy()
    (upper,) = chains(step.trace, 0, Edge(1, 0, 0))
    (lower,) = chains(step.trace, 0, Edge(0, 0, 0))
    assert upper == pytest.approx((0.58, 1.0, 1.2))
    assert lower == pytest.approx((0.58, 1.0, 0.9, 1.0, 2.0))
    found = derivatives(step.network, step.trace, 0)
    assert found.dw[1][0, 0] == pytest.approx(0.696)
    assert found.dw[0][0, 0] == pytest.approx(1.044)
    assert found.db == (None, None)
    assert found.multiplications == 6


@pytest.mark.parametrize(("layer", "multiplications"), [(1, 2), (0, 4)])
def test_the_toy_weights_take_two_and_four_multiplications(layer: int, multiplications: int) -> None:
    step = toy()
    assert derivative(step.network, step.trace, 0, Edge(layer, 0, 0)).multiplications == multiplications


def test_the_first_weight_below_ten_hidden_layers_is_a_product_of_23_factors() -> None:
    ten = opened("ten-hidden")
    (chain,) = chains(ten.trace, 0, Edge(0, 0, 0))
    assert len(chain) == 23
    found = derivative(ten.network, ten.trace, 0, Edge(0, 0, 0))
    assert (found.chains, found.multiplications) == (1, 22)
    assert found.value == pytest.approx(math.prod(chain))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_counted_is_what_is_done(name: str) -> None:
    step = opened(name)
    found = derivatives(step.network, step.trace, 0)
    assert found.multiplications == work(step.network).total.written_out


@pytest.mark.parametrize(("output", "cost"), [
    ("tanh", "half_squared_error"),
    ("softmax", "half_squared_error"),           # a chain passes any ŷ_k
    ("softmax", "categorical_cross_entropy"),    # fused
    ("sigmoid", "binary_cross_entropy"),         # fused
    ("softmax", "binary_cross_entropy"),
])  # fmt: skip
def test_every_chain_written_out_is_what_automatic_differentiation_finds(output: str, cost: str) -> None:
    net = network((2, 3, 2, 3), output=output, cost=cost)
    data, parameters = examples(net, 1), drawn(net)
    trace = run_step(net, parameters, data.inputs, data.targets)
    functions = [layer.activation for layer in net.layers]
    dw, db = oracle.gradients(*tables(parameters), functions, cost, data.inputs, data.targets)
    found = derivatives(net, trace, 0)
    for k in range(net.depth):
        np.testing.assert_allclose(found.dw[k], dw[k], rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(found.db[k], db[k], rtol=1e-9, atol=1e-12)


@given(steps())
def test_over_a_batch_its_mean_is_the_gradient(step: Step) -> None:
    trace, batch = step.trace, range(step.trace.batch)
    with np.errstate(all="ignore"):
        found = [derivatives(step.network, trace, example) for example in batch]
        for k, layer in enumerate(trace.layers):
            rows = [Edge(k, s, t) for s in range(layer.w.shape[0]) for t in range(layer.w.shape[1])]
            _agree([each.dw[k] for each in found], layer.dw, _scale(step, rows))
            if layer.db is not None:
                biases = [each.db[k] for each in found]
                _agree(biases, layer.db, _scale(step, [Node(k, t) for t in range(layer.db.size)]))


@given(steps())
def test_the_formula_counts_every_multiplication(step: Step) -> None:
    made = work(step.network)
    found = derivatives(step.network, step.trace, 0)
    assert found.multiplications == made.total.written_out
    for k in range(step.network.depth):
        assert derivative(step.network, step.trace, 0, Node(k, 0)).chains == chain_count(step.network, k)
    assert made.total.ratio >= 1


def test_too_many_chains_are_refused_with_their_number() -> None:
    step = step_of((1, 9, 9, 1))
    with pytest.raises(TooManyChainsError, match="9 chains to write out: expected at most 8"):
        derivative(step.network, step.trace, 0, Edge(0, 0, 0), most=8)
    with pytest.raises(TooManyChainsError, match="at most 100"):
        derivatives(step.network, step.trace, 0, most=100)
    assert derivative(step.network, step.trace, 0, Edge(0, 0, 0), most=9).chains == 9


def _agree(examples: list[Array], expected: Array, floor: float) -> None:
    mean = np.mean(examples, axis=0)
    if np.isfinite(mean).all() and np.isfinite(expected).all() and math.isfinite(floor):
        np.testing.assert_allclose(mean, expected, rtol=1e-9, atol=floor)


def _scale(step: Step, variables: list[Address]) -> float:
    """What rounding may leave where numbers of both signs cancel: a little of the largest sum of sizes."""
    totals = [
        sum(abs(_size(step, chain)) for chain in chains(step.trace, example, by))
        for example in range(step.trace.batch)
        for by in variables
    ]
    return 2e-14 * max(totals) + 1e-300


def _size(step: Step, chain: Chain) -> float:
    """Of what is added up within a chain: softmax's [k = i] - ŷ_i has lost digits where it is small."""
    if step.trace.fused or step.trace.layers[-1].activation != "softmax":
        return math.prod(chain)
    pull, _, *rest = chain
    return math.prod((pull, *rest))
