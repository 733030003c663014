"""Ctrl-C strikes after what must not be struck."""

from __future__ import annotations

import signal

import pytest

from bpviz.commands.display import missing_display
from bpviz.commands.interrupts import interrupts_held


def test_an_interrupt_waits_for_the_end() -> None:
    reached = []
    with pytest.raises(KeyboardInterrupt), interrupts_held():
        signal.raise_signal(signal.SIGINT)
        reached.append("the end")
    assert reached == ["the end"]


def test_afterwards_interrupts_are_as_before() -> None:
    before = signal.getsignal(signal.SIGINT)
    with interrupts_held():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize("platform", ["offscreenx", "linuxfb", "eglfs"])
def test_a_platform_that_cannot_show_a_window_needs_a_display(platform: str) -> None:
    assert missing_display({"QT_QPA_PLATFORM": platform}) == "there is no display"


@pytest.mark.parametrize("platform", ["offscreen", "minimal:enable_fonts"])
def test_a_platform_without_a_screen_needs_none(platform: str) -> None:
    assert missing_display({"QT_QPA_PLATFORM": platform}) is None
