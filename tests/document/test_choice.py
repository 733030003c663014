"""From a table to examples: what is suggested, what prevents a choice, and what a choice gives."""

from dataclasses import replace
from pathlib import Path

import pytest

from bpviz.document import choice_check
from bpviz.document.blocks import Cancelled
from bpviz.document.choice import Choice, suggested, task_found
from bpviz.document.choice_check import problems, source_of
from bpviz.document.csv_file import found, inspect, read_cells
from bpviz.document.errors import DocumentError
from bpviz.document.inspected import Inspected
from bpviz.document.loading import load
from bpviz.document.resource import resource
from bpviz.document.shipped import load_dataset
from bpviz.document.source import File

FLOWERS = "id,length,width,colour,kind\n" + "".join(
    f"{k + 1},{1.5 + k % 7},{200 + 10 * (k % 3)},red,{'ab'[k % 2]}\n" for k in range(20)
)
GAPS = "x,z,y\n1,10,1\n,20,2\n3,abc,3\n4,40,\n5,50,5\n"


def read(tmp_path: Path, content: str) -> Inspected:
    path = tmp_path / "table.csv"
    path.write_text(content, encoding="utf-8")
    return inspect(path)


def texts(table: Inspected, choice: Choice) -> list[str]:
    return [str(problem) for problem in problems(table, choice)]


def as_file(table: Inspected, choice: Choice, monkeypatch: pytest.MonkeyPatch) -> File:
    """The source as it is for a table that is too large to be written out."""
    monkeypatch.setattr(choice_check, "MOST_WRITTEN_OUT", 0)
    file = source_of(table, choice).file
    assert file is not None
    return file


def test_numbers_are_suggested_as_inputs_and_the_last_column_as_target(tmp_path):
    """Without the column that numbers the rows, and standardised when scales differ."""
    table = read(tmp_path, FLOWERS)
    assert suggested(table) == Choice(("length", "width"), ("kind",), standardise=True)
    assert problems(table, suggested(table)) == ()


@pytest.mark.parametrize(
    ("content", "choice"),
    [
        ("x,y\n0.1,1.5\n0.2,2.5\n0.4,1.5\n", Choice(("x",), ("y",))),
        ("class,x\na,0.1\nb,0.2\na,0.4\n", Choice(("x",), ("class",))),
        ("x,c,y\n1,7,2.5\n2,7,1.5\n", Choice(("x",), ("y",))),
        ("id,y\n1,2.5\n2,1.5\n", Choice(("id",), ("y",))),
        ("PatientId,x,y\n7,0.1,2.5\n5,0.2,1.5\n", Choice(("x",), ("y",))),
        ("acid,x,y\n7,0.1,2.5\n5,0.2,1.5\n", Choice(("acid", "x"), ("y",), standardise=True)),
        ("a,b,c\n0.5,100,1\n0.6,-100,2\n0.9,50,3\n", Choice(("a", "b"), ("c",), standardise=True)),
        ("a,c\n1000.5,1\n1000.6,2\n", Choice(("a",), ("c",), standardise=True)),
        ("a,b,c\n0.5,0.7,1\n-0.6,0.9,2\n0.9,-1.5,3\n", Choice(("a", "b"), ("c",))),
    ],
)
def test_what_is_suggested(tmp_path, content, choice):
    assert suggested(read(tmp_path, content)) == choice


@pytest.mark.parametrize(
    ("cells", "task", "why"),
    [
        (["a", "b", "a"], "classification", "2 different texts"),
        (["0", "1", "1", "0"], "classification", "only 2 different whole numbers"),
        (["3", "4", "5"] * 5, "classification", "only 3 different whole numbers"),
        (["3", "4", "5"], "regression", "numbers"),
        (["0.5", "1.5"] * 9, "regression", "numbers"),
        ([str(k) for k in range(21)] * 9, "regression", "numbers"),
        ([f"t{k}" for k in range(101)], "classification", "many different texts"),
    ],
)
def test_the_task_is_found_from_the_target_with_its_reason(tmp_path, cells, task, why):
    table = read(tmp_path, "x,y\n" + "".join(f"{k},{cell}\n" for k, cell in enumerate(cells)))
    assert task_found(table, ("y",))[0] == task
    assert why in task_found(table, ("y",))[1]


def test_several_targets_are_a_regression(tmp_path):
    assert task_found(read(tmp_path, "x,a,b\n1,2,3\n"), ("a", "b")) == ("regression", "2 columns of numbers")


