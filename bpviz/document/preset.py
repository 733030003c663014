"""Presets: experiments worth opening first, one JSON file each, with what to look for in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bpviz.document.errors import DocumentError
from bpviz.document.experiment import Experiment
from bpviz.document.reading import read_json
from bpviz.document.resource import resource
from bpviz.engine.errors import unknown_name

_TEACHING_ORDER = (
    "single-neuron", "toy", "ten-hidden", "mazur", "xor", "sine", "circle", "spiral", "iris", "digits",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preset:
    """An experiment with a name, one line on what it is, and what a student should watch in it."""

    name: str
    title: str
    description: str
    look_for: str
    experiment: Experiment


def preset_names() -> tuple[str, ...]:
    """The shipped presets in teaching order."""
    return _TEACHING_ORDER


@cache
def load_preset(name: str) -> Preset:
    """A shipped preset; an unknown name is answered with the nearest one."""
    if name not in _TEACHING_ORDER:
        raise DocumentError(str(unknown_name("preset", name, _TEACHING_ORDER)))
    return load_file(resource("presets", f"{name}.json"))


def load_file(path: Path) -> Preset:
    """A preset from any file in the presets' format."""
    return read_json(path, Preset)
