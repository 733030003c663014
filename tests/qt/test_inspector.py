"""The panel on the right: true numbers, dashes for what is not computed yet, every parameter in sight."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset, preset_names
from bpviz.engine.network import Layer, Network
from bpviz.explain.address import Address, Edge, Node
from bpviz.explain.moment import Moment
from bpviz.explain.number import number
from bpviz.explain.phase import Kind, index_of, score
from bpviz.explain.pieces import Line
from bpviz.explain.quantities import quantities
from bpviz.explain.symbol import Symbol
from bpviz.explain.worked import worked
from bpviz.qt.inspector import Inspector
from bpviz.qt.naming import Naming
from bpviz.qt.panels.coalescer import REST, Coalescer
from bpviz.qt.panels.panel_scroll import PanelScroll
from bpviz.qt.panels.parameter_grid import grid
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

LISTED = ("single-neuron", "toy", "ten-hidden", "mazur", "xor", "sine", "circle", "spiral", "iris")


class Bench:
    """A session with its inspector on screen."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, name: str, width: int = 328) -> None:
        self.session = Session(load_preset(name))
        self.player = Player(self.session, clock=lambda: 0.0)
        self.spotlight = Spotlight(self.session)
        self.panel = Inspector(
            self.session, self.player, self.spotlight, Naming(self.session), Theme(qapp)
        )
        self.host = QWidget()  # in the window the panel stands in a frame
        self.panel.setParent(self.host)
        self.panel.resize(width, 640)
        qtbot.addWidget(self.host)
        with qtbot.waitExposed(self.host):
            self.host.show()

    def at(self, kind: Kind, layer: int) -> None:
        """Go to the end of a phase."""
        self.player.seek(Moment(index_of(self.session.network.depth, kind, layer), 1.0))
        self.panel.refresh()

    def look_at(self, address: Address | None) -> None:
        self.spotlight.select(address)
        self.panel.refresh()

    @property
    def rows(self) -> dict[str, str]:
        return {row.symbol.plain: number(row.value) for row in self.panel.card.table.rows}


@pytest.fixture
def toy(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "toy")


@pytest.fixture
def iris(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "iris")


# -- the unit or weight in focus -------------------------------------------------------------------


def test_what_is_not_computed_yet_reads_a_dash(toy: Bench) -> None:
    toy.look_at(Node(0, 0))
    toy.at(Kind.SUM, 0)
    assert toy.rows["Z_h"] == "1.20"
    assert toy.rows["H"] == "—"
    assert toy.rows["E_h"] == "—"
    toy.at(Kind.HIDDEN_ERROR, 0)
    assert toy.rows["E_h"] == "0.522"


def test_a_phase_under_way_tells_nothing_yet(toy: Bench) -> None:
    toy.look_at(Node(0, 0))
    toy.player.seek(Moment(1, 0.99))
    toy.panel.refresh()
    assert toy.rows["Z_h"] == "—"


def test_the_selection_goes_before_what_is_hovered(toy: Bench) -> None:
    toy.spotlight.hover(Node(1, 0))
    toy.panel.refresh()
    assert toy.panel.card.title.text() == "Output"
    toy.look_at(Node(0, 0))
    assert toy.panel.card.title.text() == "Selected: hidden unit 1"
    toy.look_at(None)
    assert toy.panel.card.title.text() == "Output"


def test_without_focus_there_is_no_card(toy: Bench) -> None:
    assert not toy.panel.card.isVisible()
    toy.look_at(Edge(1, 0, 0))
    assert toy.panel.card.isVisible()
    toy.look_at(None)
    assert not toy.panel.card.isVisible()


def test_ctrl_c_copies_all_digits_of_the_chosen_row(qtbot: QtBot, iris: Bench) -> None:
    iris.at(Kind.SUM, 0)
    iris.look_at(Node(0, 2))
    table = iris.panel.card.table
    table.setFocus()
    for _ in range(2):
        qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert float(QGuiApplication.clipboard().text()) == iris.session.record.layers[0].z[0, 2]


def test_the_card_leaves_room_for_the_step(iris: Bench) -> None:
    iris.look_at(Edge(1, 0, 0))
    iris.at(Kind.UPDATE, 1)
    assert iris.panel.card.mapTo(iris.panel, QPoint(0, 0)).y() >= 0.3 * iris.panel.height()


# -- how a number comes about ----------------------------------------------------------------------


def plain(line: Line) -> str:
    return " ".join(p.content.plain if isinstance(p.content, Symbol) else p.content for p in line)


