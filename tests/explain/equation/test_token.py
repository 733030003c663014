"""Equations as they are read: brackets, signs, and LaTeX that parses."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from latex2mathml.converter import convert
from ziamath.zmath import Latex

from bpviz.explain.equation.equation import Equation
from bpviz.explain.equation.expression import Average, Difference, Product, Square, Sum, Term, evaluate
from bpviz.explain.equation.sheet import sheet
from bpviz.explain.equation.token import equation_tokens, latex, latex_with_numbers, plain, tokens
from bpviz.explain.symbol import NOTATIONS, Names, Notation, upright
from tests.explain.drawn_steps import Step, steps, toy
from tests.explain.preset_steps import NAMES, opened


@cache
def parses(formula: str) -> bool:
    """Whether the typesetter can set it."""
    return bool(Latex(formula).getsize()[0] > 0)


def term(letter: str, value: float) -> Term:
    return Term(upright(letter), value)


A, B, C = term("a", 2.0), term("b", -3.0), term("c", 0.5)


def test_a_negative_number_after_a_sign_has_brackets() -> None:
    assert plain(tokens(Product((A, B)))) == "2.00 · (−3.00)"
    assert plain(tokens(Product((B, A)))) == "−3.00 · 2.00"


def test_what_binds_less_than_a_product_has_brackets() -> None:
    assert plain(tokens(Product((Sum((A, C)), B)))) == "( 2.00 + 0.500 ) · (−3.00)"
    assert plain(tokens(Product((Difference(A, C), B)))) == "( 2.00 − 0.500 ) · (−3.00)"
    assert plain(tokens(Square(Difference(A, C)))) == "( 2.00 − 0.500 ) ²"
    assert plain(tokens(Square(B))) == "(−3.00)²"


def test_latex_with_numbers_is_worked_out_to_the_end() -> None:
    left = term("E", -3.0)
    made = latex_with_numbers(equation_tokens(left, Product((Difference(A, C), term("d", -2.0)))))
    assert made == (
        r"\mathrm{E} = ( \mathrm{a} - \mathrm{c} ) \cdot \mathrm{d} = ( 2.00 - 0.500 ) \cdot (-2.00) = -3.00"
    )


def test_powers_of_ten_become_latex() -> None:
    made = latex_with_numbers(equation_tokens(term("E", 1.26e-7), term("F", 1.26e-7)))
    assert made == r"\mathrm{E} = \mathrm{F} = 1.26\cdot 10^{-7} = 1.26\cdot 10^{-7}"


def test_the_square_of_a_power_of_ten_is_one_number() -> None:
    small = term("a", 1.5e-4)
    assert plain(tokens(Square(small))) == "(1.50·10⁻⁴)²"
    made = latex_with_numbers(equation_tokens(term("b", 2.25e-8), Square(term("a", -1.5e-4))))
    assert made == r"\mathrm{b} = {\mathrm{a}}^{2} = (-1.50\cdot 10^{-4})^{2} = 2.25\cdot 10^{-8}"


def test_an_average_and_matrices_have_no_numbers_within() -> None:
    mean = equation_tokens(A, Average(Product((B, C)), 2.0, 4))
    sum_of_b_c = r"\tfrac{1}{4} \textstyle\sum \mathrm{b} \cdot \mathrm{c}"
    assert latex_with_numbers(mean) == rf"\mathrm{{a}} = {sum_of_b_c} = 2.00"
    step = opened("mazur")
    matrix = sheet(step.network, step.trace, 10_000, 0, Names(step.network))[0].lines[0]
    assert latex_with_numbers(matrix.tokens) == latex(matrix.tokens)
    assert latex_with_numbers(()) == ""


def test_evaluation_is_arithmetic() -> None:
    assert evaluate(Product((Sum((A, C)), Square(B)))) == 2.5 * 9.0


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("name", NAMES)
def test_latex_of_every_equation_of_every_preset_parses(name: str, notation: Notation) -> None:
    step = opened(name)
    for example in (0, None):
        groups = sheet(step.network, step.trace, 10_000, example, Names(step.network, (), notation))
        for line in (line for group in groups for line in group.lines):
            assert parses(latex(line.tokens))
            assert not line.rule or parses(line.rule)
            if isinstance(line, Equation):
                assert convert(latex_with_numbers(line.tokens))


@settings(max_examples=20, deadline=None)
@given(steps(), st.sampled_from(NOTATIONS))
def test_latex_of_every_kind_of_network_parses(step: Step, notation: Notation) -> None:
    names = Names(step.network, (), notation)
    for group in sheet(step.network, step.trace, 10_000, 0, names):
        for line in group.lines:
            assert convert(latex(line.tokens))
            assert all(parses(token.latex) for token in line.tokens), "each symbol also stands alone"


def test_the_toy_equation_as_latex() -> None:
    groups = sheet(toy().network, toy().trace, 10_000, 0, Names(toy().network))
    line = groups[3].lines[0]
    assert latex_with_numbers(line.tokens) == (
        r"E_{h} = E_{o} \cdot W_{o} \cdot R'(Z_{h}) = 0.580 \cdot 0.900 \cdot 1.00 = 0.522"
    )
