"""The one place where a number becomes text: three significant digits, a true minus, a dash for unknown."""

from __future__ import annotations

import math

UNKNOWN = "—"
MINUS = "−"
_SMALLEST_POWER = -3         # from 0.001
_LARGEST_PLAIN = 999_999.5   # to 999,999 a number is written out; beyond, with a power of ten
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(x: float | None, digits: int = 3) -> str:
    """x with so many significant digits: "0.580", "−1.20", "1.23·10⁻⁵".

    Exactly 0 reads "0". Whole digits are never dropped: 12345.6 reads "12,346".
    Infinity reads "∞", and what is unknown (None, NaN) "—".
    """
    special = _special(x)
    if special is not None:
        return special
    assert x is not None
    mantissa, power = _split(x, digits)
    if power >= _SMALLEST_POWER and abs(x) < _LARGEST_PLAIN:
        text = f"{x:,.{max(0, digits - 1 - power)}f}"
    else:
        text = f"{mantissa}·10{str(power).translate(_RAISED)}"
    return text.replace("-", MINUS)


def shown(x: float, digits: int = 3) -> float:
    """The value that number(x) writes, to check whether what stands on screen agrees with itself."""
    if not math.isfinite(x) or x == 0:
        return x
    mantissa, power = _split(x, digits)
    if power >= _SMALLEST_POWER and abs(x) < _LARGEST_PLAIN:
        return round(x, max(0, digits - 1 - power))
    return float(f"{mantissa}e{power}")


def signed(x: float | None, digits: int = 3) -> str:
    """number(x) with its plus as well: "+0.580"."""
    text = number(x, digits)
    return f"+{text}" if x is not None and x > 0 else text


def compact(x: float | None, width: int = 5) -> str:
    """x in at most width characters where there is little room: "0.580", "−0.58", "1e−5".

    As many of three significant digits as fit; a number with no short form at all is longer.
    """
    special = _special(x)
    if special is not None:
        return special
    assert x is not None
    text = ""
    for digits in (3, 2, 1):
        mantissa, power = _split(x, digits)
        decimals = max(0, digits - 1 - power)
        for text in (f"{x:.{decimals}f}", f"{mantissa}e{power}"):
            if len(text) <= width:
                return text.replace("-", MINUS)
    return text.replace("-", MINUS)


def count(n: int) -> str:
    """How many: "2,368"."""
    return f"{n:,}".replace("-", MINUS)


def full(x: float | None) -> str:
    """x with all its digits, at most 17: read back, they give exactly x. For copying, so a plain minus."""
    return UNKNOWN if x is None else repr(float(x))


def typed(x: float) -> str:
    """A setting as it is typed: all its digits, none added, with a plain minus."""
    mantissa, _, power = full(x).partition("e")
    return mantissa.removesuffix(".0") + (f"e{int(power)}" if power else "")


def percent(share: float) -> str:
    """A share as it is typed in percent: 0.2 is "20 %"."""
    return f"{100 * share:.12g} %"


def _special(x: float | None) -> str | None:
    if x is None or math.isnan(x):
        return UNKNOWN
    if math.isinf(x):
        return "∞" if x > 0 else f"{MINUS}∞"
    return "0" if x == 0 else None


def _split(x: float, digits: int) -> tuple[str, int]:
    """Mantissa and power of ten after rounding, so that 0.9996 has the power 0."""
    mantissa, power = f"{x:.{digits - 1}e}".split("e")
    return mantissa, int(power)
