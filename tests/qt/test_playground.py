"""The chain rule playground: everything follows x at once, by mouse, keyboard and number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, QSettings, QSizeF, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QSlider, QWidget
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset
from bpviz.explain.nested import FUNCTIONS, Nested, stage_curve
from bpviz.qt.naming import Naming
from bpviz.qt.playground.equation_line import cells_of
from bpviz.qt.playground.examples import EXAMPLES
from bpviz.qt.playground.picture import Field, along, label_place
from bpviz.qt.playground.playground import ChainRulePlayground
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme


@pytest.fixture
def naming() -> Naming:
    session = Session(load_preset("toy"))
    return Naming(session, session)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def playground(qtbot: QtBot, naming: Naming, theme: Theme) -> Iterator[ChainRulePlayground]:
    made = ChainRulePlayground(naming, theme)
    with qtbot.waitExposed(made):
        made.show()
    QApplication.processEvents()
    made.state.set_light(None)  # the mouse may still be where another test left it
    yield made
    made.close()
    made.deleteLater()


def example(name: str):
    return next(example for example in EXAMPLES if example.name == name)


def read(playground: ChainRulePlayground) -> str:
    return playground.derivative.equation.accessibleDescription()


def hover(qtbot: QtBot, widget: QWidget, at: QPoint) -> None:
    qtbot.mouseMove(widget, QPoint(0, 0))
    qtbot.mouseMove(widget, at)


def column_of(playground: ChainRulePlayground, part: str) -> QPoint:
    places = playground.derivative.equation.places()
    return next(place.center().toPoint() for cell, place in places if cell.part == part)


# -- what it shows ------------------------------------------------------------------------------------


def test_the_first_day_begins_with_the_vanishing_gradient(playground) -> None:
    assert read(playground) == "f'(x) = A'(B) · B'(C) · C'(x): 0.0120 = 0.225 · 0.227 · 0.235"
    assert [arrow.text for arrow in playground.arrows] == ["0.500", "0.622", "0.651", "0.657"]
    assert playground.derivative.words.text().startswith("No slope is very small")
    assert playground.whole.x_control.field.text_shown == "0.500"
    assert not playground.isModal()


def test_every_example_is_a_button_away(qtbot: QtBot, playground) -> None:
    for button, wanted in zip(playground.examples, EXAMPLES, strict=True):
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Return)
        assert (playground.state.nested, playground.state.x) == (wanted.nested, wanted.x)
        assert button.toolTip() == wanted.words
    assert playground.isVisible()
    assert playground.derivative.words.text() == "Every slope is 1, so f follows x one to one."


def test_a_closed_relu_passes_nothing_on(playground) -> None:
    playground.state.take(example("Dead"))
    assert read(playground).endswith(": 0 = 0.250 · 0 · 0.305")
    assert playground.arrows[2].text == "0"


def test_a_corner_shows_the_slope_of_both_sides(playground) -> None:
    playground.state.take(example("Corner"))
    assert [stage.plot.picture.sides for stage in playground.stages] == [None, (0.0, 1.0), None]


def test_a_negative_factor_stands_in_brackets_and_rounding_is_owned_up_to(playground) -> None:
    playground.state.take(example("Waves"))
    assert read(playground).endswith(": −0.467 ≈ 0.811 · 0.780 · (−0.737)")


def test_the_notation_switches_everywhere(playground, naming: Naming) -> None:
    naming.set_notation("standard")
    assert read(playground).startswith("df/dx = dA/dB · dB/dC · dC/dx: ")
    assert playground.stages[1].plot.picture.slope_symbol.plain == "dB/dC"
    assert playground.whole.plot.picture.slope_symbol.plain == "df/dx"


def test_a_function_is_chosen_by_keyboard(qtbot: QtBot, playground) -> None:
    middle = playground.stages[1].choice
    middle.setFocus()
    qtbot.keyClick(middle, Qt.Key.Key_Down)
    after = FUNCTIONS[FUNCTIONS.index("sigmoid") + 1]
    assert playground.state.nested == Nested("sigmoid", after, "sigmoid")
    assert playground.stages[1].plot.picture.curve is stage_curve(playground.state.nested, "B")


# -- moving x -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["first", "whole"])
def test_x_is_dragged_on_the_first_plot_and_on_the_whole(qtbot: QtBot, playground, which: str) -> None:
    plot = playground.stages[0].plot if which == "first" else playground.whole.plot
    start = plot.field.point(0.5, 0.5).toPoint()
    qtbot.mousePress(plot, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(plot, QPoint(round(plot.field.across(-3.0)), start.y()))
    qtbot.mouseRelease(plot, Qt.MouseButton.LeftButton)
    assert playground.state.x == pytest.approx(-3.0, abs=0.06)
    assert playground.state.x == round(playground.state.x, 2)


def test_a_point_dragged_off_the_plot_stops_at_the_end(qtbot: QtBot, playground) -> None:
    plot = playground.whole.plot
    qtbot.mousePress(plot, Qt.MouseButton.LeftButton, pos=QPoint(plot.width() - 1, 20))
    assert playground.state.x == 6.0


def test_the_other_plots_only_follow(qtbot: QtBot, playground) -> None:
    for stage in playground.stages[1:]:
        qtbot.mousePress(stage.plot, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    assert playground.state.x == 0.5


@pytest.mark.parametrize(
    ("key", "shift", "x"),
    [
        (Qt.Key.Key_Right, False, 0.6), (Qt.Key.Key_Left, False, 0.4), (Qt.Key.Key_Right, True, 0.51),
        (Qt.Key.Key_Left, True, 0.49), (Qt.Key.Key_PageUp, False, 1.5), (Qt.Key.Key_Home, False, -6.0),
        (Qt.Key.Key_End, False, 6.0),
    ],
)  # fmt: skip
def test_keys_move_x_wherever_they_are_pressed(qtbot: QtBot, playground, key, shift, x) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    control = playground.whole.x_control
    for widget in (playground, control.slider, playground.stages[0].plot, playground.whole.plot):
        playground.state.set_x(0.5)
        qtbot.keyClick(widget, key, held)
        assert playground.state.x == x
        assert control.slider.value() == round(100 * x)


def test_x_can_be_typed(qtbot: QtBot, playground) -> None:
    field = playground.whole.x_control.field
    type_in(qtbot, field, "−2,25")
    assert playground.state.x == -2.25
    assert field.text_shown == "−2.25"


@pytest.mark.parametrize(
    ("typed", "x", "said"),
    [
        ("two", 0.5, "x is a number"), ("nan", 0.5, "x is a number"),
        ("90", 6.0, "nearest end"), ("-inf", -6.0, "nearest end"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_explained_beside_it(qtbot: QtBot, playground, typed, x, said) -> None:
    control = playground.whole.x_control
    type_in(qtbot, control.field, typed)
    assert playground.state.x == x
    assert said in control.hint.text()
    playground.state.set_x(1.0)
    assert said not in control.hint.text()
    assert control.field.text_shown == "1.00"


def type_in(qtbot: QtBot, field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    field.lineEdit().insert(text)  # as typed; Qt's own typist knows no letter beyond ASCII
    qtbot.keyClick(field, Qt.Key.Key_Return)


# -- the placeholder ----------------------------------------------------------------------------------


def test_a_placeholder_makes_constants_of_what_it_stands_for(qtbot: QtBot, playground) -> None:
    by = {button.text(): button for button in playground.derivative.choice.findChildren(QAbstractButton)}
    for word, constant, equation in (
        ("C", [True, False, False], "f'(C) = A'(B) · B'(C): 0.0512 ≈ 0.225 · 0.227"),
        ("B", [True, True, False], "f'(B) = A'(B): 0.225 = 0.225"),
        ("x", [False, False, False], "f'(x) = A'(B) · B'(C) · C'(x): 0.0120 = 0.225 · 0.227 · 0.235"),
    ):
        qtbot.keyClick(by[word], Qt.Key.Key_Return)
        assert [stage.plot.picture.constant is not None for stage in playground.stages] == constant
        assert read(playground) == equation
        assert playground.whole.plot.picture.input_name.plain == word


def test_over_a_placeholder_the_whole_is_not_dragged(qtbot: QtBot, playground) -> None:
    playground.state.set_by("C")
    qtbot.mousePress(playground.whole.plot, Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    assert playground.state.x == 0.5
    assert playground.whole.plot.picture.at == pytest.approx(0.622459, abs=1e-6)


def test_a_lone_derivative_is_an_equation_too() -> None:
    chain = Nested("tanh", "sine", "relu").chain(1.0, "B")
    assert [cell.symbol.plain for cell in cells_of(chain, "standard")] == ["df/dB", "=", "dA/dB"]
    assert [cell.symbol.plain for cell in cells_of(chain, "glossary")] == ["f'(B)", "=", "A'(B)"]


# -- pointing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["A", "B", "C", "f"])
def test_a_factor_pointed_at_lights_its_plot(qtbot: QtBot, playground, part: str) -> None:
    cards = dict(zip("CBA", playground.stages, strict=True)) | {"f": playground.whole}
    hover(qtbot, playground.derivative.equation, column_of(playground, part))
    assert {name for name, card in cards.items() if card.lit} == {part}


def test_a_lit_part_changes_its_card_and_its_factor_alone(playground) -> None:
    widgets = (*playground.stages, playground.whole, playground.derivative.equation)
    before = [widget.grab().toImage() for widget in widgets]
    playground.state.set_light("B")
    after = [widget.grab().toImage() for widget in widgets]
    changed = [one != other for one, other in zip(before, after, strict=True)]
    assert changed == [False, True, False, False, True]


def test_the_keyboard_on_a_function_points_at_it_too(playground) -> None:
    playground.stages[2].choice.setFocus()
    assert playground.state.light == "A"
    playground.whole.x_control.slider.setFocus()
    assert playground.state.light is None


# -- coming and going ---------------------------------------------------------------------------------


def test_escape_closes_and_the_next_time_goes_on(qtbot: QtBot, playground, naming, theme) -> None:
    playground.state.set_nested(Nested("sine", "elu", "tanh"))
    playground.state.set_x(-1.25)
    playground.state.set_by("C")
    qtbot.keyClick(playground, Qt.Key.Key_Escape)
    assert not playground.isVisible()
    again = ChainRulePlayground(naming, theme)
    assert (again.state.nested, again.state.x, again.state.by) == (Nested("sine", "elu", "tanh"), -1.25, "C")
    assert again.derivative.choice.chosen == "C"
    again.deleteLater()


@pytest.mark.parametrize("functions", ["", "tanh", "tanh tanh softmax", "no such thing", "a b c d"])
def test_settings_that_make_no_sense_do_no_harm(naming, theme, functions: str) -> None:
    settings = QSettings("bpviz", "bpviz")
    settings.setValue("playground/functions", functions)
    settings.setValue("playground/x", "far")
    settings.setValue("playground/by", "z")
    made = ChainRulePlayground(naming, theme)
    assert (made.state.nested, made.state.x, made.state.by) == (EXAMPLES[0].nested, 0.5, "x")
    made.deleteLater()


def test_every_control_says_what_it_is_for(playground) -> None:
    controls = [w for kind in (QAbstractButton, QComboBox, QSlider) for w in playground.findChildren(kind)]
    controls.append(playground.whole.x_control.field)
    assert len(controls) == len(EXAMPLES) + 3 + 3 + 2
    assert [control for control in controls if not (control.toolTip() and control.accessibleName())] == []


@pytest.mark.parametrize("size", [(760, 520), (980, 620), (1500, 900)])
def test_no_widget_is_cut_or_overlaps_another(qapp: QApplication, playground, size) -> None:
    playground.resize(*size)
    qapp.processEvents()
    assert (playground.width(), playground.height()) == size
    cards = [*playground.stages, playground.whole, playground.derivative, *playground.arrows]
    rects = [card.geometry() for card in cards]
    assert all(playground.rect().contains(rect) for rect in rects)
    assert not any(a.intersects(b) for i, a in enumerate(rects) for b in rects[:i])
    _, last = playground.derivative.equation.places()[-1]
    assert last.right() <= playground.derivative.equation.width()
    words = playground.derivative.words
    assert words.heightForWidth(words.width()) <= words.height()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_theme_changes_the_picture(playground, theme: Theme, mode: str) -> None:
    theme.set_mode(mode)
    ground = playground.stages[0].grab().toImage().pixelColor(20, 6)
    assert ground.name() == theme.palette.panel


# -- where things go on a plot --------------------------------------------------------------------------


@given(st.floats(0, 300), st.floats(0, 200), st.floats(20, 200))
def test_a_label_stays_on_the_plot_and_off_its_point(x: float, y: float, width: float) -> None:
    ground, point = QRectF(0, 0, 300, 200), QPointF(x, y)
    place = label_place(ground, point, QSizeF(min(width, 110), 20), along(QPointF(0, 200), QPointF(300, 0)))
    assert ground.contains(place)
    assert not place.contains(point)


def test_a_label_avoids_what_is_drawn() -> None:
    ground, line = QRectF(0, 0, 300, 200), along(QPointF(0, 0), QPointF(300, 200))
    place = label_place(ground, QPointF(150, 100), QSizeF(90, 20), line)
    assert not any(place.contains(point) for point in line)


@given(st.floats(-6, 6))
def test_where_a_number_lies_and_what_lies_there_are_inverse(x: float) -> None:
    field = Field.within(QRectF(0, 0, 400, 200), stage_curve(Nested("tanh", "tanh", "tanh"), "C"))
    assert field.value_at(field.across(x)) == pytest.approx(x, abs=1e-9)
