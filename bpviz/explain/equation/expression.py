"""What the right side of an equation is made of. A tree, so that it can be worked out, read and typeset."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from bpviz.explain.number import shown
from bpviz.explain.part import Part
from bpviz.explain.quantities import Role
from bpviz.explain.symbol import Symbol


@dataclass(frozen=True, slots=True)
class Term:
    """A symbol and its number; `part` says where it lives, `told` whether its phase has been.

    value is the engine's whether told or not; only what is told may be shown.
    """

    symbol: Symbol
    value: float
    role: Role = "plain"
    part: Part | None = None
    told: bool = True


@dataclass(frozen=True, slots=True)
class Constant:
    """A number that belongs to the formula: ½, 2, 1."""

    symbol: Symbol
    value: float


@dataclass(frozen=True, slots=True)
class Product:
    factors: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """terms[0] + terms[1] + ..."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Negative:
    of: Expression


@dataclass(frozen=True, slots=True)
class Square:
    of: Expression


@dataclass(frozen=True, slots=True)
class Quotient:
    above: Expression
    below: Expression


@dataclass(frozen=True, slots=True)
class Average:
    """The mean of something over so many examples. value is what it comes to; within it no number is one."""

    of: Expression
    value: float
    count: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function of one expression: tanh(Z). opening and closing are its LaTeX around the argument.

    words are the same around its number.
    """

    opening: str
    closing: str
    words: tuple[str, str]
    of: Expression
    function: Callable[[float], float] = field(compare=False)  # made anew each time, and told by its words


Expression: TypeAlias = (
    Term | Constant | Product | Sum | Difference | Negative | Square | Quotient | Average | Call
)
Read = Callable[[float], float]


def exact(value: float) -> float:
    """Read a term with all its digits."""
    return value


def evaluate(expression: Expression, read: Read = exact) -> float:
    """What the expression comes to; with `shown`, as a reader works it out from the digits on screen."""
    match expression:
        case Term(value=value) | Average(value=value):
            return read(value)
        case Constant(value=value):
            return value
        case Product(factors):
            return math.prod(evaluate(factor, read) for factor in factors)
        case Sum(terms):
            return sum(evaluate(term, read) for term in terms)
        case Difference(left, right):
            return evaluate(left, read) - evaluate(right, read)
        case Negative(of):
            return -evaluate(of, read)
        case Square(of):
            root = evaluate(of, read)
            return root * root  # unlike **, never raises
        case Quotient(above, below):
            return _quotient(evaluate(above, read), evaluate(below, read))
        case Call(of=of, function=function):
            return function(evaluate(of, read))


def read_out(expression: Expression) -> float:
    """What a reader gets from the numbers as they stand on screen."""
    return evaluate(expression, shown)


def terms_of(expression: Expression) -> tuple[Term, ...]:
    """Every term, from left to right."""
    match expression:
        case Term():
            return (expression,)
        case Constant() | Average():
            return ()
        case Product(parts) | Sum(parts):
            return tuple(term for part in parts for term in terms_of(part))
        case Difference(one, other) | Quotient(one, other):
            return terms_of(one) + terms_of(other)
        case Negative(of) | Square(of) | Call(of=of):
            return terms_of(of)


def _quotient(above: float, below: float) -> float:
    return above / below if below else math.nan
