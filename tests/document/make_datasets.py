"""Writes the generated data sets: `python tests/document/make_datasets.py resources/datasets`.

Every formula and seed stands here once; a test compares the shipped files with what this writes.
Iris and digits are not generated: they are real measurements, and their sidecars name their sources.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np


def sine() -> list[list[object]]:
    """y = sin(2x) + noise of deviation 0.08, at 80 places spread evenly over -3..3."""
    random = np.random.default_rng(2)
    x = np.linspace(-3.0, 3.0, 80)
    y = np.sin(2.0 * x) + random.normal(0.0, 0.08, x.size)
    return [[round(float(a), 4), round(float(b), 4)] for a, b in zip(x, y, strict=True)]


def circle() -> list[list[object]]:
    """Places uniform over the square -1..1; inside where x1^2 + x2^2 < 0.5, none within 0.06 of the edge."""
    random = np.random.default_rng(3)
    points = random.uniform(-1.0, 1.0, (900, 2))
    distance = np.hypot(points[:, 0], points[:, 1])
    kept = points[np.abs(distance - np.sqrt(0.5)) >= 0.06][:240]
    return [_labelled(p, "inside" if p @ p < 0.5 else "outside") for p in kept]


def spiral() -> list[list[object]]:
    """Two arms of 150 points: radius t of 0.15 to 1, angle 3 pi t, the other half a turn on, noise 0.015."""
    random = np.random.default_rng(4)
    t = np.linspace(0.15, 1.0, 150)
    rows = []
    for name, turn in (("first", 0.0), ("second", np.pi)):
        angle = 3.0 * np.pi * t + turn
        points = np.column_stack([t * np.cos(angle), t * np.sin(angle)]) + random.normal(0.0, 0.015, (150, 2))
        rows += [_labelled(p, name) for p in points]
    return [row for pair in zip(rows[:150], rows[150:], strict=True) for row in pair]


def _labelled(point: np.ndarray, name: str) -> list[object]:
    return [round(float(point[0]), 4), round(float(point[1]), 4), name]


GENERATED = {
    "sine": (["x", "y"], sine),
    "circle": (["x1", "x2", "side"], circle),
    "spiral": (["x1", "x2", "arm"], spiral),
}


def text(name: str) -> str:
    """The CSV of a generated data set."""
    header, rows = GENERATED[name]
    return "".join(",".join(map(str, row)) + "\n" for row in [header, *rows()])


if __name__ == "__main__":
    for name in GENERATED:
        (Path(sys.argv[1]) / f"{name}.csv").write_text(text(name), encoding="utf-8")
