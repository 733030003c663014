"""How settings read: optimizer, schedule, penalties and first weights in a few words each."""

from __future__ import annotations

from bpviz.document.dataset import Dataset
from bpviz.engine.initializer import INITIALIZERS, FirstWeights
from bpviz.engine.network import Layer, Network
from bpviz.engine.optimizer import Learning, OptimizerSettings, Schedule
from bpviz.explain.number import MINUS, count, full

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def plain(x: float) -> str:
    """A setting as it was typed: all its digits, none added."""
    mantissa, _, power = full(x).partition("e")
    mantissa = mantissa.removesuffix(".0").replace("-", MINUS)
    if not power:
        return mantissa
    raised = "10" + str(int(power)).translate(_RAISED)
    return raised if mantissa == "1" else f"{mantissa}·{raised}"


def units(n: int, one: str = "unit") -> str:
    return f"1 {one}" if n == 1 else f"{count(n)} {one}s"


def layer_text(layer: Layer, several: bool = False) -> str:
    """Units and bias; several layers of the same kind say that each has so many."""
    return f"{units(layer.units)}{' each' if several else ''}, {'bias' if layer.bias else 'no bias'}"


def optimizer_constants(settings: OptimizerSettings) -> str:
    """The constants that this optimizer reads, or nothing."""
    match settings.name:
        case "momentum" | "nesterov":
            return f"momentum {plain(settings.momentum)}"
        case "rmsprop":
            return f"decay {plain(settings.decay)}, ε {plain(settings.epsilon)}"
        case "adam" | "adamw":
            decay = f", weight decay {plain(settings.weight_decay)}" if settings.name == "adamw" else ""
            betas = f"β₁ {plain(settings.beta1)}, β₂ {plain(settings.beta2)}"
            return f"{betas}, ε {plain(settings.epsilon)}{decay}"
    return ""


def schedule_text(schedule: Schedule) -> str:
    match schedule.name:
        case "step":
            return f"× {plain(schedule.factor)} every {units(schedule.every, 'epoch')}"
        case "exponential":
            return f"× {plain(schedule.factor)} every epoch"
        case "cosine":
            return f"cosine to {plain(schedule.floor)} × over {units(schedule.epochs, 'epoch')}"
    return schedule.name


def penalty_text(learning: Learning) -> str:
    parts = [f"{name} {plain(size)}" for name, size in (("L1", learning.l1), ("L2", learning.l2)) if size]
    return ", ".join(parts) or "none"


def first_weights_text(first: FirstWeights) -> str:
    match first.name:
        case "constant":
            return f"all {plain(first.value)}"
        case "uniform":
            return f"uniform, {plain(first.low)} to {plain(first.high)}"
        case "normal":
            return f"normal, {plain(first.mean)} ± {plain(first.deviation)}"
    return INITIALIZERS[first.name]


def inputs_text(dataset: Dataset) -> str:
    if dataset.image_shape is not None:
        rows, columns = dataset.image_shape
        return f"images, {rows} × {columns}"
    return _listed(dataset.input_names)


def targets_text(dataset: Dataset) -> str:
    if dataset.class_names:
        return _listed(dataset.class_names, "classes")
    return _listed(dataset.target_names)


def _listed(names: tuple[str, ...], many: str = "values") -> str:
    return ", ".join(names) if len(names) <= 4 else f"{count(len(names))} {many}"


def same_layers(network: Network) -> list[tuple[int, int]]:
    """Runs of equal hidden layers as (first, last); a deep network lists each run once."""
    runs: list[tuple[int, int]] = []
    hidden = network.layers[:-1]
    for k, layer in enumerate(hidden):
        if runs and len(hidden) > 4 and hidden[runs[-1][0]] == layer:
            runs[-1] = (runs[-1][0], k)
        else:
            runs.append((k, k))
    return runs
