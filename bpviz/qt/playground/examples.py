"""Where to begin: three functions and a place at which something is to be seen. Uses no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from bpviz.explain.nested import Nested


@dataclass(frozen=True, slots=True)
class Example:
    """name stands on its button, words in the button's tooltip."""

    name: str
    words: str
    nested: Nested
    x: float


EXAMPLES = (
    Example(
        "Vanishing", "Sigmoid of sigmoid of sigmoid: three slopes below a quarter make almost nothing.",
        Nested("sigmoid", "sigmoid", "sigmoid"), 0.5,
    ),
    Example(
        "Saturated", "Tanh far from 0: one flat function makes the whole flat.",
        Nested("identity", "sine", "tanh"), 2.6,
    ),
    Example(
        "Dead", "ReLU of a negative: one slope of 0 stops everything below it.",
        Nested("sigmoid", "relu", "tanh"), -1.2,
    ),
    Example(
        "Corner", "ReLU at exactly 0, where its slope jumps.",
        Nested("tanh", "relu", "identity"), 0.0,
    ),
    Example(
        "Waves", "Sine of sine of sine: the slopes change their signs.",
        Nested("sine", "sine", "sine"), 2.4,
    ),
    Example(
        "Identity", "Three times the identity: f is x, and every slope is 1.",
        Nested("identity", "identity", "identity"), 1.5,
    ),
)
