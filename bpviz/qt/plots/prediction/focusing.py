"""Chooses the example that a click on a point means."""

from __future__ import annotations

import numpy as np

from bpviz.explain.number import count
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight


def focus_on(session: Session, spotlight: Spotlight, row: int, held_out: bool) -> str:
    """Show this row of its set, if the present step learns from it; returns why not, or nothing."""
    if held_out:
        return "Validation: no step learns from it."
    trainer = session.trainer
    found = np.flatnonzero(trainer.batch_rows(trainer.step) == row)
    if not found.size:
        return f"Not in the batch of step {count(trainer.step)}."
    spotlight.set_example(int(found[0]))
    return ""
