"""A wrong table is answered with its line and its column."""

from pathlib import Path

import pytest

from bpviz.document.errors import DocumentError
from bpviz.document.table import class_column, read_table


def table(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "points.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "expectation"),
    [
        (b"", r"points.csv: line 1: expected the columns x, y"),
        (b"x,z\n1,2\n", r"points.csv: line 1: expected the columns x, y"),
        (b"x,y\n", r"points.csv: line 2: expected at least one example"),
        (b"x,y\n1,2\n3\n", r"points.csv: line 3: expected 2 cells, got 1"),
        (b"x,y\n1,2\n3,\n", r"points.csv: line 3, column y: expected a number, got ''"),
        (b"x,y\n1,nan\n", r"points.csv: line 2, column y: expected a number, got 'nan'"),
        (b"x,y\n1,2\n1e999,2\n", r"points.csv: line 3, column x: expected a number, got '1e999'"),
        (b"x,y\n\xff,2\n", r"points.csv: expected a table of comma-separated UTF-8 text"),
        (b'x,y\n"1,2\n', r"points.csv: expected a table of comma-separated UTF-8 text"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path, content, expectation):
    with pytest.raises(DocumentError, match=expectation):
        read_table(table(tmp_path, content), ("x", "y")).numbers(("x", "y"))


def test_a_missing_file_is_a_sentence(tmp_path):
    with pytest.raises(DocumentError, match=r"none\.csv: cannot be read: No such file"):
        read_table(tmp_path / "none.csv", ("x",))


def test_an_unknown_class_is_named(tmp_path):
    read = read_table(table(tmp_path, b"x,y\n1,red\n2,rad\n"), ("x", "y"))
    with pytest.raises(DocumentError, match=r"line 3, column y: expected one of red, green, got 'rad'"):
        class_column(read, "y", ("red", "green"))
