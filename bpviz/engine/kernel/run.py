"""Training by the kernel: from a checkpoint on, as many steps at a time as wanted, and back to a checkpoint.

Importing this module costs nothing; the first KernelRun loads what warm.py has compiled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from bpviz.engine.arrays import Array, frozen
from bpviz.engine.backprop import computed_step
from bpviz.engine.checkpoints import Checkpoint
from bpviz.engine.divergence import LIMIT, Divergence, find_divergence
from bpviz.engine.errors import EngineError
from bpviz.engine.examples import Examples
from bpviz.engine.kernel import columns
from bpviz.engine.kernel.layout import layout
from bpviz.engine.kernel.remembered import packed_memories, unpacked_memories
from bpviz.engine.kernel.slices import Slice
from bpviz.engine.kernel.workspace import Workspace
from bpviz.engine.network import Network
from bpviz.engine.optimizer import Learning

_NONE = np.zeros(0, dtype=np.int64)
_NO_SETTINGS = np.zeros(columns.SETTINGS)


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """The batch cost of each step taken, and why the next one was not if it could not be."""

    costs: Array
    divergence: Divergence | None


class KernelRun:
    """Stands before a step, as a checkpoint does. The same steps give the same bits, however they are cut."""

    def __init__(self, network: Network, learning: Learning, examples: Examples, start: Checkpoint) -> None:
        self._network, self._learning, self._examples = network, learning, examples
        self._layout = layout(network)
        first, second, self._count = packed_memories(
            self._layout, start.parameters, start.state, learning.optimizer.name
        )
        self.weights = (self._layout.packed(start.parameters), first, second)
        self._largest = min(learning.batch_size, examples.count)
        self._space = Workspace(network, examples, self._largest, self.weights, learning.optimizer.name)
        self._settings = _settings(learning)
        self.step = start.step
        self._here: Checkpoint | None = start
        self._begin(Slice(_NONE, _NONE, np.zeros(0)))

    def train(self, steps: Slice) -> Trained:
        """Take these steps, up to the first that has a number which means nothing; then stand before that."""
        steps.check(self._examples.count, self._largest)
        self._begin(steps)
        costs, made = self._take(len(steps))
        if made == len(steps):
            return Trained(frozen(costs), None)
        self.back_to(self._began + made)
        return Trained(frozen(costs[:made].copy()), self._diagnosed(made))

    def back_to(self, step: int) -> None:
        """Stand before this step again, which must be one of the last slice."""
        if not self._began <= step <= self.step:
            raise EngineError(f"step: expected from {self._began} to {self.step}, got {step}")
        for array, saved in zip(self.weights, self._saved, strict=True):
            np.copyto(array, saved)
        self.step, self._count = self._began, self._count_began
        self._here = None
        self._take(step - self._began)

    def checkpoint(self) -> Checkpoint:
        """Where training stands, in the engine's own arrays."""
        if self._here is None:
            w, first, second = self.weights
            state = unpacked_memories(
                self._layout, (first, second), self._count, self._learning.optimizer.name
            )
            self._here = Checkpoint(self.step, self._layout.unpacked(w), state)
        return self._here

    def _begin(self, steps: Slice) -> None:
        self._slice, self._began, self._count_began = steps, self.step, self._count
        self._saved = tuple(array.copy() for array in self.weights)

    def _take(self, steps: int) -> tuple[Array, int]:
        """The first steps of the slice; their costs, and how many of them were good."""
        costs = np.empty(steps)
        if steps == 0:
            return costs, 0
        made = _train()(
            self._space.layers, self._space.plan, self._settings, self._slice.rows, self._slice.ends[:steps],
            self._slice.rates, costs, self._count,
        )
        self.step += made
        self._count += made
        self._here = None
        return costs, made

    def _diagnosed(self, made: int) -> Divergence:
        """What is wrong with the step that stands before us: it is computed once more, with its record."""
        here, rate = self.checkpoint(), float(self._slice.rates[made])
        first = int(self._slice.ends[made - 1]) if made else 0
        rows = self._slice.rows[first : int(self._slice.ends[made])]
        inputs, targets = self._examples.inputs[rows], self._examples.targets[rows]
        record = computed_step(
            self._network, here.parameters, inputs, targets, self._learning, here.state, self.step, rate
        )
        # Where the record is good, something is so near to LIMIT that the order of a sum decides.
        return find_divergence(record) or Divergence(self.step, 0, "weight", LIMIT, rate)


class KernelJudge:
    """What a set of examples costs at the present position of a run."""

    def __init__(self, network: Network, run: KernelRun, examples: Examples) -> None:
        self._space = Workspace(network, examples, examples.count, run.weights, None)
        self._rows, self._ends = np.arange(examples.count), np.array([examples.count])

    def outcome(self) -> tuple[float, Array]:
        """The mean cost over all examples, and the outputs that it is the cost of."""
        cost = np.empty(1)
        _train()(
            self._space.layers, self._space.plan, _NO_SETTINGS, self._rows, self._ends, np.zeros(1), cost, 0
        )
        return float(cost[0]), self._space.outputs


def _settings(learning: Learning) -> Array:
    o = learning.optimizer
    return np.array(
        [o.momentum, o.decay, o.beta1, o.beta2, o.epsilon, learning.l1, learning.l2, o.weight_decay],
        dtype=np.float64,
    )


@cache
def _train() -> Callable[..., int]:
    from bpviz.engine.kernel.compiled import train  # imports numba

    return train
