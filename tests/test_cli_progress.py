"""The progress line: on a terminal only, and gone when the work ends."""

from __future__ import annotations

import io

import pytest

from bpviz.commands.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_share_and_words_and_in_the_end_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    with Progress(terminal) as progress:
        progress.show(0.25, "epoch 1 of 4")
    assert " 25%  epoch 1 of 4" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_an_error_takes_the_line_away_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    with pytest.raises(KeyboardInterrupt), Progress(terminal) as progress:
        progress.show(0.5, "half")
        raise KeyboardInterrupt
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_the_line_is_never_wider_than_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "20")
    terminal = Terminal()
    Progress(terminal).show(1.0, "x" * 100)
    assert len(terminal.getvalue().removeprefix("\r\x1b[K")) == 19


@pytest.mark.parametrize(
    ("stream", "term"), [(io.StringIO(), "xterm"), (Terminal(), "dumb")], ids=["file", "dumb"]
)
def test_anything_but_a_capable_terminal_sees_nothing(
    stream: io.StringIO, term: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    with Progress(stream) as progress:
        progress.show(0.5, "half")
    assert stream.getvalue() == ""
