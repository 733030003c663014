"""Hand-written texts follow the notation; ordinary words stay."""

import pytest

from bpviz.explain.notation import rewritten


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
