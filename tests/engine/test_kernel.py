"""The kernel computes what run_step computes, over everything that run_step supports.

Both round, each in its own order. One step agrees to 1e-12 of the largest number of an array. Over 100 steps
rounding grows as any disturbance does: slowly where training is calm. So the rates here are small, kinks (and
the sign of l1) are tried where none is hit, and what RMSProp and Adam divide by is kept well off 0: near a
minimum they would divide rounding by rounding, and leap about. Where training leaps it is chaotic: no two
orders of summing agree.
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.engine.activation import ACTIVATIONS
from bpviz.engine.checkpoints import Checkpoint
from bpviz.engine.evaluation import accuracy, outcome
from bpviz.engine.examples import Examples
from bpviz.engine.kernel.slices import Slice
from bpviz.engine.network import Layer, LayerParameters, Network
from bpviz.engine.optimizer import OPTIMIZERS, Learning, OptimizerSettings, Schedule
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
from tests.engine.nets import PAIRS, drawn, every_parameter, examples, network, some_frozen

pytestmark = needs_numba
HIDDEN = [name for name in ACTIVATIONS if name != "softmax"]
KINKED = ("relu", "leaky_relu", "absolute_error", "huber")


@pytest.fixture(scope="module", autouse=True)
def _compiled():
    compiled()


@st.composite
def networks(draw, kinks=True):
    pairs = [pair for pair in PAIRS if kinks or not set(pair) & set(KINKED)]
    hidden = [name for name in HIDDEN if kinks or name not in KINKED]
    output, cost = draw(st.sampled_from(pairs))
    layers = [
        Layer(draw(st.integers(1, 18)), draw(st.sampled_from(hidden)), draw(st.booleans()))
        for _ in range(draw(st.integers(0, 3)))
    ]
    outputs = draw(st.integers(2 if output == "softmax" else 1, 10))
    return Network(draw(st.integers(1, 18)), (*layers, Layer(outputs, output, draw(st.booleans()))), cost)


def learnings(rates=(0.002, 0.01), epsilon=1e-8, l1=(0.0, 0.001)):
    return st.builds(
        Learning,
        rate=st.sampled_from(rates),
        batch_size=st.sampled_from([1, 3, 8, 10, 16, 17, 100]),
        optimizer=st.builds(
            OptimizerSettings, name=st.sampled_from(list(OPTIMIZERS)), epsilon=st.just(epsilon)
        ),
        schedule=st.builds(
            Schedule, name=st.sampled_from(["constant", "step", "exponential", "cosine"]), every=st.just(2)
        ),
        l1=st.sampled_from(l1),
        l2=st.sampled_from([0.0, 0.01]),
    )


def assert_near(net, learning, sets, steps, tolerance):
    start = start_of(net)
    run = kernel_run(net, learning, sets, start)
    trained = run.train(slice_from(sets, learning, 0, steps))
    records, there = numpy_steps(net, learning, sets, start, steps)
    assert trained.divergence is None
    here = run.checkpoint()
    assert distance(trained.costs, [record.cost for record in records]) < tolerance
    for a, b in zip(here.parameters, there.parameters, strict=True):
        assert distance(a.w, b.w) < tolerance
        assert (a.b is None) == (b.b is None)
        # A bias is the smaller beside weights, and may move across 0.
        assert a.b is None or np.abs(a.b - b.b).max() < tolerance * max(1.0, np.abs(b.b).max())
    assert (here.step, here.state.count, here.state.keeps) == (steps, there.state.count, there.state.keeps)
    largest = max((np.abs(x).max() for memory in there.state.slots for x in memory), default=1.0)
    for one, other in zip(here.state.slots, there.state.slots, strict=True):
        for a, b in zip(one, other, strict=True):
            assert np.abs(a - b).max() <= 100 * tolerance * max(largest, 1e-6)
    assert_held(net, learning.frozen, start, here)


def assert_held(net, frozen, start, here):
    """What is frozen is as it was in every bit, and nothing is remembered of it."""
    arrays = [(k, which) for k, layer in enumerate(net.layers) for which in ["w", "b"][: 1 + layer.bias]]
    memories = dict(zip(arrays, here.state.slots, strict=bool(here.state.slots)))
    for one in frozen:
        which, at = ("b", one.unit) if one.source is None else ("w", (one.source, one.unit))
        before, after = (getattr(c.parameters[one.layer], which)[at] for c in (start, here))
        assert before.tobytes() == after.tobytes()
        assert all(memory[at] == 0.0 for memory in memories.get((one.layer, which), ()))


@settings(deadline=None, max_examples=150)
@given(networks(), learnings(), st.integers(1, 40), st.data())
def test_one_step_agrees_with_run_step(net, learning, count, data):
    learning = replace(learning, frozen=data.draw(some_frozen(net)))
    assert_near(net, learning, examples(net, count), 1, 1e-12)


@settings(deadline=None, max_examples=40)
@given(networks(kinks=False), learnings((0.0002, 0.001), 0.1, (0.0,)), st.integers(1, 40), st.data())
def test_a_hundred_steps_agree_with_run_step(net, learning, count, data):
    learning = replace(learning, frozen=data.draw(some_frozen(net)))
    assert_near(net, learning, examples(net, count), 100, 1e-9)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_what_was_remembered_of_a_weight_is_gone_once_it_is_frozen(optimizer):
    net = network((3, 9, 2), "tanh")
    sets, learning = examples(net, 20), Learning(0.01, 6, OptimizerSettings(optimizer), l2=0.01)
    _, start = numpy_steps(net, learning, sets, start_of(net), 5)
    frozen = tuple(every_parameter(net)[1::3])
    run = kernel_run(net, replace(learning, frozen=frozen), sets, start)
    run.train(slice_from(sets, learning, 5, 1))
    assert_held(net, frozen, start, run.checkpoint())


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("cost", ["absolute_error", "huber", "half_squared_error"])
@pytest.mark.parametrize("activation", ["relu", "leaky_relu"])
def test_a_hundred_steps_with_kinks_agree_where_none_is_hit(optimizer, cost, activation):
    net = network((3, 9, 2), activation, "identity", cost)
    learning = Learning(0.002, 6, OptimizerSettings(optimizer), l1=0.001)
    assert_near(net, learning, examples(net, 31), 100, 1e-9)


@pytest.mark.parametrize(("output", "cost"), PAIRS)
def test_every_output_with_every_cost_agrees(output, cost):
    net = network((2, 9, 3), "tanh", output, cost)
    assert_near(net, Learning(0.01, 10), examples(net, 23), 20, 1e-11)


@pytest.mark.parametrize("name", HIDDEN)
def test_every_hidden_activation_agrees(name):
    net = network((2, 9, 3), name)
    assert_near(net, Learning(0.01, 10), examples(net, 23), 20, 1e-11)


def test_targets_that_are_no_shares_agree_too():
    """Softmax with its cross-entropy takes yhat as often as the targets of an example sum to."""
    net = network((2, 5, 4), "tanh", "softmax", "categorical_cross_entropy")
    sets = examples(network((2, 5, 4), "tanh", "sigmoid"), 12)
    assert abs(sets.targets.sum(axis=1) - 1.0).max() > 0.1
    assert_near(net, Learning(0.01, 5), sets, 20, 1e-11)


def test_one_step_by_hand():
    """Mazur's 2-2-2 sigmoid network: the published cost, and the published weights after one step."""
    net = network((2, 2, 2), "sigmoid", "sigmoid")
    first = (
        LayerParameters(np.array([[0.15, 0.25], [0.20, 0.30]]), np.array([0.35, 0.35])),
        LayerParameters(np.array([[0.40, 0.50], [0.45, 0.55]]), np.array([0.60, 0.60])),
    )
    sets = Examples([[0.05, 0.10]], [[0.01, 0.99]])
    learning = Learning(0.5, 1)
    run = kernel_run(net, learning, sets, Checkpoint(0, first, OptimizerState()))
    trained = run.train(slice_from(sets, learning, 0, 1))
    hidden, output = run.checkpoint().parameters
    assert trained.costs == pytest.approx([0.298371109], abs=5e-10)
    assert hidden.w.T.ravel() == pytest.approx([0.149780716, 0.19956143, 0.24975114, 0.29950229], abs=5e-9)
    assert output.w.T.ravel() == pytest.approx([0.35891648, 0.408666186, 0.511301270, 0.561370121], abs=5e-9)