@pytest.mark.parametrize(("kind", "layer", "address", "expected"), [
    (Kind.SUM, 0, Node(0, 0), "Z_h = 2.00 × 0.600 = 1.20"),
    (Kind.ACTIVATE, 0, Node(0, 0), "H = ReLU( 1.20 ) = 1.20"),
    (Kind.SUM, 1, Node(1, 0), "Z_o = 1.20 × 0.900 = 1.08"),
    (Kind.COST, 1, Node(1, 0), "C = ½ × ( 1.08 − 0.500 )² = 0.168"),
    (Kind.OUTPUT_ERROR, 1, Node(1, 0), "E_o = ( 1.08 − 0.500 ) × 1.00 = 0.580"),
    (Kind.GRADIENT, 1, Edge(1, 0, 0), "C'(W_o) = 0.580 × 1.20 = 0.696"),
    (Kind.HIDDEN_ERROR, 0, Edge(1, 0, 0), "carries back 0.580 × 0.900 = 0.522"),
    (Kind.HIDDEN_ERROR, 0, Node(0, 0), "E_h = 0.580 × 0.900 × 1.00 = 0.522"),
    (Kind.GRADIENT, 0, Edge(0, 0, 0), "C'(W_h) = 0.522 × 2.00 ≈ 1.04"),
    (Kind.UPDATE, 1, Edge(1, 0, 0), "W_o ← 0.900 − 0.100 × 0.696 = 0.830"),
])  # fmt: skip
def test_the_toy_network_is_worked_out_as_in_the_text(
    toy: Bench, kind: Kind, layer: int, address: Address, expected: str
) -> None:
    toy.at(kind, layer)
    session = toy.session
    line = worked(session.network, session.record, toy.player.complete, address, 0)
    assert plain(line).replace("≈", "=") == expected.replace("≈", "=")


def test_the_card_of_a_frozen_weight_says_so_and_that_it_stays(toy: Bench) -> None:
    toy.session.toggle_frozen(Edge(1, 0, 0))
    toy.look_at(Edge(1, 0, 0))
    assert toy.panel.card.table.rows[0].name == "weight, frozen"
    toy.at(Kind.UPDATE, 1)
    line = worked(toy.session.network, toy.session.record, toy.player.complete, Edge(1, 0, 0), 0)
    assert plain(line) == "W_o ← 0.900 stays: it is frozen"


def test_a_long_sum_names_its_largest_terms_and_how_many_are_left(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "digits")
    bench.at(Kind.SUM, 0)
    line = plain(worked(bench.session.network, bench.session.record, bench.player.complete, Node(0, 0), 0))
    assert "from 61 smaller terms" in line
    assert line.count("×") == 3


@pytest.mark.parametrize("example", [0, None])
@pytest.mark.parametrize("name", preset_names())
def test_every_line_arrives_at_a_number_of_the_table(name: str, example: int | None) -> None:
    experiment = load_preset(name).experiment
    network, record = experiment.network, experiment.start().record()
    checked = 0
    nodes = [Node(k, min(1, size - 1)) for k, size in enumerate(network.sizes[1:])]
    edges = [Edge(k, 0, min(1, size - 1)) for k, size in enumerate(network.sizes[1:])]
    for phase in range(-1, len(score(network.depth))):
        for address in (*nodes, *edges):
            line = worked(network, record, phase, address, example)
            numbers = [piece.value for piece in line if piece.is_number]
            if not numbers or not isinstance(line[0].content, Symbol):
                continue
            told = {q.value for q in quantities(network, record, phase, address, example)} - {None}
            assert any(value == pytest.approx(numbers[-1], rel=1e-12, abs=1e-12) for value in told)
            checked += 1
    assert checked > 3 * network.depth


# -- every parameter -------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [188, 296])
@pytest.mark.parametrize("name", LISTED)
def test_every_weight_and_bias_is_listed_once(name: str, width: int) -> None:
    network = load_preset(name).experiment.network
    expected: list[Address] = []
    for k, layer in enumerate(network.layers):
        expected += [Edge(k, i, j) for i in range(network.sizes[k]) for j in range(layer.units)]
        expected += [Node(k, j) for j in range(layer.units) if layer.bias]
    listed = [cell.address for cell in grid(network, width).cells]
    assert len(listed) == len(expected)
    assert set(listed) == set(expected)


@pytest.mark.parametrize("width", [168, 188, 240, 296, 500])
@pytest.mark.parametrize("name", preset_names())
def test_nothing_in_the_table_overlaps_or_leaves_it(name: str, width: int) -> None:
    made = grid(load_preset(name).experiment.network, width)
    boxes = [cell.box for cell in made.cells]
    boxes += [place.box for place in made.ranges] + [heading.box for heading in made.headings]
    for i, box in enumerate(boxes):
        assert box.left() >= 0
        assert box.right() <= width
        assert box.bottom() <= made.height
        assert not any(box.intersects(other) for other in boxes[:i])


def test_a_layer_too_large_to_list_says_its_range() -> None:
    network = Network(9, (Layer(3), Layer(2)))
    made = grid(network, 296)
    assert [(place.layer, place.of_bias) for place in made.ranges] == [(0, False), (0, True)]
    assert {cell.address.layer for cell in made.cells} == {1}


def test_the_table_shows_new_weights_once_the_update_is_told(toy: Bench) -> None:
    toy.at(Kind.GRADIENT, 0)
    assert toy.panel.parameters.value(Edge(1, 0, 0)) == 0.9
    toy.at(Kind.UPDATE, 1)
    assert toy.panel.parameters.value(Edge(1, 0, 0)) == pytest.approx(0.8304)


