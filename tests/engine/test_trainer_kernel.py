"""A trainer that leaves its runs to the kernel, and still returns to every step in every bit."""

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.document.preset import load_preset
from bpviz.engine import path
from bpviz.engine.examples import Examples
from bpviz.engine.kernel import run as kernel_run_module
from bpviz.engine.optimizer import OPTIMIZERS, Learning, OptimizerSettings, Schedule
from bpviz.engine.trainer import Trainer
from tests.engine.kernel_steps import compiled, needs_numba
from tests.engine.nets import drawn, every_parameter, examples, network, same, some_frozen

pytestmark = needs_numba
PRESETS = ["toy", "xor", "iris", "spiral", "sine", "ten-hidden", "digits"]
SMOOTH = ["toy", "mazur", "sine", "iris", "spiral", "circle"]


@pytest.fixture(scope="module", autouse=True)
def _compiled():
    compiled()


def loaded():
    return True


def started(name, kernel=True, **learning):
    experiment = load_preset(name).experiment
    trainer = experiment.start()
    if learning:
        trainer.change(changed(trainer.learning, **learning))
    if kernel:
        trainer.use(loaded)
    return trainer


def changed(learning, **changes):
    fields = {name: getattr(learning, name) for name in learning.__slots__}
    return Learning(**{**fields, **changes})


class Watch:
    """A clock that goes on by so much every time it is looked at."""

    def __init__(self, seed=0, longest=0.004):
        self._random, self._now, self._longest = random.Random(seed), 0.0, longest

    def __call__(self):
        self._now += self._random.uniform(0.0, self._longest)
        return self._now


def bits(parameters):
    return b"".join(p.w.tobytes() + (b"" if p.b is None else p.b.tobytes()) for p in parameters)


def memory(state):
    return state.count, state.keeps, [array.tobytes() for slot in state.slots for array in slot]


def seen(trainer):
    return bits(trainer.parameters), memory(trainer.optimizer_state)


def history(trainer):
    costs = trainer.costs
    curves = costs.steps(), costs.training(), costs.validation()
    seen = [(curve.steps.tobytes(), curve.values.tobytes()) for curve in curves]
    rows = [costs.epoch_at(step) for step in range(trainer.reached + 1)]
    return costs.count, seen, np.array([row for row in rows if row is not None]).tobytes()


def run_to(trainer, step, seconds=math.inf, clock=None):
    """By the kernel, in as many calls as it takes."""
    while trainer.step < step:
        found = trainer.run(step - trainer.step, seconds, *([clock] if clock else []))
        assert found is None


def wandered(trainer, seed=0):
    """Some of everything; what was seen at each step on the way."""
    told, watch = {}, Watch(seed)

    def look():
        told[trainer.step] = seen(trainer)

    look()
    for _ in range(8):
        trainer.run(23, 0.01, watch)
        look()
    for _ in range(3):
        trainer.advance()
        look()
    trainer.run(40, 0.05, watch)
    look()
    frozen = tuple(every_parameter(trainer.network)[::3])
    trainer.change(changed(trainer.learning, rate=trainer.learning.rate / 2, frozen=frozen))
    for steps in (2, 1, 17, 1, 30):
        trainer.run(steps, math.inf)
        look()
    return told


@pytest.mark.parametrize("name", PRESETS)
def test_every_step_seen_on_the_way_is_returned_to_in_every_bit(name):
    trainer = started(name)
    told = wandered(trainer)
    whole, reached = history(trainer), trainer.reached
    visits = list(told)
    random.Random(1).shuffle(visits)
    for step in visits:
        record = trainer.record_at(step)
        assert bits(tuple(record.layers)) == told[step][0]
        trainer.go_to(step)
        assert seen(trainer) == told[step]
        assert bits(tuple(trainer.record().layers)) == told[step][0]
    assert history(trainer) == whole
    assert trainer.reached == reached


@pytest.mark.parametrize("name", PRESETS)
def test_going_on_from_an_earlier_step_leads_to_the_same_step(name):
    """By single steps as well as by running on."""
    trainer = started(name)
    told = wandered(trainer)
    whole = history(trainer)
    trainer.go_to(5)
    while trainer.step < trainer.reached:
        if trainer.step % 3:
            trainer.advance()
        else:
            trainer.run(min(7, trainer.reached - trainer.step), math.inf)
        if trainer.step in told:
            assert seen(trainer) == told[trainer.step]
    assert seen(trainer) == told[trainer.reached]
    assert history(trainer) == whole


