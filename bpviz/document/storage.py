"""Documents as files and as text: everything that is needed to go on, in every bit.

One JSON file, laid out for people. Whatever is wrong with one is found before anything is returned.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from bpviz.document.blocks import Cancel, Progress, never, untold
from bpviz.document.csv_file import found
from bpviz.document.dataset import Dataset
from bpviz.document.earlier_form import read_runs, written_runs
from bpviz.document.errors import DocumentError, from_engine, placed
from bpviz.document.experiment import Experiment
from bpviz.document.form import FORMAT, VERSION, DocumentForm
from bpviz.document.json_text import check_bounds, decoded, laid_out
from bpviz.document.loading import load
from bpviz.document.preset import Preset
from bpviz.document.reading import converted
from bpviz.document.run_form import read_run, written_run
from bpviz.document.snapshot import Snapshot
from bpviz.document.source import Source
from bpviz.document.whole_file import read_bytes
from bpviz.document.writing import save
from bpviz.engine.errors import EngineError

LARGEST = 256_000_000  # bytes
ENDING = ".bpviz"
TEXT = "the text"     # what an error calls one that is no file
Loader = Callable[[Experiment], tuple[Experiment, Dataset]]


def open_file(path: Path, progress: Progress = untold, cancelled: Cancel = never) -> Preset | Snapshot:
    """A document, or a preset: what such a file holds says which. Raises DocumentError.

    progress(share) and cancelled() are called while a table that a document refers to is read: Cancelled.
    """
    content = decoded(read_bytes(path, LARGEST), str(path))
    if isinstance(content, dict) and ("format" in content or "run" in content):
        return _snapshot(content, str(path), partial(_loaded, path.parent, progress, cancelled))
    return converted(content, Preset, str(path))


def read_document(path: Path, progress: Progress = untold, cancelled: Cancel = never) -> Snapshot:
    """The document in a file. Raises as open_file() does."""
    return document_in(read_bytes(path, LARGEST), str(path), path.parent, progress, cancelled)


def write_document(path: Path, snapshot: Snapshot) -> None:
    """Replace the file by this document, wholly or, with a DocumentError, not at all.

    A snapshot never changes, so that this may be done in a thread of its own.
    """
    save(path, document_text(snapshot).encode())


def document_text(snapshot: Snapshot) -> str:
    """The whole document, to be shared as text. Raises DocumentError for one that could not be read again."""
    written = msgspec.to_builtins(_form(snapshot))
    text = laid_out(_said(written)) + "\n"
    content = text.encode()
    if len(content) > LARGEST:
        raise DocumentError(f"the document is too large: expected at most {LARGEST // 1_000_000} MB")
    check_bounds(content)
    return text


def read_text(text: str) -> Snapshot:
    """The document in a text that was shared, as it came: quoted, fenced, or with words around it."""
    content = _unquoted(text).encode(errors="replace")  # half of a pair of surrogates is no letter
    if len(content) > LARGEST:
        raise DocumentError(f"expected at most {LARGEST // 1_000_000} MB", file=TEXT)
    return document_in(content, TEXT)


def document_in(
    content: bytes, file: str, folder: Path | None = None, progress: Progress = untold,
    cancelled: Cancel = never,
) -> Snapshot:
    """The document that this is. file: what an error calls it. folder: where its data may lie as well."""
    return _snapshot(decoded(content, file), file, partial(_loaded, folder, progress, cancelled))


def _form(snapshot: Snapshot) -> DocumentForm:
    preset = snapshot.preset
    return DocumentForm(
        "bpviz", 1, preset.title, preset.name, preset.description, preset.look_for, preset.experiment,
        written_run(snapshot.run), written_runs(snapshot.runs),
    )  # fmt: skip


def _snapshot(content: Any, file: str, loaded: Loader) -> Snapshot:
    try:
        _check_heading(content)
        return _read(converted(content, DocumentForm), loaded)
    except DocumentError as error:
        raise DocumentError(error.expectation, place=error.place, file=error.file or file) from None
    except EngineError as error:
        wrong = from_engine(error)
        raise DocumentError(wrong.expectation, place=wrong.place, file=file) from None


def _check_heading(content: Any) -> None:
    """What kind of file this is, before any of its fields is found wrong."""
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise DocumentError(f'expected a document of bpviz, with "format": "{FORMAT}"')
    version = content.get("version")
    if type(version) is not int or version < 1:
        raise DocumentError(f"expected a whole number from 1 to {VERSION}, got {version!r}", place="version")
    if version > VERSION:
        raise DocumentError(
            f"was written by a newer bpviz (format version {version}); this one reads up to {VERSION}"
        )


def _read(form: DocumentForm, loaded: Loader) -> Snapshot:
    with placed("run"):
        run = read_run(form.run, form.experiment.network)
    runs = read_runs(form.runs)
    with placed("experiment.dataset"):
        experiment, dataset = loaded(form.experiment)
    preset = Preset(form.name, form.title, form.description, form.look_for, experiment)
    snapshot = Snapshot(preset, dataset, run, runs)
    with placed("experiment"):
        snapshot.trainer()  # what only all of it together can tell is told now
    return snapshot


def _loaded(
    folder: Path | None, progress: Progress, cancelled: Cancel, experiment: Experiment
) -> tuple[Experiment, Dataset]:
    """The data, and the experiment that says where they are now: they may have come along in this folder."""
    source = experiment.dataset
    if folder is not None and not isinstance(source, str) and source.file is not None:
        file = found(source.file, folder, cancelled=cancelled)
        experiment = replace(experiment, dataset=Source(file=file))
    return experiment, load(experiment.dataset, progress, cancelled)


def _said(value: Any) -> Any:
    """Without the fields that say nothing."""
    if isinstance(value, dict):
        return {name: _said(item) for name, item in value.items() if item is not None}
    if isinstance(value, list | tuple) and value and isinstance(value[0], dict | list | tuple):
        return [_said(item) for item in value]
    return value


def _unquoted(text: str) -> str:
    """From the first brace to the last one, without the marks that mails put before each line."""
    lines = text.split("\n")  # other ends of lines may stand in a title
    while any(lines) and all(line.lstrip().startswith(">") or not line.strip() for line in lines):
        lines = [line.lstrip().removeprefix(">") for line in lines]
    whole = "\n".join(lines)
    first, last = whole.find("{"), whole.rfind("}")
    return whole[first : last + 1] if 0 <= first < last else whole
