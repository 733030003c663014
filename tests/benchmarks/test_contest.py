"""Who is measured against the kernel does the same training: the same weights after an epoch."""

import numpy as np
import pytest

from bpviz.engine.checkpoints import Checkpoint
from bpviz.engine.examples import Examples
from bpviz.engine.network import LayerParameters
from bpviz.engine.optimizer import Learning
from bpviz.engine.update import OptimizerState
from tests.benchmarks.bench_kernel import network
from tests.benchmarks.c_reference import c_epoch, compiler
from tests.benchmarks.plain import Task, first_weights, plain_epoch
from tests.engine.kernel_steps import numpy_steps

TASKS = [Task((2, 4, 2, 1), False), Task((5, 7, 3), True)]


def trained(task):
    """By run_step, in the order that all are given: the whole course is one batch after the other."""
    (inputs, targets), order = task.data(), task.order()
    here = Checkpoint(0, tuple(LayerParameters(w, b) for w, b in first_weights(task)), OptimizerState())
    net, learning = network(task), Learning(task.rate, task.batch)
    for first in range(0, task.examples, task.batch):
        rows = order[first : first + task.batch]
        _, here = numpy_steps(net, learning, Examples(inputs[rows], targets[rows]), here, 1)
    return np.concatenate([np.append(p.w.ravel(), p.b) for p in here.parameters])


@pytest.mark.parametrize("task", TASKS)
def test_plain_numpy_trains_as_the_engine_does(task):
    layers = first_weights(task)
    plain_epoch(task, layers)()
    found = np.concatenate([np.append(w.ravel(), b) for w, b in layers])
    np.testing.assert_allclose(found, trained(task), rtol=1e-12, atol=1e-14)


@pytest.mark.skipif(compiler() is None, reason="no C compiler here")
@pytest.mark.parametrize("task", TASKS)
def test_the_c_reference_trains_as_the_engine_does(task):
    w = np.concatenate([np.append(w.ravel(), b) for w, b in first_weights(task)])
    c_epoch(task.sizes, task.classifies, w, *task.data(), task.batch, task.rate)(task.order())
    np.testing.assert_allclose(w, trained(task), rtol=1e-10, atol=1e-12)
