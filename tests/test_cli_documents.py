"""Every command takes a document as it takes a preset, and goes on from the run that is in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bpviz.cli import main
from bpviz.document.loading import load
from bpviz.document.preset import load_preset
from bpviz.document.resource import resource
from bpviz.document.snapshot import snapshot_of
from bpviz.document.storage import write_document
from bpviz.engine.network import LayerParameters
from bpviz.engine.optimizer import Learning, OptimizerSettings
from bpviz.engine.trainer import Trainer


def run_of_iris() -> Trainer:
    """Edited at step 15, learning otherwise from step 25 on, at step 40, once at 60."""
    trainer = load_preset("iris").experiment.start()
    trainer.run(15, float("inf"))
    trainer.edit(tuple(LayerParameters(p.w + 0.1, p.b) for p in trainer.parameters))
    trainer.run(10, float("inf"))
    trainer.change(Learning(0.05, 8, OptimizerSettings("momentum")))
    trainer.run(35, float("inf"))
    trainer.go_to(40)
    return trainer


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path, preset = tmp_path / "mine.bpviz", load_preset("iris")
    write_document(path, snapshot_of(preset, load(preset.experiment.dataset), run_of_iris()))
    return path


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, object]:
    assert main([str(argument) for argument in arguments]) == 0
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return told


@pytest.mark.parametrize("step", [None, 0, 15, 16, 30, 60, 75])
def test_trace_repeats_the_run_and_goes_on_where_it_ends(
    document: Path, capsys: pytest.CaptureFixture[str], step: int | None
) -> None:
    told = said(capsys, "trace", document, *(() if step is None else ("--step", step)))
    trainer = run_of_iris()
    if step is not None:
        trainer.go_to(min(step, 60))
        trainer.run(step - trainer.step, float("inf"))
    record = trainer.record()
    assert (told["preset"], told["step"], told["cost"]) == ("iris", record.step, record.cost)
    layers = told["layers"]
    assert isinstance(layers, list)
    assert layers[0]["w_next"] == record.layers[0].w_next.tolist()


def test_with_a_seed_only_the_experiment_is_taken(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "trace", document, "--seed", 3) == said(capsys, "trace", "iris", "--seed", 3)


def test_train_goes_on_from_the_furthest_step_until_so_many_epochs_are_over(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trainer = run_of_iris()
    trainer.go_to(60)
    while trainer.epoch_of(trainer.step) < 9:
        trainer.advance()
    told = said(capsys, "train", document, "--epochs", 9, "--json")
    assert (told["steps"], told["training_cost"]) == (trainer.step, trainer.costs.last.training)
    assert said(capsys, "train", document, "--epochs", 1, "--json")["steps"] == 60  # they are over already


def test_costs_of_a_document_go_on_where_its_run_is(document: Path, tmp_path: Path) -> None:
    table = tmp_path / "costs.csv"
    assert main(["train", str(document), "--epochs", "9", "--costs", str(table)]) == 0
    rows = [row.split(",") for row in table.read_text().splitlines()[1:]]
    trainer = run_of_iris()
    trainer.go_to(60)
    first = trainer.last_epoch.step
    while trainer.epoch_of(trainer.step) < 9:
        trainer.advance()
    over = [step for step in range(first, trainer.step + 1) if trainer.course.over(step)]
    assert [(int(row[0]), int(row[1])) for row in rows] == [(trainer.epoch_of(step), step) for step in over]


@pytest.mark.usefixtures("qapp")
def test_render_draws_where_a_document_stands(document: Path, tmp_path: Path) -> None:
    pictures = [tmp_path / name for name in ("here.svg", "same.svg", "start.svg")]
    for picture, step in zip(pictures, ([], ["--step", "40"], ["--step", "0"]), strict=True):
        assert main(["render", str(document), *step, "-o", str(picture)]) == 0
    here, same, start = (picture.read_bytes() for picture in pictures)
    assert here == same != start


def test_a_wrong_document_is_one_line_with_its_place(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = json.loads(document.read_text("utf-8"))
    content["run"]["checkpoints"][1]["parameters"][0]["w"] = [[1.0]]
    document.write_text(json.dumps(content), "utf-8")
    assert main(["train", str(document)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"bpviz: {document}: run.checkpoints[1].parameters[0].w: expected 4 x 8 numbers")
    assert error.count("\n") == 1


def test_a_preset_may_have_the_ending_of_documents_and_the_other_way_round(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    preset, renamed = tmp_path / "toy.bpviz", document.rename(tmp_path / "mine.json")
    preset.write_bytes(resource("presets", "toy.json").read_bytes())
    assert said(capsys, "trace", preset) == said(capsys, "trace", "toy")
    assert said(capsys, "trace", renamed)["step"] == 40


def test_a_document_that_is_not_there_is_no_unknown_preset(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "nowhere.bpviz"]) == 2
    assert "nowhere.bpviz: cannot be read: No such file" in capsys.readouterr().err
