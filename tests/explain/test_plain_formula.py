"""Formulas stay readable without being typeset."""

from __future__ import annotations

import pytest

from bpviz.engine.activation import ACTIVATIONS
from bpviz.engine.cost import COSTS
from bpviz.explain.plain_formula import plain_formula

ALL = [text for each in (*ACTIVATIONS.values(), *COSTS.values()) for text in (each.latex, each.slope_latex)]


@pytest.mark.parametrize("latex", ALL)
def test_nothing_of_latex_is_left(latex: str) -> None:
    assert not set("\\{}^_") & set(plain_formula(latex))


@pytest.mark.parametrize(("name", "formula"), [
    ("relu", "max(0, z)"),
    ("sigmoid", "1 / (1 + e<sup>−z</sup>)"),
    ("softmax", "e<sup>z<sub>i</sub></sup> / (Σ<sub>k</sub> e<sup>z<sub>k</sub></sup>)"),
])  # fmt: skip
def test_an_activation_reads_as_it_is_written(name: str, formula: str) -> None:
    assert plain_formula(ACTIVATIONS[name].latex) == formula


def test_a_cost_reads_as_it_is_written() -> None:
    assert plain_formula(COSTS["half_squared_error"].latex) == "½ (ŷ − y)<sup>2</sup>"
