"""An equation, the phase that tells it, and the lines of a sheet of equations."""

from __future__ import annotations

from dataclasses import dataclass

from bpviz.explain.equation.expression import Expression, Term
from bpviz.explain.equation.token import Token, equation_tokens
from bpviz.explain.phase import Phase


@dataclass(frozen=True, slots=True)
class Equation:
    """left = right. aside: it says where a factor of the next equation comes from."""

    phase: Phase
    left: Term
    right: Expression
    note: str = ""   # one sentence below it
    rule: str = ""   # LaTeX of the function it applies
    aside: bool = False

    @property
    def tokens(self) -> tuple[Token, ...]:
        return equation_tokens(self.left, self.right)


@dataclass(frozen=True, slots=True)
class MatrixEquation:
    """A whole layer at once: below each symbol stands its shape."""

    phase: Phase
    tokens: tuple[Token, ...]
    note: str = ""
    rule: str = ""
    aside: bool = False


Line = Equation | MatrixEquation


@dataclass(frozen=True, slots=True)
class Group:
    """Equations that belong together under a heading."""

    title: str
    lines: tuple[Line, ...]