def test_hovering_a_number_shows_where_it_lives_and_moves_nothing(qtbot: QtBot, iris: Bench) -> None:
    table = iris.panel.parameters
    cell = table.grid.cells[5]
    qtbot.mouseMove(table, cell.box.center())
    assert iris.spotlight.hovered == cell.address
    iris.panel.refresh()
    assert not iris.panel.card.isVisible()
    qtbot.mouseClick(table, Qt.MouseButton.LeftButton, pos=cell.box.center())
    assert iris.spotlight.selected == cell.address


# -- the example -----------------------------------------------------------------------------------


def test_one_example_leaves_nothing_to_choose(toy: Bench) -> None:
    assert not toy.panel.overview.chooser.isVisible()


def test_another_example_or_the_mean_can_be_chosen(qtbot: QtBot, iris: Bench) -> None:
    chooser = iris.panel.overview.chooser
    assert chooser.label.text() == "Example 1 of 10"
    qtbot.mouseClick(chooser.next, Qt.MouseButton.LeftButton)
    iris.panel.refresh()
    assert iris.spotlight.example == 1
    assert chooser.label.text() == "Example 2 of 10"
    qtbot.mouseClick(chooser.mean, Qt.MouseButton.LeftButton)
    iris.panel.refresh()
    assert iris.spotlight.example is None
    assert chooser.label.text() == "Mean of 10 examples"
    assert chooser.mean.isChecked()


def test_the_numbers_are_those_of_the_chosen_example(iris: Bench) -> None:
    iris.at(Kind.SUM, 0)
    iris.look_at(Node(0, 0))
    z = iris.session.record.layers[0].z[:, 0]
    iris.spotlight.set_example(3)
    iris.panel.refresh()
    assert iris.rows["Z_h"] == number(float(z[3]))
    iris.spotlight.set_example(None)
    iris.panel.refresh()
    assert iris.rows["Z_h"] == number(float(z.mean()))


def test_a_digit_is_shown_as_an_image(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "digits")
    image = bench.panel.overview.example.image
    assert image.isVisible()
    first = image.grab().toImage()
    bench.spotlight.set_example(1)
    bench.panel.refresh()
    assert image.grab().toImage() != first


def test_the_cost_is_a_dash_until_its_phase(toy: Bench) -> None:
    toy.at(Kind.ACTIVATE, 1)
    assert toy.panel.overview.cost.value.text() == "—"
    toy.at(Kind.COST, 1)
    assert toy.panel.overview.cost.value.text() == "0.168"


# -- how often -------------------------------------------------------------------------------------


def test_what_is_asked_too_soon_is_done_once_later(toy: Bench) -> None:
    now, done = [10.0], []
    coalescer = Coalescer(toy.panel, lambda: done.append(now[0]), clock=lambda: now[0])
    coalescer.ask()
    assert done == [10.0]
    coalescer.ask()
    coalescer.ask()
    assert done == [10.0]
    coalescer.flush()
    assert len(done) == 2
    now[0] += REST
    coalescer.ask()
    assert len(done) == 3


def test_a_hidden_panel_does_nothing_until_it_is_shown(toy: Bench) -> None:
    done: list[int] = []
    coalescer = Coalescer(toy.panel, lambda: done.append(1), clock=lambda: 0.0)
    toy.panel.hide()
    coalescer.ask()
    assert not done
    toy.panel.show()
    assert done


def test_the_same_moment_is_not_made_twice(toy: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    monkeypatch.setattr(toy.panel.overview, "refresh", lambda: made.append(1))
    toy.at(Kind.SUM, 0)
    toy.player.seek(Moment(2, 0.2))
    toy.player.seek(Moment(2, 0.7))
    toy.panel.refresh()
    assert made == [1]


@pytest.mark.parametrize("address", [None, Edge(0, 0, 0)])
@pytest.mark.parametrize("width", [220, 328])
@pytest.mark.parametrize("name", preset_names())
def test_nothing_is_wider_than_the_panel(
    qapp: QApplication, qtbot: QtBot, name: str, width: int, address: Address | None
) -> None:
    bench = Bench(qapp, qtbot, name, width)
    bench.at(Kind.UPDATE, bench.session.network.depth - 1)
    bench.look_at(address)
    qapp.processEvents()
    for area in bench.panel.findChildren(PanelScroll):
        assert not area.isVisible() or area.widget().width() <= area.viewport().width()
    shown = [bench.panel.overview, bench.panel.parameters, *([bench.panel.card] if address else [])]
    for widget in shown:
        left = widget.mapTo(bench.panel, QPoint(0, 0)).x()
        assert left >= 0
        assert left + widget.width() <= width
        assert widget.width() >= widget.minimumSizeHint().width()


def test_what_to_look_for_makes_room_for_a_selection(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, "toy")
    bench.panel.refresh()
    assert bench.panel.look_for.isVisible()
    assert "W<sub>o</sub>" in bench.panel.look_for.html
    bench.look_at(Node(0, 0))
    assert not bench.panel.look_for.isVisible()
    bench.look_at(None)
    assert bench.panel.look_for.isVisible()
