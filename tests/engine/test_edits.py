"""Parameters changed by hand are part of the run; a run kept as a value goes on in every bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.engine.errors import EngineError
from bpviz.engine.evaluation import evaluate
from bpviz.engine.network import LayerParameters
from bpviz.engine.optimizer import Learning, OptimizerSettings
from bpviz.engine.trainer import Trainer
from tests.engine.kernel_steps import compiled, needs_numba
from tests.engine.nets import drawn, examples, network
from tests.engine.test_replay import bits

NET = network((2, 3, 1), "tanh")
LEARNINGS = st.builds(
    Learning, rate=st.sampled_from([0.02, 0.1]), batch_size=st.sampled_from([2, 7]),
    optimizer=st.builds(OptimizerSettings, name=st.sampled_from(["gradient_descent", "momentum", "adam"])),
)


def trainer(kernel=False):
    made = Trainer(NET, Learning(0.1, 3), drawn(NET), examples(NET, 7), examples(NET, 4, seed=1), 0)
    if kernel:
        made.use(lambda: True)
    return made


def moved(parameters, by):
    return tuple(LayerParameters(p.w + by, None if p.b is None else p.b - by) for p in parameters)


acts = st.one_of(
    st.tuples(st.just("run"), st.integers(2, 40)),
    st.tuples(st.just("step"), st.just(1)),
    st.tuples(st.just("edit"), st.floats(-0.3, 0.3)),
    st.tuples(st.just("go"), st.floats(0, 1)),
    st.tuples(st.just("change"), LEARNINGS),
)


def act(subject, what, how):
    if what == "run":
        subject.run(how, float("inf"))
    elif what == "step":
        subject.advance()
    elif what == "edit":
        subject.edit(moved(subject.parameters, how))
    elif what == "go":
        subject.go_to(round(how * subject.reached))
    else:
        subject.change(how)


class Told:
    """The oracle: every record as it was when the run first came by."""

    def __init__(self, subject):
        self.subject, self.seen = subject, {}

    def look(self):
        s = self.subject
        if s.divergence is None:
            self.seen[s.step] = bits(s.record())

    def after(self, what):
        if what in ("edit", "change"):
            self.seen = {step: told for step, told in self.seen.items() if step < self.subject.step}
        self.look()


def driven(subject, chain):
    told = Told(subject)
    told.look()
    for what, how in chain:
        act(subject, what, how)
        told.after(what)
    return told


@needs_numba
@settings(deadline=None, max_examples=60)
@given(st.lists(acts, max_size=9), st.booleans())
def test_every_step_is_returned_to_in_every_bit(chain, kernel):
    if kernel:
        compiled()
    told = driven(trainer(kernel), chain)
    for step, record in told.seen.items():
        assert bits(told.subject.record_at(step)) == record
    for step, record in reversed(told.seen.items()):
        told.subject.go_to(step)
        assert bits(told.subject.record()) == record


@needs_numba
@settings(deadline=None, max_examples=60)
@given(st.lists(acts, max_size=9), st.lists(acts, max_size=4), st.booleans())
def test_a_run_that_is_kept_goes_on_in_every_bit(chain, later, kernel):
    if kernel:
        compiled()
    told = driven(trainer(kernel), chain)
    resumed = trainer(kernel)
    resumed.resume(told.subject.state())
    for step, record in told.seen.items():
        assert bits(resumed.record_at(step)) == record
    for what, how in later:
        for subject in (told.subject, resumed):
            act(subject, what, how)
    assert resumed.step == told.subject.step and resumed.reached == told.subject.reached
    if told.subject.divergence is None:
        assert bits(resumed.record()) == bits(told.subject.record())
    assert repr(resumed.costs.last) == repr(told.subject.costs.last)


def test_keeping_a_run_does_not_follow_it():
    subject = trainer()
    subject.run(20, float("inf"))
    state = subject.state()
    subject.run(20, float("inf"))
    resumed = trainer()
    resumed.resume(state)
    assert resumed.reached == resumed.step == 20 and resumed.costs.count == 20


def test_an_edit_stays_when_the_run_passes_it_again():
    subject = trainer()
    subject.run(5, float("inf"))
    edited = moved(subject.parameters, 0.5)
    subject.edit(edited)
    subject.run(5, float("inf"))
    subject.go_to(3)
    for _ in range(2):
        subject.advance()
    assert subject.step == 5 and np.array_equal(subject.parameters[0].w, edited[0].w)


@pytest.mark.parametrize("by", [-0.2, 0.6])
def test_the_curve_of_costs_begins_where_an_edit_put_the_first_weights(by):
    subject = trainer()
    subject.edit(moved(subject.parameters, by))
    edited = evaluate(NET, subject.parameters, subject.train)
    subject.advance()
    assert subject.costs.training().values[0] == pytest.approx(edited, rel=1e-12)


def test_an_edit_forgets_what_came_after():
    subject = trainer()
    subject.run(9, float("inf"))
    subject.go_to(4)
    subject.edit(moved(subject.parameters, 0.1))
    assert subject.reached == 4


def test_an_edit_where_an_epoch_begins_is_judged():
    subject = trainer()
    subject.run(6, float("inf"))
    edited = moved(subject.parameters, 0.4)
    subject.edit(edited)
    assert subject.costs.last.step == 6
    assert subject.costs.last.training == pytest.approx(evaluate(NET, edited, subject.train), rel=1e-12)


def test_other_shapes_are_refused_and_change_nothing():
    subject = trainer()
    subject.run(3, float("inf"))
    before = bits(subject.record())
    with pytest.raises(EngineError, match="parameters"):
        subject.edit(subject.parameters[:1])
    assert bits(subject.record()) == before and subject.reached == 3


def test_an_edit_before_other_settings_forgets_them_too():
    subject = trainer()
    before = subject.learning
    subject.run(3, float("inf"))
    subject.change(Learning(0.5, 3))
    subject.go_to(2)
    subject.edit(moved(subject.parameters, 0.1))
    subject.run(3, float("inf"))
    assert subject.learning == before and [step for step, _ in subject.turns] == [0]


@needs_numba
def test_without_a_kernel_its_steps_are_repeated_by_numpy():
    """A document may come from a machine that has one."""
    compiled()
    there, here = trainer(kernel=True), trainer()
    there.run(40, float("inf"))
    here.resume(there.state(most=1))
    here.go_to(17)
    assert here.parameters[0].w == pytest.approx(there.record_at(17).layers[0].w, rel=1e-9)
    here.go_to(40)
    here.run(3, float("inf"))
    assert here.step == 43 and here.divergence is None
