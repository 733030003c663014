"""How long a frame takes to paint when every edge has changed, beside general-purpose scenes of its edges.

The whole frame is all that the window does: the frame, the choice of edges and every number, painted into an
image. Beside the others stand our edges alone; the others are handed finished colours and widths.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication, QGraphicsScene

from bpviz.document.loading import load
from bpviz.document.preset import load_preset
from bpviz.engine.examples import Examples
from bpviz.engine.initializer import FirstWeights, first_parameters
from bpviz.engine.network import Layer, Network
from bpviz.engine.optimizer import Learning
from bpviz.engine.trace import StepTrace
from bpviz.engine.trainer import Trainer
from bpviz.explain.detail import Detail, detail_of
from bpviz.explain.frame import frame_at
from bpviz.explain.layout import place
from bpviz.explain.moment import Moment
from bpviz.explain.phase import Kind, score
from bpviz.explain.symbol import Names
from bpviz.qt.canvas.edges import paint_edges
from bpviz.qt.canvas.labels import PLATE
from bpviz.qt.canvas.legend import paint_note
from bpviz.qt.canvas.painter import paint
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.fonts import load_fonts
from bpviz.qt.palette import LIGHT, value_colour

SIZE = (1280, 720)
FRAMES = 60
WARM_UP = 5
_CHANNELS = ("red", "green", "blue", "alpha")
Row = tuple[str, float]
Draw = Callable[[int], None]  # draws the frame of the k-th step


@dataclass(frozen=True)
class Run:
    """Successive steps of a network, each to be shown in the middle of a pulse."""

    network: Network
    steps: list[StepTrace]
    image_shape: tuple[int, int] | None


def rows() -> list[Row]:
    """Median and 95th percentile of the whole frame, our edges, and the others with their ratios."""
    app = QApplication.instance() or QApplication([])
    load_fonts()
    table = []
    for name, run in runs().items():
        ours = quantiles(ours_of(run, paint_edges))
        table += named(f"{name}: whole frame at 1280x720", quantiles(ours_of(run, paint_whole)))
        table += named(f"{name}: our edges only", ours)
        for other, drawing in (("GraphItem", graph_item(run)), ("QGraphicsScene", graphics_scene(run))):
            theirs = quantiles(drawing)
            ratio = theirs[0] / ours[0], theirs[1] / ours[1]
            table += named(f"{name}: {other}, edges", theirs, ratio)
    del app
    return table


def named(name: str, times: tuple[float, float], ratios: tuple[float, float] | None = None) -> list[Row]:
    told = ("", "") if ratios is None else tuple(f" ({ratio:.2f} x ours)" for ratio in ratios)
    return [(f"{name}, {q}{more}", t) for q, more, t in zip(("p50", "p95"), told, times, strict=True)]


def quantiles(draw: Draw) -> tuple[float, float]:
    """Seconds, the median and the 95th percentile."""
    for k in range(WARM_UP):
        draw(k)
    times = []
    for k in range(FRAMES):
        began = time.perf_counter()
        draw(k)
        times.append(time.perf_counter() - began)
    return float(np.median(times)), float(np.percentile(times, 95))


# -- what is drawn ------------------------------------------------------------------------------


def runs() -> dict[str, Run]:
    found = {name: preset_run(name) for name in ("toy", "spiral", "digits")}
    return {**found, "784-128-10": large_run()}


def preset_run(name: str) -> Run:
    experiment = load_preset(name).experiment
    dataset = load(experiment.dataset)
    return Run(experiment.network, records(experiment.start(dataset)), dataset.image_shape)


def large_run() -> Run:
    random = np.random.default_rng(0)
    network = Network(784, (Layer(128, "relu"), Layer(10, "softmax")), "categorical_cross_entropy")
    inputs, targets = random.uniform(size=(100, 784)), np.eye(10)[random.integers(0, 10, 100)]
    first = first_parameters(network, FirstWeights("he"), seed=0)
    trainer = Trainer(network, Learning(0.05, 10), first, Examples(inputs, targets), None, 0)
    return Run(network, records(trainer), (28, 28))


def records(trainer: Trainer, count: int = 12) -> list[StepTrace]:
    found = []
    for _ in range(count):
        found.append(trainer.record())
        assert trainer.advance() is None
    return found


def paint_whole(painter: QPainter, scene: Scene) -> None:
    paint(painter, scene)
    paint_note(painter, scene, QRectF(0, 0, *SIZE))


def ours_of(run: Run, paint_scene: Callable[[QPainter, Scene], None]) -> Draw:
    layout = place(run.network, *SIZE, image_shape=run.image_shape)
    phases = score(run.network.depth)
    carrying = [k for k, phase in enumerate(phases) if phase.kind in (Kind.SUM, Kind.HIDDEN_ERROR)]
    image = canvas()

    def draw(k: int) -> None:
        trace, moment = run.steps[k % len(run.steps)], Moment(carrying[k % len(carrying)], 0.45)
        frame = frame_at(run.network, trace, moment, 0)
        scene = Scene(layout, frame, detail_of(layout, trace, PLATE), Names(run.network), LIGHT)
        painter = QPainter(image)
        painter.fillRect(image.rect(), QColor(LIGHT.canvas))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_scene(painter, scene)
        painter.end()

    return draw


def canvas() -> QImage:
    return QImage(*SIZE, QImage.Format.Format_ARGB32_Premultiplied)


# -- the others ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lines:
    """The edges of one step: their ends (n, 4), colours (n, 3) and widths (n,)."""

    ends: np.ndarray
    colours: np.ndarray
    widths: np.ndarray


def lines_of(run: Run) -> list[Lines]:
    layout = place(run.network, *SIZE, image_shape=run.image_shape)
    return [lines(detail_of(layout, trace, PLATE), trace) for trace in run.steps]


def lines(detail: Detail, trace: StepTrace) -> Lines:
    pairs = list(zip(detail.layers, trace.layers, strict=True))
    w = np.concatenate([layer.w[drawn.sources, drawn.targets] for drawn, layer in pairs])
    largest = float(np.abs(w).max())
    colours = [value_colour(LIGHT, x, largest).getRgb()[:3] for x in w.tolist()]
    ends = np.concatenate([drawn.lines for drawn, _ in pairs])
    return Lines(ends, np.array(colours), 0.8 + 4.0 * np.abs(w) / largest)


def graph_item(run: Run) -> Draw:
    """GraphItem of pyqtgraph, given all of a step's positions and pens at once."""
    steps = lines_of(run)
    pg.setConfigOptions(antialias=True)
    item, scene = pg.GraphItem(), QGraphicsScene()
    item.scatter.setVisible(False)  # edges only
    scene.addItem(item)
    show = rendering(scene)

    def draw(k: int) -> None:
        step = steps[k % len(steps)]
        count = len(step.ends)
        pens = np.zeros(count, dtype=[*((channel, np.ubyte) for channel in _CHANNELS), ("width", float)])
        for channel, colour in zip(_CHANNELS, step.colours.T, strict=False):
            pens[channel] = colour
        pens["alpha"], pens["width"] = 255, step.widths
        pairs = np.arange(2 * count).reshape(count, 2)
        item.setData(pos=step.ends.reshape(-1, 2), adj=pairs, pen=pens)
        show()

    return draw


def graphics_scene(run: Run) -> Draw:
    """One line item an edge, given a new line and a new pen."""
    steps = lines_of(run)
    scene = QGraphicsScene()
    items = [scene.addLine(*ends) for ends in steps[0].ends.tolist()]
    show = rendering(scene)

    def draw(k: int) -> None:
        step = steps[k % len(steps)]
        told = zip(items, step.ends.tolist(), step.colours.tolist(), step.widths.tolist(), strict=True)
        for item, ends, colour, width in told:
            item.setLine(*ends)
            item.setPen(QPen(QColor(*colour), width))
        show()

    return draw


def rendering(scene: QGraphicsScene) -> Callable[[], None]:
    image = canvas()
    area = QRectF(0, 0, *SIZE)
    scene.setSceneRect(area)

    def show() -> None:
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(image.rect(), QColor(LIGHT.canvas))
        scene.render(painter, area, area)
        painter.end()

    return show
