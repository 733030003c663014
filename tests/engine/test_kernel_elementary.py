"""Functions on eight numbers at once are NumPy's to a few units in the last place, formulas as they stand."""

import numpy as np
import pytest

from bpviz.engine.activation import ACTIVATIONS
from bpviz.engine.cost import COSTS
from tests.engine.kernel_steps import needs_numba

pytestmark = needs_numba
RANDOM = np.random.default_rng(5)
COUNT = 40_000
ELEMENTWISE = [name for name, kind in ACTIVATIONS.items() if kind.elementwise]


def over_array(function, count):
    """A compiled function of Lanes, applied to flat arrays whose length is a multiple of eight."""
    from bpviz.engine.kernel.jit import jit
    from bpviz.engine.kernel.memory import load, place_of, store

    @jit
    def of_one(x, out):
        for at in range(0, len(x), 8):
            store(place_of(out) + at, function(load(place_of(x) + at)))

    @jit
    def of_two(x, y, out):
        for at in range(0, len(x), 8):
            store(place_of(out) + at, function(load(place_of(x) + at), load(place_of(y) + at)))

    def apply(*arrays):
        out = np.empty_like(arrays[0])
        (of_one if count == 1 else of_two)(*arrays, out)
        return out

    return apply


def elementary(name):
    from bpviz.engine.kernel import elementary

    return over_array(getattr(elementary, name), 1)


@pytest.mark.parametrize(("name", "numbers"), [
    ("exp", RANDOM.uniform(-708, 708, COUNT)),
    ("exp", RANDOM.uniform(-1, 1, COUNT)),
    ("expm1", RANDOM.uniform(-40, 700, COUNT)),
    ("expm1", RANDOM.normal(0, 0.1, COUNT)),
    ("expm1", RANDOM.normal(0, 1e-9, COUNT)),
    ("tanh", RANDOM.normal(0, 4, COUNT)),
    ("tanh", RANDOM.normal(0, 1e-5, COUNT)),
    ("log", np.exp(RANDOM.uniform(-700, 700, COUNT))),
    ("log", RANDOM.uniform(0.5, 2, COUNT)),
    ("log1p", RANDOM.uniform(-1 + 1e-12, 1, COUNT)),
    ("log1p", np.exp(RANDOM.uniform(-700, 0, COUNT))),
    ("sqrt", RANDOM.uniform(0, 1e6, COUNT)),
    ("sin", RANDOM.normal(0, 50, COUNT)),
    ("cos", RANDOM.normal(0, 50, COUNT)),
])  # fmt: skip
def test_a_function_is_numpys_to_a_few_units_in_the_last_place(name, numbers):
    exact = getattr(np, name)(numbers.astype(np.longdouble))
    off = np.abs(elementary(name)(numbers) - exact) / np.spacing(np.abs(exact.astype(np.float64)))
    assert off.max() < 4.0


@pytest.mark.parametrize("name", ["exp", "expm1", "tanh"])
def test_a_function_is_right_at_the_ends_of_the_line(name):
    odd = np.array([0.0, -0.0, np.inf, -np.inf, np.nan, 1e300, -1e300, 1e-300])
    with np.errstate(over="ignore"):
        wanted = getattr(np, name)(odd)
    got = elementary(name)(odd)
    assert got.tolist() == pytest.approx(wanted.tolist(), nan_ok=True, rel=1e-15, abs=0.0)
    assert np.signbit(got[1]) == np.signbit(wanted[1]) or name == "expm1"


def test_exp_leaves_out_what_no_normal_number_can_hold():
    got = elementary("exp")(np.array([-708.0, -708.5, -745.0, -1e9, 708.0, 709.0, 800.0, 1e9]))
    assert got[0] == pytest.approx(np.exp(-708.0), rel=1e-15)
    assert got[1:4].tolist() == [0.0, 0.0, 0.0]
    assert got[5:].tolist() == [np.inf, np.inf, np.inf]


@pytest.mark.parametrize("name", ["sign", "abs"])
def test_a_simple_function_is_numpys_exactly(name):
    numbers = np.array([-2.5, -1e-300, -0.0, 0.0, 1e-300, 1.0, 3.0, 1e300])
    assert elementary(name)(numbers).tolist() == getattr(np, name)(numbers).tolist()


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_an_activation_and_its_slope_are_the_engines_own(name):
    from bpviz.engine.kernel.formulas import on_lanes

    kind, z = ACTIVATIONS[name], np.concatenate([RANDOM.normal(0, 5, 4000), np.zeros(8)])
    a = kind.function(z)
    off = np.abs(over_array(on_lanes(kind.function, {}), 1)(z) - a)
    # GELU multiplies z by 1 + tanh, which cancels: the error is that of z, not of a.
    assert (off <= 4 * np.spacing(np.maximum(np.abs(z), 1.0))).all()
    slope = kind.slope(z, a)
    off = np.abs(over_array(on_lanes(kind.slope, {}), 2)(z, a) - slope)
    # And its slope multiplies 1 - tanh^2, which cancels, by z + 0.13 z^3.
    assert (off <= 4 * np.spacing(np.maximum(np.abs(z + 0.14 * z**3), 1.0))).all()


@pytest.mark.parametrize("name", COSTS)
def test_a_cost_and_its_slope_are_the_engines_own(name):
    from bpviz.engine.kernel.formulas import on_lanes, unchanged

    kind = COSTS[name]
    spread = (0.0, 1.0) if kind.probabilities else (-3.0, 3.0)
    yhat, y = RANDOM.uniform(*spread, 4000), RANDOM.uniform(*spread, 4000)
    yhat[:4], y[:4] = [0.0, 1.0, 0.0, 1.0], [0.0, 1.0, 1.0, 0.0]  # beyond what a cross-entropy looks at
    for function, wanted in (
        (kind.value, kind.value(yhat[:, None], y[:, None])),
        (kind.slope, kind.slope(yhat[:, None], y[:, None])[:, 0]),
    ):
        got = over_array(on_lanes(function, {"_summed": unchanged}), 2)(yhat, y)
        assert got.tolist() == pytest.approx(wanted.tolist(), rel=1e-13, abs=1e-15)
