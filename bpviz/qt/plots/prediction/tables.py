"""The numbers of the prediction plots, to be taken away."""

from __future__ import annotations

from bpviz.engine.arrays import Array
from bpviz.explain.curve import Curve
from bpviz.explain.number import count
from bpviz.explain.surface import Surface
from bpviz.explain.table import Cell, Table
from bpviz.qt.plots.prediction.points import Points

Names = tuple[str, ...]


def curve_table(
    step: int, curve: Curve, points: Points, predicted: Array, output: int, inputs: Names, targets: Names
) -> Table:
    """One output: the curve, which has no targets, and every example that is drawn. predicted: of these."""
    rows: list[tuple[Cell, ...]] = [
        ("curve", x, y, None) for x, y in zip(curve.x.tolist(), curve.y[:, output].tolist(), strict=True)
    ]
    rows += zip(
        _sets(points), points.inputs[:, 0].tolist(), predicted[:, output].tolist(),
        points.targets[:, output].tolist(), strict=True,
    )
    columns = ("set", *inputs, f"prediction of {targets[output]}", targets[output])
    return Table(_title(step), columns, tuple(rows))


def plane_table(
    step: int, surface: Surface, points: Points, predicted: Array, inputs: Names, targets: Names
) -> Table:
    """All outputs: every example that is drawn, and the places of a surface, which have no targets."""
    rows: list[tuple[Cell, ...]] = [
        (kind, *place, *outputs, *wanted)
        for kind, place, outputs, wanted in zip(
            _sets(points), points.inputs.tolist(), predicted.tolist(), points.targets.tolist(), strict=True
        )
    ]
    unknown = (None,) * len(targets)
    rows += [
        ("surface", x, y, *surface.outputs[k, j].tolist(), *unknown)
        for k, y in enumerate(surface.y.tolist()) for j, x in enumerate(surface.x.tolist())
    ]
    predictions = (f"prediction of {target}" for target in targets)
    return Table(_title(step), ("set", *inputs, *predictions, *targets), tuple(rows))


def _sets(points: Points) -> list[str]:
    return ["validation" if held_out else "training" for held_out in points.held_out]


def _title(step: int) -> str:
    return f"Prediction at step {count(step)}"
