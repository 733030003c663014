"""A document that refers to a table finds it again, also when both were moved, and takes no other one."""

from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest

from bpviz.document.blocks import Cancelled
from bpviz.document.editing import set_data
from bpviz.document.errors import DocumentError
from bpviz.document.preset import load_preset
from bpviz.document.source import Columns, File, Source
from bpviz.document.storage import document_text, open_file, read_document, read_text, write_document
from tests.document.drawn_documents import begun
from tests.engine.test_replay import bits


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "data.csv"
    random = np.random.default_rng(0)
    path.write_text("x,y\n" + "\n".join(f"{x},{x * x}" for x in random.uniform(-1.0, 1.0, 40)) + "\n")
    return path


def document(table):
    """A snapshot some steps into learning from the table, and the trainer."""
    columns = Columns("regression", ("x",), ("y",))
    source = Source(file=File(str(table), sha256(table.read_bytes()).hexdigest(), 40, columns))
    snapshot, trainer = begun(set_data(load_preset("sine").experiment, source).experiment)
    trainer.run(9, float("inf"))
    return replace(snapshot, run=trainer.state()), trainer


def test_a_run_on_a_table_goes_on_wherever_both_lie(table, tmp_path):
    snapshot, trainer = document(table)
    path = tmp_path / "mine.bpviz"
    write_document(path, snapshot)
    assert bits(read_document(path).trainer().record()) == bits(trainer.record())
    folder = tmp_path / "moved"
    folder.mkdir()
    for moved in (table, path):
        moved.rename(folder / moved.name)
    read = open_file(folder / "mine.bpviz")
    assert bits(read.trainer().record()) == bits(trainer.record())
    assert read.preset.experiment.dataset.file.path == str(folder / "data.csv")
    assert bits(read_text(document_text(read)).trainer().record()) == bits(trainer.record())


def test_a_table_that_is_gone_or_changed_is_named(table, tmp_path):
    path = tmp_path / "mine.bpviz"
    write_document(path, document(table)[0])
    table.write_text(table.read_text().replace("0.", "1.", 1))
    with pytest.raises(DocumentError, match=r"data\.csv: .*has changed since it was chosen"):
        read_document(path)
    table.unlink()
    with pytest.raises(DocumentError, match=r"data\.csv: .*cannot be read: No such file"):
        read_document(path)


def test_the_reading_of_a_table_can_be_watched_and_stopped(table, tmp_path):
    path, shares = tmp_path / "mine.bpviz", []
    write_document(path, document(table)[0])
    read_document(path, shares.append)
    assert shares[-1] == 1.0
    with pytest.raises(Cancelled):
        read_document(path, cancelled=lambda: True)
