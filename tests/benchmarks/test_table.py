"""The table of the benchmark tells what was measured, and what was not, as it is."""

import math
import sys

import pytest

from tests.benchmarks import part, run, table
from tests.benchmarks.line import Goal, Line, left_out

FAST = Line("Training", "kernel", 54.11, "x", Goal(40, at_least=True), "plain NumPy")
FASTER = Line("Training", "larger", 8.76, "x", Goal(2, at_least=True, stretch=4))
SLOW = Line("Frames", "spiral, p95", 8.321, "ms", Goal(8))
BARE = Line("Frames", "throughput", 1234567.8, "epochs/s")
ABSENT = left_out("Frames", "PyTorch", "not installed")
LINES = [FAST, FASTER, SLOW, BARE, ABSENT]


def test_each_line_has_its_figure_goal_and_verdict():
    assert [table.cells(line) for line in LINES] == [
        ("kernel", "54.1 x", "≥ 40 x", "reached", "plain NumPy"),
        ("larger", "8.76 x", "≥ 2 (≥ 4) x", "stretch reached", ""),
        ("spiral, p95", "8.32 ms", "≤ 8 ms", "NOT REACHED", ""),
        ("throughput", "1,234,568 epochs/s", "", "", ""),
        ("PyTorch", "–", "", "", "left out: not installed"),
    ]


@pytest.mark.parametrize(("measured", "told"), [
    (0.0126, "0.0126 ms"), (0.5, "0.500 ms"), (0.0, "0 ms"), (99.96, "100.0 ms"), (123.4, "123 ms"),
])  # fmt: skip
def test_a_figure_has_three_digits_or_all_before_its_point(measured, told):
    assert table.figure(Line("", "", measured, "ms")) == told


def test_a_group_s_name_stands_once_before_its_lines():
    text, markdown = table.as_text(LINES), table.as_markdown(LINES)
    for told in (text, markdown):
        assert told.count("Training") == told.count("Frames") == 1
        assert told.index("Training") < told.index("larger") < told.index("Frames") < told.index("PyTorch")
    assert "| Frames | spiral, p95 | 8.32 ms | ≤ 8 ms | NOT REACHED |  |" in markdown.splitlines()
    assert len({row.count("|") for row in markdown.splitlines()}) == 1


def test_the_end_counts_the_goals_and_names_those_that_were_missed():
    assert table.summary(LINES) == [
        "2 of 3 goals reached. Not reached:", "Frames: spiral, p95: 8.32 ms where ≤ 8 ms was the goal",
    ]
    assert table.summary([FAST, BARE]) == ["1 of 1 goals reached."]


def test_lines_come_back_from_the_file_that_a_part_leaves(tmp_path):
    part.write(LINES, tmp_path / "lines.json")
    found = part.read(tmp_path / "lines.json")
    assert found[:-1] == LINES[:-1]
    assert math.isnan(found[-1].measured)


def test_every_part_is_run_and_the_kernel_s_comes_first():
    assert run.parts()[0] == "kernel"
    assert len(set(run.parts())) == len(run.parts())
    assert {"running", "panels", "frame"} <= set(run.parts())


def test_a_part_that_fails_says_so_in_one_line_and_the_others_go_on(capsys, monkeypatch):
    found = run.lines_of("no such part")
    assert len(found) == 1
    assert found[0].verdict == ""
    assert "No module named 'tests.benchmarks.bench_no such part'" in found[0].beside
    monkeypatch.setattr(run, "lines_of", lambda name: found if name == "kernel" else [FAST])
    monkeypatch.setattr(sys, "argv", ["run", "kernel", "running"])
    run.main()
    told = capsys.readouterr().out
    assert "No module named" in told
    assert told.rstrip().endswith("1 of 1 goals reached.")
    assert "numba" in told


def test_only_the_parts_asked_for_are_run_and_unknown_ones_refused(capsys, monkeypatch):
    asked = []
    monkeypatch.setattr(run, "lines_of", lambda name: asked.append(name) or [SLOW])
    monkeypatch.setattr(sys, "argv", ["run", "--markdown", "running", "kernel"])
    run.main()
    assert asked == ["kernel", "running"]
    assert "- Frames: spiral, p95: 8.32 ms where ≤ 8 ms was the goal" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["run", "colour"])
    with pytest.raises(SystemExit):
        run.main()
    assert "there is no part colour" in capsys.readouterr().err
