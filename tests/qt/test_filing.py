"""Documents in the real window: closing, dialogs, menus, shortcuts, dropping."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QGuiApplication, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLineEdit, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from bpviz.document import storage
from bpviz.document.editing import add_unit
from bpviz.document.preset import load_preset
from bpviz.qt.acts import acts_of
from bpviz.qt.keeping import questions
from bpviz.qt.keeping.field_undo import FieldUndo
from bpviz.qt.keeping.questions import Answer, path_to_open, path_to_save
from bpviz.qt.keeping.recent import add_recent, recent_paths
from bpviz.qt.theme import Theme
from bpviz.qt.window import MainWindow

ABOUT_CHANGES = questions.about_changes
OFFSCREEN = pytest.mark.qt_log_ignore("This plugin does not support")  # says Qt, where there is no screen
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(load_preset("toy"), Theme(qapp))
    FieldUndo(qapp, window)
    window.show()
    qtbot.waitUntil(lambda: window.afterwards.left == 0, timeout=20_000)
    yield window
    window.close()
    window.deleteLater()
    qapp.processEvents()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answer], list[str]]:
    """Lets a person answer the question about changes, and collects when it was asked."""

    def let_answer(answer: Answer) -> list[str]:
        names: list[str] = []

        def ask(_parent: object, name: str) -> Answer:
            names.append(name)
            return answer

        monkeypatch.setattr(questions, "about_changes", ask)
        return names

    return let_answer


def edit(window: MainWindow) -> None:
    window.session.apply(add_unit(window.session.experiment, 0))


def choose(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> list[Path]:
    """Let dialogs return this path; what they propose is collected."""
    proposed: list[Path] = []

    def save(_parent: object, _title: str, proposal: Path, _kinds: object) -> Path | None:
        proposed.append(proposal)
        return path

    monkeypatch.setattr(questions, "path_to_save", save)
    monkeypatch.setattr(questions, "path_to_open", lambda *_about: path)
    return proposed


def action(menu: QMenu, text: str) -> QAction:
    return next(one for one in menu.actions() if one.text().split("\t")[0] == text)


# -- closing ----------------------------------------------------------------------------------------------


def test_an_untouched_or_only_trained_preset_closes_unasked(
    window: MainWindow, asked: Callable[[Answer], list[str]]
) -> None:
    names = asked(Answer.CANCEL)
    window.session.advance(20)
    assert window.close() and names == []


def test_changes_are_asked_about_once_and_cancel_keeps_the_window(
    window: MainWindow, asked: Callable[[Answer], list[str]]
) -> None:
    names = asked(Answer.CANCEL)
    edit(window)
    assert not window.close() and window.isVisible() and names == ["Toy network"]
    window.session.advance(3)
    assert window.session.trainer.step == 3, "all goes on"
    asked(Answer.LEAVE)


def test_saving_at_the_end_asks_for_a_place_and_waits_for_the_file(
    window: MainWindow, asked: Callable[[Answer], list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked(Answer.SAVE)
    edit(window)
    assert choose(monkeypatch, None) == [] and not window.close(), "no place was chosen"
    proposed = choose(monkeypatch, tmp_path / "t.bpviz")
    assert window.close()
    assert [path.name for path in proposed] == ["Toy network.bpviz"]
    assert storage.read_document(tmp_path / "t.bpviz").preset.experiment.network.sizes == (1, 2, 1)


def test_a_window_whose_document_cannot_be_saved_stays_and_says_why(
    window: MainWindow, asked: Callable[[Answer], list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked(Answer.SAVE)
    choose(monkeypatch, tmp_path / "gone" / "t.bpviz")
    edit(window)
    assert not window.close()
    assert window.notice.isVisible() and "the folder does not exist" in window.notice.text
    asked(Answer.LEAVE)


def test_a_save_under_way_is_waited_for_and_leaves_nothing_to_ask(
    window: MainWindow, asked: Callable[[Answer], list[str]], tmp_path: Path
) -> None:
    names = asked(Answer.CANCEL)
    edit(window)
    window.documents.save(tmp_path / "t.bpviz")
    assert window.close() and names == []
    assert storage.read_document(tmp_path / "t.bpviz").preset.experiment.network.sizes == (1, 2, 1)


@OFFSCREEN
@pytest.mark.parametrize(
    ("press", "answer"),
    [("Save", Answer.SAVE), ("Don't save", Answer.LEAVE), ("Cancel", Answer.CANCEL),
     (Qt.Key.Key_Escape, Answer.CANCEL), (Qt.Key.Key_Return, Answer.SAVE)],
)  # fmt: skip
def test_the_question_is_answered_by_its_buttons_return_or_escape(
    window: MainWindow, qapp: QApplication, press: str | Qt.Key, answer: Answer
) -> None:
    seen: list[str] = []

    def press_it() -> None:
        box = qapp.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(box.text())
        if isinstance(press, str):
            next(button for button in box.buttons() if button.text() == press).click()
        else:
            QTest.keyClick(box, press)

    QTimer.singleShot(0, press_it)
    assert ABOUT_CHANGES(window, "mine.bpviz") is answer
    assert seen == ["Save the changes to mine.bpviz?"]


# -- the dialogs ------------------------------------------------------------------------------------------


@pytest.fixture
def own_dialogs() -> Iterator[None]:
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    yield
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)


@OFFSCREEN
@pytest.mark.usefixtures("own_dialogs")
@pytest.mark.parametrize("replace", [True, False])
def test_the_save_dialog_adds_the_ending_and_asks_before_a_file_is_replaced(
    window: MainWindow, qapp: QApplication, tmp_path: Path, replace: bool
) -> None:
    (tmp_path / "mine.bpviz").write_text("precious")
    asked: list[str] = []

    def answer() -> None:
        box = qapp.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        box.button(QMessageBox.StandardButton.Yes if replace else QMessageBox.StandardButton.No).click()

    def name_it() -> None:
        dialog = qapp.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.findChild(QLineEdit).setText("mine")
        QTimer.singleShot(0, answer)
        dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save).click()
        if not replace:
            dialog.reject()

    QTimer.singleShot(0, name_it)
    chosen = path_to_save(window, "Save as", tmp_path / "x.bpviz", ("Documents of bpviz (*.bpviz)",))
    assert chosen == (tmp_path / "mine.bpviz" if replace else None)
    assert len(asked) == 1 and "mine.bpviz" in asked[0]


@OFFSCREEN
@pytest.mark.usefixtures("own_dialogs")
def test_the_ending_is_that_of_the_kind_that_was_chosen(
    window: MainWindow, qapp: QApplication, tmp_path: Path
) -> None:
    kinds = ("Weights for NumPy (*.npz)", "Weights for PyTorch (*.safetensors)")

    def name_it() -> None:
        dialog = qapp.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.selectNameFilter(kinds[1])
        dialog.filterSelected.emit(kinds[1])
        dialog.findChild(QLineEdit).setText("w")
        dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save).click()

    QTimer.singleShot(0, name_it)
    assert path_to_save(window, "Export", tmp_path / "x.npz", kinds) == tmp_path / "w.safetensors"


@OFFSCREEN
@pytest.mark.usefixtures("own_dialogs")
def test_leaving_a_dialog_chooses_nothing(window: MainWindow, qapp: QApplication, tmp_path: Path) -> None:
    QTimer.singleShot(0, lambda: qapp.activeModalWidget().close())
    assert path_to_open(window, "Open", tmp_path, ("All files (*)",)) is None


# -- title, menus, buttons, keys --------------------------------------------------------------------------


def test_the_title_has_the_name_and_whether_it_is_saved(window: MainWindow, tmp_path: Path) -> None:
    assert (window.windowTitle(), window.isWindowModified()) == ("Toy network[*] — bpviz", False)
    edit(window)
    assert window.isWindowModified()
    window.documents.save(tmp_path / "t.bpviz")
    window.documents.finish()
    assert (window.windowTitle(), window.isWindowModified()) == ("t.bpviz[*] — bpviz", False)
    assert window.top_bar._presets.placeholderText() == "t.bpviz"
    assert window.top_bar._presets.currentIndex() == -1


def test_undo_and_redo_say_what_they_would_do_and_rest_when_there_is_nothing(window: MainWindow) -> None:
    undo, redo = window.top_bar.undo_button, window.top_bar.redo_button
    assert (undo.isEnabled(), undo.toolTip(), redo.isEnabled()) == (False, "Nothing to undo", False)
    edit(window)
    assert undo.toolTip() == undo.accessibleName() == "Undo add unit (Ctrl+Z)"
    undo.click()
    assert window.session.network.sizes == (1, 1, 1) and not undo.isEnabled()
    assert redo.isEnabled() and redo.toolTip() == "Redo add unit (Ctrl+Shift+Z)"
    redo.click()
    assert window.session.network.sizes == (1, 2, 1)


def test_the_keys_save_undo_redo_copy_and_paste(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    edit(window)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert window.session.network.sizes == (1, 1, 1)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL | SHIFT)
    assert window.session.network.sizes == (1, 2, 1)
    choose(monkeypatch, tmp_path / "t.bpviz")
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL)
    window.documents.finish()
    assert not window.isWindowModified()
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(window, Qt.Key.Key_C, CTRL | SHIFT)
    qtbot.waitUntil(lambda: "{" in QGuiApplication.clipboard().text())
    assert "on the clipboard" in window.notice.text and window.notice.property("quiet")
    window.open_preset(load_preset("sine"))
    qtbot.keyClick(window, Qt.Key.Key_V, CTRL)
    qtbot.waitUntil(lambda: window.session.network.sizes == (1, 2, 1))


def test_a_field_undoes_its_own_text_first_and_then_the_document(window: MainWindow, qtbot: QtBot) -> None:
    field = window.setup_panel.learning.rate.field
    window.activateWindow()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Up)
    name = window.session.undo_name
    assert name
    field.lineEdit().selectAll()
    qtbot.keyClicks(field, "7")
    qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert window.session.undo_name == name and not field.text_shown.endswith("7")
    qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert window.session.undo_name == ""


def test_the_recent_menu_offers_files_that_are_there(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.documents.save(tmp_path / "a.bpviz")
    window.documents.finish()
    add_recent(tmp_path / "gone.bpviz")
    window.open_preset(load_preset("sine"))
    menu = window.top_bar.recent_menu
    menu.aboutToShow.emit()
    assert not action(menu, "gone.bpviz").isEnabled()
    assert action(menu, "a.bpviz").toolTip() == str(tmp_path / "a.bpviz")
    action(menu, "a.bpviz").trigger()
    qtbot.waitUntil(lambda: window.documents.name == "a.bpviz")
    menu.aboutToShow.emit()
    action(menu, "Forget these").trigger()
    assert recent_paths() == []
    menu.aboutToShow.emit()
    assert [one.isEnabled() for one in menu.actions()] == [False]


def test_every_line_of_the_save_menu_is_an_act_with_the_shortcut_it_names(window: MainWindow) -> None:
    keys = {shortcut.key().toString() for shortcut in window.findChildren(QShortcut)}
    lines = [one for one in window.top_bar.save_menu.actions() if not one.isSeparator()]
    assert {one.data() for one in lines} <= set(acts_of(window))
    assert {one.text().split("\t")[1] for one in lines} <= keys


def test_the_save_menu_exports_and_imports_weights(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "w.npz"
    choose(monkeypatch, path)
    action(window.top_bar.save_menu, "Export weights…").trigger()
    qtbot.waitUntil(lambda: window.notice.text == f"The weights are in {path}.")
    action(window.top_bar.save_menu, "Import weights…").trigger()
    qtbot.waitUntil(lambda: window.session.undo_name == "import weights")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_top_bar_fits_the_smallest_window(window: MainWindow, qapp: QApplication, mode: str) -> None:
    window.theme.set_mode(mode)
    window.resize(1024, 680)
    qapp.processEvents()
    shown = [child for child in window.top_bar.children() if getattr(child, "isVisible", bool)()]
    places = sorted((child.geometry() for child in shown), key=lambda place: place.left())
    assert window.top_bar.minimumSizeHint().width() <= 1024
    assert all(one.right() < other.left() for one, other in pairwise(places))


# -- dropping ---------------------------------------------------------------------------------------------


def drop(window: MainWindow, *paths: Path) -> bool:
    """Whether the window took what was dragged onto it."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    about = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(window.rect().center(), *about)
    entering.ignore()
    window.dragEnterEvent(entering)
    if not entering.isAccepted():
        return False
    window.dropEvent(QDropEvent(QPointF(50, 50), *about))
    return True


