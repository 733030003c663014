"""The ten presets are what they promise, and a wrong preset file is refused with one sentence."""

import json
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.document.errors import DocumentError
from bpviz.document.preset import load_file, load_preset, preset_names
from bpviz.document.resource import resource
from bpviz.engine.freezing import FrozenParameter

NAMES = ("single-neuron", "toy", "ten-hidden", "mazur", "xor", "sine", "circle", "spiral", "iris", "digits")
TOY = json.loads(resource("presets", "toy.json").read_text(encoding="utf-8"))


OUTPUT = "experiment.network.layers[1]"
LEARNING = "experiment.learning"


def written(folder: Path, content: object) -> Path:
    path = folder / "mine.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def changed(place: str, value: object) -> dict[str, object]:
    """The toy preset with one value changed, as changed("experiment.network.inputs", 2)."""
    content = json.loads(json.dumps(TOY))
    *path, last = (int(p) if p.isdigit() else p for p in re.findall(r"[^.\[\]]+", place))
    inner = content
    for step in path:
        inner = inner[step]
    inner[last] = value
    return content


def frozen(layer: int, unit: int, source: object) -> list[dict[str, object]]:
    return [{"layer": layer, "unit": unit, "source": source}]


def test_presets_come_in_teaching_order_and_none_is_forgotten():
    assert preset_names() == NAMES
    assert {path.stem for path in resource("presets").iterdir()} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_preset_says_what_it_is_and_what_to_look_for(name):
    preset = load_preset(name)
    assert (preset.name, preset.experiment.title) == (name, preset.title)
    assert "\n" not in preset.description and len(preset.description) < 120
    assert 1 <= len(re.findall(r"[.!?](?= |$)", preset.look_for)) <= 3
    assert preset.experiment.learning.l1 == preset.experiment.learning.l2 == 0.0


@pytest.mark.parametrize("name", NAMES)
def test_every_preset_makes_its_first_step(name):
    trainer = load_preset(name).experiment.start()
    record = trainer.record()
    assert trainer.advance() is None
    assert trainer.step == 1
    assert record.cost > 0.0


def test_the_toy_network_has_the_numbers_of_the_picture():
    """Z_h = 2 * 0.6, Z_o = 1.2 * 0.9, E_o = 1.08 - 0.5, C'(W_o) = 0.58 * 1.2, E_h = 0.58 * 0.9."""
    record = load_preset("toy").experiment.start().record()
    hidden, output = record.layers
    told = (hidden.z, output.z, output.delta, output.dw, hidden.delta, hidden.dw)
    assert [x.item() for x in told] == pytest.approx([1.2, 1.08, 0.58, 0.696, 0.522, 1.044])
    assert record.cost == pytest.approx(0.1682)


def test_mazurs_example_has_its_published_numbers():
    trainer = load_preset("mazur").experiment.start()
    assert trainer.record().cost == pytest.approx(0.298371109, abs=5e-10)
    trainer.advance()
    hidden, output = trainer.parameters
    assert output.w[0, 0] == pytest.approx(0.35891648, abs=5e-9)
    assert hidden.w[0, 0] == pytest.approx(0.149780716, abs=5e-10)


def test_ten_hidden_layers_starve_their_first_weight():
    layers = load_preset("ten-hidden").experiment.start().record().layers
    assert len(layers) == 11
    assert 0.0 < abs(layers[0].dw.item()) < 1e-5 * abs(layers[-1].dw.item())


def test_an_unknown_preset_suggests_the_nearest():
    with pytest.raises(DocumentError, match="unknown preset 'spirals'; did you mean 'spiral'"):
        load_preset("spirals")


