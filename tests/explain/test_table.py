"""Numbers as columns."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from bpviz.explain.table import Table

CELLS = st.one_of(
    st.none(), st.integers(), st.floats(allow_nan=False),
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1),
)  # fmt: skip


def test_a_table_is_written_with_its_columns_first() -> None:
    table = Table("Cost", ("step", "cost"), ((0, 0.1), (1, None)))
    assert table.csv() == "step,cost\n0,0.1\n1,\n"


def test_names_with_commas_and_quotes_are_quoted() -> None:
    assert Table("", ('weight, "W"',), ()).csv() == '"weight, ""W"""\n'


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_what_is_read_back_is_what_was_written(rows: list[tuple[object, object]]) -> None:
    table = Table("any", ("a", "b"), tuple(rows))  # type: ignore[arg-type]
    read = list(csv.reader(io.StringIO(table.csv())))[1:]
    assert len(read) == len(rows)
    for cells, row in zip(read, rows, strict=True):
        for text, cell in zip(cells, row, strict=True):
            if isinstance(cell, float):
                assert float(text) == cell
            else:
                assert text == ("" if cell is None else str(cell))
