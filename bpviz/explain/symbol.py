"""What things are called: the text's symbols, and names of layers, units and weights in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bpviz.engine.network import Network
from bpviz.explain.address import INPUT, Edge, Node
from bpviz.explain.part import Part, What
from bpviz.explain.phase import Kind, Phase

Style = Literal["italic", "upright", "sub"]
Notation = Literal["glossary", "standard"]  # the text's (E_o, C'(W_o), R') or the usual (δ_o, ∂C/∂W_o, σ')
NOTATIONS: tuple[Notation, ...] = ("glossary", "standard")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters set in one style; "sub" is lowered and smaller."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Symbol:
    """A mathematical symbol as runs of characters; `built` is its LaTeX where that is no mere line."""

    runs: tuple[Run, ...]
    built: str = ""

    @property
    def plain(self) -> str:
        """In one line of ordinary text: "C'(W_o)"."""
        return "".join(f"_{run.text}" if run.style == "sub" else run.text for run in self.runs)

    @property
    def latex(self) -> str:
        r"""As LaTeX in math mode: "C'(W_{o})", or "\frac{\partial C}{\partial W_{o}}"."""
        return self.built or "".join(_run_latex(run) for run in self.runs)

    def __add__(self, other: Symbol) -> Symbol:
        built = self.latex + other.latex if self.built or other.built else ""
        return Symbol(self.runs + other.runs, built)


class Names:
    """What a network's parts are called, in one of two notations.

    A single layer needs no subscripts (Z, W, E); two are h and o, as in the text; deeper
    networks are numbered from 1 (Z_11, H_10), and the last activation is always ŷ. classes name the
    outputs where each stands for one. An index `at` names one unit: Z_h,2.
    """

    def __init__(
        self, network: Network, classes: tuple[str, ...] = (), notation: Notation = "glossary"
    ) -> None:
        self._network = network
        self._classes = classes if 1 < len(classes) == network.outputs else ()
        self.notation = notation

    @property
    def _glossary(self) -> bool:
        return self.notation == "glossary"

    # -- symbols ------------------------------------------------------------------------------

    def weighted_input(self, layer: int, at: str = "") -> Symbol:
        return self._letter("Z", layer, at)

    def activation(self, layer: int, at: str = "") -> Symbol:
        """X for the inputs, ŷ for the output, H or H_3 between."""
        if layer == INPUT:
            return _italic("X", at)
        if layer == self._network.depth - 1:
            return _italic("ŷ", at)
        return _italic("H", at) if self._network.depth == 2 else self._letter("H", layer, at)

    def weight(self, layer: int, at: str = "") -> Symbol:
        return self._letter("W", layer, at)

    def bias(self, layer: int, at: str = "") -> Symbol:
        return self._letter("b", layer, at)

    def error(self, layer: int, at: str = "") -> Symbol:
        return self._letter("E" if self._glossary else "δ", layer, at)

    def function(self) -> Symbol:
        """The activation function: R, or σ."""
        return _italic("R" if self._glossary else "σ")

    def slope(self, layer: int, at: str = "") -> Symbol:
        """R'(Z): how much the activation follows its weighted input."""
        return _primed(self.function(), self.weighted_input(layer, at))

    def pull(self, layer: int, at: str = "") -> Symbol:
        """C'(H) or C'(ŷ): what reaches an activation from above."""
        return self.derivative(self.cost(), self.activation(layer, at))

    def gradient(self, layer: int, at: str = "") -> Symbol:
        return self.derivative(self.cost(), self.weight(layer, at))

    def bias_gradient(self, layer: int, at: str = "") -> Symbol:
        return self.derivative(self.cost(), self.bias(layer, at))

    def derivative(self, of: Symbol, by: Symbol) -> Symbol:
        """How much one follows the other: C'(W_o), or ∂C/∂W_o."""
        return _primed(of, by) if self._glossary else _fraction("∂", of, by)

    def chain_factor(self, of: Symbol, by: Symbol) -> Symbol:
        """A factor of a written-out chain: Z_o'(H); in deep networks, as in the text, dZ_11/dH_10."""
        if self._glossary and self._network.depth > 2:
            return _fraction("d", of, by)
        return self.derivative(of, by)

    def cost(self, at: str = "") -> Symbol:
        """C, or C_3 for the cost of example 3."""
        return _italic("C", at)

    def target(self, at: str = "") -> Symbol:
        return _italic("y", at)

    def rate(self) -> Symbol:
        """The learning rate: the text writes lr, others η."""
        return upright("lr") if self._glossary else _italic("η")

    def of(self, part: Part) -> Symbol:
        """The symbol of any quantity; of one unit with its index, unless it is the only one."""
        at = self.index(part)
        match part.what:
            case What.ACTIVATION:
                return self.activation(part.layer, at)
            case What.WEIGHT:
                return self.weight(part.layer, at)
            case What.BIAS:
                return self.bias(part.layer, at)
            case What.NEW_WEIGHT:
                return renewed(self.weight(part.layer, at))
            case What.NEW_BIAS:
                return renewed(self.bias(part.layer, at))
            case What.WEIGHTED_INPUT:
                return self.weighted_input(part.layer, at)
            case What.TARGET:
                return self.target(at)
            case What.COST:
                return self.cost()
            case What.PULL:
                return self.pull(part.layer, at)
            case What.SLOPE:
                return self.slope(part.layer, at)
            case What.ERROR:
                return self.error(part.layer, at)
            case What.GRADIENT:
                return self.gradient(part.layer, at)
            case What.BIAS_GRADIENT:
                return self.bias_gradient(part.layer, at)
            case What.RATE:
                return self.rate()

    def index(self, part: Part) -> str:
        """ "2" for unit 2, "1→2" for the weight from 1 to 2; "" for a whole layer and where one is all."""
        if part.unit is None:
            return ""
        sizes = self._network.sizes
        if part.source is not None:
            alone = sizes[part.layer] == sizes[part.layer + 1] == 1
            return "" if alone else f"{part.source + 1}→{part.unit + 1}"
        return "" if sizes[part.layer + 1] == 1 else str(part.unit + 1)

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

    def _letter(self, letter: str, layer: int, at: str) -> Symbol:
        depth = self._network.depth
        if depth == 1:
            return _italic(letter, at)
        below = ("h", "o")[layer] if depth == 2 else str(layer + 1)
        return _italic(letter, f"{below},{at}" if at else below)