@pytest.mark.parametrize("name", PRESETS)
def test_neither_position_nor_history_depends_on_how_the_clock_cuts_a_run(name):
    one, other, third = (started(name) for _ in range(3))
    run_to(one, 400)
    run_to(other, 400, 0.01, Watch(1))
    run_to(third, 400, 0.0, Watch(2))
    assert seen(one) == seen(other) == seen(third)
    assert history(one) == history(other) == history(third)
    assert one.costs.count == 400


SMALL = network((2, 3, 1), "tanh")
LEARNINGS = st.builds(
    Learning,
    rate=st.sampled_from([0.01, 0.05, 0.2]),
    batch_size=st.sampled_from([1, 3, 7, 50]),
    optimizer=st.builds(OptimizerSettings, name=st.sampled_from(list(OPTIMIZERS))),
    schedule=st.builds(Schedule, name=st.sampled_from(["constant", "step", "exponential", "cosine"])),
    frozen=some_frozen(SMALL),
)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("run"), st.integers(1, 30)),
        st.tuples(st.just("advance"), st.just(0)),
        st.tuples(st.just("go"), st.floats(0.0, 1.0)),
        st.tuples(st.just("change"), LEARNINGS),
    ),
    min_size=3, max_size=14,
)


@settings(deadline=None, max_examples=60)
@given(LEARNINGS, ACTS, st.booleans())
def test_whatever_is_done_each_step_stays_what_it_was(learning, acts, validation):
    held_out = examples(SMALL, 4, seed=1) if validation else None
    trainer = Trainer(SMALL, learning, drawn(SMALL), examples(SMALL, 7), held_out, 0)
    trainer.use(loaded)
    told = {0: seen(trainer)}
    for act, how in acts:
        if act == "run":
            trainer.run(how, math.inf)
        elif act == "advance":
            trainer.advance()
        elif act == "go":
            trainer.go_to(int(how * trainer.reached))
        else:
            trainer.change(how)
            told = {step: what for step, what in told.items() if step <= trainer.step}
        assert told.setdefault(trainer.step, seen(trainer)) == seen(trainer)
        assert trainer.costs.count == trainer.reached
    for step, what in told.items():
        assert bits(tuple(trainer.record_at(step).layers)) == what[0]


