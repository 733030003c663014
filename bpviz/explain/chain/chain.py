"""The derivative of the cost by one variable, as the chain rule writes it: by path and by factor."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from bpviz.engine.network import Network
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import INPUT, Edge
from bpviz.explain.chain.factor import Factor, Form, Writer
from bpviz.explain.chain.paths import Way, strongest
from bpviz.explain.chain.variable import count_paths, is_total_told, total, total_part, total_symbol
from bpviz.explain.equation.expression import Expression, Product, Term
from bpviz.explain.equation.token import Token, equation_tokens, latex, latex_with_numbers
from bpviz.explain.part import Part, What
from bpviz.explain.route import Route
from bpviz.explain.symbol import Names, Symbol, upright

_THIS_PATH = upright("this path")

_SMALL = 0.5  # a factor of at least this makes nothing small


@dataclass(frozen=True, slots=True)
class Path:
    """One way from the variable to the cost. through: the ŷ it passes, where a softmax leaves the choice.

    product is that of its factors, or, over a batch, the average of the products of all examples.
    """

    route: Route
    through: int | None
    factors: tuple[Factor, ...]
    told: bool

    @property
    def smallest(self) -> int:
        """Which factor makes it small: the one nearest to 0, if it is below a half; -1 while one is not told.

        The first is no candidate: it is the error itself, and not what becomes of it on its way.
        """
        sizes = [math.inf if math.isnan(factor.value) else abs(factor.value) for factor in self.factors[1:]]
        if not self.ends or min(sizes, default=1.0) >= _SMALL:
            return -1
        return 1 + sizes.index(min(sizes))

    @property
    def product(self) -> float:
        return self.route.product

    @property
    def ends(self) -> bool:
        """Whether all its factors are known."""
        return all(factor.told for factor in self.factors)

    def expression(self, form: Form) -> Expression:
        """The factors multiplied; a lone one stands for itself."""
        parts = tuple(factor.expression(form) for factor in self.factors)
        return parts[0] if len(parts) == 1 else Product(parts)

    @property
    def numbers(self) -> str:
        """The units passed, counted from 1, upwards: "2 → 1 → 3"."""
        units = self.route.units if self.route.into is None else (self.route.into.source, *self.route.units)
        text = " → ".join(str(unit + 1) for unit in units)
        return text if self.through is None else f"{text} ⇢ {self.through + 1}"


@dataclass(frozen=True, slots=True)
class Chain:
    """paths are the strongest, the strongest first; None where a batch has too many to average each.

    total is the derivative by the record, and rest what the paths not listed add to it. averaged: over the
    batch. batch_average is what the whole batch gives, where total is one example's.
    """

    variable: Part
    left: Term
    count: int
    paths: tuple[Path, ...] | None
    total: float
    rest: float
    averaged: bool
    batch_average: float | None

    @property
    def symbol(self) -> Symbol:
        return self.left.symbol

    @property
    def told(self) -> bool:
        return self.left.told

    def tokens(self, path: Path, form: Form) -> tuple[Token, ...]:
        """The equation of one path. Where there are several, the left side is that path's share.

        Averages are not the products of averages, so for a batch it has no numbers.
        """
        left = self.left
        if self.count > 1:
            left = Term(_THIS_PATH, path.product, "error", None, self.told)
        return equation_tokens(replace(left, told=left.told and not self.averaged), path.expression(form))

    def latex(self, path: Path, form: Form, numbers: bool = False) -> str:
        """The equation in one line of LaTeX; with numbers, worked out as far as it is told."""
        made = self.tokens(path, form)
        return latex_with_numbers(made) if numbers else latex(made)


def chain_of(
    network: Network, trace: StepTrace, names: Names, variable: Part, complete: int, example: int | None,
    keep: int = 3,
) -> Chain:
    """The chain of one example, or of the batch when example is None; complete is the last told phase.

    Raises ValueError for a bias that the layer does not have.
    """
    if variable.what is What.BIAS and not network.layers[variable.layer].bias:
        raise ValueError(f"layer {variable.layer} has no bias")
    row = 0 if trace.batch == 1 else example
    told = is_total_told(variable, network.depth, complete)
    writer = Writer(network, trace, names, complete, row)
    ways = strongest(network, trace, variable, row, keep)
    paths = None if ways is None else tuple(_path(writer, variable, way, told) for way in ways)
    result = total(trace, variable, row)
    listed = sum(path.product for path in paths or () if math.isfinite(path.product))
    of_all = None if row is None or trace.batch == 1 else total(trace, variable, None)
    part = None if variable.layer == INPUT else total_part(variable)
    left = Term(total_symbol(names, variable), result, "error", part, told)
    ways_there = count_paths(network, variable)
    return Chain(variable, left, ways_there, paths, result, result - listed, row is None, of_all)


def _path(writer: Writer, variable: Part, way: Way, told: bool) -> Path:
    into = None
    if variable.what is What.WEIGHT:
        assert variable.source is not None and variable.unit is not None
        into = Edge(variable.layer, variable.source, variable.unit)
    route = Route(way.first, way.units, way.product, into)
    return Path(route, way.through, writer.factors(variable, way), told)
