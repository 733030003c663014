"""The course of a run: each epoch takes every example once, in an order that can be asked for again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.engine import course as course_module
from bpviz.engine.course import Course
from bpviz.engine.optimizer import Learning

MANY = 20_000  # more than are shuffled together: each epoch of it by itself


def epoch_of(course, step):
    steps = course.steps_per_epoch(step)
    return np.concatenate([course.rows(k) for k in range(step, step + steps)])


@pytest.mark.parametrize("count", [2, 7, 225, 300, MANY])
def test_an_epoch_takes_every_example_once_in_an_order_of_its_own(count):
    course = Course(count, 3, Learning(0.1, -(-count // 3)))
    orders = [epoch_of(course, 3 * epoch if count > 2 else 2 * epoch) for epoch in range(5)]
    assert all(sorted(order.tolist()) == list(range(count)) for order in orders)
    assert len({order.tobytes() for order in orders}) == (5 if count > 2 else 2)


@given(
    st.integers(1, 40), st.integers(1, 12), st.integers(0, 400), st.integers(1, 300),
    st.lists(st.tuples(st.integers(0, 300), st.integers(1, 12)), max_size=3),
)
def test_rows_of_many_steps_are_those_of_each_step_in_a_row(count, batch, step, steps, turns):
    course, other = (Course(count, 1, Learning(0.1, batch)) for _ in range(2))
    for at, size in sorted(turns):
        for one in (course, other):
            one.turn(at, Learning(0.1, size))
    end = course.next_turn(step)
    steps = steps if end is None else min(steps, end - step)
    each = [other.rows(k) for k in range(step, step + steps)]
    each = [np.arange(count) if rows is None else rows for rows in each]
    assert course.rows_of(step, steps).tolist() == np.concatenate(each).tolist()
    ends = [k for k in range(steps) if other.left_in_epoch(step + k) == 1]
    assert course.epoch_ends(step, steps).tolist() == ends


def test_an_order_does_not_depend_on_what_was_asked_before():
    course = Course(225, 5, Learning(0.1, 225 // 5))
    there = [epoch_of(course, 5 * epoch) for epoch in (0, 70, 63, 64, 200, 0)]
    alone = [epoch_of(Course(225, 5, Learning(0.1, 45)), 5 * epoch) for epoch in (0, 70, 63, 64, 200, 0)]
    assert [order.tobytes() for order in there] == [order.tobytes() for order in alone]


def test_another_seed_gives_another_order():
    one, other = (epoch_of(Course(50, seed, Learning(0.1, 10)), 0) for seed in (1, 2))
    assert one.tolist() != other.tolist()


def test_a_stream_of_random_numbers_is_begun_once_for_many_epochs(monkeypatch):
    begun = []
    stream = course_module.stream
    monkeypatch.setattr(course_module, "stream", lambda *path: begun.append(path) or stream(*path))
    course = Course(225, 0, Learning(0.1, 10))
    course.rows_of(0, 640 * 23)
    assert len(begun) == 10
    assert course.rows_of(0, 1).shape == (10,)


def epochs_of(course, steps):
    return course.epochs_at(np.array(steps)).tolist()


def test_steps_stand_evenly_within_their_epochs():
    course = Course(10, 0, Learning(0.1, 4))  # three steps to an epoch
    assert epochs_of(course, [0, 3, 6, 300, 1]) == pytest.approx([0, 1, 2, 100, 1 / 3], abs=1e-15)
    assert [course.over(step) for step in range(7)] == [True, False, False, True, False, False, True]
    assert [course.last_over(step) for step in range(7)] == [0, 0, 0, 3, 3, 3, 6]


def test_an_epoch_that_a_turn_cuts_short_is_an_epoch_wide_but_never_over():
    course = Course(10, 0, Learning(0.1, 4))
    course.turn(4, Learning(0.1, 2))  # one step into the second epoch; five to an epoch from here on
    course.turn(9, Learning(0.1, 10))
    course.turn(9, Learning(0.2, 10))  # at the end of the third: one to an epoch
    assert epochs_of(course, [0, 3, 4, 9, 12]) == [0, 1, 2, 3, 6]
    assert epochs_of(course, [1, 6]) == pytest.approx([1 / 3, 2.4], abs=1e-15)
    assert [course.last_over(step) for step in (3, 4, 5, 8, 9, 12)] == [3, 3, 3, 3, 9, 12]


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=4), st.integers(0, 200)
)
def test_places_in_epochs_lead_back_to_their_steps(turns, step):
    course, at = Course(10, 0, Learning(0.1, 4)), 0
    for further, batch in turns:
        at += further
        course.turn(at, Learning(0.1, batch))
    place = epochs_of(course, [step])[0]
    assert course.step_near(place) == step
    assert course.epoch_of(step) - 1e-9 <= place <= course.epoch_of(step) + 1
    assert epochs_of(course, list(range(201))) == sorted(epochs_of(course, list(range(201))))


def test_what_outlives_a_run_still_knows_its_epochs():
    course = Course(10, 0, Learning(0.1, 4))
    course.turn(4, Learning(0.1, 2))
    kept = course.marks
    course.turn(9, Learning(0.2, 10))
    assert kept.at(np.array([0, 3, 4, 9, 14])).tolist() == [0, 1, 2, 3, 4]
    assert [kept.step_near(epoch) for epoch in (0, 1, 2, 3, 4)] == [0, 3, 4, 9, 14]
    assert kept != course.marks
