"""`bpviz presets`: what there is to open."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bpviz.document.preset import Preset

HELP = "List the presets in teaching order."


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="everything about each preset, as JSON")


def run(options: Namespace) -> int:
    from bpviz.document.preset import load_preset, preset_names

    presets = [load_preset(name) for name in preset_names()]
    if options.json:
        print(json.dumps([_about(preset) for preset in presets], indent=2, ensure_ascii=False))
    else:
        width = max(len(preset.name) for preset in presets)
        for preset in presets:
            print(f"{preset.name:<{width}}  {preset.description}")
    return 0


def _about(preset: Preset) -> dict[str, object]:
    experiment = preset.experiment
    return {
        "name": preset.name,
        "title": preset.title,
        "description": preset.description,
        "look_for": preset.look_for,
        "sizes": experiment.network.sizes,
        "activations": [layer.activation for layer in experiment.network.layers],
        "cost": experiment.network.cost,
        "dataset": experiment.dataset,  # shipped presets name theirs
        "epochs": experiment.epochs,
        "seed": experiment.seed,
    }
