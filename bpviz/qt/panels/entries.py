"""What a person may type or step to for rate, batch size, seed and shares, or else the sentence for it."""

from __future__ import annotations

import math

from bpviz.document.editing import MOST_UNITS
from bpviz.document.limits import LARGEST_SEED, LARGEST_SHARE
from bpviz.explain.number import count

SMALLEST_RATE = 1e-9
LARGEST_RATE = 1000.0
ALL = "all"


class EntryError(ValueError):
    """An entry that cannot be used. Its text is one sentence that says what can."""


def read_rate(text: str) -> float:
    """A learning rate: a number above 0. A decimal comma is understood."""
    try:
        rate = float(text.strip().replace(",", "."))
    except ValueError:
        raise EntryError("Type a number above 0, such as 0.1 or 1e-3.") from None
    if not math.isfinite(rate) or not 0.0 < rate <= LARGEST_RATE:
        raise EntryError("The rate must be above 0 and at most 1000.")
    return rate


def step_rate(rate: float, steps: int) -> float:
    """The rate so many places along 0.01, 0.03, 0.1, 0.3, 1, ...; from between two, to a neighbour."""
    place = _place(rate)
    below = math.floor(place + 1e-9)
    on_the_series = abs(place - round(place)) < 1e-9
    goal = below + steps if steps > 0 or on_the_series else below + 1 + steps
    exponent, three = divmod(goal, 2)
    return min(LARGEST_RATE, max(SMALLEST_RATE, float(f"{3 if three else 1}e{exponent}")))


def _place(rate: float) -> float:
    """Where a rate stands on the series: 1 is 0, 3 is 1, 10 is 2, 0.3 is -1."""
    exponent = math.floor(math.log10(rate) + 1e-12)
    share = rate / 10.0**exponent
    if share < 3.0 - 1e-9:
        return 2 * exponent + max(0.0, math.log(share) / math.log(3.0))
    return 2 * exponent + 1 + max(0.0, math.log(share / 3.0) / math.log(10.0 / 3.0))


def read_batch(text: str, examples: int) -> int:
    """A batch size from 1 to all examples; `all` is understood."""
    word = text.strip().lower().replace(",", "")
    if word.startswith(ALL):
        return examples
    size = _whole(word)
    if size is None or not 1 <= size <= examples:
        raise EntryError(f"Type a whole number from 1 to {count(examples)}, or “{ALL}”.")
    return size


def step_batch(size: int, steps: int, examples: int) -> int:
    return min(examples, max(1, min(size, examples) + steps))


def read_seed(text: str) -> int:
    """A seed: a whole number that is not negative."""
    seed = _whole(text.strip().replace(",", ""))
    if seed is None or not 0 <= seed <= LARGEST_SEED:
        raise EntryError("Type a whole number that is not negative, such as 7.")
    return seed


def step_seed(seed: int, steps: int) -> int:
    return min(LARGEST_SEED, max(0, seed + steps))


def read_units(text: str) -> int:
    """How many units a hidden layer is to have."""
    units = _whole(text.strip().replace(",", ""))
    if units is None or not 1 <= units <= MOST_UNITS:
        raise EntryError(f"Type a whole number from 1 to {count(MOST_UNITS)}.")
    return units


def read_share(text: str) -> float:
    """A share of the examples, typed in percent; its sign may be left out."""
    try:
        percent = float(text.strip().removesuffix("%").replace(",", "."))
    except ValueError:
        percent = math.nan
    if not 0.0 <= percent <= 100 * LARGEST_SHARE:
        raise EntryError(f"Type a percentage from 0 to {100 * LARGEST_SHARE:g}.")
    return percent / 100


def step_share(share: float, steps: int) -> float:
    """The next multiple of 5 % so many steps on."""
    place = 20 * share
    goal = math.floor(place + 1e-9) + steps if steps > 0 else math.ceil(place - 1e-9) + steps
    return min(LARGEST_SHARE, max(0.0, goal / 20))


def _whole(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None
