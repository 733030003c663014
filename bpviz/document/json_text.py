"""JSON as text: read within bounds, whoever wrote it, and laid out for people to read and compare."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import numpy as np

from bpviz.document.errors import DocumentError

DEEPEST = 32               # arrays and objects inside each other
MOST_VALUES = 6_000_000    # numbers, names and the like; each takes about 32 bytes once it is read
MOST_ARRAYS = 1_500_000
MOST_OBJECTS = 200_000     # each takes some hundred bytes
MOST_STRINGS = 1_000_000
WIDTH = 100                # characters of a line, if what stands in it can be parted at all

_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)  # one that is cut off goes on
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_MARK = b"\xef\xbb\xbf"    # some editors begin UTF-8 with this


def decoded(content: bytes, file: str = "") -> Any:
    """What the text says. Of two fields with one name the last one counts.

    Raises DocumentError for what is no JSON, and, before anything is built, for what would need a memory out
    of all proportion.
    """
    content = content.removeprefix(_MARK)
    if not content.strip():
        raise DocumentError("expected JSON, there is nothing", file=file)
    try:
        check_bounds(content)
        return msgspec.json.decode(content)
    except DocumentError as error:
        raise DocumentError(error.expectation, file=file) from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DocumentError(f"expected JSON in UTF-8; {error}", file=file) from None


def check_bounds(content: bytes) -> None:
    """Refuses what would become too many objects in memory: brackets, commas and quotes tell."""
    _check_count("strings", content.count(b'"') // 2, MOST_STRINGS)
    bare = _STRING.sub(b"", content)
    arrays, objects = bare.count(b"["), bare.count(b"{")
    _check_count("arrays", arrays, MOST_ARRAYS)
    _check_count("objects", objects, MOST_OBJECTS)
    _check_count("values", arrays + objects + bare.count(b","), MOST_VALUES)
    brackets = np.frombuffer(bare.translate(None, _NO_BRACKETS), dtype=np.uint8)
    opening = (brackets == ord("[")) | (brackets == ord("{"))
    if brackets.size and np.where(opening, 1, -1).cumsum().max() > DEEPEST:
        raise DocumentError(f"expected JSON at most {DEEPEST} levels deep")


def laid_out(value: Any, indent: str = "") -> str:
    """JSON, indented; what fits stays on one line, and so does a row of numbers. Floats read back exactly.

    An array holds things of one kind, or numbers and None.
    """
    inner = indent + "  "
    if isinstance(value, dict):
        return _parted("{}", [f"{_plain(k)}: {laid_out(v, inner)}" for k, v in value.items()], indent)
    if isinstance(value, list | tuple) and value:
        if isinstance(value[0], list | tuple | dict | str):
            return _parted("[]", [laid_out(item, inner) for item in value], indent)
        return _plain(value).replace(",", ", ")
    return _plain(value)


def _parted(brackets: str, parts: list[str], indent: str) -> str:
    """On one line, if it is short and holds nothing that is parted; else a line for each."""
    length = len(indent) + sum(map(len, parts)) + 2 * len(parts)
    if length <= WIDTH and not any("\n" in part for part in parts):
        return brackets[0] + ", ".join(parts) + brackets[1]
    lines = f",\n{indent}  ".join(parts)
    return f"{brackets[0]}\n{indent}  {lines}\n{indent}{brackets[1]}"


def _plain(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _check_count(what: str, count: int, most: int) -> None:
    if count > most:
        raise DocumentError(f"expected at most {most:,} {what}, got {count:,}")
