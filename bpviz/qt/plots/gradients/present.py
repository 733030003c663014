"""What the present step says of errors, gradients and units. Worked out once a step, whoever asks."""

from __future__ import annotations

from bpviz.engine.trace import StepTrace
from bpviz.explain.activity import Activity, activity_of
from bpviz.explain.flow import Flow, flow_of
from bpviz.explain.health import Finding, findings
from bpviz.explain.symbol import Names
from bpviz.qt.session import Session


class Present:
    """Reads the session's record; keeps what follows from it until there is another."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._record: StepTrace | None = None
        self._flow: Flow = ()
        self._activity: Activity | None = None

    @property
    def flow(self) -> Flow:
        self._follow()
        return self._flow

    @property
    def activity(self) -> Activity:
        self._follow()
        assert self._activity is not None
        return self._activity

    def findings(self) -> tuple[Finding, ...]:
        return findings(self.flow, self.activity, Names(self._session.network))

    def _follow(self) -> None:
        session, record = self._session, self._session.record
        if record is not self._record:
            self._flow = flow_of(session.network, record)
            self._activity = activity_of(session.network, record, session.trainer.train)
            self._record = record
