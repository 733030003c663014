"""`bpviz train`: its result, its table of costs, its word on divergence."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from bpviz.cli import main
from bpviz.document.preset import load_preset
from bpviz.document.resource import resource
from bpviz.engine.kernel import trial, warm
from tests.engine.kernel_steps import compiled, needs_numba


def trained(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["train", *arguments, "--json"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""  # a progress bar is for terminals only
    result = json.loads(printed.out)
    assert isinstance(result, dict)
    return result


def test_the_result_of_a_regression_has_costs_and_no_accuracy(capsys: pytest.CaptureFixture[str]) -> None:
    result = trained(capsys, "sine", "--epochs", "3", "--seed", "5")
    assert list(result) == [
        "preset",
        "seed",
        "epochs",
        "steps",
        "training_cost",
        "validation_cost",
        "seconds",
    ]
    assert (result["preset"], result["seed"], result["epochs"]) == ("sine", 5, 3)
    trainer = load_preset("sine").experiment.with_seed(5).start()
    trainer.run(3 * trainer.steps_per_epoch, float("inf"))
    assert result["steps"] == trainer.step
    assert result["training_cost"] == trainer.costs.last.training


def test_the_result_of_a_classification_has_accuracies(capsys: pytest.CaptureFixture[str]) -> None:
    result = trained(capsys, "iris", "--epochs", "2")
    assert 0 <= result["train_accuracy"] <= 1
    assert 0 <= result["validation_accuracy"] <= 1


def test_without_validation_data_its_cost_is_null(capsys: pytest.CaptureFixture[str]) -> None:
    result = trained(capsys, "toy", "--epochs", "2")
    assert result["validation_cost"] is None


def test_no_epochs_give_the_costs_of_the_first_weights(capsys: pytest.CaptureFixture[str]) -> None:
    """C of the toy network before training: 0.5 (1.08 - 0.5)^2."""
    result = trained(capsys, "toy", "--epochs", "0")
    assert (result["epochs"], result["steps"]) == (0, 0)
    assert result["training_cost"] == pytest.approx(0.5 * 0.58**2, abs=1e-15)


def test_the_same_seed_gives_the_same_run_to_the_bit(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = (trained(capsys, "xor", "--epochs", "5", "--seed", "3") for _ in range(2))
    first.pop("seconds"), second.pop("seconds")
    assert first == second
    assert trained(capsys, "xor", "--epochs", "5", "--seed", "4")["training_cost"] != first["training_cost"]


def test_the_preset_says_how_many_epochs_unless_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert trained(capsys, "toy")["epochs"] == load_preset("toy").experiment.epochs


def test_a_person_reads_epochs_steps_costs_and_accuracy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "iris", "--epochs", "2"]) == 0
    text = capsys.readouterr().out
    for part in (
        "2 epochs",
        "steps in",
        "training cost",
        "validation cost",
        "training accuracy",
        "validation accuracy",
    ):
        assert part in text


def test_the_table_has_a_row_for_the_start_and_for_each_epoch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "costs.csv"
    result = trained(capsys, "iris", "--epochs", "4", "--costs", str(file))
    rows = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    assert list(rows[0]) == ["epoch", "step", "training", "validation"]
    assert [row["epoch"] for row in rows] == ["0", "1", "2", "3", "4"]
    assert int(rows[-1]["step"]) == result["steps"]
    assert float(rows[-1]["training"]) == result["training_cost"]
    assert float(rows[-1]["validation"]) == result["validation_cost"]


def test_the_table_replaces_an_older_one_and_leaves_nothing_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "costs.csv"
    file.write_text("older", "utf-8")
    file.chmod(0o640)
    trained(capsys, "toy", "--epochs", "1", "--costs", str(file))
    assert file.read_text("utf-8").startswith("epoch,step,training,validation\n0,0,0.1682")
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_to_the_table_stays_a_link(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    goal, link = tmp_path / "goal.csv", tmp_path / "link.csv"
    goal.write_text("older", "utf-8")
    link.symlink_to(goal)
    trained(capsys, "toy", "--epochs", "1", "--costs", str(link))
    assert link.is_symlink()
    assert goal.read_text("utf-8").startswith("epoch,")


def test_divergence_is_told_with_advice_and_keeps_the_costs_so_far(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = json.loads(resource("presets", "sine.json").read_text("utf-8"))
    content["experiment"]["learning"] |= {"rate": 1e9, "optimizer": {"name": "gradient_descent"}}
    content["experiment"]["network"]["layers"][0]["activation"] = "relu"
    file, costs = tmp_path / "wild.json", tmp_path / "costs.csv"
    file.write_text(json.dumps(content), "utf-8")
    assert main(["train", str(file), "--costs", str(costs), "--json"]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["steps"] < 100
    assert printed.err.startswith("bpviz: ")
    assert printed.err.count("\n") == 1
    assert "learning rate" in printed.err
    assert costs.read_text("utf-8").startswith("epoch,step,training,validation\n0,0,")
    assert main(["trace", str(file), "--step", "100"]) == 1
    assert capsys.readouterr().out == ""


LONG = ("toy", "--epochs", "5000")


def by_numpy() -> float:
    trainer = load_preset("toy").experiment.start()
    trainer.run(5000, float("inf"))
    return float(trainer.costs.last.training)


def refuse() -> bool:
    raise AssertionError("the kernel is not to be asked for")


@pytest.mark.parametrize("arguments", [(*LONG, "--numpy"), ("toy", "--epochs", "4999")])
def test_a_short_run_and_one_by_numpy_ask_for_no_kernel(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(warm, "ready", refuse)
    result = trained(capsys, *arguments)
    if "--numpy" in arguments:
        assert result["training_cost"] == by_numpy()


def test_where_nothing_is_compiled_a_long_run_is_numpys(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(warm, "ready", bool)
    monkeypatch.setattr(trial, "try_out", refuse)
    assert trained(capsys, *LONG)["training_cost"] == by_numpy()


def test_what_cannot_be_loaded_is_done_without(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise OSError("no such library")

    monkeypatch.setattr(warm, "ready", lambda: True)
    monkeypatch.setattr(trial, "try_out", fail)
    assert trained(capsys, *LONG)["training_cost"] == by_numpy()


@needs_numba
def test_a_long_run_by_the_kernel_comes_to_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    compiled()
    arguments = ("sine", "--epochs", "1300")
    kernel, numpy = trained(capsys, *arguments), trained(capsys, *arguments, "--numpy")
    assert kernel["steps"] == numpy["steps"] >= 5000
    assert kernel["training_cost"] == pytest.approx(numpy["training_cost"], rel=1e-6)
    again = trained(capsys, *arguments)
    kernel.pop("seconds"), again.pop("seconds")
    assert again == kernel, "by the kernel, too, the same seed gives the same run"
