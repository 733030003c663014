"""Colours, faces and icons: legible in both themes, the same on every machine."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from bpviz.document.resource import resource
from bpviz.qt import theme as themes
from bpviz.qt.fonts import code_font, load_fonts, math_font, number_font, ui_font
from bpviz.qt.icons import icon
from bpviz.qt.palette import DARK, LIGHT, Palette, blend, contrast, error_colour, ink_on, value_colour
from bpviz.qt.stylesheet import stylesheet
from bpviz.qt.theme import Theme

BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("window", "panel", "field", "canvas")
INKS = [name for name in Palette.__slots__ if "ink" in name and name != "accent_ink"] + ["accent", "danger"]


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the well-known grey just below


@BOTH
@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_ink_is_legible_on_every_ground(palette: Palette, ink: str, ground: str) -> None:
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 4.5


@BOTH
def test_text_on_the_accent_and_on_soft_grounds_is_legible(palette: Palette) -> None:
    assert contrast(palette.accent_ink, palette.accent) >= 4.5
    assert contrast(palette.ink, palette.danger_soft) >= 4.5
    for ink in set(INKS) - {"ink_faint"}:
        assert contrast(getattr(palette, ink), palette.accent_soft) >= 4.5, ink


@BOTH
@given(red=st.integers(0, 255), green=st.integers(0, 255), blue=st.integers(0, 255))
def test_text_is_legible_on_any_colour(palette: Palette, red: int, green: int, blue: int) -> None:
    ground = f"#{red:02x}{green:02x}{blue:02x}"
    assert contrast(ink_on(palette, ground).name(), ground) >= 4.5


@BOTH
def test_scales_run_opaque_from_neutral_to_their_ends(palette: Palette) -> None:
    for colour, negative, positive in (
        (value_colour, palette.value_negative, palette.value_positive),
        (error_colour, palette.error_negative, palette.error_positive),
    ):
        assert colour(palette, 0.0, 2.0).name() == palette.neutral
        assert colour(palette, -2.0, 2.0).name() == negative
        assert colour(palette, 5.0, 2.0).name() == positive
        assert colour(palette, 1.0, 0.0).name() == palette.neutral
        assert colour(palette, float("nan"), 2.0).name() == palette.neutral
        assert all(colour(palette, x, 2.0).alpha() == 255 for x in (-3.0, -1.0, 0.0, 0.5, 2.0))


# Machado, Oliveira and Fernandes 2009, severity 1, on linear light.
BLINDNESS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
}


def seen(colour: str, blindness: str) -> np.ndarray:
    """CIE L*a*b* of a colour as someone with this blindness sees it."""
    channels = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    linear = np.clip(np.array(BLINDNESS[blindness]) @ linear, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ linear / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@BOTH
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_both_ends_and_the_middle_of_a_scale_differ_for_colour_blind_eyes(
    palette: Palette, blindness: str
) -> None:
    """A difference of 20 in L*a*b* is plain at a glance; 2 is just noticeable."""
    for negative, positive in (
        (palette.value_negative, palette.value_positive), (palette.error_negative, palette.error_positive),
    ):
        for one, other in combinations((negative, positive, palette.neutral), 2):
            assert np.linalg.norm(seen(one, blindness) - seen(other, blindness)) > 20, (one, other)


def test_blend_reaches_both_ends_and_never_leaves_them() -> None:
    assert blend("#102030", "#405060", 0).name() == "#102030"
    assert blend("#102030", "#405060", 1).name() == "#405060"
    assert blend("#102030", "#405060", 7).name() == "#405060"
    assert blend("#000000", "#ffffff", 0.5).red() in (127, 128)


@BOTH
def test_the_style_sheet_knows_every_colour_and_picture_it_names(palette: Palette) -> None:
    text = stylesheet(palette)
    assert "@" not in text
    pictures = re.findall(r'url\("([^"]+)"\)', text)
    assert pictures
    for picture in pictures:
        assert resource("icons", picture.rsplit("/", 1)[1]).is_file()


def test_the_theme_dresses_the_application_and_says_so_once(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(qapp)
    theme.set_mode("light")
    with qtbot.waitSignal(theme.changed, timeout=1000):
        theme.set_mode("dark")
    assert theme.palette is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    assert DARK.panel in qapp.styleSheet()
    said = []
    theme.changed.connect(lambda: said.append(1))
    theme.set_mode("dark")
    assert not said


def test_a_window_is_dressed_with_all_in_it_instead_of_the_application(
    qapp: QApplication, qtbot: QtBot
) -> None:
    theme, window = Theme(qapp), QWidget()
    qtbot.addWidget(window)
    theme.set_mode("light")
    theme.dress(window)
    assert (qapp.styleSheet(), window.styleSheet()) == ("", stylesheet(LIGHT))
    theme.set_mode("dark")
    assert (qapp.styleSheet(), window.styleSheet()) == ("", stylesheet(DARK))
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.window


def test_a_theme_outlives_the_window_that_it_dressed(qapp: QApplication) -> None:
    theme, window = Theme(qapp), QWidget()
    theme.dress(window)
    delete(window)
    theme.set_mode("dark")
    assert qapp.styleSheet() == stylesheet(DARK)


def test_cycling_goes_round_system_light_and_dark(qapp: QApplication) -> None:
    theme = Theme(qapp)
    modes = [theme.mode]
    for _ in range(3):
        theme.cycle()
        modes.append(theme.mode)
    assert modes == ["system", "light", "dark", "system"]


def test_a_mode_nobody_knows_means_the_system(qapp: QApplication) -> None:
    theme = Theme(qapp)
    theme.set_mode("sepia")
    assert theme.mode == "system"


def test_the_theme_follows_the_system_only_when_asked_to(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheme = Qt.ColorScheme.Light
    monkeypatch.setattr(themes, "system_is_dark", lambda _app: scheme == Qt.ColorScheme.Dark)
    theme = Theme(qapp)
    assert theme.palette is LIGHT
    scheme = Qt.ColorScheme.Dark
    qapp.styleHints().colorSchemeChanged.emit(scheme)
    assert theme.palette is DARK
    theme.set_mode("light")
    qapp.styleHints().colorSchemeChanged.emit(scheme)
    assert theme.palette is LIGHT
    theme.set_mode("system")
    assert theme.palette is DARK


@pytest.mark.usefixtures("qapp")
def test_the_bundled_faces_are_the_ones_used() -> None:
    load_fonts()
    load_fonts()
    assert QFontInfo(ui_font()).family() == "Inter"
    assert QFontInfo(math_font(14)).family() == "STIXGeneral"
    assert QFontInfo(math_font(14)).italic()
    assert QFontInfo(code_font()).family() == "JetBrains Mono"
    assert QFontInfo(code_font()).fixedPitch()
    for weight in (400, 500, 600, 700):
        assert QFontInfo(ui_font(13, weight)).weight() == weight


@pytest.mark.usefixtures("qapp")
def test_digits_have_one_width_in_numbers() -> None:
    load_fonts()
    metrics = QFontMetricsF(number_font(13))
    assert len({metrics.horizontalAdvance(digit * 4) for digit in "0123456789"}) == 1


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", [path.stem for path in sorted(resource("icons").glob("*.svg"))])
def test_every_icon_draws_something(name: str) -> None:
    image = icon(name, "#ff0000", 24).pixmap(24, 24).toImage()
    pixels = (image.pixelColor(x, y) for x in range(24) for y in range(24))
    painted = [pixel for pixel in pixels if pixel.alpha() > 200]
    assert len(painted) > 8
    if "currentColor" in resource("icons", f"{name}.svg").read_text("utf-8"):
        assert {colour.name() for colour in painted} == {"#ff0000"}
