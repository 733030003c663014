"""What a phase looks up was computed before it, once; and the sentences say when."""

from __future__ import annotations

import pytest

from bpviz.document.preset import load_preset, preset_names
from bpviz.engine.network import Network
from bpviz.explain.address import INPUT
from bpviz.explain.memo import State, computes, memo, plain, sentence, uses, words
from bpviz.explain.part import Part, What, is_told, told_by
from bpviz.explain.phase import Kind, index_of, score
from bpviz.explain.symbol import NOTATIONS, Names
from tests.engine.nets import network
from tests.explain.preset_steps import opened

DEPTHS = range(1, 13)


def chain(depth: int) -> Network:
    return network((1, *[1] * depth))


def preset(name: str) -> Network:
    return load_preset(name).experiment.network


def said(net: Network, at: int, notation: str = "glossary") -> str:
    return plain(sentence(net, Names(net, (), notation), at))


@pytest.mark.parametrize("depth", DEPTHS)
def test_what_is_looked_up_was_computed_by_an_earlier_phase(depth: int) -> None:
    there: set[Part] = set()
    for phase in score(depth):
        assert there.issuperset(uses(chain(depth), phase))
        there.update(computes(chain(depth), phase))


@pytest.mark.parametrize("depth", DEPTHS)
def test_exactly_one_phase_computes_each_entry(depth: int) -> None:
    parts = [part for phase in score(depth) for part in computes(chain(depth), phase)]
    assert len(parts) == len(set(parts)) == 4 * depth + 3  # Z, H, E, C'(W) a layer; X, y and C
    assert [entry.part for entry in memo(chain(depth), 0)] == parts


@pytest.mark.parametrize("depth", DEPTHS)
def test_an_entry_is_computed_by_the_phase_that_tells_it(depth: int) -> None:
    for entry in memo(chain(depth), 0):
        assert score(depth)[entry.phase] == told_by(entry.part, depth)


@pytest.mark.parametrize("depth", DEPTHS)
def test_states_follow_the_present_phase(depth: int) -> None:
    for at in range(len(score(depth))):
        for entry in memo(chain(depth), at):
            assert (entry.state is State.UNKNOWN) == (not is_told(entry.part, depth, at))
            assert (entry.state is State.COMPUTED) == (entry.phase == at)
            assert entry.ago == (None if entry.state is State.UNKNOWN else at - entry.phase)


@pytest.mark.parametrize("depth", DEPTHS)
def test_every_entry_but_the_cost_is_looked_up_once_it_is_there(depth: int) -> None:
    """What is remembered is remembered for something. The cost is only looked at."""
    used = {part for phase in score(depth) for part in uses(chain(depth), phase)}
    made = {entry.part for entry in memo(chain(depth), 0)}
    assert made - used == {Part(What.COST, depth - 1)}


def test_each_error_is_looked_up_twice_for_its_gradient_and_the_layer_below() -> None:
    users = [phase for phase in score(3) if Part(What.ERROR, 1) in uses(chain(3), phase)]
    assert [(phase.kind, phase.layer) for phase in users] == [(Kind.GRADIENT, 1), (Kind.HIDDEN_ERROR, 0)]


def test_a_fused_output_needs_no_weighted_input() -> None:
    at = index_of(2, Kind.OUTPUT_ERROR, 1)
    fused, plain_one = preset("xor"), preset("mazur")
    z = Part(What.WEIGHTED_INPUT, 1)
    assert z not in uses(fused, score(2)[at])
    assert z in uses(plain_one, score(2)[at])
    assert z not in uses(network((2, 2, 2), output="softmax"), score(2)[at])


def test_the_bias_gradient_comes_with_that_of_the_weights() -> None:
    biases = {entry.bias for entry in memo(preset("mazur"), 0)} - {None}
    assert biases == {Part(What.BIAS_GRADIENT, 0), Part(What.BIAS_GRADIENT, 1)}
    assert {entry.bias for entry in memo(preset("toy"), 0)} == {None}


