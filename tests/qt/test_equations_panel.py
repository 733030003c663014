"""The sheet of equations in the window: true, in sight, and nothing over anything else."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset, preset_names
from bpviz.explain.address import Edge, Node
from bpviz.explain.equation.equation import Equation
from bpviz.explain.moment import Moment
from bpviz.explain.part import Part, What
from bpviz.explain.phase import Kind, index_of, score
from bpviz.explain.symbol import NOTATIONS
from bpviz.qt.equations.blocks import LineBlock
from bpviz.qt.equations.equations_panel import EquationsPanel
from bpviz.qt.equations.setter import Setter
from bpviz.qt.naming import Naming
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme
from bpviz.qt.typeset import typeset


class Bench:
    """A session with its equations on screen."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, name: str, width: int = 344) -> None:
        self.session = Session(load_preset(name))
        self.player = Player(self.session, clock=lambda: 0.0)
        self.spotlight = Spotlight(self.session)
        self.naming = Naming(self.session)
        self.theme = Theme(qapp)
        self.panel = EquationsPanel(self.session, self.player, self.spotlight, self.naming, self.theme)
        self.view = self.panel.view
        self.host = QWidget()  # in the window the panel stands in a frame
        self.panel.setParent(self.host)
        self.panel.resize(width, 600)
        qtbot.addWidget(self.host)
        with qtbot.waitExposed(self.host):
            self.host.show()
        self.settle()

    def settle(self) -> None:
        self.panel.refresh()
        self.view.finish()
        QApplication.processEvents()

    def at(self, kind: Kind, layer: int) -> None:
        self.player.seek(Moment(index_of(self.session.network.depth, kind, layer), 1.0))
        self.settle()

    def line(self, left: str) -> LineBlock:
        """The equation with this left side."""
        for block in self.view.lines:
            if isinstance(block.line, Equation) and block.line.left.symbol.plain == left:
                return block
        raise AssertionError(left)

    def numbers(self, left: str) -> str:
        return " ".join(token.below for token in self.line(left).line.tokens)

    def centre(self, left: str, index: int) -> QPoint:
        """The middle of a token of that equation, in the sheet."""
        block = self.line(left)
        return (block.box.topLeft() + block.flow.placed[index].box.center()).toPoint()


@pytest.fixture
def toy(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "toy")


def test_numbers_come_with_their_phase(toy: Bench) -> None:
    toy.at(Kind.ACTIVATE, 1)
    assert toy.numbers("E_o") == "— = ( 1.08 − 0.500 ) · —"
    toy.at(Kind.OUTPUT_ERROR, 1)
    assert toy.numbers("E_o") == "0.580 = ( 1.08 − 0.500 ) · 1.00"
    assert toy.numbers("E_h") == "— = 0.580 · 0.900 · —"


def test_the_equations_follow_training(toy: Bench) -> None:
    toy.session.advance(3)
    toy.at(Kind.UPDATE, 1)
    shown = toy.line("C'(W_h)").line.tokens[0].value
    assert shown == float(toy.session.record.layers[0].dw[0, 0])


def test_the_other_notation_changes_every_symbol_of_a_derivative(toy: Bench) -> None:
    toy.naming.toggle()
    toy.settle()
    assert {"δ_o", "δ_h", "∂C/∂W_o", "∂C/∂W_h"} <= {
        block.line.left.symbol.plain for block in toy.view.lines if isinstance(block.line, Equation)
    }


def test_hovering_a_factor_shows_where_it_lives(toy: Bench) -> None:
    toy.at(Kind.UPDATE, 1)
    QTest.mouseMove(toy.view, toy.centre("E_h", 4))  # E_h = E_o . W_o
    assert toy.spotlight.hovered == Edge(1, 0, 0)
    assert toy.spotlight.part == Part(What.WEIGHT, 1, 0, 0)
    QTest.mouseMove(toy.view, toy.centre("E_h", 2))
    assert toy.spotlight.hovered == Node(1, 0)
    QTest.mouseMove(toy.view, toy.centre("E_h", 3))  # the sign between
    assert toy.spotlight.hovered is None and toy.spotlight.part is None


