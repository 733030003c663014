"""The slope promises a change of cost; for short steps that change comes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.engine.backprop import run_step
from bpviz.engine.freezing import FrozenParameter
from bpviz.engine.network import Network
from bpviz.engine.optimizer import Learning, OptimizerSettings
from bpviz.engine.trainer import Trainer
from bpviz.explain.promise import Promise, promise, promise_words, spread_steps
from tests.engine import oracle
from tests.engine.nets import drawn, examples, network, tables
from tests.explain.drawn_steps import Step, steps, toy
from tests.explain.preset_steps import opened, spoilt

SMOOTH = [("tanh", "half_squared_error"), ("sigmoid", "binary_cross_entropy"),
          ("softmax", "categorical_cross_entropy"), ("identity", "mean_squared_error")]


def step(net: Network, learning: Learning, count: int = 6) -> Step:
    given_examples = examples(net, count)
    return Step(net, run_step(net, drawn(net), given_examples.inputs, given_examples.targets, learning))


def test_the_toy_step_by_hand() -> None:
    """C' is 1.044 and 0.696: -0.1 (1.044^2 + 0.696^2) is promised; 0.9912 . 0.8304 = 0.82309248 comes."""
    made = toy(learning=Learning(rate=0.1))
    kept = promise(made.network, made.trace)
    assert kept.promised == pytest.approx(-0.1574352, rel=1e-12)
    assert kept.came == pytest.approx(0.32309248**2 / 2 - 0.58**2 / 2, rel=1e-12)
    assert kept.came == pytest.approx(-0.116005625, rel=1e-8)
    assert kept.quotient == pytest.approx(0.736847, rel=1e-5)


def test_what_is_frozen_promises_nothing() -> None:
    """With W_o frozen, -0.1 . 1.044^2 is promised: 0.9912 . 0.9 = 0.89208 comes."""
    made = toy(learning=Learning(rate=0.1, frozen=(FrozenParameter(1, 0, 0),)))
    kept = promise(made.network, made.trace)
    assert kept.promised == pytest.approx(-0.1 * 1.044**2, rel=1e-12)
    assert kept.came == pytest.approx(0.39208**2 / 2 - 0.58**2 / 2, rel=1e-12)


@pytest.mark.parametrize("rate", [1e-6, 1e-5, 1e-4])
@pytest.mark.parametrize(("output", "cost"), SMOOTH)
def test_for_short_steps_the_promise_is_kept(output: str, cost: str, rate: float) -> None:
    made = step(network((2, 5, 3), "tanh", output, cost), Learning(rate=rate))
    kept = promise(made.network, made.trace)
    assert kept.promised < 0
    assert kept.quotient == pytest.approx(1.0, abs=max(20 * rate, 1e-5))


def test_what_is_missing_shrinks_with_the_rate() -> None:
    """To second order the quotient is 1 - rate . c, so a tenth of the rate misses a tenth."""
    net = network((2, 5, 1), "tanh", "tanh")
    far, near = (step(net, Learning(rate=rate)) for rate in (1e-2, 1e-3))
    missing = [1 - promise(net, made.trace).quotient for made in (far, near)]
    assert missing[0] / missing[1] == pytest.approx(10, rel=0.05)


@given(steps(scales=(0.5,)))
def test_what_came_is_the_cost_of_the_same_examples_with_the_new_weights(made: Step) -> None:
    trace, layers = made.trace, made.trace.layers
    after = run_step(made.network, trace.parameters_next, trace.inputs, trace.targets).cost
    assert promise(made.network, trace).came == pytest.approx(after - trace.cost, rel=1e-9, abs=1e-12)
    assert promise(made.network, trace).before == trace.cost
    assert len(layers) == made.network.depth


def test_with_the_whole_set_as_batch_it_is_the_next_steps_cost() -> None:
    net = network((2, 4, 1), "tanh", "tanh")
    data = examples(net, 9)
    trainer = Trainer(net, Learning(rate=0.3), drawn(net), data, None, 0)
    before = trainer.record()
    trainer.advance()
    assert promise(net, before).came == pytest.approx(trainer.record().cost - before.cost, rel=1e-12)


