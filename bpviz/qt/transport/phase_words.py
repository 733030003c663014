"""A phase named in a few words, for tooltips."""

from __future__ import annotations

from bpviz.explain.phase import Kind, Phase
from bpviz.explain.symbol import Names

_WORDS = {
    Kind.GIVEN: "The input {symbol}",
    Kind.SUM: "Weighted input {symbol} of {layer}",
    Kind.ACTIVATE: "Activation {symbol} of {layer}",
    Kind.COST: "Cost {symbol}",
    Kind.OUTPUT_ERROR: "Output layer error {symbol}",
    Kind.HIDDEN_ERROR: "Error {symbol} of {layer}",
    Kind.GRADIENT: "Gradient {symbol} of the weights into {layer}",
    Kind.UPDATE: "Update: the weights move",
}


def phase_words(names: Names, phase: Phase) -> str:
    """ "Error E_3 of hidden layer 3"."""
    name = names.layer_name(phase.layer)
    word, _, position = name.partition(" ")
    layer = f"{word} layer {position}" if position else f"the {word} layer"
    return _WORDS[phase.kind].format(symbol=names.phase_label(phase).plain, layer=layer)
