"""The history of costs beside a plain list that keeps everything."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bpviz.engine.costs import CostHistory, Epoch
from bpviz.engine.stretches import EACH, ENDS, STEPS

BAD = [math.inf, -math.inf, math.nan]
VALUE = st.one_of(st.floats(0, 1e9), st.sampled_from([0.0, 1e300, *BAD]))
PUT = st.one_of(
    st.tuples(st.just("step"), VALUE),
    st.tuples(st.just("steps"), st.integers(0, 99), st.integers(0, 4 * EACH)),
    st.tuples(st.just("cut"), st.floats(0, 1)),
)


class Whole:
    """Keeps everything, one value after the other, in a history too and in lists."""

    def __init__(self, every):
        self.every = every  # steps to an epoch
        self.kept, self.costs, self.epochs = CostHistory(), [], []
        self._put_epoch(Epoch(0, 1.0, 2.0, 0.5, 0.25))

    def act(self, what, *how):
        getattr(self, what)(*how)

    def step(self, value):
        self.kept.put_step(value)
        self.costs.append(value)
        if len(self.costs) % self.every == 0:
            self._put_epoch(self._epoch(len(self.costs)))

    def steps(self, seed, count):
        """Mostly noise, with some spikes and some values that are not finite."""
        random = np.random.default_rng(seed)
        values = random.lognormal(0, 1, count)
        for value in (1e12, 1e-12, *BAD):
            values[random.integers(0, count, 2) if count else []] = value
        first = len(self.costs) + 1
        self.kept.put_steps(values)
        self.costs += values.tolist()
        epochs = [self._epoch(end) for end in range(first, len(self.costs) + 1) if end % self.every == 0]
        if epochs:
            table = np.array(epochs)
            self.kept.put_epochs(table[:, 0].astype(np.int64), table[:, 1:])
            self.epochs += epochs

    def cut(self, share):
        """What the history forgets of what was before is put again, as the trainer does."""
        step = round(share * len(self.costs))
        known = self.kept.cut_after(step)
        assert step - max(1, step // EACH) < known <= step
        self.costs = self.costs[:step]
        self.epochs = [epoch for epoch in self.epochs if epoch.step <= step]
        self.kept.put_steps(np.array(self.costs[known:]))
        for epoch in self.epochs:
            if epoch.step > known:
                self.kept.put_epoch(*epoch)

    def _put_epoch(self, epoch):
        self.kept.put_epoch(*epoch)
        self.epochs.append(epoch)

    def _epoch(self, step):
        random = np.random.default_rng(step)
        training, validation = random.lognormal(0, 1, 2)
        training = BAD[step % 3] if random.random() < 0.1 else training
        return Epoch(step, training, validation, *random.random(2))


def check_curve(curve, stretches, steps, values, last):
    """The curve against all that there was, of which only what is finite is drawn."""
    told = {step: value for step, value in zip(steps, values, strict=True) if math.isfinite(value)}
    assert (np.diff(curve.steps) > 0).all()
    for step, value in zip(curve.steps.tolist(), curve.values.tolist(), strict=True):
        assert told[step] == value, "every kept pair occurred"
    assert len(curve.steps) <= 2 * (stretches.of(last) + 1) + 1
    if told:
        assert curve.steps[-1] == max(told), "the newest is kept"
        assert curve.steps[0] == min(told) or min(told) >= 2 * EACH, "the first is kept"
    by_stretch = {}
    for step, value in told.items():
        by_stretch.setdefault(stretches.of(step), []).append(value)
    kept = {}
    for step, value in zip(curve.steps.tolist(), curve.values.tolist(), strict=True):
        kept.setdefault(stretches.of(step), []).append(value)
    extremes = {k: (min(of), max(of)) for k, of in by_stretch.items()}
    assert {k: (min(of), max(of)) for k, of in kept.items()} == extremes


@settings(max_examples=40, deadline=None)
@given(st.lists(PUT, max_size=8), st.sampled_from([1, 2, 7, 90, 3000]))
def test_of_each_stretch_the_smallest_largest_and_newest_costs_are_kept_and_nothing_else(acts, every):
    whole = Whole(every)
    for act in acts:
        whole.act(*act)
    kept, steps = whole.kept, len(whole.costs)
    assert kept.count == steps
    check_curve(kept.steps(), STEPS, range(steps), whole.costs, steps)
    ends = [epoch.step for epoch in whole.epochs]
    check_curve(kept.training(), ENDS, ends, [epoch.training for epoch in whole.epochs], steps)
    check_curve(kept.validation(), ENDS, ends, [epoch.validation for epoch in whole.epochs], steps)


def same(epoch, other):
    return np.array_equal(np.array(epoch), np.array(other), equal_nan=True)


@settings(max_examples=40, deadline=None)
@given(st.lists(PUT, max_size=8), st.sampled_from([1, 2, 7, 90, 3000]))
def test_an_epoch_is_told_whole_or_not_at_all_and_the_last_of_each_stretch_is(acts, every):
    whole = Whole(every)
    for act in acts:
        whole.act(*act)
    assert same(whole.kept.last, whole.epochs[-1])
    newest = {ENDS.of(epoch.step): epoch for epoch in whole.epochs}
    for epoch in whole.epochs:
        told = whole.kept.epoch_at(epoch.step)
        assert (told is not None) == (newest[ENDS.of(epoch.step)] is epoch)
        assert told is None or same(told, epoch)
    assert whole.kept.epoch_at(whole.kept.count + 1) is None


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 99), st.integers(1, 12 * EACH), st.integers(1, 500), st.sampled_from([1, 90]))
def test_thinning_loses_no_peak_and_neither_end(seed, count, most, every):
    whole = Whole(every)
    whole.steps(seed, count)
    for curve in (whole.kept.steps, whole.kept.training):
        everything, thinned = curve(), curve(most)
        assert len(thinned.steps) <= 2 * most + 4
        told = dict(zip(everything.steps.tolist(), everything.values.tolist(), strict=True))
        assert all(told[k] == v for k, v in zip(thinned.steps.tolist(), thinned.values.tolist(), strict=True))
        if told:
            assert {thinned.values.min(), thinned.values.max()} == {min(told.values()), max(told.values())}
            assert {thinned.steps[0], thinned.steps[-1]} == {min(told), max(told)}


def test_a_growing_curve_keeps_its_points_until_its_stretches_grow():
    costs = CostHistory()
    values = np.random.default_rng(1).random(100_100)
    costs.put_steps(values[:100_000])
    before = costs.steps(200).steps[:-3].tolist()
    costs.put_steps(values[100_000:])
    assert set(before) <= set(costs.steps(200).steps.tolist())


@pytest.mark.parametrize("every", [1, 90])
def test_a_short_run_is_kept_whole(every):
    whole = Whole(every)
    whole.steps(3, 2 * EACH)
    finite = [k for k, cost in enumerate(whole.costs) if math.isfinite(cost)]
    assert whole.kept.steps().steps.tolist() == finite
    for epoch in whole.epochs:
        assert same(whole.kept.epoch_at(epoch.step), epoch)


def test_one_by_one_is_as_all_at_once():
    values = np.random.default_rng(5).random(3 * EACH)
    one, all_ = CostHistory(), CostHistory()
    all_.put_steps(values)
    for value in values.tolist():
        one.put_step(value)
    assert one.steps().steps.tolist() == all_.steps().steps.tolist()
    assert one.steps().values.tolist() == all_.steps().values.tolist()


def test_ten_million_steps_take_hardly_more_memory_than_one_million():
    costs, few = CostHistory(), None
    for step in range(0, 10_000_000, 1_000_000):
        costs.put_steps(np.ones(1_000_000))
        ends = np.arange(step + 1, step + 1_000_001)
        costs.put_epochs(ends, np.ones((len(ends), 4)))
        few = few or costs.nbytes
    assert costs.count == costs.last.step == 10_000_000
    assert costs.nbytes < 1.5 * few < 4_000_000


@pytest.mark.parametrize("spike", [0.001, 1000.0])
@pytest.mark.parametrize("stretch", [5, 3 * EACH, 5 * EACH + 7])
def test_a_peak_that_was_cut_off_is_gone_from_its_stretch(spike, stretch):
    costs, start = CostHistory(), STEPS.start(stretch)
    costs.put_steps(np.append(np.ones(start), [1.0, spike, 1.0]))
    assert costs.cut_after(start) == start
    costs.put_steps(np.linspace(1, 2, 2 * EACH))
    assert (costs.steps().values.min(), costs.steps().values.max()) == (1, 2)


@pytest.mark.parametrize("second", [0.5, 2.0])
def test_a_second_cost_of_a_step_takes_the_place_of_the_first(second):
    history = CostHistory()
    history.put_epoch(0, 1.0, 1.5, 0.0, 0.0)
    history.put_epoch(0, second, second + 1, 0.0, 0.0)
    for kept in (history, CostHistory.of(history.kept())):
        assert kept.training().values.tolist() == [second]
        assert kept.validation().values.tolist() == [second + 1]


def test_the_history_cannot_be_written_to():
    costs = CostHistory()
    costs.put_step(1.0)
    for array in (costs.steps().steps, costs.steps().values):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 99), st.integers(1, 12 * EACH), st.sampled_from([1, 90, 3000]))
def test_a_thinned_history_keeps_the_peaks_both_ends_and_the_last_epoch_in_little_room(seed, count, every):
    whole = Whole(every)
    whole.steps(seed, count)
    most = 200
    kept, thin = whole.kept, whole.kept.thinned(most)
    assert thin.count == kept.count and same(thin.last, kept.last)
    for name in ("steps", "training", "validation"):
        everything, some = getattr(kept, name)(), getattr(thin, name)()
        assert len(some.steps) <= 2 * most + 4
        told = dict(zip(everything.steps.tolist(), everything.values.tolist(), strict=True))
        assert all(told[k] == v for k, v in zip(some.steps.tolist(), some.values.tolist(), strict=True))
        if told:
            assert {some.values.min(), some.values.max()} == {min(told.values()), max(told.values())}
            assert {some.steps[0], some.steps[-1]} == {min(told), max(told)}
    told = thin.kept()
    assert len(told.epochs) <= most and told.epochs[0] == 0
    assert all(same(thin.epoch_at(step), kept.epoch_at(step)) for step in told.epochs.tolist())
    assert (thin is kept) == (count <= most)


@example([("steps", 0, 4094), ("steps", 0, 4093)], 1, 1, (0.0, 0.5))  # ends within a stretch
@settings(max_examples=40, deadline=None)
@given(
    st.lists(PUT, max_size=8), st.sampled_from([1, 7, 90]), st.integers(1, 300),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_of_some_steps_all_their_peaks_are_told_and_a_neighbour_on_each_side(acts, every, most, ends):
    whole = Whole(every)
    for act in acts:
        whole.act(*act)
    first, last = sorted(round(share * len(whole.costs)) for share in ends)
    costs = dict(enumerate(whole.costs))
    trained = {epoch.step: epoch.training for epoch in whole.epochs}
    for curve, stretches, truth in ((whole.kept.steps, STEPS, costs), (whole.kept.training, ENDS, trained)):
        everything, part = curve(), curve(most, (first, last))
        lowest, highest = stretches.of(first), stretches.of(last)
        places = stretches.of_all(everything.steps)
        inside = everything.values[(places >= lowest) & (places <= highest)]
        assert len(part.steps) <= 2 * most + 4
        told = zip(part.steps.tolist(), part.values.tolist(), strict=True)
        assert all(truth[step] == value for step, value in told)
        if inside.size:
            assert part.values.min() <= inside.min()
            assert part.values.max() >= inside.max()
        if (everything.steps < first).any() and part.steps.size:
            assert part.steps[0] < first or stretches.of(int(part.steps[0])) == lowest
        beyond = stretches.of_all(part.steps)
        assert len(set(beyond[beyond < lowest].tolist())) <= 1
        assert len(set(beyond[beyond > highest].tolist())) <= 1


@settings(max_examples=40, deadline=None)
@given(st.lists(PUT, max_size=8), st.sampled_from([1, 7, 90]), st.floats(0, 1))
def test_of_a_step_the_bounds_of_its_stretch_are_known_and_the_newest_epoch_before_it(acts, every, share):
    whole = Whole(every)
    for act in acts:
        whole.act(*act)
    step = round(share * len(whole.costs))
    alike = [k for k in range(len(whole.costs)) if STEPS.of(k) == STEPS.of(step)]
    told = [whole.costs[k] for k in alike if math.isfinite(whole.costs[k])]
    bounds = whole.kept.bounds_at(step)
    assert (bounds is None) == (not told or step >= len(whole.costs))
    if bounds is not None:
        assert (bounds.first, bounds.low, bounds.high) == (alike[0], min(told), max(told))
    newest = {ENDS.of(epoch.step): epoch for epoch in whole.epochs}
    before = [epoch for epoch in newest.values() if epoch.step <= step]
    assert same(whole.kept.epoch_before(step), before[-1])
    ends, verdicts = whole.kept.epochs()
    assert ends.tolist() == [epoch.step for epoch in newest.values()]
    np.testing.assert_array_equal(verdicts, np.array([epoch[1:] for epoch in newest.values()]))


@settings(max_examples=40, deadline=None)
@given(st.lists(PUT, max_size=8))
def test_the_samples_are_the_newest_cost_of_each_stretch(acts):
    whole = Whole(7)
    for act in acts:
        whole.act(*act)
    newest = {STEPS.of(k): (k, cost) for k, cost in enumerate(whole.costs) if math.isfinite(cost)}
    samples = whole.kept.samples()
    assert list(zip(samples.steps.tolist(), samples.values.tolist(), strict=True)) == list(newest.values())
