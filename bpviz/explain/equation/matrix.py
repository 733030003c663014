"""The same equations for a whole layer and batch at once: matrices, with their shapes below."""

from __future__ import annotations

from bpviz.explain.equation.context import Context
from bpviz.explain.equation.equation import MatrixEquation
from bpviz.explain.equation.token import CLOSE, EQUALS, LESS, OPEN, PLUS, Token
from bpviz.explain.part import Part, What
from bpviz.explain.phase import Kind, Phase
from bpviz.explain.reading import array_of

_TIMES = Token(r"\,", "·", sign=True)        # a matrix product is written without a sign
_BY_UNIT = Token(r"\odot", "⊙", sign=True)   # number by number


def weighted_input(c: Context, k: int) -> MatrixEquation:
    """Z = A_in W + b; the bias is added to every row."""
    tokens = [_of(c, What.WEIGHTED_INPUT, k), EQUALS, _of(c, What.ACTIVATION, k - 1), _TIMES,
              _of(c, What.WEIGHT, k)]
    if c.layer(k).b is not None:
        tokens += [PLUS, _of(c, What.BIAS, k)]
    return MatrixEquation(Phase(Kind.SUM, k), tuple(tokens))


def output_error(c: Context) -> MatrixEquation:
    """E_o = (ŷ − y) ⊙ R'(Z_o), number by number; what differs for fused pairs and softmax is left out."""
    k = c.last
    gap = [_of(c, What.ACTIVATION, k), LESS, _of(c, What.TARGET, k)]
    left = [_of(c, What.ERROR, k), EQUALS]
    phase = Phase(Kind.OUTPUT_ERROR, k)
    if c.trace.fused:
        return MatrixEquation(phase, (*left, *gap))
    pull = [OPEN, *gap, CLOSE]
    if c.trace.cost_name != "half_squared_error":
        pull = [_of(c, What.PULL, k)]
    return MatrixEquation(phase, (*left, *pull, _BY_UNIT, _of(c, What.SLOPE, k)))


def hidden_error(c: Context, k: int) -> MatrixEquation:
    """E_h = (E_o W_o^T) ⊙ R'(Z_h)."""
    back = [OPEN, _of(c, What.ERROR, k + 1), _TIMES, _of(c, What.WEIGHT, k + 1, turned=True), CLOSE]
    tokens = (_of(c, What.ERROR, k), EQUALS, *back, _BY_UNIT, _of(c, What.SLOPE, k))
    return MatrixEquation(Phase(Kind.HIDDEN_ERROR, k), tokens)


def gradient(c: Context, k: int) -> MatrixEquation:
    """C'(W) = A_in^T E / n."""
    share = [] if c.batch == 1 else [Token(rf"\tfrac{{1}}{{{c.batch}}}", "", sign=True, opens=True)]
    product = [_of(c, What.ACTIVATION, k - 1, turned=True), _TIMES, _of(c, What.ERROR, k)]
    tokens = (_of(c, What.GRADIENT, k), EQUALS, *share, *product)
    return MatrixEquation(Phase(Kind.GRADIENT, k), tokens)


def _of(c: Context, what: What, k: int, turned: bool = False) -> Token:
    """A matrix and its shape: rows × columns."""
    part = Part(what, k)
    shape = array_of(part, c.trace).shape
    symbol = c.names.of(part).latex
    if turned:
        shape = shape[::-1]
        symbol += r"^{\top}"
    return Token(symbol, "×".join(str(n) for n in shape), part=part)
