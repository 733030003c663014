"""How long the panel on the right takes to show the next phase: refresh and painting, symbols known."""

from __future__ import annotations

import time

from PySide6.QtWidgets import QApplication, QWidget

from bpviz.document.preset import load_preset
from bpviz.explain.address import Edge
from bpviz.explain.moment import Moment
from bpviz.explain.phase import score
from bpviz.qt.naming import Naming
from bpviz.qt.player import Player
from bpviz.qt.session import Session
from bpviz.qt.side_panel import PAGES, SidePanel
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme
from tests.benchmarks.line import Goal, Line

PRESETS = ("toy", "ten-hidden", "spiral", "digits")
SIZE = (344, 640)
ROUNDS = 2  # the first round typesets
GROUP = "The panel on the right shows the next phase"
GOAL = Goal(50)


def lines() -> list[Line]:
    """The longest phase of a step on the slowest page of each preset."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme(app)
    made = []
    for name in PRESETS:
        longest = {page: max(phases(app, theme, name, page)) for page in PAGES}
        page, seconds = max(longest.items(), key=lambda one: one[1])
        told = f"of {len(PAGES)} pages {page} is the slowest"
        made.append(Line(GROUP, f"{name}: the longest phase", 1000 * seconds, "ms", GOAL, told))
    return made


def phases(app: QApplication, theme: Theme, name: str, page: str) -> list[float]:
    """Seconds for each phase of a step with the first weight selected."""
    session = Session(load_preset(name))
    player, spotlight, naming = Player(session), Spotlight(session), Naming(session)
    host = QWidget()
    panel = SidePanel(session, player, spotlight, naming, theme)
    panel.setParent(host)
    panel.resize(*SIZE)
    panel.show_page(page)
    spotlight.select(Edge(0, 0, 0))
    host.show()
    times = []
    for round_ in range(ROUNDS):
        for k in range(len(score(session.network.depth))):
            began = time.perf_counter()
            player.seek(Moment(k, 1.0))
            panel.page(page).refresh()  # type: ignore[attr-defined]
            panel.repaint()
            if round_:
                times.append(time.perf_counter() - began)
            settle(app)
    host.close()
    host.deleteLater()
    return times


def settle(app: QApplication) -> None:
    """Let what is typeset in slices be finished."""
    until = time.perf_counter() + 0.05
    while time.perf_counter() < until:
        app.processEvents()


if __name__ == "__main__":
    from tests.benchmarks.run import print_lines

    print_lines(lines())
