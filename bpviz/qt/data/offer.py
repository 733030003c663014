"""What a page of the data window has ready to be learned from, or why it has nothing."""

from __future__ import annotations

from dataclasses import dataclass

from bpviz.document.dataset import Dataset
from bpviz.document.source import Source


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """Source and data set come together, or a reason instead of them, as a sentence.

    trouble: whether the reason is a fault to mend, rather than that nothing has been chosen yet.
    """

    source: str | Source | None = None
    dataset: Dataset | None = None
    reason: str = ""
    trouble: bool = False
