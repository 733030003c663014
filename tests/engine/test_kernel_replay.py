"""The kernel repeats itself in every bit: however a run is cut into slices, and from any checkpoint of it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.engine.checkpoints import Checkpoint
from bpviz.engine.errors import EngineError
from bpviz.engine.examples import Examples
from bpviz.engine.kernel.layout import layout
from bpviz.engine.kernel.remembered import packed_memories, unpacked_memories
from bpviz.engine.kernel.slices import Slice
from bpviz.engine.network import Layer, Network
from bpviz.engine.optimizer import OPTIMIZERS, Learning, OptimizerSettings, Schedule
from bpviz.engine.update import OptimizerState
from tests.engine.kernel_steps import (
    compiled,
    kernel_run,
    needs_numba,
    numpy_steps,
    same_checkpoint,
    same_state,
    slice_from,
    start_of,
)
from tests.engine.nets import drawn, examples, network, same, some_frozen

LAYERS = (Layer(9, "tanh"), Layer(4, "gelu", bias=False), Layer(2, "softmax"))
NET = Network(3, LAYERS, "categorical_cross_entropy")
SETS = examples(NET, 23)
STEPS = 40


@pytest.fixture(scope="module", autouse=True)
def _compiled():
    compiled()


def learning_of(optimizer, batch=5, frozen=()):
    schedule = Schedule("exponential", 0.9)
    return Learning(0.02, batch, OptimizerSettings(optimizer), schedule, 0.001, 0.01, frozen)


def run_in(cuts, learning):
    """Costs and the last checkpoint when a run is cut before these steps."""
    run, costs = kernel_run(NET, learning, SETS), []
    for first, last in zip((0, *cuts), (*cuts, STEPS), strict=True):
        costs.append(run.train(slice_from(SETS, learning, first, last - first)).costs)
    return np.concatenate(costs).tobytes(), run.checkpoint()


@needs_numba
@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(list(OPTIMIZERS)), st.sampled_from([1, 5, 8, 100]),
    st.lists(st.integers(0, STEPS), max_size=6).map(sorted), some_frozen(NET),
)
def test_slices_of_any_length_give_the_same_bits(optimizer, batch, cuts, frozen):
    learning = learning_of(optimizer, batch, frozen)
    costs, there = run_in([], learning)
    cut_costs, cut_there = run_in(cuts, learning)
    assert cut_costs == costs
    assert same_checkpoint(cut_there, there)


@needs_numba
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("step", [1, 7, 39])
def test_a_new_run_from_a_checkpoint_goes_on_with_the_same_bits(optimizer, step):
    learning = learning_of(optimizer)
    _, there = run_in([], learning)
    first = kernel_run(NET, learning, SETS)
    first.train(slice_from(SETS, learning, 0, step))
    second = kernel_run(NET, learning, SETS, first.checkpoint())
    second.train(slice_from(SETS, learning, step, STEPS - step))
    assert same_checkpoint(second.checkpoint(), there)


@needs_numba
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_run_can_stand_before_any_step_of_its_last_slice_again(optimizer):
    learning = learning_of(optimizer)
    run = kernel_run(NET, learning, SETS)
    run.train(slice_from(SETS, learning, 0, 10))
    run.train(slice_from(SETS, learning, 10, 20))
    for step in (29, 20, 10):
        run.back_to(step)
        plain = kernel_run(NET, learning, SETS)
        plain.train(slice_from(SETS, learning, 0, step))
        assert same_checkpoint(run.checkpoint(), plain.checkpoint())
    with pytest.raises(EngineError, match="from 10 to 10, got 9"):
        run.back_to(9)


@needs_numba
def test_a_state_of_another_optimizer_is_begun_afresh_and_of_the_same_kind_kept():
    """Momentum and Nesterov keep the same velocity; to Adam it means nothing."""
    momentum, nesterov, adam = map(learning_of, ("momentum", "nesterov", "adam"))
    _, here = numpy_steps(NET, momentum, SETS, start_of(NET), 5)
    for learning in (nesterov, adam):
        run = kernel_run(NET, learning, SETS, here)
        run.train(slice_from(SETS, learning, 5, 3))
        _, wanted = numpy_steps(NET, learning, SETS, here, 3)
        got = run.checkpoint()
        assert (got.state.count, got.state.keeps) == (wanted.state.count, wanted.state.keeps)
        for a, b in zip(got.parameters, wanted.parameters, strict=True):
            assert np.allclose(a.w, b.w, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("sizes", [(1, 1), (3, 9, 2), (8, 16, 8), (17, 1, 7, 2)])
@pytest.mark.parametrize("bias", [True, False])
def test_parameters_and_memories_come_back_from_the_buffers_bit_for_bit(sizes, optimizer, bias):
    net = network(sizes, bias=bias)
    learning = Learning(0.1, 4, OptimizerSettings(optimizer))
    _, here = numpy_steps(net, learning, examples(net, 9), start_of(net), 3)
    lay = layout(net)
    assert same(lay.unpacked(lay.packed(here.parameters)), here.parameters)
    first, second, count = packed_memories(lay, here.parameters, here.state, optimizer)
    assert same_state(unpacked_memories(lay, (first, second), count, optimizer), here.state)


def test_what_a_run_gives_out_is_read_only_and_its_own():
    net = network((2, 3, 1))
    lay = layout(net)
    flat = lay.packed(drawn(net))
    given_out = lay.unpacked(flat)
    flat[:] = 7.0
    assert same(given_out, drawn(net))
    assert not any(p.w.flags.writeable or p.b.flags.writeable for p in given_out)


@pytest.mark.parametrize(("rows", "ends", "rates", "complaint"), [
    ([0, 1], [2], [0.1, 0.1], "rates: expected one for each of 1 steps, got 2"),
    ([0, 1], [1], [0.1], "up to 2 rows"),
    ([0, 1], [1, 1], [0.1, 0.1], "to rise"),
    ([0, 1], [2, 1], [0.1, 0.1], "to rise"),
    ([0, -1], [2], [0.1], "rows: expected 0 or more, got -1"),
])  # fmt: skip
def test_a_slice_that_does_not_fit_itself_is_refused(rows, ends, rates, complaint):
    with pytest.raises(EngineError, match=complaint):
        Slice(rows, ends, rates)


@pytest.mark.parametrize("judged", [[-1], [2], [1, 1], [1, 0]])
def test_only_steps_of_the_slice_in_their_order_can_be_judged(judged):
    with pytest.raises(EngineError, match="judged: expected to rise, from 0 to 1"):
        Slice([0, 1], [1, 2], [0.1, 0.1], judged)


@pytest.mark.parametrize(("rows", "ends", "complaint"), [
    ([0, 1, 2], [3], "batches of at most 2, got one of 3"),
    ([0, 5], [2], "rows: expected numbers below 5, got 5"),
])  # fmt: skip
def test_a_slice_that_does_not_fit_the_examples_is_refused(rows, ends, complaint):
    net = network((1, 1))
    run = kernel_run(net, Learning(0.1, 2), examples(net, 5))
    with pytest.raises(EngineError, match=complaint):
        run.train(Slice(rows, ends, [0.1]))


def test_before_its_first_step_a_run_stands_where_it_was_put():
    net = network((1, 1))
    start = Checkpoint(12, drawn(net), OptimizerState())
    run = kernel_run(net, Learning(), Examples([[1.0]], [[1.0]]), start)
    assert run.checkpoint() is start
    assert run.train(Slice([], [], [])).costs.size == 0
    assert (run.step, run.checkpoint()) == (12, start)
