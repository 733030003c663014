"""Generated data has the shape that its name promises, and comes from its seed alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.document.errors import DocumentError
from bpviz.document.experiment import Experiment
from bpviz.document.generators import GENERATORS, LARGEST_NOISE, Generated, made
from bpviz.document.loading import columns_of, count_of, load
from bpviz.document.source import Source
from bpviz.engine.initializer import FirstWeights
from bpviz.engine.network import Layer, Network
from bpviz.engine.optimizer import Learning

POINTS = sorted(kind for kind, generator in GENERATORS.items() if generator.classifies)
CURVES = sorted(set(GENERATORS) - set(POINTS))


def clean(kind: str, count: int = 1000) -> tuple[np.ndarray, np.ndarray]:
    inputs, targets = made(Generated(kind, count, 0.0, 3))
    return inputs, targets[:, 0]


def test_xor_is_one_where_the_signs_differ():
    x, classes = clean("xor")
    assert (classes == (x[:, 0] * x[:, 1] < 0)).all()
    assert np.abs(x).min() >= 0.15
    assert {tuple(signs) for signs in np.sign(x)} == {(-1, -1), (-1, 1), (1, -1), (1, 1)}


def test_the_circle_is_a_disc_and_a_ring_with_room_between_them():
    x, classes = clean("circle")
    radius = np.hypot(*x.T)
    assert radius[classes == 0].max() <= 0.5
    assert (radius[classes == 1].min(), radius[classes == 1].max()) == pytest.approx((0.7, 1.0), abs=0.01)


def test_the_disc_is_evenly_filled():
    """Half of its area, and so about half of its points, lie within radius 0.5 / sqrt(2)."""
    x, classes = clean("circle", 4000)
    assert np.mean(np.hypot(*x[classes == 0].T) < 0.5 / np.sqrt(2)) == pytest.approx(0.5, abs=0.04)


def test_the_moons_are_half_circles_that_no_line_parts():
    x, classes = clean("moons")
    upper, lower, centre = x[classes == 0], x[classes == 1], np.array([1 / 3, 1 / 6])
    assert np.hypot(*(upper + centre).T) == pytest.approx(np.full(500, 2 / 3))
    assert np.hypot(*(lower - centre).T) == pytest.approx(np.full(500, 2 / 3))
    assert upper[:, 1].min() < lower[:, 1].max()
    assert upper[:, 0].max() > lower[:, 0].min()


def test_the_spirals_are_told_apart_by_unwinding_them():
    """The angle less that of its radius is 0 on one arm, and half a turn on the other."""
    x, classes = clean("spiral")
    angle = np.arctan2(x[:, 1], x[:, 0]) - 3.5 * np.pi * np.hypot(*x.T)
    assert np.cos(angle) == pytest.approx(1 - 2 * classes)


def test_the_clusters_lie_around_their_centres():
    x, classes = clean("clusters", 4000)
    for k, centre in enumerate((-0.6, 0.6)):
        assert x[classes == k].mean(axis=0) == pytest.approx([centre, centre], abs=0.03)
        assert x[classes == k].std(axis=0) == pytest.approx([0.2, 0.2], abs=0.02)
    assert np.mean((x.sum(axis=1) > 0) == classes) > 0.999


@pytest.mark.parametrize(
    ("kind", "y"),
    [("line", [-0.7, -0.35, 0, 0.35, 0.7]), ("sine", [0, -1, 0, 1, 0]), ("step", [-0.7] * 2 + [0.7] * 3)],
)
def test_a_curve_is_its_formula(kind, y):
    inputs, targets = clean(kind, 5)
    assert inputs[:, 0].tolist() == [-1, -0.5, 0, 0.5, 1]
    assert targets == pytest.approx(np.array(y), abs=1e-12)


@pytest.mark.parametrize("kind", GENERATORS)
def test_noise_adds_about_its_deviation(kind):
    """To both coordinates of a point, and to the y of a curve, whose x stays."""
    (still, y), (moved, other) = made(Generated(kind, 4000, 0.0, 1)), made(Generated(kind, 4000, 0.25, 1))
    changed = moved - still if kind in POINTS else other - y
    assert changed.std(axis=0) == pytest.approx(np.full(changed.shape[1], 0.25), abs=0.01)
    assert (other == y).all() if kind in POINTS else (moved == still).all()


@pytest.mark.parametrize("kind", POINTS)
@pytest.mark.parametrize("count", [4, 7, 100])
def test_both_classes_come_in_turn(kind, count):
    assert made(Generated(kind, count))[1][:, 0].tolist() == [float(k % 2) for k in range(count)]


@pytest.mark.parametrize("kind", GENERATORS)
def test_the_same_description_gives_the_same_data_and_another_seed_other_data(kind):
    first, again, other = (made(Generated(kind, 50, 0.1, seed)) for seed in (5, 5, 6))
    assert first[0].tolist() == again[0].tolist()
    assert first[1].tolist() == again[1].tolist()
    assert (first[0].tolist(), first[1].tolist()) != (other[0].tolist(), other[1].tolist())


@pytest.mark.parametrize("kind", GENERATORS)
def test_what_it_begins_with_stays_in_the_picture(kind):
    inputs, targets = made(Generated(kind, 2000, GENERATORS[kind].noise, 1))
    assert np.abs(inputs).max() < 1.6
    assert np.abs(targets).max() < 1.6
    assert GENERATORS[kind].label and GENERATORS[kind].tip


@settings(deadline=None, max_examples=60)  # a loaded machine is no failure
@given(
    kind=st.sampled_from(sorted(GENERATORS)),
    count=st.integers(4, 400),
    noise=st.floats(0.0, LARGEST_NOISE),
    seed=st.integers(0, 2**63 - 1),
    share=st.sampled_from([0.0, 0.25, 0.9]),
)
def test_whatever_can_be_described_can_be_learned(kind, count, noise, seed, share):
    source = Source(generated=Generated(kind, count, noise, seed))
    data, columns = load(source), columns_of(source)
    assert data.count == count_of(source) == count
    assert data.columns == columns
    assert np.isfinite(data.inputs).all()
    assert np.isfinite(data.targets).all()
    network = Network(len(columns.inputs), (Layer(3, "tanh"), Layer(columns.outputs, "tanh")))
    experiment = Experiment("Made", network, FirstWeights("xavier"), Learning(), 1, 1, source, share)
    assert np.isfinite(experiment.start().record().cost)


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (Generated("spirall"), r"generated\.kind: unknown generator 'spirall'; did you mean 'spiral'"),
        (Generated("xor", 3), r"generated\.count: expected from 4 to 100,000, got 3"),
        (Generated("line", 1), r"generated\.count: expected from 2"),
        (Generated("xor", 100_001), r"generated\.count: expected from 4"),
        (Generated("xor", 10, float("nan")), r"generated\.noise: expected from 0 to 2, got nan"),
        (Generated("xor", 10, 0.1, -1), r"generated\.seed: expected 0 or more, got -1"),
    ],
)
def test_what_cannot_be_made_is_refused_at_its_place(wrong, text):
    with pytest.raises(DocumentError, match=text):
        Source(generated=wrong)
