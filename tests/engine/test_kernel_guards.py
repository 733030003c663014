"""What makes the kernel fast, told without a clock: it is entered once a slice, and nothing grows with it."""

import math
import sys
import tracemalloc

import pytest

from bpviz.document.preset import load_preset
from bpviz.engine.checkpoints import Checkpoint
from bpviz.engine.course import Course
from bpviz.engine.kernel import run as run_module
from bpviz.engine.kernel.run import KernelRun
from bpviz.engine.kernel.slices import slice_of
from bpviz.engine.line import LONGEST, KernelLine
from bpviz.engine.optimizer import Learning
from bpviz.engine.trainer import Trainer
from bpviz.engine.update import OptimizerState
from tests.engine.kernel_steps import compiled, needs_numba
from tests.engine.nets import drawn, examples, network

pytestmark = needs_numba
NET = network((2, 4, 1), "tanh", "sigmoid")
TRAIN, HELD_OUT = examples(NET, 225), examples(NET, 75, seed=1)
LEARNING = Learning(0.01, 45)
EPOCH = 5                # steps
GROUP = 64 * EPOCH       # whose rows are shuffled together
ENOUGH = 128 * LONGEST   # from then on slices are as long as any


@pytest.fixture(scope="module", autouse=True)
def _compiled():
    compiled()


@pytest.fixture
def trainer():
    """Far on in its run, where a group of epochs begins, with a clock that stands still."""
    made = Trainer(NET, LEARNING, drawn(NET), TRAIN, HELD_OUT, 0, classification=True)
    made.use(lambda: True)
    run(made, -(-ENOUGH // GROUP) * GROUP)
    return made


def run(trainer, steps):
    assert trainer.run(steps, math.inf, lambda: 0.0) is None


def calls_of(work):
    """How many functions are called meanwhile, those of Python as well as those written in C."""
    called = []
    sys.setprofile(lambda _frame, event, _what: called.append(event) if "call" in event else None)
    try:
        work()
    finally:
        sys.setprofile(None)
    return len(called)


def test_ten_times_as_many_epochs_are_no_more_work_for_python(trainer):
    few = calls_of(lambda: run(trainer, 6 * EPOCH))
    run(trainer, GROUP - 6 * EPOCH)
    many = calls_of(lambda: run(trainer, 60 * EPOCH))
    assert few > 20, "calls are counted"
    assert many - few < 54, "not one call for each epoch more"


@pytest.mark.parametrize("name", ["xor", "toy", "spiral", "iris"])
def test_compiled_code_is_entered_once_a_slice_judging_included(name, monkeypatch):
    made = load_preset(name).experiment.start()
    made.use(lambda: True)
    run(made, ENOUGH)
    entered = []
    train = run_module._train()
    monkeypatch.setattr(run_module, "_train", lambda: lambda *all_: entered.append(0) or train(*all_))
    run(made, 5 * LONGEST)
    assert len(entered) == 5
    assert made.costs.last.step > ENOUGH + 5 * LONGEST - made.steps_per_epoch


def test_the_memory_that_training_takes_does_not_grow_with_the_run():
    line = KernelLine(NET, TRAIN, Course(TRAIN.count, 0, LEARNING), (TRAIN, HELD_OUT))
    here = Checkpoint(0, drawn(NET), OptimizerState())

    def peak_of(slices):
        nonlocal here
        tracemalloc.start()
        for _ in range(slices):
            run = line.at(here)
            assert line.train(here, 640).divergence is None
            here = run.checkpoint()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    peak_of(3)
    few, many = peak_of(10), peak_of(100)
    assert few > 100_000, "what is allocated is counted: a slice's rows, for one"
    assert here.step == 113 * 640
    assert many < 1.05 * few


def test_compiled_code_allocates_nothing_for_a_step():
    from numba.core.runtime import _nrt_python, rtsys

    _nrt_python.memsys_enable_stats()

    def allocated(steps):
        run = KernelRun(NET, LEARNING, TRAIN, Checkpoint(0, drawn(NET), OptimizerState()), (TRAIN, HELD_OUT))
        begun = slice_of(Course(TRAIN.count, 0, LEARNING), TRAIN.count, 0, steps, judged=True)
        before = rtsys.get_allocation_stats()
        run.train(begun)
        after = rtsys.get_allocation_stats()
        return after.alloc - before.alloc, after.mi_alloc - before.mi_alloc

    few = allocated(EPOCH)
    assert few[1] > 0, "allocations are counted: one for each array that is handed over"
    assert allocated(100 * EPOCH) == few
