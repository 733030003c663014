"""Texts written by hand, whose authors use the text's notation, in the one that is chosen."""

from __future__ import annotations

import re

from bpviz.explain.symbol import Notation

_ERROR = re.compile(r"\bE(?=_(?:[ho]|\d+)\b)")
_DERIVATIVE = re.compile(r"\bC'\(([^()]+)\)")
_SLOPE = re.compile(r"\bR'(?=\()")


def rewritten(text: str, notation: Notation) -> str:
    """ "E_o" as "δ_o", "C'(W_o)" as "∂C/∂W_o", "R'(Z_o)" as "σ'(Z_o)"; the glossary's stay as they are."""
    if notation == "glossary":
        return text
    return _SLOPE.sub("σ'", _DERIVATIVE.sub(r"∂C/∂\1", _ERROR.sub("δ", text)))
