"""How fast the kernel trains beside plain NumPy, C and other libraries, each network's in one run.

python -m tests.benchmarks.bench_kernel prints them. The figures are medians of turns; NumPy is measured
with as many threads as BLAS is given: OPENBLAS_NUM_THREADS=1 keeps them out of everyone's way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bpviz.engine.checkpoints import Checkpoint
from bpviz.engine.examples import Examples
from bpviz.engine.initializer import FirstWeights, first_parameters
from bpviz.engine.kernel import cache
from bpviz.engine.kernel.run import KernelRun
from bpviz.engine.kernel.slices import Slice
from bpviz.engine.network import Layer, Network, Parameters
from bpviz.engine.optimizer import Learning
from bpviz.engine.update import OptimizerState
from tests.benchmarks.c_reference import c_epoch, compiler
from tests.benchmarks.line import Goal, Line, left_out, rounded
from tests.benchmarks.node_peers import node_peers
from tests.benchmarks.others import python_peers
from tests.benchmarks.plain import Epoch, Task, plain_epoch, products_epoch
from tests.benchmarks.turns import Turn, medians, timed

EPOCHS_A_CALL = 20  # about what the window asks for at a time
GROUP = "Training, an epoch of 250 examples in batches of 10"


@dataclass(frozen=True)
class Contest:
    """A network and what is asked of the kernel there: times plain NumPy, times C, times its products."""

    task: Task
    faster: Goal
    of_c: Goal | None = None
    of_products: Goal | None = None


CONTESTS = (
    Contest(Task((2, 4, 2, 1), False), Goal(40, at_least=True), Goal(2)),
    Contest(Task((2, 8, 8, 8, 1), False), Goal(20, at_least=True), Goal(2)),
    Contest(Task((64, 32, 10), True), Goal(2, at_least=True, stretch=4)),
    Contest(Task((784, 128, 10), True), Goal(1.2, at_least=True), of_products=Goal(1)),
)


def lines() -> list[Line]:
    if not cache.is_installed():
        return [left_out(GROUP, "kernel", "numba is not installed")]
    return [line for contest in CONTESTS for line in lines_of(contest)]


def lines_of(contest: Contest) -> list[Line]:
    """The figures of one network."""
    task, name = contest.task, contest.task.name
    peers, missing = {**python_peers(task), **node_peers(task)}, []
    turns: dict[str, Turn] = {
        "plain NumPy": timed(plain_epoch(task)),
        "kernel": timed(kernel_epochs(task, EPOCHS_A_CALL), EPOCHS_A_CALL),
        "kernel, one epoch to a call": timed(kernel_epochs(task, 1)),
        "matrix products": timed(products_epoch(task)),
    }
    if compiler() is not None:
        turns["C"] = timed(reference_epoch(task))
    for who, peer in peers.items():
        if isinstance(peer, str):
            missing.append(left_out(GROUP, f"{name}: {who}", peer))
        else:
            turns[who] = peer.turn
    times = medians(turns)
    for peer in peers.values():
        if not isinstance(peer, str):
            peer.stop()
    return [*own_lines(contest, times), *peer_lines(name, times, peers), *missing]


def own_lines(contest: Contest, times: dict[str, float]) -> list[Line]:
    name, ours, plain = contest.task.name, times["kernel"], times["plain NumPy"]
    products, in_a_call = times["matrix products"], times["kernel, one epoch to a call"]
    by_blas = f"its bare matrix products by BLAS, {rounded(1000 * products)} ms"

    def line(what: str, measured: float, unit: str, goal: Goal | None = None, beside: str = "") -> Line:
        return Line(GROUP, f"{name}: {what}", measured, unit, goal, beside)

    made = [
        line("plain NumPy", 1000 * plain, "ms"),
        line("kernel", 1000 * ours, "ms", None, f"{EPOCHS_A_CALL} epochs to a call"),
        line("kernel, faster than plain NumPy", plain / ours, "x", contest.faster, "plain NumPy"),
        line("the same, one epoch to a call", plain / in_a_call, "x", None, "plain NumPy"),
        line("throughput of the kernel alone", 1 / ours, "epochs/s", None, "no costs shown, nothing painted"),
        line("kernel's time to that of its products", ours / products, "x", contest.of_products, by_blas),
    ]
    if "C" not in times:
        return [*made, left_out(GROUP, f"{name}: C", "no C compiler here")]
    told = f"C written and compiled for this network, {rounded(1000 * times['C'])} ms"
    return [*made, line("kernel's time to that of C", ours / times["C"], "x", contest.of_c, told)]


def peer_lines(name: str, times: dict[str, float], peers: dict) -> list[Line]:
    found = []
    for who, peer in peers.items():
        if who in times:
            compared = f"{rounded(times[who] / times['kernel'])} x the kernel's time"
            told = [compared, *filter(None, [peer.note])]
            found.append(Line(GROUP, f"{name}: {who}", 1000 * times[who], "ms", None, "; ".join(told)))
    return found


def network(task: Task) -> Network:
    hidden = [Layer(n, "relu" if task.classifies else "tanh") for n in task.sizes[1:-1]]
    output = Layer(task.sizes[-1], "softmax" if task.classifies else "tanh")
    cost = "categorical_cross_entropy" if task.classifies else "half_squared_error"
    return Network(task.sizes[0], (*hidden, output), cost)


def first(net: Network) -> Parameters:
    return first_parameters(net, FirstWeights("xavier"), seed=0)


def kernel_epochs(task: Task, epochs: int) -> Epoch:
    """So many epochs in one call."""
    net = network(task)
    start = Checkpoint(0, first(net), OptimizerState())
    run = KernelRun(net, Learning(task.rate, task.batch), Examples(*task.data()), start)
    each = np.minimum(np.arange(task.batch, task.examples + task.batch, task.batch), task.examples)
    ends = (np.arange(epochs)[:, None] * task.examples + each).ravel()
    steps = Slice(np.tile(task.order(), epochs), ends, np.full(len(ends), task.rate))
    return lambda: run.train(steps)


def reference_epoch(task: Task) -> Epoch:
    """The C reference, compiled for this network."""
    w = np.concatenate([np.append(p.w.ravel(), p.b) for p in first(network(task))])
    (inputs, targets), order = task.data(), task.order()
    epoch = c_epoch(task.sizes, task.classifies, w, inputs, targets, task.batch, task.rate)
    return lambda: epoch(order)


if __name__ == "__main__":
    from tests.benchmarks.run import print_lines

    print_lines(lines())
