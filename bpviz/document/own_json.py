"""JSON that comes with the program, into frozen dataclasses, at once: the first picture waits for it.

It understands what such files hold. Any other is left to reading.py, which says what is wrong with it; but to
import that, and to tell it about every class, would take the start of the program 8 ms.
"""

from __future__ import annotations

import json
from dataclasses import is_dataclass
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, NoReturn, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")

_PLAIN = (str, int, bool, NoneType)


def read_own(path: Path, kind: type[T]) -> T:
    """What read_json(path, kind) gives. Raises DocumentError as it does."""
    try:
        made: T = _made(json.loads(path.read_bytes(), parse_constant=_refused), kind)
    except (OSError, LookupError, TypeError, ValueError):
        from bpviz.document.reading import read_json

        return read_json(path, kind)
    return made


def _made(value: Any, kind: Any) -> Any:
    """The value as a `kind`; an error of any sort where it is none."""
    if kind in _PLAIN and type(value) is kind:
        return value
    if kind is float and type(value) in (int, float):
        return float(value)
    if isinstance(kind, type) and is_dataclass(kind) and isinstance(value, dict):
        hints = _hints(kind)
        return kind(**{name: _made(item, hints[name]) for name, item in value.items()})
    return _made_of_parts(value, kind, get_origin(kind), get_args(kind))


def _made_of_parts(value: Any, kind: Any, origin: Any, parts: tuple[Any, ...]) -> Any:
    if isinstance(kind, UnionType):
        return _made(value, next((part for part in parts if _may_be(value, part)), None))
    if origin is Literal and value in parts:
        return value
    if origin is tuple and isinstance(value, list):
        kinds = (parts[0],) * len(value) if parts[-1] is Ellipsis else parts
        return tuple(_made(item, part) for item, part in zip(value, kinds, strict=True))
    raise TypeError(f"expected {kind}, got {value!r}")


def _may_be(value: Any, kind: Any) -> bool:
    """Of "this or that" no two can be of one type in JSON."""
    if isinstance(value, dict):
        return is_dataclass(kind)
    if isinstance(value, list):
        return get_origin(kind) is tuple
    return kind is type(value) or (kind is float and type(value) is int)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
