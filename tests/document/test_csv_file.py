"""Tables as people bring them are read as they were meant; what is wrong in them is said with its line."""

import codecs
import csv
import io
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bpviz.document import blocks as blocks_module
from bpviz.document.blocks import Cancelled, blocks, fingerprint
from bpviz.document.csv_file import inspect
from bpviz.document.csv_guess import Reading
from bpviz.document.errors import DocumentError
from bpviz.document.inspected import Inspected


def read(tmp_path: Path, content: str | bytes, reading: Reading | None = None) -> Inspected:
    path = tmp_path / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return inspect(path, reading=reading)


def numbers(table: Inspected) -> list[list[float]]:
    return np.stack([column.numbers for column in table.columns], axis=1).tolist()


@pytest.mark.parametrize(
    ("content", "delimiter", "decimal"),
    [
        ("x,y\n1.5,2\n3,4.5\n", ",", "."),
        ("x;y\n1.5;2\n3;4.5\n", ";", "."),
        ("x;y\n1,5;2\n3;4,5\n", ";", ","),
        ("x\ty\n1.5\t2\n3\t4.5\n", "\t", "."),
        ("x\ty\n1,5\t2\n3\t4,5\n", "\t", ","),
        ("x|y\n1.5|2\n3|4.5\n", "|", "."),
        ("  x   y\n1.5   2\n  3   4.5  \n", " ", "."),
        ("x y\n1,5 2\n3 4,5\n", " ", ","),
        ("x, y\n1.5, 2\n3, 4.5\n", ",", "."),
        ('"x","y"\n"1.5","2"\n"3","4.5"\n', ",", "."),
        ('"x","y"\n"1,5","2"\n"3","4,5"\n', ",", ","),
        ("sep=;\nx;y\n1,5;2\n3;4,5\n", ";", ","),
        ("x,y\r\n1.5,2\r\n3,4.5\r\n", ",", "."),
        ("x,y\r1.5,2\r3,4.5\r", ",", "."),
        ("x,y\n1.5,2\n3,4.5", ",", "."),
        ("x,y\n1.5,2,\n3,4.5,\n", ",", "."),
        ("\n\nx,y\n\n1.5,2\n   \n,\n3,4.5\n\n\n,,\n", ",", "."),
    ],
)
def test_a_table_is_read_however_it_is_written(tmp_path, content, delimiter, decimal):
    table = read(tmp_path, content)
    assert (table.delimiter, table.decimal, table.names) == (delimiter, decimal, ("x", "y"))
    assert numbers(table) == [[1.5, 2.0], [3.0, 4.5]]
    assert (table.count, table.holes(), table.hole_places(), table.notes) == (2, 0, (), ())


@pytest.mark.parametrize(
    ("content", "encoding", "noted"),
    [
        ("größe,y\n1,2\n".encode(), "utf-8", False),
        (codecs.BOM_UTF8 + "größe,y\n1,2\n".encode(), "utf-8", False),
        (codecs.BOM_UTF16_LE + "größe,y\n1,2\n".encode("utf-16-le"), "utf-16", False),
        (codecs.BOM_UTF16_BE + "größe,y\n1,2\n".encode("utf-16-be"), "utf-16", False),
        ("größe,y\n1,2\n".encode("windows-1252"), "windows-1252", True),
    ],
)
def test_the_encoding_is_found(tmp_path, content, encoding, noted):
    table = read(tmp_path, content)
    assert (table.names, table.reading.encoding) == (("größe", "y"), encoding)
    assert any("Windows-1252" in note for note in table.notes) is noted


def test_an_encoding_that_shows_only_late_is_found_too(tmp_path):
    table = read(tmp_path, b"x,y\n" + b"1,a\n" * 50_000 + "1,ä\n".encode("windows-1252"))
    assert (table.reading.encoding, table.column("y").values) == ("windows-1252", ("a", "ä"))


def test_without_a_header_the_columns_are_numbered(tmp_path):
    table = read(tmp_path, "5.1,3.5,setosa\n6.2,2.9,virginica\n")
    assert table.names == ("column 1", "column 2", "column 3")
    assert table.count == 2
    assert "numbered" in table.notes[0]


@pytest.mark.parametrize(
    ("content", "header"),
    [
        ("a,b\n1,2\n", True), ("1,2\n3,4\n", False), ("name,2\nx,4\n", False), ("a,b\nc,d\n", True),
        ("c,b\nc,d\n", False), (",x\n0,1\n1,2\n", True), ("a,1\nb,2\na,3\n", False), ("a\n1\n", True),
    ],
)  # fmt: skip
def test_a_first_row_of_names_is_told_from_one_of_values(tmp_path, content, header):
    assert read(tmp_path, content).reading.header is header


def test_what_a_person_says_outweighs_what_was_found(tmp_path):
    table = read(tmp_path, "1;2,5\n3;4,5\n", Reading(delimiter=",", header=False))
    assert table.names == ("column 1", "column 2")
    assert table.columns[0].texts == ("1;2", "3;4")


