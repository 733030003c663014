"""The code panel: current lines marked and in sight, true values, a program to copy, the eye shared."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset, preset_names
from bpviz.engine.optimizer import OptimizerSettings
from bpviz.explain.address import Edge, Node
from bpviz.explain.listing.values import shown_part
from bpviz.explain.moment import Moment
from bpviz.explain.part import Part, What
from bpviz.explain.phase import Kind, index_of, score
from bpviz.qt.code.code_layout import BLANK, LEFT, RIGHT, Place, wrapped
from bpviz.qt.code.code_paint import cell_box
from bpviz.qt.code.code_panel import CodePanel
from bpviz.qt.code.code_scene import CodeScene
from bpviz.qt.naming import Naming
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

WIDTHS = (220, 252, 328, 500)


class Bench:
    """A session with its code panel on screen."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, name: str, width: int = 328) -> None:
        self.session = Session(load_preset(name))
        self.player = Player(self.session, clock=lambda: 0.0)
        self.spotlight = Spotlight(self.session)
        self.naming = Naming(self.session)
        self.theme = Theme(qapp)
        self.panel = CodePanel(self.session, self.player, self.spotlight, self.naming, self.theme)
        self.host = QWidget()  # in the window the panel stands in a tab
        self.panel.setParent(self.host)
        self.panel.resize(width, 560)
        qtbot.addWidget(self.host)
        with qtbot.waitExposed(self.host):
            self.host.show()
        self.panel.refresh()
        qapp.processEvents()

    @property
    def scene(self) -> CodeScene:
        scene = self.panel.view.scene
        assert scene is not None
        return scene

    def at(self, kind: Kind, layer: int, progress: float = 1.0) -> None:
        self.player.seek(Moment(index_of(self.session.network.depth, kind, layer), progress))
        self.panel.refresh()

    def place(self, start: str) -> Place:
        places = self.panel.view.layout_now.places
        return next(place for place in places if self.scene.line(place).text.startswith(start))

    def word(self, start: str, word: str) -> QPointF:
        """The middle of a word's first letter in an unwrapped line."""
        place, text = self.place(start), self.scene.line(self.place(start)).text
        letter = self.panel.view._letter
        return QPointF(LEFT + (text.index(word) + 0.5) * letter, place.top + 9)

    def cells(self, start: str) -> list[float]:
        shown = self.scene.values(self.place(start))
        assert shown is not None
        return [cell.value for cell in shown.cells]


@pytest.fixture
def toy(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "toy")


@pytest.fixture
def iris(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "iris")


@pytest.fixture
def digits(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "digits")


# -- the current lines -----------------------------------------------------------------------------


def current(bench: Bench) -> list[str]:
    places = bench.panel.view.layout_now.places
    return [bench.scene.line(p).text for p in places if bench.scene.is_current(p)]


def test_the_lines_of_the_phase_are_current(toy: Bench) -> None:
    assert current(toy) == ["x = 2.0", "y = 0.5"]
    toy.at(Kind.HIDDEN_ERROR, 0)
    assert current(toy) == ["Eh = Eo * Wo * relu_prime(Zh)"]
    toy.at(Kind.UPDATE, 1)
    assert current(toy) == ["Wo -= lr * dWo", "Wh -= lr * dWh"]


def test_the_current_lines_stand_on_the_accents_ground(toy: Bench) -> None:
    toy.at(Kind.COST, 1)
    image = toy.panel.view.grab().toImage()
    palette = toy.theme.palette
    place, other = toy.place("C = "), toy.place("Zo = ")
    assert image.pixelColor(1, place.top + 9) == QColor(palette.accent)
    assert image.pixelColor(LEFT - 3, place.top + 2) == QColor(palette.accent_soft)
    assert image.pixelColor(LEFT - 3, other.top + 2) != QColor(palette.accent_soft)


def test_lines_to_come_wait_and_the_functions_never_do(toy: Bench) -> None:
    toy.at(Kind.COST, 1)
    waiting = dict(zip((line.text for line in toy.scene.listing.lines), toy.scene.to_come(), strict=True))
    assert not waiting["def relu(z):"]
    assert not waiting["C = cost(yHat, y)"]
    assert waiting["# Layer errors, and the cost"]
    assert waiting["dWo = Eo * H"]
    assert waiting["numbers = dict("]
    toy.at(Kind.UPDATE, 1)
    assert not any(toy.scene.to_come())


