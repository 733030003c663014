"""The memo panel: what the phase looks up, seen and said; true counts; readable at every width."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset, preset_names
from bpviz.engine.network import Layer, Network
from bpviz.explain.address import Edge, Node
from bpviz.explain.complexity import AtDepth, Totals, by_depth, reading, work
from bpviz.explain.memo import State, memo
from bpviz.explain.moment import Moment
from bpviz.explain.part import Part, What
from bpviz.explain.phase import Kind, index_of, score
from bpviz.explain.symbol import NOTATIONS, Names
from bpviz.qt.memo.chip import word_for
from bpviz.qt.memo.depth_axes import depth_axes
from bpviz.qt.memo.memo_grid import memo_grid
from bpviz.qt.memo.memo_panel import MemoPanel
from bpviz.qt.memo.memo_sentence import html_of
from bpviz.qt.memo.work_bars import WorkBars
from bpviz.qt.naming import Naming
from bpviz.qt.panels.panel_scroll import PanelScroll
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

E_O, E_H, Z_H = Part(What.ERROR, 1), Part(What.ERROR, 0), Part(What.WEIGHTED_INPUT, 0)


class Bench:
    """A session with its memo panel on screen."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, name: str, width: int = 328) -> None:
        self.session = Session(load_preset(name))
        self.player = Player(self.session, clock=lambda: 0.0)
        self.spotlight = Spotlight(self.session)
        self.naming = Naming(self.session)
        self.theme = Theme(qapp)
        self.panel = MemoPanel(self.session, self.player, self.spotlight, self.naming, self.theme)
        self.host = QWidget()
        self.panel.setParent(self.host)
        self.panel.resize(width, 560)
        qtbot.addWidget(self.host)
        with qtbot.waitExposed(self.host):
            self.host.show()

    def at(self, kind: Kind, layer: int, progress: float = 1.0) -> None:
        phase = index_of(self.session.network.depth, kind, layer)
        self.player.seek(Moment(phase, progress))
        self.panel.refresh()

    def state(self, part: Part) -> State:
        return next(entry.state for entry in self.panel.table.entries if entry.part == part)

    def centre(self, part: Part) -> QPoint:
        """Of its chip, within the table."""
        return self._box(part).center().toPoint()

    def picture(self, part: Part) -> QImage:
        """The chip as painted."""
        return self.panel.table.grab(self._box(part).toAlignedRect()).toImage()

    def _box(self, part: Part) -> QRectF:
        return next(chip.box for chip in self.panel.table.grid.chips if chip.part == part)


@pytest.fixture
def toy(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot, "toy")


# -- the memo --------------------------------------------------------------------------------------


def test_the_hidden_error_looks_up_the_output_error(toy: Bench) -> None:
    toy.at(Kind.HIDDEN_ERROR, 0)
    assert toy.state(E_H) is State.COMPUTED
    assert toy.state(E_O) is State.LOOKED_UP
    assert toy.state(Z_H) is State.LOOKED_UP
    assert toy.state(Part(What.GRADIENT, 0)) is State.UNKNOWN
    assert toy.panel.sentence.accessibleName().startswith("E_h needs E_o: it was computed two phases ago")


def test_each_state_looks_different_without_its_colours(toy: Bench) -> None:
    """The same symbol in four states, as shades of grey and with its word."""
    seen = []
    for kind, layer in ((Kind.SUM, 0), (Kind.OUTPUT_ERROR, 1), (Kind.GRADIENT, 1), (Kind.HIDDEN_ERROR, 0)):
        toy.at(kind, layer)
        grey = toy.picture(E_O).convertToFormat(QImage.Format.Format_Grayscale8)
        seen.append(bytes(grey.constBits()))
    toy.at(Kind.GRADIENT, 0)
    assert toy.state(E_O) is State.KNOWN
    seen.append(bytes(toy.picture(E_O).convertToFormat(QImage.Format.Format_Grayscale8).constBits()))
    assert len(set(seen)) == 5  # looked up one phase ago and two phases ago differ in their word


