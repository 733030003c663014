"""The paths of a chain as a section: how many there are, the strongest, and what all of them come to."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from bpviz.explain.address import Node
from bpviz.explain.chain.chain import Chain, Path
from bpviz.explain.number import count, full
from bpviz.explain.symbol import Names
from bpviz.qt.chain.path_list import PathList, PathRow
from bpviz.qt.theme import Theme


class PathsSection(QWidget):
    """Shows a chain's paths; which of them the list chooses is its owner's to know."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        title = QLabel("Paths")
        title.setProperty("title", True)
        self.caption = QLabel()
        self.caption.setProperty("faint", True)
        self.caption.setWordWrap(True)
        self.list = PathList(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (title, self.caption, self.list):
            column.addWidget(widget)

    def show_chain(self, chain: Chain, names: Names, kept: int) -> None:
        paths = chain.paths or ()
        told = chain.told
        rows = [
            PathRow(path.numbers, path.product if told else None, _tip(path, names, told)) for path in paths
        ]
        others = chain.count - len(paths)
        if others:
            name = "all paths" if not paths else "1 other" if others == 1 else f"{count(others)} others"
            rows.append(PathRow(name, chain.rest if told else None, _others_tip(chain, others, told), False))
        total = chain.total if told else None
        rows.append(PathRow(chain.symbol, total, f"All paths together: {full(total)}", False))
        self.caption.setText(_caption(chain, names))
        self.list.show_rows(tuple(rows), kept)


def _caption(chain: Chain, names: Names) -> str:
    if chain.count == 1:
        return "One path leads from here to the cost."
    shown = len(chain.paths or ())
    ways = f"{count(chain.count)} paths lead from here to the cost"
    named = f"the {count(shown)} strongest" if chain.told else f"{count(shown)} of them"
    which = "" if shown in (0, chain.count) else f"; {named}"
    columns = _columns(chain, names)
    return f"{ways}{which}. Unit by unit, {columns}:" if columns else f"{ways}{which}:"


def _columns(chain: Chain, names: Names) -> str:
    """From which layer to which the numbers of a path lead."""
    if not chain.paths:
        return ""
    route = chain.paths[0].route
    first = route.first - 1 if route.into is not None else route.first
    last = route.first + len(route.units) - 1
    return f"from {names.layer_name(first)} to {names.layer_name(last)}" if first != last else ""


def _tip(path: Path, names: Names, told: bool) -> str:
    nodes = list(path.route.nodes)
    if path.route.into is not None:
        nodes.insert(0, Node(path.route.into.layer - 1, path.route.into.source))
    words = " → ".join(names.node_name(node) for node in nodes)
    if path.through is not None:
        words += f", through {names.node_name(Node(nodes[-1].layer, path.through))}"
    return f"{words}: {full(path.product if told else None)}"


def _others_tip(chain: Chain, others: int, told: bool) -> str:
    which = f"The {count(others)} weaker paths" if chain.paths else "All paths"
    return f"{which} together: {full(chain.rest if told else None)}"