@pytest.mark.parametrize("name", preset_names())
def test_the_current_lines_come_in_sight_phase_by_phase(qapp: QApplication, qtbot: QtBot, name: str) -> None:
    bench = Bench(qapp, qtbot, name)
    area = bench.panel.area
    for phase in range(len(score(bench.session.network.depth))):
        bench.player.seek(Moment(phase, 1.0))
        bench.panel.refresh()
        qapp.processEvents()
        top = bench.panel.view.stretch()[0]
        y = bench.panel.view.mapTo(area.viewport(), QPoint(0, top)).y()
        assert 0 <= y < area.viewport().height() - 18


def test_hovering_does_not_scroll(qapp: QApplication, toy: Bench) -> None:
    toy.at(Kind.UPDATE, 1)
    bar = toy.panel.area.verticalScrollBar()
    bar.setValue(0)
    toy.spotlight.hover_part(Part(What.ERROR, 1))
    toy.panel.refresh()
    qapp.processEvents()
    assert bar.value() == 0


# -- values ----------------------------------------------------------------------------------------


def test_values_are_those_of_the_record_once_told(toy: Bench) -> None:
    toy.at(Kind.SUM, 0)
    assert toy.cells("Zh =") == [1.2]
    assert toy.cells("H =") == []
    toy.at(Kind.UPDATE, 1)
    assert toy.cells("Eo =") == [pytest.approx(0.58)]
    assert toy.cells("Wo -=") == [pytest.approx(0.8304)]


def test_a_phase_under_way_tells_nothing_yet(toy: Bench) -> None:
    toy.at(Kind.SUM, 0, 0.99)
    assert current(toy) == ["Zh = x * Wh"]
    assert toy.cells("Zh =") == []


def test_another_example_brings_its_own_numbers(iris: Bench) -> None:
    iris.at(Kind.UPDATE, 1)
    z = iris.session.record.layers[0].z
    gradients = iris.cells("dWh =")
    iris.spotlight.set_example(3)
    iris.panel.refresh()
    assert iris.cells("Zh =") == list(z[3, : len(iris.cells("Zh ="))])
    assert iris.panel.numbers.text() == "Example 4 of 10"
    iris.spotlight.set_example(None)
    iris.panel.refresh()
    assert iris.cells("Zh =")[0] == pytest.approx(z[:, 0].sum() / 10)
    assert iris.cells("dWh =") == gradients
    assert iris.panel.numbers.text() == "Mean of 10 examples"


def test_a_dash_is_painted_where_a_number_will_be(toy: Bench) -> None:
    toy.at(Kind.COST, 1)
    box = cell_box(toy.place("Eo ="), 0).toRect()
    before = toy.panel.view.grab(box).toImage()
    toy.at(Kind.OUTPUT_ERROR, 1)
    toy.at(Kind.GRADIENT, 1)
    assert toy.panel.view.grab(box).toImage() != before


def test_the_tip_of_a_number_has_all_its_digits(
    qapp: QApplication, iris: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    iris.at(Kind.UPDATE, 1)
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, *_rest: shown.append(text))
    where = cell_box(iris.place("Zh ="), 1).center().toPoint()
    view = iris.panel.view
    qapp.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, where, view.mapToGlobal(where)))
    assert shown == [f"Z_h,2 = {float(iris.session.record.layers[0].z[0, 1])!r}"]


# -- the eye ---------------------------------------------------------------------------------------


def test_hovering_a_word_lights_its_quantity(qapp: QApplication, qtbot: QtBot, toy: Bench) -> None:
    view = toy.panel.view
    toy.at(Kind.UPDATE, 1)
    qapp.processEvents()
    qtbot.mouseMove(view, toy.word("dWo =", "Eo").toPoint())
    assert toy.spotlight.part == Part(What.ERROR, 1, 0)
    qtbot.mouseMove(view, toy.word("Eh =", "relu_prime").toPoint())
    assert toy.spotlight.part == Part(What.SLOPE, 0, 0)
    qtbot.mouseMove(view, toy.word("Wo -=", "Wo").toPoint())
    assert toy.spotlight.part == Part(What.NEW_WEIGHT, 1, 0, 0)
    assert toy.spotlight.hovered == Edge(1, 0, 0)