def test_empty_and_repeated_names_become_different_ones_and_that_is_noted(tmp_path):
    table = read(tmp_path, "x,,x,x (2), a  b \n1,2,3,4,5\n")
    assert table.names == ("x", "column 2", "x (2)", "x (2) (2)", "a b")
    assert table.notes == ("Column names that were empty, too long or there before were changed: 4.",)


def test_ten_thousand_columns_of_one_name_are_no_trouble(tmp_path):
    table = read(tmp_path, ",".join(["x"] * 10_000) + "\n" + ",".join(["1"] * 10_000) + "\n")
    assert len(set(table.names)) == 10_000


def test_names_of_rows_without_a_name_above_them_are_a_column(tmp_path):
    """As R writes tables."""
    table = read(tmp_path, '"x" "y"\n"a" 1 2\n"b" 3 4\n')
    assert table.names == ("column 1", "x", "y")
    assert table.column("y").numbers.tolist() == [2, 4]


def test_the_kinds_of_columns_are_found(tmp_path):
    table = read(tmp_path, "n,t,e,few,mixed\n1.5,red,,1,b\n2.5,blue,,2,10\n3.5,red,,1,2\n4.5,,NA,2,a\n")
    assert [column.kind for column in table.columns] == ["number", "text", "empty", "number", "number"]
    assert table.column("t").values == ("blue", "red")
    assert table.column("t").classes().tolist() == [1, 0, 1, -1]
    assert table.column("few").values == ("1", "2")
    assert table.column("few").classes().tolist() == [0, 1, 0, 1]
    assert (table.column("mixed").odd, table.column("e").missing) == (2, 4)


def test_numbers_among_texts_are_texts(tmp_path):
    table = read(tmp_path, "x,c\n1,b\n2,a\n3,7\n4,c\n5,7.0\n")
    assert table.column("c").values == ("7", "a", "b", "c")
    assert table.column("c").classes().tolist() == [2, 1, 0, 3, 0]


def test_too_many_values_are_no_classes(tmp_path):
    lines = "".join(f"{k},t{k % 101},u{k}\n" for k in range(1500))
    table = read(tmp_path, "x,c,free\n" + lines)
    assert [column.values for column in table.columns] == [(), (), ()]
    assert [column.kind for column in table.columns] == ["number", "text", "text"]
    assert len(table.column("free").texts) == 1000
    assert table.holes() == 0


def test_gaps_and_odd_cells_are_told_by_line_and_column_from_the_top(tmp_path):
    content = 'name,x,y\n"two\nlines",1,2\nb,,3\n\nc,abc,4\nd,4,1e999\ne,5\n'
    content += "f,6,7,8\ng,5,nan\nh,2_0,9\ni,4,5\n"
    table = read(tmp_path, content)
    assert [str(problem) for problem in table.hole_places()] == [
        "line 4, column 'x': a missing value", "line 6, column 'x': expected a number, got 'abc'",
        "line 7, column 'y': expected a number, got '1e999'", "line 8: expected 3 cells, got 2",
        "line 9: expected 3 cells, got 4", "line 10, column 'y': a missing value",
        "line 11, column 'x': expected a number, got '2_0'",
    ]  # fmt: skip
    assert table.holes() == 7
    assert table.holes([table.column("x")]) == 5
    assert table.lines.tolist() == [2, 4, 6, 7, 8, 9, 10, 11, 12]


def test_only_the_first_twenty_gaps_are_listed_but_all_are_counted(tmp_path):
    table = read(tmp_path, "x,y\n" + "1,\n" * 30 + "1,2\n")
    assert table.holes() == 30
    assert [problem.line for problem in table.hole_places()] == list(range(2, 22))


def test_points_in_numbers_with_a_decimal_comma_are_told_rather_than_guessed(tmp_path):
    table = read(tmp_path, "x;y\n1,5;2\n1.234;3\n2,5;4\n")
    assert str(table.hole_places()[0]) == "line 3, column 'x': expected a number, got '1.234'"


