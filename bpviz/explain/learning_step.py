"""When training learns from an example."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from bpviz.engine.course import Course


def learning_step(course: Course, row: int, step: int, reached: int) -> int | None:
    """The step nearest to `step` that learns from a training row: one that was reached, else the next one.

    It is looked for in the epoch of `step` and its neighbours; None where settings changed so often that none
    of these came to it.
    """
    first, end = _epoch_around(course, step)
    found = _within(course, row, first, end)
    if first > 0:
        found = [*_within(course, row, _epoch_around(course, first - 1)[0], first), *found]
    found += _within(course, row, end, _epoch_around(course, end)[1])
    known = found[: bisect_left(found, reached + 1)]
    if known:
        return min(known, key=lambda other: abs(other - step))
    return found[0] if found else None


def _epoch_around(course: Course, step: int) -> tuple[int, int]:
    """The first step of the epoch of a step, and the first of the next one."""
    end = step + course.left_in_epoch(step)
    return end - course.steps_per_epoch(step), end


def _within(course: Course, row: int, first: int, end: int) -> list[int]:
    """The steps of one epoch, or of a part of it, that learn from a row."""
    found = []
    while first < end:
        batch, turn = course.learning_at(first).batch_size, course.next_turn(first)
        until = end if turn is None else min(end, turn)
        rows = course.rows_of(first, until - first)
        found += [first + int(at) // batch for at in np.flatnonzero(rows == row)]
        first = until
    return found