@pytest.mark.parametrize(
    ("content", "expectation"),
    [
        (b"", "expected JSON"),
        (b'{"name": ', "expected JSON"),
        (b"\xff\xfe", "expected JSON"),
        (b"[" * 100_000, "expected JSON"),
        (b"[]", "expected `object`, got `array`"),
        ({}, "object missing required field `name`"),
        (changed("titel", "x"), "titel: unknown field 'titel'; did you mean 'title'?"),
        (changed(f"{OUTPUT}.unit", 1), f"{OUTPUT}.unit: unknown field 'unit'; did"),
        (changed(f"{OUTPUT}.units", "1"), f"{OUTPUT}.units: expected `int`"),
        (changed(f"{OUTPUT}.units", 1.0), f"{OUTPUT}.units: expected `int`"),
        (changed(f"{OUTPUT}.units", 2), f"{OUTPUT}.units: expected 1"),
        (changed(f"{OUTPUT}.activation", "rellu"), "experiment.network: "),
        (changed("experiment.network.cost", "mean"), "experiment.network: "),
        (changed(f"{LEARNING}.optimizer.name", "adams"), f"{LEARNING}.optimizer.name: unknown"),
        (changed("experiment.first.name", "hee"), "experiment.first: unknown"),
        (changed(f"{LEARNING}.rate", True), f"{LEARNING}.rate: expected `float`, got `bool`"),
        (changed(f"{OUTPUT}.units", 0), f"{OUTPUT}.units: expected at least 1"),
        (changed(f"{LEARNING}.rate", -1.0), f"{LEARNING}.rate: expected"),
        (changed(f"{LEARNING}.batch_size", 0), f"{LEARNING}.batch_size: expected"),
        (changed(f"{LEARNING}.frozen", [{"layer": 0}]), f"{LEARNING}.frozen[0]: object missing"),
        (changed(f"{LEARNING}.frozen", frozen(0, 0, 0.5)), f"{LEARNING}.frozen[0].source: expected `int |"),
        (changed(f"{LEARNING}.frozen", frozen(0, 0, 0) * 2), f"{LEARNING}.frozen[1]: expected each once"),
        (changed(f"{LEARNING}.frozen", frozen(1, 10**30, 0)), f"{LEARNING}.frozen[0].unit: expected below 1"),
        (changed(f"{LEARNING}.frozen", frozen(0, 0, None)), f"{LEARNING}.frozen[0].source: expected a"),
        (changed("experiment.seed", -3), "experiment.seed: expected a whole number"),
        (changed("experiment.epochs", 0), "experiment.epochs: expected a whole number"),
    ],
)
def test_a_wrong_file_is_one_sentence_with_file_place_and_expectation(tmp_path, content, expectation):
    path = written(tmp_path, content)
    with pytest.raises(DocumentError) as caught:
        load_file(path)
    assert str(caught.value).startswith(f"{path}: {expectation}")
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_a_sentence(tmp_path):
    with pytest.raises(DocumentError, match=r"none\.json: cannot be read: No such file"):
        load_file(tmp_path / "none.json")
    with pytest.raises(DocumentError, match="cannot be read: Is a directory"):
        load_file(tmp_path)


def test_a_shipped_preset_opens_as_a_file_too():
    assert load_file(resource("presets", "iris.json")) == load_preset("iris")


def test_what_is_frozen_is_read_back_as_it_was_written(tmp_path):
    preset = load_file(written(tmp_path, changed(f"{LEARNING}.frozen", frozen(0, 0, 0) + frozen(1, 0, 0))))
    assert preset.experiment.learning.frozen == (FrozenParameter(0, 0, 0), FrozenParameter(1, 0, 0))
    assert load_file(written(tmp_path, msgspec.json.encode(preset))) == preset


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.floats(), st.text(max_size=8),
    st.just([]), st.just({}), st.just([[[0.5]]]), st.just(10**400), st.just(1e308), st.just(-0.0),
    st.just(frozen(0, 0, 0)),
)  # fmt: skip
PLACES = (
    "name", "title", "experiment", "experiment.title", "experiment.network", "experiment.network.inputs",
    "experiment.network.layers", "experiment.network.layers[0]", "experiment.network.layers[0].units",
    "experiment.network.layers[1].activation", "experiment.network.layers[0].bias", "experiment.network.cost",
    "experiment.first", "experiment.first.name", "experiment.first.weights", "experiment.first.weights[0]",
    "experiment.first.weights[1][0]", "experiment.first.weights[0][0][0]", "experiment.first.value",
    "experiment.first.biases", "experiment.first.low", "experiment.first.deviation", "experiment.learning",
    "experiment.learning.rate", "experiment.learning.batch_size", "experiment.learning.optimizer",
    "experiment.learning.optimizer.name", "experiment.learning.optimizer.beta1",
    "experiment.learning.schedule", "experiment.learning.l2", "experiment.learning.frozen",
    "experiment.epochs", "experiment.seed", "experiment.dataset", "experiment.validation_share",
)  # fmt: skip


@settings(deadline=None)  # a loaded machine is no failure
@given(place=st.sampled_from(PLACES), value=VALUES)
def test_a_changed_file_opens_or_is_refused_as_a_document(tmp_path_factory, place, value):
    path = written(tmp_path_factory.getbasetemp(), changed(place, value))
    try:
        preset = load_file(path)
    except DocumentError as error:
        assert str(error).startswith(str(path))
    else:
        preset.experiment.start().record()


@settings(deadline=None)  # a loaded machine is no failure
@given(data=st.data())
def test_a_damaged_file_opens_or_is_refused_as_a_document(tmp_path_factory, data):
    content = bytearray(resource("presets", "mazur.json").read_bytes())
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start, min(start + 40, len(content))))
    content[start:end] = data.draw(st.binary(max_size=10))
    path = written(tmp_path_factory.getbasetemp(), bytes(content))
    try:
        preset = load_file(path)
    except DocumentError as error:
        assert str(error).startswith(str(path))
    else:
        assert msgspec.json.encode(preset.experiment)
