"""Drawn experiments of every kind, and what is compared of documents."""

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from bpviz.document.earlier import EarlierRun
from bpviz.document.errors import DocumentError
from bpviz.document.experiment import Experiment
from bpviz.document.generators import GENERATORS, Generated
from bpviz.document.loading import columns_of, load
from bpviz.document.preset import Preset, load_preset
from bpviz.document.snapshot import snapshot_of
from bpviz.document.source import Columns, Rows, Source
from bpviz.engine.activation import ACTIVATIONS
from bpviz.engine.cost import COSTS
from bpviz.engine.costs import CostHistory
from bpviz.engine.epochs import EpochMarks
from bpviz.engine.errors import EngineError
from bpviz.engine.initializer import FirstWeights
from bpviz.engine.network import Layer, Network
from bpviz.engine.optimizer import OPTIMIZERS, SCHEDULES, Learning, OptimizerSettings, Schedule
from tests.engine.nets import some_frozen

some = st.floats(-3.0, 3.0)
shares = st.floats(0.0, 1.0)
words = st.text(max_size=12)
optimizers = st.builds(
    OptimizerSettings, name=st.sampled_from(list(OPTIMIZERS)), momentum=st.floats(0.0, 0.99),
    decay=st.floats(0.0, 0.99), beta1=st.floats(0.0, 0.99), epsilon=st.floats(1e-12, 1e-3),
    weight_decay=shares,
)  # fmt: skip
schedules = st.builds(
    Schedule, name=st.sampled_from(list(SCHEDULES)), factor=st.floats(0.1, 1.0), every=st.integers(1, 90),
    epochs=st.integers(1, 900), floor=shares,
)  # fmt: skip
learnings = st.builds(
    Learning, rate=st.floats(0.0, 0.5), batch_size=st.integers(1, 40), optimizer=optimizers,
    schedule=schedules, l1=st.floats(0.0, 0.01), l2=st.floats(0.0, 0.01),
)  # fmt: skip
hidden = st.builds(
    Layer, units=st.integers(1, 4), activation=st.sampled_from(sorted(set(ACTIVATIONS) - {"softmax"})),
    bias=st.booleans(),
)  # fmt: skip
generated = st.builds(
    Generated, kind=st.sampled_from(list(GENERATORS)), count=st.integers(4, 30), noise=shares,
    seed=st.integers(0, 2**63 - 1),
)  # fmt: skip


@st.composite
def rows(draw):
    inputs, classes = draw(st.integers(1, 3)), draw(st.sampled_from([0, 2, 3]))
    targets = 1 if classes else draw(st.integers(1, 2))
    names = [f"{draw(words)}{k}" for k in range(inputs + targets)]
    columns = Columns(
        "classification" if classes else "regression", tuple(names[:inputs]), tuple(names[inputs:]),
        tuple(f"{draw(words)}{k}" for k in range(classes)), draw(st.booleans()),
    )  # fmt: skip
    last = st.integers(0, classes - 1).map(float) if classes else some
    row = st.tuples(*[some] * inputs, *[last] * targets)
    cells = tuple(draw(st.lists(row, min_size=1, max_size=6)))
    return Rows(draw(words), columns, cells, draw(st.sampled_from([None, (1, inputs)])), draw(words))


sources = st.one_of(
    st.sampled_from(["toy", "xor", "iris", "sine", "mazur"]),
    st.builds(lambda made: Source(generated=made), generated),
    st.builds(lambda written: Source(rows=written), rows()),
)


@st.composite
def firsts(draw, network):
    name = draw(st.sampled_from(["given", "constant", "uniform", "normal", "xavier", "he"]))
    if name != "given":
        low = draw(some)
        return FirstWeights(name, draw(some), low, low + draw(shares), draw(some), draw(shares), draw(some))
    row = {n: st.lists(some, min_size=n, max_size=n).map(tuple) for n in network.sizes}
    weights = tuple(
        tuple(draw(row[layer.units]) for _ in range(inputs))
        for inputs, layer in zip(network.sizes, network.layers, strict=False)
    )
    return FirstWeights(
        name, weights=weights,
        biases=tuple(draw(row[layer.units]) if layer.bias else () for layer in network.layers),
    )  # fmt: skip


