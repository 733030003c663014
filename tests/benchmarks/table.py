"""Lines as one table, for a terminal and as Markdown, and how many goals were reached."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby

from tests.benchmarks.line import Line, rounded

HEADS = ("what", "figure", "goal", "verdict", "beside")
WIDTHS = (66, 17, 18, 16)
Cells = tuple[str, str, str, str, str]


def cells(line: Line) -> Cells:
    return line.what, figure(line), line.goal_text, line.verdict, line.beside


def figure(line: Line) -> str:
    """With its unit; a dash where there is none."""
    return "–" if math.isnan(line.measured) else f"{rounded(line.measured)} {line.unit}"


def as_text(lines: Sequence[Line]) -> str:
    """Groups one below the other, each under its name."""
    rows = []
    for group, members in groupby(lines, key=_group):
        rows += ["", group, _spaced(HEADS)]
        rows += [_spaced(cells(line)) for line in members]
    return "\n".join(rows[1:])


def as_markdown(lines: Sequence[Line]) -> str:
    """One table, a group's name before its first line."""
    rows = ["| group | " + " | ".join(HEADS) + " |", "| --- | --- | ---: | ---: | --- | --- |"]
    for group, members in groupby(lines, key=_group):
        for k, line in enumerate(members):
            rows.append("| " + " | ".join(["" if k else group, *cells(line)]) + " |")
    return "\n".join(rows)


def summary(lines: Sequence[Line]) -> list[str]:
    """How many goals there are and how many were reached, then each that was not."""
    aimed = [line for line in lines if line.goal is not None]
    missed = [line for line in aimed if line.verdict == "NOT REACHED"]
    told = f"{len(aimed) - len(missed)} of {len(aimed)} goals reached."
    if not missed:
        return [told]
    return [f"{told} Not reached:", *(f"{line.group}: {line.what}: {aim(line)}" for line in missed)]


def aim(line: Line) -> str:
    return f"{figure(line)} where {line.goal_text} was the goal"


def _group(line: Line) -> str:
    return line.group


def _spaced(row: Sequence[str]) -> str:
    what, shown, goal, verdict, beside = row
    a, b, c, d = WIDTHS
    return f"{what:<{a}}  {shown:>{b}}  {goal:>{c}}  {verdict:<{d}}  {beside}".rstrip()
