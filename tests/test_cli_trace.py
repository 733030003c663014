"""`bpviz trace` against automatic differentiation, written for this test alone from the JSON's numbers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import autograd.numpy as np
import pytest
from autograd import grad

from bpviz.cli import main
from bpviz.document.preset import load_preset, preset_names
from bpviz.document.resource import resource

ACTIVATIONS: dict[str, Callable[[Any], Any]] = {
    "identity": lambda z: z,
    "relu": lambda z: np.where(z > 0, z, 0.0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.01 * z),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "sine": np.sin,
    "softplus": lambda z: np.log(1 + np.exp(z)),
    "softmax": lambda z: np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True),
}
COSTS: dict[str, Callable[[Any, Any], Any]] = {
    "half_squared_error": lambda p, y: 0.5 * (p - y) ** 2,
    "mean_squared_error": lambda p, y: (p - y) ** 2,
    "binary_cross_entropy": lambda p, y: -y * np.log(p) - (1 - y) * np.log(1 - p),
    "categorical_cross_entropy": lambda p, y: np.where(y > 0, -y * np.log(p), 0.0),
}


def traced(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["trace", *arguments]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    step = json.loads(printed.out)
    assert isinstance(step, dict)
    return step


def mean_cost(parameters: list[tuple[Any, Any]], step: dict[str, Any]) -> Any:
    """Summed over the outputs, averaged over the batch."""
    a = np.array(step["inputs"])
    for (w, b), layer in zip(parameters, step["layers"], strict=True):
        z = np.dot(a, w) if b is None else np.dot(a, w) + b
        a = ACTIVATIONS[layer["activation"]](z)
    costs = COSTS[step["cost_name"]](a, np.array(step["targets"]))
    return np.sum(costs) / len(step["inputs"])


def parameters_of(step: dict[str, Any]) -> list[tuple[Any, Any]]:
    return [(np.array(k["w"]), None if k["b"] is None else np.array(k["b"])) for k in step["layers"]]


def close(ours: Any, theirs: Any) -> bool:
    """To 1e-10, relative to the size of the numbers where they are large."""
    return bool(np.allclose(np.array(ours), theirs, rtol=1e-10, atol=1e-10))


@pytest.mark.parametrize("step_number", [0, 7])
@pytest.mark.parametrize("preset", preset_names())
def test_every_gradient_agrees_with_automatic_differentiation(
    preset: str, step_number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    step = traced(capsys, preset, "--step", str(step_number))
    parameters = parameters_of(step)
    assert step["step"] == step_number
    assert close(step["cost"], mean_cost(parameters, step))
    for k, layer in enumerate(step["layers"]):
        w, b = parameters[k]
        before, after = parameters[:k], parameters[k + 1 :]
        by_weight = grad(lambda v, b=b, p=before, q=after: mean_cost([*p, (v, b), *q], step))(w)
        assert close(layer["dw"], by_weight), f"dw of layer {k}"
        if b is None:
            assert layer["db"] is None
            assert layer["b_next"] is None
            continue
        by_bias = grad(lambda v, w=w, p=before, q=after: mean_cost([*p, (w, v), *q], step))(b)
        assert close(layer["db"], by_bias), f"db of layer {k}"


def test_the_json_has_the_promised_names(capsys: pytest.CaptureFixture[str]) -> None:
    step = traced(capsys, "toy")
    assert set(step) == {
        "preset", "step", "epoch", "seed", "rate", "optimizer", "frozen", "cost_name", "fused", "cost",
        "penalty", "inputs", "targets", "outputs", "layers",
    }  # fmt: skip
    assert set(step["layers"][0]) == {
        "activation", "w", "b", "z", "a", "slope", "pull", "delta", "dw", "db", "w_next", "b_next",
    }  # fmt: skip


def test_the_toy_network_gives_the_numbers_of_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    """X 2, W_h 0.6, W_o 0.9, y 0.5: Z_h 1.2, yhat 1.08, E_o 0.58, C'(W_o) 0.696, E_h 0.522, C'(W_h) 1.044."""
    step = traced(capsys, "toy")
    hidden, output = step["layers"]
    found = [step["cost"], hidden["z"][0][0], output["a"][0][0], output["delta"][0][0], output["dw"][0][0]]
    found += [hidden["delta"][0][0], hidden["dw"][0][0], hidden["w_next"][0][0], output["w_next"][0][0]]
    assert found == pytest.approx([0.1682, 1.2, 1.08, 0.58, 0.696, 0.522, 1.044, 0.4956, 0.8304], abs=1e-12)


def test_weights_stand_as_inputs_by_units_and_rows_are_examples(capsys: pytest.CaptureFixture[str]) -> None:
    step = traced(capsys, "iris")
    batch = len(step["inputs"])
    sizes = load_preset("iris").experiment.network.sizes
    for k, layer in enumerate(step["layers"]):
        assert np.shape(layer["w"]) == np.shape(layer["dw"]) == (sizes[k], sizes[k + 1])
        assert np.shape(layer["z"]) == np.shape(layer["delta"]) == (batch, sizes[k + 1])


def test_floats_come_back_to_the_bit(capsys: pytest.CaptureFixture[str]) -> None:
    step = traced(capsys, "spiral", "--step", "3", "--seed", "11")
    trainer = load_preset("spiral").experiment.with_seed(11).start()
    trainer.run(3, float("inf"))
    record = trainer.record()
    assert step["cost"] == record.cost
    for layer, true in zip(step["layers"], record.layers, strict=True):
        assert layer["w"] == true.w.tolist()
        assert layer["dw"] == true.dw.tolist()


def test_a_step_begins_where_the_one_before_ended(capsys: pytest.CaptureFixture[str]) -> None:
    fourth, fifth = (traced(capsys, "xor", "--step", n) for n in ("4", "5"))
    assert [layer["w_next"] for layer in fourth["layers"]] == [layer["w"] for layer in fifth["layers"]]


def test_a_frozen_weight_is_named_and_stays(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    content = json.loads(resource("presets", "toy.json").read_text("utf-8"))
    content["experiment"]["learning"]["frozen"] = [{"layer": 1, "unit": 0, "source": 0}]
    path = tmp_path / "frozen.json"
    path.write_text(json.dumps(content), "utf-8")
    step = traced(capsys, str(path))
    hidden, output = step["layers"]
    assert step["frozen"] == content["experiment"]["learning"]["frozen"]
    assert output["w_next"] == output["w"] and output["dw"] != [[0.0]] and hidden["w_next"] != hidden["w"]
    assert traced(capsys, "toy")["frozen"] == []
