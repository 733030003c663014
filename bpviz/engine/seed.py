"""Random numbers from the one seed of an experiment: each use of it has a stream of its own."""

from __future__ import annotations

import numpy as np

from bpviz.engine.errors import EngineError

SPLIT = 0  # which examples are held out: document/dataset.py
BATCHES = 1
WEIGHTS = 2
GENERATED = 3  # data sets that are made: document/generators.py
DIRECTIONS = 4  # through the space of all weights: explain/directions.py


def check_seed(seed: int) -> None:
    """Raises EngineError for a seed that no stream can begin from."""
    if seed < 0:
        raise EngineError(f"seed: expected 0 or more, got {seed}")


def stream(seed: int, *path: int) -> np.random.Generator:
    """The same numbers for the same seed and path, whatever else has been drawn."""
    check_seed(seed)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *path])))
