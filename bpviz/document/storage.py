"""Documents as files and as text: everything that is needed to go on, in every bit.

One JSON file, laid out for people. Whatever is wrong with one is found before anything is returned.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from bpviz.document.beside import found
from bpviz.document.costs_form import read_costs, written_costs
from bpviz.document.errors import DocumentError, from_engine, placed
from bpviz.document.experiment import Experiment
from bpviz.document.form import FORMAT, VERSION, DocumentForm, EarlierForm
from bpviz.document.json_text import check_bounds, decoded, laid_out
from bpviz.document.loading import load
from bpviz.document.preset import Preset
from bpviz.document.reading import converted, read_bytes
from bpviz.document.run_form import read_run, written_run
from bpviz.document.snapshot import EarlierRun, Snapshot
from bpviz.document.source import Source
from bpviz.document.writing import save
from bpviz.engine.errors import EngineError

LARGEST = 256_000_000  # bytes
MOST_RUNS = 100        # that are over and still shown
ENDING = ".bpviz"
TEXT = "the text"     # what an error calls one that is no file


def open_file(path: Path) -> Preset | Snapshot:
    """A document, or a preset: what such a file holds says which. Raises DocumentError."""
    content = decoded(read_bytes(path, LARGEST), str(path))
    if isinstance(content, dict) and ("format" in content or "run" in content):
        return _snapshot(content, str(path), path.parent)
    return converted(content, Preset, str(path))


def read_document(path: Path) -> Snapshot:
    """The document in a file. Raises DocumentError."""
    return document_in(read_bytes(path, LARGEST), str(path), path.parent)


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


def document_in(content: bytes, file: str, folder: Path | None = None) -> Snapshot:
    """The document that this is. file: what an error calls it. folder: where its data may lie as well."""
    return _snapshot(decoded(content, file), file, folder)


def _form(snapshot: Snapshot) -> DocumentForm:
    preset = snapshot.preset
    return DocumentForm(
        "bpviz", 1, preset.title, preset.name, preset.description, preset.look_for, preset.experiment,
        written_run(snapshot.run),
        tuple(EarlierForm(run.name, written_costs(run.costs)) for run in snapshot.runs),
    )  # fmt: skip


def _snapshot(content: Any, file: str, folder: Path | None) -> Snapshot:
    try:
        _check_heading(content)
        return _read(converted(content, DocumentForm), folder)
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


def _read(form: DocumentForm, folder: Path | None) -> Snapshot:
    with placed("run"):
        run = read_run(form.run, form.experiment.network)
    if len(form.runs) > MOST_RUNS:
        raise DocumentError(f"expected at most {MOST_RUNS}, got {len(form.runs)}", place="runs")
    runs = []
    for k, earlier in enumerate(form.runs):
        with placed(f"runs[{k}].costs"):
            runs.append(EarlierRun(earlier.name, read_costs(earlier.costs)))
    experiment = _with_data_found(form.experiment, folder)
    with placed("experiment.dataset"):
        dataset = load(experiment.dataset)
    preset = Preset(form.name, form.title, form.description, form.look_for, experiment)
    snapshot = Snapshot(preset, dataset, run, tuple(runs))
    with placed("experiment"):
        snapshot.trainer()  # what only all of it together can tell is told now
    return snapshot


def _with_data_found(experiment: Experiment, folder: Path | None) -> Experiment:
    """A table that is gone may have come along with the document."""
    source = experiment.dataset
    if folder is None or isinstance(source, str) or source.file is None:
        return experiment
    return replace(experiment, dataset=Source(file=found(source.file, folder)))


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
