"""The cost of the run so far: training and validation over steps, epochs or time, and where the playhead
stands."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QColor, QPainter, QResizeEvent

from bpviz.explain.cost_table import cost_table
from bpviz.explain.number import number
from bpviz.explain.table import Table
from bpviz.qt.fonts import BODY, ui_font
from bpviz.qt.naming import Naming
from bpviz.qt.player import Player
from bpviz.qt.plots.axis import Axis
from bpviz.qt.plots.cost.choices import AXES, Choices
from bpviz.qt.plots.cost.chosen import Along, Chosen
from bpviz.qt.plots.cost.composing import COUNTED, Composer, Wish, whole_axis
from bpviz.qt.plots.cost.cost_view import CostView
from bpviz.qt.plots.cost.history import History, told
from bpviz.qt.plots.cost.reading import Reading, beyond, reading_at
from bpviz.qt.plots.cost.runs_button import RunsButton
from bpviz.qt.plots.cost.trouble import Trouble
from bpviz.qt.plots.cost.zoom import Seen, panned, zoomed
from bpviz.qt.plots.page import PlotPage
from bpviz.qt.session import Session
from bpviz.qt.spotlight import Spotlight
from bpviz.qt.theme import Theme

_EMPTY = "The cost appears here once training runs. Press Space."
_TITLE, _MARGIN = 28, 12  # pixels about an exported picture
_NARROW = 540             # pixels, below which the tabs leave room for one button
_LEAST_STEPS = 4          # can be seen as close as that
_DESCRIPTION = (
    "With Ctrl, left and right move a line that reads values, plus and minus zoom, 0 shows all; "
    "Return takes the playhead to the line."
)


class CostPlot(PlotPage):
    """Follows the session, about thirty times a second at most, and only while it can be seen."""

    title = "Cost"
    rest = 0.033

    def __init__(
        self, session: Session, player: Player, spotlight: Spotlight, naming: Naming, theme: Theme
    ) -> None:
        super().__init__(session, player, spotlight, naming, theme)
        self._history = History(session.trainer)
        self._composer = Composer(self._history)
        self._trouble = Trouble()
        self._seen: Seen | None = None
        self._before = 0  # the step from which a click led away
        self.choices = Choices(self)
        self.view = CostView(theme)
        self._lay_out()
        self._connect()
        self._forget()

    def choose(self, chosen: Chosen) -> None:
        """See it that way from now on."""
        self.choices.choose(chosen)

    @property
    def chosen(self) -> Chosen:
        return self.choices.chosen

    @property
    def seen(self) -> Seen | None:
        """What of the horizontal axis is seen; None is all of it."""
        return self._seen

    def refresh(self) -> None:
        """Draw the run as it is now."""
        trainer = self.session.trainer
        self.choices.allow_time(trainer.costs.timed)
        wish = Wish(self.chosen, self.view.size(), self._seen, self._trouble.step(trainer))
        picture = self._composer.picture(trainer, self.session.runs, wish)
        if trainer.reached or picture.ghosts:
            self.view.show_picture(picture)
            self._read()
        else:
            self.view.show_words(_EMPTY, f"Before training it is {number(trainer.last_epoch.training)}.")

    def table(self) -> Table | None:
        trainer = self.session.trainer
        if not self.has_numbers:
            return None
        title = f"{self.session.preset.title}: cost"
        runs = [told("this run", trainer.costs, trainer.course, trainer.course)]
        runs += [told(run.name, run.costs, run) for run in self.session.runs if not run.hidden]
        return cost_table(title, runs, self.chosen.span)

    @property
    def has_numbers(self) -> bool:
        return self.session.trainer.reached > 0 or any(not run.hidden for run in self.session.runs)

    def paint_picture(self, painter: QPainter) -> None:
        """With a heading: it stands alone then."""
        palette = self.theme.palette
        painter.save()
        painter.setFont(ui_font(BODY, 600))
        painter.setPen(QColor(palette.ink))
        painter.drawText(QPoint(_MARGIN, 20), self._heading())
        painter.translate(_MARGIN, _TITLE)
        self.view.paint_on(painter)
        painter.restore()

    @property
    def picture_size(self) -> QSize:
        return self.view.size() + QSize(2 * _MARGIN, _TITLE + 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.choices.fold(event.size().width() < _NARROW)

    # -- following ------------------------------------------------------------------------------

    def _connect(self) -> None:
        session, view = self.session, self.view
        session.experiment_changed.connect(self._forget)
        session.settings_changed.connect(self._follow)
        session.diverged.connect(self._note_trouble)
        self.choices.changed.connect(self._rechosen)
        view.resized.connect(self.wait)
        view.sought.connect(self._seek)
        view.pressed.connect(self._note)
        view.pointed.connect(self._read)
        view.zoomed.connect(self._zoom)
        view.panned.connect(self._pan)
        view.unpressed.connect(self._return)
        view.fitted.connect(self._fit)

    def _forget(self) -> None:
        self._seen = None
        self._follow()

    def _follow(self) -> None:
        self._history.follow(self.session.trainer)
        self.wait()

    def _note_trouble(self) -> None:
        self._trouble.note(self.session.trainer)

    def _rechosen(self) -> None:
        picture = self.view.picture
        if picture is not None and picture.counted != COUNTED[self._along]:
            self._seen = None
        self.wait()

    # -- mouse and keys ---------------------------------------------------------------------------

    def _note(self) -> None:
        self._before = self.session.trainer.step

    def _seek(self, x: float) -> None:
        self.player.seek_step(self._history.step_at(x, self._along))

    def _read(self) -> None:
        self.view.show_reading(self._reading())

    def _reading(self) -> Reading | None:
        x, picture, trainer = self.view.pointer, self.view.picture, self.session.trainer
        if x is None or picture is None:
            return None
        step = self._history.step_at(x, self._along)
        if step == trainer.reached and x > picture.curves.end + 0.5 * (picture.curves.end / max(1, step)):
            return beyond(x, picture, self._along)
        return reading_at(step, self._history, trainer, picture, self.chosen)

    def _zoom(self, times: float, about: float) -> None:
        whole = self._whole
        least = _LEAST_STEPS * whole.high / max(1, self.session.trainer.reached)
        self._see(zoomed(self._seen, whole, times, about, least))

    def _pan(self, by: float) -> None:
        self._see(panned(self._seen, self._whole, by))

    def _fit(self) -> None:
        """All of it again."""
        self._see(None)

    def _return(self) -> None:
        """Twice pressed is to see all of it, if that was not seen: the playhead goes where it was."""
        if self._seen is not None:
            self.player.seek_step(self._before)

    def _see(self, seen: Seen | None) -> None:
        if seen != self._seen:
            self._seen = seen
            self.refresh()

    # -- what is shown --------------------------------------------------------------------------

    @property
    def _along(self) -> Along:
        return self._history.along(self.chosen.along)

    @property
    def _whole(self) -> Axis:
        """The axis with all of the run, and of earlier ones."""
        picture, trainer = self.view.picture, self.session.trainer
        ends = [float(ghost.end) for ghost in picture.ghosts] if picture is not None else []
        end = max([self._history.x_of(trainer.reached, self._along), *ends])
        return whole_axis(end, self._along, trainer.steps_per_epoch)

    def _heading(self) -> str:
        return f"{self.session.preset.title}: cost {AXES[self._along][0]}"

    def _lay_out(self) -> None:
        self.controls_row.addWidget(RunsButton(self.session))
        for picker in (self.choices.scale, self.choices.along, self.choices.lines):
            self.controls_row.addWidget(picker)
        self.column.addWidget(self.view, 1)
        self.view.setAccessibleName("Cost over the run")
        self.view.setAccessibleDescription(_DESCRIPTION)