def judging(steps, judged):
    """The same slice; whole sets are judged after these of its steps."""
    return Slice(steps.rows, steps.ends, steps.rates, list(judged))


def assert_judged(net, learning, sets, others, judged):
    """After each of these steps of one slice both sets are told of as evaluation.py tells of them."""
    run = kernel_run(net, learning, sets, judges=(sets, others))
    trained = run.train(judging(slice_from(sets, learning, 0, judged[-1] + 3), judged))
    assert trained.judged.tolist() == judged
    assert trained.verdicts.shape == (len(judged), 2, 2)
    for step, verdict in zip(judged, trained.verdicts, strict=True):
        plain = kernel_run(net, learning, sets)
        plain.train(slice_from(sets, learning, 0, step + 1))
        for examined, (cost, right) in zip((sets, others), verdict, strict=True):
            wanted, outputs = outcome(net, plain.checkpoint().parameters, examined)
            assert cost == pytest.approx(wanted, rel=1e-12)
            assert right == accuracy(outputs, examined.targets)


@pytest.mark.parametrize(("output", "cost"), PAIRS)
@pytest.mark.parametrize("outputs", [1, 2, 4])
def test_whole_sets_are_judged_on_the_way_as_evaluation_judges_them(output, cost, outputs):
    if output == "softmax" and outputs == 1:
        outputs = 9
    net = network((3, 7, outputs), "silu", output, cost)
    assert_judged(net, Learning(0.01, 5), examples(net, 21), examples(net, 50, seed=3), [0, 4, 5, 11])


