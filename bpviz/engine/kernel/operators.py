"""What + - * / and comparisons mean between Lanes.

Told to numba by types and instructions, rather than as overloads, each of which would be compiled by itself.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from numba import types
from numba.core.typing.templates import ConcreteTemplate, infer_global, signature
from numba.extending import lower_builtin, overload

from bpviz.engine.kernel.lanes import LANES, MASK, Build, written

_NUMBER = types.float64
_PAIRS = ((LANES, LANES), (LANES, _NUMBER), (_NUMBER, LANES))
# A product that is added to something may be rounded once, where the machine can.
_FUSING = ("contract",)


def _define(
    meaning: Callable[..., Any], build: Build, kinds: tuple[tuple[Any, ...], ...], result: Any
) -> None:
    class Known(ConcreteTemplate):  # type: ignore[misc]  # numba ships no type hints
        cases = [signature(result, *arguments) for arguments in kinds]  # noqa: RUF012 - numba's own way

    infer_global(meaning)(Known)
    for arguments in kinds:
        lower_builtin(meaning, *arguments)(written(build))


def _added(builder: Any, a: Any, b: Any) -> Any:
    return builder.fadd(a, b, flags=_FUSING)


def _subtracted(builder: Any, a: Any, b: Any) -> Any:
    return builder.fsub(a, b, flags=_FUSING)


def _multiplied(builder: Any, a: Any, b: Any) -> Any:
    return builder.fmul(a, b, flags=_FUSING)


def _divided(builder: Any, a: Any, b: Any) -> Any:
    return builder.fdiv(a, b)


def _compared(sign: str) -> Build:
    return lambda builder, a, b: builder.fcmp_ordered(sign, a, b)


for _meaning, _build in (
    (operator.add, _added), (operator.sub, _subtracted), (operator.mul, _multiplied),
    (operator.truediv, _divided),
):
    _define(_meaning, _build, _PAIRS, LANES)
for _meaning, _sign in (
    (operator.gt, ">"), (operator.ge, ">="), (operator.lt, "<"), (operator.le, "<="), (operator.eq, "=="),
):
    _define(_meaning, _compared(_sign), _PAIRS, MASK)
_define(operator.neg, lambda builder, a: builder.fneg(a), ((LANES,),), LANES)
_define(operator.eq, lambda builder, a, b: builder.icmp_unsigned("==", a, b), ((MASK, MASK),), MASK)
_define(operator.and_, lambda builder, a, b: builder.and_(a, b), ((MASK, MASK),), MASK)


@overload(bool)  # type: ignore[untyped-decorator]
def _is_not_empty(several: Any) -> Any:
    """An optimizer's rule asks whether there is a memory yet; here there always is, of zeros at first."""

    def computed(several: Any) -> Any:  # noqa: ARG001 - numba wants the same name
        return True

    return computed if isinstance(several, types.UniTuple) and several.dtype == LANES else None
