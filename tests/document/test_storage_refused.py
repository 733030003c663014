"""A wrong document is refused with one sentence that says in which file, where, and what was expected."""

import base64
import json
import re

import numpy as np
import pytest

from bpviz.document.errors import DocumentError
from bpviz.document.storage import document_text, read_document
from tests.document.drawn_documents import trained

MAZUR = document_text(trained("mazur", 4))
LAYERS, LEARNING = "experiment.network.layers", "run.turns[0].learning"
FROZEN = [{"layer": 1, "unit": 2, "source": None}]
HERE, EPOCHS = "run.checkpoints[2]", "run.costs.epochs"
W, B, ADAM = f"{HERE}.parameters[0].w", f"{HERE}.parameters[0].b", f"{HERE}.optimizer"
NAN = base64.b64encode(np.array([1.0, 2.0, 3.0, np.nan]).tobytes()).decode()
EARLIER = {"name": "rate 0.3", "costs": json.loads(MAZUR)["run"]["costs"]}
TIMES, RISING = "run.costs.times", "expected numbers from 0 on, each once, in their order"
NOT_BACK = "expected numbers of 0 or more in their order"
IN_ORDER = "expected steps from 0 to 4, each once, in their order"


def adam(slots):
    return {"count": 3, "keeps": "mean and mean square", "slots": slots}


def earlier(**fields):
    return EARLIER | fields


def epochs(**fields):
    return earlier(epochs={"steps": [0], "epochs": [0], "each": 1} | fields)


def times(steps, seconds):
    return {"step": steps, "seconds": seconds}


def changed(place, value):
    """Mazur's document with one value changed; None takes it away."""
    content = json.loads(MAZUR)
    *path, last = (int(p) if p.isdigit() else p for p in re.findall(r"[^.\[\]]+", place))
    inner = content
    for step in path:
        inner = inner[step]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return json.dumps(content).encode()


def refusal(path, content):
    """What is said of a file with this content, after its name."""
    path.write_bytes(content)
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    said = str(caught.value)
    assert said.startswith(f"{path}: ") and "\n" not in said
    return said.removeprefix(f"{path}: ")


@pytest.mark.parametrize(
    ("content", "expectation"),
    [
        (b"", "expected JSON, there is nothing"),
        (b" \n", "expected JSON, there is nothing"),
        (b"\xff\xfe{", "expected JSON in UTF-8"),
        (b"{\"format\": \"bpviz", "expected JSON in UTF-8"),
        (MAZUR.encode()[:-3], "expected JSON in UTF-8"),
        (b"[" * 40, "expected JSON at most 32 levels deep"),
        (b"[]", 'expected a document of bpviz, with "format": "bpviz"'),
        (changed("format", "tensorflow"), 'expected a document of bpviz, with "format": "bpviz"'),
        (changed("format", None), 'expected a document of bpviz, with "format": "bpviz"'),
        (
            changed("version", 7),
            "was written by a newer bpviz (format version 7); this one reads up to 1",
        ),
        (changed("run", None), "object missing required field `run`"),
    ],
)
def test_what_is_no_document_is_said_to_be_none(tmp_path, content, expectation):
    assert refusal(tmp_path / "mine.bpviz", content).startswith(expectation)


