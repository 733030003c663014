"""Training leaves what is frozen in every bit, and all the rest as if nothing were."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.engine.backprop import run_step
from bpviz.engine.errors import EngineError
from bpviz.engine.freezing import FrozenParameter, in_order, masks, toggled
from bpviz.engine.network import Layer, Network
from bpviz.engine.optimizer import OPTIMIZERS, Learning, OptimizerSettings, check_learning
from bpviz.engine.trainer import Trainer
from bpviz.engine.update import OptimizerState
from tests.engine.nets import drawn, every_parameter, examples, some_frozen

NET = Network(2, (Layer(3, "tanh"), Layer(2, "sigmoid", bias=False), Layer(1, "identity")))
DATA = examples(NET, 6)
LEARNING = Learning(0.05, 3, l1=0.01, l2=0.02)


def step(learning, parameters, state=OptimizerState()):  # noqa: B008 - frozen
    return run_step(NET, parameters, DATA.inputs, DATA.targets, learning, state)


def steps(learning, count):
    """Records, each from where the one before it led."""
    made = [step(learning, drawn(NET))]
    while len(made) < count:
        made.append(step(learning, made[-1].parameters_next, made[-1].optimizer_next))
    return made


def pairs(one, other, frozen):
    """Every array of two sets of parameters, with which of its numbers are frozen."""
    for a, b, (of_w, of_b) in zip(one, other, masks(one, frozen), strict=True):
        yield a.w, b.w, of_w
        if of_b is not None:
            yield a.b, b.b, of_b


optimizers = st.sampled_from(list(OPTIMIZERS)).map(OptimizerSettings)


@settings(deadline=None)
@given(optimizers, some_frozen(NET))
def test_what_is_frozen_stays_in_every_bit_and_nothing_is_remembered_of_it(optimizer, frozen):
    learning = replace(LEARNING, optimizer=optimizer, frozen=frozen)
    for record in steps(learning, 3):
        after, memories = record.parameters_next, iter(record.optimizer_next.slots)
        for old, new, mask in pairs(drawn(NET), after, frozen):
            assert old[mask].tobytes() == new[mask].tobytes()
            assert all((kept[mask] == 0.0).all() for kept in next(memories, ()))
        assert record.frozen == frozen


@settings(deadline=None)
@given(optimizers, some_frozen(NET))
def test_everything_else_is_as_if_nothing_were_frozen(optimizer, frozen):
    """The second of two steps, which the optimizer comes to remembering the first."""
    free = replace(LEARNING, optimizer=optimizer)
    first = steps(free, 1)[0]
    one, other = (
        step(learning, first.parameters_next, first.optimizer_next)
        for learning in (free, replace(free, frozen=frozen))
    )
    assert one.cost == other.cost and one.penalty == other.penalty
    for a, b in zip(one.layers, other.layers, strict=True):
        assert a.dw.tobytes() == b.dw.tobytes() and np.array_equal(a.db, b.db)
    for a, b, mask in pairs(one.parameters_next, other.parameters_next, frozen):
        assert a[~mask].tobytes() == b[~mask].tobytes()


@pytest.mark.parametrize("name", ["momentum", "nesterov", "rmsprop"])
def test_what_is_thawed_moves_as_at_the_first_step(name):
    """However long it was frozen, and however much it had been moved by before."""
    every = tuple(every_parameter(NET))
    free = Learning(0.05, optimizer=OptimizerSettings(name))
    before = steps(free, 4)[-1]
    held = step(replace(free, frozen=every), before.parameters_next, before.optimizer_next)
    thawed = step(free, held.parameters_next, held.optimizer_next)
    anew = step(free, held.parameters_next)
    for a, b, _ in pairs(thawed.parameters_next, anew.parameters_next, ()):
        np.testing.assert_array_equal(a, b)


def test_a_frozen_weight_whose_gradient_has_overflowed_is_as_it_was():
    huge = Network(1, (Layer(1, "identity", bias=False),))
    start = drawn(huge)
    inputs, targets = np.array([[1e200]]), np.array([[0.0]])
    learning = Learning(0.1, l2=0.1, frozen=(FrozenParameter(0, 0, 0),))
    record = run_step(huge, start, inputs, targets, learning)
    assert np.isinf(record.layers[0].dw) and record.layers[0].w_next == start[0].w


@settings(deadline=None, max_examples=30)
@given(optimizers, some_frozen(NET), some_frozen(NET), st.integers(0, 12))
def test_a_run_on_whose_way_some_were_frozen_is_returned_to_in_every_bit(optimizer, first, then, at):
    trainer = Trainer(NET, replace(LEARNING, optimizer=optimizer, frozen=first), drawn(NET), DATA, None, 1)
    for learning in (trainer.learning, replace(trainer.learning, frozen=then)):
        trainer.change(learning)
        for _ in range(6):
            assert trainer.advance() is None
    there = trainer.record_at(at)
    trainer.go_to(0)
    for _ in range(at):
        trainer.advance()
    assert trainer.record().frozen == there.frozen == (first if at < 6 else then)
    for a, b, _ in pairs(trainer.record().parameters_next, there.parameters_next, ()):
        assert a.tobytes() == b.tobytes()


W = FrozenParameter(0, 1, 0)
BIAS = FrozenParameter(0, 1)


@pytest.mark.parametrize(("frozen", "told"), [
    ((FrozenParameter(-1, 0, 0),), r"^frozen\[0\]: expected numbers of 0 or more"),
    ((FrozenParameter(0, 0, 0), FrozenParameter(0, 1, -1)), r"^frozen\[1\]: expected numbers of 0 or more"),
    ((W, W), r"^frozen\[1\]: expected each once"),
    ((W, BIAS), r"^frozen\[1\]: .*sorted .*got layer 0, unit 1, bias after layer 0, unit 1, source 0"),
])  # fmt: skip
def test_what_cannot_be_frozen_in_any_network_is_refused(frozen, told):
    with pytest.raises(EngineError, match=told):
        check_learning(Learning(frozen=frozen))


@pytest.mark.parametrize(("one", "told"), [
    (FrozenParameter(3, 0, 0), r"^frozen\[1\]\.layer: expected below 3, got 3"),
    (FrozenParameter(0, 3, 0), r"^frozen\[1\]\.unit: expected below 3, got 3"),
    (FrozenParameter(1, 1, 3), r"^frozen\[1\]\.source: expected below 3, got 3"),
    (FrozenParameter(1, 1), r"^frozen\[1\]\.source: .*layer 1 has no bias"),
])  # fmt: skip
def test_what_a_network_has_not_got_is_refused_and_changes_nothing(one, told):
    learning = replace(LEARNING, frozen=(FrozenParameter(0, 0, 0), one))
    trainer = Trainer(NET, LEARNING, drawn(NET), DATA, None, 1)
    with pytest.raises(EngineError, match=told):
        trainer.change(learning)
    assert trainer.learning == LEARNING
    with pytest.raises(EngineError, match=told):
        Trainer(NET, learning, drawn(NET), DATA, None, 1)
    with pytest.raises(EngineError, match=told):
        step(learning, drawn(NET))


@given(some_frozen(NET), st.sampled_from(every_parameter(NET)))
def test_toggled_twice_is_as_before_and_always_in_order(frozen, one):
    once = toggled(frozen, one)
    check_learning(Learning(frozen=once))
    assert (one in once) != (one in frozen)
    assert toggled(once, one) == frozen


def test_every_parameter_may_be_frozen_at_once():
    every = in_order(every_parameter(NET))
    record = steps(replace(LEARNING, frozen=every), 2)[-1]
    assert all(np.array_equal(a, b) for a, b, _ in pairs(drawn(NET), record.parameters_next, every))
