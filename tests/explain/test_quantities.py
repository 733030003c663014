"""Quantities are the record's own numbers, each from its phase on and not before."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.explain.address import INPUT, Address, Edge, Node, parameter_at
from bpviz.explain.phase import Kind, index_of, score
from bpviz.explain.quantities import error_kind, known, quantities
from tests.explain.drawn_steps import Step, steps, toy


def told(
    step: Step, address: Address, example: int | None, complete: int | None = None
) -> dict[str, float | None]:
    """Name without what is said about averages and what is frozen -> value."""
    last = len(score(step.network.depth)) - 1
    rows = quantities(step.network, step.trace, last if complete is None else complete, address, example)
    named = {_plain(row.name): row.value for row in rows}
    assert len(named) == len(rows)
    return named


def _plain(name: str) -> str:
    return name.removeprefix("average ").partition(", average of")[0].removesuffix(", frozen")


@settings(max_examples=60, deadline=None)
@given(steps())
def test_a_weight_and_a_bias_say_whether_they_are_frozen(step: Step) -> None:
    last = len(score(step.network.depth)) - 1
    for address in step.addresses:
        names = [row.name for row in quantities(step.network, step.trace, last, address, 0)]
        is_frozen = parameter_at(address) in step.trace.frozen
        word = "weight" if isinstance(address, Edge) else "bias"
        assert (f"{word}, frozen" in names) == is_frozen
        assert not is_frozen or word not in names


def test_the_hidden_unit_of_the_toy_network_by_hand() -> None:
    # Z_h = 2 * 0.6 = 1.2, H = 1.2; ŷ = 1.08, E_o = 0.58; C'(H) = 0.58 * 0.9 = 0.522, slope 1, E_h = 0.522
    assert told(toy(), Node(0, 0), 0) == {
        "weighted input": pytest.approx(1.2),
        "activation": pytest.approx(1.2),
        "pull from above": pytest.approx(0.522),
        "slope": 1.0,
        "layer error": pytest.approx(0.522),
    }


def test_the_output_of_the_toy_network_by_hand() -> None:
    assert told(toy(), Node(1, 0), 0) == {
        "weighted input": pytest.approx(1.08),
        "prediction": pytest.approx(1.08),
        "target": 0.5,
        "gap": pytest.approx(0.58),
        "cost": pytest.approx(0.1682),
        "pull from above": pytest.approx(0.58),
        "slope": 1.0,
        "layer error": pytest.approx(0.58),
    }


def test_the_first_weight_of_the_toy_network_by_hand() -> None:
    # C'(W_h) = E_h * X = 0.522 * 2 = 1.044; W_h - 0.1 * 1.044 = 0.4956
    assert told(toy(), Edge(0, 0, 0), 0) == {
        "weight": 0.6,
        "input": 2.0,
        "layer error": pytest.approx(0.522),
        "gradient": pytest.approx(1.044),
        "change": pytest.approx(-0.1044),
        "weight after the update": pytest.approx(0.4956),
    }


def test_symbols_stand_beside_their_names() -> None:
    rows = quantities(toy().network, toy().trace, -1, Node(1, 0), 0)
    assert [row.symbol.plain for row in rows] == ["Z_o", "ŷ", "y", "ŷ − y", "C", "C'(ŷ)", "R'(Z_o)", "E_o"]
    assert {row.role for row in rows} == {"value", "error", "plain"}



def node_expected(step: Step, node: Node, example: int | None) -> dict[str, float]:
    trace, layer = step.trace, step.trace.layers[node.layer]

    def pick(array: np.ndarray) -> float:
        return float(array[:, node.unit].mean() if example is None else array[example, node.unit])

    slope = "slope by its own Z only" if layer.activation == "softmax" else "slope"
    output = node.layer == step.network.depth - 1
    expected = {
        "weighted input": pick(layer.z),
        "prediction" if output else "activation": pick(layer.a),
        slope: pick(layer.slope),
        "layer error": pick(layer.delta),
    }
    if output:
        costs = trace.example_costs
        cost = float(costs.mean() if example is None else costs[example])
        expected |= {"target": pick(trace.targets), "gap": pick(layer.a - trace.targets), "cost": cost}
    if not (output and trace.fused):
        expected["pull from above"] = pick(layer.pull)
    if layer.b is not None and layer.db is not None and layer.b_next is not None:
        biases = {"bias": layer.b, "bias gradient": layer.db, "bias after the update": layer.b_next}
        expected |= {name: float(array[node.unit]) for name, array in biases.items()}
    return expected


def edge_expected(step: Step, edge: Edge, example: int | None) -> dict[str, float]:
    layer, at = step.trace.layers[edge.layer], (edge.source, edge.target)
    inputs, errors = layer.a_in[:, edge.source], layer.delta[:, edge.target]
    source = "input" if edge.layer == 0 else "activation below"
    expected = {
        "weight": layer.w[at],
        source: inputs.mean() if example is None else inputs[example],
        "layer error": errors.mean() if example is None else errors[example],
        "gradient": layer.dw[at],
        "change": layer.w_next[at] - layer.w[at],
        "weight after the update": layer.w_next[at],
    }
    if example is not None and step.trace.batch > 1:
        expected["this example's share"] = inputs[example] * errors[example]
    return expected


@settings(max_examples=60, deadline=None)
@given(steps())
def test_after_the_last_phase_all_numbers_are_the_records(step: Step) -> None:
    for address in step.addresses:
        for example in step.examples:
            found = told(step, address, example)
            if isinstance(address, Edge):
                expected = edge_expected(step, address, example)
            elif address.layer == INPUT:
                column = step.trace.inputs[:, address.unit]
                expected = {"input": column.mean() if example is None else column[example]}
            else:
                expected = node_expected(step, address, example)
            assert found.keys() == expected.keys()
            for name, value in found.items():
                assert value == pytest.approx(expected[name], rel=1e-9, abs=1e-15), name


@settings(max_examples=60, deadline=None)
@given(steps())
def test_the_shares_of_all_examples_average_to_the_gradient(step: Step) -> None:
    if step.trace.batch == 1:
        return
    for address in step.addresses:
        if isinstance(address, Edge):
            shares = [told(step, address, e)["this example's share"] for e in range(step.trace.batch)]
            gradient = told(step, address, None)["gradient"]
            assert np.mean(np.array(shares, float)) == pytest.approx(gradient, rel=1e-9, abs=1e-12)


def phase_of(name: str, step: Step, address: Address) -> int:
    """Which phase tells what, said once more and independently."""
    depth, k = step.network.depth, address.layer
    last = depth - 1
    error = Kind.OUTPUT_ERROR if k == last else Kind.HIDDEN_ERROR
    table = {
        "weight": -1,
        "bias": -1,
        "input": 0,
        "target": 0,
        "weighted input": index_of(depth, Kind.SUM, k) if k >= 0 else 0,
        "gap": index_of(depth, Kind.COST, last),
        "cost": index_of(depth, Kind.COST, last),
        "change": len(score(depth)) - 1,
        "weight after the update": len(score(depth)) - 1,
        "bias after the update": len(score(depth)) - 1,
    }
    if name in table:
        return table[name]
    if name == "activation below":
        return index_of(depth, Kind.ACTIVATE, k - 1)
    if name in ("activation", "prediction"):
        return index_of(depth, Kind.ACTIVATE, k)
    if name in ("gradient", "bias gradient", "this example's share"):
        return index_of(depth, Kind.GRADIENT, k)
    assert name in ("pull from above", "layer error") or name.startswith("slope")
    return index_of(depth, error, k)


@settings(max_examples=30, deadline=None)
@given(steps())
def test_nothing_is_known_before_its_phase_and_everything_from_then_on(step: Step) -> None:
    phases = len(score(step.network.depth))
    for address in step.addresses[:: max(1, len(step.addresses) // 8)]:
        final = told(step, address, 0)
        for complete in range(-1, phases):
            for name, value in told(step, address, 0, complete).items():
                expected = final[name] if complete >= phase_of(name, step, address) else None
                assert value == expected, (name, complete)


@given(st.integers(1, 6))
def test_known_once_is_known_for_the_rest_of_the_step(depth: int) -> None:
    for index, phase in enumerate(score(depth)):
        there = [known(depth, complete, phase.kind, phase.layer) for complete in range(-1, len(score(depth)))]
        assert there == [complete >= index for complete in range(-1, len(score(depth)))]


def test_phases_that_stand_once_can_be_asked_for_with_any_layer() -> None:
    assert not known(3, 11, Kind.UPDATE, 0)
    assert known(3, len(score(3)) - 1, Kind.UPDATE, 0)
    assert known(3, 0, Kind.GIVEN, 2)


def test_the_error_of_the_last_layer_is_the_outputs() -> None:
    assert [error_kind(3, k) for k in range(3)] == [Kind.HIDDEN_ERROR, Kind.HIDDEN_ERROR, Kind.OUTPUT_ERROR]


@settings(max_examples=30, deadline=None)
@given(steps())
def test_averages_say_so_and_single_numbers_do_not(step: Step) -> None:
    for address in step.addresses[:4]:
        several = step.trace.batch > 1
        for example in step.examples:
            for row in quantities(step.network, step.trace, -1, address, example):
                bare = row.name.removeprefix("average ")
                lasting = bare.startswith(("weight after", "bias", "change", "gradient"))
                fixed = lasting or bare.partition(",")[0] == "weight"
                differs = several and example is None and not fixed
                assert row.name.startswith("average ") == differs, row.name
                averaged = bare.partition(",")[0] in ("gradient", "bias gradient")
                assert row.name.endswith(f"average of {step.trace.batch}") == (several and averaged), row.name
