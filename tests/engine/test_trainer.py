"""Training step by step: its batches, its epochs, its history, and the ways it can be stopped."""

import math

import numpy as np
import pytest

from bpviz.engine.errors import EngineError
from bpviz.engine.examples import Examples
from bpviz.engine.optimizer import Learning, Schedule
from bpviz.engine.trainer import Trainer
from tests.engine.nets import drawn, examples, network, same

NET = network((2, 3, 1), "tanh", "sigmoid", "binary_cross_entropy")


def trainer(count=10, seed=0, validation=False, classification=False, **learning):
    """10 examples in batches of 4, unless said otherwise: 4, 4 and 2."""
    learning = Learning(**{"rate": 0.3, "batch_size": 4, **learning})
    held_out = examples(NET, 5, seed=9) if validation else None
    return Trainer(NET, learning, drawn(NET), examples(NET, count), held_out, seed, classification)


def advanced(steps, **settings):
    made = trainer(**settings)
    for _ in range(steps):
        assert made.advance() is None
    return made


def test_before_the_first_step_nothing_has_been_done():
    t = trainer()
    assert (t.step, t.reached, t.divergence) == (0, 0, None)
    assert same(t.parameters, drawn(NET))
    assert t.costs.count == 0
    assert t.costs.training().steps.tolist() == [0]


def test_advancing_applies_the_record_that_was_shown():
    t = trainer()
    shown = t.record()
    assert shown.step == 0
    assert t.advance() is None
    assert (t.step, t.reached) == (1, 1)
    assert same(t.parameters, shown.parameters_next)
    assert t.record().step == 1
    assert t.costs.steps().values.tolist() == [shown.cost]


def test_the_record_is_the_same_object_until_position_or_settings_change():
    t = trainer()
    first = t.record()
    assert t.record() is first
    t.change(Learning(rate=0.1, batch_size=4))
    changed = t.record()
    assert changed is not first
    assert changed.rate == 0.1
    t.advance()
    assert t.record() is not changed


def test_every_epoch_sees_every_example_once_in_a_new_order():
    t = trainer()
    epochs = [np.concatenate([t.batch_rows(3 * e + k) for k in range(3)]) for e in range(4)]
    assert [len(t.batch_rows(k)) for k in range(6)] == [4, 4, 2, 4, 4, 2]
    assert all(sorted(rows) == list(range(10)) for rows in epochs)
    assert len({tuple(rows) for rows in epochs}) == 4


def test_the_batches_follow_from_the_seed_alone():
    one, again, other = (trainer(seed=s) for s in (3, 3, 4))
    again.run(7, math.inf)
    for step in (20, 4, 11, 0):
        np.testing.assert_array_equal(one.batch_rows(step), again.batch_rows(step))
    assert any((one.batch_rows(k) != other.batch_rows(k)).any() for k in range(3))


def test_a_record_is_computed_from_the_rows_of_its_batch():
    t = advanced(5)
    np.testing.assert_array_equal(t.record().inputs, t.train.inputs[t.batch_rows(5)])
    np.testing.assert_array_equal(t.record().targets, t.train.targets[t.batch_rows(5)])


@pytest.mark.parametrize("size", [10, 11, 500])
def test_a_batch_of_everything_keeps_the_original_order(size):
    t = advanced(2, batch_size=size)
    assert t.steps_per_epoch == 1
    assert t.batch_rows(2).tolist() == list(range(10))
    np.testing.assert_array_equal(t.record().inputs, t.train.inputs)


def test_epochs_are_counted_in_whole_passes():
    t = trainer()
    assert t.steps_per_epoch == 3
    assert [t.epoch_of(k) for k in range(7)] == [0, 0, 0, 1, 1, 1, 2]


def test_the_rate_follows_its_schedule_epoch_by_epoch():
    t = trainer(schedule=Schedule("exponential", factor=0.5))
    assert [t.rate_at(k) for k in range(7)] == [0.3] * 3 + [0.15] * 3 + [0.075]
    t.run(4, math.inf)
    assert t.record().rate == 0.15


def test_each_step_enters_its_batch_cost_and_each_epoch_the_cost_of_both_sets():
    t = trainer(validation=True)
    batch_costs = []
    for _ in range(7):
        batch_costs.append(t.record().cost)
        t.advance()
    assert t.costs.steps().values.tolist() == batch_costs
    assert t.costs.training().steps.dtype == np.int64
    assert t.costs.training().steps.tolist() == [0, 3, 6]
    assert len(t.costs.training().values) == len(t.costs.validation().values) == 3
    assert np.isfinite(t.costs.training().values).all()
    assert t.costs.last.training < t.costs.training().values[0]


def test_without_a_validation_set_its_costs_are_not_numbers():
    t = advanced(3)
    assert not t.costs.validation().values.size
    assert math.isnan(t.costs.last.validation)
    assert math.isnan(t.costs.last.validation_accuracy)


def test_accuracy_is_kept_for_classifications_only():
    assert math.isnan(advanced(3, validation=True).costs.last.train_accuracy)
    costs = advanced(3, validation=True, classification=True).costs
    for step in (0, 3):
        epoch = costs.epoch_at(step)
        assert 0.0 <= epoch.train_accuracy <= 1.0
        assert 0.0 <= epoch.validation_accuracy <= 1.0


