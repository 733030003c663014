"""Hand-written texts follow the notation; ordinary words stay."""

import re

import pytest

from bpviz.explain.address import Edge
from bpviz.explain.notation import rewritten
from bpviz.explain.phase import score
from bpviz.explain.pieces import Line
from bpviz.explain.quantities import quantities
from bpviz.explain.sentence import sentence
from bpviz.explain.symbol import Names, Symbol
from bpviz.explain.worked import worked
from tests.explain.preset_steps import NAMES, addresses, opened

GLOSSARY = re.compile(r"\bE(?=_|$)|\b[CR]'\(")


def plain_line(line: Line) -> str:
    return " ".join(p.content.plain if isinstance(p.content, Symbol) else p.content for p in line)


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        ("E_o passes through W_o and becomes E_h.", "δ_o passes through W_o and becomes δ_h."),
        ("E_10 = C'(Z_10)", "δ_10 = ∂C/∂Z_10"),
        ("C'(W_h) is E_h times X", "∂C/∂W_h is δ_h times X"),
        ("R'(Z_o) is 1", "σ'(Z_o) is 1"),
        ("Every E counts, and so does THE_other", "Every E counts, and so does THE_other"),
    ],
)
def test_the_symbols_of_derivatives_are_rewritten_and_nothing_else(text: str, standard: str) -> None:
    assert rewritten(text, "standard") == standard
    assert rewritten(text, "glossary") == text


@pytest.mark.parametrize("name", NAMES)
def test_nothing_said_about_a_step_mixes_the_notations(name: str) -> None:
    """Sentences and the quantities of every unit and weight, at every phase."""
    step = opened(name)
    network, trace = step.network, step.trace
    names = Names(network, (), "standard")
    last = len(score(network.depth)) - 1
    said = [sentence(network, trace, phase, 0, notation="standard") for phase in score(network.depth)]
    for address in addresses(step.place(690, 360))[:60]:
        said += [row.symbol.plain for row in quantities(network, trace, last, address, 0, names)]
        said.append(plain_line(worked(network, trace, last, address, 0, names)))
    assert [text for text in said if GLOSSARY.search(text)] == []
    glossary = quantities(network, trace, last, Edge(0, 0, 0), 0)
    assert any(GLOSSARY.search(row.symbol.plain) for row in glossary)
