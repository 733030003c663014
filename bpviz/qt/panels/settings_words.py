"""How settings read: what optimizers, schedules and first weights do, and what data are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bpviz.document.dataset import Dataset
from bpviz.engine.network import Network
from bpviz.explain.number import count

OPTIMIZER_TIPS: Mapping[str, str] = MappingProxyType({
    "gradient_descent": "Each weight goes against its gradient.",
    "momentum": "Updates gather speed where gradients agree.",
    "nesterov": "Momentum that looks at the gradient ahead.",
    "rmsprop": "Each gradient is divided by the size it had of late.",
    "adam": "Momentum and RMSProp together.",
    "adamw": "Adam, with weights that shrink by themselves.",
})
SCHEDULE_TIPS: Mapping[str, str] = MappingProxyType({
    "constant": "The learning rate stays as it is.",
    "step": "After so many epochs the rate is multiplied by the factor, again and again.",
    "exponential": "After every epoch the rate is multiplied by the factor.",
    "cosine": "The rate falls along half a cosine wave, and then stays.",
})
FIRST_TIPS: Mapping[str, str] = MappingProxyType({
    "given": "The weights that came with the experiment.",
    "constant": "All weights are equal: units of a layer then learn the same.",
    "uniform": "Each weight between two limits is as likely as any other.",
    "normal": "Drawn from a bell curve.",
    "xavier": "Uniform, narrower for wide layers. Made for tanh and sigmoid.",
    "he": "Normal, narrower for many inputs. Made for ReLU.",
})


def units(n: int, one: str = "unit") -> str:
    return f"1 {one}" if n == 1 else f"{count(n)} {one}s"


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


def same_layers(network: Network) -> list[range]:
    """Runs of equal hidden layers that follow each other."""
    runs: list[range] = []
    for k, layer in enumerate(network.layers[:-1]):
        if runs and network.layers[runs[-1].start] == layer:
            runs[-1] = range(runs[-1].start, k + 1)
        else:
            runs.append(range(k, k + 1))
    return runs