def test_hovering_beside_the_words_means_what_the_line_computes(iris: Bench) -> None:
    place = iris.place("Zo =")
    assert iris.panel.view.point_at(QPointF(3, place.top + 5)) == Part(What.WEIGHTED_INPUT, 1)
    assert iris.panel.view.point_at(QPointF(3, iris.place("def tanh").top + 5)) is None


def test_hovering_a_number_means_its_unit(iris: Bench) -> None:
    iris.at(Kind.UPDATE, 1)
    view = iris.panel.view
    assert view.point_at(cell_box(iris.place("Zh ="), 1).center()) == Part(What.WEIGHTED_INPUT, 0, 1)
    found = view.point_at(cell_box(iris.place("dWh ="), 1).center())
    assert found == Part(What.GRADIENT, 0, 1, 0)


def test_a_click_on_a_number_selects_its_unit(qtbot: QtBot, iris: Bench) -> None:
    iris.at(Kind.UPDATE, 1)
    where = cell_box(iris.place("Zh ="), 1).center().toPoint()
    qtbot.mouseClick(iris.panel.view, Qt.MouseButton.LeftButton, pos=where)
    assert iris.spotlight.selected == Node(0, 1)


def test_what_is_lit_elsewhere_is_underlined_here(toy: Bench) -> None:
    toy.at(Kind.UPDATE, 1)
    place = toy.place("dWo =")
    where = toy.word("dWo =", "Eo").toPoint()
    accent = QColor(toy.theme.palette.accent)

    def underlined() -> bool:
        image = toy.panel.view.grab().toImage()
        return any(image.pixelColor(where.x(), y) == accent for y in range(place.top + 13, place.bottom))

    assert not underlined()
    toy.spotlight.hover_part(Part(What.ERROR, 1, 0))
    assert underlined()


def test_arrow_keys_go_through_the_computing_lines(qtbot: QtBot, toy: Bench) -> None:
    view = toy.panel.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert toy.spotlight.part == Part(What.WEIGHT, 0, 0, 0)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert toy.spotlight.part == Part(What.WEIGHT, 1, 0, 0)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert toy.spotlight.part == Part(What.WEIGHT, 0, 0, 0)


# -- copying ---------------------------------------------------------------------------------------


def press_button(qtbot: QtBot, bench: Bench) -> None:
    bench.panel.button.setFocus()
    qtbot.keyClick(bench.panel.button, Qt.Key.Key_Return)


