"""The panel of the chain rule: the whole chain of derivatives of whatever is selected."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bpviz.explain.address import Address
from bpviz.explain.chain.chain import Chain, Path, chain_of
from bpviz.explain.chain.factor import Form
from bpviz.explain.chain.variable import total_part, variables
from bpviz.explain.chain.words import (
    along,
    batch_note,
    fused_reason,
    invitation,
    placeholder,
    variable_name,
    what_makes_it_small,
)
from bpviz.explain.equation.expression import terms_of
from bpviz.explain.part import Part, told_by
from bpviz.explain.phase import score
from bpviz.explain.waterfall import Fall, layer_waterfall, path_waterfall
from bpviz.qt.chain.fall_section import FallSection
from bpviz.qt.chain.paths_section import PathsSection
from bpviz.qt.chain.sentence_label import SentenceLabel
from bpviz.qt.chain.variable_choice import VariableChoice
from bpviz.qt.equations.flow import TokenFlow
from bpviz.qt.naming import Naming
from bpviz.qt.panels.coalescer import Coalescer
from bpviz.qt.panels.panel_scroll import PanelScroll
from bpviz.qt.panels.section import rule
from bpviz.qt.player import Player
from bpviz.qt.plots.choice import Choice
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_SYMBOL_SIZE = 18.0
_MARGINS = (16, 14, 16, 14)
_GAP = 10
_LEAST_WIDTH = 220
_ROOM_FOR_HEADING = 250
_MOST_PATHS = 3
_FORMS: dict[str, tuple[Form, str]] = {
    "derivatives": ("derivatives", "Each factor as the derivative that the chain rule asks for."),
    "values": ("quantities", "The same factors as what they are: slopes, weights, activations."),
}


class ChainPanel(QWidget):
    """Follows session, player and spotlight; while it is seen, the network shows the paths it speaks of."""

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        super().__init__()
        self._session, self._player = session, player
        self._spotlight, self._naming = spotlight, naming
        self._key: object = None
        self._chain: Chain | None = None
        self._kept = 0            # the path that was chosen
        self._previewed = -1      # the path the mouse is on
        self._selected_before: Address | None = None
        self.title = QLabel()
        self.variable = VariableChoice()
        self.sentence, self.reason = SentenceLabel("soft"), SentenceLabel("faint")
        self.along, self.note = SentenceLabel("soft"), SentenceLabel("soft")
        self.form = Choice("How factors are written", {word: tip for word, (_, tip) in _FORMS.items()})
        self.equation = TokenFlow(theme, spotlight, _SYMBOL_SIZE)
        self.paths = PathsSection(theme)
        self.falls = FallSection(theme, spotlight)
        self.heading = QLabel("Chain rule")
        self._rules = tuple(rule() for _ in range(3))
        self._equation = self._equation_block()
        self._lay_out()
        self._redraw = Coalescer(self, self.refresh)
        self.variable.changed.connect(self._start_over)  # before it is asked to show the new one
        for signal in (session.experiment_changed, session.step_changed, player.moved, player.mode_changed,
                       spotlight.changed, naming.changed,
                       self.variable.changed, self.form.changed):
            signal.connect(self._redraw.ask)
        self.paths.list.previewed.connect(self._preview)
        self.paths.list.chosen.connect(self._keep)
        self._redraw.ask()

    @property
    def chain(self) -> Chain | None:
        """What is shown; None while nothing is selected."""
        return self._chain

    @property
    def path(self) -> Path | None:
        """The path whose factors are shown: the one under the mouse, or else the chosen one."""
        if self._chain is None or not self._chain.paths:
            return None
        row = self._previewed if self._previewed >= 0 else self._kept
        return self._chain.paths[min(row, len(self._chain.paths) - 1)]

    def refresh(self) -> None:
        """Show what is so now; nothing is made anew while record, phase and selection stay."""
        session, player, selected = self._session, self._player, self._spotlight.selected
        if self._key is not None and self._selected_before != selected:
            self._start_over()
        self._selected_before = selected
        key = (session.record, player.complete, player.moment.phase, self._spotlight.example, selected,
               self._naming.notation, self.form.chosen, self.variable.what)
        if key == self._key:
            return
        self._key = key
        if selected is None:
            self._show_layers()
        else:
            self._show_chain(selected)
        self._announce_routes()

    # -- what is shown ---------------------------------------------------------------------------------

    def _show_layers(self) -> None:
        self._chain = None
        for widget in (self.variable, self._equation, self.paths, *self._rules):
            widget.hide()
        self.title.setText("Nothing selected")
        self.sentence.show_sentence(invitation(self._session.network, self._naming.names))
        self._show_falls(0, None)

    def _show_chain(self, selected: Address) -> None:
        session, names = self._session, self._naming.names
        self.variable.show_variables(variables(session.network, selected), names)
        variable = self.variable.chosen
        self._chain = chain_of(
            session.network, session.record, names, variable, self._player.complete,
            self._spotlight.example, _MOST_PATHS,
        )
        name = variable_name(names, variable)
        self.title.setText(f"{name[0].upper()}{name[1:]}")
        self.sentence.show_sentence(placeholder(session.network, names, variable))
        self.reason.show_sentence(fused_reason(session.network, session.record, names, variable))
        self.note.show_sentence(batch_note(session.record, self._chain))
        for line in self._rules:
            line.show()
        self._show_path()

    def _show_path(self) -> None:
        """The part of the panel that speaks of one path."""
        chain, path = self._chain, self.path
        assert chain is not None
        several = chain.count > 1 or chain.averaged
        self.paths.setVisible(several)
        self._rules[1].setVisible(several)
        self.paths.show_chain(chain, self._naming.names, self._kept)
        self._equation.setVisible(path is not None)
        self.along.show_sentence(along(chain, path))
        if path is None:
            self._show_falls(chain.variable.layer, None)
            return
        self.equation.show_tokens(chain.tokens(path, self._form), self._current(chain, path))
        self._show_falls(chain.variable.layer, None if chain.averaged else path)

    def _show_falls(self, layer: int, path: Path | None) -> None:
        """Along a path, or layer by layer; and what made it small."""
        if path is None:
            self.falls.show_layers(self._layers(max(layer, 0)))
        else:
            said = what_makes_it_small(self._session.network, self._naming.names, path, self._form)
            self.falls.show_path(path_waterfall(path, self._form), said)

    def _layers(self, lowest: int) -> tuple[Fall, ...]:
        session = self._session
        return layer_waterfall(
            session.network, session.record, self._naming.names, self._player.complete,
            self._spotlight.example, lowest,
        )

    @property
    def _form(self) -> Form:
        return _FORMS[self.form.chosen][0]

    def _current(self, chain: Chain, path: Path) -> frozenset[Part]:
        """What the present phase computes or works with."""
        depth = self._session.network.depth
        phase = score(depth)[self._player.moment.phase]
        marked = {
            term.part
            for factor in path.factors if factor.is_told_by(phase, depth)
            for term in terms_of(factor.expression(self._form))
        }
        whole = total_part(chain.variable)
        if told_by(whole, depth) == phase:
            marked.add(whole)
        return frozenset(part for part in marked if part is not None)

    # -- which path ------------------------------------------------------------------------------------

    def _start_over(self) -> None:
        self._kept, self._previewed = 0, -1

    def _preview(self, row: int) -> None:
        self._previewed = row
        self._show_other_path()

    def _keep(self, row: int) -> None:
        self._kept = row
        self._show_other_path()

    def _show_other_path(self) -> None:
        if self._chain is not None:
            self._show_path()
            self._announce_routes()

    def _announce_routes(self) -> None:
        """On the network: the strongest paths, or the one that is looked at; only once they are told."""
        chain, path = self._chain, self.path
        if chain is None or path is None or not chain.told or not self.isVisible():
            self._spotlight.show_routes(())
        elif self._previewed >= 0 or self._kept > 0:
            self._spotlight.show_routes((path.route,))
        else:
            self._spotlight.show_routes(tuple(dict.fromkeys(p.route for p in chain.paths or ())))

    # -- within ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.title.setProperty("title", True)
        self.title.setWordWrap(True)
        whole = PanelScroll(_MARGINS, _GAP)
        first, second, third = self._rules
        for widget in (self.title, self.variable, self.sentence, first, self._equation, second, self.paths,
                       third, self.falls):
            whole.column.addWidget(widget)
        whole.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(whole)
        self.setMinimumWidth(_LEAST_WIDTH)

    def _equation_block(self) -> QWidget:
        self.heading.setProperty("title", True)
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.form)
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        for widget in (self.along, self.equation, self.reason, self.note):
            column.addWidget(widget)
        return block

    # -- Qt --------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(328, 640)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.heading.setVisible(event.size().width() >= _ROOM_FOR_HEADING)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._announce_routes()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._previewed = -1
        self._spotlight.show_routes(())
