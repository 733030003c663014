"""How much is asked of Qt for a frame: the guard against slow pictures that needs no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QLineF
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication

from bpviz.explain.moment import Moment
from bpviz.qt import symbol_text
from bpviz.qt.canvas import text
from bpviz.qt.canvas.grouping import Groups, draw_lines
from bpviz.qt.canvas.painter import paint
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.fonts import load_fonts
from tests.explain.preset_steps import NAMES, opened
from tests.qt.painted import scene

SIZE = (690, 360)
SHADES = 2 * 24 + 1  # of a layer's edges
STROKES = 2 * 8      # of what travels along them
DRAWING = ("drawLines", "drawLine", "drawRects", "drawRect", "drawRoundedRect", "drawEllipse", "drawPath",
           "drawPolyline", "drawText", "drawGlyphRun", "fillPath", "strokePath", "fillRect")
SETTING = ("setPen", "setBrush", "setFont")


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    assert qapp
    load_fonts()


class Counting(QPainter):
    """Counts what it is asked to do."""

    def __init__(self, device: QImage) -> None:
        super().__init__(device)
        self.calls: Counter[str] = Counter()


def _counted(name: str) -> Callable[..., object]:
    def call(self: Counting, *arguments: object) -> object:
        self.calls[name] += 1
        return getattr(QPainter, name)(self, *arguments)

    return call


for _name in (*DRAWING, *SETTING):
    setattr(Counting, _name, _counted(_name))


def calls(shown: Scene) -> Counter[str]:
    image = QImage(*SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    painter = Counting(image)
    paint(painter, shown)
    painter.end()
    return painter.calls


@pytest.mark.parametrize("name", NAMES)
def test_edges_take_no_more_calls_than_they_have_shades(name: str) -> None:
    step = opened(name)
    for moment in step.moments((0.45,)):
        shown = scene(step, moment, SIZE)
        assert calls(shown)["drawLines"] <= len(shown.frame.edges) * SHADES + STROKES


def test_the_five_hundred_edges_of_the_digits_take_less_than_a_hundred_calls() -> None:
    step = opened("digits")
    assert max(calls(scene(step, moment, SIZE))["drawLines"] for moment in step.moments((0.45,))) < 100


def test_pixels_of_one_shade_are_drawn_together() -> None:
    step = opened("digits")
    made = calls(scene(step, Moment(0, 1.0), SIZE))
    assert made["drawRects"] == len(np.unique(step.trace.inputs[0]))
    assert made["drawRect"] == 0


@pytest.mark.parametrize(
    ("name", "drawing", "setting"), [("toy", 70, 45), ("spiral", 330, 250), ("digits", 280, 180)]
)
def test_a_frame_takes_a_bounded_number_of_calls(name: str, drawing: int, setting: int) -> None:
    step = opened(name)
    for moment in step.moments((0.45, 1.0)):
        made = calls(scene(step, moment, SIZE))
        assert sum(made[kind] for kind in DRAWING) <= drawing
        assert sum(made[kind] for kind in SETTING) <= setting


@pytest.mark.parametrize("name", NAMES)
def test_text_is_drawn_as_glyphs_and_sets_no_font(name: str) -> None:
    step = opened(name)
    for moment in step.moments((1.0,)):
        made = calls(scene(step, moment, SIZE))
        assert made["drawGlyphRun"] > 0
        assert made["drawText"] == made["setFont"] == 0


@pytest.mark.parametrize("name", ["toy", "spiral", "digits"])
def test_a_text_is_set_once(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    step = opened(name)
    moments = step.moments((0.45, 1.0))
    for moment in moments:
        calls(scene(step, moment, SIZE))

    def fail(*_: object) -> None:
        raise AssertionError("set again")

    monkeypatch.setattr(text, "glyphs", fail)
    monkeypatch.setattr(symbol_text, "glyphs", fail)
    for moment in moments:
        calls(scene(step, moment, SIZE))


def test_groups_hold_every_index_once_in_the_order_of_their_shade() -> None:
    shades = np.array([3, -1, 0, 3, 1, -3, 0])
    groups = Groups(shades)
    found = [(shade, groups.order[where].tolist()) for shade, where in groups]
    assert found == [(0, [2, 6]), (-1, [1]), (1, [4]), (-3, [5]), (3, [0, 3])]
    assert list(Groups(np.array([], dtype=np.intp))) == []


@pytest.mark.parametrize("rows", [np.arange(40.0).reshape(10, 4) ** 1.2, np.zeros((0, 4))])
def test_lines_from_memory_are_the_lines_of_their_rows(rows: np.ndarray) -> None:
    """Also where the rows do not lie one after the other."""
    for given in (rows, np.asfortranarray(rows), rows[::-2]):
        pictures = []
        for draw in (
            lambda painter, given=given: draw_lines(painter, given),
            lambda painter, given=given: painter.drawLines([QLineF(*row) for row in given.tolist()]),
        ):
            image = QImage(90, 90, QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(0)
            painter = QPainter(image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen("#123456"))
            draw(painter)
            painter.end()
            pictures.append(bytes(image.constBits()))
        assert pictures[0] == pictures[1]
        assert any(pictures[0]) == bool(len(given))
