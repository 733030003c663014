"""Training by the kernel: from a checkpoint on, as many steps at a time as wanted, and back to a checkpoint.

Importing this module costs nothing; the first KernelRun loads what warm.py has compiled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from bpviz.engine.arrays import Array, frozen
from bpviz.engine.backprop import computed_step
from bpviz.engine.checkpoints import Checkpoint
from bpviz.engine.divergence import LIMIT, Divergence, find_divergence
from bpviz.engine.errors import EngineError
from bpviz.engine.examples import Examples
from bpviz.engine.kernel.held import held_places
from bpviz.engine.kernel.layout import layout
from bpviz.engine.kernel.remembered import packed_memories, unpacked_memories
from bpviz.engine.kernel.slices import Slice, Whole
from bpviz.engine.kernel.whole import WholeSets
from bpviz.engine.kernel.workspace import Workspace
from bpviz.engine.network import Network
from bpviz.engine.optimizer import OPTIMIZERS, Learning

_NONE = np.zeros(0, dtype=np.int64)
_OPTIMIZERS = list(OPTIMIZERS)


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """What came of a slice's steps, up to the first that could not be taken.

    costs: the batch cost of each. After step judged[i] of the slice verdicts[i] tells of each whole set, its
    mean cost and the share told right, (times, sets, 2).
    """

    costs: Array
    judged: Whole
    verdicts: Array
    divergence: Divergence | None

    def first(self, steps: int) -> Trained:
        """The same for the first steps only."""
        told = int(np.searchsorted(self.judged, steps))
        return Trained(self.costs[:steps], self.judged[:told], self.verdicts[:told], None)


class KernelRun:
    """Stands before a step, as a checkpoint does. The same steps give the same bits, however they are cut."""

    def __init__(
        self, network: Network, learning: Learning, examples: Examples, start: Checkpoint,
        sets: tuple[Examples, ...] = (),
    ) -> None:
        self._network, self._learning, self._examples, self._sets = network, learning, examples, sets
        self._layout = layout(network)
        first, second, self._count = packed_memories(
            self._layout, start.parameters, start.state, learning.optimizer.name
        )
        self._weights = (self._layout.packed(start.parameters), first, second)
        self._largest = min(learning.batch_size, examples.count)
        self._held = held_places(self._layout, learning.frozen, self._weights)
        self._space = Workspace(network, examples, self._largest, self._weights)
        self._whole = WholeSets(network, (), self._weights)
        self._optimizer, self._settings = _OPTIMIZERS.index(learning.optimizer.name), _settings(learning)
        self.step = start.step
        self._here: Checkpoint | None = start
        self._begin(Slice(_NONE, _NONE, np.zeros(0)))

    def train(self, steps: Slice) -> Trained:
        """Take these steps, up to the first that has a number which means nothing; then stand before that."""
        steps.check(self._examples.count, self._largest)
        self._begin(steps)
        trained, made = self._take(len(steps), steps.judged)
        if made == len(steps):
            return trained
        self.back_to(self._began + made)
        return replace(trained.first(made), divergence=self._diagnosed(made))

    def back_to(self, step: int) -> None:
        """Stand before this step again, which must be one of the last slice."""
        if not self._began <= step <= self.step:
            raise EngineError(f"step: expected from {self._began} to {self.step}, got {step}")
        for array, saved in zip(self._weights, self._saved, strict=True):
            np.copyto(array, saved)
        self.step, self._count = self._began, self._count_began
        self._here = None
        self._take(step - self._began, _NONE)

    def checkpoint(self) -> Checkpoint:
        """Where training stands, in the engine's own arrays."""
        if self._here is None:
            w, first, second = self._weights
            state = unpacked_memories(
                self._layout, (first, second), self._count, self._learning.optimizer.name
            )
            self._here = Checkpoint(self.step, self._layout.unpacked(w), state)
        return self._here

    def _begin(self, steps: Slice) -> None:
        self._slice, self._began, self._count_began = steps, self.step, self._count
        self._saved = tuple(array.copy() for array in self._weights)

    def _take(self, steps: int, judged: Whole) -> tuple[Trained, int]:
        """The first steps of the slice: what came of them, and how many of them were good."""
        if len(judged) and not len(self._whole.plans):  # a run that only repeats never needs them
            self._whole = WholeSets(self._network, self._sets, self._weights)
        costs, verdicts, made = np.empty(steps), self._whole.verdicts(len(judged)), 0
        if steps:
            made = _train()(
                self._space.layers, self._space.plan, self._optimizer, self._settings, self._slice.rows,
                self._slice.ends[:steps], self._slice.rates, costs, self._count, *self._held, judged,
                self._whole.layers, self._whole.plans, verdicts,
            )
            self.step += made
            self._count += made
            self._here = None
        return Trained(frozen(costs), judged, frozen(verdicts), None), made

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
