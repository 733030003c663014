"""An equation as it is read from left to right: symbols with their numbers below, and signs between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bpviz.explain.address import INPUT
from bpviz.explain.equation.expression import (
    Average,
    Call,
    Constant,
    Difference,
    Expression,
    Negative,
    Product,
    Quotient,
    Square,
    Sum,
    Term,
    read_out,
)
from bpviz.explain.number import MINUS, full, number
from bpviz.explain.part import Part, What
from bpviz.explain.quantities import Role


@dataclass(frozen=True, slots=True)
class Token:
    """One symbol or sign. below is what stands under it; value its number with all digits, if it has one.

    opens says that what follows belongs to it, closes that it belongs to what is before it; a line may be
    broken before a sign that does neither. faint: not told yet.
    """

    latex: str
    below: str
    role: Role = "plain"
    value: float | None = None
    part: Part | None = None
    sign: bool = False
    opens: bool = False
    closes: bool = False
    faint: bool = False


EQUALS = Token("=", "=", sign=True)
_DOT = Token(r"\cdot", "·", sign=True)
_TIGHT_DOT = replace(_DOT, opens=True, closes=True)  # within a sum a product stays on one line
PLUS = Token("+", "+", sign=True)
LESS = Token("-", MINUS, sign=True)
_OVER = Token("/", "/", sign=True)
_SQUARED = Token("{}^{2}", "²", sign=True, closes=True)
OPEN = Token("(", "(", sign=True, opens=True)
CLOSE = Token(")", ")", sign=True, closes=True)


def equation_tokens(left: Term, right: Expression) -> tuple[Token, ...]:
    """left = right; below, "=" or "≈" as what stands on screen really comes to."""
    sign = equality(left, right) if left.told else "="
    return (term_token(left), replace(EQUALS, below=sign), *tokens(right))


def equality(left: Term, right: Expression) -> str:
    """ "=" when the numbers as displayed give the displayed result, else "≈"."""
    return "=" if number(read_out(right)) == number(left.value) else "≈"


def tokens(expression: Expression) -> tuple[Token, ...]:
    """Symbols and signs of an expression; a negative number after a sign of operation has its brackets."""
    return tuple(_walk(expression, first=True))


def term_token(term: Term, bracketed: bool = False) -> Token:
    """A term with its number below, or a dash until that is told."""
    if not term.told:
        return Token(term.symbol.latex, number(None), "plain", None, term.part, faint=True)
    text = number(term.value)
    below = f"({text})" if bracketed and text.startswith(MINUS) else text
    return Token(term.symbol.latex, below, term.role, term.value, term.part)


def _walk(expression: Expression, first: bool, tight: bool = False) -> Iterator[Token]:
    match expression:
        case Term():
            yield term_token(expression, bracketed=not first)
        case Constant(symbol=symbol):
            yield Token(symbol.latex, symbol.plain)
        case Product(factors):
            yield from _product(factors, first, tight)
        case Sum(terms):
            for i, part in enumerate(terms):
                if i:
                    yield PLUS
                yield from _walk(part, first and i == 0, tight=len(terms) > 1)
        case Difference(left, right):
            yield from _walk(left, first, tight=True)
            yield LESS
            yield from _inside(right, tight=True)
        case Negative(of):
            yield LESS
            yield from _inside(of, tight=True)
        case Square(Term() as of):
            yield _squared(of)
        case Square(of):
            yield from _inside(of, first)
            yield _SQUARED
        case Quotient(above, below):
            yield from _inside(above, first)
            yield _OVER
            yield from _inside(below)
        case Average(of, _, count):
            yield Token(rf"\tfrac{{1}}{{{count}}} \textstyle\sum", "mean", sign=True, opens=True)
            for token in _walk(of, first=True):
                yield replace(token, below="", value=None)
        case Call(opening, closing, words, of):
            yield Token(opening, words[0], sign=True, opens=True)
            yield from _walk(of, first=True)
            if closing:
                yield Token(closing, words[1], sign=True, closes=True)


def _product(factors: tuple[Expression, ...], first: bool, tight: bool) -> Iterator[Token]:
    for i, factor in enumerate(factors):
        if i:
            yield _TIGHT_DOT if tight else _DOT
        yield from _inside(factor, first and i == 0)


def _inside(expression: Expression, first: bool = False, tight: bool = False) -> Iterator[Token]:
    """An operand: what binds less than a product stands in brackets."""
    several = isinstance(expression, Sum) and len(expression.terms) > 1
    if several or isinstance(expression, Difference | Negative | Quotient):
        yield OPEN
        yield from _walk(expression, first=True)
        yield CLOSE
    else:
        yield from _walk(expression, first, tight)


def _squared(term: Term) -> Token:
    plain_one = term_token(term)
    below = plain_one.below
    if not plain_one.faint:  # a power of ten would seem to be squared alone
        below = f"({below})²" if below.startswith(MINUS) or "·" in below else f"{below}²"
    return replace(plain_one, latex=f"{{{plain_one.latex}}}^{{2}}", below=below)


def latex(tokens_: tuple[Token, ...]) -> str:
    """The symbols in one line of LaTeX."""
    return " ".join(token.latex for token in tokens_)


def latex_with_numbers(tokens_: tuple[Token, ...]) -> str:
    """Symbols = numbers = result, as one works it out: E = (a - b) c = (1.08 - 0.5) 1 = 0.58.

    An average has no numbers within, only its result; matrices have none at all.
    """
    at = next((i for i, token in enumerate(tokens_) if token.latex == "="), None)
    if at is None or any(_is_matrix(token) for token in tokens_):
        return latex(tokens_)
    left, right = tokens_[:at], tokens_[at + 1 :]
    result = " ".join(_number_latex(token) for token in left)
    equals = r"\approx" if tokens_[at].below == "≈" else "="
    if not all(token.below for token in right if not token.sign):
        return f"{latex(left)} = {latex(right)} {equals} {result}"
    numbers = " ".join(_number_latex(token) for token in right)
    return f"{latex(left)} = {latex(right)} = {numbers} {equals} {result}"


def plain(tokens_: tuple[Token, ...]) -> str:
    """The numbers in one line of text: "0.522 = 0.580 · 0.900 · 1"."""
    return " ".join(token.below for token in tokens_ if token.below)


def token_words(token: Token) -> str:
    """What a factor is, and its number with all digits: "layer error: 0.5800000000000001"."""
    part = token.part
    if part is None:
        return "" if token.value is None else full(token.value)
    name = "input" if part.what is What.ACTIVATION and part.layer == INPUT else part.what.value
    return name if token.value is None else f"{name}: {full(token.value)}"


def _is_matrix(token: Token) -> bool:
    """Below a matrix stands its shape, which is no number."""
    return token.part is not None and token.value is None and not token.faint and bool(token.below)


def _number_latex(token: Token) -> str:
    if token.sign:
        return token.latex
    made = token.below.replace(MINUS, "-").replace("·", r"\cdot ").replace("—", r"\text{--}")
    made = made.replace("½", r"\tfrac{1}{2}").replace("∞", r"\infty ").replace(",", "{,}")
    return _RAISED.sub(_lowered, made)


_PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_RAISED = re.compile("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def _lowered(raised: re.Match[str]) -> str:
    return f"^{{{raised[0].translate(_PLAIN)}}}"