def test_the_history_cannot_be_written_to():
    costs = advanced(3).costs
    with pytest.raises(ValueError, match="read-only"):
        costs.steps().values[0] = 0.0


def test_a_history_longer_than_its_first_buffer_keeps_every_number():
    t = advanced(300, count=1)
    assert t.costs.count == 300
    early = advanced(40, count=1).costs.steps().values
    assert t.costs.steps().values[:40].tolist() == early.tolist()
    assert t.costs.training().steps.tolist() == list(range(301))


def test_running_takes_so_many_steps():
    t = trainer()
    assert t.run(5, math.inf) is None
    assert t.step == 5


def test_running_stops_when_the_time_is_spent():
    t = trainer()
    ticks = iter(range(100))
    t.run(None, 3.0, clock=lambda: float(next(ticks)))
    # The clock reads 0 at the start and 1, 2, 3 after the first three steps.
    assert t.step == 3


def test_running_takes_at_least_one_step_however_little_the_time():
    t = trainer()
    t.run(None, 0.0, clock=lambda: 5.0)
    assert t.step == 1


@pytest.mark.parametrize("step", [-1, 6, 100])
def test_only_steps_that_were_reached_can_be_gone_to(step):
    t = advanced(5)
    with pytest.raises(EngineError, match=f"expected .*from 0 to 5, got {step}"):
        t.go_to(step)
    assert t.step == 5


# Divergence. y = w x with x = 2 and rate r: the error is multiplied by 1 - 4 r every step.


def running_away(rate=1e5, kind="identity", sizes=(1, 1)):
    net = network(sizes, kind, kind, bias=False)
    return Trainer(net, Learning(rate, 1), drawn(net), Examples([[2.0]], [[0.5]]), None, 0)


def test_a_run_that_diverges_stays_at_its_last_good_step():
    t = running_away()
    found = t.run(None, math.inf)
    assert found is not None
    assert t.divergence is found
    # |1 - 4e5|^n passes 1e12 at n = 3 or, with what is squared or multiplied by the rate, a little before.
    assert 1 <= t.step <= 3
    assert t.step == t.reached == t.costs.count
    assert found.step in (t.step, t.step + 1)
    record = t.record()
    assert record.step == t.step
    for layer in record.layers:
        for array in (layer.z, layer.a, layer.delta, layer.dw, layer.w_next):
            assert (np.abs(array) <= 1e12).all()


def test_a_divergence_names_step_layer_quantity_size_and_rate():
    found = running_away(sizes=(1, 1, 1)).run(None, math.inf)
    assert found.rate == 1e5
    assert found.layer in (0, 1)
    assert found.quantity in ("weighted input", "activation", "cost", "layer error", "gradient", "weight")
    assert found.largest > 1e12


def test_advancing_again_after_a_divergence_says_the_same():
    t = running_away()
    first = t.run(None, math.inf)
    step, record = t.step, t.record()
    assert t.advance() == first
    assert (t.step, t.record()) == (step, record)


def test_going_elsewhere_forgets_the_divergence_and_running_on_meets_it_again():
    t = running_away()
    first = t.run(None, math.inf)
    last = t.step
    t.go_to(0)
    assert t.divergence is None
    assert t.run(None, math.inf) == first
    assert t.step == last


def test_a_smaller_rate_lets_a_diverged_run_go_on():
    t = running_away()
    t.run(None, math.inf)
    t.change(Learning(0.1, 1))
    assert t.divergence is None
    assert t.run(100, math.inf) is None
    assert t.record().cost < 1e-6


def test_a_change_that_spoils_the_present_step_is_blamed_on_this_step():
    t = advanced(5)
    t.change(Learning(rate=1e15, batch_size=4))
    found = t.advance()
    assert (found.step, found.layer, found.quantity, found.rate) == (5, 0, "weight", 1e15)
    assert (t.step, t.reached) == (5, 5)


def test_a_run_whose_very_first_step_diverges_stays_at_the_start():
    net = network((1, 1), bias=False)
    t = Trainer(net, Learning(0.1, 1), drawn(net), Examples([[1e200]], [[0.0]]), None, 0)
    found = t.advance()
    assert (found.step, found.layer, found.quantity) == (0, 0, "weighted input")
    assert (t.step, t.reached, t.costs.count) == (0, 0, 0)


OTHERS = [
    ({"first": drawn(network((2, 4, 1)))}, "expected"),
    ({"first": drawn(NET)[:1]}, "expected"),
    ({"train": examples(network((3, 1)), 4)}, "inputs: expected shape"),
    ({"train": examples(network((2, 2)), 4)}, "targets: expected shape"),
    ({"validation": examples(network((3, 1)), 4)}, "inputs: expected shape"),
    ({"learning": Learning(batch_size=0)}, "batch_size"),
    ({"seed": -1}, "seed"),
]


@pytest.mark.parametrize(("changed", "message"), OTHERS)
def test_what_does_not_fit_together_is_refused_before_training(changed, message):
    whole = {
        "network": NET, "learning": Learning(), "first": drawn(NET), "train": examples(NET, 4),
        "validation": None, "seed": 0,
    }
    with pytest.raises(EngineError, match=message):
        Trainer(**{**whole, **changed})