@pytest.mark.parametrize(
    ("choice", "problem", "control"),
    [
        (Choice((), ("kind",)), "choose at least one column for the inputs", "inputs"),
        (Choice(("length",), ()), "choose at least one column for the targets", "targets"),
        (Choice(("lenght",), ("kind",)), "column 'lenght': this table has no such column", "inputs"),
        (Choice(("length", "width"), ("width",)), "column 'width': choose it once", "inputs"),
        (Choice(("length", "length"), ("width",)), "column 'length': choose it once", "inputs"),
        (Choice(("colour",), ("kind",)), "column 'colour': is text; a network needs numbers", "inputs"),
        (Choice(("length",), ("kind",), "regression"), "column 'kind': is text", "targets"),
        (Choice(("length",), ("kind", "width")), "a classification has one target", "targets"),
        (Choice(("length",), ("colour",)), "column 'colour': holds one class only, 'red'", "targets"),
    ],
)
def test_what_goes_together_in_no_way_is_said_at_its_control(tmp_path, choice, problem, control):
    first = problems(read(tmp_path, FLOWERS), choice)[0]
    assert str(first).startswith(problem)
    assert first.control == control
    with pytest.raises(DocumentError, match=problem):
        source_of(read(tmp_path, FLOWERS), choice)


def test_what_cannot_be_learned_from_is_told(tmp_path):
    table = read(tmp_path, "x,e,c,y,n\n" + "".join(f"{k},,5,{k % 2},{k / 7}\n" for k in range(150)))
    assert texts(table, Choice(("e",), ("y",))) == ["column 'e': is empty"]
    assert texts(table, Choice(("x",), ("e",))) == ["column 'e': is empty"]
    assert texts(table, Choice(("x",), ("c",))) == [
        "column 'c': is '5' in every row that is left: there is nothing to learn"
    ]
    assert texts(table, Choice(("x",), ("n",), "classification")) == [
        "column 'n': holds more than 100 values, too many for classes"
    ]
    assert texts(table, Choice(("x",), ("n",))) == []


def test_rows_with_gaps_are_refused_left_out_or_filled(tmp_path):
    """Filled are inputs only: what a row should teach is never made up."""
    table = read(tmp_path, GAPS)
    choice = Choice(("x", "z"), ("y",), "regression")
    assert texts(table, choice) == [
        "3 cells are missing or unreadable: leave their rows out, or mend the file",
        "line 3, column 'x': a missing value", "line 4, column 'z': expected a number, got 'abc'",
        "line 5, column 'y': a missing value",
    ]  # fmt: skip
    assert texts(table, replace(choice, missing="mean"))[1:] == ["line 5, column 'y': a missing value"]
    left = source_of(table, replace(choice, missing="skip")).rows
    assert left is not None
    assert left.cells == ((1, 10, 1), (5, 50, 5))
    filled = source_of(read(tmp_path, GAPS.replace("40,", "40,4")), replace(choice, missing="mean")).rows
    assert filled is not None
    assert filled.cells == ((1, 10, 1), (13 / 4, 20, 2), (3, 30, 3), (4, 40, 4), (5, 50, 5))


def test_gaps_in_columns_that_are_not_chosen_do_not_matter(tmp_path):
    rows = source_of(read(tmp_path, GAPS), Choice(("y",), ("x",), "regression", missing="skip")).rows
    assert rows is not None
    assert rows.cells == ((1, 1), (3, 3), (5, 5))
    assert problems(read(tmp_path, "x,z,y\n1,,1.5\n2,,2\n"), Choice(("x",), ("y",))) == ()


def test_no_row_left_and_one_class_left_are_told(tmp_path):
    table = read(tmp_path, "x,z,y\n1,,a\n,2,b\n3,,a\n4,,a\n")
    assert "no row is left" in texts(table, Choice(("x", "z"), ("y",), missing="skip"))[0]
    assert texts(table, Choice(("x",), ("y",), missing="skip")) == [
        "column 'y': is 'a' in every row that is left: there is nothing to learn"
    ]


def test_more_numbers_than_a_data_set_holds_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(choice_check, "MOST_CELLS", 39)
    assert texts(read(tmp_path, FLOWERS), Choice(("length",), ("kind",))) == [
        "20 rows of 2 numbers are more than 39 in all"
    ]


@pytest.mark.parametrize("name", ["iris", "sine", "spiral"])
def test_a_shipped_table_is_opened_as_it_is_shipped(name):
    table = inspect(resource("datasets", f"{name}.csv"))
    data, shipped = load(source_of(table, suggested(table))), load_dataset(name)
    assert data.inputs.tolist() == shipped.inputs.tolist()
    assert data.targets.tolist() == shipped.targets.tolist()
    assert data.columns == shipped.columns