def test_a_chip_says_in_a_word_what_is_so(toy: Bench) -> None:
    entries = {entry.part: entry for entry in memo(toy.session.network, index_of(2, Kind.HIDDEN_ERROR, 0))}
    assert word_for(entries[E_O], 200, tall=True) == "2 phases ago"
    assert word_for(entries[E_O], 40, tall=True) == "2 ago"
    assert word_for(entries[E_O], 40, tall=False) == "2"
    assert word_for(entries[E_H], 40, tall=True) == "now"
    assert word_for(entries[Part(What.COST, 1)], 40, tall=True) == "known"
    assert word_for(entries[Part(What.COST, 1)], 40, tall=False) == "✓"
    assert word_for(entries[Part(What.GRADIENT, 0)], 40, tall=True) == "—"
    assert word_for(entries[E_O], 1, tall=True) == ""


def test_hovering_a_chip_lights_it_everywhere_and_leaving_lets_go(qtbot: QtBot, toy: Bench) -> None:
    toy.at(Kind.HIDDEN_ERROR, 0)
    dark = toy.picture(E_O)
    qtbot.mouseMove(toy.panel.table, toy.centre(E_O))
    assert toy.spotlight.part == E_O
    assert toy.picture(E_O) != dark
    qtbot.mouseMove(toy.panel.table, QPoint(2, 2))
    assert toy.spotlight.part is None
    assert toy.picture(E_O) == dark


def test_a_chip_lights_up_when_the_eye_is_on_it_elsewhere(toy: Bench) -> None:
    toy.at(Kind.HIDDEN_ERROR, 0)
    dark = {part: toy.picture(part) for part in (E_O, E_H, Part(What.GRADIENT, 1))}
    toy.spotlight.hover_part(Part(What.ERROR, 1, 0))
    assert toy.picture(E_O) != dark[E_O]
    assert toy.picture(E_H) == dark[E_H]
    toy.spotlight.hover_part(None)
    toy.spotlight.select(Edge(1, 0, 0))
    assert toy.picture(Part(What.GRADIENT, 1)) != dark[Part(What.GRADIENT, 1)]
    toy.spotlight.select(Node(0, 0))
    assert toy.picture(E_H) != dark[E_H]


@pytest.mark.qt_log_ignore("does not support raise")  # the tooltip, without a display
def test_the_arrow_keys_go_from_chip_to_chip(qtbot: QtBot, toy: Bench) -> None:
    toy.at(Kind.HIDDEN_ERROR, 0)
    table = toy.panel.table
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left,
                Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(table, key)
        seen.append(toy.spotlight.part)
    assert seen == [
        Part(What.TARGET, 1), Part(What.ACTIVATION, 1), E_O, E_H, Part(What.ACTIVATION, 0), Z_H, Z_H,
        Part(What.WEIGHTED_INPUT, 1),
    ]


def test_a_hidden_memo_lets_go_of_what_it_hovered(qtbot: QtBot, toy: Bench) -> None:
    qtbot.mouseMove(toy.panel.table, toy.centre(E_O))
    assert toy.spotlight.part == E_O
    toy.panel.hide()
    assert toy.spotlight.part is None


def test_the_tooltip_has_the_number_once_it_is_told(toy: Bench) -> None:
    toy.at(Kind.HIDDEN_ERROR, 0, 0.5)
    assert toy.panel.table.words(E_H).split("\n")[1] == "E_h = —"
    assert toy.panel.table.words(E_O).split("\n")[1] == "E_o = 0.580"
    toy.at(Kind.HIDDEN_ERROR, 0)
    assert toy.panel.table.words(E_H).split("\n")[1] == "E_h = 0.522"


def test_the_other_notation_is_followed(toy: Bench) -> None:
    toy.at(Kind.HIDDEN_ERROR, 0)
    before = toy.picture(E_O)
    toy.naming.toggle()
    toy.panel.refresh()
    assert toy.panel.sentence.accessibleName().startswith("δ_h needs δ_o")
    assert toy.picture(E_O) != before
    assert toy.panel.table.words(E_O).split("\n")[1] == "δ_o = 0.580"


def test_symbols_in_the_sentence_are_set_as_mathematics() -> None:
    names = Names(load_preset("toy").experiment.network)
    html = html_of((names.of(E_O), " is less than < "))
    assert "<i>E</i><sub><i>o</i></sub>" in html
    assert "&lt;" in html


