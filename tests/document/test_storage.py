"""A document goes on as what was saved, in every bit, and people can read it."""

import json
from dataclasses import replace

import msgspec
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bpviz.document.earlier import MOST_RUNS, MOST_STRETCHES, EarlierRun
from bpviz.document.errors import DocumentError
from bpviz.document.preset import Preset, load_preset
from bpviz.document.resource import resource
from bpviz.document.run_form import MOST_ON_THE_WAY
from bpviz.document.snapshot import Snapshot, snapshot_of
from bpviz.document.storage import document_text, open_file, read_document, read_text, write_document
from bpviz.engine.costs import CostHistory
from bpviz.engine.optimizer import Learning
from tests.document.drawn_documents import (
    begun,
    cost_histories,
    earlier_runs,
    experiments,
    same_costs,
    trained,
)
from tests.document.make_schema import NAME, text
from tests.engine.kernel_steps import compiled, needs_numba
from tests.engine.test_edits import act, acts, driven
from tests.engine.test_replay import bits

SCHEMA = Draft202012Validator(json.loads(resource("schema", NAME).read_text("utf-8")))


def checked(snapshot):
    """The text of a document, once the schema has nothing against it."""
    written = document_text(snapshot)
    assert next(SCHEMA.iter_errors(json.loads(written)), None) is None
    return written


@settings(deadline=None, max_examples=120)
@given(experiments())
def test_every_valid_experiment_comes_back_as_it_was(experiment):
    snapshot, trainer = begun(experiment)
    written = checked(snapshot)
    read = read_text(written)
    assert repr(read.preset) == repr(snapshot.preset)  # which tells -0 from 0
    assert bits(read.trainer().record()) == bits(trainer.record())
    assert document_text(read) == written


def goes_on_alike(one, other, later):
    assert (one.step, one.reached, one.turns) == (other.step, other.reached, other.turns)
    for what, how in later:
        for subject in (one, other):
            act(subject, what, how)
    assert (one.step, one.reached) == (other.step, other.reached)
    assert (one.divergence is None) == (other.divergence is None)
    if one.divergence is None:
        assert bits(one.record()) == bits(other.record())
    assert same_costs(one.costs, other.costs)


LATER = st.lists(acts, max_size=3)


@settings(deadline=None, max_examples=60)
@given(experiments(), st.lists(acts, max_size=6), LATER)
def test_a_run_goes_on_from_its_document_in_every_bit(experiment, chain, later):
    start, trainer = begun(experiment)
    told = driven(trainer, chain)
    assume(trainer.divergence is None)
    read = read_text(checked(snapshot_of(start.preset, start.dataset, trainer))).trainer()
    for step, record in told.seen.items():
        assert bits(read.record_at(step)) == record
    goes_on_alike(trainer, read, [*later, ("run", 20)])


@needs_numba
@settings(deadline=None, max_examples=25)
@given(st.sampled_from(["xor", "sine", "iris"]), st.lists(acts, min_size=1, max_size=6), LATER)
def test_a_run_of_the_kernel_goes_on_from_its_document_in_every_bit(name, chain, later):
    compiled()
    preset = load_preset(name)
    trainer = preset.experiment.start()
    trainer.use(lambda: True)
    told = driven(trainer, chain)
    assume(trainer.divergence is None)
    read = read_text(document_text(snapshot_of(preset, trained(name, 0).dataset, trainer))).trainer()
    read.use(lambda: True)
    for step, record in told.seen.items():
        assert bits(read.record_at(step)) == record
    goes_on_alike(trainer, read, [*later, ("run", 20)])


def test_the_costs_of_a_long_run_come_back_and_are_cut_alike():
    start, trainer = begun(load_preset("toy").experiment)
    trainer.run(7000, float("inf"))
    read = read_text(checked(snapshot_of(start.preset, start.dataset, trainer))).trainer()
    goes_on_alike(trainer, read, [("go", 0.7123), ("change", Learning(0.01, 1)), ("run", 300)])


