"""`bpviz render`: a picture of one phase, with no display anywhere."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QImage

from bpviz.cli import main
from bpviz.commands.phases import phase_index
from bpviz.document.preset import load_preset, preset_names
from bpviz.explain.phase import Kind, index_of, score
from bpviz.explain.symbol import Names

pytestmark = pytest.mark.usefixtures("qapp")


def rendered(file: Path, *arguments: str) -> QImage:
    assert main(["render", *arguments, "-o", str(file)]) == 0
    return QImage(str(file))


def differ(first: QImage, second: QImage) -> bool:
    return first != second


@pytest.mark.skipif(sys.platform == "win32", reason="the offscreen platform has no fonts there")
def test_it_needs_no_display_and_says_nothing(tmp_path: Path) -> None:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in names}
    command = [sys.executable, "-m", "bpviz", "render", "xor", "-o", str(tmp_path / "xor.png")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [file.name for file in tmp_path.iterdir()] == ["xor.png"]
    assert not QImage(str(tmp_path / "xor.png")).isNull()


def test_a_picture_is_as_large_as_asked_and_1280_by_720_otherwise(tmp_path: Path) -> None:
    asked = rendered(tmp_path / "asked.png", "toy", "--size", "640x400")
    plain = rendered(tmp_path / "plain.png", "toy")
    assert (asked.width(), asked.height()) == (640, 400)
    assert (plain.width(), plain.height()) == (1280, 720)


@pytest.mark.parametrize("preset", preset_names())
def test_every_preset_has_its_picture(preset: str, tmp_path: Path) -> None:
    image = rendered(tmp_path / "picture.png", preset, "--step", "1")
    corner = image.pixelColor(image.width() // 2, image.height() - 1)
    seen = {image.pixel(x, y) for x in range(0, image.width(), 8) for y in range(0, image.height(), 8)}
    assert corner.lightness() > 200
    assert len(seen) > 20


def test_an_svg_is_the_same_size_and_well_formed(tmp_path: Path) -> None:
    file = tmp_path / "toy.svg"
    assert main(["render", "toy", "--size", "800x450", "-o", str(file)]) == 0
    root = ElementTree.parse(file).getroot()
    assert root.tag.endswith("svg")
    assert root.attrib["viewBox"] == "0 0 800 450"


def test_the_dark_theme_is_dark(tmp_path: Path) -> None:
    image = rendered(tmp_path / "dark.png", "toy", "--theme", "dark")
    assert image.pixelColor(2, image.height() - 2).lightness() < 60


def test_the_same_request_gives_the_same_picture_and_another_phase_another(tmp_path: Path) -> None:
    first = rendered(tmp_path / "a.png", "toy", "--phase", "E_h")
    again = rendered(tmp_path / "b.png", "toy", "--phase", "hidden_error:0")
    other = rendered(tmp_path / "c.png", "toy", "--phase", "cost")
    last = rendered(tmp_path / "d.png", "toy")
    update = rendered(tmp_path / "e.png", "toy", "--phase", "update")
    assert not differ(first, again)
    assert differ(first, other)
    assert not differ(last, update)


def test_another_step_seed_or_example_gives_another_picture(tmp_path: Path) -> None:
    plain = rendered(tmp_path / "plain.png", "iris")
    for extra in (["--step", "30"], ["--seed", "9"], ["--example", "3"], ["--example", "mean"]):
        assert differ(plain, rendered(tmp_path / "other.png", "iris", *extra)), extra


@pytest.mark.parametrize("preset", ["single-neuron", "toy", "ten-hidden"])
def test_every_phase_answers_to_its_place_its_kind_and_its_symbol(preset: str) -> None:
    network = load_preset(preset).experiment.network
    names = Names(network)
    for i, phase in enumerate(score(network.depth)):
        symbol = names.phase_label(phase).plain
        for name in (str(i), f"{phase.kind.value}:{phase.layer}", symbol, symbol.upper(), symbol.lower()):
            assert phase_index(network, name) == i


def test_a_kind_alone_is_enough_where_a_step_has_only_one() -> None:
    network = load_preset("toy").experiment.network
    assert phase_index(network, "Output_Error") == index_of(2, Kind.OUTPUT_ERROR, 1)
    assert phase_index(network, "hidden_error") == index_of(2, Kind.HIDDEN_ERROR, 0)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--phase", "12"], "--phase: expected 0 to 10, got 12"),
        (["--phase", "outputerror"], "did you mean 'output_error'?"),
        (["--phase", "gradient"], "say gradient:1 or gradient:0"),
        (["--phase", "qqq"], "unknown phase 'qqq'; expected 0 to 10 or one of: given"),
        (["--size", "big"], "expected WIDTHxHEIGHT from 64 to 16384 pixels, got 'big'"),
        (["--size", "99999x10"], "expected WIDTHxHEIGHT"),
        (["--theme", "pink"], "invalid choice: 'pink'"),
        (["--example", "2"], "--example: expected 1 to 1 or mean, got 2"),
        (["--example", "0"], "expected a whole number, 1 or more; got '0'"),
    ],
)
def test_a_wrong_request_is_one_line_and_writes_nothing(
    arguments: list[str], expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["render", "toy", *arguments, "-o", str(tmp_path / "toy.png")]) == 2
    said = capsys.readouterr().err
    assert expected in said
    assert said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_ending_that_is_no_picture_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "toy", "-o", str(tmp_path / "toy.gif")]) == 2
    assert "expected a name that ends in .png or .svg" in capsys.readouterr().err


def test_a_picture_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A disk that fails in the middle leaves the older picture as it was."""
    file = tmp_path / "toy.png"
    file.write_bytes(b"older")

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert main(["render", "toy", "-o", str(file)]) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert [(left.name, left.read_bytes()) for left in tmp_path.iterdir()] == [("toy.png", b"older")]
