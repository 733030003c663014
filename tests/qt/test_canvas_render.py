"""Pictures in files: PNG and SVG, whole or not at all, of the size asked for."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from bpviz.explain.moment import Moment
from bpviz.qt.canvas.render import Still, picture, render, thumbnail
from bpviz.qt.fonts import load_fonts
from bpviz.qt.palette import DARK
from tests.explain.preset_steps import NAMES, opened
from tests.qt.painted import pixels

SIZE = (640, 400)


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    assert qapp
    load_fonts()


def still(name: str = "toy", size: tuple[int, int] = SIZE) -> Still:
    step = opened(name)
    moment = Moment(step.phases - 1, 1.0)
    return Still(step.network, step.trace, moment, size, image_shape=step.image_shape)


@pytest.mark.parametrize("name", NAMES)
def test_a_png_has_the_size_asked_for_and_holds_the_picture(tmp_path: Path, name: str) -> None:
    path = tmp_path / "out.png"
    render(still(name), path)
    read = QImage(str(path))
    assert (read.width(), read.height()) == SIZE
    assert read.convertToFormat(QImage.Format.Format_RGB32) == picture(still(name)).convertToFormat(
        QImage.Format.Format_RGB32
    )


@pytest.mark.parametrize("name", ["toy", "xor", "digits"])
def test_an_svg_has_the_shape_asked_for_and_can_be_drawn(tmp_path: Path, name: str) -> None:
    path = tmp_path / "out.SVG"
    render(still(name), path)
    box = QSvgRenderer(str(path)).viewBoxF()
    assert (box.x(), box.y(), box.width(), box.height()) == (0, 0, *SIZE)
    text = path.read_text(encoding="utf-8")
    assert text.rstrip().endswith("</svg>")
    assert "<title>bpviz</title>" in text


def test_an_svg_is_as_large_in_a_browser_as_the_png(tmp_path: Path) -> None:
    path = tmp_path / "out.svg"
    render(still(), path)
    sides = re.search(r'<svg width="([\d.]+)mm" height="([\d.]+)mm"', path.read_text(encoding="utf-8"))
    assert sides is not None
    pixels_a_millimetre = 96 / 25.4  # in CSS
    assert [round(float(side) * pixels_a_millimetre) for side in sides.groups()] == list(SIZE)


def test_an_svg_needs_no_font_and_describes_itself(tmp_path: Path) -> None:
    path = tmp_path / "out.svg"
    render(still(), path)
    written = path.read_text(encoding="utf-8")
    assert "<text" not in written
    described = re.search(r"<desc>([^<]+)</desc>", written)
    assert described is not None
    assert "0.696" in described[1]


def test_the_same_still_is_the_same_picture() -> None:
    assert pixels(picture(still())) == pixels(picture(still()))
    assert pixels(picture(still())) != pixels(picture(replace(still(), palette=DARK)))
    assert pixels(picture(still())) != pixels(picture(replace(still(), moment=Moment(2, 1.0))))


def test_an_earlier_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out.png"
    path.write_text("something else")
    render(still(), path)
    assert [file.name for file in tmp_path.iterdir()] == ["out.png"]
    assert not QImage(str(path)).isNull()


@pytest.mark.parametrize("ending", ["png", "svg"])
@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_when_writing_fails_the_earlier_file_is_untouched_and_nothing_is_left_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, broken: str
) -> None:
    path = tmp_path / f"out.{ending}"
    path.write_text("as before")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if broken == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        render(still(), path)
    assert path.read_text() == "as before"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_where_there_is_no_folder_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        render(still(), tmp_path / "missing" / "out.png")


@pytest.mark.parametrize("size", [(64, 64), (200, 900), (3000, 100), (2560, 1440)])
def test_every_size_and_shape_can_be_painted(size: tuple[int, int]) -> None:
    for name in ("toy", "xor", "digits"):
        made = picture(still(name, size))
        assert (made.width(), made.height()) == size


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("name", NAMES)
def test_a_thumbnail_is_as_sharp_as_its_screen(name: str, ratio: float) -> None:
    made = thumbnail(still(name, (220, 130)), ratio)
    assert (made.width(), made.height()) == (220 * ratio, 130 * ratio)
    assert made.devicePixelRatio() == ratio
    colours = {made.pixel(x, y) for x in range(0, made.width(), 3) for y in range(0, made.height(), 3)}
    assert len(colours) > 3
