"""Optimizers against the sums over all past gradients that they stand for; penalties; schedules."""

import math

import numpy as np
import pytest

from bpviz.engine.backprop import run_step
from bpviz.engine.optimizer import OPTIMIZERS, Learning, OptimizerSettings, Schedule, rate_at
from tests.engine.nets import drawn, examples, network

RATE, STEPS = 0.05, 6
SETTINGS = {"momentum": 0.8, "decay": 0.85, "beta1": 0.7, "beta2": 0.95, "epsilon": 1e-6, "weight_decay": 0.2}


def change(name, g, w):
    """What the update after gradients g[0], ..., g[-1] takes off w, divided by the rate."""
    t, s = len(g), SETTINGS
    mu = s["momentum"]
    velocity = sum(mu ** (t - 1 - i) * g[i] for i in range(t))
    if name == "gradient_descent":
        return g[-1]
    if name == "momentum":
        return velocity
    if name == "nesterov":
        return g[-1] + mu * velocity
    if name == "rmsprop":
        rho = s["decay"]
        square = sum((1 - rho) * rho ** (t - 1 - i) * g[i] ** 2 for i in range(t))
        return g[-1] / (square**0.5 + s["epsilon"])

    def weighted_mean(of, beta):
        weights = [beta ** (t - 1 - i) for i in range(t)]
        return sum(weight * x for weight, x in zip(weights, of, strict=True)) / sum(weights)

    adam = weighted_mean(g, s["beta1"]) / (
        weighted_mean([x * x for x in g], s["beta2"]) ** 0.5 + s["epsilon"]
    )
    return adam + (s["weight_decay"] * w if name == "adamw" else 0.0)


def records(learning, bias=True, steps=STEPS):
    net = network((2, 3, 1), "tanh", bias=bias)
    data, parameters, made = examples(net, 4), drawn(net), []
    for k in range(steps):
        state = (made[-1].optimizer_next,) if made else ()
        made.append(run_step(net, parameters, data.inputs, data.targets, learning, *state, step=k))
        parameters = made[-1].parameters_next
    return made


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_several_updates_in_a_row_agree_with_the_sum_over_past_gradients(name, bias):
    made = records(Learning(RATE, optimizer=OptimizerSettings(name, **SETTINGS)), bias)
    for t in range(STEPS):
        for k in range(2):
            layer = made[t].layers[k]
            past = [record.layers[k].dw for record in made[: t + 1]]
            np.testing.assert_allclose(layer.w_next, layer.w - RATE * change(name, past, layer.w), rtol=1e-9)
            if bias:
                past = [record.layers[k].db for record in made[: t + 1]]
                # Biases do not decay, also with AdamW.
                np.testing.assert_allclose(
                    layer.b_next, layer.b - RATE * change(name, past, 0.0 * layer.b), rtol=1e-9
                )


@pytest.mark.parametrize("name", ["adam", "rmsprop"])
def test_the_first_adaptive_step_is_as_large_for_small_gradients_as_for_large_ones(name):
    layer = records(Learning(RATE, optimizer=OptimizerSettings(name, epsilon=1e-12)), steps=1)[0].layers[0]
    # Adam: rate * g / |g|; RMSProp: rate * g / (sqrt(1 - 0.9) |g|).
    size = RATE if name == "adam" else RATE / math.sqrt(0.1)
    np.testing.assert_allclose(layer.w - layer.w_next, size * np.sign(layer.dw), rtol=1e-6)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_penalties_pull_at_weights_alone_and_stay_out_of_the_recorded_gradient(name):
    optimizer = OptimizerSettings(name)
    plain = records(Learning(RATE, optimizer=optimizer), steps=1)[0]
    pulled = records(Learning(RATE, optimizer=optimizer, l1=0.3, l2=0.2), steps=1)[0]
    assert plain.penalty == 0.0
    w = np.concatenate([layer.w.ravel() for layer in pulled.layers])
    assert pulled.penalty == pytest.approx(0.3 * np.abs(w).sum() + 0.1 * (w**2).sum(), rel=1e-14)
    assert pulled.cost == plain.cost
    for one, other in zip(plain.layers, pulled.layers, strict=True):
        np.testing.assert_array_equal(one.dw, other.dw)
        np.testing.assert_array_equal(one.b_next, other.b_next)


def test_penalties_are_added_to_the_gradient():
    for layer in records(Learning(RATE, l1=0.3, l2=0.2), steps=1)[0].layers:
        g = layer.dw + 0.3 * np.where(layer.w > 0, 1.0, -1.0) + 0.2 * layer.w
        np.testing.assert_allclose(layer.w_next, layer.w - RATE * g, rtol=1e-13)


def test_penalties_go_through_the_memory_of_the_optimizer():
    made = records(Learning(RATE, optimizer=OptimizerSettings("momentum", momentum=0.5), l2=0.2), steps=2)
    first, second = (record.layers[0] for record in made)
    velocity = 0.5 * (first.dw + 0.2 * first.w) + second.dw + 0.2 * second.w
    np.testing.assert_allclose(second.w_next, second.w - RATE * velocity, rtol=1e-13)


@pytest.mark.parametrize("old", OPTIMIZERS)
@pytest.mark.parametrize("new", OPTIMIZERS)
def test_any_optimizer_takes_over_from_any_other(old, new):
    net = network((2, 3, 1), "tanh")
    data = examples(net, 4)
    before = records(Learning(RATE, optimizer=OptimizerSettings(old)), steps=2)[-1]
    after = run_step(
        net, before.parameters_next, data.inputs, data.targets,
        Learning(RATE, optimizer=OptimizerSettings(new)), before.optimizer_next,
    )
    assert all(np.isfinite(layer.w_next).all() for layer in after.layers)


def test_a_constant_rate_stays():
    assert [rate_at(Learning(0.3), epoch) for epoch in (0, 1, 1000)] == [0.3, 0.3, 0.3]


def test_the_step_schedule_falls_every_so_many_epochs():
    learning = Learning(0.8, schedule=Schedule("step", factor=0.5, every=3))
    assert [rate_at(learning, e) for e in range(7)] == pytest.approx([0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.2])


def test_the_exponential_schedule_falls_every_epoch():
    learning = Learning(0.8, schedule=Schedule("exponential", factor=0.9))
    assert [rate_at(learning, e) for e in range(3)] == pytest.approx([0.8, 0.72, 0.648])


def test_the_cosine_schedule_runs_from_the_rate_to_its_floor_and_stays_there():
    learning = Learning(0.8, schedule=Schedule("cosine", epochs=10, floor=0.25))
    # Half way between 0.8 and 0.25 * 0.8 = 0.2 after half of the epochs.
    assert [rate_at(learning, e) for e in (0, 5, 10, 50)] == pytest.approx([0.8, 0.5, 0.2, 0.2])


def test_the_rate_of_a_step_may_be_given_and_is_recorded():
    net = network((1, 1))
    data = examples(net, 1)
    record = run_step(net, drawn(net), data.inputs, data.targets, Learning(0.1), rate=0.025, step=7)
    layer = record.layers[0]
    assert (record.rate, record.step) == (0.025, 7)
    np.testing.assert_allclose(layer.w_next, layer.w - 0.025 * layer.dw, rtol=1e-15)
