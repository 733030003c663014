"""The table of costs is written while training goes on, and holds what the run came to."""

from __future__ import annotations

import io
import math
from pathlib import Path

import numpy as np
import pytest

from bpviz.cli import main
from bpviz.commands.cost_table import CostTable
from bpviz.document.preset import load_preset
from bpviz.engine.costs import Epoch
from bpviz.engine.stretches import EACH


def rows_of(text: str) -> list[list[str]]:
    return [line.split(",") for line in text.splitlines()[1:]]


@pytest.mark.parametrize(("name", "epochs"), [("toy", 5 * EACH), ("mazur", 2 * EACH)])
def test_every_epoch_of_a_long_run_has_its_row(
    name: str, epochs: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "costs.csv"
    assert main(["train", name, "--epochs", str(epochs), "--numpy", "--costs", str(file)]) == 0
    capsys.readouterr()
    rows = rows_of(file.read_text("utf-8"))
    assert [int(row[0]) for row in rows] == list(range(epochs + 1))
    trainer = load_preset(name).experiment.start()
    for row in rows[: EACH // 2]:
        assert (int(row[1]), float(row[2])) == (trainer.step, trainer.costs.last.training)
        trainer.run(trainer.steps_per_epoch, math.inf)


def test_an_epoch_that_is_taken_back_leaves_no_row_and_one_told_again_no_second() -> None:
    file = io.BytesIO()
    table = CostTable(file, Epoch(0, 1.0, math.nan, math.nan, math.nan))
    steps = np.arange(1, 3 * EACH + 1)
    table.put_steps(np.ones(3 * EACH))
    table.put_epochs(steps, np.full((3 * EACH, 4), 0.5))
    known = table.cut_after(3 * EACH - 1)
    assert known == 3 * EACH - 2
    table.put_step(1.0)
    table.put_epoch(3 * EACH - 1, 0.5, 0.5, math.nan, math.nan)
    table.put_step(1.0)
    table.put_epoch(3 * EACH, 0.25, 0.75, math.nan, math.nan)
    table.finish()
    rows = rows_of(file.getvalue().decode())
    assert [int(row[1]) for row in rows] == list(range(3 * EACH + 1))
    assert rows[0] == ["0", "0", "1.0", ""]
    assert rows[-2][2:] == ["0.5", "0.5"]
    assert rows[-1][2:] == ["0.25", "0.75"]


def test_nothing_is_written_where_training_is_broken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bpviz.commands.train.train_to", broken)
    file = tmp_path / "costs.csv"
    file.write_text("older", "utf-8")
    main(["train", "toy", "--costs", str(file)])
    assert file.read_text("utf-8") == "older"
    assert list(tmp_path.iterdir()) == [file]
