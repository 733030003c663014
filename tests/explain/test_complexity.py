"""Multiplications counted by formula: those of the text's networks, counted by hand."""

from __future__ import annotations

import pytest

from bpviz.document.preset import load_preset, preset_names
from bpviz.engine.network import Layer, Network
from bpviz.explain.complexity import amount, by_depth, chain_count, chain_factors, hidden_width, work
from bpviz.explain.phase import Kind, index_of, score
from tests.engine.nets import network


def preset(name: str) -> Network:
    return load_preset(name).experiment.network


def test_the_toy_network_takes_five_multiplications_instead_of_six() -> None:
    toy = work(preset("toy"))
    assert toy.errors == (2, 1)       # E_h = E_o . W_o . R'(Z_h); E_o = (ŷ - y) . R'(Z_o)
    assert toy.gradients == (1, 1)
    assert toy.written_out == (4, 2)  # five factors, and three
    assert (toy.total.reused, toy.total.written_out) == (5, 6)
    assert toy.total.ratio == pytest.approx(1.2)


@pytest.mark.parametrize(("kind", "layer", "reused", "written_out"), [
    (Kind.COST, 1, 0, 0),
    (Kind.OUTPUT_ERROR, 1, 1, 0),
    (Kind.GRADIENT, 1, 2, 2),
    (Kind.HIDDEN_ERROR, 0, 4, 2),
    (Kind.GRADIENT, 0, 5, 6),
    (Kind.UPDATE, 1, 5, 6),
])  # fmt: skip
def test_the_toy_network_phase_by_phase(kind: Kind, layer: int, reused: int, written_out: int) -> None:
    done = work(preset("toy")).after(index_of(2, kind, layer))
    assert (done.reused, done.written_out) == (reused, written_out)


def test_the_first_weight_below_ten_hidden_layers_has_23_factors() -> None:
    ten = preset("ten-hidden")
    assert chain_factors(ten, 0) + 1 == 23  # and its input
    assert work(ten).written_out[0] == 22
    assert work(ten).written_out == tuple(range(22, 0, -2))
    assert work(ten).total.written_out == 132
    assert work(ten).total.reused == 1 + 10 * 2 + 11


def test_two_units_a_layer_counted_by_hand() -> None:
    """Mazur's network: weights above 4 x 2, biases 2 x 1; below, two ways each: 4 x 2 x 4 and 2 x 2 x 3."""
    mazur = work(preset("mazur"))
    assert mazur.written_out == (44, 10)
    assert mazur.errors == (6, 2)
    assert mazur.gradients == (4, 4)


def test_a_fused_output_has_its_error_given() -> None:
    """E_o is the first factor of every chain, and costs nothing to find."""
    fused = work(network((3, 2), output="softmax", cost="categorical_cross_entropy"))
    assert fused.errors == (0,)
    assert fused.written_out == (6,)  # 3 x 2 weights: E_o . input; C'(b) is E_o itself
    assert fused.gradients == (6,)


def test_softmax_on_its_own_branches_over_every_output() -> None:
    alone = network((2, 4, 3), output="softmax")
    assert chain_count(alone, 1) == 3
    assert chain_count(alone, 0) == 9
    assert work(alone).errors[1] == 6  # C'(ŷ) . ŷ and ŷ . (...), one each a unit


def test_the_work_so_far_only_grows_and_ends_at_the_total() -> None:
    for name in preset_names():
        made = work(preset(name))
        course = [made.after(complete) for complete in range(-1, len(score(preset(name).depth)))]
        assert (course[0].reused, course[0].written_out) == (0, 0)
        assert [each.reused for each in course] == sorted(each.reused for each in course)
        assert [each.written_out for each in course] == sorted(each.written_out for each in course)
        assert course[-1] == made.total


def test_reusing_never_takes_more() -> None:
    for name in preset_names():
        assert work(preset(name)).total.ratio >= 1
        assert all(each.totals.ratio > 1 for each in by_depth(preset(name)))


def test_one_way_through_a_chain_of_single_units_at_every_depth() -> None:
    """L layers of one unit: 3 L - 1 multiplications reused, L (L + 1) written out."""
    for each in by_depth(preset("toy")):
        layers = each.hidden + 1
        assert (each.totals.reused, each.totals.written_out) == (3 * layers - 1, layers * (layers + 1))


def test_the_present_network_stands_among_the_others_where_its_layers_are_alike() -> None:
    for name in ("ten-hidden", "sine", "spiral"):
        present = preset(name)
        alike = next(each for each in by_depth(present) if each.hidden == present.depth - 1)
        assert alike.totals == work(present).total


def test_the_others_are_as_wide_as_the_widest_hidden_layer() -> None:
    assert hidden_width(Network(4, (Layer(3), Layer(7), Layer(5), Layer(9)))) == 7
    assert hidden_width(Network(4, (Layer(9),))) == 1
    assert [each.hidden for each in by_depth(Network(4, (Layer(9),)))] == list(range(1, 13))


def test_astronomical_counts_stay_exact_and_readable() -> None:
    vast = Network(100, tuple(Layer(100) for _ in range(60)), "half_squared_error")
    assert work(vast).written_out[0] == 100**59 * 100 * (100 * 120 + 119)
    assert amount(work(vast).written_out[0]) == "1.21·10¹²⁴"
    assert amount(62_400) == "62,400"