@settings(deadline=None, max_examples=40)
@given(
    networks(), learnings(), st.integers(1, 40), st.integers(1, 40),
    st.sets(st.integers(0, 20), min_size=1),
)
def test_any_sets_are_judged_after_any_steps(net, learning, count, others, judged):
    assert_judged(net, learning, examples(net, count), examples(net, others, seed=3), sorted(judged))


def test_of_equal_outputs_and_targets_the_first_counts_and_a_half_means_yes():
    """As NumPy's argmax has it; every unit of the network tells the same."""
    equal = (LayerParameters(np.zeros((1, 3)), None),)
    net = Network(1, (Layer(3, "sigmoid", bias=False),))
    sets = Examples([[1.0], [1.0], [1.0]], [[1.0, 1.0, 0.0], [0.0, 1.0, 1.0], [0.5, 0.5, 0.5]])
    assert share_right(net, equal, sets) == accuracy(np.full((3, 3), 0.5), sets.targets) == 2 / 3
    alone = Network(1, (Layer(1, "sigmoid", bias=False),))
    yes = Examples([[1.0], [1.0]], [[0.5], [0.4]])
    assert share_right(alone, (LayerParameters(np.zeros((1, 1)), None),), yes) == 0.5


def share_right(net, parameters, sets):
    learning = Learning(0.0, 100)
    start = Checkpoint(0, parameters, OptimizerState())
    run = kernel_run(net, learning, sets, start, (sets,))
    return run.train(judging(slice_from(sets, learning, 0, 1), [0])).verdicts[0, 0, 1]


def test_judging_changes_nothing_in_what_is_trained():
    net = network((3, 7, 4), "silu")
    sets, learning = examples(net, 21), Learning(0.01, 5)
    judged, plain = kernel_run(net, learning, sets, judges=(sets,)), kernel_run(net, learning, sets)
    one = judged.train(judging(slice_from(sets, learning, 0, 30), range(30)))
    other = plain.train(slice_from(sets, learning, 0, 30))
    assert one.costs.tobytes() == other.costs.tobytes()
    assert same_checkpoint(judged.checkpoint(), plain.checkpoint())


def test_first_weights_are_not_written_to():
    net = network((2, 3, 1))
    first = drawn(net)
    kept = [p.w.copy() for p in first]
    sets, learning = examples(net, 9), Learning(0.1, 4)
    kernel_run(net, learning, sets).train(slice_from(sets, learning, 0, 5))
    assert all((p.w == w).all() for p, w in zip(first, kept, strict=True))
