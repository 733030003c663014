"""Tables from files: their columns chosen, what is wrong said in its place, and nothing replaced before."""

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from bpviz.document.choice import Choice
from bpviz.document.csv_file import inspect
from bpviz.document.loading import load
from bpviz.qt.data.judged import judge
from bpviz.qt.data.roles import next_role, role_of, with_role
from tests.qt.data_bench import FILE, Bench

KEY = Qt.Key
FLOWERS = "length,width,kind\n" + "".join(
    f"{k % 7}.5,{k % 5 + k / 10:.1f},{('rose', 'lily')[k % 2]}\n" for k in range(30)
)
GAPS = "a,b,c\n1,2,yes\n,3,no\n5,lots,yes\n7,8,no\n9,10,\n11,12,yes\n"


@pytest.fixture
def bench(qapp, qtbot):
    made = Bench(qapp, qtbot)
    made.window.tabs.setCurrentIndex(FILE)
    return made


@pytest.fixture
def page(bench):
    return bench.window.file


@pytest.fixture
def view(page):
    return page.view


@pytest.fixture
def written(tmp_path):
    def write(content, name="table.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def large(written, rows=30_000):
    lines = np.arange(rows)
    return written("x,y,class\n" + "".join(f"{k}.5,{k * 7 % 11}.25,{k % 3}\n" for k in lines.tolist()))


def test_without_a_file_there_is_nothing_to_use(bench, page):
    assert bench.said == "No file is chosen yet." and not bench.usable and page.zone.isVisible()


def test_a_table_is_used_as_it_is_shown(bench, page, view, written):
    bench.open(written(FLOWERS))
    assert page.name.text() == "table.csv"
    assert (view.choice.inputs, view.choice.targets) == (("length", "width"), ("kind",))
    assert page.facts.text() == (
        "30 rows, 3 columns. Found: UTF-8, cells between commas, decimal point, names in the first row."
    )
    assert bench.untouched and bench.usable
    bench.use()
    rows = bench.source.rows
    assert rows.columns.classes == ("lily", "rose") and len(rows.cells) == 30
    assert rows.cells[0] == (0.5, 0.0, 1.0)
    bench.session.undo()
    assert bench.session.experiment.dataset == "circle"


def test_a_german_table_is_read_as_it_was_meant(bench, page, view, written):
    text = "Größe;Gewicht\n" + "".join(f"{k},5;{2 * k},25\n" for k in range(20))
    bench.open(written(text.encode("windows-1252")))
    assert "Windows-1252, cells between semicolons, decimal comma" in page.facts.text()
    assert view.settings.task.currentText() == "Found: regression"
    bench.use()
    assert bench.source.rows.cells[3] == (3.5, 6.25)


def test_the_role_of_a_column_is_changed_in_the_list_by_mouse_and_keys(bench, view, written):
    bench.open(written(FLOWERS))
    bench.click(view.columns.viewport(), QPointF(view.columns.role_rect(1, "unused").center()))
    assert view.choice.inputs == ("length",)
    bench.press(view.columns, KEY.Key_I)
    assert view.choice.inputs == ("length", "width")
    bench.press(view.columns, KEY.Key_Right)
    assert view.choice.targets == ("width", "kind")
    bench.press(view.columns, KEY.Key_Left, KEY.Key_Left)
    assert view.choice.targets == ("kind",) and view.choice.inputs == ("length",)
    bench.press(view.columns, KEY.Key_Down, KEY.Key_N)
    assert view.choice.targets == () and bench.said == "Choose at least one column for the targets."
    assert view.settings.why.text() == bench.said and not bench.usable


def test_a_click_on_a_head_of_the_table_changes_what_the_column_is_for(bench, view, written):
    bench.open(written(FLOWERS))
    header = view.cells.horizontalHeader()
    middle = header.sectionViewportPosition(0) + header.sectionSize(0) / 2
    bench.click(header.viewport(), QPointF(middle, 10))
    assert view.choice.targets == ("length", "kind")
    view.cells.setCurrentIndex(view.cells.cells.index(2, 0))
    bench.press(view.cells, KEY.Key_N)
    assert view.choice.inputs == ("width",) and view.choice.targets == ("kind",)


def test_what_is_wrong_with_a_column_is_said_at_the_column(bench, view, written):
    bench.open(written(FLOWERS))
    view.columns.setCurrentIndex(view.columns.columns.index(2))
    bench.press(view.columns, KEY.Key_I)
    view.columns.setCurrentIndex(view.columns.columns.index(0))
    bench.press(view.columns, KEY.Key_T)
    spoken = view.columns.columns.index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "kind, 2 texts, input. is text; a network needs numbers"
    assert bench.said == "Column 'kind': is text; a network needs numbers." and not bench.usable


def test_the_task_can_be_overridden_and_the_reason_is_said(bench, view, written):
    bench.open(written("x,y\n" + "".join(f"{k}.5,{k % 3}\n" for k in range(60))))
    assert view.settings.task.currentText() == "Found: classification"
    assert view.settings.why.text() == "'y' holds only 3 different whole numbers."
    view.settings.task.setCurrentIndex(2)
    view.settings.task.activated.emit(2)
    assert view.choice.task == "regression" and "its cost becomes half squared error" in bench.said
    bench.use()
    assert bench.source.rows.columns.task == "regression" and bench.session.network.outputs == 1


def test_gaps_are_listed_by_line_and_column_and_stop_the_table_until_it_is_said_what_becomes_of_them(
    bench, view, written
):
    bench.open(written(GAPS))
    assert bench.said.startswith("3 cells are missing or unreadable") and not bench.usable
    assert view.settings.gaps.text() == bench.said
    listed = [view.problems.item(k).text() for k in range(view.problems.count())]
    assert "line 3, column 'a': a missing value" in listed
    assert "line 4, column 'b': expected a number, got 'lots'" in listed
    assert "line 6, column 'c': a missing value" in listed
    choose_missing(view, "Leave their rows out")
    assert view.settings.gaps.text() == "3 rows of 6 are left out, because a cell is missing."
    assert bench.usable
    choose_missing(view, "Put the column's mean")
    assert not bench.usable  # a target is missing
    choose_missing(view, "Leave their rows out")
    bench.use()
    assert bench.session.dataset.count == 3


def choose_missing(view, text):
    place = view.settings.missing.findText(text)
    view.settings.missing.setCurrentIndex(place)
    view.settings.missing.activated.emit(place)


def test_means_stand_in_for_missing_inputs(bench, view, written):
    bench.open(written("a,b\n1,2.5\n,3.5\n5,4.5\n9,1.5\n"))
    choose_missing(view, "Put the column's mean")
    assert view.settings.gaps.text() == "1 missing input became the mean of their column."
    bench.use()
    assert bench.session.dataset.inputs[:, 0].tolist() == [1.0, 5.0, 5.0, 9.0]


def test_inputs_are_standardised_when_it_is_wished(bench, view, written):
    bench.open(written(FLOWERS))
    before = view.settings.standardise.isChecked()
    view.settings.standardise.click()
    assert view.choice.standardise is not before
    bench.use()
    assert bench.source.rows.columns.standardise is not before


def test_table_plot_and_problems_are_three_views_of_it(bench, view, written):
    bench.open(written(FLOWERS))
    for name, shown in (("Plot", view.preview), ("Problems", view.problems), ("Table", view.cells)):
        view.views.choose(name)
        assert shown.isVisible()
    assert view.problems.item(0).text() == "Every cell of these columns can be used."
    assert view.preview.picture is not None


@pytest.mark.parametrize(("content", "sentence"), [
    (bytes(range(256)) * 20, "NUL bytes"), (b"", "is empty"), (b"PK\x03\x04" + b"x" * 99, "spreadsheet"),
    (b"a,b\n", "nothing below its first row"), (b'a,b\n1,"2\n', "quotation mark"),
])  # fmt: skip
def test_a_bad_file_is_one_sentence_and_nothing_is_replaced(bench, page, written, content, sentence):
    bench.open(written(content))
    assert sentence in bench.said and bench.said == page.said.text() and "\n" not in bench.said
    assert not bench.usable and bench.untouched
    bench.window.use()
    assert bench.untouched


@pytest.mark.parametrize("path", ["no such file.csv", "."])
def test_what_is_no_file_is_one_sentence(bench, tmp_path, path):
    bench.open(tmp_path / path)
    assert "cannot be read" in bench.said or "expected a file, got a folder" in bench.said
    assert bench.untouched


def test_after_a_bad_file_the_table_before_is_still_there(bench, page, view, written):
    bench.open(written(FLOWERS))
    bench.open(written(b"\0\0\0", "bad.csv"))
    assert "bad.csv" in page.said.text() and page.name.text() == "table.csv"
    assert bench.usable and view.isVisible()


def test_a_large_table_is_judged_beside_the_window_and_used_by_reference(bench, view, written):
    path = large(written, 80_000)
    bench.window.open_on(path)
    assert bench.said == "The file is being read." and not bench.usable
    assert bench.window.file.progress.isVisible() and bench.window.file.cancel_button.isVisible()
    bench.open(path)
    bench.press(view.columns, KEY.Key_N)
    assert bench.said == "Looking at these columns…" and not bench.usable
    bench.press(view.columns, KEY.Key_I)
    bench.qtbot.waitUntil(lambda: not view.judging.running, timeout=20_000)
    bench.use()
    assert bench.source.file is not None and bench.session.dataset.count == 80_000
    again = load(bench.source)
    assert np.array_equal(again.inputs, bench.session.dataset.inputs)
    assert np.array_equal(again.targets, bench.session.dataset.targets)
    assert (again.title, again.columns, again.source) == (
        bench.session.dataset.title, bench.session.dataset.columns, bench.session.dataset.source)


def test_cancelling_stops_the_thread_and_changes_nothing(bench, page, written):
    page.read(large(written))
    thread = page.reading.worker
    bench.click(page.cancel_button)
    bench.qtbot.waitUntil(lambda: not thread.is_alive(), timeout=10_000)
    assert bench.said == "No file is chosen yet." and page.zone.isVisible() and bench.untouched


def test_closing_while_reading_stops_the_thread(bench, page, written):
    page.read(large(written))
    thread = page.reading.worker
    bench.window.close()
    assert not page.reading.running
    bench.qtbot.waitUntil(lambda: not thread.is_alive(), timeout=10_000)
    QApplication.processEvents()
    assert page.view.table is None and bench.untouched


def test_a_file_can_be_dropped(bench, page, written):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(written(FLOWERS)))])
    bench.window.tabs.setCurrentIndex(0)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(bench.window, entering)
    assert entering.isAccepted()
    drop = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(bench.window, drop)
    bench.qtbot.waitUntil(lambda: page.view.table is not None, timeout=10_000)
    assert bench.window.tabs.currentIndex() == FILE and page.name.text() == "table.csv"


@pytest.mark.parametrize("urls", [[], ["https://example.org/a.csv"], ["file:///a.csv", "file:///b.csv"]])
def test_what_is_not_one_file_cannot_be_dropped(bench, urls):
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, buttons, keys)
    entering.ignore()
    QApplication.sendEvent(bench.window, entering)
    assert not entering.isAccepted()


def test_roles_keep_the_order_of_the_table():
    names, choice = ("a", "b", "c"), Choice(("a", "c"), ("b",))
    assert with_role(choice, names, "b", "input") == Choice(("a", "b", "c"), ())
    assert with_role(choice, names, "a", "target") == Choice(("c",), ("a", "b"))
    assert [role_of(choice, name) for name in names] == ["input", "target", "input"]
    assert [next_role("input"), next_role("target"), next_role("unused"), next_role("input", -1)] == [
        "target", "unused", "input", "unused"]


def test_only_what_can_be_learned_from_has_a_picture(written):
    table = inspect(written(FLOWERS))
    good = judge(table, Choice(("length",), ("kind",)))
    bad = judge(table, Choice(("kind",), ("length",)))
    assert good.picture is not None and good.offer.source is not None and good.problems == ()
    assert bad.picture is None and bad.offer.source is None and bad.offer.trouble
