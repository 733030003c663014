"""Chooses which output a prediction plot shows, where there are several."""

from __future__ import annotations

from bpviz.explain.symbol import Names, Symbol
from bpviz.qt.panels.picker import Option, Picker
from bpviz.qt.session import Session

_CLASSES = "classes"
_SUB = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_CLASSES_TIP = "Which class the network says where: the one with the largest output"


class OutputPicker(Picker):
    """Hidden where there is nothing to choose. classes: offer all outputs at once where they are classes."""

    def __init__(self, session: Session, classes: bool) -> None:
        super().__init__("Output that is shown", self._offered, "accent")
        self._session, self._classes = session, classes
        self._known: list[Option] = []
        self.picked.connect(self._take)
        self.follow()

    @property
    def output(self) -> int | None:
        """The output's place; None means the classes."""
        return None if self.chosen == _CLASSES else int(self.chosen)

    def prediction(self, names: Names) -> str:
        """What the output is called: ŷ, with its place where it is one of several: "ŷ₂"."""
        return _lowered(names.activation(self._session.network.depth - 1, self._at))

    def target(self, names: Names) -> str:
        """What it is to come to: y or "y₂"."""
        return _lowered(names.target(self._at))

    def follow(self) -> None:
        """Another experiment may be open: begin with the first of its outputs."""
        options = self._offered()
        if options != self._known:
            self._known = options
            self._take(options[0].name)
            self.setVisible(len(options) > 1)

    @property
    def _at(self) -> str:
        several = self.output is not None and self._session.network.outputs > 1
        return str(int(self.chosen) + 1) if several else ""

    def _take(self, name: str) -> None:
        chosen = next(option for option in self._offered() if option.name == name)
        self.show_choice(chosen.name, chosen.label, chosen.tip)

    def _offered(self) -> list[Option]:
        names = self._session.dataset.target_names
        options = [Option(str(k), name, f"The output for {name}") for k, name in enumerate(names)]
        if self._classes and len(names) > 1 and self._session.dataset.task == "classification":
            options.insert(0, Option(_CLASSES, _CLASSES, _CLASSES_TIP))
        return options


def _lowered(symbol: Symbol) -> str:
    """In a line of ordinary text, with lowered digits."""
    return "".join(run.text.translate(_SUB) if run.style == "sub" else run.text for run in symbol.runs)
