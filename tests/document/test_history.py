"""Undo and redo against a plain list of states."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.document.history import MOST, MOST_BYTES, History

NOTHING: History[int] = History()


@given(st.lists(st.sampled_from(["edit", "undo", "redo"]), max_size=60))
def test_it_moves_along_the_line_of_states(acts: list[str]) -> None:
    history = NOTHING
    line, at, fresh = [0], 0, 1
    for act in acts:
        if act == "edit":
            history = history.pushed(f"edit {fresh}", line[at])
            line[at + 1 :] = [fresh]
            at, fresh = at + 1, fresh + 1
        elif act == "undo" and at > 0:
            history, state = history.undo(line[at])
            at -= 1
            assert state == line[at]
        elif act == "redo" and at + 1 < len(line):
            history, state = history.redo(line[at])
            at += 1
            assert state == line[at]
        assert bool(history.undo_name) == (at > 0) and bool(history.redo_name) == (at + 1 < len(line))


def test_what_is_undone_keeps_its_name() -> None:
    history, _ = NOTHING.pushed("add layer", 1).undo(2)
    assert history.redo_name == "add layer"
    history, state = history.redo(1)
    assert (history.undo_name, state) == ("add layer", 2)


def test_an_edit_after_undo_forgets_what_was_undone() -> None:
    history, _ = NOTHING.pushed("a", 1).undo(2)
    assert history.pushed("b", 1).redo_name == ""


def test_the_oldest_edits_are_forgotten() -> None:
    history = NOTHING
    for k in range(MOST + 5):
        history = history.pushed("edit", k)
    assert len(history.done) == MOST and history.done[0].state == 5


def test_large_states_leave_room_for_fewer_but_the_newest_stays() -> None:
    history = NOTHING.pushed("a", 1, 10).pushed("b", 2, int(2 * MOST_BYTES))
    assert [past.name for past in history.done] == ["b"]


def test_there_is_nothing_to_undo_at_first() -> None:
    with pytest.raises(ValueError, match="nothing to undo"):
        NOTHING.undo(0)
    with pytest.raises(ValueError, match="nothing to redo"):
        NOTHING.redo(0)
