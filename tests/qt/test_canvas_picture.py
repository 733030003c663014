"""The picture of a scene: the same every time, legible, and with nothing leaking while it is painted."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from bpviz.explain.address import Edge, Node
from bpviz.explain.moment import Moment
from bpviz.explain.part import Part, What
from bpviz.explain.symbol import Names
from bpviz.qt.canvas.painter import paint
from bpviz.qt.fonts import load_fonts
from bpviz.qt.palette import DARK, LIGHT
from tests.explain.preset_steps import NAMES, Opened, opened, spoilt
from tests.qt.painted import Size, assert_legible, image, pixels, scene, within, written

SIZE = (690, 360)
TOLD = ("toy", "mazur", "ten-hidden", "xor")


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    assert qapp
    load_fonts()


@pytest.mark.parametrize("name", NAMES)
def test_playing_backwards_shows_the_same_pictures(name: str) -> None:
    step, size = opened(name), (420, 260)
    moments = step.moments((0.35, 1.0))
    forwards = [pixels(image(scene(step, moment, size), size)) for moment in moments]
    backwards = [pixels(image(scene(step, moment, size), size)) for moment in reversed(moments)]
    assert forwards == backwards[::-1]
    assert len(set(forwards)) > step.phases  # and the pictures do differ


@pytest.mark.parametrize("name", ["toy", "spiral", "digits"])
def test_another_theme_is_another_picture_and_comes_back(name: str) -> None:
    step = opened(name)
    moment = Moment(step.phases // 2, 0.4)
    light, dark, again = (
        pixels(image(scene(step, moment, SIZE, palette), SIZE)) for palette in (LIGHT, DARK, LIGHT)
    )
    assert light == again
    assert light != dark


def test_painting_loses_no_reference_to_none() -> None:
    # PySide6 6.12.0 lost one at every QPainter.setPen, until the interpreter aborted.
    step, size = opened("toy"), (160, 100)
    shown = scene(step, Moment(7, 0.5), size)
    made = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)

    def go(frames: int) -> int:
        for _ in range(frames):
            painter = QPainter(made)
            paint(painter, shown)
            painter.end()
        gc.collect()
        return sys.getrefcount(None)

    before = go(50)
    assert abs(go(3000) - before) < 300


@pytest.mark.parametrize("size", [SIZE, (658, 330), (1100, 640)])
@pytest.mark.parametrize("name", TOLD)
def test_no_text_hides_another_or_leaves_the_picture(name: str, size: Size) -> None:
    step = opened(name)
    for moment in step.moments((0.5, 1.0)):
        assert_legible(written(scene(step, moment, size), size), size)


@pytest.mark.parametrize("name", NAMES)
def test_no_text_of_any_preset_leaves_the_picture(name: str) -> None:
    step = opened(name)
    for moment in (Moment(0, 1.0), Moment(step.phases - 1, 1.0)):
        for piece in written(scene(step, moment, SIZE), SIZE):
            assert within(piece, SIZE), piece


def texts(step: Opened, moment: Moment) -> list[str]:
    return [piece.text for piece in written(scene(step, moment, SIZE), SIZE)]


def test_the_toy_network_shows_the_numbers_of_the_text() -> None:
    step = opened("toy")
    last = texts(step, Moment(step.phases - 1, 0.0))
    for number in ("1.20", "1.08", "0.168", "0.580", "0.696", "0.522", "0.600", "0.900", "2.00", "0.500"):
        assert number in last


def test_a_number_that_is_not_computed_yet_is_a_dash() -> None:
    first = texts(opened("toy"), Moment(0, 1.0))
    assert not {"1.20", "1.08", "0.168", "0.580"} & set(first)
    assert first.count("—") == 6  # two halves of two units, the gap and the cost


def test_the_note_says_what_is_left_out() -> None:
    note = "the strongest 500 of 2,368 weights · 21 units folded: click the dots or press F"
    assert note in texts(opened("digits"), Moment(0, 1.0))


@pytest.mark.parametrize("name", [name for name in NAMES if name != "digits"])
def test_there_is_no_note_where_nothing_is_left_out(name: str) -> None:
    assert not any("strongest" in text or "folded" in text for text in texts(opened(name), Moment(0, 1.0)))


def test_the_ellipsis_says_how_many_units_it_hides() -> None:
    assert "21 more" in texts(opened("digits"), Moment(0, 1.0))


@pytest.mark.parametrize("focus", [Node(0, 1), Node(-1, 0), Edge(0, 0, 1)])
def test_what_the_mouse_is_on_stands_out(focus: Node | Edge) -> None:
    step = opened("xor")
    plain = pixels(image(scene(step, Moment(3, 1.0), SIZE), SIZE))
    lit = pixels(image(scene(step, Moment(3, 1.0), SIZE, hovered=focus), SIZE))
    assert plain != lit


@pytest.mark.parametrize("what", [What.WEIGHT, What.GRADIENT, What.ERROR, What.ACTIVATION])
def test_a_quantity_of_a_whole_layer_stands_out_in_that_layer(what: What) -> None:
    """Hovered in the code or the memo; what changes for the output layer lies further to the right."""
    moment = Moment(9, 1.0)
    plain = image(scene(opened("xor"), moment, SIZE), SIZE)
    middles = []
    for layer in (0, 1):
        lit = image(replace(scene(opened("xor"), moment, SIZE), part=Part(what, layer)), SIZE)
        grid = [(x, y) for x in range(0, SIZE[0], 3) for y in range(0, SIZE[1], 3)]
        changed = [x for x, y in grid if lit.pixel(x, y) != plain.pixel(x, y)]
        middles.append(np.mean(changed))
    assert middles[0] < middles[1]


@pytest.mark.parametrize("value", [np.nan, 1e300])
@pytest.mark.parametrize("name", ["toy", "iris"])
def test_a_step_that_blew_up_is_painted_without_a_warning(name: str, value: float) -> None:
    step = spoilt(opened(name), value)
    for moment in step.moments((0.5, 1.0)):
        image(scene(step, moment, SIZE), SIZE)


@pytest.mark.parametrize("name", ["toy", "spiral"])
def test_an_infinite_weight_is_painted_without_a_warning(name: str) -> None:
    step = opened(name)
    layers = tuple(
        replace(layer, w_next=np.full_like(layer.w, np.inf), z=np.full_like(layer.z, -np.inf))
        for layer in step.trace.layers
    )
    step = replace(step, trace=replace(step.trace, layers=layers))
    for moment in step.moments((0.5, 1.0)):
        image(scene(step, moment, SIZE), SIZE)


@pytest.mark.parametrize("name", TOLD)
def test_the_standard_notation_hides_no_text_either(name: str) -> None:
    step = opened(name)
    for moment in step.moments((1.0,)):
        shown = replace(scene(step, moment, SIZE), names=Names(step.network, (), "standard"))
        assert_legible(written(shown, SIZE), SIZE)
