"""What PRESET|FILE means, and how a run gets to its N-th step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bpviz.commands.errors import FAILED, CommandError

if TYPE_CHECKING:
    from bpviz.document.experiment import Experiment
    from bpviz.document.preset import Preset
    from bpviz.engine.divergence import Divergence
    from bpviz.engine.trainer import Trainer


def load(source: str) -> Preset:
    """The preset of this name, or the one in this file. An unknown name is answered with the nearest."""
    from bpviz.document.preset import load_file, load_preset, preset_names

    is_name = source in preset_names() or not looks_like_a_path(source)
    return load_preset(source) if is_name else load_file(Path(source))


def looks_like_a_path(source: str) -> bool:
    return "/" in source or "\\" in source or source.endswith(".json") or Path(source).exists()


def seeded(experiment: Experiment, seed: int | None) -> Experiment:
    return experiment if seed is None else experiment.with_seed(seed)


def trainer_at(experiment: Experiment, step: int) -> Trainer:
    """The trainer after so many updates. Raises CommandError when training diverges before."""
    trainer = experiment.start()
    if step > 0:
        divergence = trainer.run(step, float("inf"))
        if divergence is not None:
            raise CommandError(diverged(divergence, trainer), FAILED)
    return trainer


def diverged(divergence: Divergence, trainer: Trainer) -> str:
    """What happened and what to try, as the window says it."""
    from bpviz.explain.advice import advice

    return advice(divergence, trainer.network, trainer.learning)
