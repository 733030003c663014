"""What every sentence needs: the numbers of the phase for the chosen example, and how they are put."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bpviz.engine.activation import activation
from bpviz.engine.arrays import Array
from bpviz.engine.network import Network
from bpviz.engine.trace import LayerTrace, StepTrace
from bpviz.explain.number import count, number
from bpviz.explain.phase import Phase
from bpviz.explain.symbol import Names, Notation, Symbol

FEW = 3  # up to so many numbers are written out; of more, the range or the largest


@dataclass(frozen=True, slots=True)
class Telling:
    """A phase of a step. example is None for the mean over a batch of several."""

    network: Network
    trace: StepTrace
    phase: Phase
    example: int | None
    classes: tuple[str, ...] = ()  # what the outputs stand for, one each
    notation: Notation = "glossary"

    @property
    def names(self) -> Names:
        return Names(self.network, self.classes, self.notation)

    @property
    def k(self) -> int:
        return self.phase.layer

    @property
    def layer(self) -> LayerTrace:
        return self.trace.layers[self.k]

    @property
    def mean(self) -> bool:
        return self.example is None

    @property
    def function(self) -> str:
        """The activation's name in running text."""
        return activation(self.layer.activation).label.partition(" (")[0]

    @property
    def subject(self) -> str:
        """The same as what acts in a sentence."""
        return f"the {self.function}" if self.layer.activation == "identity" else self.function

    @property
    def scope(self) -> str:
        """Whose numbers these are: nothing to say when there is only one example."""
        if self.example is None:
            return f", on average over the batch of {count(self.trace.batch)}"
        return "" if self.trace.batch == 1 else f", example {count(self.example + 1)}"

    @property
    def average_scope(self) -> str:
        """The same for what always belongs to the whole batch."""
        return "" if self.trace.batch == 1 else f", averaged over the batch of {count(self.trace.batch)}"

    def row(self, array: Array) -> Array:
        """The chosen example's numbers, or their means."""
        return np.asarray(array.mean(axis=0) if self.example is None else array[self.example])

    def title(self, what: str = "") -> str:
        """ "Hidden layer 2 error, example 3: " """
        return f"{self.layer_title}{what}{self.scope}: "

    @property
    def layer_title(self) -> str:
        return self.names.layer_phrase(self.k).removeprefix("the ").capitalize()

    def unit(self, layer: int, index: int) -> str:
        """A unit where its layer is understood: "unit 5", "the output for setosa"; "the input" if alone."""
        if self.classes and layer == self.network.depth - 1:
            return f"the output for {self.classes[index]}"
        name = {-1: "input", self.network.depth - 1: "output"}.get(layer, "unit")
        return f"the {name}" if self.network.sizes[layer + 1] == 1 else f"{name} {count(index + 1)}"

    def closed(self) -> int | None:
        """How many ReLUs let nothing through (for the mean: for no example); None for other activations."""
        if self.layer.activation != "relu":
            return None
        shut = self.layer.slope == 0
        return int(np.count_nonzero(shut.all(axis=0) if self.example is None else shut[self.example]))

    def closed_words(self) -> str:
        """ "3 of 8 ReLUs are closed", or "" when none is."""
        closed, units = self.closed(), self.layer.z.shape[1]
        if not closed:
            return ""
        share = f"all {count(units)}" if closed == units else f"{count(closed)} of {count(units)}"
        words = f"{share} ReLUs {'is' if closed == 1 else 'are'} closed"
        return f"{words} for every example" if self.mean else words


def outcome(telling: Telling, symbol: Symbol, values: Array) -> str:
    """How the numbers of a layer came out: all of a few, else the largest."""
    if values.size <= FEW:
        return f"{symbol.plain} = {vector(values)}"
    if alike(values):
        return f"every {symbol.plain} is {number(float(values[0]))}"
    top = int(np.argmax(np.abs(values)))
    return f"the largest is {number(float(values[top]))} at {telling.unit(telling.k, top)}"


def spread(values: Array, noun: str) -> str:
    """ "8 weighted inputs from −1.20 to 0.870", or a few of them one by one."""
    if values.size <= FEW:
        return f"{noun} {listed(values)}"
    many = f"{count(values.size)} {noun}"
    if alike(values):
        return f"{many}, all {number(float(values[0]))}"
    return f"{many} from {number(float(values.min()))} to {number(float(values.max()))}"


def listed(values: Array) -> str:
    """ "0.377, 0.393 and 1.20"."""
    texts = [number(float(value)) for value in values.ravel()]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def vector(values: Array) -> str:
    """ "(0.377, 0.393)"; a single number stands without brackets."""
    texts = [number(float(value)) for value in values.ravel()]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"


def alike(values: Array) -> bool:
    """Whether all read the same on screen."""
    return number(float(values.min())) == number(float(values.max()))


def equals(claimed: float, value: float) -> str:
    """ "=" when the numbers on screen give exactly the digits on screen, else "≈"."""
    return "=" if number(claimed) == number(value) else "≈"
