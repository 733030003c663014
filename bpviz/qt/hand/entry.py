"""The numbers that can be typed for a unit or a weight: what each is called, says and accepts."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from bpviz.document.dataset import Dataset
from bpviz.explain.address import INPUT, Address, Edge, Node
from bpviz.explain.contribution import subject_name
from bpviz.explain.number import MINUS
from bpviz.explain.symbol import Names
from bpviz.qt.hand.example_editor import ExampleEditor
from bpviz.qt.hand.tuner import COARSE, LARGEST, Tuner
from bpviz.qt.panels.entries import EntryError
from bpviz.qt.session import Session

_LARGEST_INPUT = 1e12
_INPUT_STEP = 0.1
_DIGITS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A number of the network or of the example. enter and step raise EntryError for what cannot be.

    frozen: whether training leaves it as it is; None for what training does not change.
    """

    short: str
    caption: str
    tip: str
    text: Callable[[], str]
    enter: Callable[[str], None]
    step: Callable[[int], None]
    frozen: bool | None = None
    freeze: Callable[[], None] | None = None  # or thaw


def entries_of(
    session: Session, tuner: Tuner, examples: ExampleEditor, names: Names, address: Address
) -> list[Entry]:
    """What can be typed for a unit or a weight, the first one first."""
    if isinstance(address, Node) and address.layer == INPUT:
        return [input_entry(examples, names, session.dataset, address.unit)]
    found = [] if tuner.value(address) is None else [parameter_entry(tuner, names, address)]
    if isinstance(address, Node) and address.layer == session.network.depth - 1:
        found.append(target_entry(examples, names, session.dataset, address))
    return found


def parameter_entry(tuner: Tuner, names: Names, address: Address) -> Entry:
    """The weight at an edge, or the bias of a unit."""
    name = subject_name(names, address)

    def enter(text: str) -> None:
        tuner.set(address, read_number(text, LARGEST))

    def step(steps: int) -> None:
        tuner.nudge_by(address, steps * COARSE)

    def freeze() -> None:
        tuner.toggle_frozen(address)

    def text() -> str:
        return brief(tuner.value(address))

    what = "weight" if isinstance(address, Edge) else "bias"
    tip = f"The {what} before this step's update. Type it, or step it with ↑ and ↓."
    return Entry(what.capitalize(), name, tip, text, enter, step, tuner.frozen(address), freeze)


def input_entry(examples: ExampleEditor, names: Names, data: Dataset, unit: int) -> Entry:
    """An input of the example that is shown."""
    name = names.node_name(Node(INPUT, unit))
    column = data.input_names[unit]
    called = f"{name} ({column})" if column not in ("", name) else name
    tip = "The example's input. Its row of the data is changed, and steps count from 0 again."
    if data.standardise:
        called, tip = f"{called}, as in the data", f"{tip} The network sees it standardised."

    def enter(text: str) -> None:
        examples.set_input(unit, read_number(text, _LARGEST_INPUT))

    def step(steps: int) -> None:
        examples.set_input(unit, _stepped(examples.input(unit), steps), ("input", examples.row, unit))

    def text() -> str:
        return brief(_or_none(lambda: examples.input(unit)))

    return Entry("Input", called, tip, text, enter, step)


def target_entry(examples: ExampleEditor, names: Names, data: Dataset, output: Node) -> Entry:
    """What an output is to come to for the example that is shown: a number, or the example's class."""
    if data.task == "classification":
        return _class_entry(examples, data)
    called = "target" if data.targets.shape[1] == 1 else f"target of {names.node_name(output)}"
    tip = "What the output should come to. Its row of the data is changed, and steps count from 0 again."

    def enter(text: str) -> None:
        examples.set_target(output.unit, read_number(text, _LARGEST_INPUT))

    def step(steps: int) -> None:
        stepped = _stepped(examples.target(output.unit), steps)
        examples.set_target(output.unit, stepped, ("target", examples.row, output.unit))

    def text() -> str:
        return brief(_or_none(lambda: examples.target(output.unit)))

    return Entry("Target", called, tip, text, enter, step)


def _class_entry(examples: ExampleEditor, data: Dataset) -> Entry:
    classes = data.class_names

    def text() -> str:
        place = _or_none(lambda: float(examples.class_place()))
        return "" if place is None else classes[int(place)]

    def enter(typed: str) -> None:
        examples.set_class(read_class(typed, classes))

    def step(steps: int) -> None:
        examples.set_class((examples.class_place() + steps) % len(classes), ("class", examples.row))

    tip = f"The example's class: {', '.join(classes)}. Its row of the data is changed."
    return Entry("Class", "class of the example", tip, text, enter, step)


# -- reading and writing -----------------------------------------------------------------------


def read_number(text: str, largest: float) -> float:
    """A number up to a size. A decimal comma and a true minus are understood."""
    try:
        value = float(text.strip().replace(",", ".").replace(MINUS, "-"))
    except ValueError:
        raise EntryError("Type a number, such as 0.5 or -1.2e-3.") from None
    if not math.isfinite(value) or abs(value) > largest:
        raise EntryError(f"Type a number from -{largest:g} to {largest:g}.")
    return value


def read_class(text: str, classes: tuple[str, ...]) -> int:
    """The place of a class that is named, whatever its letters' case. Of two, 0 and 1 say it too."""
    wanted = text.strip().lower()
    for place, name in enumerate(classes):
        if name.lower() == wanted:
            return place
    if len(classes) == 2 and wanted in ("0", "1"):
        return int(wanted)
    raise EntryError(f"Type one of {', '.join(classes)}.")


def brief(value: float | None) -> str:
    """A number as it would be typed, in at most six digits; nothing where there is none."""
    return "" if value is None else f"{value:.{_DIGITS}g}"


def _stepped(value: float, steps: int) -> float:
    """To a round number nearby; further where numbers are large."""
    grain = _INPUT_STEP * 10.0 ** max(0, math.floor(math.log10(max(abs(value), 1.0))))
    return round(value + steps * grain, 10)


def _or_none(read: Callable[[], float]) -> float | None:
    try:
        return read()
    except EntryError:
        return None
