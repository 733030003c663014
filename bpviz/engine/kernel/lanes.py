"""Eight numbers side by side, as one value of compiled code: what one machine instruction works on.

The engine's formulas are ufunc expressions on whole arrays. Compiled for Lanes, the same expressions become
vector instructions, on every machine that has any; LLVM splits them where its registers are shorter.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic, models, register_model

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
Build = Callable[..., Any]


@register_model(LanesType)
class _LanesModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, DOUBLES)


@register_model(MaskType)
class _MaskModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, _BITS)


def integers(value: int) -> Any:
    """The same whole number in every lane, known when compiling."""
    return ir.Constant(INTEGERS, [value] * WIDTH)


def spread(builder: Any, value: Any) -> Any:
    """The same number in every lane; Lanes as they are."""
    if value.type == DOUBLES:
        return value
    nothing = ir.Constant(DOUBLES, ir.Undefined)
    first = builder.insert_element(nothing, value, _INDEX(0))
    return builder.shuffle_vector(first, nothing, _order([0] * WIDTH))


def unary(build: Build, result: Any = LANES) -> Any:
    """The operation on Lanes that build(builder, a) writes in LLVM's instructions."""

    @intrinsic  # type: ignore[untyped-decorator]
    def operation(_context: Any, a: Any) -> Any:
        return result(a), written(build)

    return operation


def binary(build: Build, result: Any = LANES) -> Any:
    """The operation on two, of which one may be a number."""

    @intrinsic  # type: ignore[untyped-decorator]
    def operation(_context: Any, a: Any, b: Any) -> Any:
        return result(a, b), written(build)

    return operation


def ternary(build: Build) -> Any:
    """The operation on three, of which some may be numbers."""

    @intrinsic  # type: ignore[untyped-decorator]
    def operation(_context: Any, a: Any, b: Any, c: Any) -> Any:
        return LANES(a, b, c), written(build)

    return operation


def written(build: Build) -> Build:
    """As numba wants instructions written; numbers among what they work on are spread first."""

    def write(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        return build(builder, *(v if v.type == _BITS else spread(builder, v) for v in values))

    return write


def llvm(name: str, count: int) -> Build:
    """LLVM's own function of that name, element by element."""
    kind = ir.FunctionType(DOUBLES, [DOUBLES] * count)
    full = f"llvm.{name}.v{WIDTH}f64"

    def build(builder: Any, *values: Any) -> Any:
        known = builder.module.globals.get(full)
        return builder.call(known or ir.Function(builder.module, kind, full), values)

    return build


def _order(places: list[int]) -> Any:
    return ir.Constant(ir.VectorType(_INDEX, WIDTH), places)


def _summed(builder: Any, value: Any) -> Any:
    half = WIDTH // 2
    while half:
        moved = builder.shuffle_vector(value, value, _order([(k + half) % WIDTH for k in range(WIDTH)]))
        value = builder.fadd(value, moved)
        half //= 2
    return builder.extract_element(value, _INDEX(0))


@intrinsic  # type: ignore[untyped-decorator]
def total(_context: Any, value: Any) -> Any:
    """The sum of all lanes, always in the same order: by halves."""

    def write(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        return _summed(builder, values[0])

    return types.float64(value), write


@intrinsic  # type: ignore[untyped-decorator]
def all_true(_context: Any, mask: Any) -> Any:
    """Whether every lane answered yes."""

    def write(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        whole = builder.bitcast(values[0], ir.IntType(WIDTH))
        return builder.icmp_unsigned("==", whole, ir.Constant(ir.IntType(WIDTH), 2**WIDTH - 1))

    return types.boolean(mask), write


@intrinsic  # type: ignore[untyped-decorator]
def lanes(_context: Any, _value: Any) -> Any:
    """A number as Lanes."""

    def write(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        return spread(builder, values[0])

    return LANES(types.float64), write