def test_the_preview_is_the_beginning_as_text(tmp_path):
    table = read(tmp_path, "x,y\n1.50,\n2,a,b\n" + "3,4\n" * 60)
    assert len(table.preview) == 50
    assert table.preview[:3] == (("1.50", ""), ("2", "a"), ("3", "4"))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", r"table\.csv: is empty"),
        (b"\n\n  \n", r"table\.csv: has no rows"),
        (b"x,y\n", r"table\.csv: has nothing below its first row"),
        (b"x,y\n1,\0\n", r"table\.csv: is no text, it has NUL bytes"),
        (b"x,y\n" + b"1,2\n" * 50_000 + b"\0\n", r"table\.csv: line 50002: is no text here"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", r"table\.csv: is no text"),
        (b"PK\x03\x04" + b"\1" * 50, r"table\.csv: is a spreadsheet or an archive"),
        (b"x,y\n\x81,2\n", r"table\.csv: expected text in UTF-8"),
        (codecs.BOM_UTF16_LE + b"x\0,\0y", r"table\.csv: expected text in UTF-8"),
        (b'x,y\n1,2\n"3,4\n5,6\n', r"line 3: a quotation mark opens a cell here and is not closed"),
        (b'x,y\n1,2\n"3"4,4\n', r"table\.csv: line 3: text goes on after a quotation mark"),
        (b"x,y\n" + b"1," * 600_000 + b"\n", r"table\.csv: line 2: expected at most 1,000,000 characters"),
        (b",".join([b"x"] * 10_001) + b"\n1\n", r"table\.csv: line 1: expected at most 10,000 columns"),
    ],
)
def test_what_is_no_table_is_one_sentence(tmp_path, content, text):
    with pytest.raises(DocumentError, match=text):
        read(tmp_path, content)


def test_a_quotation_mark_that_is_never_closed_takes_no_memory(tmp_path):
    with pytest.raises(DocumentError, match="line 2: a quotation mark opens a cell here"):
        read(tmp_path, 'x,y\n"' + "1,2\n" * 200_000)


def test_what_is_no_file_is_one_sentence(tmp_path):
    with pytest.raises(DocumentError, match=r"none\.csv: cannot be read: No such file"):
        inspect(tmp_path / "none.csv")
    with pytest.raises(DocumentError, match="expected a file, got a folder"):
        inspect(tmp_path)
    with pytest.raises(DocumentError, match="cannot be read"):
        inspect(tmp_path / "a\0b")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DocumentError, match="expected a file, got a device or pipe"):
        inspect(tmp_path / "pipe")


def test_a_missing_permission_is_one_sentence(tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    path.write_text("x,y\n1,2\n")

    def refused(*_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(DocumentError, match=r"table\.csv: cannot be read: Permission denied"):
        inspect(path)


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(b"x,y\n" + b"1,2\n" * 100_000)

    def grow(_share: float) -> None:
        with path.open("ab") as file:
            file.write(b"3,4\n")

    with pytest.raises(DocumentError, match=r"table\.csv: has changed while it was read"):
        list(blocks(path, grow))


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(blocks_module, "LARGEST_TABLE", 1_000_000)
    with pytest.raises(DocumentError, match="expected at most 1 MB"):
        read(tmp_path, b"1,2\n" * 300_000)


def test_a_table_of_too_many_cells_is_refused_at_the_line(tmp_path, monkeypatch):
    monkeypatch.setattr("bpviz.document.csv_table.MOST_CELLS", 100)
    with pytest.raises(DocumentError, match="line 52: expected at most 100 cells"):
        read(tmp_path, b"x,y\n" + b"1,2\n" * 60)


def test_progress_goes_from_little_to_all_and_can_be_stopped(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(b"x,y\n" + b"1.25,2.5\n" * 100_000)
    shares: list[float] = []
    assert inspect(path, shares.append).count == 100_000
    assert shares == sorted(shares)
    assert (len(shares) > 10, shares[-1]) == (True, 1.0)
    stopped: list[float] = []
    with pytest.raises(Cancelled):
        inspect(path, stopped.append, lambda: len(stopped) == 3)
    assert len(stopped) == 3


def test_the_checksum_is_of_the_whole_file(tmp_path):
    table = read(tmp_path, "x,y\n1,2\n\n\n")
    assert table.sha256 == fingerprint(table.path)
    (tmp_path / "other.csv").write_text("x,y\n1,2\n\n")
    assert table.sha256 != fingerprint(tmp_path / "other.csv")


TEXTS = st.sampled_from(["a b", 'say "x"', "two\nlines", "c;d,e|f\tg"])
CELL = st.one_of(st.floats(-1e6, 1e6), st.integers(-1000, 1000).map(float))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    rows=st.lists(st.tuples(CELL, CELL, TEXTS), min_size=3),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    decimal=st.sampled_from([".", ","]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "windows-1252"]),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_is_written_is_read(tmp_path, rows, delimiter, decimal, encoding, newline):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=csv.QUOTE_ALL)
    writer.writerow(["größe", "y", "c"])
    writer.writerows([[repr(x).replace(".", decimal) for x in row[:2]] + [row[2]] for row in rows])
    encoded = "utf-8" if encoding == "utf-8-sig" else encoding
    told = Reading(encoded, delimiter, decimal)
    table = read(tmp_path, out.getvalue().encode(encoding), told)
    assert table.names == ("größe", "y", "c")
    assert table.column("größe").numbers.tolist() == [row[0] for row in rows]
    assert table.column("y").numbers.tolist() == [row[1] for row in rows]
    text = table.column("c")
    assert [text.values[k] for k in text.classes()] == [row[2] for row in rows]
    assert read(tmp_path, out.getvalue().encode(encoding)).reading.delimiter == delimiter
