"""How long a frame takes to paint when every edge and number has changed, beside general-purpose scenes.

The whole frame is all that the window does: the frame, the choice of edges and every number, painted at the
window's scale into an image. Beside the others stands the painting alone: they are handed finished colours,
places and texts; ours begins with the numbers there too.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QGraphicsScene

from bpviz.document.loading import load
from bpviz.document.preset import load_preset
from bpviz.engine.examples import Examples
from bpviz.engine.initializer import FirstWeights, first_parameters
from bpviz.engine.network import Layer, Network
from bpviz.engine.optimizer import Learning
from bpviz.engine.trace import StepTrace
from bpviz.engine.trainer import Trainer
from bpviz.explain.detail import MOST_EDGES, detail_of
from bpviz.explain.frame import frame_at
from bpviz.explain.layout import Layout, natural_scale, place
from bpviz.explain.moment import Moment
from bpviz.explain.phase import Kind, score
from bpviz.explain.symbol import Names
from bpviz.qt.canvas.edges import paint_edges
from bpviz.qt.canvas.labels import PLATE
from bpviz.qt.canvas.legend import paint_note
from bpviz.qt.canvas.painter import paint
from bpviz.qt.canvas.scene import Scene
from bpviz.qt.fonts import load_fonts
from bpviz.qt.palette import LIGHT
from tests.benchmarks.line import Goal, Line
from tests.benchmarks.other_scenes import Show, edge_items, graph_edges, graph_item, graphics_scene
from tests.benchmarks.recorded import Paint, recorded

SIZE = (1280, 720)
SCALE = natural_scale(*SIZE)
AREA = QRectF(0, 0, SIZE[0] / SCALE, SIZE[1] / SCALE)
FRAMES = 60
WARM_UP = 24  # twice through all steps
IN_FULL, FOLDED = Goal(8.0), Goal(16.0)  # ms, of a network whose edges are all drawn, and of a larger one
FASTER = Goal(5.0, at_least=True)
PHASES = (Kind.SUM, Kind.HIDDEN_ERROR)
Draw = Callable[[int], None]  # draws the frame of the k-th step


@dataclass(frozen=True)
class Run:
    """Successive steps of a network, each to be shown in the middle of a pulse or of its update."""

    network: Network
    steps: list[StepTrace]
    image_shape: tuple[int, int] | None = None

    def layout(self) -> Layout:
        return place(self.network, AREA.width(), AREA.height(), image_shape=self.image_shape)

    def moment(self, k: int) -> Moment:
        """In turn, all the phases in which something travels, and one in which every number is there."""
        phases = score(self.network.depth)
        told = [i for i, phase in enumerate(phases) if phase.kind in PHASES]
        found = (*(Moment(i, 0.45) for i in told), Moment(len(phases) - 1, 0.9))
        return found[k % len(found)]

    def scene(self, k: int, layout: Layout) -> Scene:
        trace = self.steps[k % len(self.steps)]
        frame = frame_at(self.network, trace, self.moment(k), 0)
        return Scene(layout, frame, detail_of(layout, trace, PLATE), Names(self.network), LIGHT)


def lines() -> list[Line]:
    """The whole frame of each network; then both others, the whole picture and its edges alone."""
    app = QApplication.instance() or QApplication([])
    load_fonts()
    found = []
    for name, run in runs().items():
        edges = run.network.edges
        group = f"A frame at 1280x720: {name}, {edges:,} edges"
        if edges > MOST_EDGES:
            group += f", the strongest {MOST_EDGES} drawn"
        found += whole_frame(group, run, IN_FULL if edges <= MOST_EDGES else FOLDED)
        found += beside(group, run)
    del app
    return found


def whole_frame(group: str, run: Run, goal: Goal) -> list[Line]:
    middle, most = quantiles(*timed(whole(run)))
    return [
        Line(group, "whole frame, median", middle, "ms"),
        Line(group, "whole frame, 95th percentile", most, "ms", goal),
    ]


def beside(group: str, run: Run) -> list[Line]:
    """How many times as long the others take for the same picture, frame by frame in turns."""
    found = []
    for what, ours, others in (
        ("the painting", paint, (graphics_scene(LIGHT.canvas), graph_item(LIGHT.canvas, SCALE))),
        ("its edges alone", paint_edges, (edge_items(), graph_edges(SCALE))),
    ):
        mine, *theirs = timed(painting(run, ours), *(told(run, ours, *other) for other in others))
        for name, times in zip(("QGraphicsScene items", "pyqtgraph GraphItem"), theirs, strict=True):
            ratio = float(np.median(times) / np.median(mine))
            against = f"{1000 * np.median(times):.1f} ms to our {1000 * np.median(mine):.1f}"
            goal = FASTER if ours is paint else None
            found.append(Line(group, f"{name}, {what}", ratio, "x", goal, against))
    return found


def quantiles(times: list[float]) -> tuple[float, float]:
    """Milliseconds, the median and the 95th percentile."""
    return 1000 * float(np.median(times)), 1000 * float(np.percentile(times, 95))


def timed(*draws: Draw) -> list[list[float]]:
    """Seconds of each frame, the drawings taking turns."""
    times: list[list[float]] = [[] for _ in draws]
    for k in range(WARM_UP + FRAMES):
        for draw, taken in zip(draws, times, strict=True):
            began = time.perf_counter()
            draw(k)
            taken.append(time.perf_counter() - began)
    return [taken[WARM_UP:] for taken in times]


# -- what is drawn ------------------------------------------------------------------------------


def runs() -> dict[str, Run]:
    """Presets; the densest network without numbers on its edges, one with all numbers; a large one."""
    return {
        "toy": preset_run("toy"),
        "spiral": preset_run("spiral"),
        "2-15-15-15-1": dense_run((2, 15, 15, 15, 1)),
        "eight layers of 8": dense_run((8,) * 8),
        "digits": preset_run("digits"),
        "784-128-10": large_run(),
    }


def preset_run(name: str) -> Run:
    experiment = load_preset(name).experiment
    dataset = load(experiment.dataset)
    return Run(experiment.network, records(experiment.start(dataset)), dataset.image_shape)


def dense_run(sizes: tuple[int, ...]) -> Run:
    network = Network(sizes[0], tuple(Layer(units, "tanh") for units in sizes[1:]), "mean_squared_error")
    random = np.random.default_rng(0)
    examples = Examples(random.normal(size=(100, sizes[0])), random.uniform(-1, 1, (100, sizes[-1])))
    return Run(network, records(trainer_of(network, FirstWeights("xavier"), examples)))


def large_run() -> Run:
    network = Network(784, (Layer(128, "relu"), Layer(10, "softmax")), "categorical_cross_entropy")
    random = np.random.default_rng(0)
    examples = Examples(random.uniform(size=(100, 784)), np.eye(10)[random.integers(0, 10, 100)])
    return Run(network, records(trainer_of(network, FirstWeights("he"), examples)), (28, 28))


def trainer_of(network: Network, first: FirstWeights, examples: Examples) -> Trainer:
    parameters = first_parameters(network, first, seed=0)
    return Trainer(network, Learning(0.05, 10), parameters, examples, None, 0)


def records(trainer: Trainer, count: int = 12) -> list[StepTrace]:
    found = []
    for _ in range(count):
        found.append(trainer.record())
        assert trainer.advance() is None
    return found


# -- drawing it ---------------------------------------------------------------------------------


def whole(run: Run) -> Draw:
    """From the recorded step to the picture, its note included."""
    layout, image = run.layout(), canvas()

    def draw(k: int) -> None:
        scene = run.scene(k, layout)
        painter = begun(image)
        paint(painter, scene)
        paint_note(painter, scene, AREA)
        painter.end()

    return draw


def painting(run: Run, paint_scene: Paint) -> Draw:
    """From the scene to the picture."""
    layout, image = run.layout(), canvas()
    scenes = [run.scene(k, layout) for k in range(cycle(run))]

    def draw(k: int) -> None:
        painter = begun(image)
        paint_scene(painter, scenes[k % len(scenes)])
        painter.end()

    return draw


def told(run: Run, paint_scene: Paint, scene: QGraphicsScene, show: Show) -> Draw:
    """From the same scenes as finished data to the picture."""
    layout, image = run.layout(), canvas()
    pictures = [recorded(run.scene(k, layout), paint_scene) for k in range(cycle(run))]
    scene.setSceneRect(AREA)

    def draw(k: int) -> None:
        show(pictures[k % len(pictures)])
        painter = begun(image)
        painter.resetTransform()
        scene.render(painter, QRectF(image.rect()), AREA)
        painter.end()

    return draw


def cycle(run: Run) -> int:
    """After so many frames all begins again."""
    return len(run.steps) * 5


def begun(image: QImage) -> QPainter:
    painter = QPainter(image)
    painter.fillRect(image.rect(), QColor(LIGHT.canvas))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(SCALE, SCALE)
    return painter


def canvas() -> QImage:
    return QImage(*SIZE, QImage.Format.Format_ARGB32_Premultiplied)


def main() -> None:
    for line in lines():
        told = f"{line.group:<80}{line.what:<44}{line.measured:>8.2f} {line.unit}"
        print(told, line.verdict, line.beside)


if __name__ == "__main__":
    main()
