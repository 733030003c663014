"""What several tests of the kernel need: it is compiled once, by the child that does it for the window."""

from __future__ import annotations

import numpy as np
import pytest

from bpviz.engine.backprop import run_step
from bpviz.engine.checkpoints import Checkpoint
from bpviz.engine.course import Course
from bpviz.engine.initializer import FirstWeights, first_parameters
from bpviz.engine.kernel import cache
from bpviz.engine.kernel.run import KernelRun
from bpviz.engine.kernel.slices import slice_of
from bpviz.engine.kernel.warm import State, Warming
from bpviz.engine.update import OptimizerState
from tests.engine.nets import same

needs_numba = pytest.mark.skipif(not cache.is_installed(), reason="numba is not installed or may not compile")


def compiled():
    """Waits for the child; without a folder to keep its work in, the first call compiles here."""
    warm = Warming()
    warm.begin()
    assert warm.wait() in (State.READY, State.UNAVAILABLE)


def start_of(net, seed=0):
    """Weights small enough that no unit is saturated: there 1 - a^2 is all rounding."""
    first = first_parameters(net, FirstWeights("xavier", bias=0.1), seed)
    return Checkpoint(0, first, OptimizerState())


def kernel_run(net, learning, sets, start=None, judges=()):
    return KernelRun(net, learning, sets, start or start_of(net), judges)


def slice_from(sets, learning, step, steps, seed=0):
    return slice_of(Course(sets.count, seed, learning), sets.count, step, steps)


def numpy_steps(net, learning, sets, start, steps, seed=0):
    """The same steps by run_step: the records, and where they lead."""
    course, here, records = Course(sets.count, seed, learning), start, []
    for step in range(start.step, start.step + steps):
        rows = course.rows(step)
        rows = np.arange(sets.count) if rows is None else rows
        records.append(
            run_step(
                net, here.parameters, sets.inputs[rows], sets.targets[rows], learning, here.state,
                step=step, rate=course.rate_at(step),
            )
        )
        here = Checkpoint(step + 1, records[-1].parameters_next, records[-1].optimizer_next)
    return records, here


def same_state(one, other):
    """Whether two optimizer states agree in every bit."""
    return (
        (one.count, one.keeps, len(one.slots)) == (other.count, other.keeps, len(other.slots))
        and all(
            len(a) == len(b) and all(x.tobytes() == y.tobytes() for x, y in zip(a, b, strict=True))
            for a, b in zip(one.slots, other.slots, strict=True)
        )
    )


def same_checkpoint(one, other):
    return (
        one.step == other.step
        and same(one.parameters, other.parameters)
        and same_state(one.state, other.state)
    )


def distance(one, other):
    """The largest difference, as a share of the largest number: relative where nothing has cancelled out."""
    one, other = np.asarray(one), np.asarray(other)
    gap = np.abs(one - other).max(initial=0.0)
    return gap / np.abs(other).max() if gap else 0.0
