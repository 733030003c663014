"""One step of the smallest network: loads compiled code, or compiles it."""

from __future__ import annotations

import numpy as np

from bpviz.engine.checkpoints import Checkpoint
from bpviz.engine.examples import Examples
from bpviz.engine.kernel.run import KernelRun
from bpviz.engine.kernel.slices import Slice
from bpviz.engine.network import Layer, LayerParameters, Network
from bpviz.engine.optimizer import Learning
from bpviz.engine.update import OptimizerState


def try_out() -> None:
    """Afterwards nothing has to be loaded any more."""
    network = Network(1, (Layer(1, "tanh"),))
    start = Checkpoint(0, (LayerParameters(np.ones((1, 1)), np.ones(1)),), OptimizerState())
    run = KernelRun(network, Learning(), Examples(np.ones((1, 1)), np.ones((1, 1))), start)
    run.train(Slice(np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64), np.ones(1)))
