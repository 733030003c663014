"""Reading and writing flat arrays from compiled code, one number or eight, without a look at their bounds.

numba's own indexing asks of every place whether it counts from the end; that costs more than the arithmetic.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from bpviz.engine.kernel.lanes import DOUBLES, LANES, spread

_ALIGNMENT = 8  # any place of a float64 array will do


@intrinsic  # type: ignore[untyped-decorator]
def load(_context: Any, array: Any, _at: Any) -> Any:
    """The eight numbers from a place on."""

    def write(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return builder.load(_pointer(context, builder, signature, values, DOUBLES), align=_ALIGNMENT)

    return LANES(array, types.intp), write


@intrinsic  # type: ignore[untyped-decorator]
def spread_from(_context: Any, array: Any, _at: Any) -> Any:
    """The number at a place, in every lane."""

    def write(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return spread(builder, builder.load(_pointer(context, builder, signature, values, ir.DoubleType())))

    return LANES(array, types.intp), write


@intrinsic  # type: ignore[untyped-decorator]
def number_at(_context: Any, array: Any, _at: Any) -> Any:
    """The number at a place."""

    def write(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return builder.load(_pointer(context, builder, signature, values, ir.DoubleType()))

    return types.float64(array, types.intp), write


@intrinsic  # type: ignore[untyped-decorator]
def store(_context: Any, array: Any, _at: Any, _value: Any) -> Any:
    """Write eight numbers from a place on."""

    def write(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        builder.store(values[2], _pointer(context, builder, signature, values, DOUBLES), align=_ALIGNMENT)
        return context.get_dummy_value()

    return types.void(array, types.intp, LANES), write


@intrinsic  # type: ignore[untyped-decorator]
def put(_context: Any, array: Any, _at: Any, _value: Any) -> Any:
    """Write one number at a place."""

    def write(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        builder.store(values[2], _pointer(context, builder, signature, values, ir.DoubleType()))
        return context.get_dummy_value()

    return types.void(array, types.intp, types.float64), write


def _pointer(context: Any, builder: Any, signature: Any, values: Any, kind: Any) -> Any:
    array = context.make_array(signature.args[0])(context, builder, value=values[0])
    return builder.bitcast(builder.gep(array.data, [values[1]]), kind.as_pointer())
