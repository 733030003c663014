"""The window at full speed with each plot open, and how long opening a plot keeps it from answering.

python -m tests.benchmarks.bench_plots drives it in a process of its own, without a screen.
"""

from __future__ import annotations

from bpviz.document.preset import load_preset
from bpviz.qt.plots.plot_panel import PLOTS
from bpviz.qt.plots.view import ViewsPage
from tests.benchmarks.bench_window import Drive, Script, lines_of, main
from tests.benchmarks.line import Line

PRESETS = ("toy", "ten-hidden", "spiral", "digits")
_MODULE = "tests.benchmarks.bench_plots"


def lines() -> list[Line]:
    """Each plot in each of its views, for small and large presets; then the longest block of each."""
    return lines_of(_MODULE)


class PlotDrive(Drive):
    """Opens one plot after the other and trains."""

    def everything(self) -> Script:
        yield 1.5
        self.window.player.set_speed(1.0)
        self.window.player.run()
        yield 6.0  # the kernel is loaded meanwhile
        self.window.player.pause()
        for name in PRESETS:
            self.window.open_preset(load_preset(name))
            yield 0.4
            for plot in PLOTS:
                yield from self.plot(name, plot)

    def plot(self, name: str, plot: str) -> Script:
        self.watchdog.watch(f"opening {plot}")
        self.window.show_plot(plot)
        yield 0.6
        page = self.window.plots.page(plot)
        if not isinstance(page, ViewsPage):
            yield from self.run_as(f"{name}, {plot}")
            return
        for view in page.offered():
            self.watchdog.watch(f"opening {plot}, {view}")
            page.choose(view)
            yield 0.6
            yield from self.run_as(f"{name}, {plot}, {view}")
            self.watchdog.watch(f"resting after {name}, {plot}, {view}")
            yield 1.0


if __name__ == "__main__":
    main(PlotDrive, _MODULE)
