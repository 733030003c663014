"""JSON files into frozen dataclasses, strictly: what is wrong is said with its file and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from bpviz.document.errors import DocumentError, from_engine
from bpviz.document.json_text import decoded
from bpviz.document.whole_file import read_bytes
from bpviz.engine.errors import EngineError

T = TypeVar("T")

def read_json(path: Path, kind: type[T]) -> T:
    """The file as a `kind`. Unknown and missing fields and wrong types are errors that name their place."""
    return converted(decoded(read_bytes(path), str(path)), kind, str(path))


def converted(content: Any, kind: type[T], file: str = "") -> T:
    """What JSON says as a `kind`; file: where it says so. Raises DocumentError as read_json does."""
    for place, name, known in _unknown_fields(content, kind, ""):
        from difflib import get_close_matches  # needed for what is wrong only

        near = get_close_matches(name.casefold(), known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "expected only " + ", ".join(known)
        raise DocumentError(f"unknown field {name!r}; {hint}", place=place, file=file)
    try:
        return msgspec.convert(content, kind)
    except msgspec.ValidationError as error:
        raise _placed(error, file) from None


def _unknown_fields(value: object, kind: Any, place: str) -> Iterator[tuple[str, str, list[str]]]:
    """Place, name and known names of every field that `kind` lacks: msgspec ignores such in dataclasses."""
    kind = _alternative(kind, value)
    if isinstance(kind, type) and is_dataclass(kind) and isinstance(value, dict):
        hints = _hints(kind)
        known = [field.name for field in fields(kind)]
        for name, item in value.items():
            inner = f"{place}.{name}" if place else str(name)
            if name in known:
                yield from _unknown_fields(item, hints[name], inner)
            else:
                yield inner, str(name), known
    elif isinstance(value, list) and _holds_fields(kind):
        for i, item in enumerate(value):
            yield from _unknown_fields(item, get_args(kind)[0], f"{place}[{i}]")


def _alternative(kind: Any, value: object) -> Any:
    """Of "this or that" the one that a JSON object or array can be. Neither is ever more than one of them."""
    if not isinstance(kind, UnionType):
        return kind
    if isinstance(value, dict):
        return next((one for one in get_args(kind) if is_dataclass(one)), kind)
    if isinstance(value, list):
        return next((one for one in get_args(kind) if get_origin(one) is tuple), None)
    return kind


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _holds_fields(kind: Any) -> bool:
    """Whether dataclasses lie in this array, however deep: only then are its items looked at one by one."""
    return any(is_dataclass(item) or _holds_fields(item) for item in get_args(kind))


def _placed(error: msgspec.ValidationError, file: str) -> DocumentError:
    """msgspec's "text - at `$.experiment.network`", or what a dataclass itself refused, with its place."""
    found = re.fullmatch(r"(?s)(.*?)(?: - at `\$\.?(.*)`)?", str(error))
    text, place = (found[1], found[2] or "") if found else (str(error), "")
    cause = error.__cause__
    if isinstance(cause, EngineError):
        cause = from_engine(cause)
    if isinstance(cause, DocumentError):
        inner = cause.within(place)
        return DocumentError(inner.expectation, place=inner.place, file=file)
    return DocumentError(text[:1].lower() + text[1:], place=place, file=file)
