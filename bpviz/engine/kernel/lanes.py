"""Eight numbers side by side, as one value of compiled code: what one machine instruction works on.

The engine's formulas are ufunc expressions on whole arrays. Compiled for Lanes, the same expressions become
vector instructions, on every machine that has any; LLVM splits them where its registers are shorter.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, models, overload, register_model

WIDTH = 8


class LanesType(types.Type):  # type: ignore[misc]  # numba ships no type hints
    """Eight float64."""

    def __init__(self) -> None:
        super().__init__(name=f"Lanes({WIDTH})")


class MaskType(types.Type):  # type: ignore[misc]
    """Eight answers of a comparison."""

    def __init__(self) -> None:
        super().__init__(name=f"Mask({WIDTH})")


LANES, MASK = LanesType(), MaskType()
DOUBLES = ir.VectorType(ir.DoubleType(), WIDTH)
INTEGERS = ir.VectorType(ir.IntType(64), WIDTH)
_BITS = ir.VectorType(ir.IntType(1), WIDTH)
_INDEX = ir.IntType(32)


@register_model(LanesType)
class _LanesModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, DOUBLES)


@register_model(MaskType)
class _MaskModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, _BITS)


def is_lanes(*kinds: Any) -> bool:
    """Whether an operation on these kinds is ours: Lanes or float64, at least one of them Lanes."""
    return LANES in kinds and all(kind == LANES or kind == types.float64 for kind in kinds)


def spread(builder: Any, value: Any) -> Any:
    """The same number in every lane; Lanes as they are."""
    if value.type == DOUBLES:
        return value
    one = builder.insert_element(ir.Constant(DOUBLES, ir.Undefined), value, _INDEX(0))
    return builder.shuffle_vector(
        one, ir.Constant(DOUBLES, ir.Undefined), ir.Constant(ir.VectorType(_INDEX, WIDTH), [0] * WIDTH)
    )


def made(result: Any, build: Callable[[Any, list[Any]], Any], name: str) -> Any:
    """An operation on Lanes and numbers that build(builder, [Lanes, ...]) writes as one instruction."""

    def typed(_context: Any, *kinds: Any) -> Any:
        def write(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
            return build(builder, [spread(builder, value) for value in values])

        return result(*kinds), write

    unary = eval("lambda context, a: typed(context, a)", {"typed": typed})
    return unary


@intrinsic  # type: ignore[untyped-decorator]
def load(_context: Any, array: Any, at: Any) -> Any:
    """The eight numbers of a flat array from a place on. Nothing looks whether they are inside."""

    def write(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return builder.load(_pointer(context, builder, signature, values, DOUBLES), align=8)

    return LANES(array, at), write


@intrinsic  # type: ignore[untyped-decorator]
def store(_context: Any, array: Any, at: Any, value: Any) -> Any:
    """Write eight numbers into a flat array from a place on."""

    def write(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        pointer = _pointer(context, builder, signature, values, DOUBLES)
        builder.store(spread(builder, values[2]), pointer, align=8)
        return context.get_dummy_value()

    return types.void(array, at, value), write


@intrinsic  # type: ignore[untyped-decorator]
def number(_context: Any, array: Any, at: Any) -> Any:
    """The one number of a flat array at a place, without looking whether it is inside."""

    def write(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return builder.load(_pointer(context, builder, signature, values, ir.DoubleType()), align=8)

    return types.float64(array, at), write


@intrinsic  # type: ignore[untyped-decorator]
def put(_context: Any, array: Any, at: Any, value: Any) -> Any:
    """Write one number into a flat array at a place, without looking whether it is inside."""

    def write(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        pointer = _pointer(context, builder, signature, values, ir.DoubleType())
        builder.store(values[2], pointer, align=8)
        return context.get_dummy_value()

    return types.void(array, at, value), write


def _pointer(context: Any, builder: Any, signature: Any, values: Any, kind: Any) -> Any:
    array = context.make_array(signature.args[0])(context, builder, value=values[0])
    place = builder.gep(array.data, [values[1]])
    return builder.bitcast(place, kind.as_pointer())