@pytest.mark.parametrize("name", ["toy", "mazur", "ten-hidden", "digits"])
def test_documents_of_presets_fit_the_schema_and_come_back(name, tmp_path):
    snapshot = trained(name, 12)
    checked(snapshot)
    path = tmp_path / "mine.bpviz"
    write_document(path, snapshot)
    read = read_document(path)
    assert read.preset == snapshot.preset
    assert document_text(read) == path.read_text("utf-8")
    assert bits(read.trainer().record()) == bits(snapshot.trainer().record())


def test_the_published_schema_is_that_of_the_types_and_is_sound():
    assert resource("schema", NAME).read_text("utf-8") == text()
    Draft202012Validator.check_schema(SCHEMA.schema)


def test_a_document_is_read_by_people_line_by_line():
    lines = document_text(trained("toy", 2)).splitlines()
    assert lines[:4] == ["{", '  "format": "bpviz",', '  "version": 1,', '  "title": "Toy network",']
    assert '        {"units": 1, "activation": "relu", "bias": false},' in lines
    assert '        "parameters": [{"w": [[0.6]]}, {"w": [[0.9]]}],' in lines


def test_earlier_runs_that_are_shown_are_kept():
    snapshot = trained("iris", 30)
    costs = CostHistory()
    costs.put_epoch(0, 2.0, np.nan, np.inf, 0.5)
    costs.put_steps(np.array([1.0, np.inf, 0.1 + 0.2]))
    earlier = (EarlierRun("rate 0.3", costs), EarlierRun("", snapshot.run.costs))
    shown = Snapshot(snapshot.preset, snapshot.dataset, snapshot.run, earlier)
    read = read_text(checked(shown))
    assert [run.name for run in read.runs] == ["rate 0.3", ""]
    assert all(same_costs(a.costs, b.costs) for a, b in zip(read.runs, earlier, strict=True))
    assert shown.nbytes > snapshot.nbytes


@settings(deadline=None, max_examples=60)
@given(st.lists(earlier_runs(), max_size=3), cost_histories())
def test_any_earlier_run_comes_back_with_all_that_is_told_of_it(drawn, costs):
    snapshot = trained("toy", 0)
    whole = replace(snapshot, runs=tuple(drawn))
    written = checked(whole)
    read = read_text(written)
    for one, other in zip(read.runs, drawn, strict=True):
        assert (one.name, one.difference, one.hidden, one.diverged, one.epochs) == (
            other.name, other.difference, other.hidden, other.diverged, other.epochs
        )
        assert same_costs(one.costs, other.costs)
    assert document_text(read) == written
    thin = costs.thinned(100)
    read = read_text(checked(replace(snapshot, runs=(EarlierRun("", thin),))))
    assert same_costs(read.runs[0].costs, thin)


def test_a_document_from_before_runs_were_timed_and_named_opens():
    content = json.loads(document_text(replace(trained("iris", 30), runs=(EarlierRun("a", costs_of(30)),))))
    assert "times" not in content["run"]["costs"]
    content["runs"] = [{name: content["runs"][0][name] for name in ("name", "costs")}]
    read = read_text(json.dumps(content))
    assert not read.run.costs.timed and not read.runs[0].hidden
    assert read.runs[0].epochs_at(np.array([0, 30])).tolist() == [0.0, 30.0]


def costs_of(count):
    costs, ends = CostHistory(), np.arange(1, count + 1)
    costs.put_epoch(0, 2.0, 2.0, 0.5, 0.5)
    random = np.random.default_rng(1)
    costs.put_steps(random.lognormal(0.0, 1.0, count))
    costs.put_epochs(ends, random.lognormal(0.0, 1.0, (count, 4)))
    return costs


