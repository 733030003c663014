"""Whatever a file holds, it opens as a document that works or is refused, soon and with little memory."""

import json
import os
from dataclasses import replace

import numpy as np
import pytest

from bpviz.document.earlier import EarlierRun
from bpviz.document.errors import DocumentError
from bpviz.document.json_text import MOST_ARRAYS, MOST_OBJECTS, MOST_STRINGS, MOST_VALUES, decoded
from bpviz.document.preset import load_preset
from bpviz.document.snapshot import snapshot_of
from bpviz.document.storage import LARGEST, document_in, document_text, read_document
from bpviz.engine.freezing import FrozenParameter
from bpviz.engine.optimizer import Learning, OptimizerSettings
from tests.document.drawn_documents import trained
from tests.document.memory import at_most

VALUES = (
    None, True, False, 0, 1, -1, 2, 1.5, -0.0, 1e308, 1e-320, 10**30, 2**53, 2**63, "", "adam", "AAAA", "\0",
    [], {}, [[]], [0], [[1.0]], [None], {"shape": [1], "float64": "AAAAAAAAAAA="}, {"w": [1]},
)  # fmt: skip


FROZEN = (FrozenParameter(0, 0), FrozenParameter(1, 1, 0))


def turned():
    """A document with something everywhere: turns, edits, a memory of the optimizer, earlier runs."""
    preset = load_preset("mazur")
    trainer = preset.experiment.start()
    trainer.run(3, float("inf"))
    trainer.edit(trainer.parameters)
    trainer.change(Learning(0.1, 1, OptimizerSettings("adam"), l2=0.01, frozen=FROZEN))
    trainer.run(3, float("inf"))
    trainer.go_to(4)
    trainer.costs.put_time(0, 6, 0.5)
    runs = (
        EarlierRun("mine", trainer.costs.copy(), "rate 0.5 → 0.1", True, 7, trainer.course.marks),
        EarlierRun("rate 0.3", trained("mazur", 2).run.costs),
    )
    return document_text(replace(snapshot_of(preset, trained("mazur", 0).dataset, trainer), runs=runs))


TURNED = turned()


def opens_or_is_refused(content):
    """1 if it opened, and then the document works: it can be told, trained, saved and opened again."""
    try:
        snapshot = document_in(content, "mine.bpviz")
    except DocumentError as error:
        assert str(error).startswith("mine.bpviz: ")
        return 0
    trainer = snapshot.trainer()
    trainer.record()
    trainer.run(2, float("inf"))
    assert document_text(document_in(document_text(snapshot).encode(), "")) == document_text(snapshot)
    return 1


def places(value, path=()):
    """Every place in a document."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in inner:
        yield from places(item, (*path, name))


def mutated(random):
    """The document with up to three values taken away, doubled or replaced."""
    content = json.loads(TURNED)
    for _ in range(random.integers(1, 4)):
        all_places = list(places(content))
        *path, last = all_places[random.integers(len(all_places))]
        inner = content
        for step in path:
            inner = inner[step]
        what = random.integers(6)
        if what == 0:
            del inner[last]
        elif what == 1 and isinstance(inner, list):
            inner.insert(last, inner[last])
        else:
            inner[last] = VALUES[random.integers(len(VALUES))]
    return json.dumps(content).encode()


def damaged(random):
    """The bytes of the document with some of them gone, doubled, flipped or cut off."""
    content = bytearray(TURNED.encode())
    start = int(random.integers(len(content)))
    end = min(len(content), start + int(random.integers(1, 40)))
    what = random.integers(5)
    if what == 0:
        del content[start:]
    elif what == 1:
        del content[start:end]
    elif what == 2:
        content[start:start] = content[start:end]
    elif what == 3:
        content[start:end] = random.bytes(int(random.integers(12)))
    else:
        content[start] ^= 1 << int(random.integers(8))
    return bytes(content)


@pytest.mark.parametrize(("change", "times"), [(mutated, 1000), (damaged, 2000)])
def test_thousands_of_damaged_documents_open_or_are_refused(change, times):
    random = np.random.default_rng(0)
    opened = sum(opens_or_is_refused(change(random)) for _ in range(times))
    assert 10 < opened < times / 2  # else nothing was tried


def test_every_part_of_a_document_is_refused_but_the_whole():
    content = TURNED.encode()
    assert opens_or_is_refused(content) == 1
    assert not any(opens_or_is_refused(content[:end]) for end in range(0, len(content.rstrip()), 7))


BOMBS = {
    "deep": b"[" * 3_000_000,
    "deep objects": b'{"a":' * 500_000,
    "deep within a string's escapes": b'["' + b'\\"' * 500_000 + b'", ' + b"[" * 50,
    "an endless string of escapes": b'"' + b'\\"' * 500_000,
    "arrays": b"[" + b"[]," * MOST_ARRAYS + b"[]]",
    "objects": b"[" + b"{}," * MOST_OBJECTS + b"{}]",
    "strings": b"[" + b'"",' * MOST_STRINGS + b'""]',
    "numbers": b"[" + b"1," * MOST_VALUES + b"1]",
    "closed before it opens": b"]" * 1_000_000 + b"[" * 1_000_000,
    "quotes": b'"' * 1_500_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_would_fill_the_memory_is_refused_before_it_is_built(name):
    refused = pytest.raises(DocumentError, match=r"expected (JSON|at most)")
    with at_most(60 * len(BOMBS[name])), refused:
        decoded(BOMBS[name])


def test_a_shape_takes_no_memory():
    hostile = TURNED.replace('"w": [[', '"w": {"shape": [1000000000, 1000000000], "float64": ""}, "b": [[', 1)
    with at_most(5_000_000):
        assert opens_or_is_refused(hostile.encode()) == 0


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "mine.bpviz"
    path.touch()
    os.truncate(path, LARGEST + 1)  # takes no room on the disk
    with at_most(1_000_000), pytest.raises(DocumentError, match="expected at most 256 MB"):
        read_document(path)


def test_what_could_not_be_read_again_is_not_written(monkeypatch):
    monkeypatch.setattr("bpviz.document.json_text.MOST_VALUES", 100)
    with pytest.raises(DocumentError, match="expected at most 100 values"):
        document_text(trained("mazur", 1))