def test_a_dropped_file_is_opened_as_what_it_is(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.session.advance(9)
    window.documents.save(tmp_path / "a.bpviz")
    window.documents.export_weights(tmp_path / "w.safetensors")
    window.documents.finish()
    window.open_preset(load_preset("toy"))
    assert drop(window, tmp_path / "w.safetensors")
    qtbot.waitUntil(lambda: window.session.undo_name == "import weights")
    assert drop(window, tmp_path / "a.bpviz")
    qtbot.waitUntil(lambda: window.session.trainer.step == 9)
    assert window.documents.name == "a.bpviz"


def test_a_dropped_table_is_looked_at_in_the_data_window(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    table = tmp_path / "t.csv"
    table.write_text("a,b\n1,2\n2,3\n3,5\n4,4\n")
    before = window.session.experiment
    assert drop(window, table)
    data = window.data.opened
    assert data is not None and data.isVisible()
    qtbot.waitUntil(lambda: data.file.view.table is not None)
    assert window.session.experiment is before
    data.close()


def test_several_files_at_once_or_what_is_no_file_are_not_taken(window: MainWindow, tmp_path: Path) -> None:
    assert not drop(window, tmp_path / "a.bpviz", tmp_path / "b.bpviz") and not drop(window)


@OFFSCREEN
def test_the_data_window_opens_once_from_set_up_and_key(window: MainWindow, qtbot: QtBot) -> None:
    window.setup_panel.data_asked.emit()
    first = window.data.opened
    assert first is not None and first.isVisible()
    window.data.show()
    assert window.data.opened is first
    first.close()
    qtbot.keyClick(window, Qt.Key.Key_D, CTRL | SHIFT)
    assert window.data.opened is not first and window.data.opened is not None
    window.data.close()


def test_a_document_given_at_the_start_is_there_with_its_run_and_nothing_to_undo(
    qapp: QApplication, window: MainWindow, tmp_path: Path
) -> None:
    window.session.advance(6)
    path = tmp_path / "a.bpviz"
    window.documents.save(path)
    window.documents.finish()
    other = MainWindow(storage.read_document(path), Theme(qapp), path)
    assert other.session.trainer.step == 6 and other.session.undo_name == ""
    assert other.windowTitle() == "a.bpviz[*] — bpviz" and not other.isWindowModified()
    other.close()
    other.deleteLater()
