"""The engine's formulas, compiled for Lanes as they stand: the same Python code, with other functions in it.

A formula is a ufunc expression on whole arrays. Its code is bound anew to names of another meaning: `np` is
elementary.py, and helpers of its module are bound likewise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any

import numpy as np

from bpviz.engine.kernel import elementary
from bpviz.engine.kernel.jit import jit


@jit
def unchanged(value: Any) -> Any:
    """What is left of a sum over the outputs where each output is looked at by itself."""
    return value


def on_lanes(function: Callable[..., Any], instead: Mapping[str, Any]) -> Any:
    """The function compiled for Lanes. instead: what names of its module stand for here, besides np."""
    assert isinstance(function, FunctionType)
    known = function.__globals__
    bound: dict[str, Any] = {"np": elementary, **instead}
    for name in function.__code__.co_names:
        value = known.get(name)
        if name in bound or value is None or value is np:
            continue
        bound[name] = on_lanes(value, instead) if isinstance(value, FunctionType) else value
    return jit(FunctionType(function.__code__, bound, function.__name__))