@pytest.mark.parametrize(
    ("place", "value", "expectation"),
    [
        ("version", 0, "expected a whole number from 1 to 1, got 0"),
        ("version", True, "expected a whole number from 1 to 1, got True"),
        ("titel", "x", "unknown field 'titel'; did you mean 'title'?"),
        (f"{HERE}.stp", 1, "unknown field 'stp'; did you mean 'step'?"),
        (f"{HERE}.parameters[0].W", [], "unknown field 'W'; did you mean 'w'?"),
        (f"{HERE}.parameters[1].x", [], "unknown field 'x'; expected only w, b"),
        (f"{EPOCHS}.stp", [], "unknown field 'stp'; did you mean 'step'?"),
        (f"{LAYERS}[1].units", 3, "expected 2, the outputs of data set 'mazur'; got 3"),
        (f"{LAYERS}[1].units", 2.0, "expected `int`, got `float`"),
        ("experiment.dataset", "mazurr", "unknown data set 'mazurr'; did you mean 'mazur'?"),
        ("experiment.learning.rate", True, "expected `float`, got `bool`"),
        ("run.step", -1, "expected from 0 to 4, got -1"),
        ("run.step", 5, "expected from 0 to 4, got 5"),
        ("run.step", 2.5, "expected `int`, got `float`"),
        ("run.reached", 10**30, "expected from 0 to"),
        ("run.turns", [], "expected the first one at step 0"),
        (f"{LEARNING}.optimizer.name", "adams", "unknown optimizer 'adams'; did you mean 'adam'?"),
        (f"{LEARNING}.rate", -1, "expected a number of 0 or more, got -1"),
        ("run.checkpoints", [], "expected the first one at step 0"),
        ("run.taken", [3, 1], IN_ORDER),
        ("run.taken", [5], IN_ORDER),
        (W, [[1, 2]], "expected 2 x 2 numbers, got 1 x 2 numbers"),
        (W, [1, 2], "expected 2 x 2 numbers, got 2 numbers"),
        (W, [[1], [1, 2]], "expected rows of one length"),
        (W, [1, [1, 2]], "expected rows of one length"),
        (W, {"shape": [2, 2], "float64": NAN}, "expected finite numbers"),
        (W, {"shape": [10**9, 10**9], "float64": ""}, "expected 2 x 2 numbers, got 1,000,000,000 x"),
        (W, {"shape": [-2, -2], "float64": NAN}, "expected 2 x 2 numbers, got -2 x -2"),
        (B, [1], "expected 2 numbers, got 1 numbers"),
        (f"{ADAM}.count", -1, "expected 0 or more, got -1"),
        (f"{ADAM}.keeps", "speed", "expected one of '', 'velocity', 'mean square'"),
        ("run.costs.count", 3, "expected 4, the furthest step; got 3"),
        ("run.costs.steps.cost", {"shape": [-1], "float64": ""}, "expected numbers one after the other"),
        ("run.costs.steps.cost", [1.0], "expected 4 numbers, got 1"),
        ("run.costs.steps.cost", [1.0, None, 1.0, 1.0], "expected finite numbers"),
        ("run.costs.steps.step", [0, 1, 2, 4], "expected steps from 0 to 3 in their order"),
        ("run.costs.training.step", [0, 1, 2, 3, 5], "expected steps from 0 to 4 in their order"),
        (f"{EPOCHS}.step", [1, 1, 2, 3, 4], "expected the first one at step 0"),
        (f"{EPOCHS}.training", [1.0], "expected 5 numbers, got 1"),
        (f"{EPOCHS}.step", [0, 3, 2, 3, 4], "expected steps from 0 to 4 in their order"),
        (f"{EPOCHS}.step", [0, 1.5, 2, 3, 4], "expected whole numbers"),
        (f"{EPOCHS}.step", [0, 1, 2, 3, 9], "expected steps from 0 to 4 in their order"),
        (f"{EPOCHS}.step", [0, None, 2, 3, 4], "expected steps from 0 to 4 in their order"),
    ],
)
def test_a_wrong_value_is_named_by_its_place(tmp_path, place, value, expectation):
    assert refusal(tmp_path / "mine.bpviz", changed(place, value)).startswith(f"{place}: {expectation}")


