"""Works out slices of the present step: small ones at once, large ones in pieces, each of them once."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bpviz.engine.trace import StepTrace
from bpviz.explain.address import Address
from bpviz.explain.cost_slice import COARSE, CostSlice, Span, cost_slice, slicing, work
from bpviz.qt.plots.working import Working
from bpviz.qt.session import Session

_AT_ONCE = 10_000_000   # of work: a few ms
_USUAL = 64             # samples that a curve takes as a rule
_KEPT = 64              # slices of one step

Key = tuple[Address, Span]


class SliceSource(QObject):
    """Keeps what it has found as long as the step is the same."""

    grown = Signal()  # more is known of the slice that was asked for last

    def __init__(self, session: Session, widget: QWidget) -> None:
        """widget: work goes on only while it is seen."""
        super().__init__(widget)
        self._session = session
        self._record: StepTrace | None = None
        self._known: dict[Key, CostSlice] = {}
        self._key: Key | None = None
        self._growing: CostSlice | None = None
        self._working = Working(widget)
        self._working.advanced.connect(self.grown)

    def ask(self, address: Address, span: Span, fast: bool) -> CostSlice | None:
        """As fine as it is known now; the rest comes. fast: there is time for a few ms only, or for none."""
        session, key = self._session, (address, span)
        record = session.record
        if record is not self._record or key != self._key:
            self._begin(record, key)
        if key in self._known or self._growing is not None or self._working.busy:
            self._working.go_on()
            return self._known.get(key, self._growing)
        effort = work(session.network, record, address)
        if effort * _USUAL <= _AT_ONCE:
            self._keep(key, cost_slice(session.network, record, address, span))
        elif not fast:
            self._working.begin(self._job(record, key))
        elif effort * COARSE <= _AT_ONCE:
            return cost_slice(session.network, record, address, span, COARSE)
        return self._known.get(key)

    @property
    def busy(self) -> bool:
        """Whether more is to come."""
        return self._working.busy

    def go_on(self) -> None:
        """Seen again."""
        self._working.go_on()

    # -- within --------------------------------------------------------------------------------------

    def _begin(self, record: StepTrace, key: Key) -> None:
        self._working.cancel()
        self._growing, self._key = None, key
        if record is not self._record:
            self._record = record
            self._known.clear()

    def _keep(self, key: Key, found: CostSlice) -> None:
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[key] = found

    def _job(self, record: StepTrace, key: Key) -> Iterator[None]:
        for found in slicing(self._session.network, record, *key):
            self._growing = found
            yield
        assert self._growing is not None
        self._keep(key, self._growing)
