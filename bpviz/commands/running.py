"""Training within a command: to a step, with a word on a terminal about how far it is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bpviz.commands.errors import FAILED, CommandError
from bpviz.commands.progress import Progress
from bpviz.commands.source import heading

if TYPE_CHECKING:
    from bpviz.document.experiment import Experiment
    from bpviz.document.preset import Preset
    from bpviz.document.snapshot import Snapshot
    from bpviz.engine.divergence import Divergence
    from bpviz.engine.trainer import Trainer

_BETWEEN_REPORTS = 0.1  # seconds


def seeded(experiment: Experiment, seed: int | None) -> Experiment:
    return experiment if seed is None else experiment.with_seed(seed)


def started(opened: Preset | Snapshot, seed: int | None) -> Trainer:
    """Where a document stands, with its run behind it; for a preset or with a seed, at step 0."""
    from bpviz.document.preset import Preset

    if isinstance(opened, Preset) or seed is not None:
        return seeded(heading(opened).experiment, seed).start()
    trainer = opened.trainer()
    if opened.run.taken:
        use_kernel(trainer)  # to repeat in every bit what it took
    return trainer


def use_kernel(trainer: Trainer) -> None:
    """Train by what has been compiled, if anything has; nothing is waited for."""
    from bpviz.engine.kernel import trial, warm

    if not warm.ready():
        return
    try:
        trial.try_out()
    except Exception:  # whatever numba cannot do here, NumPy can
        return
    trainer.use(_loaded)


def _loaded() -> bool:
    return True


def train_to(trainer: Trainer, step: int) -> Divergence | None:
    """Train until so many updates are made, or until training diverges."""
    from bpviz.explain.number import count, number

    divergence = None
    with Progress(sys.stderr) as progress:
        while trainer.step < step and divergence is None:
            divergence = trainer.run(step - trainer.step, _BETWEEN_REPORTS)
            place = f"epoch {count(trainer.epoch_of(trainer.step))}, step {count(trainer.step)}"
            cost = number(trainer.costs.last.training)
            progress.show(trainer.step / step, f"{place}, cost {cost}")
    return divergence


def trainer_at(opened: Preset | Snapshot, seed: int | None, step: int | None) -> Trainer:
    """The trainer after so many updates, or where it starts. Raises CommandError when training diverges
    before."""
    trainer = started(opened, seed)
    if step is None:
        return trainer
    trainer.go_to(min(step, trainer.reached))
    divergence = train_to(trainer, step)
    if divergence is not None:
        raise CommandError(diverged(divergence, trainer), FAILED)
    return trainer


def diverged(divergence: Divergence, trainer: Trainer) -> str:
    """What happened and what to try, as the window says it."""
    from bpviz.explain.advice import advice

    return advice(divergence, trainer.network, trainer.learning)
