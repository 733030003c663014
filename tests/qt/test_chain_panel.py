"""The panel of the chain rule: what is selected decides what it shows, and every number is the step's."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset, preset_names
from bpviz.explain.address import INPUT, Address, Edge, Node
from bpviz.explain.moment import Moment
from bpviz.explain.part import Part, What
from bpviz.explain.phase import Kind, index_of
from bpviz.qt.chain.chain_panel import ChainPanel
from bpviz.qt.naming import Naming
from bpviz.qt.panels.panel_scroll import PanelScroll
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

W_H = Edge(0, 0, 0)


class Bench:
    """A session with its panel on screen."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, name: str, width: int = 328) -> None:
        self.session = Session(load_preset(name))
        self.player = Player(self.session, clock=lambda: 0.0)
        self.spotlight = Spotlight(self.session)
        self.naming = Naming(self.session)
        self.theme = Theme(qapp)
        self.panel = ChainPanel(self.session, self.player, self.spotlight, self.naming, self.theme)
        self.host = QWidget()  # in the window the panel stands in a frame
        self.panel.setParent(self.host)
        self.panel.resize(width, 1200)  # so tall that nothing is scrolled away from the mouse
        qtbot.addWidget(self.host)
        with qtbot.waitExposed(self.host):
            self.host.show()
        self.end()

    def at(self, kind: Kind, layer: int) -> None:
        """Go to the end of a phase."""
        self.player.seek(Moment(index_of(self.session.network.depth, kind, layer), 1.0))
        self.panel.refresh()

    def end(self) -> None:
        self.at(Kind.UPDATE, self.session.network.depth - 1)

    def look_at(self, address: Address | None) -> None:
        self.spotlight.select(address)
        self.panel.refresh()
        self.panel.equation.finish()

    @property
    def numbers(self) -> list[str]:
        return [token.below for token in self.panel.equation.tokens if not token.sign]

    @property
    def values(self) -> list[float | None]:
        return [row.value for row in self.panel.paths.list.rows]


@pytest.fixture
def toy(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "toy")


@pytest.fixture
def mazur(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "mazur")


@pytest.fixture
def spiral(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "spiral")


# -- the equation ----------------------------------------------------------------------------------


def test_the_toy_weight_has_the_texts_chain(toy: Bench) -> None:
    toy.look_at(W_H)
    assert toy.panel.title.text() == "Weight from the input to hidden unit 1"
    assert toy.numbers == ["1.04", "0.580", "1.00", "0.900", "1.00", "2.00"]
    assert not toy.panel.paths.isVisible()


def test_the_same_factors_can_be_read_as_what_they_are(toy: Bench) -> None:
    toy.look_at(W_H)
    toy.panel.form.choose("values")
    toy.panel.refresh()
    assert toy.numbers == ["1.04", "1.08", "0.500", "1.00", "0.900", "1.00", "2.00"]
    assert toy.panel.falls.waterfall.falls[0].symbol.plain == "(ŷ − y)"


def test_what_is_not_told_reads_a_dash(toy: Bench) -> None:
    toy.look_at(W_H)
    toy.at(Kind.COST, 1)
    assert toy.numbers == ["—", "—", "—", "0.900", "—", "2.00"]
    assert "told yet" in toy.panel.falls.small.plain
    toy.at(Kind.HIDDEN_ERROR, 0)
    assert toy.numbers == ["—", "0.580", "1.00", "0.900", "1.00", "2.00"]


def test_the_phase_marks_what_it_works_with(toy: Bench) -> None:
    toy.look_at(W_H)
    toy.at(Kind.OUTPUT_ERROR, 1)
    assert toy.panel.equation.current == {Part(What.PULL, 1, 0), Part(What.SLOPE, 1, 0)}
    toy.at(Kind.GRADIENT, 0)
    assert toy.panel.equation.current == {Part(What.ACTIVATION, INPUT, 0), Part(What.GRADIENT, 0, 0, 0)}


def test_a_marked_factor_is_painted_on_the_accents_ground(toy: Bench) -> None:
    toy.look_at(W_H)
    toy.at(Kind.OUTPUT_ERROR, 1)
    toy.panel.equation.finish()
    box = toy.panel.equation.rect_of(2)
    image = toy.panel.equation.grab().toImage()
    ratio = image.devicePixelRatio()
    corner = image.pixelColor(round((box.left() + 3) * ratio), round((box.top() + 5) * ratio))
    assert corner.name() == toy.theme.palette.accent_soft


