"""Edits keep what was learned, can be undone with all that was trained since, and never apply half."""

import numpy as np
import pytest

from bpviz.document import editing
from bpviz.document.errors import DocumentError
from bpviz.document.generators import Generated
from bpviz.document.preset import load_preset
from bpviz.document.source import Source
from bpviz.engine.freezing import FrozenParameter
from bpviz.engine.network import LayerParameters
from bpviz.engine.optimizer import Learning
from bpviz.explain.address import INPUT, Edge, Node
from bpviz.qt.session import Session


@pytest.fixture
def session(qapp):  # noqa: ARG001 - Qt must be there
    made = Session(load_preset("circle"))
    made.advance(30)
    return made


def weights(session):
    return [p.w.copy() for p in session.trainer.parameters]


def same(a, b):
    return all(np.array_equal(x, y) for x, y in zip(a, b, strict=True))


def moved(session, by):
    return tuple(LayerParameters(p.w + by, p.b) for p in session.trainer.parameters)


def test_a_layer_more_leaves_the_others_as_they_were(session):
    before = weights(session)
    session.apply(editing.add_layer(session.experiment, session.network.depth - 1))
    after = weights(session)
    assert len(after) == len(before) + 1 and session.trainer.step == 0
    assert same(before[:-1], after[: len(before) - 1])


def test_undo_gives_back_the_run_and_redo_what_came_of_the_edit(session):
    costs = session.trainer.costs.steps().values.copy()
    before = weights(session)
    session.apply(editing.add_unit(session.experiment, 0))
    session.advance(12)
    trained = weights(session)
    assert session.undo_name == "add unit"
    session.undo()
    assert session.trainer.step == 30 and same(weights(session), before)
    assert np.array_equal(session.trainer.costs.steps().values, costs)
    assert (session.undo_name, session.redo_name) == ("", "add unit")
    session.redo()
    assert session.trainer.step == 12 and same(weights(session), trained)


def test_opening_another_experiment_is_undone_too(session):
    before = weights(session)
    session.open_preset(load_preset("toy"))
    assert session.undo_name == "open " + load_preset("toy").title
    session.undo()
    assert session.preset.name == "circle" and same(weights(session), before)


def test_one_gesture_is_undone_at_once(session):
    before, gesture = weights(session), object()
    for by in (0.1, 0.2, 0.3):
        session.set_parameters("change weight", moved(session, by), gesture)
    session.undo()
    assert same(weights(session), before) and session.undo_name == ""


def test_two_gestures_are_undone_one_after_the_other(session):
    session.set_parameters("change weight", moved(session, 0.1), object())
    between = weights(session)
    session.set_parameters("change weight", moved(session, 0.1), object())
    session.undo()
    assert same(weights(session), between)


def test_settings_are_undone(session):
    before = session.learning
    session.set_learning(Learning(0.5, 3), "change rate")
    session.advance(5)
    session.undo()
    assert session.learning == before and session.experiment.learning == before and session.trainer.step == 30


def test_undoing_what_leaves_the_network_keeps_the_eye_where_it_is(session, qtbot):
    session.set_parameters("change weight", moved(session, 0.1))
    with qtbot.assertNotEmitted(session.experiment_changed), qtbot.waitSignal(session.step_changed):
        session.undo()


@pytest.mark.parametrize("act", [
    lambda e: editing.set_activation(e, 0, "softmax"),
    lambda e: editing.set_data(e, "no such set"),
    lambda e: editing.set_units(e, 0, 0),
])  # fmt: skip
def test_what_is_refused_changes_nothing(session, act):
    before, experiment = weights(session), session.experiment
    with pytest.raises((DocumentError, ValueError)):
        session.apply(act(experiment))
    assert session.experiment is experiment and same(weights(session), before) and session.undo_name == ""


def test_other_data_are_trained_on_at_once(session):
    session.apply(editing.set_data(session.experiment, Source(Generated("moons", 40))))
    assert session.dataset.count == 40
    session.advance(3)
    session.undo()
    assert session.dataset.name == "circle"


def frozen_at(session):
    return session.learning.frozen, session.experiment.learning.frozen, session.trainer.learning.frozen


def test_what_is_frozen_can_be_undone_and_goes_along_with_its_unit(session):
    session.toggle_frozen(Edge(1, 2, 0))
    session.toggle_frozen(Node(0, 3))
    assert session.undo_name == "freeze bias"
    session.apply(editing.remove_unit(session.experiment, 0, unit=1))
    both = (FrozenParameter(0, 2), FrozenParameter(1, 0, 1))
    assert set(frozen_at(session)) == {both}
    session.undo()
    session.undo()
    assert set(frozen_at(session)) == {(FrozenParameter(1, 0, 2),)}
    session.toggle_frozen(Edge(1, 2, 0))
    assert session.undo_name == "thaw weight" and set(frozen_at(session)) == {()}


def test_an_edit_at_an_earlier_step_takes_along_what_was_frozen_then(session):
    session.toggle_frozen(Edge(1, 2, 0))
    session.advance(5)
    session.toggle_frozen(Node(0, 3))
    session.advance(5)
    session.go_to(32)
    session.apply(editing.add_unit(session.experiment, 0))
    assert set(frozen_at(session)) == {(FrozenParameter(1, 0, 2),)}


def test_inputs_and_units_without_a_bias_cannot_be_frozen(session):
    session.apply(editing.set_bias(session.experiment, 0, False))
    for node in (None, Node(INPUT, 0), Node(0, 1)):
        assert not session.toggle_frozen(node)
    assert session.undo_name == "remove bias" and set(frozen_at(session)) == {()}


def test_starting_over_keeps_what_is_frozen_now(session):
    session.toggle_frozen(Edge(0, 0, 0))
    session.advance(3)
    session.reset()
    assert set(frozen_at(session)) == {(FrozenParameter(0, 0, 0),)}


def test_starting_over_after_settings_changed_keeps_the_first_weights(session):
    first = [p.w for p in session.trainer.first]
    session.set_learning(Learning(0.5, 3))
    session.advance(2)
    session.reset()
    assert session.trainer.step == 0 and same(weights(session), first) and session.learning.rate == 0.5
    session.undo()
    assert session.trainer.step == 32