def test_hovering_an_edge_lights_its_factors_and_no_others(toy: Bench) -> None:
    toy.at(Kind.UPDATE, 1)
    toy.spotlight.hover(Edge(1, 0, 0))
    lit = {
        token.latex
        for block in toy.view.lines
        for token in block.line.tokens
        if toy.spotlight.lights(token.part)
    }
    assert lit == {"W_{o}", "C'(W_{o})", r"W_{o}^{\mathrm{new}}"}


def test_what_is_lit_looks_different(toy: Bench) -> None:
    toy.at(Kind.UPDATE, 1)
    before = toy.view.grab().toImage()
    toy.spotlight.hover(Edge(1, 0, 0))
    assert toy.view.grab().toImage() != before
    toy.spotlight.hover(None)
    assert toy.view.grab().toImage() == before


def test_a_click_on_a_factor_selects_what_it_belongs_to(toy: Bench) -> None:
    QTest.mouseClick(toy.view, Qt.MouseButton.LeftButton, pos=toy.centre("E_h", 0))
    assert toy.spotlight.selected == Node(0, 0)


def test_an_equation_is_copied_as_latex_by_keyboard_and_menu(toy: Bench) -> None:
    toy.at(Kind.UPDATE, 1)
    QTest.mouseClick(toy.view, Qt.MouseButton.LeftButton, pos=toy.centre("E_h", 0))
    QTest.keyClick(toy.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == r"E_{h} = E_{o} \cdot W_{o} \cdot R'(Z_{h})"
    toy.view.copying.latex_with_numbers()
    assert QGuiApplication.clipboard().text().endswith(r"= 0.580 \cdot 0.900 \cdot 1.00 = 0.522")
    toy.view.copying.numbers()
    assert QGuiApplication.clipboard().text() == "0.522 = 0.580 · 0.900 · 1.00"


def test_down_chooses_the_next_equation_and_ctrl_down_its_factors(toy: Bench) -> None:
    toy.view.setFocus()
    QTest.keyClick(toy.view, Qt.Key.Key_Down)
    QTest.keyClick(toy.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    first = next(t.part for t in toy.view.lines[1].line.tokens if t.part is not None)
    assert toy.spotlight.part == first
    QTest.keyClick(toy.view, Qt.Key.Key_Return)
    assert toy.spotlight.selected == first.address


def test_the_phase_being_told_is_scrolled_into_sight(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "ten-hidden")
    depth = bench.session.network.depth
    viewport = bench.panel._area.viewport()
    for k, phase in enumerate(score(depth)[1:], 1):
        bench.player.seek(Moment(k, 1.0))
        bench.settle()
        there = bench.view.current_rect()
        assert there is not None
        top = bench.view.mapTo(viewport, there.toRect().topLeft()).y()
        assert 0 <= top < viewport.height(), phase
        if there.height() < viewport.height():
            assert top + there.height() <= viewport.height(), phase


def test_a_selected_unit_is_the_one_that_is_written_out(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "mazur")
    bench.spotlight.select(Node(0, 1))
    bench.settle()
    assert bench.line("Z_h,2") and bench.line("E_h,2")


def test_nothing_is_made_anew_while_nothing_changes(toy: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    monkeypatch.setattr(toy.view, "show_groups", lambda *args: made.append(args))
    for _ in range(3):
        toy.player.moved.emit()
        toy.panel.refresh()
    assert made == []
    toy.player.next_phase()
    toy.player.seek(Moment(1, 1.0))
    toy.panel.refresh()
    assert len(made) == 1


@pytest.mark.parametrize("width", [280, 344])
@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("name", preset_names())
def test_nothing_overlaps_and_nothing_is_cut(
    qapp: QApplication, qtbot: QtBot, name: str, notation: str, width: int
) -> None:
    bench = Bench(qapp, qtbot, name, width)
    bench.naming.set_notation(notation)
    for moment in (Moment(0, 1.0), Moment(len(score(bench.session.network.depth)) - 1, 1.0)):
        bench.player.seek(moment)
        for example in (0, None):
            bench.spotlight.set_example(example)
            bench.settle()
            blocks = bench.view.lines
            for above, below in pairwise(blocks):
                assert above.box.bottom() <= below.box.top()
            for block in blocks:
                assert block.flow.width <= bench.view.width(), [t.latex for t in block.line.tokens]
                for one, other in combinations(block.flow.placed, 2):
                    assert not one.box.adjusted(0.5, 0.5, -0.5, -0.5).intersects(other.box)
                if block.rule is not None:
                    top = block.rule.translated(-block.box.topLeft())
                    assert not any(top.intersects(placed.box) for placed in block.flow.placed)
            assert bench.view.height() >= blocks[-1].box.bottom() - 1


def test_every_symbol_stays_within_its_box(toy: Bench) -> None:
    toy.at(Kind.UPDATE, 1)
    for block in toy.view.lines:
        for placed in block.flow.placed:
            outline = typeset(placed.token.latex)
            assert outline.width * block.size <= placed.box.width()
            assert placed.baseline - outline.ascent * block.size >= placed.box.top() - 0.5
            assert placed.number_baseline <= placed.box.bottom()


def test_formulas_are_typeset_in_slices(qtbot: QtBot) -> None:
    """Each look at the clock is past the slice, so each turn sets one formula."""
    now = iter(range(1000))
    setter = Setter(clock=lambda: float(next(now)))
    formulas = [rf"Q_{{{k}}}" for k in range(5)]
    with qtbot.waitSignal(setter.ready):
        assert not setter.ask(formulas)
        setter._go_on()
        assert len(setter._waiting) == 4
    assert setter.ask(formulas), "all of them can be drawn at once now"


def test_an_outline_lies_on_its_baseline_and_starts_at_its_ink() -> None:
    plain, lowered = typeset("x"), typeset("x_{y}")
    assert plain.descent == pytest.approx(0.0, abs=0.03) and lowered.descent > 0.1
    assert plain.path.boundingRect().left() == pytest.approx(0.0)
    assert typeset(r"\frac{\partial C}{\partial W}").ascent > plain.ascent
    assert typeset("x") is plain, "typeset once"


def test_a_place_between_the_equations_hovers_nothing(toy: Bench) -> None:
    assert toy.view._token_at(QPointF(2, 2)) is None


def test_ctrl_plus_enlarges_the_sheet_and_factors_are_still_found(toy: Bench) -> None:
    before = toy.view.height()
    toy.view.setFocus()
    for _ in range(4):
        QTest.keyClick(toy.view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    toy.settle()
    assert toy.view.zoom == pytest.approx(1.1**4) and toy.view.height() > 1.3 * before
    where = QPointF(toy.centre("Z_h", 4)) * toy.view.zoom
    QTest.mouseMove(toy.view, where.toPoint())
    assert toy.spotlight.part == Part(What.WEIGHT, 0, 0, 0)
    QTest.keyClick(toy.view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert toy.view.zoom == 1.0 and toy.view.height() == before


def test_in_a_network_just_opened_too_the_phase_is_in_sight(toy: Bench) -> None:
    """The area learns how tall the new sheet is only after it was laid out."""
    toy.session.open_preset(load_preset("sine"))
    toy.at(Kind.GRADIENT, 0)
    viewport = toy.panel._area.viewport()
    there = toy.view.current_rect()
    assert there is not None
    top = toy.view.mapTo(viewport, there.toRect().topLeft()).y()
    assert top >= 0 and top + min(there.height(), viewport.height()) <= viewport.height()