@pytest.mark.parametrize(
    ("place", "value", "expectation"),
    [
        ("run.reached", 9, "run.costs.count: expected 9, the furthest step; got 4"),
        ("run.turns[0].step", 1, "run.turns: expected the first one at step 0"),
        ("run.checkpoints[0]", None, "run.checkpoints: expected the first one at step 0"),
        ("run.checkpoints[4]", None, "run.checkpoints: expected one at step 4, where the run stands"),
        ("run.checkpoints[3].step", 2, f"run.checkpoints: {IN_ORDER}"),
        ("run.edits", json.loads(MAZUR)["run"]["checkpoints"][4:] * 2, f"run.edits: {IN_ORDER}"),
        (f"{HERE}.parameters[1]", None, f"{HERE}.parameters: expected 2 layers, got 1"),
        (W, {"shape": [2, 2], "float64": "AAAA"}, f"{W}.float64: expected the base64 of 32 bytes"),
        (W, {"shape": [2, 2], "float64": "!" * 44}, f"{W}.float64: expected base64"),
        (W, {"shape": [2, 2], "float64": "A" * 44}, f"{W}.float64: expected 32 bytes, got 33"),
        (B, None, f"{B}: expected 2 numbers"),
        (B, [1, True], f"{B}[1]: expected"),
        (ADAM, adam([]), f"{ADAM}.slots: expected 4, got 0"),
        (ADAM, adam([[]] * 4), f"{ADAM}.slots[0]: expected 2, got 0"),
        (ADAM, adam([[[1], [1]]] * 4), f"{ADAM}.slots[0][0]: expected 2 x 2 numbers, got 1 numbers"),
        (ADAM, adam([[[[1, 1], [1, 1]], [[1, -1], [1, 1]]]] * 4), f"{ADAM}.slots[0][1]: expected squares"),
        (f"{LEARNING}.frozen", FROZEN * 2, f"{LEARNING}.frozen[1]: expected each once"),
        (f"{LEARNING}.frozen", FROZEN, f"{LEARNING}.frozen[0].unit: expected below 2, got 2"),
        ("experiment.learning.frozen", FROZEN, "experiment.learning.frozen[0].unit: expected below 2, got 2"),
        ("runs", [{"name": "x"}], "runs[0]: object missing required field `costs`"),
        ("runs", [EARLIER] * 9, "runs: expected at most 8, got 9"),
        ("runs", [EARLIER, earlier(diverged=6)], "runs[1].diverged: expected from 0 to 5, got 6"),
        ("runs", [earlier(diverged=-1)], "runs[0].diverged: expected from 0 to 5, got -1"),
        ("runs", [earlier(hidden=0)], "runs[0].hidden: expected `bool`, got `int`"),
        ("runs", [earlier(nam="x")], "runs[0].nam: unknown field 'nam'; did you mean 'name'?"),
        ("runs", [epochs(each=0)], "runs[0].epochs.each: expected 1 or more, got 0"),
        ("runs", [epochs(steps=[])], f"runs[0].epochs.steps: {RISING}"),
        ("runs", [epochs(steps=[1])], f"runs[0].epochs.steps: {RISING}"),
        ("runs", [epochs(steps=[0, 2**60])], f"runs[0].epochs.steps: {RISING}"),
        ("runs", [epochs(epochs=[0, 3, 3])], f"runs[0].epochs.epochs: {RISING}"),
        ("runs", [epochs(steps=[0, 3])], "runs[0].epochs.epochs: expected 2 numbers, got 1"),
        (TIMES, {"step": [0, 4]}, f"{TIMES}: object missing required field `seconds`"),
        (TIMES, times([0, 5], [0.0, 1.0]), f"{TIMES}.step: expected steps from 0 to 4 in their order"),
        (TIMES, times([0, 4, 4], [0.0, 1.0, 1.0]), f"{TIMES}.step: expected at most 2,048 steps, each once"),
        (TIMES, times([0, 4], [0.0]), f"{TIMES}.seconds: expected 2 numbers, got 1"),
        (TIMES, times([0, 4], [1.0, 0.5]), f"{TIMES}.seconds: {NOT_BACK}"),
        (TIMES, times([0, 4], [-1.0, 0.5]), f"{TIMES}.seconds: {NOT_BACK}"),
        (TIMES, times([0, 4], [0.0, None]), f"{TIMES}.seconds: {NOT_BACK}"),
    ],
)
def test_what_does_not_fit_together_is_named_where_it_shows(tmp_path, place, value, expectation):
    assert refusal(tmp_path / "mine.bpviz", changed(place, value)).startswith(expectation)
