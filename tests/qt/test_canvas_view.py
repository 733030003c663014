"""The network in the window: the mouse on it, walking through it, and repainting only when it must."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.engine.trace import StepTrace
from bpviz.explain.address import INPUT, Address, Edge, Node
from bpviz.explain.detail import Detail, detail_of
from bpviz.explain.layout import Layout
from bpviz.explain.moment import Moment
from bpviz.qt.canvas import placing
from tests.qt.canvas_bench import Bench

Make = Callable[[str], Bench]


@pytest.fixture
def make(qapp: QApplication, qtbot: QtBot) -> Make:
    def bench(name: str) -> Bench:
        return Bench(qapp, qtbot, name)

    return bench


EMPTY = (4.0, 4.0)


def test_the_spotlight_is_told_what_the_mouse_is_on(make: Make) -> None:
    bench = make("toy")
    bench.move(bench.node(0, 0))
    assert bench.spotlight.hovered == Node(0, 0)
    bench.move(bench.edge(Edge(1, 0, 0)))
    assert bench.spotlight.hovered == Edge(1, 0, 0)
    bench.move(EMPTY)
    assert bench.spotlight.hovered is None


def test_nothing_is_hovered_once_the_mouse_has_left(make: Make) -> None:
    bench = make("toy")
    bench.move(bench.node(0, 0))
    bench.app.sendEvent(bench.canvas, QEvent(QEvent.Type.Leave))
    assert bench.spotlight.hovered is None


def test_a_click_selects_and_a_click_beside_everything_lets_go(make: Make) -> None:
    bench = make("toy")
    bench.click(bench.node(1, 0))
    assert bench.spotlight.selected == Node(1, 0)
    bench.click(bench.edge(Edge(0, 0, 0)))
    assert bench.spotlight.selected == Edge(0, 0, 0)
    bench.click(EMPTY)
    assert bench.spotlight.selected is None


def test_another_button_selects_nothing(make: Make) -> None:
    bench = make("toy")
    bench.press(bench.node(1, 0), Qt.MouseButton.RightButton)
    bench.release(bench.node(1, 0), Qt.MouseButton.RightButton)
    assert bench.spotlight.selected is None


def test_a_click_on_the_ellipsis_unfolds_its_layer_and_a_double_click_folds_it(make: Make) -> None:
    bench = make("digits")
    gap = bench.canvas.network_layout().column(0).gap
    assert gap is not None
    bench.click(gap)
    assert bench.canvas.network_layout().folded == 0
    bench.double_click(bench.node(0, 3))
    assert bench.canvas.network_layout().folded == 21


def test_another_experiment_is_folded_and_fitted_again(make: Make) -> None:
    bench = make("digits")
    gap = bench.canvas.network_layout().column(0).gap
    assert gap is not None
    bench.click(gap)
    bench.wheel((300, 100), 3)
    bench.session.open_preset(load_preset("digits"))
    assert bench.canvas.network_layout().folded == 21
    assert bench.canvas.network_layout().width == 690


@pytest.mark.parametrize("notches", [4, -2])
def test_the_wheel_zooms_and_keeps_what_is_under_the_mouse_under_it(make: Make, notches: int) -> None:
    bench = make("mazur")
    before = bench.canvas.network_layout().radius
    at = bench.node(1, 1)
    bench.wheel(at, notches)
    after = bench.canvas.network_layout()
    assert after.radius > before if notches > 0 else after.radius < before
    bench.move(EMPTY)
    bench.move(at)
    assert bench.spotlight.hovered == Node(1, 1)


def test_zooming_has_an_end_both_ways(make: Make) -> None:
    bench = make("toy")
    bench.wheel((300, 180), 100)
    assert bench.canvas.network_layout().width == 8 * 690
    bench.wheel((300, 180), -200)
    assert bench.canvas.network_layout().width == 0.5 * 690


def test_dragging_moves_the_picture_and_selects_nothing(make: Make) -> None:
    bench = make("toy")
    start = bench.node(0, 0)
    bench.drag(start, (start[0] + 60, start[1] - 30))
    assert bench.spotlight.selected is None
    bench.move((start[0] + 60, start[1] - 30))
    assert bench.spotlight.hovered == Node(0, 0)


def test_a_hand_that_trembles_still_clicks(make: Make) -> None:
    bench = make("toy")
    x, y = bench.node(0, 0)
    bench.drag((x, y), (x + 2, y + 1))
    assert bench.spotlight.selected == Node(0, 0)


def test_fitting_brings_everything_back(make: Make) -> None:
    bench = make("mazur")
    before = bench.image()
    bench.wheel((200, 100), 5)
    bench.drag((100, 10), (180, 90))
    bench.move(EMPTY)
    assert bench.image() != before
    bench.canvas.fit()
    assert bench.image() == before


def walk(bench: Bench, step: Callable[[], None], times: int) -> list[Address | None]:
    found = []
    for _ in range(times):
        step()
        found.append(bench.spotlight.selected)
    return found


NODES = [Node(INPUT, 0), Node(INPUT, 1), Node(0, 0), Node(0, 1), Node(1, 0), Node(1, 1)]


def test_the_next_nodes_are_selected_in_order_and_around(make: Make) -> None:
    bench = make("mazur")
    assert walk(bench, bench.canvas.select_next_node, 7) == [*NODES, NODES[0]]


def test_the_previous_nodes_are_selected_from_the_last_and_around(make: Make) -> None:
    bench = make("mazur")
    assert walk(bench, bench.canvas.select_previous_node, 7) == [*NODES[::-1], NODES[-1]]


def test_edges_are_walked_through_both_ways(make: Make) -> None:
    bench = make("mazur")
    edges = [Edge(k, s, t) for k in (0, 1) for s in (0, 1) for t in (0, 1)]
    assert walk(bench, bench.canvas.select_next_edge, 9) == [*edges, edges[0]]
    bench.spotlight.select(None)
    assert walk(bench, bench.canvas.select_previous_edge, 9) == [*edges[::-1], edges[-1]]


def test_folded_units_and_edges_not_drawn_are_not_walked_through(make: Make) -> None:
    bench = make("digits")
    nodes = walk(bench, bench.canvas.select_next_node, 64 + 11 + 10 + 1)
    assert len(set(nodes)) == 85
    edges = walk(bench, bench.canvas.select_next_edge, 501)
    assert len(set(edges)) == 500
    assert edges[0] == edges[500]


def test_nothing_is_repainted_while_nothing_changes(make: Make) -> None:
    bench = make("toy")
    bench.move(bench.node(0, 0))
    assert bench.paints_after(bench.settle) == 0
    assert bench.paints_after(lambda: bench.move(bench.node(0, 0))) == 0
    assert bench.paints_after(lambda: bench.spotlight.select(None)) == 0
    assert bench.paints_after(lambda: bench.player.tick(1.0)) == 0


def test_a_moment_that_is_shown_already_is_not_painted_again(make: Make) -> None:
    """So it is while the telling rests between two phases."""
    bench = make("toy")
    bench.player.seek(Moment(3, 1.0))
    assert bench.paints_after(lambda: bench.player.seek(Moment(3, 1.0))) == 0
    bench.player.run()
    assert bench.paints_after(lambda: bench.player.tick(0.1)) == 0
    assert bench.player.moment == Moment(3, 1.0)
    assert bench.paints_after(lambda: bench.player.tick(1.0)) == 1
    bench.player.pause()


def test_another_step_at_the_same_moment_is_painted(make: Make) -> None:
    bench = make("toy")
    bench.player.seek(Moment(3, 1.0))
    assert bench.paints_after(bench.player.next_step) == 1
    assert bench.paints_after(bench.player.previous_step) == 1


@pytest.mark.parametrize("name", ["toy", "digits"])
def test_the_edges_of_a_step_are_chosen_once(make: Make, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = make(name)
    chosen: list[StepTrace] = []

    def choose(layout: Layout, trace: StepTrace, size: tuple[float, float]) -> Detail:
        chosen.append(trace)
        return detail_of(layout, trace, size)

    monkeypatch.setattr(placing, "detail_of", choose)
    bench.session.advance(1)
    for phase in range(5):
        for progress in (0.2, 0.6, 1.0):
            bench.player.seek(Moment(phase, progress))
            bench.settle()
    bench.move(bench.node(0, 0))
    bench.settle()
    assert chosen == [bench.session.record]


def test_each_change_is_painted_once(make: Make) -> None:
    bench = make("toy")
    assert bench.paints_after(lambda: bench.player.seek(Moment(3, 0.5))) == 1
    assert bench.paints_after(lambda: bench.player.seek_step(0)) <= 1
    assert bench.paints_after(bench.player.next_step) == 1
    assert bench.paints_after(lambda: bench.move(bench.node(0, 0))) == 1
    assert bench.paints_after(lambda: bench.spotlight.select(Node(1, 0))) == 1
    assert bench.paints_after(lambda: bench.theme.set_mode("dark")) >= 1
    bench.theme.set_mode("light")


def test_the_same_moment_is_the_same_picture_after_going_on_and_back(make: Make) -> None:
    bench = make("xor")
    bench.player.seek(Moment(6, 0.4))
    before = bench.image()
    bench.session.advance(3)
    assert bench.image() != before
    bench.session.go_to(0)
    assert bench.image() == before


def test_the_box_beside_the_mouse_shows_in_the_picture_and_goes(make: Make) -> None:
    bench = make("toy")
    bench.player.seek(Moment(5, 1.0))
    before = bench.image()
    bench.move(bench.node(0, 0))
    assert bench.image() != before
    bench.move(EMPTY)
    assert bench.image() == before


@pytest.mark.parametrize(
    ("name", "node"), [("xor", Node(0, 0)), ("spiral", Node(2, 0)), ("digits", Node(0, 31))]
)
def test_far_from_the_middle_too_the_wheel_keeps_what_is_under_the_mouse(
    make: Make, name: str, node: Node
) -> None:
    bench = make(name)
    at = bench.node(node.layer, node.unit)
    for _ in range(8):
        bench.wheel(at, 1)
        bench.move(at)
        assert bench.spotlight.hovered == node