def upright(text: str) -> Symbol:
    """Words or signs within symbols."""
    return Symbol((Run(text, "upright"),))


def renewed(symbol: Symbol) -> Symbol:
    """W_o as it is after the update."""
    return Symbol((*symbol.runs, Run(" new", "upright")), rf"{symbol.latex}^{{\mathrm{{new}}}}")


def _italic(text: str, below: str = "") -> Symbol:
    runs = (Run(text, "italic"),)
    return Symbol((*runs, Run(below, "sub")) if below else runs)


def _primed(function: Symbol, argument: Symbol) -> Symbol:
    """R'(Z_o); a function that has a subscript of its own is primed before it: Z_o'(H)."""
    return function + upright("'(") + argument + upright(")")


def _fraction(d: str, of: Symbol, by: Symbol) -> Symbol:
    sign = upright(d)
    line = sign + of + upright("/") + sign + by
    return Symbol(line.runs, rf"\frac{{{sign.latex}{of.latex}}}{{{sign.latex}{by.latex}}}")


_LATEX = {
    "ŷ": r"\hat{y}", "δ": r"\delta ", "σ": r"\sigma ", "η": r"\eta ", "∂": r"\partial ", "Δ": r"\Delta ",
    "·": r"\cdot ", "×": r"\times ", "−": "-", "→": r"\to ", "½": r"\tfrac{1}{2}", "′": "'", "Σ": r"\sum ",
    "≈": r"\approx ", "⊙": r"\odot ", "ᵀ": r"^{\top}",
}


def _run_latex(run: Run) -> str:
    made = "".join(_LATEX.get(letter, letter) for letter in run.text)
    if run.style == "sub":
        return f"_{{{made}}}"
    if run.style == "upright" and any(letter.isascii() and letter.isalpha() for letter in run.text):
        return rf"\mathrm{{{made}}}" if " " not in run.text else rf"\text{{{run.text}}}"
    return made
