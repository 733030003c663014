"""Sentences: one for every phase of every network, plain, true and short."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings

from bpviz.document.preset import load_preset, preset_names
from bpviz.engine.backprop import run_step
from bpviz.engine.freezing import FrozenParameter
from bpviz.engine.network import Layer, LayerParameters, Network
from bpviz.engine.optimizer import Learning, OptimizerSettings
from bpviz.explain.number import number
from bpviz.explain.phase import Kind, Phase, index_of, score
from bpviz.explain.sentence import sentence
from tests.explain.drawn_steps import Step, steps, toy


def told(step: Step, example: int | None = 0) -> list[str]:
    return [sentence(step.network, step.trace, phase, example) for phase in score(step.network.depth)]


def of(step: Step, kind: Kind, layer: int, example: int | None = 0) -> str:
    return told(step, example)[index_of(step.network.depth, kind, layer)]


def made(layers: list[Layer], weights: list[list[list[float]]], x: list[list[float]], y: list[list[float]],
         cost: str = "half_squared_error", learning: Learning = Learning()) -> Step:  # noqa: B008 - frozen
    """A step with these weights; biases are 0."""
    network = Network(len(x[0]), tuple(layers), cost)
    parameters = tuple(
        LayerParameters(np.array(w), np.zeros(layer.units) if layer.bias else None)
        for w, layer in zip(weights, layers, strict=True)
    )
    return Step(network, run_step(network, parameters, np.array(x), np.array(y), learning))


# -- the text's network ---------------------------------------------------------------------------


def test_the_toy_network_is_told_in_plain_words_with_its_numbers() -> None:
    assert told(toy()) == [
        "Input: X = 2.00.",
        "Hidden layer: input 2.00 × weight 0.600 = 1.20, the weighted input Z_h.",
        "Hidden layer: the ReLU is open and lets Z_h = 1.20 through: H = 1.20.",
        "Output layer: activation 1.20 × weight 0.900 = 1.08, the weighted input Z_o.",
        "Output layer: the ReLU is open and lets Z_o = 1.08 through: ŷ = 1.08.",
        "Cost: half the squared gap, 0.5 × (1.08 − 0.500)² = 0.168.",
        "Output layer error: the prediction is 0.580 too high and its ReLU is open, so E_o = 0.580.",
        "Output layer gradient: the error 0.580 times its input 1.20 makes C'(W_o) = 0.696.",
        "Hidden layer error: the output error 0.580 travels back over the weight 0.900"
        " through an open ReLU: E_h = 0.522.",
        "Hidden layer gradient: the error 0.522 times its input 2.00 makes C'(W_h) = 1.04.",
        "Update: W_h 0.600 → 0.496 (rate 0.100 × gradient 1.04)"
        " and W_o 0.900 → 0.830 (rate 0.100 × gradient 0.696).",
    ]


def test_only_the_very_first_phase_of_a_run_says_how_to_go_on() -> None:
    for step in (0, 1):
        trace = toy(step=step).trace
        texts = [sentence(toy().network, trace, phase, 0, hint=True) for phase in score(2)]
        hints = [text for text in texts if "Press" in text]
        assert hints == ["Input: X = 2.00. Press > to go on."] * (step == 0)


def test_a_closed_relu_is_named_where_the_error_stops() -> None:
    step = toy(w_h=-0.6)
    assert of(step, Kind.ACTIVATE, 0) == (
        "Hidden layer: the ReLU is closed, for Z_h = −1.20 is not above 0: H = 0."
    )
    assert of(step, Kind.OUTPUT_ERROR, 1) == (
        "Output layer error: the prediction is 0.500 too low, but its ReLU is closed and "
        "stops the error, so E_o = 0."
    )
    step = toy(w_h=-0.6, functions=("relu", "identity"))
    assert of(step, Kind.HIDDEN_ERROR, 0) == (
        "Hidden layer error: the output error −0.500 travels back over the weight 0.900, "
        "but the ReLU is closed and stops it: E_h = 0."
    )
    assert of(step, Kind.UPDATE, 1) == "Update: nothing moves, for every gradient is 0."


def test_other_activations_give_their_slope_as_a_factor() -> None:
    step = toy(functions=("sigmoid", "sigmoid"))
    assert of(step, Kind.ACTIVATE, 0) == "Hidden layer: sigmoid turns Z_h = 1.20 into H = 0.769."
    # (0.6663 - 0.5) * 0.6663 * 0.3337 = 0.03698, while 0.166 * 0.222 = 0.0369
    assert of(step, Kind.OUTPUT_ERROR, 1) == (
        "Output layer error: the prediction is 0.166 too high and the slope of its sigmoid is "
        "0.222, so E_o ≈ 0.0370."
    )
    assert of(step, Kind.HIDDEN_ERROR, 0) == (
        "Hidden layer error: the output error 0.0370 travels back over the weight 0.900, "
        "times the sigmoid slope 0.178: E_h ≈ 0.00592."
    )


def test_an_exact_prediction_has_no_error() -> None:
    step = toy(y=1.5, w_h=1.0, w_o=0.75, functions=("identity", "identity"))
    assert of(step, Kind.OUTPUT_ERROR, 1) == "Output layer error: the prediction is exact, so E_o = 0."


@pytest.mark.parametrize(
    ("cost", "y", "text"),
    [
        ("half_squared_error", 0.5, "half the squared gap, 0.5 × (1.08 − 0.500)² = 0.168"),
        ("half_squared_error", -0.5, "half the squared gap, 0.5 × (1.08 − (−0.500))² = 1.25"),
        ("mean_squared_error", 0.5, "the squared gap, (1.08 − 0.500)² = 0.336"),
        ("absolute_error", 0.5, "the size of the gap, |1.08 − 0.500| = 0.580"),
        ("huber", 0.5, "half the squared gap, 0.5 × (1.08 − 0.500)² = 0.168"),
        ("huber", 3.0, "beyond a gap of 1 it grows evenly, |1.08 − 3.00| − 0.5 = 1.42"),
    ],
)
def test_every_cost_has_its_form(cost: str, y: float, text: str) -> None:
    assert of(toy(y=y, cost=cost), Kind.COST, 1) == f"Cost: {text}."


@pytest.mark.parametrize(
    ("y", "text"),
    [
        (1.0, "cross-entropy, −ln 0.746 ≈ 0.292"),
        (0.0, "cross-entropy, −ln(1 − 0.746) = 1.37"),
        (0.5, "the cross-entropy of prediction and target is 0.832"),
    ],
)
def test_cross_entropy_has_its_form(y: float, text: str) -> None:
    step = toy(y=y, functions=("relu", "sigmoid"), cost="binary_cross_entropy")
    assert of(step, Kind.COST, 1) == f"Cost: {text}."


def test_a_saturated_cross_entropy_states_no_false_logarithm() -> None:
    step = toy(x=200.0, y=0.0, functions=("relu", "sigmoid"), cost="binary_cross_entropy")
    assert of(step, Kind.COST, 1) == "Cost: cross-entropy, 108 for the prediction 1.00 where 0 is right."


def test_another_cost_than_the_texts_says_its_slope() -> None:
    step = toy(cost="mean_squared_error")
    assert of(step, Kind.OUTPUT_ERROR, 1) == (
        "Output layer error: the prediction is 0.580 too high, the cost's slope is 1.16 "
        "and its ReLU is open, so E_o = 1.16."
    )


def test_a_fused_output_is_simply_the_gap() -> None:
    step = toy(y=1.0, functions=("relu", "sigmoid"), cost="binary_cross_entropy")
    assert of(step, Kind.OUTPUT_ERROR, 1) == (
        "Output layer error: for sigmoid with cross-entropy it is simply ŷ − y = 0.746 − 1.00 = −0.254."
    )


# -- several units ----------------------------------------------------------------------------


def wide(y: list[float], learning: Learning = Learning()) -> Step:  # noqa: B008 - frozen
    hidden = [[0.1, -0.2, 0.3, -0.4, 0.5, 0.6, -0.7, 0.8]]
    out = [[0.05 * i * j for j in range(4)] for i in range(8)]
    layers = [Layer(8, "relu"), Layer(4, "softmax")]
    return made(layers, [hidden, out], [[1.0]], [y], "categorical_cross_entropy", learning)


def test_several_units_are_told_by_how_many_and_the_largest() -> None:
    assert told(wide([0.0, 0.0, 1.0, 0.0])) == [
        "Input: X = 1.00.",
        "Hidden layer: 8 weighted inputs from −0.700 to 0.800.",
        "Hidden layer: ReLU gives 8 activations from 0 to 0.800; 3 of 8 ReLUs are closed.",
        "Output layer: 4 weighted inputs from 0 to 1.68.",
        "Output layer: softmax makes 4 shares that add up to 1; the largest is 0.480 at output 4.",
        "Cost: output 3 is right and has 0.274; −ln 0.274 = 1.29.",
        "Output layer error: for softmax with cross-entropy it is simply ŷ − y; the largest "
        "is −0.726 at output 3.",
        "Output layer gradient: error times input for 32 weights; the largest is −0.581, from "
        "unit 8 to output 3.",
        "Hidden layer error: the errors of 4 outputs come back; 3 of 8 ReLUs are closed and stop them; "
        "the largest is 0.0506 at unit 8.",
        "Hidden layer gradient: error times input for 8 weights; the largest is 0.0506, from "
        "the input to unit 8.",
        "Update: 32 of 52 weights and biases move, most of all b_o of output 3: 0 → 0.0726 "
        "(rate 0.100 × gradient −0.726).",
    ]


def test_a_soft_target_is_not_called_the_right_one() -> None:
    text = of(wide([0.25, 0.25, 0.25, 0.25]), Kind.COST, 1)
    assert re.fullmatch(r"Cost: the cross-entropy of 4 predictions and their targets is 1\.\d\d\.", text)


def test_softmax_with_targets_that_do_not_add_up_to_one_is_not_called_the_gap() -> None:
    text = of(wide([1.0, 1.0, 0.0, 0.0]), Kind.OUTPUT_ERROR, 1)
    assert text.startswith("Output layer error: softmax ties all outputs together; the largest is ")


def test_a_layer_of_closed_relus_is_told_as_such() -> None:
    layers = [Layer(4, "relu"), Layer(2, "identity")]
    step = made(layers, [[[-1.0, -2.0, -1.0, -3.0]], [[1.0, 1.0]] * 4], [[1.0]], [[1.0, 2.0]])
    assert of(step, Kind.ACTIVATE, 0) == "Hidden layer: all 4 ReLUs are closed, so all activations are 0."
    assert of(step, Kind.HIDDEN_ERROR, 0) == (
        "Hidden layer error: the errors of 2 outputs come back; all 4 ReLUs are closed and "
        "stop them; every E_h is 0."
    )
    assert of(step, Kind.OUTPUT_ERROR, 1) == (
        "Output layer error: at each output the gap; E_o = (−1.00, −2.00)."
    )


# -- several examples -------------------------------------------------------------------------


def batch() -> Step:
    layers = [Layer(1, "relu", bias=False), Layer(1, "identity", bias=False)]
    return made(layers, [[[0.5]], [[2.0]]], [[1.0], [-1.0]], [[0.5], [0.0]])


def test_with_a_batch_it_is_plain_whose_numbers_these_are() -> None:
    assert told(batch(), 0) == [
        "Input, example 1 of the batch of 2: X = 1.00.",
        "Hidden layer, example 1: input 1.00 × weight 0.500 = 0.500, the weighted input Z_h.",
        "Hidden layer, example 1: the ReLU is open and lets Z_h = 0.500 through: H = 0.500.",
        "Output layer, example 1: activation 0.500 × weight 2.00 = 1.00, the weighted input Z_o.",
        "Output layer, example 1: the identity leaves Z_o = 1.00 as it is: ŷ = 1.00.",
        "Cost, example 1: half the squared gap, 0.5 × (1.00 − 0.500)² = 0.125; the batch of 2 "
        "averages 0.0625.",
        "Output layer error, example 1: the prediction is 0.500 too high, so E_o = 0.500.",
        "Output layer gradient: example 1 gives 0.500 × 0.500 = 0.250; averaged over the "
        "batch of 2, C'(W_o) = 0.125.",
        "Hidden layer error, example 1: the output error 0.500 travels back over the weight 2.00"
        " through an open ReLU: E_h = 1.00.",
        "Hidden layer gradient: example 1 gives 1.00 × 1.00 = 1.00; averaged over the batch "
        "of 2, C'(W_h) = 0.500.",
        "Update: W_h 0.500 → 0.450 (rate 0.100 × average gradient 0.500)"
        " and W_o 2.00 → 1.99 (rate 0.100 × average gradient 0.125).",
    ]


def test_the_mean_over_the_batch_says_so_and_states_no_product_that_means_do_not_obey() -> None:
    assert told(batch(), None) == [
        "Input, on average over the batch of 2: X = 0.",
        "Hidden layer, on average over the batch of 2: input 0 × weight 0.500 = 0, the weighted input Z_h.",
        "Hidden layer, on average over the batch of 2: ReLU gives H = 0.250.",
        "Output layer, on average over the batch of 2: activation 0.250 × weight 2.00 = "
        "0.500, the weighted input Z_o.",
        "Output layer, on average over the batch of 2: the identity gives ŷ = 0.500.",
        "Cost, on average over the batch of 2: half the squared gap is 0.0625.",
        "Output layer error, on average over the batch of 2: E_o = 0.250.",
        "Output layer gradient, averaged over the batch of 2: error times input makes C'(W_o) = 0.125.",
        "Hidden layer error, on average over the batch of 2: the output error 0.250 comes "
        "back over the weight 2.00;"
        " E_h = 0.500.",
        "Hidden layer gradient, averaged over the batch of 2: error times input makes C'(W_h) = 0.500.",
        "Update: W_h 0.500 → 0.450 (rate 0.100 × average gradient 0.500)"
        " and W_o 2.00 → 1.99 (rate 0.100 × average gradient 0.125).",
    ]


def test_with_one_example_the_mean_is_that_example() -> None:
    assert told(toy(), None) == told(toy(), 0)


# -- updates ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("learning", "title"),
    [
        (Learning(optimizer=OptimizerSettings("momentum")), "Update with momentum, rate 0.100: "),
        (Learning(optimizer=OptimizerSettings("adam")), "Update with Adam, rate 0.100: "),
        (Learning(l2=0.1), "Update with a penalty on weights, rate 0.100: "),
    ],
)
def test_rate_times_gradient_is_said_only_of_a_whole_update(learning: Learning, title: str) -> None:
    text = of(toy(learning=learning), Kind.UPDATE, 1)
    assert text.startswith(title)
    assert "×" not in text
    assert "W_h 0.600 → " in text


def test_a_change_that_the_digits_would_hide_is_given_itself() -> None:
    text = of(toy(learning=Learning(rate=1e-6)), Kind.UPDATE, 1)
    assert text.startswith("Update: W_h 0.600 by −1.04·10⁻⁶ (rate 1.00·10⁻⁶ × gradient 1.04) and W_o ")


def test_two_moves_too_long_for_one_line_become_the_larger_one() -> None:
    step = toy(w_h=1.26e-7, w_o=-1.32e-7, functions=("identity", "identity"), learning=Learning(rate=1.11e-4))
    text = of(step, Kind.UPDATE, 1)
    assert text.startswith("Update: both weights move, most of all W_")
    assert text.count("rate") == 1


W_H, W_O = FrozenParameter(0, 0, 0), FrozenParameter(1, 0, 0)


def test_of_two_weights_it_is_said_which_is_frozen() -> None:
    text = of(toy(learning=Learning(frozen=(W_O,))), Kind.UPDATE, 1)
    assert text == "Update: W_h 0.600 → 0.496 (rate 0.100 × gradient 1.04); W_o is frozen."


def test_where_everything_is_frozen_nothing_moves() -> None:
    text = of(toy(learning=Learning(frozen=(W_H, W_O))), Kind.UPDATE, 1)
    assert text == "Update: nothing moves, for everything is frozen."


def test_of_many_weights_it_is_said_how_many_are_frozen() -> None:
    frozen = (FrozenParameter(0, 0, 0), FrozenParameter(0, 1, 0), FrozenParameter(1, 0, 1))
    text = of(wide([0.0, 1.0, 0.0, 0.0], Learning(frozen=frozen)), Kind.UPDATE, 1)
    assert text.endswith("; 3 are frozen.") and "(rate 0.100 × gradient " in text


def test_a_gradient_of_what_is_frozen_is_not_called_0() -> None:
    """W_h's own gradient is 0, W_o's is not, and nothing moves."""
    step = toy(w_h=0.6, w_o=0.0, functions=("identity", "identity"), learning=Learning(frozen=(W_O,)))
    assert of(step, Kind.UPDATE, 1) == "Update: nothing moves; W_o is frozen."


# -- every kind of network ------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(steps())
def test_every_phase_of_every_network_has_one_plain_sentence(step: Step) -> None:
    for example in step.examples:
        for text in told(step, example):
            assert text.endswith(".")
            assert not text.endswith("..")
            assert ". " not in text
            assert "\n" not in text
            assert "nan" not in text
            assert "—" not in text
            assert "-0" not in text
            assert "  " not in text
            assert text[0].isupper()
            assert len(text) <= 160, text


@settings(max_examples=40, deadline=None)
@given(steps(scales=(1e150, 1e200)))
def test_even_a_step_beyond_all_numbers_is_told(step: Step) -> None:
    for example in step.examples:
        for text in told(step, example):
            assert text.endswith(".")
            assert "nan" not in text
            assert "inf" not in text


_NUMBER = r"(−?\d+(?:,\d{3})*(?:\.\d+)?(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)"
_LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


def value(text: str) -> float:
    mantissa, _, power = text.translate(_LOWERED).replace(",", "").partition("·10")
    return float(f"{mantissa}e{power or 0}")


def claims(text: str) -> list[tuple[float, str, str]]:
    """Every equation in a sentence, worked out from the numbers that a person sees."""
    found = [
        (value(a) * value(b) + value(c or "0"), sign, result)
        for a, b, c, sign, result in re.findall(
            rf"{_NUMBER} × (?:weight )?{_NUMBER}(?: \+ bias {_NUMBER})? ([=≈]) {_NUMBER}", text
        )
    ]
    found += [
        (0.5 * (value(a) - value(b)) ** 2, sign, result)
        for a, b, sign, result in re.findall(
            rf"0\.5 × \({_NUMBER} − \(?{_NUMBER}\)?\)² ([=≈]) {_NUMBER}", text
        )
    ]
    found += [
        (-math.log(value(a)), sign, result)
        for a, sign, result in re.findall(rf"−ln {_NUMBER} ([=≈]) {_NUMBER}", text)
    ]
    found += [
        (value(a) * value(b), sign, result)
        for a, b, sign, result in re.findall(
            rf"the error {_NUMBER} times its input {_NUMBER} makes \S+ ([=≈]) {_NUMBER}", text
        )
    ]
    return found


@settings(max_examples=150, deadline=None)
@given(steps())
def test_an_equals_sign_holds_to_the_last_digit_on_screen(step: Step) -> None:
    for example in step.examples:
        for text in told(step, example):
            for claimed, sign, result in claims(text):
                assert (number(claimed) == result) == (sign == "="), text


def test_equations_are_found_in_the_toy_networks_sentences() -> None:
    """So that the test above does test something."""
    assert sum(len(claims(text)) for text in told(toy())) == 5


@settings(max_examples=60, deadline=None)
@given(steps())
def test_the_cost_in_words_is_the_records(step: Step) -> None:
    last = step.network.depth - 1
    for example in step.examples:
        text = sentence(step.network, step.trace, Phase(Kind.COST, last), example)
        cost = step.trace.cost if example is None else float(step.trace.example_costs[example])
        assert number(cost) in text


# -- the presets ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", preset_names())
def test_the_sentences_of_the_presets_fit_above_the_network(name: str) -> None:
    trainer = load_preset(name).experiment.start()
    for steps_on in (0, 1, 9):
        trainer.run(steps_on, math.inf) if steps_on else None
        step = Step(trainer.network, trainer.record())
        for example in (0, step.trace.batch - 1, None):
            for text in told(step, example):
                assert len(text) <= 150, text


def test_sentences_call_classes_by_their_names() -> None:
    experiment = load_preset("digits").experiment
    trace = experiment.start().record()
    classes = tuple("0123456789")
    right = int(trace.targets[0].argmax())
    text = sentence(experiment.network, trace, Phase(Kind.COST, 1), 0, classes=classes)
    assert f"the output for {right} is right" in text
    assert f"output {right + 1}" not in text
