"""What + - * / and comparisons mean between Lanes."""

from __future__ import annotations

import operator
from typing import Any

from numba import types
from numba.extending import overload

from bpviz.engine.kernel.lanes import LANES, MASK, are_lanes, binary, unary


def _install(python_operator: Any, operation: Any) -> None:
    @overload(python_operator)  # type: ignore[untyped-decorator]
    def chosen(a: Any, b: Any) -> Any:
        def computed(a: Any, b: Any) -> Any:
            return operation(a, b)

        return computed if are_lanes(a, b) else None


def _compared(sign: str) -> Any:
    return binary(lambda builder, a, b: builder.fcmp_ordered(sign, a, b), MASK)


# "contract": a product that is added to something may be rounded once, where the machine can.
for _operator, _name in (
    (operator.add, "fadd"), (operator.sub, "fsub"), (operator.mul, "fmul"), (operator.truediv, "fdiv"),
):
    _install(
        _operator,
        binary(lambda builder, a, b, name=_name: getattr(builder, name)(a, b, flags=("contract",))),
    )
for _operator, _sign in (
    (operator.gt, ">"), (operator.ge, ">="), (operator.lt, "<"), (operator.le, "<="), (operator.eq, "=="),
):
    _install(_operator, _compared(_sign))

_negated = unary(lambda builder, a: builder.fneg(a))


@overload(operator.neg)  # type: ignore[untyped-decorator]
def _neg(a: Any) -> Any:
    def computed(a: Any) -> Any:
        return _negated(a)

    return computed if a == LANES else None

_both = binary(lambda builder, a, b: builder.and_(a, b), MASK)


@overload(operator.and_)  # type: ignore[untyped-decorator]
def _and(a: Any, b: Any) -> Any:
    def computed(a: Any, b: Any) -> Any:
        return _both(a, b)

    return computed if a == MASK and b == MASK else None


@overload(bool)  # type: ignore[untyped-decorator]
def _not_empty(several: Any) -> Any:
    """An optimizer's rule asks whether there is a memory yet; here there always is, of zeros at first."""

    def computed(several: Any) -> Any:
        return True

    return computed if isinstance(several, types.UniTuple) and several.dtype == LANES else None
