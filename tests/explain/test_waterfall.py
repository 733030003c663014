"""Where the gradient went: running products and root mean squares, against numbers worked out by hand."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.explain.chain.chain import Path, chain_of
from bpviz.explain.chain.factor import Kind
from bpviz.explain.chain.variable import variables
from bpviz.explain.part import Part, What
from bpviz.explain.phase import Kind as PhaseKind
from bpviz.explain.phase import index_of
from bpviz.explain.symbol import Names
from bpviz.explain.waterfall import decades, layer_waterfall, path_waterfall, root_mean_square, share
from tests.explain.drawn_steps import Step, steps, toy
from tests.explain.preset_steps import opened

W_H = Part(What.WEIGHT, 0, 0, 0)


def path_of(step: Step, variable: Part = W_H, complete: int = 99, example: int | None = 0) -> Path:
    found = chain_of(step.network, step.trace, Names(step.network), variable, complete, example)
    assert found.paths
    return found.paths[0]


@settings(max_examples=80, deadline=None)
@given(steps(scales=(0.0, 0.5, 1.0)), st.data())
def test_the_last_running_product_is_that_of_the_path(step: Step, data: st.DataObject) -> None:
    address = data.draw(st.sampled_from(step.addresses))
    variable = data.draw(st.sampled_from(variables(step.network, address)))
    path = path_of(step, variable)
    last = path_waterfall(path, "derivatives")[-1]
    assert last.size == pytest.approx(path.product, rel=1e-12, abs=1e-300)


def test_the_toy_path_runs_down_as_worked_out_by_hand() -> None:
    falls = path_waterfall(path_of(toy()), "quantities")
    assert [fall.size for fall in falls] == pytest.approx([0.58, 0.58, 0.522, 0.522, 1.044])
    assert [fall.symbol.plain for fall in falls] == ["(ŷ − y)", "R'(Z_o)", "W_o", "R'(Z_h)", "X"]
    assert not any(fall.smallest for fall in falls), "0.58 is the error itself, and no other is below a half"
    weak = path_waterfall(path_of(toy(w_o=0.3)), "quantities")
    assert [fall.smallest for fall in weak] == [False, False, True, False, False]
    assert falls[2].kind is Kind.WEIGHT


def test_a_factor_of_zero_ends_it() -> None:
    falls = path_waterfall(path_of(toy(w_h=-0.6, functions=("relu", "identity"))), "derivatives")
    assert [fall.symbol.plain for fall in falls] == ["C'(ŷ)", "ŷ'(Z_o)", "Z_o'(H)", "H'(Z_h)"]
    assert falls[-1].size == 0.0


def test_what_is_not_told_has_no_size_and_nothing_below_it_has() -> None:
    falls = path_waterfall(path_of(toy(), complete=index_of(2, PhaseKind.OUTPUT_ERROR, 1)), "derivatives")
    assert [fall.size is None for fall in falls] == [False, False, False, True, True]
    assert falls[4].factor == 2.0
    assert not any(fall.smallest for fall in falls)


def test_a_path_over_a_batch_has_no_sizes() -> None:
    step = opened("iris")
    falls = path_waterfall(path_of(Step(step.network, step.trace), example=None), "derivatives")
    assert all(fall.size is None for fall in falls)


def test_layers_are_measured_by_root_mean_square() -> None:
    step = opened("mazur")
    names = Names(step.network)
    falls = layer_waterfall(step.network, step.trace, names, 99, 0)
    hidden, output = step.trace.layers
    by_hand = [
        math.sqrt((0.751365070 - 0.01) ** 2 / 2 + (0.772928465 - 0.99) ** 2 / 2),  # the published outputs
        math.sqrt(sum(float(e) ** 2 for e in output.delta[0]) / 2),
        math.sqrt(sum(float(p) ** 2 for p in hidden.pull[0]) / 2),
        math.sqrt(sum(float(e) ** 2 for e in hidden.delta[0]) / 2),
        math.sqrt(sum(float(g) ** 2 for g in hidden.dw.ravel()) / 4),
    ]
    assert [fall.symbol.plain for fall in falls] == ["C'(ŷ)", "E_o", "C'(H)", "E_h", "C'(W_h)"]
    assert [fall.size for fall in falls] == pytest.approx(by_hand, rel=1e-8)
    ratios = [fall.factor for fall in falls]
    assert ratios[0] is None
    assert ratios[1:] == pytest.approx([b / a for a, b in pairwise(by_hand)])


def test_over_a_batch_all_examples_count() -> None:
    step = opened("iris")
    falls = layer_waterfall(step.network, step.trace, Names(step.network), 99, None)
    assert [fall.symbol.plain for fall in falls] == ["E_o", "C'(H)", "E_h", "C'(W_h)"]  # fused: E_o at once
    errors = step.trace.layers[1].delta
    assert falls[0].size == pytest.approx(np.linalg.norm(errors) / math.sqrt(errors.size))
    assert falls[-1].size == pytest.approx(np.linalg.norm(step.trace.layers[0].dw) / math.sqrt(
        step.trace.layers[0].dw.size))


def test_one_example_of_a_batch_is_measured_alone() -> None:
    step = opened("iris")
    fall = layer_waterfall(step.network, step.trace, Names(step.network), 99, 2)[-1]
    layer = step.trace.layers[0]
    shares = [float(x) * float(e) for x in layer.a_in[2] for e in layer.delta[2]]
    assert fall.size == pytest.approx(math.sqrt(sum(s * s for s in shares) / len(shares)))


def test_layers_that_are_not_told_have_no_size() -> None:
    step = toy()
    complete = index_of(2, PhaseKind.OUTPUT_ERROR, 1)
    falls = layer_waterfall(step.network, step.trace, Names(step.network), complete, 0)
    assert [fall.size is None for fall in falls] == [False, False, True, True, True]


@pytest.mark.parametrize("scale", [1e-200, 1.0, 1e200])
def test_tiny_and_huge_numbers_keep_their_mean(scale: float) -> None:
    assert root_mean_square(scale * np.array([3.0, 4.0])) == pytest.approx(scale * math.sqrt(12.5))


def test_the_axis_spans_all_sizes() -> None:
    falls = layer_waterfall(toy().network, toy().trace, Names(toy().network), 99, 0)
    assert decades(falls) == (-1, 1)
    assert decades(()) == (-1, 0)
    assert share(1.0, -2, 0) == 1.0
    assert share(0.1, -2, 0) == pytest.approx(0.5)
    assert share(-0.1, -2, 0) == pytest.approx(0.5)
    assert share(0.0, -2, 0) == 0.0
    assert share(math.inf, -2, 0) == 1.0
    assert share(math.nan, -2, 0) == 0.0
