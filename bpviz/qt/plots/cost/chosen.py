"""How a person wants to see the cost: a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Along = Literal["step", "epoch", "time"]
ALONG: tuple[Along, ...] = get_args(Along)
SPANS = {"off": 1, "light": 10, "medium": 30, "strong": 100}  # steps over which batch costs are averaged


@dataclass(frozen=True, slots=True)
class Chosen:
    """along: what the horizontal axis counts. accuracy, rate: whether they are drawn where there is any."""

    log: bool = True
    along: Along = "step"
    smoothing: str = "medium"
    accuracy: bool = True
    rate: bool = True

    @property
    def span(self) -> int:
        return SPANS[self.smoothing]
