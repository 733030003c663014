"""Whatever the bytes of a table are, it is read or refused in one sentence, soon and in little memory."""

import codecs
import random
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bpviz.document.choice import Choice, suggested
from bpviz.document.choice_check import problems, source_of
from bpviz.document.csv_file import inspect
from bpviz.document.errors import DocumentError
from bpviz.document.loading import load

TABLES = [
    b'name,x,y\n"a ""b""",1.5,2\n"two\nlines",-3e4,\n,NA,7\n',
    "größe;höhe;art\n1,5;2,25;rot\n3,5;4;blau\n5,0;;rot\n".encode("windows-1252"),
    codecs.BOM_UTF16_LE + "x\ty\tz\r\n1\t2\t3\r\n4\t5\t6\r\n".encode("utf-16-le"),
    b"sep=|\nid|x|c\n1|0.1|a\n2|0.2|b\n3|0.3|a\n",
    b"  x   y\n 1   2.5\n 3   4.5\n 5   6.5\n",
]
PIECES = [
    b'"', b'""', b",", b";", b"\t", b"|", b" ", b"\n", b"\r", b"\r\n", b"\0", b"\xff\xfe", b"\xef\xbb\xbf",
    b"1e999", b"-", b"nan", b"inf", b"1_0", b"9" * 400, b"x" * 300, b",,,,,", b"sep=;\n", b"PK\x03\x04",
    b"\x81", b"\xc3",
]  # fmt: skip


def is_read_or_refused(path: Path, content: bytes) -> None:
    """And what was read is applied as suggested, with gaps left out, or its problems are told."""
    path.write_bytes(content)
    try:
        table = inspect(path)
    except DocumentError as error:
        assert str(error).startswith(str(path))
        assert "\n" not in str(error).replace(str(path), "")
        return
    assert all(len(row) == len(table.columns) for row in table.preview)
    assert len(set(table.names)) == len(table.names)
    assert table.holes() >= len(table.hole_places())
    choice = suggested(table)
    for wanted in (choice, Choice(choice.inputs, choice.targets, None, True, "skip")):
        if not problems(table, wanted):
            assert load(source_of(table, wanted)).count > 0


def mutated(content: bytes, chance: random.Random) -> bytes:
    """With some bytes cut out, doubled, or replaced by what upsets readers of tables."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randint(0, len(content))
        end = min(len(content), start + chance.choice([0, 1, 2, 10]))
        middle = chance.choice([b"", content[start:end] * 2, chance.choice(PIECES), chance.randbytes(2)])
        content = content[:start] + middle + content[end:]
    return content[: chance.randint(0, len(content))] if chance.random() < 0.2 else content


@pytest.mark.parametrize("k", range(len(TABLES)))
def test_hundreds_of_mutated_and_truncated_tables_of_each_kind(tmp_path, k):
    chance = random.Random(k)
    for _ in range(500):
        is_read_or_refused(tmp_path / "table.csv", mutated(TABLES[k], chance))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join)))
def test_any_bytes(tmp_path, content):
    is_read_or_refused(tmp_path / "table.csv", content)


@pytest.mark.parametrize(
    "content",
    [
        b'"' * 2_000_000, b"," * 2_000_000, b"\n" * 100_000, b"1" * 2_000_000, b'"\n' * 100_000,
        b"a,b\n" + b'"' + b"x" * 2_000_000, b"\xff\xfe" + b"\n" * 2_000_000, b" " * 2_000_000,
        b",".join([b"1"] * 9_999) + b"\n1" * 50, b"a,b\n" + b"1\n" * 30_000,
        b"a\n" + b"".join(b"t%d\n" % k for k in range(30_000)),
    ],
    ids=range(11),
)  # fmt: skip
def test_hostile_tables_take_little_memory(tmp_path, content):
    tracemalloc.start()
    try:
        is_read_or_refused(tmp_path / "table.csv", content)
        assert tracemalloc.get_traced_memory()[1] < 150_000_000
    finally:
        tracemalloc.stop()
