"""Any step can be returned to, and running on from there repeats every bit, changes of settings too."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.engine import checkpoints
from bpviz.engine.checkpoints import Checkpoint, Checkpoints
from bpviz.engine.errors import EngineError
from bpviz.engine.optimizer import OPTIMIZERS, Learning, OptimizerSettings, Schedule
from bpviz.engine.trainer import Trainer
from bpviz.engine.update import OptimizerState
from tests.engine.nets import drawn, examples, network, same

NET = network((2, 3, 1), "tanh")
LEARNINGS = st.builds(
    Learning,
    rate=st.sampled_from([0.01, 0.05, 0.2]),
    batch_size=st.sampled_from([1, 3, 4, 7, 50]),
    optimizer=st.builds(OptimizerSettings, name=st.sampled_from(list(OPTIMIZERS))),
    schedule=st.builds(Schedule, name=st.sampled_from(["constant", "step", "exponential", "cosine"])),
    l2=st.sampled_from([0.0, 0.01]),
)


def trainer(learning=Learning(0.1, 3), seed=0):  # noqa: B008 - frozen
    return Trainer(NET, learning, drawn(NET), examples(NET, 7), examples(NET, 4, seed=1), seed)


def bits(record):
    """All that a step computed, as one string of bytes."""
    parts = [np.float64([record.step, record.rate, record.cost, record.penalty]), record.inputs]
    for layer in record.layers:
        parts += [layer.w, layer.b, layer.z, layer.a, layer.slope, layer.pull, layer.delta]
        parts += [layer.dw, layer.db, layer.w_next, layer.b_next]
    parts += [array for slot in record.optimizer_next.slots for array in slot]
    return b"".join(np.ascontiguousarray(part).tobytes() for part in parts)


def told(t, steps):
    """The bits of so many steps from here on."""
    made = []
    for _ in range(steps):
        made.append(bits(t.record()))
        assert t.advance() is None
    return made


def history(t):
    curves = t.costs.steps(), t.costs.training(), t.costs.validation()
    return t.costs.count, t.costs.last, [(c.steps.tobytes(), c.values.tobytes()) for c in curves]


@given(LEARNINGS, st.lists(st.integers(0, 24), min_size=1, max_size=5))
def test_every_step_returned_to_is_the_same_in_every_bit(learning, visits):
    t = trainer(learning)
    first_time = told(t, 25)
    whole = history(t)
    for step in visits:
        t.go_to(step)
        assert t.step == step
        assert t.reached == 25
        assert bits(t.record()) == first_time[step]
    assert told(t, 25 - t.step) == first_time[visits[-1]:]
    assert history(t) == whole


@given(LEARNINGS, LEARNINGS, st.integers(0, 12), st.integers(0, 25), st.integers(0, 25))
def test_any_step_can_be_read_without_going_there(before, after, change_at, here, step):
    t = trainer(before)
    told(t, change_at)
    t.change(after)
    told(t, 25 - change_at)
    t.go_to(step)
    expected = bits(t.record())
    t.go_to(here)
    present, whole = bits(t.record()), history(t)
    assert bits(t.record_at(step)) == expected
    assert (t.step, t.reached, t.divergence) == (here, 25, None)
    assert bits(t.record()) == present
    assert history(t) == whole


def test_reading_a_step_leaves_a_divergence_as_it_is():
    t = trainer(Learning(1e200, 3))
    while t.advance() is None:
        pass
    found = t.divergence
    t.record_at(0)
    assert t.divergence is found
    assert found is not None


@pytest.mark.parametrize("step", [-1, 11])
def test_no_step_beyond_the_run_can_be_read(step):
    t = trainer()
    told(t, 10)
    for read in (t.record_at, t.kept_step):
        with pytest.raises(EngineError, match="from 0 to 10"):
            read(step)


def test_a_kept_step_is_near_and_not_beyond():
    t = trainer(Learning(0.05, 50))
    for _ in range(3000):
        assert t.advance() is None
    for step in (0, 1, 777, 2999, 3000):
        assert 0 <= step - t.kept_step(step) < 4


@settings(max_examples=60)
@given(LEARNINGS, LEARNINGS, st.integers(0, 12), st.integers(0, 20))
def test_running_through_a_change_of_settings_again_repeats_every_bit(before, after, at, back_to):
    t = trainer(before)
    first_time = told(t, 20)[:at]
    t.go_to(at)
    t.change(after)
    first_time += told(t, 20 - at)
    t.go_to(back_to)
    assert told(t, 20 - back_to) == first_time[back_to:]


@settings(max_examples=60)
@given(LEARNINGS, LEARNINGS, st.integers(0, 12))
def test_settings_tried_and_taken_back_leave_no_trace(before, tried, at):
    plain = told(trainer(before), 18)
    t = trainer(before)
    told(t, at)
    t.change(tried)
    t.change(before)
    assert told(t, 18 - at) == plain[at:]


def test_going_back_keeps_the_history_beyond():
    t = trainer()
    told(t, 10)
    whole = history(t)
    t.go_to(2)
    assert history(t) == whole
    t.advance()
    assert history(t) == whole


def test_a_change_forgets_what_came_after_it():
    t = trainer()  # 7 examples in batches of 3: three steps an epoch
    told(t, 10)
    kept = t.costs.steps().values[:4].tolist()
    t.go_to(4)
    t.change(Learning(0.2, 3))
    assert (t.step, t.reached) == (4, 4)
    assert t.costs.steps().values.tolist() == kept
    assert t.costs.training().steps.tolist() == [0, 3]
    with pytest.raises(EngineError):
        t.go_to(5)
    told(t, 6)
    assert t.costs.training().steps.tolist() == [0, 3, 6, 9]


def test_a_change_at_the_end_of_an_epoch_keeps_what_the_epoch_came_to():
    t = trainer()
    told(t, 3)
    training = t.costs.training().values.tolist()
    t.change(Learning(0.2, 3))
    told(t, 3)
    assert t.costs.training().steps.tolist() == [0, 3, 6]
    assert t.costs.training().values[:2].tolist() == training


def test_a_new_rate_holds_from_its_step_on_and_not_before():
    t = trainer(Learning(0.1, 3))
    told(t, 4)
    at_four = t.parameters
    t.change(Learning(0.2, 3))
    assert same(t.parameters, at_four)
    assert t.learning.rate == 0.2
    told(t, 4)
    assert [t.rate_at(k) for k in (0, 3, 4, 7)] == [0.1, 0.1, 0.2, 0.2]
    t.go_to(1)
    assert (t.learning.rate, t.record().rate) == (0.1, 0.1)
    # Epochs and batches go on as they were.
    assert [t.epoch_of(k) for k in (2, 3, 5, 6)] == [0, 1, 1, 2]
    plain = trainer(Learning(0.1, 3))
    assert all((t.batch_rows(k) == plain.batch_rows(k)).all() for k in range(8))


def test_a_new_batch_size_begins_a_new_epoch():
    t = trainer(Learning(0.1, 3))
    told(t, 4)  # one step into epoch 1
    t.change(Learning(0.1, 4))
    assert t.steps_per_epoch == 2
    assert [t.epoch_of(k) for k in (3, 4, 5, 6)] == [1, 2, 2, 3]
    rows = np.concatenate([t.batch_rows(4), t.batch_rows(5)])
    assert sorted(rows) == list(range(7))
    t.go_to(2)
    assert t.steps_per_epoch == 3


def test_a_new_batch_size_between_two_epochs_skips_no_epoch():
    t = trainer(Learning(0.1, 3))
    told(t, 3)
    t.change(Learning(0.1, 4))
    assert [t.epoch_of(k) for k in (2, 3, 4, 5)] == [0, 1, 1, 2]


def test_a_change_cannot_be_to_settings_that_cannot_be_used():
    t = trainer()
    told(t, 3)
    with pytest.raises(EngineError, match="rate"):
        t.change(Learning(rate=math.nan))
    assert (t.step, t.reached, t.learning.rate) == (3, 3, 0.1)


def test_a_new_optimizer_begins_without_memories():
    t = trainer(Learning(0.1, 3, OptimizerSettings("momentum")))
    told(t, 5)
    t.change(Learning(0.1, 3, OptimizerSettings("adam", epsilon=1e-12)))
    layer = t.record().layers[0]
    # Adam's first step is rate * sign(g).
    np.testing.assert_allclose(layer.w - layer.w_next, 0.1 * np.sign(layer.dw), rtol=1e-6)


def test_however_long_the_run_checkpoints_stay_few_and_none_is_far():
    parameters = drawn(NET)
    kept = Checkpoints(Checkpoint(0, parameters, OptimizerState()))
    for step in range(1, 20_001):
        kept.offer(Checkpoint(step, parameters, OptimizerState()))
    assert len(kept) <= 2048
    assert max(step - kept.nearest(step).step for step in range(20_001)) < 20_000 / 1000
    assert all(step - kept.nearest(step).step >= 0 for step in range(20_001))


@pytest.mark.parametrize("memories", [0, 1, 2])
def test_checkpoints_of_a_large_network_keep_to_their_memory_and_use_it(memories):
    """33,100 numbers a set of parameters: 0.26 MB, and as much for each that the optimizer remembers."""
    parameters = drawn(network((64, 200, 100)))
    state = OptimizerState(1, tuple((p.w, p.b) for p in parameters for _ in range(memories)))
    kept = Checkpoints(Checkpoint(0, parameters, state))
    for step in range(1, 2001):
        kept.offer(Checkpoint(step, parameters, state))
    size = 8 * 33_100 * (1 + memories)
    assert 0.4 * 48_000_000 < len(kept) * size <= 48_000_000


def test_of_a_huge_network_there_are_some_checkpoints_nevertheless():
    parameters = drawn(network((1000, 1000)))
    kept = Checkpoints(Checkpoint(0, parameters, OptimizerState()))
    for step in range(1, 101):
        kept.offer(Checkpoint(step, parameters, OptimizerState()))
    assert 8 <= len(kept) <= 16


@pytest.mark.parametrize("most", [200, 2048])
def test_checkpoints_stay_even_where_a_run_is_taken_in_long_strides(most, monkeypatch):
    """The kernel offers one after each slice, the longer the later."""
    monkeypatch.setattr(checkpoints, "MOST", most)
    parameters, step = drawn(NET), 0
    kept = Checkpoints(Checkpoint(0, parameters, OptimizerState()))
    while step < 1_000_000:
        step += min(1024, max(1, step // 128))
        kept.offer(Checkpoint(step, parameters, OptimizerState()))
    steps = [kept.nearest(k).step for k in range(0, step, 64)]
    assert max(b - a for a, b in pairwise(steps)) <= 4 * 1_000_000 / most + 1024
    assert len(kept) <= most


def test_a_long_run_can_be_returned_to_anywhere():
    t = trainer(Learning(0.05, 50))
    marks = {}
    for step in range(5000):
        if step % 611 == 7:
            marks[step] = bits(t.record())
        assert t.advance() is None
    for step in sorted(marks, reverse=True):
        t.go_to(step)
        assert bits(t.record()) == marks[step]