def test_the_notation_is_followed(toy: Bench) -> None:
    toy.look_at(W_H)
    toy.naming.toggle()
    toy.panel.refresh()
    toy.panel.equation.copying.latex()
    assert QGuiApplication.clipboard().text().startswith(r"\frac{\partial C}{\partial W_{h}} = ")


def test_ten_hidden_layers_give_23_factors(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "ten-hidden")
    bench.look_at(W_H)
    assert len(bench.numbers) == 24
    assert len(bench.panel.falls.waterfall.falls) == 23
    assert "10 sigmoid slopes" in bench.panel.falls.small.plain
    assert sum(fall.smallest for fall in bench.panel.falls.waterfall.falls) == 1


# -- which variable --------------------------------------------------------------------------------


def test_a_unit_can_be_derived_by_each_of_its_variables(mazur: Bench) -> None:
    mazur.look_at(Node(0, 0))
    chain = mazur.panel.chain
    assert chain is not None
    assert chain.variable == Part(What.WEIGHTED_INPUT, 0, 0)
    choice = mazur.panel.variable.choice
    assert choice is not None
    choice.choose("b")
    mazur.panel.refresh()
    assert mazur.panel.chain.variable == Part(What.BIAS, 0, 0)
    assert mazur.panel.title.text() == "Bias of hidden unit 1"
    mazur.look_at(Node(1, 1))
    assert mazur.panel.chain.variable == Part(What.BIAS, 1, 1)  # the kind chosen stays
    assert mazur.panel.variable.choice.chosen == "b"
    mazur.look_at(Node(INPUT, 0))
    assert not mazur.panel.variable.isVisible()
    assert mazur.panel.chain.variable == Part(What.ACTIVATION, INPUT, 0)


def test_nothing_selected_explains_and_shows_all_layers(toy: Bench) -> None:
    toy.look_at(W_H)
    toy.look_at(None)
    assert toy.panel.title.text() == "Nothing selected"
    assert "press E" in toy.panel.sentence.plain
    assert [fall.symbol.plain for fall in toy.panel.falls.waterfall.falls] == [
        "C'(ŷ)", "E_o", "C'(H)", "E_h", "C'(W_h)"
    ]
    assert not toy.panel.equation.isVisible()


# -- paths -----------------------------------------------------------------------------------------


def test_paths_and_the_others_come_to_the_derivative(spiral: Bench) -> None:
    spiral.look_at(Edge(0, 0, 1))
    rows = spiral.panel.paths.list.rows
    assert [row.is_path for row in rows] == [True, True, True, False, False]
    assert rows[3].name == "5 others"
    *parts, total = spiral.values
    layer = spiral.session.record.layers[0]
    assert sum(part for part in parts if part is not None) == pytest.approx(total)
    assert total == pytest.approx(float(layer.a_in[0, 0] * layer.delta[0, 1]))


def test_the_mouse_looks_at_a_path_and_a_click_keeps_it(qtbot: QtBot, spiral: Bench) -> None:
    spiral.look_at(Edge(0, 0, 1))
    panel, rows = spiral.panel, spiral.panel.paths.list
    strongest, second = panel.chain.paths[:2]
    assert len(spiral.spotlight.routes) == 3
    qtbot.mouseMove(rows, QPoint(20, 37))
    assert panel.path is second
    assert spiral.spotlight.routes == (second.route,)
    qtbot.mouseMove(rows, QPoint(20, 112))  # the sum is no path
    assert panel.path is strongest
    qtbot.mouseClick(rows, Qt.MouseButton.LeftButton, pos=QPoint(20, 37))
    panel.paths.list.leaveEvent(None)
    assert panel.path is second
    assert panel.falls.waterfall.falls[-1].size == pytest.approx(second.product)


def test_arrow_keys_walk_along_the_paths(qtbot: QtBot, spiral: Bench) -> None:
    spiral.look_at(Edge(0, 0, 1))
    panel = spiral.panel
    panel.paths.list.setFocus()
    for _ in range(5):
        qtbot.keyClick(panel.paths.list, Qt.Key.Key_Down)
    assert panel.path is panel.chain.paths[2]
    qtbot.keyClick(panel.paths.list, Qt.Key.Key_Up)
    assert panel.path is panel.chain.paths[1]
    spiral.look_at(Edge(0, 0, 2))
    assert panel.path is panel.chain.paths[0]


def test_routes_are_shown_only_while_told_selected_and_seen(spiral: Bench) -> None:
    spiral.look_at(Edge(0, 0, 1))
    assert len(spiral.spotlight.routes) == 3
    spiral.panel.hide()
    assert spiral.spotlight.routes == ()
    spiral.panel.show()
    assert len(spiral.spotlight.routes) == 3
    spiral.at(Kind.COST, 2)
    assert spiral.spotlight.routes == ()
    spiral.end()
    assert len(spiral.spotlight.routes) == 3
    spiral.look_at(None)
    assert spiral.spotlight.routes == ()


