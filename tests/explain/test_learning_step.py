"""When training comes to an example, as the batches themselves say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.engine.course import Course
from bpviz.engine.optimizer import Learning
from bpviz.explain.learning_step import learning_step

COUNT = 23


def learns(course: Course, row: int, step: int) -> bool:
    rows = course.rows(step)
    return rows is None or row in rows


@given(
    st.integers(0, COUNT - 1), st.integers(0, 60), st.integers(0, 60), st.integers(1, 30), st.integers(0, 5),
)
def test_it_learns_from_that_row_and_no_reached_step_between_does(
    row: int, step: int, further: int, batch: int, seed: int
) -> None:
    course, reached = Course(COUNT, seed, Learning(batch_size=batch)), step + further
    found = learning_step(course, row, step, reached)
    assert found is not None, "every epoch comes to every row"
    assert learns(course, row, found)
    near = [other for other in range(reached + 1) if learns(course, row, other)]
    if near and min(abs(other - step) for other in near) <= course.steps_per_epoch(step):
        assert abs(found - step) == min(abs(other - step) for other in near)
    elif not near:
        assert found == next(other for other in range(200) if learns(course, row, other))


@given(
    st.integers(0, COUNT - 1), st.integers(1, 30), st.integers(1, 30), st.integers(1, 20),
    st.integers(0, 30),
)
def test_settings_that_changed_on_the_way_change_nothing_about_that(
    row: int, batch: int, other_batch: int, turn: int, step: int
) -> None:
    course = Course(COUNT, 0, Learning(batch_size=batch))
    course.turn(turn, Learning(batch_size=other_batch))
    course.turn(turn + 2, replace(Learning(batch_size=other_batch), rate=0.5))
    found = learning_step(course, row, step, 100)
    assert found is not None
    assert learns(course, row, found)


@pytest.mark.parametrize("step", [0, 3, 9])
def test_a_whole_set_learns_from_every_row_at_once(step: int) -> None:
    course = Course(COUNT, 0, Learning(batch_size=COUNT))
    assert learning_step(course, 7, step, step) == step