def learnings_of(network):
    """Any of them, with any weights and biases of this network frozen."""
    frozen = st.just(()) | some_frozen(network)
    return st.builds(lambda learning, frozen: replace(learning, frozen=frozen), learnings, frozen)


@st.composite
def cost_histories(draw):
    """Of a run of any length, some steps of which were timed."""
    costs, random = CostHistory(), np.random.default_rng(draw(st.integers(0, 99)))
    costs.put_epoch(0, 1.0, draw(st.sampled_from([2.0, np.nan])), np.nan, np.nan)
    for count in draw(st.lists(st.integers(1, 3000), max_size=3)):
        first = costs.count
        costs.put_steps(random.lognormal(0.0, 1.0, count))
        if draw(st.booleans()):
            costs.put_epoch(costs.count, *random.random(4))
        if draw(st.booleans()):
            costs.put_time(first, costs.count, draw(st.floats(0.0, 1e6)))
    return costs


@st.composite
def earlier_runs(draw):
    """One that is over, with anything that can be kept of it."""
    costs = draw(cost_histories())
    rising = sorted(draw(st.sets(st.integers(1, 2**53), max_size=3)))
    epochs = sorted(draw(st.sets(st.integers(1, 2**53), min_size=len(rising), max_size=len(rising))))
    return EarlierRun(
        draw(words), costs, draw(words), draw(st.booleans()),
        draw(st.none() | st.integers(0, costs.count + 1)),
        EpochMarks((0, *rising), (0, *epochs), draw(st.integers(1, 2**53))),
    )  # fmt: skip


@st.composite
def experiments(draw):
    """Every valid one: what does not fit together is drawn again."""
    source = draw(sources)
    columns = columns_of(source)
    output = Layer(columns.outputs, draw(st.sampled_from(list(ACTIVATIONS))), draw(st.booleans()))
    layers = (*draw(st.lists(hidden, max_size=2)), output)
    share = draw(st.sampled_from([0.0, 0.25]))
    try:
        network = Network(len(columns.inputs), layers, draw(st.sampled_from(list(COSTS))))
        experiment = Experiment(
            draw(words), network, draw(firsts(network)), draw(learnings_of(network)),
            draw(st.integers(1, 999)), draw(st.integers(0, 2**63 - 1)), source, share,
        )  # fmt: skip
        experiment.start()
    except (EngineError, DocumentError):
        return draw(experiments())
    return experiment


def begun(experiment):
    """A snapshot of its start, under a heading, and the trainer."""
    dataset = load(experiment.dataset)
    trainer = experiment.start(dataset)
    preset = Preset("drawn", experiment.title, "What it is.", "What to look for.", experiment)
    return snapshot_of(preset, dataset, trainer), trainer


def trained(name, steps):
    """A snapshot of a preset after so many steps."""
    preset = load_preset(name)
    dataset = load(preset.experiment.dataset)
    trainer = preset.experiment.start(dataset)
    trainer.run(steps, float("inf"))
    return snapshot_of(preset, dataset, trainer)


def same_costs(one, other):
    def told(costs):
        kept = costs.kept()
        curves = [costs.steps(), costs.training(), costs.validation()]
        curves += [kept.steps, kept.training, kept.validation]
        arrays = [array for curve in curves for array in (curve.steps, curve.values)]
        arrays += [kept.times.steps, kept.times.values]
        return [np.array([kept.count, *costs.last]), kept.epochs, kept.verdicts, *arrays]

    return all(np.array_equal(a, b, equal_nan=True) for a, b in zip(told(one), told(other), strict=True))
