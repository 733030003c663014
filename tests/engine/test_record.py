"""The record of a step: whole, read-only, and consistent with itself."""

from dataclasses import FrozenInstanceError, fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.engine.backprop import predict, run_step
from bpviz.engine.optimizer import OPTIMIZERS, Learning, OptimizerSettings
from tests.engine.nets import PAIRS, drawn, examples, network

SIZES = st.lists(st.integers(1, 5), min_size=2, max_size=5)


def every_array(record):
    """All arrays of a step, with their names."""
    for part in (record, *record.layers):
        for field in fields(part):
            value = getattr(part, field.name)
            if isinstance(value, np.ndarray):
                yield field.name, value
    for slot in record.optimizer_next.slots:
        for array in slot:
            yield "slot", array


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize(("activation", "cost"), PAIRS)
def test_no_array_of_a_record_can_be_written_to(activation, cost, name):
    hidden = "tanh" if activation == "softmax" else activation
    net = network((2, 3, 2), hidden, activation, cost)
    data = examples(net, 3)
    learning = Learning(optimizer=OptimizerSettings(name), l1=0.01, l2=0.01)
    record = run_step(net, drawn(net), np.array(data.inputs), np.array(data.targets), learning)
    for what, array in every_array(record):
        assert array.dtype == np.float64, what
        assert not array.flags.writeable, what


def test_a_record_does_not_change_with_the_arrays_it_was_computed_from():
    net = network((1, 1))
    inputs, targets = np.array([[2.0]]), np.array([[1.0]])
    record = run_step(net, drawn(net), inputs, targets)
    inputs[:], targets[:] = 9.0, 9.0
    assert (record.inputs.item(), record.targets.item()) == (2.0, 1.0)
    assert record.layers[0].a_in.item() == 2.0


def test_a_record_cannot_be_reassigned():
    net = network((1, 1))
    record = run_step(net, drawn(net), np.ones((1, 1)), np.ones((1, 1)))
    with pytest.raises(FrozenInstanceError):
        record.cost = 0.0
    with pytest.raises(FrozenInstanceError):
        record.layers[0].z = None


@given(SIZES, st.integers(1, 6), st.sampled_from(PAIRS), st.booleans(), st.integers(0, 100))
def test_the_parts_of_a_record_fit_together(sizes, batch, pair, bias, seed):
    activation, cost = pair
    sizes = [*sizes[:-1], max(sizes[-1], 2)]
    net = network(sizes, "silu" if activation == "softmax" else activation, activation, cost, bias)
    parameters, data = drawn(net, seed), examples(net, batch, seed)
    record = run_step(net, parameters, data.inputs, data.targets)
    below = record.inputs
    for k, layer in enumerate(record.layers):
        for array in (layer.z, layer.a, layer.slope, layer.pull, layer.delta):
            assert array.shape == (batch, sizes[k + 1])
        assert layer.w.shape == layer.dw.shape == layer.w_next.shape == (sizes[k], sizes[k + 1])
        assert (layer.b is None) == (layer.db is None) == (layer.b_next is None) == (not bias)
        np.testing.assert_array_equal(layer.a_in, below)
        below = layer.a
    for k, layer in enumerate(record.layers[:-1]):
        above = record.layers[k + 1]
        np.testing.assert_allclose(layer.pull, above.delta @ above.w.T, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(layer.delta, layer.pull * layer.slope, rtol=1e-12, atol=1e-14)
    np.testing.assert_array_equal(record.outputs, predict(net, parameters, data.inputs))
    assert record.batch == batch
    assert record.cost == pytest.approx(record.example_costs.mean(), rel=1e-14)


def test_the_same_step_computed_again_is_the_same_in_every_bit():
    net = network((5, 7, 3), "gelu", "softmax", "categorical_cross_entropy")
    data = examples(net, 9)
    one, again = (run_step(net, drawn(net), data.inputs, data.targets) for _ in range(2))
    pairs = zip(every_array(one), every_array(again), strict=True)
    assert all(a.tobytes() == b.tobytes() for (_, a), (_, b) in pairs)


def test_a_step_that_overflows_is_recorded_without_a_warning():
    net = network((1, 1, 1), "identity")
    record = run_step(net, drawn(net), np.array([[1e200]]), np.array([[0.0]]), Learning(rate=1e200))
    assert np.isinf(record.cost)
    assert not all(np.isfinite(layer.w_next).all() for layer in record.layers)
