"""Symbols and names: the text's notation, and no two things called alike."""

from __future__ import annotations

import pytest

from bpviz.engine.network import Layer, Network
from bpviz.explain.address import INPUT, Edge, Node
from bpviz.explain.phase import score
from bpviz.explain.symbol import Names, Run


def chain(depth: int, units: int = 1) -> Network:
    return Network(units, tuple(Layer(units) for _ in range(depth)))


def labels(depth: int) -> list[str]:
    names = Names(chain(depth))
    return [names.phase_label(phase).plain for phase in score(depth)]


def test_two_layers_are_called_as_in_the_text() -> None:
    assert labels(2) == ["X", "Z_h", "H", "Z_o", "ŷ", "C", "E_o", "C'(W_o)", "E_h", "C'(W_h)", "update"]


def test_a_single_layer_needs_no_subscripts() -> None:
    assert labels(1) == ["X", "Z", "ŷ", "C", "E", "C'(W)", "update"]


def test_deeper_networks_are_numbered_as_in_the_text() -> None:
    deep = labels(11)
    assert {"Z_11", "H_10", "Z_1", "H_1", "E_11", "C'(W_1)", "ŷ"} <= set(deep)
    assert "H_11" not in deep


@pytest.mark.parametrize("depth", [1, 2, 3, 11])
def test_no_two_phases_have_the_same_label(depth: int) -> None:
    assert len(set(labels(depth))) == len(score(depth))


def test_subscripts_are_lowered_and_signs_stand_upright() -> None:
    assert Names(chain(2)).gradient(1).runs == (
        Run("C", "italic"),
        Run("'(", "upright"),
        Run("W", "italic"),
        Run("o", "sub"),
        Run(")", "upright"),
    )


def test_the_other_symbols() -> None:
    names = Names(chain(2))
    assert names.slope(0).plain == "R'(Z_h)"
    assert names.bias(1).plain == "b_o"
    assert names.bias_gradient(1).plain == "C'(b_o)"
    assert names.pull(1).plain == "C'(ŷ)"
    assert names.target().plain == "y"


def test_layers_have_names() -> None:
    assert [Names(chain(2)).layer_name(k) for k in (INPUT, 0, 1)] == ["input", "hidden", "output"]
    deep = Names(chain(4))
    assert [deep.layer_name(k) for k in (INPUT, 0, 2, 3)] == ["input", "hidden 1", "hidden 3", "output"]
    assert [deep.layer_phrase(k) for k in (2, 3)] == ["hidden layer 3", "the output layer"]


def test_units_and_weights_have_names() -> None:
    names = Names(Network(2, (Layer(8), Layer(1))))
    assert names.node_name(Node(INPUT, 1)) == "input 2"
    assert names.node_name(Node(0, 0)) == "hidden unit 1"
    assert names.node_name(Node(1, 0)) == "output"
    assert names.edge_name(Edge(0, 1, 2)) == "weight from input 2 to hidden unit 3"
    assert names.edge_name(Edge(1, 2, 0)) == "weight from hidden unit 3 to the output"
    assert Names(chain(3)).node_name(Node(1, 0)) == "hidden 2, unit 1"


@pytest.mark.parametrize("depth", [1, 2, 4])
@pytest.mark.parametrize("units", [1, 3])
def test_no_two_places_have_the_same_name(depth: int, units: int) -> None:
    names = Names(chain(depth, units))
    nodes = [names.node_name(Node(k, i)) for k in range(INPUT, depth) for i in range(units)]
    edges = [names.edge_name(Edge(k, i, j)) for k in range(depth) for i in range(units) for j in range(units)]
    assert len(set(nodes + edges)) == len(nodes) + len(edges)


def test_an_output_that_stands_for_a_class_is_called_by_it() -> None:
    names = Names(Network(2, (Layer(3), Layer(2, "softmax"))), ("setosa", "1"))
    assert names.node_name(Node(1, 1)) == "output for 1"
    assert names.edge_name(Edge(1, 0, 1)) == "weight from hidden unit 1 to the output for 1"
    assert names.node_name(Node(0, 1)) == "hidden unit 2"


def test_classes_that_are_not_one_an_output_name_none() -> None:
    assert Names(Network(2, (Layer(3), Layer(1))), ("no", "yes")).node_name(Node(1, 0)) == "output"
