"""What comes with the program is read as any other file is, but sooner."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bpviz.document.errors import DocumentError
from bpviz.document.own_json import read_own
from bpviz.document.preset import Preset, preset_names
from bpviz.document.reading import read_json
from bpviz.document.resource import resource
from bpviz.document.shipped import Description, dataset_names

TOY = resource("presets", "toy.json")


@pytest.fixture
def strict_reader(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were left to it."""
    left: list[Path] = []

    def leave(path: Path, kind: type) -> object:
        left.append(path)
        return read_json(path, kind)

    monkeypatch.setattr("bpviz.document.reading.read_json", leave)
    return left


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_is_what_the_strict_reader_makes_of_it(name: str, strict_reader: list[Path]) -> None:
    path = resource("presets", f"{name}.json")
    assert repr(read_own(path, Preset)) == repr(read_json(path, Preset))  # 1 and 1.0 are told apart
    assert not strict_reader


@pytest.mark.parametrize("name", dataset_names())
def test_every_description_is_what_the_strict_reader_makes_of_it(
    name: str, strict_reader: list[Path]
) -> None:
    path = resource("datasets", f"{name}.json")
    assert repr(read_own(path, Description)) == repr(read_json(path, Description))
    assert not strict_reader


def _spoiled(**changes: object) -> str:
    content = json.loads(TOY.read_text("utf-8"))
    return json.dumps(content | {"experiment": content["experiment"] | changes})


@pytest.mark.parametrize("text", [
    "", "[]", "{", _spoiled(seed="1"), _spoiled(seed=1.5), _spoiled(seed=True), _spoiled(epochs=0),
    _spoiled(rate=1),
    _spoiled(dataset=None), _spoiled(dataset={"rows": {}}), _spoiled(validation_share=float("nan")),
    _spoiled(network=[]), _spoiled(network={"inputs": 1}), _spoiled(title=["a"]), "\ud800",
])  # fmt: skip
def test_what_is_wrong_is_said_as_the_strict_reader_says_it(text: str, tmp_path: Path) -> None:
    path = tmp_path / "preset.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(DocumentError) as expected:
        read_json(path, Preset)
    with pytest.raises(DocumentError) as told:
        read_own(path, Preset)
    assert str(told.value) == str(expected.value)


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"gone\.json"):
        read_own(tmp_path / "gone.json", Preset)
