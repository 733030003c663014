"""What acts leave behind stays to be compared with: once, under what differed, and undo knows it."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from bpviz.document import editing
from bpviz.document.earlier import MOST_RUNS
from bpviz.document.example_edit import change_example
from bpviz.document.preset import load_preset
from bpviz.document.storage import document_text, read_text
from bpviz.engine.network import LayerParameters, Parameters
from bpviz.engine.trainer import Trainer
from bpviz.qt.session import Session


@pytest.fixture
def session(qapp: object) -> Session:  # noqa: ARG001 - Qt must be there
    made = Session(load_preset("circle"), clock=Clock())
    made.advance(30)
    return made


class Clock:
    """A millisecond later whenever it is looked at."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


def with_rate(session: Session, rate: float, gesture: object = None) -> None:
    session.set_learning(replace(session.learning, rate=rate), "change learning rate", gesture)


def moved(session: Session, by: float) -> Parameters:
    return tuple(LayerParameters(p.w + by, p.b) for p in session.trainer.parameters)


def told(session: Session) -> list[tuple[str, str]]:
    return [(run.name, run.difference) for run in session.runs]


def lengths(session: Session) -> list[int]:
    return [run.costs.count for run in session.runs]


RATE = load_preset("circle").experiment.learning.rate
SEED = load_preset("circle").experiment.seed

