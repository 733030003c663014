r"""Formulas in LaTeX as one line of rich text, where there is no room or time to typeset them."""

from __future__ import annotations

import re

_SIGNS = {
    r"\frac{1}{2}": "½", r"\hat{y}": "ŷ", r"\sigma": "σ", r"\pi": "π", r"\leq": "≤", r"\sum": "Σ",
    r"\;": "", "-": "−", "<": "&lt;", ">": "&gt;",
}
_SIGN = re.compile("|".join(re.escape(sign) for sign in _SIGNS))
_TWO = re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}")
_ONE = re.compile(r"(\\sqrt|\\mathrm|\^|_)\{([^{}]*)\}")
_SHORT = re.compile(r"([\^_])(\w)")
_FACTOR_AFTER = re.compile(r"( / \w+) \(")
_FUNCTION = re.compile(r"\\([a-z]+)")


def plain_formula(latex: str) -> str:
    r"""As \frac{z}{2} gives "z / 2" and e^{-z} gives "e<sup>−z</sup>". Reads what engine/ writes, no more."""
    text = _SIGN.sub(lambda found: _SIGNS[found[0]], latex)
    while True:  # from the inside out
        text, ones = _ONE.subn(_one, text)
        text, twos = _TWO.subn(lambda found: f"{_held(found[1])} / {_held(found[2])}", text)
        if not ones + twos:
            break
    text = _SHORT.sub(lambda found: _raised(found[1], found[2]), text)
    return _FUNCTION.sub(r"\1", _FACTOR_AFTER.sub(r"\1 · (", text))


def _one(found: re.Match[str]) -> str:
    what, inner = found[1], found[2]
    if what == r"\sqrt":
        return f"√{_held(inner)}"
    return inner if what == r"\mathrm" else _raised(what, inner)


def _raised(sign: str, inner: str) -> str:
    tag = "sup" if sign == "^" else "sub"
    return f"<{tag}>{inner}</{tag}>"


def _held(part: str) -> str:
    """In brackets where it is more than one factor."""
    return f"({part})" if " " in part.strip() else part