def test_eight_runs_of_a_million_steps_weigh_less_than_a_megabyte():
    costs = costs_of(1_000_000)
    for step in range(0, 1_000_000, 500):
        costs.put_time(step, step + 500, 0.008 + step * 1e-9)
    kept, snapshot = costs.thinned(MOST_STRETCHES), trained("toy", 1)
    run = EarlierRun("rate 0.3", kept, "rate 0.3 → 0.03")
    alone, with_all = (len(checked(replace(snapshot, runs=(run,) * n))) for n in (0, MOST_RUNS))
    assert 100_000 < with_all - alone < 1_000_000


def test_a_large_network_keeps_few_checkpoints_but_the_first_the_present_and_every_edit():
    preset = load_preset("digits")
    trainer = preset.experiment.start()
    for _ in range(3):
        trainer.run(60, float("inf"))
        trainer.edit(trainer.parameters)
    trainer.run(60, float("inf"))
    trainer.go_to(101)
    written = document_text(snapshot_of(preset, trained("digits", 0).dataset, trainer, checkpoints=240))
    run = json.loads(written)["run"]
    steps = [here["step"] for here in run["checkpoints"]]
    assert steps[0] == 0 and 101 in steps and 10 < len(steps) < 60
    assert [here["step"] for here in run["edits"]] == [60, 120, 180]
    assert len(written) < 2 * MOST_ON_THE_WAY
    read = read_text(written).trainer()
    for step in (0, 77, 179, 240):
        assert bits(read.record_at(step)) == bits(trainer.record_at(step))


def quoted(shared, mark="> "):
    return "\n".join(mark + line for line in shared.splitlines())


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda shared: f"\n\t  {shared}\r\n ",
        lambda shared: f"```json\n{shared}\n```",
        quoted,
        lambda shared: quoted(quoted(shared), ">"),
        lambda shared: quoted(f"Look at this:\n\n```\n{shared}```\n"),
        lambda shared: "\ufeff" + shared.replace("\n", "\r\n"),
    ],
)
def test_a_shared_text_is_read_however_it_came(wrapped):
    written = document_text(trained("mazur", 3))
    assert document_text(read_text(wrapped(written))) == written


@pytest.mark.parametrize("shared", ["", "hello", "{", "}{", "> {", "{}", "\ud800", '{"format": "\ud800"}'])
def test_a_text_that_is_no_document_is_said_to_be_none(shared):
    with pytest.raises(DocumentError, match=r"^the text: "):
        read_text(shared)


def test_numbers_that_no_float64_is_are_refused():
    written = document_text(trained("toy", 1))
    for number in ("NaN", "Infinity", "1e999", "0x1", "1_0"):
        with pytest.raises(DocumentError, match="expected JSON in UTF-8; "):
            read_text(written.replace("[[0.6]]", f"[[{number}]]"))


def test_whole_numbers_may_stand_for_floats_and_the_last_of_two_fields_counts():
    written = document_text(trained("toy", 0)).replace("[[0.9]]", "[[2]]").replace(
        '"seed": 1', '"seed": 5, "seed": 1'
    )
    read = read_text(written)
    assert read.run.checkpoints[0].parameters[1].w.item() == 2.0
    assert read.preset.experiment.seed == 1


def test_what_is_in_a_file_says_whether_it_is_a_document_or_a_preset(tmp_path):
    document, preset = tmp_path / "a.json", tmp_path / "b.bpviz"
    write_document(document, trained("iris", 5))
    preset.write_bytes(resource("presets", "iris.json").read_bytes())
    assert isinstance(open_file(document), Snapshot)
    assert open_file(preset) == load_preset("iris")
    preset.write_bytes(msgspec.json.encode(load_preset("iris")).replace(b'"name"', b'"nam"', 1))
    with pytest.raises(DocumentError, match=r"b\.bpviz: nam: unknown field 'nam'; did you mean 'name'"):
        open_file(preset)
    assert isinstance(load_preset("iris"), Preset)
