"""A run between its form in a document and the value that training goes on from; checked on its way in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bpviz.document.costs_form import LARGEST_STEP, read_costs, written_costs
from bpviz.document.errors import DocumentError, placed
from bpviz.document.form import CheckpointForm, LayerForm, OptimizerForm, RunForm
from bpviz.document.limits import check_frozen, check_learning
from bpviz.document.packed import Numbers, packed, unpacked
from bpviz.engine.arrays import Array
from bpviz.engine.checkpoints import Checkpoint
from bpviz.engine.kernel.remembered import MEMORIES
from bpviz.engine.network import LayerParameters, Network, Parameters
from bpviz.engine.run_state import RunState
from bpviz.engine.update import Memory, OptimizerState

MOST_ON_THE_WAY = 2_000_000  # bytes of the checkpoints that a run can do without


def written_run(run: RunState) -> RunForm:
    """As a document holds it. Of the checkpoints on the way only some are kept: the others come again."""
    return RunForm(
        run.step, run.reached, run.turns,
        tuple(_written(here) for here in thinned(run.checkpoints, run.step)),
        tuple(_written(here) for here in run.edits), run.taken, written_costs(run.costs),
    )  # fmt: skip


def thinned(checkpoints: tuple[Checkpoint, ...], step: int) -> tuple[Checkpoint, ...]:
    """The first one, the one at `step`, and of the others as many, evenly, as MOST_ON_THE_WAY leaves."""
    size = max(checkpoints[0].nbytes, checkpoints[-1].nbytes)
    every = -(-len(checkpoints) * size // MOST_ON_THE_WAY)
    return tuple(here for k, here in enumerate(checkpoints) if k % every == 0 or here.step == step)


def read_run(form: RunForm, network: Network) -> RunState:
    """The value. Raises DocumentError, placed within the form, for what no run of this network leaves."""
    _check_place(form)
    for k, turn in enumerate(form.turns):
        with placed(f"turns[{k}]"):
            check_learning(turn.learning)
            check_frozen(network, turn.learning)
    _check_steps("taken", form.taken, form.reached)
    _check_steps("edits", [here.step for here in form.edits], form.reached)
    checkpoints = _checkpoints("checkpoints", form.checkpoints, network)
    edits = _checkpoints("edits", form.edits, network)
    with placed("costs"):
        costs = read_costs(form.costs, form.reached)
    return RunState(form.step, form.reached, form.turns, checkpoints, edits, form.taken, costs)


def _check_place(form: RunForm) -> None:
    """Where it stands, and that there is a way to there."""
    if not 0 <= form.reached <= LARGEST_STEP:
        raise DocumentError(f"expected from 0 to {LARGEST_STEP}, got {form.reached}", place="reached")
    if not 0 <= form.step <= form.reached:
        raise DocumentError(f"expected from 0 to {form.reached}, got {form.step}", place="step")
    turns, checkpoints = [turn.step for turn in form.turns], [here.step for here in form.checkpoints]
    for what, steps in (("turns", turns), ("checkpoints", checkpoints)):
        _check_steps(what, steps, form.reached)
        if not steps or steps[0] != 0:
            raise DocumentError("expected the first one at step 0", place=what)
    if form.step not in checkpoints:
        raise DocumentError(f"expected one at step {form.step}, where the run stands", place="checkpoints")


def _check_steps(what: str, steps: Sequence[int], reached: int) -> None:
    if any(not 0 <= step <= reached for step in steps) or any(a >= b for a, b in pairwise(steps)):
        raise DocumentError(f"expected steps from 0 to {reached}, each once, in their order", place=what)


def _written(here: Checkpoint) -> CheckpointForm:
    layers = tuple(LayerForm(packed(p.w), None if p.b is None else packed(p.b)) for p in here.parameters)
    slots = tuple(tuple(map(packed, memory)) for memory in here.state.slots)
    return CheckpointForm(here.step, layers, OptimizerForm(here.state.count, here.state.keeps, slots))


def _checkpoints(what: str, forms: tuple[CheckpointForm, ...], network: Network) -> tuple[Checkpoint, ...]:
    read = []
    for k, form in enumerate(forms):
        with placed(f"{what}[{k}]"):
            read.append(_checkpoint(form, network))
    return tuple(read)


def _checkpoint(form: CheckpointForm, network: Network) -> Checkpoint:
    parameters = _parameters(form.parameters, network)
    with placed("optimizer"):
        return Checkpoint(form.step, parameters, _optimizer_state(form.optimizer, parameters))


def _parameters(forms: tuple[LayerForm, ...], network: Network) -> Parameters:
    if len(forms) != network.depth:
        raise DocumentError(f"expected {network.depth} layers, got {len(forms)}", place="parameters")
    read = []
    for k, (form, inputs, layer) in enumerate(zip(forms, network.sizes, network.layers, strict=False)):
        place = f"parameters[{k}]"
        w = _array(form.w, (inputs, layer.units), f"{place}.w")
        if layer.bias != (form.b is not None):
            expectation = f"expected {layer.units} numbers" if layer.bias else "the layer has no bias"
            raise DocumentError(expectation, place=f"{place}.b")
        b = None if form.b is None else _array(form.b, (layer.units,), f"{place}.b")
        read.append(LayerParameters(w, b))
    return tuple(read)


def _optimizer_state(form: OptimizerForm, parameters: Parameters) -> OptimizerState:
    if not 0 <= form.count <= LARGEST_STEP:
        raise DocumentError(f"expected 0 or more, got {form.count}", place="count")
    if form.keeps not in MEMORIES:
        raise DocumentError(f"expected one of {', '.join(map(repr, MEMORIES))}", place="keeps")
    arrays = [array for p in parameters for array in (p.w, p.b) if array is not None] if form.keeps else []
    if len(form.slots) != len(arrays):
        raise DocumentError(f"expected {len(arrays)}, got {len(form.slots)}", place="slots")
    read: list[Memory] = []
    for k, (memory, array) in enumerate(zip(form.slots, arrays, strict=True)):
        if len(memory) != MEMORIES[form.keeps]:
            expectation = f"expected {MEMORIES[form.keeps]}, got {len(memory)}"
            raise DocumentError(expectation, place=f"slots[{k}]")
        read.append(tuple(_array(m, array.shape, f"slots[{k}][{i}]") for i, m in enumerate(memory)))
        if form.keeps.endswith("square") and (read[-1][-1] < 0.0).any():
            raise DocumentError("expected squares, got one below 0", place=f"slots[{k}][{len(memory) - 1}]")
    return OptimizerState(form.count, tuple(read), form.keeps)


def _array(numbers: Numbers, shape: tuple[int, ...], place: str) -> Array:
    with placed(place):
        return unpacked(numbers, shape)