@pytest.mark.parametrize("missing", ["refuse", "skip", "mean"])
@pytest.mark.parametrize("target", ["y", "c"])
@pytest.mark.parametrize("head", ["x;z;y;c\n", ""])
def test_a_reference_to_a_file_gives_the_very_same_examples(tmp_path, monkeypatch, missing, target, head):
    gap = {"refuse": "0,25", "skip": "", "mean": ""}[missing]
    lines = [f"{gap if k % 5 == 0 else k / 7};{k / 3};{k / 11};{k % 3}" for k in range(20)]
    (tmp_path / "table.csv").write_bytes((head + "\n".join(lines).replace(".", ",")).encode("utf-16"))
    table = inspect(tmp_path / "table.csv")
    names = dict(zip("xzyc", table.names, strict=True))
    choice = Choice((names["z"], names["x"]), (names[target],), None, True, missing)
    written = load(source_of(table, choice))
    file = as_file(table, choice, monkeypatch)
    referred = load(source_of(table, choice))
    assert file.count == (16 if missing == "skip" else 20)
    assert referred.inputs.tolist() == written.inputs.tolist()
    assert referred.targets.tolist() == written.targets.tolist()
    assert referred.columns == written.columns


def test_two_hundred_thousand_cells_are_written_out_and_more_are_referred_to(tmp_path):
    lines = [f"{k},{k * k}\n" for k in range(100_001)]
    assert source_of(read(tmp_path, "x,y\n" + "".join(lines[1:])), Choice(("x",), ("y",))).rows is not None
    larger = source_of(read(tmp_path, "x,y\n" + "".join(lines)), Choice(("x",), ("y",)))
    assert larger.file is not None
    inputs, last = read_cells(larger.file)
    assert (inputs[-1, 0], last[-1, 0]) == (100_000.0, 1e10)


def test_a_file_that_is_no_longer_what_it_was_is_named(tmp_path, monkeypatch):
    table = read(tmp_path, FLOWERS)
    file = as_file(table, suggested(table), monkeypatch)
    for content in (FLOWERS + "21,1.5,200,red,a\n", "now something else", '"never closed'):
        table.path.write_text(content, encoding="utf-8")
        with pytest.raises(DocumentError, match=r"table\.csv: has changed since it was chosen") as caught:
            read_cells(file)
        assert caught.value.file == str(table.path)
    table.path.unlink()
    with pytest.raises(DocumentError, match=r"table\.csv: cannot be read: No such file"):
        read_cells(file)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"count": 19}, r"count: expected 20, the examples in table\.csv; got 19"),
        ({"inputs": ("lenght",)}, "expected a column 'lenght'; there is none"),
        ({"inputs": ("colour",)}, "column 'colour': expected numbers, got text"),
        ({"classes": ("a", "c")}, "column 'kind': expected the classes a, c; got also 'b'"),
    ],
)
def test_a_reference_that_does_not_fit_its_file_is_refused(tmp_path, monkeypatch, change, text):
    table = read(tmp_path, FLOWERS)
    file = as_file(table, suggested(table), monkeypatch)
    if "count" in change:
        wrong = replace(file, **change)
    else:
        wrong = replace(file, columns=replace(file.columns, **change))
    with pytest.raises(DocumentError, match=text):
        read_cells(wrong)


def test_reading_again_can_be_watched_and_stopped(tmp_path, monkeypatch):
    table = read(tmp_path, FLOWERS)
    file = as_file(table, suggested(table), monkeypatch)
    shares: list[float] = []
    read_cells(file, shares.append)
    assert shares[-1] == 1.0
    with pytest.raises(Cancelled):
        read_cells(file, cancelled=lambda: True)


def test_a_table_that_moved_with_its_document_is_found_beside_it(tmp_path, monkeypatch):
    table = read(tmp_path, FLOWERS)
    file = as_file(table, suggested(table), monkeypatch)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    document = elsewhere / "mine.bpviz"
    assert found(file, document) == file
    table.path.rename(elsewhere / "table.csv")
    moved = found(file, document)
    assert moved == replace(file, path=str(elsewhere / "table.csv"))
    assert read_cells(moved)[0][:, 1].tolist() == table.column("width").numbers.tolist()
    assert found(replace(file, path="C:\\data\\table.csv"), document) == moved
    assert found(replace(file, path="elsewhere/table.csv"), tmp_path / "mine.bpviz") == moved
    (elsewhere / "table.csv").write_text("other", encoding="utf-8")
    assert found(file, document) == file
