"""`bpviz render`: the canvas at one phase of one step, as a picture, without a display."""

from __future__ import annotations

import os
import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from bpviz.commands.display import qt_loaded
from bpviz.commands.errors import CommandError
from bpviz.commands.interrupts import interrupts_held
from bpviz.commands.parser import add_seed, add_source, add_step, whole
from bpviz.commands.running import trainer_at
from bpviz.commands.source import heading, load
from bpviz.commands.writing import check_writable
from bpviz.document.writing import write_whole

if TYPE_CHECKING:
    from bpviz.document.source import Source
    from bpviz.engine.network import Network
    from bpviz.engine.trace import StepTrace

HELP = "Draw the network at one phase of one training step. Needs no display."
_SMALLEST, _LARGEST = 64, 16_384  # pixels a side; larger pictures would not fit into memory
_KINDS = (".png", ".svg")


def add_arguments(parser: ArgumentParser) -> None:
    add_source(parser)
    add_step(parser)
    add_seed(parser)
    parser.add_argument(
        "--phase", metavar="K|NAME",
        help="the phase shown complete, the last unless told otherwise: its place counted from 0, its kind "
        "(cost, output_error, hidden_error:1), or its name in the timeline (Z_h, E_o, \"C'(W_o)\")",
    )  # fmt: skip
    parser.add_argument(
        "--size", type=_size, default=(1280, 720), metavar="WxH", help="in pixels; 1280x720 by default"
    )
    parser.add_argument("--theme", choices=("light", "dark"), default="light", help="light by default")
    parser.add_argument(
        "--example", type=_example, default=0, metavar="I|mean",
        help="the example of the batch that is shown, as the window counts: 1, the default, is the first; "
        "or the mean over the batch",
    )  # fmt: skip
    parser.add_argument(
        "-o", "--output", type=_picture, required=True, metavar="OUT.png|OUT.svg", help="where to write"
    )


def run(options: Namespace) -> int:
    check_writable(options.output)
    opened = load(options.source)
    experiment = heading(opened).experiment
    phase = _phase(experiment.network, options.phase)
    trace = trainer_at(opened, options.seed, options.step).record()
    _check_example(options.example, trace)
    with interrupts_held():
        drawn = _drawn(options, experiment.dataset, experiment.network, trace, phase)
    write_whole(options.output, drawn)
    return 0


def _drawn(
    options: Namespace, dataset: str | Source, network: Network, trace: StepTrace, phase: int
) -> bytes:
    """The whole content of the file."""
    if sys.platform == "linux":  # also beside a display: the picture is the same everywhere
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with qt_loaded():
        from PySide6.QtGui import QGuiApplication

        from bpviz.qt.canvas.render import Still, encoded
        from bpviz.qt.fonts import load_fonts
        from bpviz.qt.palette import DARK, LIGHT
    from bpviz.document.loading import load as load_data
    from bpviz.explain.moment import Moment

    application = QGuiApplication.instance() or QGuiApplication(["bpviz"])
    load_fonts()
    data = load_data(dataset)
    still = Still(
        network, trace, Moment(phase, 1.0), options.size, DARK if options.theme == "dark" else LIGHT,
        data.image_shape, options.example, data.class_names if network.outputs > 1 else (),
    )  # fmt: skip
    content = encoded(still, options.output.suffix)
    del application
    return content


def _phase(network: Network, name: str | None) -> int:
    from bpviz.commands.phases import phase_index
    from bpviz.explain.phase import score

    return len(score(network.depth)) - 1 if name is None else phase_index(network, name)


def _check_example(example: int | None, trace: StepTrace) -> None:
    if example is not None and example >= trace.batch:
        raise CommandError(f"argument --example: expected 1 to {trace.batch} or mean, got {example + 1}")


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,6})[x×](\d{1,6})", text.lower())
    sides = (int(found[1]), int(found[2])) if found else (0, 0)
    if not all(_SMALLEST <= side <= _LARGEST for side in sides):
        raise ArgumentTypeError(f"expected WIDTHxHEIGHT from {_SMALLEST} to {_LARGEST} pixels, got {text!r}")
    return sides


def _example(text: str) -> int | None:
    """The row of the batch, which counts from 0; None for the mean."""
    return None if text == "mean" else whole(1)(text) - 1


def _picture(text: str) -> Path:
    if Path(text).suffix.lower() not in _KINDS:
        raise ArgumentTypeError(f"expected a name that ends in .png or .svg, got {text!r}")
    return Path(text)
