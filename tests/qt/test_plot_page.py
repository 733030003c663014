"""What all plots have in common: how they follow, and how picture and numbers are taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpviz.explain.table import Table
from bpviz.qt.plots import taking
from bpviz.qt.plots.page import PlotPage
from tests.qt.plot_bench import PageBench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


class Page(PlotPage):
    """Counts how often it is refreshed, and paints a word."""

    title = "Counting"
    refreshed = 0
    numbers: Table | None = Table("Counting", ("step",), ((0,), (1,)))

    def refresh(self) -> None:
        self.refreshed += 1

    def table(self) -> Table | None:
        return self.numbers

    def paint_picture(self, painter: QPainter) -> None:
        painter.setPen(self.theme.palette.ink)
        painter.drawText(20, 40, "picture")


@pytest.fixture
def bench(qapp: QApplication, qtbot: QtBot) -> Iterator[PageBench]:
    yield PageBench(Page, qapp, qtbot)


@pytest.fixture
def page(bench: PageBench) -> Page:
    assert isinstance(bench.page, Page)
    return bench.page


def test_a_page_hears_of_steps_settings_and_the_theme(bench: PageBench, page: Page, qtbot: QtBot) -> None:
    for change in (bench.session.advance, lambda: bench.session.set_seed(5), bench.theme.cycle):
        before = page.refreshed
        change()
        qtbot.waitUntil(lambda before=before: page.refreshed > before)


def test_while_hidden_it_does_nothing_and_once_shown_it_is_up_to_date(
    bench: PageBench, page: Page, qtbot: QtBot, qapp: QApplication
) -> None:
    page.hide()
    before = page.refreshed
    for _ in range(3):
        bench.session.advance()
        qapp.processEvents()
    assert page.refreshed == before
    page.show()
    qtbot.waitUntil(lambda: page.refreshed > before)


def test_the_menu_offers_numbers_only_where_there_are_some(page: Page) -> None:
    def possible() -> dict[str, bool]:
        menu = page.taking.menu()
        found = {action.text(): action.isEnabled() for action in menu.actions() if action.text()}
        menu.deleteLater()
        return found

    assert all(possible().values())
    page.numbers = None
    assert {text for text, can in possible().items() if not can} == {
        "Copy numbers (CSV)", "Save numbers as CSV…"
    }


def test_numbers_and_picture_go_to_the_clipboard(page: Page) -> None:
    page.taking.copy_numbers()
    assert QGuiApplication.clipboard().text() == "step\n0\n1\n"
    page.taking.copy_picture()
    image = QGuiApplication.clipboard().image()
    assert image.size() == page.size() * taking.SCALE


def test_the_picture_is_sharper_than_the_screen_and_not_empty(page: Page) -> None:
    image = QImage.fromData(page.taking.png())
    assert image.size() == page.size() * taking.SCALE
    assert len({image.pixel(x, y) for x in range(0, 400, 3) for y in range(60, 140, 3)}) > 1


def test_the_svg_holds_the_picture_as_drawing_on_the_panels_ground(page: Page) -> None:
    drawn = ElementTree.fromstring(page.taking.svg())
    assert drawn.attrib["viewBox"] == f"0 0 {page.width()} {page.height()}"
    texts = [element.text for element in drawn.iter() if element.tag.endswith("}text")]
    assert "picture" in [text.strip() for text in texts if text]
    title = next(element.text for element in drawn.iter() if element.tag.endswith("}title"))
    assert title is not None and title.startswith("Counting: ")


class Cut(QWidget):
    """Draws a line that is longer than the part of it that is to be seen."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setClipRect(10, 10, 50, 20)
        painter.drawLine(0, 0, 200, 100)
        painter.end()


def test_the_svg_cuts_off_what_the_screen_cuts_off(page: Page) -> None:
    cut = Cut(page)
    cut.setGeometry(30, 20, 300, 150)
    cut.show()
    page.paint_picture = partial(PlotPage.paint_picture, page)  # type: ignore[method-assign]
    drawn = ElementTree.fromstring(page.taking.svg())
    cut_off = drawn.iterfind(".//{*}g[@clip-path]")
    group = next(group for group in cut_off if group.find(".//{*}polyline") is not None)
    path = drawn.find(f".//{{*}}clipPath[@id='{group.attrib['clip-path'][5:-1]}']/{{*}}path")
    assert path is not None
    corners = [tuple(map(float, pair)) for pair in re.findall(r"[ML]([\d.]+),([\d.]+)", path.attrib["d"])]
    assert (min(corners), max(corners)) == ((40.0, 30.0), (90.0, 50.0))


def test_the_svg_is_as_large_in_a_browser_as_on_the_screen(page: Page) -> None:
    wide = float(ElementTree.fromstring(page.taking.svg()).attrib["width"].removesuffix("mm"))
    assert wide * page.logicalDpiX() / 25.4 == pytest.approx(page.width(), abs=0.5)


@pytest.mark.parametrize(("kind", "begins"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("csv", b"step\n0")])
def test_a_saved_file_holds_it_and_the_page_says_so(
    page: Page, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, begins: bytes
) -> None:
    path = tmp_path / f"plot.{kind}"
    monkeypatch.setattr(taking, "path_to_save", lambda *_: path)
    with qtbot.waitSignal(page.told) as told:
        getattr(page.taking, f"save_{kind}")()
    assert path.read_bytes().startswith(begins)
    assert str(path) in told.args[0]


def test_what_cannot_be_saved_is_said(
    page: Page, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "path_to_save", lambda *_: tmp_path / "nowhere" / "plot.png")
    with qtbot.waitSignal(page.failed) as failed:
        page.taking.save_png()
    assert "the folder does not exist" in failed.args[0]


def test_nothing_is_saved_where_no_place_is_chosen(
    page: Page, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "path_to_save", lambda *_: None)
    with qtbot.assertNotEmitted(page.told), qtbot.assertNotEmitted(page.failed):
        page.taking.save_svg()


def test_shades_run_from_end_to_end() -> None:
    from bpviz.qt.palette import LIGHT
    from bpviz.qt.shades import image_of, value_shades

    image = image_of(np.array([[-2.0, 0.0], [2.0, np.nan]]), -2.0, 2.0, value_shades(LIGHT))
    colours = [image.pixelColor(x, y).name() for y in range(2) for x in range(2)]
    assert colours[0] == LIGHT.value_negative
    assert colours[2] == LIGHT.value_positive
    assert colours[1] == colours[3], "what is unknown is as the middle"
