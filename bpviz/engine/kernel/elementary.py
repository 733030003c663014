"""NumPy's functions for Lanes, under NumPy's names, so that the engine's formulas find them.

exp, expm1, tanh, log and log1p are evaluated for eight numbers at once, without a branch: the argument is
brought near 0 or 1 by a power of two, where a polynomial is as good as the last bit or two. They are within
4 units in the last place of NumPy's (tested); exp and expm1 for arguments up to 708, exp(x) is 0 below -708,
log and log1p for what costs ask of them: normal numbers above 0, and arguments from -1 to 1.
"""

from __future__ import annotations

import math
import struct
from typing import Any

from bpviz.engine.kernel import operators  # noqa: F401 - so that Lanes can be calculated with
from bpviz.engine.kernel.jit import jit
from bpviz.engine.kernel.lanes import (
    DOUBLES,
    INTEGERS,
    binary,
    integers,
    lanes,
    llvm,
    ternary,
    unary,
)

_LOG2_E = 1.0 / math.log(2.0)
_LN2_HIGH = 6.93147180369123816490e-01  # its last 21 bits are 0: a small whole number of it is exact
_LN2_LOW = 1.90821492927058770002e-10
_ROUNDER = 1.5 * 2.0**52  # adding it leaves the nearest whole number in the last bits
_FURTHEST = 708.0  # e to this is still a normal number, on both sides
_INF = math.inf
_BITS_OF_SQRT_HALF = struct.unpack("<q", struct.pack("<d", math.sqrt(0.5)))[0]
_F2, _F3, _F4, _F5, _F6, _F7, _F8, _F9, _F10, _F11, _F12, _F13 = (1 / math.factorial(k) for k in range(2, 14))
_O1, _O2, _O3, _O4, _O5, _O6, _O7, _O8, _O9, _O10 = (2 / (2 * k + 1) for k in range(1, 11))

where = ternary(lambda builder, mask, a, b: builder.select(mask, a, b))
maximum = binary(lambda builder, a, b: builder.select(builder.fcmp_ordered(">", a, b), a, b))
minimum = binary(lambda builder, a, b: builder.select(builder.fcmp_ordered("<", a, b), a, b))
abs = unary(llvm("fabs", 1))  # NumPy's name
sqrt = unary(llvm("sqrt", 1))
sin = unary(llvm("sin", 1))
cos = unary(llvm("cos", 1))
_with_sign_of = binary(llvm("copysign", 2))


def _to_power_of_two(builder: Any, shifted: Any) -> Any:
    """2^k from k + _ROUNDER: k, moved to where a float64 keeps its exponent."""
    bits = builder.add(builder.bitcast(shifted, INTEGERS), integers(1023))
    return builder.bitcast(builder.shl(bits, integers(52)), DOUBLES)


def _exponent_bits(builder: Any, x: Any) -> Any:
    """k in x = 2^k m, m between sqrt(1/2) and sqrt(2)."""
    above = builder.sub(builder.bitcast(x, INTEGERS), integers(_BITS_OF_SQRT_HALF))
    return builder.ashr(above, integers(52))


_power_of_two = unary(_to_power_of_two)
_exponent = unary(lambda builder, x: builder.sitofp(_exponent_bits(builder, x), DOUBLES))
_mantissa = unary(
    lambda builder, x: builder.bitcast(
        builder.sub(
            builder.bitcast(x, INTEGERS), builder.shl(_exponent_bits(builder, x), integers(52))
        ),
        DOUBLES,
    )
)


@jit
def ones_like(_x: Any) -> Any:
    return lanes(1.0)


@jit
def sign(x: Any) -> Any:
    return where(x > 0.0, 1.0, where(x < 0.0, -1.0, 0.0))


@jit
def clip(x: Any, low: Any, high: Any) -> Any:
    return minimum(maximum(x, low), high)


@jit
def _reduced(x: Any) -> Any:
    """(2^k, e^r - 1) where x = k ln 2 + r, |r| at most ln(2) / 2: Taylor's series, its terms in groups."""
    shifted = x * _LOG2_E + _ROUNDER
    k = shifted - _ROUNDER
    r = (x - k * _LN2_HIGH) - k * _LN2_LOW
    r2 = r * r
    r4 = r2 * r2
    low = (_F2 + r * _F3) + r2 * (_F4 + r * _F5)
    middle = (_F6 + r * _F7) + r2 * (_F8 + r * _F9)
    high = (_F10 + r * _F11) + r2 * (_F12 + r * _F13)
    return _power_of_two(shifted), r + r2 * (low + r4 * (middle + r4 * high))


@jit
def exp(x: Any) -> Any:
    scale, p = _reduced(minimum(_FURTHEST, maximum(-_FURTHEST, x)))
    e = scale * p + scale
    return where(x < -_FURTHEST, 0.0, where(x > _FURTHEST, _INF, e))


@jit
def expm1(x: Any) -> Any:
    scale, p = _reduced(minimum(_FURTHEST, maximum(-_FURTHEST, x)))
    return where(x > _FURTHEST, _INF, scale * p + (scale - 1.0))


@jit
def tanh(x: Any) -> Any:
    """e / (e + 2) where e = exp(2|x|) - 1; beyond 20 it is 1 to the last bit."""
    scale, p = _reduced(2.0 * minimum(20.0, abs(x)))
    e = scale * p + (scale - 1.0)
    return _with_sign_of(e / (e + 2.0), x)


@jit
def log(x: Any) -> Any:
    """k ln 2 + ln(1 + f), f from the mantissa; ln(1 + f) = 2 artanh(f / (2 + f)), a series of odd powers."""
    k, f = _exponent(x), _mantissa(x) - 1.0
    s = f / (2.0 + f)
    t = s * s
    t2 = t * t
    t4 = t2 * t2
    low = (_O1 + t * _O2) + t2 * (_O3 + t * _O4)
    high = (_O5 + t * _O6) + t2 * (_O7 + t * _O8)
    rest = t * (low + t4 * (high + t4 * (_O9 + t * _O10)))
    return k * _LN2_HIGH + (f + (k * _LN2_LOW - s * (f - rest)))


@jit
def log1p(x: Any) -> Any:
    """ln(1 + x), and what was lost when 1 + x was rounded."""
    u = 1.0 + x
    return log(u) + (x - (u - 1.0)) / u