ACTS: dict[str, tuple[Callable[[Session], object], str]] = {
    "an edit": (lambda s: s.apply(editing.add_unit(s.experiment, 0)), "units in layer 1"),
    "a roll": (lambda s: s.roll(), f"seed {SEED} → {SEED + 1}"),
    "a seed": (lambda s: s.set_seed(77), f"seed {SEED} → 77"),
    "other data": (lambda s: s.apply(editing.set_data(s.experiment, "spiral")), "data Inside a circle → "),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_run_that_starts_over_is_kept_with_all_its_costs(session: Session, act: str) -> None:
    steps = session.trainer.costs.steps().values.tolist()
    ACTS[act][0](session)
    assert lengths(session) == [30] and ACTS[act][1] in told(session)[0][1]
    assert session.runs[0].costs.steps().values.tolist() == steps
    session.advance(5)
    assert lengths(session) == [30], "what is trained from now on is not the earlier run's"


def test_other_settings_at_an_earlier_step_keep_what_came_after_it(session: Session) -> None:
    session.go_to(10)
    with_rate(session, 0.05)
    assert told(session) == [(f"rate {RATE:g}", f"rate {RATE:g} → 0.05")] and lengths(session) == [30]


def test_weights_set_by_hand_at_an_earlier_step_are_told_with_it(session: Session) -> None:
    session.go_to(10)
    session.set_parameters("change weight", moved(session, 0.1))
    assert told(session) == [("weights as trained", "weights set by hand at step 10")]


def test_what_is_frozen_at_an_earlier_step_leaves_a_run(session: Session) -> None:
    from bpviz.explain.address import Edge

    session.go_to(10)
    session.toggle_frozen(Edge(0, 0, 0))
    assert told(session) == [("nothing frozen", "weight frozen")]


def test_starting_over_after_settings_changed_on_the_way_compares_what_both_began_with(
    session: Session
) -> None:
    with_rate(session, 0.05)
    session.advance(10)
    assert session.runs == (), "nothing was dropped"
    session.reset()
    assert told(session) == [(f"rate {RATE:g}", f"rate {RATE:g} → 0.05")] and lengths(session) == [40]


def test_what_drops_nothing_leaves_nothing(session: Session) -> None:
    session.go_to(3)
    session.reset()
    session.go_to(30)
    with_rate(session, 0.05)
    session.set_parameters("change weight", moved(session, 0.1))
    assert session.runs == () and session.trainer.reached == 30


@pytest.mark.parametrize("steps", [0, 1])
def test_a_run_that_had_hardly_begun_is_not_kept(qapp: object, steps: int) -> None:  # noqa: ARG001
    session = Session(load_preset("circle"))
    session.advance(steps) if steps else None
    session.roll()
    assert session.runs == ()


def test_the_last_step_alone_is_not_worth_keeping(session: Session) -> None:
    session.go_to(29)
    with_rate(session, 0.05)
    assert session.runs == () and session.trainer.reached == 29


def test_one_gesture_leaves_one_run_told_from_its_end(session: Session) -> None:
    session.go_to(10)
    for rate in (0.2, 0.15, 0.05):
        with_rate(session, rate, gesture="rate")
    assert told(session) == [(f"rate {RATE:g}", f"rate {RATE:g} → 0.05")]
    session.undo()
    assert session.runs == () and session.trainer.reached == 30


def test_acts_before_the_next_run_has_begun_are_told_together(session: Session) -> None:
    session.apply(editing.set_units(session.experiment, 0, 3))
    had = load_preset("circle").experiment.network.layers[0].units
    with_rate(session, 0.05)
    session.advance(1)
    session.set_parameters("change weight", moved(session, 0.1))
    difference = f"{had} → 3 units in layer 1, rate {RATE:g} → 0.05, weights set by hand at step 1"
    assert [words for _, words in told(session)] == [difference]
    session.advance(1)
    session.roll()
    assert lengths(session) == [30, 2] and told(session)[0][1] == difference


def test_what_is_set_back_before_it_was_trained_is_as_if_it_had_not_been_set(session: Session) -> None:
    session.go_to(10)
    with_rate(session, 0.05)
    with_rate(session, RATE)
    assert told(session) == [("earlier run", "started over")]


def test_going_further_back_at_once_leaves_no_second_run_of_the_same_steps(session: Session) -> None:
    session.go_to(20)
    with_rate(session, 0.05)
    session.go_to(10)
    with_rate(session, 0.02)
    assert told(session) == [(f"rate {RATE:g}", f"rate {RATE:g} → 0.02")] and lengths(session) == [30]


def test_a_second_run_is_told_from_the_one_that_followed_it(session: Session) -> None:
    with_rate(session, 0.05)
    session.roll()
    session.advance(20)
    session.roll()
    session.advance(20)
    session.go_to(5)
    with_rate(session, 0.01)
    assert [words for _, words in told(session)] == [
        f"rate {RATE:g} → 0.05, seed {SEED} → {SEED + 1}", f"seed {SEED + 1} → {SEED + 2}",
        "rate 0.05 → 0.01",
    ]


def test_a_name_that_a_person_gave_stays_while_the_difference_goes_on(session: Session) -> None:
    session.roll()
    session.set_runs("rename earlier run", (replace(session.runs[0], name="mine"),))
    with_rate(session, 0.05)
    assert told(session) == [("mine", f"rate {RATE:g} → 0.05, seed {SEED} → {SEED + 1}")]


def test_once_the_newest_is_removed_an_older_one_is_told_no_further(session: Session) -> None:
    session.roll()
    session.advance(20)
    session.roll()
    older, _ = session.runs
    session.set_runs("remove earlier run", (older,))
    with_rate(session, 0.05)
    assert told(session) == [(f"seed {SEED}", f"seed {SEED} → {SEED + 1}")]


def test_undo_and_redo_bring_runs_as_they_were_and_never_twice(session: Session) -> None:
    session.roll()
    session.advance(20)
    session.roll()
    both = session.runs
    session.undo()
    assert [run.costs for run in session.runs] == [both[0].costs] and session.trainer.reached == 20
    session.undo()
    assert session.runs == () and session.trainer.reached == 30
    session.redo()
    session.redo()
    assert session.runs == both
    session.undo()
    session.roll()
    assert lengths(session) == [30, 20] and len({id(run.costs) for run in session.runs}) == 2


def test_only_so_many_are_kept_and_the_oldest_go(session: Session) -> None:
    for k in range(MOST_RUNS + 3):
        session.roll()
        session.advance(2 + k)
    assert lengths(session) == list(range(4, 2 + MOST_RUNS + 2)) and len(session.runs) == MOST_RUNS


def test_another_experiment_has_earlier_runs_of_its_own(session: Session) -> None:
    session.roll()
    kept, written = session.runs, document_text(session.snapshot())
    session.open_preset(load_preset("toy"))
    assert session.runs == ()
    session.undo()
    assert session.runs == kept
    session.open_snapshot("open", read_text(document_text(Session(load_preset("iris")).snapshot())))
    assert session.runs == ()
    session.open_snapshot("open", read_text(written))
    assert told(session) == [(run.name, run.difference) for run in kept]


def test_runs_are_hidden_and_removed_undoably_and_whoever_draws_them_hears_of_it(
    session: Session, qtbot: object
) -> None:
    session.roll()
    with qtbot.waitSignal(session.costs_changed):  # type: ignore[attr-defined]
        session.set_runs("hide earlier run", (replace(session.runs[0], hidden=True),))
    assert session.undo_name == "hide earlier run" and session.runs[0].hidden
    session.set_runs("remove earlier run", ())
    session.undo()
    assert session.runs[0].hidden
    with qtbot.waitSignal(session.costs_changed):  # type: ignore[attr-defined]
        session.undo()
    assert not session.runs[0].hidden and session.trainer.reached == 0


def test_where_it_diverged_is_kept_though_one_went_back(qapp: object) -> None:  # noqa: ARG001
    session = Session(load_preset("sine"))
    with_rate(session, 40.0)
    assert not session.advance(500)
    assert session.divergence is not None
    step = session.divergence.step
    session.go_to(0)
    with_rate(session, 0.1)
    assert [run.diverged for run in session.runs] == [step]
    session.undo()
    with_rate(session, 0.1)
    assert [run.diverged for run in session.runs] == [step]
    session.advance(10)
    session.roll()
    assert [run.diverged for run in session.runs] == [step, None]
    read = read_text(document_text(session.snapshot()))
    assert [run.diverged for run in read.runs] == [step, None]


def test_a_course_stays_known_in_epochs_when_the_batches_are_others(session: Session) -> None:
    steps = np.array([0, 7, 30])
    before = session.trainer.course.epochs_at(steps).tolist()
    session.go_to(2)
    session.set_learning(replace(session.learning, batch_size=1))
    assert session.runs[0].epochs_at(steps).tolist() == before
    assert session.trainer.course.epochs_at(steps).tolist() != before


def test_steps_that_only_show_a_changed_example_are_no_run(session: Session) -> None:
    """A run is brought to the step that learns from the example, without being asked to train."""

    def prepare(trainer: Trainer) -> None:
        trainer.run(6, float("inf"))

    for value in (0.5, 0.25):
        edit = change_example(session.experiment, session.dataset, 3, {0: value})
        session.apply(edit, prepare=prepare)
    assert told(session) == [("data unchanged", "data changed")] and lengths(session) == [30]
    session.advance(5)
    session.roll()
    assert lengths(session) == [30, 11]


def test_many_hands_leave_little_in_memory(session: Session) -> None:
    for _ in range(MOST_RUNS):
        session.roll()
        session.advance(500)
    snapshot = session.snapshot()
    alone = replace(snapshot, runs=()).nbytes
    assert snapshot.nbytes - alone == session.runs[-1].costs.nbytes < 4_000_000


def test_a_session_ends_with_its_last_user(qapp: object) -> None:  # noqa: ARG001
    """Were it left to the collector of cycles, that might come in the midst of painting."""
    gc.disable()
    try:
        session = Session(load_preset("circle"))
        session.advance(20)
        session.roll()
        session.set_runs("remove earlier runs", ())
        session.undo()
        session.redo()
        gone = weakref.ref(session)
        del session
        assert gone() is None
    finally:
        gc.enable()


# -- how long it took ---------------------------------------------------------------------------------


def seconds(session: Session, *steps: int) -> list[float]:
    return session.trainer.costs.seconds_at(np.array(steps)).tolist()


def test_training_is_timed_by_the_clock_and_what_is_shown_of_it_is_not(session: Session) -> None:
    took = session.trained
    assert took > 0 and seconds(session, 0, 30) == [0.0, took]
    assert seconds(session, 15) == pytest.approx([took / 2], rel=1e-12)
    session.go_to(3)
    session.advance(1)
    assert seconds(session, 0, 30) == [0.0, took], "what is only taken again is not timed again"


def test_of_steps_partly_taken_again_the_new_ones_take_their_share(session: Session) -> None:
    took = session.trained
    session.go_to(20)
    session.advance(40)
    assert session.trainer.reached == 60
    assert seconds(session, 30, 60) == pytest.approx([took, took + session.trained * 30 / 40], rel=1e-12)


def test_the_time_goes_with_the_run_that_it_was_of(session: Session) -> None:
    took = session.trained
    session.go_to(15)
    with_rate(session, 0.05)
    assert seconds(session, 15) == pytest.approx([took / 2], rel=1e-12)
    assert np.isnan(seconds(session, 16)[0])
    assert session.runs[0].costs.seconds_at(np.array([30])).tolist() == [took]
    read = read_text(document_text(session.snapshot()))
    assert read.run.costs.seconds_at(np.array([15])).tolist() == seconds(session, 15)
    assert read.runs[0].costs.seconds_at(np.array([30])).tolist() == [took]
    session.roll()
    assert not session.trainer.costs.timed
