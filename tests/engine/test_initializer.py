"""First weights: what they are drawn from, and that the same seed draws the same."""

import math

import pytest

from bpviz.engine.errors import EngineError
from bpviz.engine.initializer import FirstWeights, first_parameters
from bpviz.engine.network import Layer, Network
from tests.engine.nets import network, same

WIDE = network((80, 120, 50), bias=True)
RANDOM = ("uniform", "normal", "xavier", "he")


@pytest.mark.parametrize(
    ("first", "mean", "deviation", "reach"),
    [
        (FirstWeights("uniform", low=-0.2, high=0.6), 0.2, 0.8 / math.sqrt(12), (-0.2, 0.6)),
        (FirstWeights("normal", mean=0.3, deviation=0.4), 0.3, 0.4, None),
        # Glorot and Bengio 2010: variance 2 / (80 + 120). He et al. 2015: variance 2 / 80.
        (FirstWeights("xavier"), 0.0, math.sqrt(2 / 200), (-math.sqrt(6 / 200), math.sqrt(6 / 200))),
        (FirstWeights("he"), 0.0, math.sqrt(2 / 80), None),
    ],
)
def test_weights_have_the_mean_and_the_spread_of_their_distribution(first, mean, deviation, reach):
    w = first_parameters(WIDE, first, seed=3)[0].w
    assert w.shape == (80, 120)
    assert w.mean() == pytest.approx(mean, abs=5 * deviation / math.sqrt(w.size))
    assert w.std() == pytest.approx(deviation, rel=0.04)
    if reach is not None:
        assert reach[0] <= w.min() < reach[0] + 0.01 * (reach[1] - reach[0])
        assert reach[1] >= w.max() > reach[1] - 0.01 * (reach[1] - reach[0])


@pytest.mark.parametrize("name", RANDOM)
def test_the_same_seed_draws_the_same_weights_and_another_seed_others(name):
    one, again, other = (first_parameters(WIDE, FirstWeights(name), seed) for seed in (5, 5, 6))
    assert same(one, again)
    assert not same(one, other)


@pytest.mark.parametrize("name", RANDOM)
def test_layers_of_one_shape_do_not_repeat_each_other(name):
    first, second = first_parameters(network((4, 4, 4)), FirstWeights(name), 0)
    assert not (first.w == second.w).any()


@pytest.mark.parametrize("name", ["constant", *RANDOM])
def test_every_first_bias_is_the_stated_one_and_layers_without_have_none(name):
    net = Network(2, (Layer(3), Layer(2, bias=False)))
    hidden, output = first_parameters(net, FirstWeights(name, bias=0.25), 0)
    assert (hidden.b == 0.25).all()
    assert output.b is None


def test_constant_weights_are_all_the_stated_value():
    assert all((p.w == -0.3).all() for p in first_parameters(WIDE, FirstWeights("constant", value=-0.3), 0))


def test_given_weights_are_taken_as_they_are():
    net = Network(2, (Layer(1), Layer(1, bias=False)))
    first = FirstWeights("given", weights=(((0.1,), (0.2,)), ((0.3,),)), biases=((0.4,), ()))
    hidden, output = first_parameters(net, first, 0)
    assert (hidden.w.tolist(), hidden.b.tolist()) == ([[0.1], [0.2]], [0.4])
    assert (output.w.tolist(), output.b) == ([[0.3]], None)


@pytest.mark.parametrize("name", ["constant", *RANDOM])
def test_first_weights_cannot_be_written_to(name):
    for p in first_parameters(WIDE, FirstWeights(name), 0):
        for array in (p.w, p.b):
            with pytest.raises(ValueError, match="read-only"):
                array[:] = 0.0


ONE = ((0.5,),)
REFUSED = [
    (FirstWeights("xaver"), "did you mean 'xavier'"),
    (FirstWeights("uniform", low=2.0, high=1.0), "low: expected at most high"),
    (FirstWeights("normal", deviation=-1.0), "deviation: expected 0 or more"),
    (FirstWeights("constant", value=math.nan), "finite"),
    (FirstWeights("he", bias=math.inf), "finite"),
    (FirstWeights("given"), "expected 2 layers, got 0"),
    (FirstWeights("given", weights=(ONE, ONE), biases=((0.0,),)), "expected 2 layers, got 1"),
    (FirstWeights("given", weights=(ONE, ONE), biases=((0.0,), (1.0, 2.0))), r"biases\[1\].*shape"),
    (FirstWeights("given", weights=(ONE, ONE), biases=((0.0,), (), ())), "expected 2 layers, got 3"),
    (FirstWeights("given", weights=(ONE, ONE)), r"biases\[0\].*shape"),
    (FirstWeights("given", weights=(ONE, ((0.5, 0.5),))), r"weights\[1\]|biases\[0\]"),
    (FirstWeights("given", weights=(((math.nan,),), ONE), biases=((0.0,), (0.0,))), "finite"),
]


def test_a_bias_for_a_layer_without_one_is_refused():
    first = FirstWeights("given", weights=(ONE, ONE), biases=((), (0.5,)))
    with pytest.raises(EngineError, match=r"biases\[1\]: expected none"):
        first_parameters(network((1, 1, 1), bias=False), first, 0)


@pytest.mark.parametrize(("first", "message"), REFUSED)
def test_first_weights_that_cannot_be_drawn_are_refused_with_what_was_expected(first, message):
    with pytest.raises(EngineError, match=message):
        first_parameters(network((1, 1, 1)), first, 0)


def test_a_seed_below_0_is_refused():
    with pytest.raises(EngineError, match="seed: expected 0 or more, got -1"):
        first_parameters(WIDE, FirstWeights("he"), -1)


def test_weights_drawn_from_a_seed_stay_what_they_have_always_been():
    # Runs that people saved must come back; these were printed by the first version.
    w = first_parameters(network((2, 2)), FirstWeights("uniform"), seed=7)[0].w
    printed = (-0.444059435612838, -0.10969375206490195, 0.8674768113665183, 0.36568231626511327)
    assert w.ravel().tolist() == pytest.approx(printed, rel=1e-15)
