"""Which weight the slice is of, and how far it reaches: two small menus."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal

from bpviz.engine.network import Network
from bpviz.explain.address import Address, Edge, Node
from bpviz.explain.contribution import Subject, subject_name
from bpviz.explain.symbol import Names
from bpviz.qt.naming import Naming
from bpviz.qt.panels.picker import Option, Picker
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight

_MOST = 30            # parameters of a network that are listed
_LARGEST = "largest"  # the weight with the largest gradient
_RANGES: dict[str, tuple[str, str, float | None]] = {
    "near": ("near the step", "So near that the step fills a good part of the picture", None),
    "usual": ("range ×1", "Around the weight, wide enough to show the shape of the curve", 1.0),
    "wide": ("range ×4", "Four times as far", 4.0),
    "widest": ("range ×16", "Sixteen times as far", 16.0),
}


class WeightChoice(QObject):
    """Lists the weights and biases of a small network; what is picked is selected everywhere."""

    def __init__(self, session: Session, spotlight: Spotlight, naming: Naming, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._spotlight, self._naming = session, spotlight, naming
        self._subject: Subject | None = None
        self._short = self._held = False
        self.picker = Picker("Weight", self._options, "accent")
        self.picker.picked.connect(self._pick)

    def shorten(self, short: bool) -> None:
        """Where there is little room."""
        self._short = short
        if self._subject is not None:
            self.show_subject(self._subject, self._held)

    def show_subject(self, subject: Subject, held: bool) -> None:
        """held: training runs too fast for another weight to be shown at each step."""
        self._subject, self._held, names = subject, held, self._naming.names
        if subject.selected is None:
            assert subject.address is not None
            when = "when the run went on" if held else "of this step"
            tip = f"The {subject_name(names, subject.address)}: largest gradient {when}."
            label = "held" if held else "largest" if self._short else "largest gradient"
            self.picker.show_choice(_LARGEST, label, f"{tip} Select a weight to see its own.")
        elif subject.address is None:
            self.picker.show_choice("", "selected", "What is selected has neither weight nor bias.")
        else:
            name = subject_name(names, subject.address)
            self.picker.show_choice(_name(subject.address), "selected", f"The {name} is selected.")

    def _options(self) -> list[Option]:
        names, network = self._naming.names, self._session.network
        tip = "Nothing is selected: the weight with the largest gradient of each step is shown."
        largest = Option(_LARGEST, "Largest gradient", tip)
        if _count(network) <= _MOST:
            listed = list(_parameters(network))
        else:
            listed = [a for a in [self._spotlight.selected] if a is not None and _has(network, a)]
        rest = [Option("", "Select others on the network", possible=False)] if _count(network) > _MOST else []
        return [largest, *(_option(names, address) for address in listed), *rest]

    def _pick(self, name: str) -> None:
        self._spotlight.select(None if name == _LARGEST else _address(name))


class RangeChoice(QObject):
    """How far to either side of the weight."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._short = False
        self.picker = Picker("Range", self._options, "accent")
        self.picker.picked.connect(self.choose)
        self._show("usual")

    @property
    def times(self) -> float | None:
        """Of the usual reach; None: so near that the step is large."""
        return _RANGES[self.picker.chosen][2]

    def shorten(self, short: bool) -> None:
        """Where there is little room."""
        self._short = short
        self._show(self.picker.chosen)

    def choose(self, name: str) -> None:
        self._show(name)
        self.changed.emit()

    def _show(self, name: str) -> None:
        label, tip, _ = _RANGES[name]
        label = label.split()[-1] if self._short else label
        self.picker.show_choice(name, label, f"{tip}. The wheel zooms, a double click shows all again.")

    def _options(self) -> list[Option]:
        return [Option(name, label, tip) for name, (label, tip, _) in _RANGES.items()]


# An address as the name of a line in a menu, and back.


def _name(address: Address) -> str:
    if isinstance(address, Edge):
        return f"{address.layer} {address.source} {address.target}"
    return f"{address.layer} {address.unit}"


def _address(name: str) -> Address:
    numbers = [int(part) for part in name.split()]
    return Edge(*numbers) if len(numbers) == 3 else Node(*numbers)


def _option(names: Names, address: Address) -> Option:
    name = subject_name(names, address)
    return Option(_name(address), name[0].upper() + name[1:])


def _count(network: Network) -> int:
    return network.edges + sum(layer.units for layer in network.layers if layer.bias)


def _has(network: Network, address: Address) -> bool:
    return isinstance(address, Edge) or (address.layer >= 0 and network.layers[address.layer].bias)


def _parameters(network: Network) -> Iterator[Address]:
    for k, layer in enumerate(network.layers):
        for target in range(layer.units):
            yield from (Edge(k, source, target) for source in range(network.sizes[k]))
            if layer.bias:
                yield Node(k, target)