def test_the_batchs_mean_has_paths_but_no_factor_numbers(spiral: Bench) -> None:
    spiral.spotlight.set_example(None)
    spiral.look_at(Edge(0, 0, 1))
    assert set(spiral.numbers) == {"—"}
    assert spiral.values[-1] == pytest.approx(float(spiral.session.record.layers[0].dw[0, 1]))
    assert "over 10 examples" in spiral.panel.note.plain


# -- the waterfall ---------------------------------------------------------------------------------


def test_hovering_a_stage_shows_where_its_factor_lives(qtbot: QtBot, toy: Bench) -> None:
    toy.look_at(W_H)
    view = toy.panel.falls.waterfall
    qtbot.mouseMove(view, QPoint(30, 18 + 2 * 20 + 10))
    assert toy.spotlight.part == Part(What.WEIGHT, 1, 0, 0)
    view.leaveEvent(None)
    assert toy.spotlight.part is None
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert toy.spotlight.part == Part(What.PULL, 1, 0)


def test_a_bar_is_as_long_as_what_is_left(toy: Bench) -> None:
    toy.look_at(W_H)
    toy.panel.falls.waterfall.clearFocus()  # its outline would be measured too
    image = toy.panel.falls.waterfall.grab().toImage()
    first, slope, weight, closed, last = (_end(image, 18 + 20 * i + 4) for i in range(5))
    assert first == slope  # 0.58, and times 1
    assert weight == closed < first  # 0.522
    assert last > first  # 1.044


def _end(image: QImage, y: int) -> int:
    """The last pixel of a line that carries the bar's colour, which is no grey."""
    ratio = image.devicePixelRatio()
    colours = (image.pixelColor(x, round(y * ratio)) for x in range(image.width()))
    return max(x for x, colour in enumerate(colours) if colour.saturation() > 25)


# -- as a panel ------------------------------------------------------------------------------------


def test_nothing_is_made_twice_for_the_same_moment(toy: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    toy.look_at(W_H)
    made: list[Address] = []
    monkeypatch.setattr(toy.panel, "_show_chain", made.append)
    toy.panel.refresh()
    toy.spotlight.hover(Node(1, 0))
    toy.panel.refresh()
    assert made == []
    toy.at(Kind.COST, 1)
    assert made == [W_H]


def test_another_experiment_is_followed(toy: Bench) -> None:
    toy.look_at(Node(0, 0))
    toy.session.open_preset(load_preset("xor"))
    toy.panel.refresh()
    assert toy.panel.chain is not None
    assert toy.panel.chain.total == pytest.approx(float(toy.session.record.layers[0].delta[0, 0]))


@pytest.mark.parametrize("address", [None, Edge(0, 0, 0), Node(0, 0), Node(INPUT, 0)])
@pytest.mark.parametrize("width", [220, 328])
@pytest.mark.parametrize("name", preset_names())
def test_nothing_is_wider_than_the_panel(
    qapp: QApplication, qtbot: QtBot, name: str, width: int, address: Address | None
) -> None:
    bench = Bench(qapp, qtbot, name, width)
    bench.look_at(address)
    qapp.processEvents()
    area = bench.panel.findChild(PanelScroll)
    assert area.widget().width() <= area.viewport().width()
    for widget in bench.panel.findChildren(QWidget):
        if widget.isVisible() and area.widget().isAncestorOf(widget):
            left = widget.mapTo(bench.panel, QPoint(0, 0)).x()
            assert left >= 0
            assert left + widget.width() <= width


@pytest.mark.parametrize("example", [0, None])
@pytest.mark.parametrize("name", preset_names())
def test_every_phase_of_every_preset_can_be_shown(
    qapp: QApplication, qtbot: QtBot, name: str, example: int | None
) -> None:
    bench = Bench(qapp, qtbot, name)
    bench.spotlight.set_example(example)
    last = bench.session.network.depth - 1
    for address in (Edge(last, 0, 0), Node(last, 0)):
        bench.look_at(address)
        for kind, layer in ((Kind.GIVEN, INPUT), (Kind.OUTPUT_ERROR, last), (Kind.GRADIENT, last)):
            bench.at(kind, layer)
            assert not bench.panel.grab().isNull()
            assert bench.panel.chain.told == (kind is Kind.GRADIENT or (
                isinstance(address, Node) and kind is Kind.OUTPUT_ERROR))
