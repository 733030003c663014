"""`bpviz trace`: every number of one training step, at full precision, as JSON."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from bpviz.commands.errors import FAILED, CommandError
from bpviz.commands.parser import add_seed, add_source, add_step
from bpviz.commands.running import diverged, trainer_at
from bpviz.commands.source import heading, load

if TYPE_CHECKING:
    from bpviz.engine.arrays import Array
    from bpviz.engine.trace import LayerTrace, StepTrace

HELP = "Print every number of one training step as JSON."


def add_arguments(parser: ArgumentParser) -> None:
    add_source(parser)
    add_step(parser)
    add_seed(parser)


def run(options: Namespace) -> int:
    from bpviz.engine.divergence import find_divergence

    opened = load(options.source)
    trainer = trainer_at(opened, options.seed, options.step)
    trace = trainer.record()
    divergence = find_divergence(trace)
    if divergence is not None:
        raise CommandError(diverged(divergence, trainer), FAILED)
    place = {"preset": heading(opened).name, "step": trace.step, "epoch": trainer.epoch_of(trace.step)}
    print(_text(place | {"seed": trainer.seed} | _step(trace)))
    return 0


def _step(trace: StepTrace) -> dict[str, object]:
    return {
        "rate": trace.rate,
        "optimizer": trace.optimizer,
        "frozen": [asdict(one) for one in trace.frozen],
        "cost_name": trace.cost_name,
        "fused": trace.fused,
        "cost": trace.cost,
        "penalty": trace.penalty,
        "inputs": trace.inputs.tolist(),
        "targets": trace.targets.tolist(),
        "outputs": trace.outputs.tolist(),
        "layers": [_layer(layer) for layer in trace.layers],
    }


def _layer(layer: LayerTrace) -> dict[str, object]:
    """Weights as (inputs, units), rows of the batch as (batch, units); null for a layer without bias."""
    arrays = {
        "w": layer.w, "b": layer.b, "z": layer.z, "a": layer.a, "slope": layer.slope, "pull": layer.pull,
        "delta": layer.delta, "dw": layer.dw, "db": layer.db, "w_next": layer.w_next, "b_next": layer.b_next,
    }  # fmt: skip
    return {"activation": layer.activation} | {name: _list(array) for name, array in arrays.items()}


def _list(array: Array | None) -> object:
    return None if array is None else array.tolist()


def _text(step: dict[str, object]) -> str:
    """JSON with every quantity on a line of its own; a float has the digits that give it back exactly."""
    lines = [f"  {json.dumps(name)}: {_value(value)}" for name, value in step.items()]
    return "{\n" + ",\n".join(lines) + "\n}"


def _value(value: object) -> str:
    if not (isinstance(value, list) and value and isinstance(value[0], dict)):
        return json.dumps(value, allow_nan=False, ensure_ascii=False)
    layers = [",\n".join(f"      {json.dumps(k)}: {_value(v)}" for k, v in layer.items()) for layer in value]
    return "[\n    {\n" + "\n    },\n    {\n".join(layers) + "\n    }\n  ]"