def test_nothing_below_the_sentence_moves_from_phase_to_phase(qapp: QApplication, toy: Bench) -> None:
    tops = set()
    for at in range(len(score(2))):
        toy.player.seek(Moment(at, 1.0))
        toy.panel.refresh()
        qapp.processEvents()
        tops.add(toy.panel.table.mapTo(toy.panel, QPoint(0, 0)).y())
    assert len(tops) == 1


# -- multiplications -------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "layer", "progress", "reused", "written_out"), [
    (Kind.OUTPUT_ERROR, 1, 0.9, 0, 0),
    (Kind.OUTPUT_ERROR, 1, 1.0, 1, 0),
    (Kind.HIDDEN_ERROR, 0, 1.0, 4, 2),
    (Kind.GRADIENT, 0, 1.0, 5, 6),
    (Kind.UPDATE, 1, 1.0, 5, 6),
])  # fmt: skip
def test_the_bars_count_what_is_complete(
    toy: Bench, kind: Kind, layer: int, progress: float, reused: int, written_out: int
) -> None:
    toy.at(kind, layer, progress)
    assert toy.panel.bars.done == Totals(reused, written_out)
    assert toy.panel.bars.accessibleName() == (
        f"layer errors reused: {reused}, every chain written out: {written_out}"
    )


def test_the_whole_step_is_compared_in_words(toy: Bench) -> None:
    toy.panel.refresh()
    assert toy.panel.comparison.text() == (
        "For one example, the whole step takes 1.2 times as many when written out: 6 instead of 5."
    )
    toy.session.open_preset(load_preset("single-neuron"))
    toy.panel.refresh()
    assert toy.panel.comparison.text() == "For one example, the whole step takes 2 either way."


def test_bars_are_in_proportion_until_their_ratio_is_too_large(toy: Bench) -> None:
    bars = WorkBars(toy.theme)
    bars.show_work(Totals(4, 2), Totals(5, 6))
    assert not bars.logarithmic
    assert bars.share(3) == pytest.approx(0.5)
    bars.show_work(Totals(0, 0), Totals(99, 10**12 - 1))
    assert bars.logarithmic
    assert (bars.share(0), bars.share(99)) == (0.0, pytest.approx(2 / 12))
    assert bars.share(10**12 - 1) == 1.0


# -- deeper networks -------------------------------------------------------------------------------


def test_the_chart_reads_the_present_network_or_else_the_deepest(
    qapp: QApplication, qtbot: QtBot, toy: Bench
) -> None:
    toy.panel.refresh()
    assert toy.panel.chart.read == AtDepth(1, Totals(5, 6))
    alone = Bench(qapp, qtbot, "single-neuron")
    assert alone.panel.chart.read.hidden == 12
    ten = Bench(qapp, qtbot, "ten-hidden")
    assert ten.panel.chart.read.hidden == 10
    assert ten.panel.chart.read.totals == Totals(32, 132)
    assert "marks this network" in ten.panel.assumptions.text()
    assert "marks this network" in toy.panel.assumptions.text()
    assert "has none" in alone.panel.assumptions.text()


def test_pointing_at_a_depth_reads_both_numbers_there(qtbot: QtBot, toy: Bench) -> None:
    toy.panel.resize(328, 1000)
    toy.host.resize(328, 1000)
    toy.panel.refresh()
    qtbot.waitUntil(lambda: toy.panel.chart.visibleRegion().boundingRect() == toy.panel.chart.rect())
    chart, axes = toy.panel.chart, toy.panel.chart.axes
    qtbot.mouseMove(chart, QPointF(axes.left(4) + 1, axes.rect.center().y()).toPoint())
    assert reading(chart.read) == ("With 4 hidden layers:", "14 reused,", "30 written out")
    assert chart.accessibleDescription() == "With 4 hidden layers: 14 reused, 30 written out"
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.read.hidden == 5
    for _ in range(20):
        qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.read.hidden == 1


def test_another_experiment_is_another_chart(toy: Bench) -> None:
    toy.panel.refresh()
    toy.session.open_preset(load_preset("digits"))
    toy.panel.refresh()
    assert "32 units each, as here" in toy.panel.assumptions.text()
    assert toy.panel.chart.read == by_depth(toy.session.network)[0]
    assert toy.panel.bars.total == work(toy.session.network).total