def press_copy(qtbot: QtBot, bench: Bench) -> None:
    bench.panel.view.setFocus()
    qtbot.keyClick(bench.panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("press", [press_button, press_copy])
def test_the_whole_program_is_copied_and_the_button_says_so(
    qtbot: QtBot, digits: Bench, press: Callable[[QtBot, Bench], None]
) -> None:
    digits.session.advance()
    QGuiApplication.clipboard().clear()
    press(qtbot, digits)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(QGuiApplication.clipboard().text(), {})
    name, _, value = out.getvalue().splitlines()[0].partition(" = ")
    assert name == "C"
    assert float(value) == pytest.approx(digits.session.record.cost, rel=1e-12)
    assert digits.panel.button.text() == "Copied"
    digits.panel.button._timer.timeout.emit()
    assert digits.panel.button.text() == "Copy program"


def test_the_copied_program_knows_what_the_optimizer_remembered(toy: Bench) -> None:
    learning = replace(toy.session.learning, optimizer=OptimizerSettings("momentum"))
    toy.session.set_learning(learning)
    toy.session.advance(2)
    toy.panel.refresh()
    toy.panel.copy()
    space: dict[str, float] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(QGuiApplication.clipboard().text(), space)
    assert space["Wo"] == pytest.approx(float(toy.session.record.layers[1].w_next.item()), rel=1e-12)
    assert "vWo = ..." in [line.text for line in toy.scene.listing.lines]


# -- room ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", preset_names())
def test_nothing_is_clipped_and_nothing_overlaps(
    qapp: QApplication, qtbot: QtBot, name: str, width: int
) -> None:
    bench = Bench(qapp, qtbot, name, width)
    view, letter = bench.panel.view, bench.panel.view._letter
    assert view.width() <= width
    top = 0
    for place in view.layout_now.places:
        line = bench.scene.line(place)
        assert place.top == top
        top = place.bottom
        written = "".join(line.text[row.start : row.end] for row in place.rows)
        assert written.replace(" ", "") == line.text.replace(" ", "")
        ends = [LEFT + (row.column + row.end - row.start) * letter for row in place.rows]
        assert max(ends, default=0) <= view.width() - RIGHT + 1
        if place.most:
            assert cell_box(place, place.most - 1).right() <= view.width() - RIGHT
            assert place.value_left >= (ends[-1] if place.beside else 0)
            assert shown_part(line) is not None


@pytest.mark.parametrize("width", WIDTHS)
def test_the_header_has_room_for_its_words(qapp: QApplication, qtbot: QtBot, width: int) -> None:
    bench = Bench(qapp, qtbot, "ten-hidden", width)
    for label in (bench.panel.count, bench.panel.numbers):
        assert label.width() >= label.sizeHint().width()
    assert bench.panel.button.width() >= bench.panel.button.sizeHint().width()


@pytest.mark.parametrize("columns", [12, 25, 40])
def test_lines_break_before_their_signs(columns: int) -> None:
    text = "    Eo = cost_prime(yHat, y) * relu_prime(Zo)"
    rows = wrapped(text, columns)
    assert all(row.column + row.end - row.start <= columns for row in rows)
    assert "".join(text[row.start : row.end] for row in rows).replace(" ", "") == text.replace(" ", "")
    if columns == 40:
        assert [text[row.start : row.end] for row in rows] == ["Eo = cost_prime(yHat, y)", "* relu_prime(Zo)"]


def test_lines_break_outside_of_brackets() -> None:
    text = "    m = beta1 * m + (1 - beta1) * g"
    assert [text[row.start : row.end] for row in wrapped(text, 29)] == ["m = beta1 * m", "+ (1 - beta1) * g"]


def test_empty_lines_are_low(toy: Bench) -> None:
    blank = next(p for p in toy.panel.view.layout_now.places if not p.rows)
    assert blank.bottom - blank.top == BLANK


# -- how often -------------------------------------------------------------------------------------


def test_the_same_moment_is_not_written_twice(toy: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    toy.at(Kind.SUM, 0)
    made: list[object] = []
    monkeypatch.setattr(toy.panel.view, "show_scene", made.append)
    toy.spotlight.hover_part(Part(What.ERROR, 1))
    toy.panel.refresh()
    toy.naming.toggle()
    toy.panel.refresh()
    assert not made
    toy.at(Kind.ACTIVATE, 0)
    assert len(made) == 1


def test_a_hidden_panel_does_nothing_until_it_is_shown(toy: Bench) -> None:
    toy.panel.hide()
    before = toy.scene
    toy.session.advance()
    assert toy.scene is before
    toy.panel.show()
    assert toy.scene.trace is toy.session.record


def test_large_arrays_are_not_written_out_for_the_screen(
    digits: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[np.ndarray] = []
    monkeypatch.setattr("bpviz.explain.listing.line.written", lambda _name, array: called.append(array) or "")
    digits.session.advance()
    digits.panel.refresh()
    digits.panel.view.grab()
    assert not called
    digits.panel.copy()
    assert called


def test_another_network_brings_another_program(toy: Bench) -> None:
    toy.session.open_preset(load_preset("iris"))
    toy.panel.refresh()
    assert "import numpy as np" in [line.text for line in toy.scene.listing.lines]
    assert toy.panel.count.text() == f"Program, {len(toy.scene.listing.lines)} lines"


def test_it_is_painted_in_both_themes(toy: Bench) -> None:
    toy.theme.set_mode("light")
    light = toy.panel.grab().toImage()
    toy.theme.set_mode("dark")
    assert toy.panel.grab().toImage() != light
    toy.theme.set_mode("system")