@pytest.mark.parametrize(("kind", "layer", "notation", "expected"), [
    (Kind.GIVEN, INPUT, "glossary",
     "The step begins with X and y. Nothing is computed yet, so nothing is looked up."),
    (Kind.SUM, 0, "glossary",
     "Z_h needs X: it was given one phase ago and is looked up, not computed again."),
    (Kind.OUTPUT_ERROR, 1, "glossary",
     "E_o needs ŷ (computed two phases ago), y (given six phases ago) and Z_o (computed three phases ago): "
     "all are looked up, not computed again."),
    (Kind.HIDDEN_ERROR, 0, "glossary",
     "E_h needs E_o: it was computed two phases ago and is looked up, not computed again. "
     "R'(Z_h) comes from Z_h, computed seven phases ago."),
    (Kind.HIDDEN_ERROR, 0, "standard",
     "δ_h needs δ_o: it was computed two phases ago and is looked up, not computed again. "
     "σ'(Z_h) comes from Z_h, computed seven phases ago."),
    (Kind.GRADIENT, 1, "standard",
     "∂C/∂W_o needs δ_o (computed one phase ago) and H (computed five phases ago): "
     "both are looked up, not computed again."),
])  # fmt: skip
def test_the_toy_network_says_what_it_looks_up(kind: Kind, layer: int, notation: str, expected: str) -> None:
    assert said(preset("toy"), index_of(2, kind, layer), notation) == expected


def test_a_bias_is_named_where_there_is_one() -> None:
    at = index_of(2, Kind.GRADIENT, 1)
    assert said(preset("mazur"), at).startswith("C'(W_o) and C'(b_o) need E_o (")


def test_the_update_counts_its_gradients_where_they_are_many() -> None:
    last = len(score(11)) - 1
    assert said(preset("ten-hidden"), last) == (
        "The update needs all 11 gradients: they were computed from one to 21 phases ago and are looked up."
    )
    assert said(preset("single-neuron"), len(score(1)) - 1) == (
        "The update needs C'(W): it was computed one phase ago and is looked up, not computed again."
    )


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("name", preset_names())
def test_a_sentence_names_all_that_is_looked_up(name: str, notation: str) -> None:
    net = preset(name)
    names = Names(net, (), notation)
    for at, phase in enumerate(score(net.depth)):
        used = uses(net, phase)
        if len(used) <= 3:
            pieces = sentence(net, names, at)
            assert all(names.of(part) in pieces for part in used)


def test_an_entry_in_words_has_its_number_once_that_is_told() -> None:
    toy = opened("toy")
    names, at = Names(toy.network), index_of(2, Kind.HIDDEN_ERROR, 0)
    entry = next(e for e in memo(toy.network, at) if e.part == Part(What.ERROR, 1))
    assert words(toy.network, toy.trace, names, entry, at, 0) == (
        "Layer error of the output layer\nE_o = 0.580\n"
        "Computed in phase 7 of 11, two phases ago; looked up now."
    )
    now = next(e for e in memo(toy.network, at) if e.part == Part(What.ERROR, 0))
    assert words(toy.network, toy.trace, names, now, at - 1, 0) == (
        "Layer error of the hidden layer\nE_h = —\nComputed now, in phase 9 of 11."
    )
    ahead = next(e for e in memo(toy.network, at) if e.part == Part(What.GRADIENT, 0))
    assert words(toy.network, toy.trace, names, ahead, at, 0) == (
        "Gradient of the hidden layer\nC'(W_h) = —\nNot known yet: it will be computed in phase 10 of 11."
    )


def test_many_numbers_are_counted_and_a_bias_stands_beside() -> None:
    iris = opened("iris")
    at = len(score(2)) - 1
    entry = next(e for e in memo(iris.network, at) if e.part == Part(What.GRADIENT, 0))
    assert words(iris.network, iris.trace, Names(iris.network), entry, at, None) == (
        "Gradient of the hidden layer\nC'(W_h): 32 numbers\nC'(b_h): 8 numbers\n"
        "Computed in phase 10 of 11, one phase ago; looked up now."
    )
    first = words(iris.network, iris.trace, Names(iris.network), memo(iris.network, at)[0], at, 0)
    assert first == "Input\nX: 4 numbers\nGiven in phase 1 of 11, ten phases ago; not needed now."
