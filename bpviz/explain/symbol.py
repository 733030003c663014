"""What things are called: the text's symbols, and names of layers, units and weights in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bpviz.engine.network import Network
from bpviz.explain.address import INPUT, Edge, Node
from bpviz.explain.phase import Kind, Phase

Style = Literal["italic", "upright", "sub"]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters set in one style; "sub" is lowered and smaller."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Symbol:
    """A mathematical symbol as runs of characters."""

    runs: tuple[Run, ...]

    @property
    def plain(self) -> str:
        """In one line of ordinary text: "C'(W_o)"."""
        return "".join(f"_{run.text}" if run.style == "sub" else run.text for run in self.runs)

    def __add__(self, other: Symbol) -> Symbol:
        return Symbol(self.runs + other.runs)


class Names:
    """What a network's parts are called.

    A single layer needs no subscripts (Z, W, E); two are h and o, as in the text; deeper
    networks are numbered from 1 (Z_11, H_10), and the last activation is always ŷ. classes name the
    outputs where each stands for one.
    """

    def __init__(self, network: Network, classes: tuple[str, ...] = ()) -> None:
        self._network = network
        self._classes = classes if 1 < len(classes) == network.outputs else ()

    # -- symbols ------------------------------------------------------------------------------

    def weighted_input(self, layer: int) -> Symbol:
        return self._letter("Z", layer)

    def activation(self, layer: int) -> Symbol:
        """X for the inputs, ŷ for the output, H or H_3 between."""
        if layer == INPUT:
            return _italic("X")
        if layer == self._network.depth - 1:
            return _italic("ŷ")
        return _italic("H") if self._network.depth == 2 else self._letter("H", layer)

    def weight(self, layer: int) -> Symbol:
        return self._letter("W", layer)

    def bias(self, layer: int) -> Symbol:
        return self._letter("b", layer)

    def error(self, layer: int) -> Symbol:
        return self._letter("E", layer)

    def slope(self, layer: int) -> Symbol:
        """R'(Z): how much the activation follows its weighted input."""
        return _derivative("R", self.weighted_input(layer))

    def pull(self, layer: int) -> Symbol:
        """C'(H) or C'(ŷ): what reaches an activation from above."""
        return _derivative("C", self.activation(layer))

    def gradient(self, layer: int) -> Symbol:
        return _derivative("C", self.weight(layer))

    def bias_gradient(self, layer: int) -> Symbol:
        return _derivative("C", self.bias(layer))

    def cost(self) -> Symbol:
        return _italic("C")

    def target(self) -> Symbol:
        return _italic("y")

    def phase_label(self, phase: Phase) -> Symbol:
        """What the timeline writes on a phase: the symbol of what the phase computes."""
        match phase.kind:
            case Kind.GIVEN:
                return self.activation(INPUT)
            case Kind.SUM:
                return self.weighted_input(phase.layer)
            case Kind.ACTIVATE:
                return self.activation(phase.layer)
            case Kind.COST:
                return self.cost()
            case Kind.OUTPUT_ERROR | Kind.HIDDEN_ERROR:
                return self.error(phase.layer)
            case Kind.GRADIENT:
                return self.gradient(phase.layer)
            case Kind.UPDATE:
                return upright("update")

    # -- words --------------------------------------------------------------------------------

    def layer_name(self, layer: int) -> str:
        """ "input", "output", "hidden" when there is one hidden layer, else "hidden 3"."""
        if layer == INPUT:
            return "input"
        if layer == self._network.depth - 1:
            return "output"
        return "hidden" if self._network.depth == 2 else f"hidden {layer + 1}"

    def layer_phrase(self, layer: int) -> str:
        """The same as words in a sentence: "hidden layer 3", "the output layer"."""
        word, _, position = self.layer_name(layer).partition(" ")
        return f"{word} layer {position}" if position else f"the {word} layer"

    def node_name(self, node: Node) -> str:
        """ "input 2", "hidden unit 1", "hidden 3, unit 1", "output 2" or "output for setosa".

        A lone input or output is unnumbered.
        """
        name = self.layer_name(node.layer)
        if self._classes and node.layer == self._network.depth - 1:
            return f"output for {self._classes[node.unit]}"
        if node.layer == INPUT or node.layer == self._network.depth - 1:
            return name if self._network.sizes[node.layer + 1] == 1 else f"{name} {node.unit + 1}"
        return f"{name} unit {node.unit + 1}" if self._network.depth == 2 else f"{name}, unit {node.unit + 1}"

    def edge_name(self, edge: Edge) -> str:
        """ "weight from input 2 to hidden unit 1"."""
        source = self._with_article(Node(edge.layer - 1, edge.source))
        return f"weight from {source} to {self._with_article(Node(edge.layer, edge.target))}"

    # -- within -------------------------------------------------------------------------------

    def _with_article(self, node: Node) -> str:
        name = self.node_name(node)
        counted = name[-1].isdecimal() and not name.startswith("output for")
        return name if counted else f"the {name}"

    def _letter(self, letter: str, layer: int) -> Symbol:
        depth = self._network.depth
        if depth == 1:
            return _italic(letter)
        below = ("h", "o")[layer] if depth == 2 else str(layer + 1)
        return Symbol((Run(letter, "italic"), Run(below, "sub")))


def upright(text: str) -> Symbol:
    """Words or signs within symbols."""
    return Symbol((Run(text, "upright"),))


def _italic(text: str) -> Symbol:
    return Symbol((Run(text, "italic"),))


def _derivative(function: str, argument: Symbol) -> Symbol:
    return _italic(function) + upright("'(") + argument + upright(")")
