"""The gallery: every preset with its picture, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.document.preset import load_preset, preset_names
from bpviz.qt.gallery import Gallery
from bpviz.qt.session import Session
from bpviz.qt.theme import Theme


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def gallery(qtbot: QtBot, theme: Theme) -> Iterator[Gallery]:
    session = Session(load_preset("mazur"))
    gallery = Gallery(session, theme)
    with qtbot.waitExposed(gallery):
        gallery.show()
    yield gallery
    gallery.close()
    gallery.deleteLater()


def focused(gallery: Gallery) -> str:
    return next(card.preset.name for card in gallery.cards if card is gallery.focusWidget())


def test_every_preset_has_a_card_in_teaching_order(gallery: Gallery) -> None:
    assert tuple(card.preset.name for card in gallery.cards) == preset_names()


def test_the_open_preset_is_marked_and_has_the_keyboard(gallery: Gallery) -> None:
    assert [card.preset.name for card in gallery.cards if card.current] == ["mazur"]
    assert focused(gallery) == "mazur"


def test_every_card_gets_its_picture(qtbot: QtBot, gallery: Gallery) -> None:
    qtbot.waitUntil(lambda: all(card.pictured for card in gallery.cards), timeout=20_000)


def test_pictures_are_made_one_at_a_time(gallery: Gallery) -> None:
    """Between two of them the window answers: never two in one turn of the event loop."""
    before = sum(card.pictured for card in gallery.cards)
    gallery._make_one()
    assert sum(card.pictured for card in gallery.cards) == min(before + 1, len(gallery.cards))


def test_another_theme_makes_other_pictures(qtbot: QtBot, gallery: Gallery, theme: Theme) -> None:
    qtbot.waitUntil(lambda: all(card.pictured for card in gallery.cards), timeout=20_000)
    before = gallery.cards[0].grab().toImage()
    theme.set_mode("light" if theme.palette.dark else "dark")
    qtbot.waitUntil(lambda: all(card.pictured for card in gallery.cards), timeout=20_000)
    assert gallery.cards[0].grab().toImage() != before


def test_a_click_chooses_and_closes(qtbot: QtBot, gallery: Gallery) -> None:
    with qtbot.waitSignal(gallery.chosen) as chosen:
        qtbot.mouseClick(gallery.cards[0], Qt.MouseButton.LeftButton)
    assert chosen.args[0].name == "single-neuron"
    assert not gallery.isVisible()


def test_arrow_keys_move_and_enter_chooses(qtbot: QtBot, gallery: Gallery) -> None:
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(gallery.focusWidget(), key)
    assert focused(gallery) == "xor"
    qtbot.keyClick(gallery.focusWidget(), Qt.Key.Key_Up)
    assert focused(gallery) == "toy"
    qtbot.keyClick(gallery.focusWidget(), Qt.Key.Key_Down)
    with qtbot.waitSignal(gallery.chosen) as chosen:
        qtbot.keyClick(gallery.focusWidget(), Qt.Key.Key_Return)
    assert chosen.args[0].name == "xor"


def test_at_the_edge_the_focus_stays(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.cards[0].setFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(gallery.focusWidget(), key)
    assert focused(gallery) == "single-neuron"


def test_escape_closes_without_choosing(qtbot: QtBot, gallery: Gallery) -> None:
    chosen: list[object] = []
    gallery.chosen.connect(chosen.append)
    qtbot.keyClick(gallery.focusWidget(), Qt.Key.Key_Escape)
    assert not gallery.isVisible()
    assert not chosen


@pytest.mark.parametrize(("width", "columns"), [(320, 1), (640, 2), (900, 3), (1200, 4)])
def test_cards_stand_in_as_many_columns_as_fit(
    qapp: QApplication, gallery: Gallery, width: int, columns: int
) -> None:
    gallery.resize(width, 600)
    qapp.processEvents()
    assert len({card.x() for card in gallery.cards}) == columns
    assert all(card.x() + card.width() <= gallery.width() for card in gallery.cards)
