"""Ways to the cost on the network: coloured by sign, the strongest widest, and no number hides another."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from bpviz.document.preset import load_preset
from bpviz.explain.address import Edge, Node
from bpviz.explain.chain.chain import chain_of
from bpviz.explain.moment import Moment
from bpviz.explain.part import Part, What
from bpviz.explain.route import Route
from bpviz.explain.symbol import Names
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.canvas.view import NetworkCanvas
from bpviz.qt.fonts import load_fonts
from bpviz.qt.naming import Naming
from bpviz.qt.palette import LIGHT, blend
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme
from tests.explain.preset_steps import opened
from tests.qt.painted import image, pixels, scene, written

SIZE = (690, 360)


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    assert qapp
    load_fonts()


def with_routes(name: str, routes: tuple[Route, ...], size: tuple[int, int] = SIZE) -> Scene:
    step = opened(name)
    return replace(scene(step, Moment(step.phases - 1, 1.0), size), routes=routes)


def strongest(name: str, variable: Part) -> tuple[Route, ...]:
    step = opened(name)
    found = chain_of(step.network, step.trace, Names(step.network), variable, 99, 0)
    assert found.paths
    return tuple(path.route for path in found.paths)


def count_of(shown: Scene, colour: str) -> int:
    """How many pixels have the colour of a band."""
    wanted = blend(LIGHT.canvas, colour, 0.55).rgb()
    made = image(shown, SIZE)
    return sum(made.pixel(x, y) == wanted for x in range(0, SIZE[0], 2) for y in range(0, SIZE[1], 2))


def test_without_routes_the_picture_is_as_before() -> None:
    step = opened("mazur")
    plain = scene(step, Moment(step.phases - 1, 1.0), SIZE)
    assert pixels(image(plain, SIZE)) == pixels(image(with_routes("mazur", ()), SIZE))


def test_a_band_is_coloured_by_the_sign_of_its_product() -> None:
    positive, negative = Route(0, (0, 1), 0.5), Route(0, (0, 1), -0.5)
    assert count_of(with_routes("mazur", (positive,)), LIGHT.error_positive) > 100
    assert count_of(with_routes("mazur", (positive,)), LIGHT.error_negative) == 0
    assert count_of(with_routes("mazur", (negative,)), LIGHT.error_negative) > 100


def test_the_strongest_is_the_widest() -> None:
    first, second = Route(0, (0, 0), 0.5), Route(0, (1, 1), -0.4)
    shown = with_routes("mazur", (first, second))
    assert count_of(shown, LIGHT.error_positive) > 1.2 * count_of(shown, LIGHT.error_negative) > 0


def test_ways_that_share_an_edge_are_both_seen() -> None:
    first, second = Route(0, (0, 1), 0.5), Route(0, (0, 1), -0.4)
    shown = with_routes("mazur", (first, second))
    assert count_of(shown, LIGHT.error_positive) > 30
    assert count_of(shown, LIGHT.error_negative) > 30


def test_the_weight_that_leads_in_belongs_to_its_way() -> None:
    without = count_of(with_routes("mazur", (Route(0, (0, 0), 0.5),)), LIGHT.error_positive)
    leading = Route(0, (0, 0), 0.5, Edge(0, 1, 0))
    assert count_of(with_routes("mazur", (leading,)), LIGHT.error_positive) > 1.3 * without


@pytest.mark.parametrize("name", ["mazur", "xor", "iris"])
@pytest.mark.parametrize("size", [SIZE, (1100, 640)])
def test_products_hide_no_other_text(name: str, size: tuple[int, int]) -> None:
    routes = strongest(name, Part(What.WEIGHT, 0, 0, 0))
    before = {piece.text for piece in written(with_routes(name, (), size), size)}
    pieces = written(with_routes(name, routes, size), size)
    added = [piece for piece in pieces if piece.text not in before]
    assert len(added) <= len(routes)
    for one in added:
        assert one.ink.left() >= 0
        assert one.ink.right() <= size[0]
        for other in pieces:
            shared = one.ink.intersected(other.ink)
            assert other is one or shared.width() <= 0.5 or shared.height() <= 0.5, (one, other)
    assert all(a is not b for a, b in combinations(added, 2))


def test_the_products_stand_on_the_network() -> None:
    texts = {piece.text for piece in written(with_routes("mazur", strongest("mazur", Part(
        What.WEIGHTED_INPUT, 0, 0))), SIZE)}
    assert "0.0134" in texts


def test_a_lone_chain_keeps_its_own_numbers() -> None:
    routes = strongest("toy", Part(What.WEIGHT, 0, 0, 0))
    texts = [piece.text for piece in written(with_routes("toy", routes), SIZE)]
    assert texts == [piece.text for piece in written(with_routes("toy", ()), SIZE)]
    assert count_of(with_routes("toy", routes), LIGHT.error_positive) > 100


@pytest.mark.parametrize("product", [0.0, float("nan"), float("inf"), 1e-300])
def test_any_product_can_be_painted(product: float) -> None:
    made = image(with_routes("mazur", (Route(0, (0, 1), product),)), SIZE)
    assert QColor(made.pixel(0, 0)).name() == LIGHT.canvas


def test_a_way_through_a_folded_layer_passes_its_dots() -> None:
    step = opened("digits")
    layout = step.place(*SIZE)
    hidden = next(unit for unit in range(32) if layout.position(Node(0, unit)) is None)
    shown = with_routes("digits", (Route(0, (hidden, 3), 0.5),))
    assert count_of(shown, LIGHT.error_positive) > 20


def test_the_canvas_shows_the_spotlights_routes(qapp: QApplication) -> None:
    session = Session(load_preset("mazur"))
    spotlight = Spotlight(session)
    player = Player(session, clock=lambda: 0.0)
    canvas = NetworkCanvas(session, player, spotlight, Naming(session), Theme(qapp))
    route = Route(0, (0, 1), 0.5)
    spotlight.show_routes((route,))
    assert canvas.scene().routes == (route,)
    canvas.deleteLater()
