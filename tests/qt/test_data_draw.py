"""Drawing: every point is where it was put, every change can be taken back, the drawing is learned from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtTest import QTest

from bpviz.document.generators import Generated
from bpviz.document.loading import load
from bpviz.document.source import CURVE, PLANE, Source
from bpviz.qt.data.drawing import MOST_DRAWN, Drawing, empty_sheet, sheet_of
from tests.qt.data_bench import DRAW, Bench

KEY = Qt.Key


@pytest.fixture
def bench(qapp, qtbot):
    """The digits cannot be drawn on: both sheets are empty."""
    made = Bench(qapp, qtbot, "digits")
    made.window.tabs.setCurrentIndex(DRAW)
    return made


@pytest.fixture
def page(bench):
    return bench.window.draw


def at(page, x, y):
    """Where on the canvas these numbers are."""
    field = page.canvas.field
    return QPointF(field.left(x), field.top(y))


def rounded(page, digits=1):
    return [tuple(round(cell, digits) + 0.0 for cell in row) for row in page.drawing.rows.cells]


def drag(page, start, end):
    QTest.mousePress(page.canvas, Qt.MouseButton.LeftButton, pos=at(page, *start).toPoint())
    for share in (0.3, 0.6, 1.0):
        x, y = (a + share * (b - a) for a, b in zip(start, end, strict=True))
        QTest.mouseMove(page.canvas, at(page, x, y).toPoint())
    QTest.mouseRelease(page.canvas, Qt.MouseButton.LeftButton, pos=at(page, *end).toPoint())


def test_left_and_right_button_place_points_of_two_classes(bench, page):
    assert bench.said == "Nothing is drawn yet: click on the sheet." and not bench.usable
    bench.click(page.canvas, at(page, -0.5, 0.5))
    assert bench.said == "Each class needs a point: “second” has none." and not bench.usable
    bench.click(page.canvas, at(page, 0.5, -0.5), right=True)
    assert rounded(page) == [(-0.5, 0.5, 0.0), (0.5, -0.5, 1.0)]
    bench.use()
    rows = bench.source.rows
    assert (rows.cells, rows.columns) == (page.drawing.rows.cells, PLANE)
    assert bench.session.network.inputs == 2 and bench.session.dataset.title == "Drawn points"
    bench.session.undo()
    assert bench.session.experiment.dataset == "digits"


def test_keys_1_and_2_choose_the_class_that_the_left_button_places(bench, page):
    bench.press(page.canvas, KEY.Key_2)
    assert page.switch.buttons[1].isChecked()
    bench.click(page.canvas, at(page, 0.2, 0.2))
    bench.click(page.canvas, at(page, -0.2, 0.2), right=True)
    bench.press(page.canvas, KEY.Key_1, KEY.Key_9)
    bench.click(page.canvas, at(page, 0.2, -0.2))
    assert [row[-1] for row in page.drawing.rows.cells] == [1.0, 0.0, 0.0]


def test_a_click_on_the_switch_chooses_too(bench, page):
    bench.click(page.switch.buttons[1])
    bench.click(page.canvas, at(page, 0.2, 0.2))
    assert page.drawing.kind(0) == 1


def test_a_drag_moves_a_point_and_is_taken_back_at_once(bench, page):
    bench.click(page.canvas, at(page, -0.5, 0.5))
    drag(page, (-0.5, 0.5), (0.3, -0.7))
    assert rounded(page) == [(0.3, -0.7, 0.0)]
    bench.press(page.canvas, KEY.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert rounded(page) == [(-0.5, 0.5, 0.0)]
    bench.press(page.canvas, KEY.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert rounded(page) == []
    bench.click(page.redo_button)
    bench.click(page.redo_button)
    assert rounded(page) == [(0.3, -0.7, 0.0)]


def test_a_drag_ends_at_the_border(page):
    drag(page, (0.9, 0.9), (1.6, 1.5))
    assert rounded(page, 3) == [(1.0, 1.0, 0.0)]


def test_a_right_click_removes_the_point_under_it(bench, page):
    bench.click(page.canvas, at(page, 0.5, 0.5))
    bench.click(page.canvas, at(page, -0.5, 0.5))
    bench.click(page.canvas, page.canvas.point_of(0), right=True)
    assert rounded(page) == [(-0.5, 0.5, 0.0)]
    bench.click(page.canvas, page.canvas.point_of(0), right=True)
    assert rounded(page) == [] and not bench.usable


def test_all_can_be_done_by_keys(bench, page):
    canvas = page.canvas
    bench.press(canvas, *[KEY.Key_Right] * 4, *[KEY.Key_Up] * 2, KEY.Key_Space)
    assert rounded(page, 2) == [(0.2, 0.1, 0.0)]
    bench.press(canvas, *[KEY.Key_Left] * 8, KEY.Key_2, KEY.Key_Return)
    assert rounded(page, 2) == [(0.2, 0.1, 0.0), (-0.2, 0.1, 1.0)]
    bench.press(canvas, KEY.Key_Down, KEY.Key_Down, modifier=Qt.KeyboardModifier.ControlModifier)
    bench.press(canvas, KEY.Key_Right, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert rounded(page, 2)[1] == (-0.2, 0.0, 1.0) and canvas.cross == pytest.approx((-0.195, 0.0))
    bench.press(canvas, KEY.Key_PageDown)
    assert canvas.cross == page.drawing.points[0]
    bench.press(canvas, KEY.Key_Delete)
    assert rounded(page, 2) == [(-0.2, 0.0, 1.0)]
    assert bench.window.isVisible() and bench.untouched


def test_the_crosshair_stays_on_the_sheet(bench, page):
    bench.press(page.canvas, *[KEY.Key_Right] * 60, *[KEY.Key_Down] * 60)
    assert page.canvas.cross == (1.0, -1.0)


def test_a_curve_is_drawn_by_x_and_y(bench, page):
    page.kinds.choose("Curve")
    bench.click(page.canvas, at(page, -0.5, 0.5))
    bench.click(page.canvas, at(page, 0.5, 0.2))
    bench.click(page.canvas, at(page, 0.0, 0.9), right=True)
    assert rounded(page) == [(-0.5, 0.5), (0.5, 0.2)] and not page.switch.isVisible()
    bench.use()
    assert bench.source.rows.columns == CURVE and bench.session.network.sizes[0] == 1


def test_each_kind_keeps_what_was_drawn(bench, page):
    bench.click(page.canvas, at(page, -0.5, 0.5))
    page.kinds.choose("Curve")
    assert rounded(page) == []
    page.kinds.choose("Classes")
    assert len(page.drawing.points) == 1


@pytest.mark.parametrize(("name", "kind"), [("spiral", "Classes"), ("sine", "Curve"), ("toy", "Curve")])
def test_it_begins_with_the_present_data(qapp, qtbot, name, kind):
    bench = Bench(qapp, qtbot, name)
    bench.window.tabs.setCurrentIndex(DRAW)
    page, dataset = bench.window.draw, bench.session.dataset
    assert page.kinds.chosen == kind and len(page.drawing.points) == dataset.count
    assert page.drawing.points[0][0] == dataset.inputs[0, 0]
    assert "already" in bench.said and not bench.usable
    QTest.mouseMove(page.canvas, page.canvas.point_of(0).toPoint())
    bench.press(page.canvas, KEY.Key_Delete)
    if dataset.count > 1:
        bench.use()
        assert bench.session.dataset.count == dataset.count - 1
        assert bench.session.dataset.title == f"{dataset.title}, changed by hand"


def test_clearing_leaves_the_classes_but_not_the_title_of_the_data(qapp, qtbot):
    bench = Bench(qapp, qtbot, "circle")
    page = bench.window.draw
    page.clear_button.click()
    assert page.drawing.rows.title == "Drawn points"
    assert page.drawing.rows.columns.classes == ("outside", "inside")
    page.take_button.click()
    assert len(page.drawing.points) == 240
    page.undo_button.click()
    page.undo_button.click()
    assert page.drawing.rows.title != "Drawn points" and not page.undo_button.isEnabled()


def test_a_drawing_is_not_replaced_by_data_used_meanwhile(bench, page):
    bench.click(page.canvas, at(page, -0.5, 0.5))
    bench.window.tabs.setCurrentIndex(0)
    bench.window.generated.list.choose("made", "moons")
    bench.use()
    assert rounded(page) == [(-0.5, 0.5, 0.0)]


@pytest.mark.parametrize("source", ["iris", "digits", "mazur", Source(Generated("spiral", MOST_DRAWN + 2))])
def test_what_is_no_drawing_is_no_sheet(source):
    assert sheet_of(load(source)) is None


@pytest.mark.parametrize("kind", ["xor", "circle", "moons", "spiral", "clusters", "line", "sine", "step"])
@pytest.mark.parametrize("noise", [0.0, 0.1, 1.0, 2.0])
def test_every_point_of_a_sheet_is_within_its_axes(kind, noise):
    sheet = sheet_of(load(Source(Generated(kind, 200, noise))))
    for k, axis in enumerate(sheet.axes):
        assert all(axis.low <= row[k] <= axis.high for row in sheet.rows.cells)


def test_a_full_sheet_takes_no_more(qapp):  # noqa: ARG001
    owner = QObject()
    drawing = Drawing(sheet_of(load(Source(Generated("spiral", MOST_DRAWN)))), owner)
    drawing.add((0.0, 0.0), 0)
    assert len(drawing.points) == MOST_DRAWN and not drawing.can_undo


ACTS = st.lists(st.one_of(
    st.tuples(st.just("add"), st.floats(-1, 1), st.floats(-1, 1), st.integers(0, 1)),
    st.tuples(st.just("move"), st.floats(-1, 1), st.floats(-1, 1), st.integers(0, 9)),
    st.tuples(st.just("remove"), st.integers(0, 9)),
    st.tuples(st.just("clear")),
), max_size=20)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(ACTS)
def test_everything_drawn_can_be_taken_back_and_done_again(acts):
    owner = QObject()
    drawing = Drawing(empty_sheet(curve=False), owner)
    seen = [drawing.rows]
    for name, *rest in acts:
        points = len(drawing.points)
        match name:
            case "add":
                drawing.add((rest[0], rest[1]), rest[2])
            case "move" if points:
                drawing.move(rest[2] % points, (rest[0], rest[1]))
            case "remove" if points:
                drawing.remove(rest[0] % points)
            case "clear":
                drawing.clear()
        if drawing.rows is not seen[-1]:
            seen.append(drawing.rows)
    for rows in reversed(seen[:-1]):
        drawing.undo()
        assert drawing.rows is rows
    assert not drawing.can_undo
    for rows in seen[1:]:
        drawing.redo()
        assert drawing.rows is rows
    assert not drawing.can_redo
