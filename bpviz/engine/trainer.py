"""Trains step by step, and runs on.

run() leaves its steps to the kernel where there is one. Every step taken by itself is NumPy's; so is the word
on whether a step diverges, of which the kernel has but a suspicion.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from bpviz.engine import tempo
from bpviz.engine.divergence import Divergence, find_divergence
from bpviz.engine.line import LONGEST
from bpviz.engine.path import after
from bpviz.engine.run import Run
from bpviz.engine.tempo import Race, Tempo

if TYPE_CHECKING:
    from bpviz.engine.kernel.run import KernelRun, Trained


class Trainer(Run):
    """A run that goes on."""

    def advance(self) -> Divergence | None:
        """Take the present step, unless its numbers or those of the step after it would mean nothing.

        Then the position stays: the shown record is the last whose numbers are good. Only at the start and
        after a change can the present step itself be the one that fails.
        """
        if self.divergence is None:
            self.divergence = self._attempt()
        return self.divergence

    def use(self, kernel_loaded: Callable[[], bool]) -> None:
        """Let the kernel train from when on this says that it is loaded, which is for good."""
        self._path.kernel_loaded = kernel_loaded

    def run(
        self, steps: int | None, seconds: float, clock: Callable[[], float] = time.perf_counter
    ) -> Divergence | None:
        """Up to `steps` steps or until the time is spent, at least one; steps=1 is what advance() does."""
        if steps != 1 and self._path.kernel_loaded():
            return self._run_by_kernel(steps, seconds, clock)
        until = clock() + seconds
        done = 0
        while steps is None or done < steps:
            divergence = self.advance()
            if divergence is not None:
                return divergence
            done += 1
            if clock() >= until:
                break
        return None

    def _attempt(self) -> Divergence | None:
        """Move on by one step, or say why that cannot be."""
        if self.step < self.reached:
            self._repeat(1)
            return None
        present = self.record()
        divergence = self._spoiled()
        if divergence is not None:
            return divergence
        following = after(present)
        record = self._path.record(following)
        divergence = find_divergence(record)
        if divergence is None:
            self._path.passage.take(self.step, by_kernel=False)
            self._place(following, record)
            self.reached = self._sound = self.step
            self.costs.put_step(present.cost)
            self._checkpoints.offer(following)
            if self._path.course.begins_epoch(self.step):
                self.costs.put_epoch(self.step, *self._judge.judged(self.parameters))
        return divergence

    def _spoiled(self) -> Divergence | None:
        """Why the present step cannot be taken; nothing of a step that is known to be good."""
        return find_divergence(self.record()) if self._sound < self.step else None

    def _run_by_kernel(
        self, steps: int | None, seconds: float, clock: Callable[[], float]
    ) -> Divergence | None:
        """run() in slices, each as long as the time that is left, by how long the last one took."""
        end = None if steps is None else self.step + steps
        now = clock()
        until = now + seconds
        self.divergence = self.divergence or self._spoiled()
        while self.divergence is None and self.step != end:
            began, before = now, self.step
            race = self._race
            if race is not None and race.numpy_next():
                self.advance()
                now = clock()
                race.put_numpy(now - began)
            else:
                most = LONGEST if end is None else end - before
                self._leap(self._tempo.steps_within(until - now, most))
                now = clock()
                self._tempo.put(now - began, self.step - before)
                if race is not None:
                    race.put_compiled((now - began) / max(1, self.step - before))
            # The last step is not left for later: asked for alone it would be NumPy's, by the clock's whim.
            if now >= until and self.step + 1 != end:
                break
        if self.divergence is None:
            self._settle()
        return self.divergence

    @property
    def _race(self) -> Race | None:
        """Between compiled code and NumPy, where BLAS may be ahead. Elsewhere nothing about a run depends on
        how long its steps take; what has been taken before is repeated by who took it."""
        batch = min(self.learning.batch_size, self.train.count)
        if self.step < self.reached or batch * self.network.edges < tempo.CONTESTED:
            return None
        return self._races.setdefault(batch, Race())

    @cached_property
    def _races(self) -> dict[int, Race]:
        """By the size of a batch."""
        return {}

    @cached_property
    def _tempo(self) -> Tempo:
        return Tempo()

    def _leap(self, most: int) -> None:
        """Up to so many steps at once. Where the kernel finds one spoiled, NumPy tries those next to it."""
        if self.step < self.reached:
            self._repeat(most)
            return
        run = self._path.line.at(self._here)
        trained = self._path.line.train(self._here, min(most, self._slice_left))
        good = len(trained.costs)
        if trained.divergence is None:
            self._enter(run, trained)
            return
        if good > 1:
            run.back_to(run.step - 1)
            self._enter(run, trained.first(good - 1))
        elif good == 0 and self._sound < self.step:
            self._retreat()
        self.advance()

    @property
    def _slice_left(self) -> int:
        """The steps until it is time for another checkpoint: any run has a hundred and more to look at."""
        return min(LONGEST, max(1, self.step // 128))

    def _enter(self, run: KernelRun, trained: Trained) -> None:
        """Stand where the kernel does, after these steps."""
        first = self.step
        self._path.passage.take(first, by_kernel=True)
        self._place(run.checkpoint(), None)
        self.reached = self.step
        self.costs.put_steps(trained.costs)
        self._checkpoints.offer(self._here)
        if len(trained.judged):
            self.costs.put_epochs(first + 1 + trained.judged, self._judge.rows(trained.verdicts))

    def _settle(self) -> None:
        """Stay where the kernel has led only if the record there is good."""
        if self._spoiled() is None:
            self._sound = max(self._sound, self.step)
        else:
            self._retreat()
            self.advance()

    def _retreat(self) -> None:
        """Undo the kernel's last step."""
        step = self.step - 1
        self._place(self._path.repeated(self._checkpoints.nearest(step), step), None)
        self._forget_later()

    def _repeat(self, most: int) -> None:
        """Up to so many steps that have been taken before, as they were taken."""
        if self._path.by_kernel(self.step):
            goal = self._path.alike_until(self.step, min(self.step + most, self.reached))
            self._place(self._path.repeated(self._here, goal), None)
        else:
            self._place(after(self.record()), None)
