"""What is said of errors and units: the gravest first, with the numbers of the step."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.document.loading import load
from bpviz.document.preset import load_preset
from bpviz.engine.network import Layer, Network
from bpviz.explain.activity import Activity, LayerActivity, activity_of
from bpviz.explain.flow import LayerFlow, flow_of
from bpviz.explain.health import EXPLODING, VANISHING, Finding, Trouble, findings, of_error, percent
from bpviz.explain.symbol import Names

DEEP = Names(Network(1, tuple(Layer(8, "tanh") for _ in range(11))))


def layer(dead: int = 0, flat: float | None = 0.0, name: str = "tanh", units: int = 8) -> LayerActivity:
    return LayerActivity(name, np.zeros((20, units)), dead, flat)


def said(
    errors: list[float], layers: dict[int, LayerActivity] | None = None, whole: bool = True, stopped: int = -1
) -> tuple[Finding, ...]:
    flow = tuple(LayerFlow(error, error, k == stopped) for k, error in enumerate(errors))
    seen = Activity(tuple((layers or {}).get(k, layer()) for k in range(11)), whole)
    return findings(flow, seen, DEEP)


def test_a_vanishing_error_is_said_with_its_share() -> None:
    (found,) = said([1.0 / 40_000, *([0.5] * 9), 1.0])
    assert found.trouble is Trouble.VANISHING
    assert found.text == ("Vanishing: hidden layer 1 receives 1/40,000 of the output layer's error.")


def test_an_exploding_error_is_said_with_its_growth() -> None:
    (found,) = said([301.0, *([1.0] * 10)])
    assert found == Finding(
        Trouble.EXPLODING, "Exploding: the error grows 300-fold from the output layer to hidden layer 1."
    )


def test_dead_units_are_counted_and_it_is_said_on_what() -> None:
    (found,) = said([1.0] * 11, {1: layer(3)})
    assert found.text == "3 of 8 units of hidden layer 2 are dead on all examples."
    (found,) = said([1.0] * 11, {1: layer(1)}, whole=False)
    assert found.text == "1 of 8 units of hidden layer 2 is dead on all 20 examples of the batch."
    (found,) = said([1.0] * 11, {9: layer(8)})
    assert found.text == "All 8 units of hidden layer 10 are dead on all examples."
    (found,) = said([1.0] * 11, {9: layer(1, units=1)})
    assert found.text == "The only unit of hidden layer 10 is dead on all examples."


def test_the_layer_with_most_dead_units_comes_first() -> None:
    found = said([1.0] * 11, {1: layer(3), 4: layer(5)})
    assert [finding.text[:7] for finding in found] == ["5 of 8 ", "3 of 8 "]


def test_a_saturated_layer_is_said_with_its_share() -> None:
    (found,) = said([1.0] * 11, {2: layer(flat=0.92), 3: layer(flat=0.8)})
    assert found.text == "Saturated: 92 % of the activations of hidden layer 3 lie where tanh is flat."


def test_closed_relus_and_flat_outputs_are_no_trouble() -> None:
    (found,) = said([1.0] * 11, {2: layer(flat=0.9, name="relu"), 10: layer(flat=1.0)})
    assert found.trouble is Trouble.NONE


def test_the_gravest_comes_first() -> None:
    found = said([1e-5, 1e4, *([1.0] * 9)], {1: layer(3), 2: layer(flat=0.92)})
    kinds = [finding.trouble for finding in found]
    assert kinds == [Trouble.EXPLODING, Trouble.VANISHING, Trouble.DEAD, Trouble.SATURATED]


def test_an_error_that_stops_is_said_before_all() -> None:
    found = said([0.0, 0.0, 0.0, *([1.0] * 8)], {2: layer(8)}, stopped=2)
    assert [finding.trouble for finding in found] == [Trouble.STOPPED, Trouble.DEAD]
    assert found[0].text == ("Stopped: no error of this batch passes hidden layer 3: "
                             "it and all below learn nothing.")
    (found,) = said([0.0, *([1.0] * 10)], stopped=0)
    assert found.text == "Stopped: no error of this batch passes hidden layer 1: it learns nothing."


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_out_of_range_is_all_that_is_said(value: float) -> None:
    (found,) = said([value, *([1.0] * 10)], {1: layer(3)})
    assert found.trouble is Trouble.RANGE


def test_when_all_is_well_the_ratio_is_told() -> None:
    (found,) = said([0.842, *([1.0] * 10)])
    assert found.text == "All is well: hidden layer 1 receives 0.84 times the output layer's error."
    (found,) = said([0.0] * 11)
    assert found.text == "The output layer has no error: this batch leaves nothing to learn."


def test_one_layer_has_no_way_to_lose_its_error() -> None:
    net = Network(1, (Layer(1, "tanh"),))
    (found,) = findings((LayerFlow(0.58, 1.0),), Activity((layer(),), True), Names(net))
    assert found.text == "A single layer: its error, 0.580, reaches its weights directly."


@given(st.floats(1e-12, 1e12))
def test_trouble_begins_at_the_thresholds_at_any_scale(scale: float) -> None:
    for share, trouble in ((VANISHING * 1.01, Trouble.NONE), (VANISHING * 0.99, Trouble.VANISHING),
                           (EXPLODING * 0.99, Trouble.NONE), (EXPLODING * 1.01, Trouble.EXPLODING)):
        found = said([scale * share, *([scale] * 10)])
        assert [finding.trouble for finding in found] == [trouble]


@pytest.mark.parametrize(("share", "text"), [
    (1 / 40_000, "1/40,000"), (1 / 39_812, "1/40,000"), (1 / 123.4, "1/120"), (2.7e-7, "2.7·10⁻⁷"),
    (1.2e-6, "1/830,000"),
])
def test_small_shares_read_as_fractions(share: float, text: str) -> None:
    assert of_error(share) == text


@pytest.mark.parametrize(("share", "text"), [
    (0.0, "0 %"), (0.004, "under 1 %"), (0.05, "5 %"), (0.923, "92 %"), (0.9999, "99 %"), (1.0, "100 %"),
])
def test_nearly_nothing_and_nearly_all_are_not_rounded_away(share: float, text: str) -> None:
    assert percent(share) == text


def test_ten_sigmoids_lose_the_error_and_ten_relus_do_not() -> None:
    experiment = load_preset("ten-hidden").experiment
    told = {}
    for function in ("sigmoid", "relu"):
        hidden = tuple(replace(one, activation=function) for one in experiment.network.layers[:-1])
        net = replace(experiment.network, layers=(*hidden, experiment.network.layers[-1]))
        trainer = replace(experiment, network=net).start(load(experiment.dataset))
        record = trainer.record()
        (told[function],) = findings(
            flow_of(net, record), activity_of(net, record, trainer.train), Names(net)
        )
    assert told["sigmoid"].trouble is Trouble.VANISHING
    assert told["relu"].trouble is Trouble.NONE