@pytest.mark.parametrize("name", SMOOTH)
def test_it_agrees_with_the_numpy_trainer_after_fifty_steps(name):
    ours, plain = started(name), started(name, kernel=False)
    ours.run(50, math.inf)
    plain.run(50, math.inf)
    for a, b in zip(ours.parameters, plain.parameters, strict=True):
        np.testing.assert_allclose(a.w, b.w, rtol=1e-9, atol=1e-9)
    for curve in ("steps", "training", "validation"):
        ours_of, plain_of = getattr(ours.costs, curve)(), getattr(plain.costs, curve)()
        assert ours_of.steps.tolist() == plain_of.steps.tolist()
        np.testing.assert_allclose(ours_of.values, plain_of.values, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(ours.costs.last, plain.costs.last, rtol=1e-9, atol=1e-9)


def test_a_single_step_leads_to_what_its_record_showed():
    trainer = started("spiral")
    for _ in range(4):
        trainer.run(5, math.inf)
        for step in (trainer.advance, lambda: trainer.run(1, math.inf)):
            shown = trainer.record()
            assert step() is None
            assert same(trainer.parameters, shown.parameters_next)


# Divergence: the kernel suspects, NumPy says.


def place(found):
    return found.step, found.layer, found.quantity, found.rate


@pytest.mark.parametrize("rate", [1.0, 30.0, 1e9])
@pytest.mark.parametrize("cut", [(math.inf, None), (0.01, Watch(3)), (0.0, Watch(4))])
def test_it_diverges_where_the_numpy_trainer_does_and_keeps_the_last_good_step(rate, cut):
    ours, plain = started("sine", rate=rate), started("sine", kernel=False, rate=rate)
    wanted = plain.run(20_000, math.inf)
    found = None
    while found is None and ours.step < 20_000:
        found = ours.run(20_000, cut[0], *([cut[1]] if cut[1] else []))
    assert wanted is not None
    assert place(found) == place(wanted)
    assert ours.step == ours.reached == plain.step == ours.costs.count
    assert ours.costs.training().steps.tolist() == plain.costs.training().steps.tolist()
    last = seen(ours)
    assert ours.run(5, math.inf) == found
    ours.go_to(0)
    assert place(ours.run(None, math.inf)) == place(wanted)
    assert seen(ours) == last


def running_away(rate, kernel):
    """y = w x with x = 2: the error is multiplied by 1 - 4 rate every step."""
    net = network((1, 1), bias=False)
    trainer = Trainer(net, Learning(rate, 1), drawn(net), Examples([[2.0]], [[0.5]]), None, 0)
    if kernel:
        trainer.use(loaded)
    return trainer


@pytest.mark.parametrize("rate", [3.0, 10.0, 1e4, 1e14])
@pytest.mark.parametrize("steps", [2, 3, 100])
def test_a_slice_may_end_anywhere_around_the_step_that_fails(rate, steps):
    ours, plain = running_away(rate, True), running_away(rate, False)
    wanted, found = plain.run(None, math.inf), None
    while found is None and ours.step <= plain.step:
        found = ours.run(steps, math.inf)
    assert place(found) == place(wanted)
    assert (ours.step, ours.reached, ours.costs.last.step) == (plain.step, plain.step, plain.step)


def test_a_diverged_run_goes_on_with_a_smaller_rate():
    trainer = started("sine", rate=30.0)
    assert trainer.run(None, math.inf) is not None
    trainer.change(changed(trainer.learning, rate=1e-4))
    at = trainer.step
    assert trainer.run(50, math.inf) is None
    assert trainer.step == at + 50


def test_a_change_that_spoils_the_present_step_is_blamed_on_this_step():
    trainer = started("sine")
    trainer.run(50, math.inf)
    trainer.change(changed(trainer.learning, rate=1e30))
    found = trainer.run(50, math.inf)
    assert (found.step, trainer.step, trainer.reached) == (50, 50, 50)


# What it costs, and when there is no kernel.


class Counted:
    """Calls through, and counts."""

    def __init__(self, function):
        self.function, self.calls = function, 0

    def __call__(self, *arguments):
        self.calls += 1
        return self.function(*arguments)


def test_running_by_the_kernel_does_no_work_in_python_for_each_step(monkeypatch):
    trainer = started("spiral")
    record, train = Counted(path.computed_step), Counted(kernel_run_module._train())
    monkeypatch.setattr(path, "computed_step", record)
    monkeypatch.setattr(kernel_run_module, "_train", lambda: train)
    epochs = 40
    trainer.run(2, math.inf)
    trainer.run(128 * trainer.steps_per_epoch - 2, math.inf)
    record.calls = train.calls = 0
    trainer.run(epochs * trainer.steps_per_epoch, math.inf)
    assert record.calls <= 1, "the record that is shown, once a run"
    assert train.calls <= epochs, "here a slice is an epoch still; both sets are judged on the way"


def test_a_network_with_one_example_is_trained_in_long_slices(monkeypatch):
    trainer = started("toy")
    train = Counted(kernel_run_module._train())
    monkeypatch.setattr(kernel_run_module, "_train", lambda: train)
    assert trainer.run(20_000, math.inf) is None
    assert train.calls < 2000
    assert trainer.costs.training().steps[:2000].tolist() == list(range(2000))
    assert trainer.costs.last.step == 20_000


@pytest.mark.parametrize("name", ["toy", "digits"])
@pytest.mark.parametrize("reached", [100, 700, 5000])
def test_kept_steps_are_spread_over_the_whole_run(name, reached):
    trainer = started(name)
    trainer.run(reached, math.inf)
    for step in range(0, reached + 1, reached // 100):
        assert step - trainer.kept_step(step) <= max(1, reached // 100)


def test_until_the_kernel_is_loaded_all_is_as_it_is_without_one():
    plain, waiting = started("iris", kernel=False), started("iris", kernel=False)
    ready = []
    waiting.use(lambda: bool(ready))
    for trainer in (plain, waiting):
        trainer.run(60, math.inf)
    assert seen(plain) == seen(waiting)
    assert history(plain) == history(waiting)
    told = seen(waiting)
    ready.append(True)
    waiting.run(60, math.inf)
    waiting.go_to(60)
    assert seen(waiting) == told


def test_a_run_keeps_to_its_time():
    """A clock by which every look takes a millisecond: 8 of them are spent by eight slices."""
    trainer = started("digits")
    looks = iter(range(1000))
    trainer.run(None, 0.008, lambda: next(looks) / 1000.0)
    assert next(looks) == 9
