"""The kernel stops where a step of run_step would mean nothing, says the same of it, and stands before it."""

import numpy as np
import pytest

from bpviz.engine.backprop import run_step
from bpviz.engine.checkpoints import Checkpoint
from bpviz.engine.divergence import LIMIT, find_divergence
from bpviz.engine.examples import Examples
from bpviz.engine.network import Layer, LayerParameters, Network
from bpviz.engine.optimizer import OPTIMIZERS, Learning, OptimizerSettings
from bpviz.engine.update import OptimizerState
from tests.engine.kernel_steps import (
    compiled,
    distance,
    kernel_run,
    needs_numba,
    numpy_steps,
    same_checkpoint,
    slice_from,
    start_of,
)
from tests.engine.nets import examples, network

pytestmark = needs_numba


@pytest.fixture(scope="module", autouse=True)
def _compiled():
    compiled()


def chain(weights, cost="huber", bias=None):
    """One unit a layer, all identity: every number of a step can be chosen."""
    net = Network(1, tuple(Layer(1, "identity", bias is not None) for _ in weights), cost)
    b = None if bias is None else np.array([bias])
    return net, tuple(LayerParameters(np.array([[w]]), b) for w in weights)


def first_step(net, parameters, x, y, rate):
    """What the kernel and what run_step says of one step."""
    learning, sets = Learning(rate, 1), Examples([[x]], [[y]])
    run = kernel_run(net, learning, sets, Checkpoint(0, parameters, OptimizerState()))
    trained = run.train(slice_from(sets, learning, 0, 1))
    record = run_step(net, parameters, sets.inputs, sets.targets, learning)
    return trained.divergence, find_divergence(record), run


@pytest.mark.parametrize(("quantity", "weights", "x", "y", "rate", "cost", "bias"), [
    ("weighted input", [1.0], 5e12, 0.0, 0.0, "huber", None),
    ("weighted input", [1e300, 1.0], 1e300, 0.0, 0.0, "huber", None),
    ("cost", [1.0], 1.0, 2e6, 0.0, "half_squared_error", None),
    ("layer error", [1e-6, 5e12], 1.0, 0.0, 0.0, "huber", None),
    ("gradient", [1e-12], 5e12, 0.0, 0.0, "huber", None),
    ("weight", [1.0], 3.0, 0.0, 5e12, "huber", None),
    ("bias", [1.0], 1e-3, 5.0, 5e12, "huber", 1.0),
])  # fmt: skip
def test_each_quantity_beyond_the_limit_stops_training(quantity, weights, x, y, rate, cost, bias):
    net, parameters = chain(weights, cost, bias)
    ours, wanted, run = first_step(net, parameters, x, y, rate)
    assert wanted is not None
    assert wanted.quantity == quantity
    assert ours == wanted
    assert run.step == 0


def test_numbers_at_the_limit_are_good():
    net, parameters = chain([1.0])
    ours, wanted, run = first_step(net, parameters, LIMIT, LIMIT, 0.1)
    assert ours is None
    assert wanted is None
    assert run.step == 1


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_run_that_diverges_stops_where_numpy_stops(optimizer):
    """And keeps the costs and the parameters of the steps before."""
    net = network((2, 6, 2), "identity")
    sets, learning = examples(net, 20), Learning(1e3, 5, OptimizerSettings(optimizer))
    start = start_of(net)
    run = kernel_run(net, learning, sets, start)
    trained = run.train(slice_from(sets, learning, 0, 60))
    steps = run.step
    assert trained.divergence is not None
    assert 0 < steps < 60
    assert len(trained.costs) == steps == trained.divergence.step
    records, before = numpy_steps(net, learning, sets, start, steps)
    assert all(find_divergence(record) is None for record in records)
    failing, _ = numpy_steps(net, learning, sets, before, 1)
    wanted = find_divergence(failing[0])
    assert wanted is not None
    ours = trained.divergence
    assert (ours.step, ours.layer, ours.quantity) == (wanted.step, wanted.layer, wanted.quantity)
    assert ours.largest == pytest.approx(wanted.largest, rel=1e-6)
    assert distance(trained.costs, [record.cost for record in records]) < 1e-6


def test_after_a_divergence_the_run_stands_as_if_it_had_been_asked_for_no_more():
    net = network((2, 6, 2), "identity")
    sets, learning = examples(net, 20), Learning(1e3, 5, OptimizerSettings("momentum"))
    stopped, plain = kernel_run(net, learning, sets), kernel_run(net, learning, sets)
    assert stopped.train(slice_from(sets, learning, 0, 60)).divergence is not None
    assert plain.train(slice_from(sets, learning, 0, stopped.step)).divergence is None
    assert same_checkpoint(stopped.checkpoint(), plain.checkpoint())
    stopped.back_to(stopped.step - 1)
    plain.back_to(plain.step - 1)
    assert same_checkpoint(stopped.checkpoint(), plain.checkpoint())


def test_one_bad_example_among_many_is_seen():
    net = network((1, 3, 1), "tanh")
    inputs = np.linspace(-1.0, 1.0, 19)[:, None]
    targets = np.zeros((19, 1))
    targets[11] = 1e7
    sets, learning = Examples(inputs, targets), Learning(0.01, 19)
    trained = kernel_run(net, learning, sets).train(slice_from(sets, learning, 0, 3))
    assert trained.divergence is not None
    assert (trained.divergence.step, trained.divergence.quantity) == (0, "cost")
