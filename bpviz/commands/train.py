"""`bpviz train`: trains without a window and says how it went."""

from __future__ import annotations

import json
import math
import time
from argparse import ArgumentParser, Namespace
from bisect import bisect_left
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bpviz.commands.errors import FAILED, CommandError
from bpviz.commands.parser import add_seed, add_source, whole
from bpviz.commands.running import diverged, started, train_to, use_kernel
from bpviz.commands.source import heading, load
from bpviz.commands.writing import check_writable
from bpviz.document.writing import whole_file

if TYPE_CHECKING:
    from bpviz.engine.divergence import Divergence
    from bpviz.engine.trainer import Trainer

_WORTH_LOADING = 5000  # steps; the kernel takes as long to be loaded as NumPy takes for about so many
HELP = "Train without a window; ends with the costs, and the accuracy where classes are told apart."
Result = dict[str, Any]  # what --json prints


def add_arguments(parser: ArgumentParser) -> None:
    add_source(parser)
    parser.add_argument(
        "--epochs", type=whole(), metavar="N",
        help="how many in all, instead of the preset's own number; a document goes on from its furthest step",
    )
    add_seed(parser)
    parser.add_argument("--costs", type=Path, metavar="OUT.csv", help="write the costs after every epoch")
    parser.add_argument(
        "--numpy", action="store_true",
        help="take every step by NumPy. Long runs are left to compiled code where a window has made some: "
        "that is faster, and costs may differ in the last of their digits",
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def run(options: Namespace) -> int:
    opened = load(options.source)
    if options.costs is not None:
        check_writable(options.costs)
    preset, trainer = heading(opened), started(opened, options.seed)
    trainer.go_to(trainer.reached)
    steps = _end(trainer, preset.experiment.epochs if options.epochs is None else options.epochs)
    began = time.perf_counter()
    if steps - trainer.step >= _WORTH_LOADING and not options.numpy:
        use_kernel(trainer)
    divergence = _trained(trainer, steps, options.costs)
    result: Result = {"preset": preset.name, "seed": trainer.seed} | _result(trainer)
    result["seconds"] = time.perf_counter() - began
    print(json.dumps(result, indent=2) if options.json else _text(preset.title, result), flush=True)
    if divergence is not None:
        raise CommandError(diverged(divergence, trainer), FAILED)
    return 0


def _end(trainer: Trainer, epochs: int) -> int:
    """The step at which so many epochs are over in all, or where training stands if they are already."""
    here = trainer.step
    most = max(0, epochs - trainer.epoch_of(here)) * trainer.steps_per_epoch
    return here + bisect_left(range(here, here + most), epochs, key=trainer.epoch_of)


def _trained(trainer: Trainer, steps: int, costs: Path | None) -> Divergence | None:
    """Train, and write the costs on the way if they are wanted."""
    if costs is None:
        return train_to(trainer, steps)
    from bpviz.commands.cost_table import CostTable

    with whole_file(costs) as file:
        trainer.costs = table = CostTable(
            file, trainer.costs.last, trainer.epoch_of(trainer.costs.last.step), trainer.reached
        )
        divergence = train_to(trainer, steps)
        table.finish()
    return divergence


def _result(trainer: Trainer) -> Result:
    """The costs and accuracies at the last completed epoch."""
    last = trainer.costs.last
    result: Result = {
        "epochs": trainer.epoch_of(trainer.step),
        "steps": trainer.step,
        "training_cost": _measured(last.training),
        "validation_cost": _measured(last.validation),
    }
    if trainer.classification:
        result["train_accuracy"] = _measured(last.train_accuracy)
        result["validation_accuracy"] = _measured(last.validation_accuracy)
    return result


def _measured(value: float) -> float | None:
    """None where nothing was measured, for JSON has no NaN."""
    return value if math.isfinite(value) else None


def _text(title: str, result: Result) -> str:
    from bpviz.explain.number import count, number

    lines = [
        f"{title}, seed {result['seed']}: {count(result['epochs'])} epochs, {count(result['steps'])} steps "
        f"in {number(result['seconds'])} s",
        f"training cost        {number(result['training_cost'])}",
    ]
    if result["validation_cost"] is not None:
        lines.append(f"validation cost      {number(result['validation_cost'])}")
    for key, name in (("train_accuracy", "training"), ("validation_accuracy", "validation")):
        if result.get(key) is not None:
            lines.append(f"{name + ' accuracy':<19}  {number(100 * result[key])} %")
    return "\n".join(lines)