def test_the_oracle_promises_and_keeps_the_same() -> None:
    """Weights, biases and all, with Adam and L2 leading the step away from the plain gradient."""
    net = network((2, 3, 2), "tanh", "sigmoid", "half_squared_error")
    learning = Learning(rate=0.05, optimizer=OptimizerSettings("adam"), l2=0.1)
    made = step(net, learning)
    names, (x, y) = [layer.activation for layer in net.layers], (made.trace.inputs, made.trace.targets)
    before, after = tables(drawn(net)), tables(made.trace.parameters_next)
    gradients = oracle.gradients(*before, names, net.cost, x, y)
    promised = sum(
        float((g * (n - b)).sum())
        for gs, ns, bs in zip(gradients, after, before, strict=True)
        for g, n, b in zip(gs, ns, bs, strict=True)
    )
    came = oracle.mean_cost(*after, names, net.cost, x, y) - oracle.mean_cost(*before, names, net.cost, x, y)
    kept = promise(net, made.trace)
    assert kept.promised == pytest.approx(promised, rel=1e-9)
    assert kept.came == pytest.approx(came, rel=1e-9)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_step_that_has_blown_up_is_said_to_have(value: float) -> None:
    made = spoilt(opened("xor"), value)
    kept = promise(made.network, made.trace)
    assert not np.isfinite(kept.promised)
    assert "far too large" in promise_words(kept)


@pytest.mark.parametrize(("promised", "came", "words"), [
    (-0.021, -0.0195, "The gradients promised −0.0210; the cost fell by 0.0195: the step was short enough."),
    (-0.02, -0.03, "fell by 0.0300: more than the slope says"),
    (-0.02, -0.014, "fell by 0.0140: the slope flattens along the step"),
    (-0.02, -0.004, "fell by 0.00400: the step went past the lowest point"),
    (-0.02, 0.0, "the cost did not change: the step went past the lowest point"),
    (-0.02, 0.05, "overshot: the slope promised −0.0200, but the cost rose by 0.0500"),
    (0.01, 0.012, "uphill: its slope is +0.0100, and the cost rose by 0.0120"),
    (0.0, 0.0, "promised nothing, and nothing came"),
    (0.0, -0.1, "promised nothing, yet the cost fell by 0.100"),
    (-1e-15, 1e-16, "what came is rounding"),
])  # fmt: skip
def test_the_outcome_in_words(promised: float, came: float, words: str) -> None:
    assert words in promise_words(Promise(promised, came, 0.5))


def test_a_promise_too_small_to_see_has_no_quotient() -> None:
    assert np.isnan(Promise(-1e-15, 1e-16, 0.5).quotient)
    assert Promise(-0.02, -0.01, 0.5).quotient == 0.5


def test_a_penalty_is_in_neither_number() -> None:
    """At a gradient of 0 the penalty alone moves the weights; nothing is promised then."""
    made = toy(y=1.08, learning=Learning(rate=0.1, l2=0.5))
    still = replace(made.trace, cost=0.0)
    kept = promise(made.network, still)
    assert kept.promised == pytest.approx(0.0, abs=1e-12)
    assert kept.came > 0.001


@given(st.integers(0, 10**6))
def test_steps_are_spread_evenly_over_the_run(reached: int) -> None:
    chosen = spread_steps(reached)
    assert chosen[0] == 0
    assert len(chosen) <= 120
    assert len(chosen) == reached + 1 or len(chosen) >= 60
    gaps = set(np.diff(chosen).tolist())
    assert len(gaps) <= 1
    assert chosen[-1] <= reached < chosen[-1] + max(gaps, default=1)


@given(st.integers(0, 10**5), st.integers(0, 10**5))
def test_a_longer_run_looks_at_no_new_steps_in_the_part_before(one: int, other: int) -> None:
    short, long = sorted((one, other))
    assert {step for step in spread_steps(long) if step <= short} <= set(spread_steps(short))
