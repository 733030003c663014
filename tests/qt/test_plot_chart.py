"""A pyqtgraph plot in the look of bpviz."""

from __future__ import annotations

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.qt.palette import DARK, LIGHT, Palette
from bpviz.qt.plots.chart import Chart
from bpviz.qt.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme(qapp)
    made.set_mode("light")
    return made


@pytest.fixture
def chart(theme: Theme, qtbot: QtBot, qapp: QApplication) -> Chart:
    made = Chart(theme, "a chart", "weight", "cost")
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    made.show_range((0.0, 2.0), (-1.0, 1.0))
    qapp.processEvents()
    return made


def ticks(chart: Chart, side: str) -> dict[str, float]:
    return {text: place for place, text in chart.plot.getAxis(side)._tickLevels[0]}


def middle(chart: Chart) -> QPoint:
    scene = chart.box.sceneBoundingRect().center()
    return chart.view.mapFromScene(scene)


def test_the_axes_count_in_bpvizs_numbers(chart: Chart) -> None:
    assert ticks(chart, "bottom")["1.0"] == pytest.approx(1.0)
    assert ticks(chart, "left")["−0.5"] == pytest.approx(-0.5), "with a true minus"


def test_the_number_at_the_upper_edge_is_there_too(chart: Chart) -> None:
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    drawn = chart.plot.getAxis("left").generateDrawSpecs(painter)
    painter.end()
    assert "1.0" in [text for _, _, text in drawn[2]]


def test_a_logarithmic_axis_names_the_numbers_not_their_logarithms(theme: Theme, qtbot: QtBot) -> None:
    chart = Chart(theme, "a chart", "step", "cost", log_y=True)
    qtbot.addWidget(chart)
    chart.resize(400, 200)
    chart.show()
    chart.show_range((0.0, 1.0), (-3.0, 1.0))
    assert ticks(chart, "left")["0.01"] == pytest.approx(-2.0)


def test_a_person_who_has_zoomed_is_left_where_they_are_until_a_double_click(
    chart: Chart, qtbot: QtBot
) -> None:
    chart.box.sigRangeChangedManually.emit([True, True])
    chart.box.setRange(xRange=(0.5, 0.6), padding=0)
    chart.show_range((0.0, 4.0), (-1.0, 1.0))
    assert chart.moved and chart.box.viewRange()[0] == pytest.approx([0.5, 0.6])
    qtbot.mouseDClick(chart.view.viewport(), Qt.MouseButton.LeftButton, pos=middle(chart))
    qtbot.mouseRelease(chart.view.viewport(), Qt.MouseButton.LeftButton, pos=middle(chart))
    assert not chart.moved and chart.box.viewRange()[0] == pytest.approx([0.0, 4.0])


def test_a_click_says_where_it_was_in_the_units_of_the_axes(chart: Chart, qtbot: QtBot) -> None:
    with qtbot.waitSignal(chart.pressed) as pressed:
        qtbot.mouseClick(chart.view.viewport(), Qt.MouseButton.LeftButton, pos=middle(chart))
    place: QPointF = pressed.args[0]
    assert place.x() == pytest.approx(1.0, abs=0.02)
    assert place.y() == pytest.approx(0.0, abs=0.02)


def test_a_click_on_a_point_is_the_charts(chart: Chart, qtbot: QtBot, qapp: QApplication) -> None:
    chart.plot.addItem(pg.ScatterPlotItem([1.0], [0.0], size=20), ignoreBounds=True)
    qapp.processEvents()
    with qtbot.waitSignal(chart.pressed, timeout=1000):
        qtbot.mouseClick(chart.view.viewport(), Qt.MouseButton.LeftButton, pos=middle(chart))


def test_items_are_dressed_at_once_and_with_each_theme(chart: Chart, theme: Theme) -> None:
    seen: list[Palette] = []
    chart.dressed(seen.append)
    theme.set_mode("dark")
    assert seen == [LIGHT, DARK]


def test_pens_are_as_wide_as_they_are_called_on_every_screen(chart: Chart) -> None:
    widths: list[float] = []
    chart.dressed(lambda palette: widths.append(chart.pen(palette.ink, 2.0).widthF()))
    with chart.drawn_at(3.0):
        assert widths[-1] == 6.0
    assert widths == [2.0, 6.0, 2.0]
    pen = chart.pen(LIGHT.accent, 2.0)
    assert pen.isCosmetic() and pen.color() == QColor(LIGHT.accent)


def test_names_of_axes_stay_when_the_theme_changes(chart: Chart, theme: Theme) -> None:
    chart.name_axes("", "accuracy")
    theme.set_mode("dark")
    assert chart.plot.getAxis("left").labelText == "accuracy"
    assert not chart.plot.getAxis("bottom").label.isVisible()
