"""What comes of a table by a choice of its columns: examples to learn from, or what prevents it."""

from __future__ import annotations

from dataclasses import dataclass

from bpviz.document.choice import Choice, meaning
from bpviz.document.choice_check import problems, source_of
from bpviz.document.csv_examples import taken
from bpviz.document.dataset import Dataset, dataset_of
from bpviz.document.inspected import Inspected, Problem
from bpviz.document.loading import load
from bpviz.document.source import Source
from bpviz.explain.number import count
from bpviz.qt.data.offer import Offer
from bpviz.qt.data.picture import Picture, picture_of
from bpviz.qt.panels.settings_words import units


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """problems: what prevents it. gaps: the first cells that hold nothing; in words, what becomes of all."""

    offer: Offer
    problems: tuple[Problem, ...]
    gaps: tuple[Problem, ...]
    gaps_text: str
    picture: Picture | None


def judge(table: Inspected, choice: Choice) -> Judged:
    """Slow for a large table: some tenths of a second for a million cells."""
    found = problems(table, choice)
    chosen = [table.column(name) for name in (*choice.inputs, *choice.targets) if name in table.names]
    holes, gaps = table.holes(chosen), table.hole_places(chosen)
    if found:
        said = f"{units(holes, 'cell')} of the chosen columns hold nothing that can be used." if holes else ""
        return Judged(Offer(reason=sentence(found[0]), trouble=True), found, gaps, said, None)
    source = source_of(table, choice)
    dataset = load(source) if source.rows is not None else _referred_to(table, choice, source)
    return Judged(
        Offer(source, dataset), (), gaps, _gaps_text(table, dataset, holes), picture_of(dataset)
    )


def _referred_to(table: Inspected, choice: Choice, source: Source) -> Dataset:
    """What load() would give, without reading the file again."""
    columns = meaning(table, choice)
    examples = taken(table, columns, choice.missing)
    assert source.file is not None
    return dataset_of(table.path.name, columns, examples.inputs, examples.last, source=source.file.path)


def _gaps_text(table: Inspected, dataset: Dataset, holes: int) -> str:
    if not holes:
        return ""
    left_out = table.count - dataset.count
    if left_out:
        return f"{units(left_out, 'row')} of {count(table.count)} are left out, because a cell is missing."
    return f"{units(holes, 'missing input')} became the mean of their column."


def sentence(problem: Problem) -> str:
    """A problem as one is spoken."""
    text = str(problem)
    return f"{text[:1].upper()}{text[1:]}."
