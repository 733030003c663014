"""What is under the mouse."""

from __future__ import annotations

import numpy as np
import pytest

from bpviz.explain.address import INPUT, Address, Edge, Node
from bpviz.explain.detail import Detail, detail_of
from bpviz.explain.layout import Layout
from bpviz.qt.canvas.hit import gap_at, hit
from tests.explain.preset_steps import NAMES, opened

SIZE = (690, 360)
BAND = 7.0


def laid_out(name: str) -> tuple[Layout, Detail]:
    layout = opened(name).place(*SIZE)
    return layout, detail_of(layout, opened(name).trace)


def at(name: str, x: float, y: float) -> Address | None:
    return hit(*laid_out(name), x, y)


def line(name: str, edge: Edge) -> tuple[float, float, float, float]:
    drawn = laid_out(name)[1].layers[edge.layer]
    found = np.flatnonzero((drawn.sources == edge.source) & (drawn.targets == edge.target))
    x0, y0, x1, y1 = drawn.lines[found[0]].tolist()
    return x0, y0, x1, y1


@pytest.mark.parametrize("name", NAMES)
def test_the_centre_of_every_node_is_that_node(name: str) -> None:
    layout, detail = laid_out(name)
    for column in layout.columns:
        for unit in column.shown:
            assert hit(layout, detail, *column.where[unit].tolist()) == Node(column.layer, unit)


def test_a_node_ends_at_its_rim() -> None:
    layout, _ = laid_out("toy")
    x, y = layout.position(Node(0, 0)) or (0.0, 0.0)
    assert at("toy", x, y - layout.radius) == Node(0, 0)
    assert at("toy", x, y - layout.radius - 4) is None


def test_a_pixel_is_an_input_up_to_its_border() -> None:
    layout, _ = laid_out("digits")
    column = layout.columns[0]
    x, y = column.where[9].tolist()
    assert at("digits", x + 0.45 * column.cell, y) == Node(INPUT, 9)
    assert at("digits", x + 0.55 * column.cell, y) == Node(INPUT, 10)


@pytest.mark.parametrize("edge", [Edge(0, 0, 0), Edge(0, 1, 0), Edge(1, 1, 1)])
def test_an_edge_answers_on_its_line(edge: Edge) -> None:
    x0, y0, x1, y1 = line("mazur", edge)
    assert at("mazur", x0 + 0.3 * (x1 - x0), y0 + 0.3 * (y1 - y0)) == edge


def test_an_edge_answers_within_its_band_and_not_beyond() -> None:
    x0, y, x1, _ = line("toy", Edge(1, 0, 0))
    middle = (x0 + x1) / 2
    for away in (-BAND + 0.1, BAND - 0.1):
        assert at("toy", middle, y + away) == Edge(1, 0, 0)
    for away in (-BAND - 0.1, BAND + 0.1):
        assert at("toy", middle, y + away) is None


def test_between_two_edges_the_nearer_one_answers() -> None:
    x0, y0, x1, y1 = line("mazur", Edge(0, 0, 0))
    _, v0, _, v1 = line("mazur", Edge(0, 0, 1))
    share = 8.0 / (abs(v1 - v0 - y1 + y0))  # both leave one unit; here they are 8 apart
    x, y, v = x0 + share * (x1 - x0), y0 + share * (y1 - y0), v0 + share * (v1 - v0)
    assert at("mazur", x, y + 0.2 * (v - y)) == Edge(0, 0, 0)
    assert at("mazur", x, y + 0.8 * (v - y)) == Edge(0, 0, 1)


@pytest.mark.parametrize("point", [(2.0, 2.0), (688.0, 2.0), (-50.0, 100.0), (1e6, 1e6)])
def test_elsewhere_there_is_nothing(point: tuple[float, float]) -> None:
    assert at("toy", *point) is None


def test_an_edge_that_is_not_drawn_does_not_answer() -> None:
    layout, detail = laid_out("digits")
    drawn = {
        Edge(k, int(s), int(t))
        for k, layer in enumerate(detail.layers)
        for s, t in zip(layer.sources, layer.targets, strict=True)
    }
    found = {hit(layout, detail, x, y) for x in range(0, 690, 11) for y in range(0, 360, 7)}
    assert {address for address in found if isinstance(address, Edge)} <= drawn


def test_a_folded_unit_is_nowhere() -> None:
    layout, detail = laid_out("digits")
    x = round(layout.column(0).x)
    found = {hit(layout, detail, x, y) for y in range(360)}
    units = {address.unit for address in found if isinstance(address, Node) and address.layer == 0}
    assert units == set(layout.column(0).shown)


def test_the_ellipsis_and_the_words_beside_it_name_their_layer() -> None:
    layout, _ = laid_out("digits")
    gap = layout.column(0).gap
    assert gap is not None
    assert gap_at(layout, *gap) == 0
    assert gap_at(layout, gap[0] + 30, gap[1]) == 0
    assert gap_at(layout, gap[0], gap[1] + 20) is None
    assert gap_at(layout, gap[0] + 80, gap[1]) is None


@pytest.mark.parametrize("name", [name for name in NAMES if name != "digits"])
def test_there_is_no_ellipsis_where_nothing_is_folded(name: str) -> None:
    layout, _ = laid_out(name)
    assert {gap_at(layout, x, y) for x in range(0, 690, 23) for y in range(0, 360, 11)} == {None}
