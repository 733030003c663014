"""What is frozen is seen to be so on the picture, and hides none of its numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from bpviz.engine.freezing import Frozen, FrozenParameter
from bpviz.explain.address import Address, Edge, Node, parameter_at
from bpviz.explain.moment import Moment
from bpviz.qt.canvas.bubble import title_of
from bpviz.qt.canvas.labels import PLATE
from bpviz.qt.canvas.locks import lock_places, lock_size
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.fonts import load_fonts
from bpviz.qt.palette import DARK, LIGHT, Palette
from tests.engine.nets import every_parameter, some_frozen
from tests.explain.preset_steps import NAMES, opened
from tests.qt.painted import image, scene, written
from tests.qt.test_canvas_calls import calls

SIZE = (690, 360)


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    assert qapp
    load_fonts()


def shown(
    name: str, frozen: Frozen, moment: Moment, palette: Palette = LIGHT, hovered: Address | None = None
) -> Scene:
    step = opened(name)
    step = replace(step, trace=replace(step.trace, frozen=frozen))
    return scene(step, moment, SIZE, palette, hovered=hovered)


def places(one: Scene) -> list[tuple[float, float]]:
    return lock_places(one, list(one.detail.labels.values()))


@settings(deadline=None, max_examples=60)
@given(st.data(), st.sampled_from(NAMES))
def test_each_frozen_weight_and_bias_in_sight_has_one_lock(data: st.DataObject, name: str) -> None:
    frozen = data.draw(some_frozen(opened(name).network).filter(lambda some: len(some) < 60))
    found = {one: places(shown(name, (one,), Moment(0, 1.0))) for one in frozen}
    picture = shown(name, frozen, Moment(0, 1.0))
    assert sorted(places(picture)) == sorted(place for one in frozen for place in found[one])
    for one, there in found.items():
        assert len(there) == int(in_sight(picture, one))
        assert all(stands_at(picture, one, place) for place in there)


def in_sight(picture: Scene, one: FrozenParameter) -> bool:
    if one.source is None:
        return picture.layout.position(Node(one.layer, one.unit)) is not None
    drawn = picture.detail.layers[one.layer]
    return (one.source, one.unit) in set(zip(drawn.sources.tolist(), drawn.targets.tolist(), strict=True))


def stands_at(picture: Scene, one: FrozenParameter, place: tuple[float, float]) -> bool:
    """A bias's lock near its unit; a weight's on its line, or beside its number."""
    if one.source is None:
        centre = picture.layout.position(Node(one.layer, one.unit))
        reach = picture.layout.half_width + picture.layout.reach + 20.0
        return bool(np.hypot(*np.subtract(place, centre)) < reach)
    label = picture.detail.labels.get(Edge(one.layer, one.source, one.unit))
    if label is not None and picture.frame.edges[one.layer].w.size > 1:
        away = PLATE[0] / 2 + lock_size(picture)
        return place[1] == label[1] and abs(place[0] - label[0]) == pytest.approx(away)
    drawn = picture.detail.layers[one.layer]
    at = (drawn.sources == one.source) & (drawn.targets == one.unit)
    x0, y0, x1, y1 = drawn.lines[at][0]
    off = (place[0] - x0) * (y1 - y0) - (place[1] - y0) * (x1 - x0)
    return bool(abs(off) < 1e-6 and x0 < place[0] < x1)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_a_lock_is_drawn_in_the_soft_ink(palette: Palette) -> None:
    picture = shown("toy", (FrozenParameter(1, 0, 0),), Moment(0, 1.0), palette)
    (x, y), size = places(picture)[0], lock_size(picture)
    made = image(picture, SIZE)
    assert made.pixelColor(round(x - size * 0.5), round(y + size * 0.4)) == QColor(palette.ink_soft)
    assert made != image(shown("toy", (), Moment(0, 1.0), palette), SIZE)


@pytest.mark.parametrize("name", ["toy", "mazur", "ten-hidden", "xor", "sine", "circle", "spiral"])
def test_no_lock_hides_a_number(name: str) -> None:
    step = opened(name)
    for phase in range(step.phases):
        picture = shown(name, tuple(every_parameter(step.network)), Moment(phase, 1.0))
        size, texts = lock_size(picture), written(picture, SIZE)
        for x, y in places(picture):
            lock = QRectF(x - size, y - size, 2 * size, 2 * size)
            assert [text.text for text in texts if text.ink.intersects(lock)] == [], (phase, x, y)


def test_a_weight_the_eye_is_on_has_its_lock_beside_its_number() -> None:
    """In a layer that is too full for numbers the number comes with the mouse."""
    edge = Edge(1, 0, 0)
    picture = shown("spiral", (parameter_at(edge),), Moment(0, 1.0), hovered=edge)
    line = picture.detail.layers[1].lines[0]
    number = tuple(line[:2] + (line[2:] - line[:2]) * 0.5)
    assert lock_places(picture, [number]) == [(number[0] - PLATE[0] / 2 - lock_size(picture), number[1])]


@pytest.mark.parametrize("name", NAMES)
def test_any_number_of_locks_is_two_calls_of_qt(name: str) -> None:
    moment = Moment(1, 0.5)
    every = tuple(every_parameter(opened(name).network))
    more = calls(shown(name, every, moment)) - calls(shown(name, (), moment))
    assert dict(more) == {"fillPath": 2}


def test_the_box_beside_the_mouse_says_frozen() -> None:
    weight, bias = FrozenParameter(0, 1, 0), FrozenParameter(1, 0)
    picture = shown("mazur", (weight, bias), Moment(0, 1.0))
    assert title_of(picture, Edge(0, 0, 1)) == "Weight from input 1 to hidden unit 2, frozen"
    assert title_of(picture, Node(1, 0)) == "Output 1, bias frozen"
    assert title_of(picture, Node(-1, 0)) == "Input 1"
