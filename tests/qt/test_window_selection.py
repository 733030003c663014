"""Another experiment with something selected or hovered that it does not have: nothing breaks anywhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.explain.address import Edge, Node
from bpviz.explain.moment import Moment
from bpviz.explain.part import Part, What
from bpviz.explain.phase import score
from bpviz.explain.route import Route
from bpviz.qt.equations.equations_panel import EquationsPanel
from bpviz.qt.session import Session
from bpviz.qt.side_panel import PAGES
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme
from bpviz.qt.window import MainWindow


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(load_preset("digits"), Theme(qapp))
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()


def settle(app: QApplication) -> None:
    for _ in range(6):
        app.processEvents()


@pytest.mark.parametrize("page", PAGES)
def test_a_smaller_network_opens_under_any_page_with_a_far_selection(
    qapp: QApplication, window: MainWindow, page: str
) -> None:
    window.show_page(page)
    for selected in (Edge(1, 31, 9), Node(0, 30), Node(-1, 60)):
        window.open_preset(load_preset("digits"))
        window.player.seek(Moment(len(score(2)) - 1, 1.0))
        window.spotlight.select(selected)
        window.spotlight.set_example(9)
        settle(qapp)
        for name in ("toy", "ten-hidden", "single-neuron"):
            window.open_preset(load_preset(name))
            settle(qapp)
        assert window.spotlight.selected is None


def test_what_the_mouse_is_on_is_not_given_out_once_it_stands_nowhere(window: MainWindow) -> None:
    spotlight = window.spotlight
    window.open_preset(load_preset("spiral"))
    spotlight.hover_part(Part(What.ERROR, 6, 0))
    spotlight.show_routes((Route(0, (9, 0, 0), 1.0),))
    assert (spotlight.hovered, spotlight.part, spotlight.focus, spotlight.routes) == (None, None, None, ())
    spotlight.hover_part(Part(What.ERROR, 2, 0))
    assert spotlight.hovered == Node(2, 0) and spotlight.part == Part(What.ERROR, 2, 0)


def test_the_sheet_of_the_network_before_can_still_be_pointed_at(
    qapp: QApplication, qtbot: QtBot, window: MainWindow
) -> None:
    """While new formulas are being typeset the old ones stand there."""
    window.open_preset(load_preset("ten-hidden"))
    page = window.side.page("Equations")
    assert isinstance(page, EquationsPanel)
    page.refresh()
    page.view.finish()
    deep = next(b for b in page.view.lines if b.line.phase.layer == 9)
    window.open_preset(load_preset("toy"))
    middle = deep.box.topLeft() + deep.flow.placed[0].box.center()
    page.view._hover(page.view._token_at(middle) or deep.line.tokens[0])
    settle(qapp)
    assert window.canvas.grab().width() > 0
    qtbot.mouseMove(window.canvas, QPointF(5, 5).toPoint())


def test_a_spotlight_gives_out_what_stands() -> None:
    session = Session(load_preset("mazur"))
    spotlight = Spotlight(session)
    spotlight.select(Edge(1, 1, 1))
    session.open_preset(load_preset("toy"))
    assert spotlight.selected is None
    session.open_preset(load_preset("mazur"))
    assert spotlight.selected is None, "let go for good"
