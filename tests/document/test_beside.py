"""A table that a document refers to is found where it was, or beside the document if it is the same one."""

from hashlib import sha256

from bpviz.document.beside import found
from bpviz.document.source import Columns, File

CONTENT = b"x,y\n1,2\n"


def file_at(path):
    return File(str(path), sha256(CONTENT).hexdigest(), 1, Columns("regression", ("x",), ("y",)))


def test_a_table_that_is_where_it_was_is_taken_from_there(tmp_path):
    (tmp_path / "data.csv").write_bytes(b"changed since")
    (tmp_path / "moved").mkdir()
    (tmp_path / "moved" / "data.csv").write_bytes(CONTENT)
    file = file_at(tmp_path / "data.csv")
    assert found(file, tmp_path / "moved") == file


def test_a_table_that_came_along_with_the_document_is_found(tmp_path):
    (tmp_path / "data.csv").write_bytes(CONTENT)
    for gone in ("/gone/data.csv", r"C:\gone\data.csv"):
        assert found(file_at(gone), tmp_path).path == str(tmp_path / "data.csv")


def test_another_table_of_that_name_is_not_taken(tmp_path):
    (tmp_path / "data.csv").write_bytes(b"x,y\n1,3\n")
    (tmp_path / "folder.csv").mkdir()
    for name in ("data.csv", "none.csv", "folder.csv"):
        file = file_at(f"/gone/{name}")
        assert found(file, tmp_path) == file
