"""What a line of arithmetic is put together from: symbols, numbers, signs and words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.explain.number import MINUS, count, number, shown
from bpviz.explain.quantities import Role
from bpviz.explain.sentence.telling import equals
from bpviz.explain.symbol import Symbol

_ALL_TERMS = 4      # a sum of up to so many terms is written out,
_LARGEST = 3        # a longer one begins with so many of its largest


@dataclass(frozen=True, slots=True)
class Piece:
    """A symbol, or a number or sign already in its letters; role says which colours it wears."""

    content: Symbol | str
    role: Role = "plain"
    value: float = 0.0
    is_number: bool = False


Line = tuple[Piece, ...]


def dot(left: Array, right: Array, left_role: Role, right_role: Role) -> tuple[Line, float]:
    """left . right, written out or as its largest terms and the rest; and what that makes as read."""
    products = left * right
    chosen = np.arange(len(products))
    if len(products) > _ALL_TERMS:
        chosen = np.sort(np.argsort(-np.abs(products), kind="stable")[:_LARGEST])
    line: Line = ()
    claimed = 0.0
    for i in chosen:
        claimed += shown(float(left[i])) * shown(float(right[i]))
        first, second = _number_piece(left[i], left_role), _number_piece(right[i], right_role)
        line += (*(added(first) if line else (first,)), sign("×"), bracketed(second))
    left_out = len(products) - len(chosen)
    if left_out:
        rest = float(products.sum() - products[chosen].sum())
        line += (*added(plain_piece(rest)), *words(f"from {count(left_out)} smaller terms"))
        claimed += shown(rest)
    return line, claimed


def added(piece: Piece) -> Line:
    """Plus the number, or minus its size."""
    if piece.value >= 0:
        return (sign("+"), piece)
    return (sign(MINUS), Piece(number(-piece.value), piece.role, piece.value, True))


def bracketed(piece: Piece) -> Piece:
    """A negative number after a sign of operation stands in brackets."""
    return piece if piece.value >= 0 else Piece(f"({piece.content})", piece.role, piece.value, True)


def difference(a: float, b: float) -> Line:
    return (value_piece(a), sign(MINUS), bracketed(value_piece(b)))


def equation_of(symbol: Symbol) -> Line:
    return (symbol_piece(symbol), sign("="))


def result(value: float, role: Role, claimed: float | None = None) -> Line:
    """The result, after "=", or "≈" when the numbers as read come to something else."""
    equality = "=" if claimed is None else equals(claimed, value)
    return (sign(equality), Piece(number(value), role, value, True))


def value_piece(x: float) -> Piece:
    return _number_piece(x, "value")


def error_piece(x: float) -> Piece:
    return _number_piece(x, "error")


def plain_piece(x: float) -> Piece:
    return _number_piece(x, "plain")


def _number_piece(x: float, role: Role) -> Piece:
    return Piece(number(float(x)), role, float(x), True)


def symbol_piece(symbol: Symbol) -> Piece:
    return Piece(symbol)


def sign(text: str) -> Piece:
    return Piece(text)


def words(text: str) -> Line:
    return tuple(Piece(word) for word in text.split())