def test_a_count_stands_higher_the_larger_it_is_by_equal_steps_for_each_power(toy: Bench) -> None:
    toy.panel.refresh()
    axes = depth_axes(by_depth(load_preset("digits").experiment.network), toy.panel.chart.axes.rect)
    one, two, three = (axes.top(10**power) for power in (6, 8, 10))
    assert one - two == pytest.approx(two - three)
    assert one > two
    assert [text for _, text in axes.counts()] == ["10⁶", "10¹²", "10¹⁸"]
    assert axes.under(axes.left(7) + 2) == 7
    assert axes.under(-50.0) == 1


# -- the panel -------------------------------------------------------------------------------------


def test_the_same_moment_is_not_made_twice(toy: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    monkeypatch.setattr(toy.panel.table, "refresh", lambda: made.append(1))
    toy.at(Kind.SUM, 0)
    toy.at(Kind.SUM, 1, 0.2)
    toy.at(Kind.SUM, 1, 0.7)
    assert made == [1, 1]


def test_a_hidden_panel_does_nothing_until_it_is_shown(toy: Bench) -> None:
    toy.at(Kind.SUM, 0)
    toy.panel.hide()
    toy.player.seek(Moment(index_of(2, Kind.HIDDEN_ERROR, 0), 1.0))
    assert toy.state(E_H) is State.UNKNOWN
    toy.panel.show()
    assert toy.state(E_H) is State.COMPUTED


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("width", [178, 210, 286, 296, 468])
@pytest.mark.parametrize("name", preset_names())
def test_no_chip_overlaps_another_or_leaves_the_table(
    qapp: QApplication, name: str, width: int, notation: str
) -> None:
    Theme(qapp)
    network = load_preset(name).experiment.network
    grid = memo_grid(network, Names(network, (), notation), width)
    boxes = [chip.box for chip in grid.chips]
    assert len(boxes) == len(memo(network, 0))
    for i, box in enumerate(boxes):
        assert box.left() >= 0
        assert box.right() <= width
        assert box.bottom() <= grid.height
        assert not any(box.intersects(other) for other in boxes[:i])
        assert not any(box.intersects(words.box) for words in (*grid.labels, *grid.heads))


@pytest.mark.parametrize("width", [220, 252, 328])
@pytest.mark.parametrize("name", preset_names())
def test_nothing_is_wider_than_the_panel(qapp: QApplication, qtbot: QtBot, name: str, width: int) -> None:
    bench = Bench(qapp, qtbot, name, width)
    qapp.processEvents()
    (area,) = bench.panel.findChildren(PanelScroll)
    assert area.widget().width() <= area.viewport().width()
    panel = bench.panel
    for widget in (panel.sentence, panel.table, panel.bars, panel.comparison, panel.chart, panel.assumptions):
        left = widget.mapTo(panel, QPoint(0, 0)).x()
        assert left >= 0
        assert left + widget.width() <= width


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", ["toy", "ten-hidden"])
def test_every_chip_is_painted_in_both_themes(qapp: QApplication, qtbot: QtBot, name: str, mode: str) -> None:
    bench = Bench(qapp, qtbot, name)
    bench.theme.set_mode(mode)
    bench.at(Kind.HIDDEN_ERROR, 0)
    accent = bench.theme.palette.accent
    for entry in bench.panel.table.entries:
        image = bench.picture(entry.part)
        edge = [image.pixelColor(x, image.height() // 2) for x in range(3)]
        marked = any(_alike(colour, QColor(accent)) for colour in edge)
        assert marked == (entry.state in (State.COMPUTED, State.LOOKED_UP))
    bench.theme.set_mode("system")


def _alike(one: QColor, other: QColor) -> bool:
    """As far as an edge between two pixels lets see."""
    channels = zip(one.getRgb(), other.getRgb(), strict=True)
    return sum(abs(a - b) for a, b in channels) < 100


def test_a_vast_network_is_counted_and_drawn(toy: Bench) -> None:
    vast = Network(100, tuple(Layer(100) for _ in range(60)))
    toy.panel.chart.show_depths(by_depth(vast), vast.depth - 1, work(vast).total)
    toy.panel.bars.show_work(work(vast).after(150), work(vast).total)
    assert toy.panel.bars.logarithmic
    assert not toy.panel.grab().isNull()
