"""What the network of the present step makes of a set of examples."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bpviz.engine.examples import Examples
from bpviz.engine.network import Parameters
from bpviz.explain.example_costs import Outcomes, outcomes, outcomes_in_parts, takes_long
from bpviz.qt.plots.working import Working
from bpviz.qt.session import Session


class ExampleStudy(QObject):
    """A small set is worked out when it is followed. A large one takes its time, and what was found for an
    earlier step stands meanwhile."""

    found = Signal()  # of a large set, some time after it was followed

    def __init__(self, session: Session, widget: QWidget) -> None:
        super().__init__(widget)
        self._session = session
        self._outcomes: Outcomes | None = None
        self._parameters: Parameters | None = None  # of which the outcomes are
        self.step = 0                               # and the step of these
        self._examples: Examples | None = None      # that are being worked out
        self.working = Working(widget)
        self.working.done.connect(self.found)

    @property
    def outcomes(self) -> Outcomes | None:
        """Of the examples that were followed last; None until they are known."""
        return self._outcomes

    def follow(self, examples: Examples) -> None:
        """Have the outcomes of the present step, now or as soon as there is time."""
        trainer = self._session.trainer
        if examples is not self._examples:
            self.working.cancel()
            self._examples, self._outcomes, self._parameters = examples, None, None
        if self._parameters is trainer.parameters:
            return
        if not takes_long(trainer.network, examples):
            made = outcomes(trainer.network, trainer.parameters, examples)
            self._keep(made, trainer.parameters, trainer.step)
        elif self.working.busy:
            self.working.go_on()  # training may be faster than this: what was begun is finished first
        else:
            self.working.begin(self._job(examples, trainer.parameters, trainer.step))

    def _job(self, examples: Examples, parameters: Parameters, step: int) -> Iterator[None]:
        for made in outcomes_in_parts(self._session.network, parameters, examples):
            if made is not None:
                self._keep(made, parameters, step)
            yield

    def _keep(self, made: Outcomes, parameters: Parameters, step: int) -> None:
        self._outcomes, self._parameters, self.step = made, parameters, step
