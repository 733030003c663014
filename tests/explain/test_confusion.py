"""Which class is taken for which: counted as a slow loop counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.document.loading import load
from bpviz.document.preset import load_preset
from bpviz.explain.confusion import confusion
from bpviz.explain.example_costs import outcomes

Pairs = tuple[int, list[tuple[int, int]]]


@st.composite
def pairs(draw: st.DrawFn) -> Pairs:
    """How many classes, and for each example its class and what it is taken for."""
    classes = draw(st.integers(2, 6))
    one = st.integers(0, classes - 1)
    return classes, draw(st.lists(st.tuples(one, one), min_size=1, max_size=60))


def test_nine_examples_of_three_classes_by_hand() -> None:
    """Nothing is seen as the last class, and of it there are two: its precision is unknown, its recall 0."""
    wanted = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2])
    seen = np.array([0, 0, 0, 1, 1, 1, 0, 0, 1])
    found = confusion(wanted, seen, 3)
    assert found.counts.tolist() == [[3, 1, 0], [1, 2, 0], [1, 1, 0]]
    assert (found.total, found.right, found.accuracy) == (9, 5, 5 / 9)
    assert found.recall.tolist() == [3 / 4, 2 / 3, 0.0]
    assert found.precision[:2].tolist() == [3 / 5, 2 / 4]
    assert np.isnan(found.precision[2])


def test_a_class_without_examples_has_no_recall() -> None:
    found = confusion(np.array([0, 0]), np.array([0, 1]), 2)
    assert found.recall[0] == 0.5
    assert np.isnan(found.recall[1])
    assert found.precision.tolist() == [1.0, 0.0]


@given(pairs())
def test_it_counts_as_a_slow_loop_does_and_sums_to_the_number_of_examples(drawn: Pairs) -> None:
    classes, listed = drawn
    counts = [[0] * classes for _ in range(classes)]
    for of, taken_for in listed:
        counts[of][taken_for] += 1
    wanted, seen = np.array(listed).T
    found = confusion(wanted, seen, classes)
    assert found.counts.tolist() == counts
    assert found.total == len(listed)
    assert found.right == sum(of == taken_for for of, taken_for in listed)


@given(pairs())
def test_recall_and_precision_are_shares_of_rows_and_columns(drawn: Pairs) -> None:
    classes, listed = drawn
    wanted, seen = np.array(listed).T
    found = confusion(wanted, seen, classes)
    for k in range(classes):
        of, as_it = [b for a, b in listed if a == k], [a for a, b in listed if b == k]
        share = of.count(k) / len(of) if of else np.nan
        part = as_it.count(k) / len(as_it) if as_it else np.nan
        assert found.recall[k] == pytest.approx(share, nan_ok=True)
        assert found.precision[k] == pytest.approx(part, nan_ok=True)


@pytest.mark.parametrize("name", ["xor", "circle", "spiral", "iris", "digits"])
def test_of_every_preset_all_examples_are_counted_and_the_accuracy_is_the_trainer_s(name: str) -> None:
    experiment = load_preset(name).experiment
    trainer = experiment.start(load(experiment.dataset))
    classes = max(2, experiment.network.outputs)
    epoch = trainer.last_epoch
    training = (trainer.train, epoch.train_accuracy)
    for examples, share in (training, (trainer.validation, epoch.validation_accuracy)):
        if examples is not None:
            made = outcomes(experiment.network, trainer.parameters, examples)
            found = confusion(made.wanted, made.seen, classes)
            assert found.total == examples.count
            assert found.accuracy == pytest.approx(share, rel=1e-12)
            assert found.counts.sum(axis=1).tolist() == np.bincount(made.wanted, minlength=classes).tolist()


def test_as_a_table_it_has_recall_behind_and_precision_below() -> None:
    found = confusion(np.array([0, 0, 1]), np.array([0, 0, 0]), 2)
    assert found.table(("no", "yes")).csv() == (
        "class,seen as no,seen as yes,recall\n"
        "no,2,0,1.0\n"
        "yes,1,0,0.0\n"
        "precision,0.6666666666666666,,\n"
    )
