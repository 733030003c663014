"""Reading and writing memory from compiled code, one number or eight, without a look at any bounds.

A place is an address counted in float64: the place of a[k] is place_of(a) + k. numba's own indexing asks of
every index whether it counts from the end, and passes arrays on with their shape, strides and owner; that
costs more than the arithmetic of a small network.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from bpviz.engine.kernel.lanes import DOUBLES, LANES, spread

_BYTES = 8  # of a float64; any multiple of it will do for eight of them, too
_SHIFT = ir.Constant(ir.IntType(64), 3)


@intrinsic  # type: ignore[untyped-decorator]
def place_of(_context: Any, array: Any) -> Any:
    """Where a flat float64 array begins. It must live as long as its place is used."""

    def write(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, value=values[0]).data
        return builder.lshr(builder.ptrtoint(data, ir.IntType(64)), _SHIFT)

    return types.int64(array), write


@intrinsic  # type: ignore[untyped-decorator]
def load(_context: Any, _place: Any) -> Any:
    """The eight numbers from a place on."""

    def write(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        return builder.load(_pointer(builder, values[0], DOUBLES), align=_BYTES)

    return LANES(types.int64), write


@intrinsic  # type: ignore[untyped-decorator]
def load_spread(_context: Any, _place: Any) -> Any:
    """The number at a place, in every lane."""

    def write(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        return spread(builder, builder.load(_pointer(builder, values[0], ir.DoubleType()), align=_BYTES))

    return LANES(types.int64), write


@intrinsic  # type: ignore[untyped-decorator]
def load_number(_context: Any, _place: Any) -> Any:
    """The number at a place."""

    def write(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        return builder.load(_pointer(builder, values[0], ir.DoubleType()), align=_BYTES)

    return types.float64(types.int64), write


@intrinsic  # type: ignore[untyped-decorator]
def store(_context: Any, _place: Any, _value: Any) -> Any:
    """Write eight numbers from a place on."""

    def write(context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        builder.store(values[1], _pointer(builder, values[0], DOUBLES), align=_BYTES)
        return context.get_dummy_value()

    return types.void(types.int64, LANES), write


@intrinsic  # type: ignore[untyped-decorator]
def store_number(_context: Any, _place: Any, _value: Any) -> Any:
    """Write one number at a place."""

    def write(context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        builder.store(values[1], _pointer(builder, values[0], ir.DoubleType()), align=_BYTES)
        return context.get_dummy_value()

    return types.void(types.int64, types.float64), write


def _pointer(builder: Any, place: Any, kind: Any) -> Any:
    return builder.inttoptr(builder.shl(place, _SHIFT), kind.as_pointer())
