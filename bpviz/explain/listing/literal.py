"""Arrays and numbers as program text, with all their digits."""

from __future__ import annotations

import math
import textwrap

from bpviz.engine.arrays import Array

WIDTH = 60         # characters a line, where that is possible
_MOST_SHOWN = 12   # larger arrays are folded without writing them out


def exact(x: float) -> str:
    """x with all its digits; read back, they give exactly x."""
    return repr(float(x)) if math.isfinite(x) else f'float("{float(x)}")'


def brief(name: str, array: Array, width: int = 40) -> str | None:
    """The assignment on one line, where it is short enough to be looked at; else None."""
    if array.size > _MOST_SHOWN:
        return None
    text = f"{name} = np.array({_nested(array)})"
    return text if len(text) <= width else None


def folded(name: str, array: Array) -> str:
    """What is shown of a long one: "Wh = np.array([...])  # 64 x 32"."""
    return f"{name} = np.array([...])  # {shape(array)}"


def written(name: str, array: Array) -> str:
    """The assignment in full, a row of the array on a line of its own where one line would be too long."""
    if array.ndim == 0:
        return f"{name} = {exact(float(array))}"
    text = f"{name} = np.array({_nested(array)})"
    if len(text) <= WIDTH:
        return text
    rows = [_nested(row) for row in array] if array.ndim > 1 else [", ".join(exact(x) for x in array)]
    return "\n".join([f"{name} = np.array([", *(_row(row) for row in rows), "])"])


def shape(array: Array) -> str:
    """ "64 x 32", or "32" for what has one row only."""
    return " x ".join(str(size) for size in array.shape)


def _row(row: str) -> str:
    return textwrap.fill(
        f"{row},", WIDTH, initial_indent="    ", subsequent_indent="     ",
        break_long_words=False, break_on_hyphens=False,
    )


def _nested(array: Array) -> str:
    if array.ndim == 1:
        return f"[{', '.join(exact(x) for x in array)}]"
    return f"[{', '.join(_nested(row) for row in array)}]"
