"""Which cost the network makes small."""

from __future__ import annotations

from collections.abc import Iterator

from bpviz.document.pairing import cost_choice
from bpviz.engine.cost import COSTS, cost
from bpviz.explain.plain_formula import plain_formula
from bpviz.qt.panels.choice_row import ChoiceRow
from bpviz.qt.panels.picker import Option, option_of
from bpviz.qt.session import Session

_TIP = (
    "What training makes small: how far predictions are from targets. "
    "Weights stay as they are, steps count from 0 again."
)


class CostRow(ChoiceRow):
    """Shows the session's cost, and changes it where output and data allow it."""

    def __init__(self, session: Session) -> None:
        labels = (each.label for each in COSTS.values())
        super().__init__("Cost", _TIP, self._menu, widest=max(labels, key=len))
        self._session = session
        self.picked.connect(self.choose)

    def refresh(self) -> None:
        now = cost(self._session.network.cost)
        self.show_choice(now.name, now.label, f"{now.label}: {plain_formula(now.latex)}")

    def choose(self, name: str) -> None:
        if name == self._session.network.cost:
            self.trouble.forgive()
        else:
            self.trouble.attempt_choice(self._session, cost_choice(self._session.experiment, name))

    def _menu(self) -> list[Option]:
        return list(self._offered())

    def _offered(self) -> Iterator[Option]:
        for each in COSTS.values():
            choice = cost_choice(self._session.experiment, each.name)
            yield option_of(choice, plain_formula(each.latex))
