"""Parameters belong to the record once they are in it: copied, float64, read-only."""

from __future__ import annotations

import numpy as np
import pytest

from bpviz.engine.backprop import run_step
from bpviz.engine.errors import EngineError
from bpviz.engine.examples import Examples
from bpviz.engine.gradient_check import check
from bpviz.engine.network import Layer, LayerParameters, Network
from bpviz.engine.optimizer import Learning
from bpviz.engine.trainer import Trainer

NETWORK = Network(1, (Layer(1, "identity"),))
X, Y = np.array([[2.0]]), np.array([[1.0]])


def given(w: object, b: object = ((0.5,),)) -> tuple[LayerParameters, ...]:
    return (LayerParameters(np.array(w), np.array(b[0])),)  # type: ignore[index]


def test_changing_an_array_afterwards_changes_no_record() -> None:
    parameters = given([[3.0]])
    record = run_step(NETWORK, parameters, X, Y)
    parameters[0].w[0, 0] = 99.0
    assert record.layers[0].w[0, 0] == 3.0
    assert not record.layers[0].w.flags.writeable
    assert record.layers[0].b is not None
    assert not record.layers[0].b.flags.writeable


def test_whole_numbers_become_float64() -> None:
    record = run_step(NETWORK, given([[3]], [[1]]), X, Y)
    assert record.layers[0].w.dtype == np.float64
    assert check(NETWORK, given([[3]], [[1]]), Examples(X, Y)).worst < 1e-6


def test_a_weight_that_is_no_number_is_refused() -> None:
    with pytest.raises(EngineError, match=r"parameters\[0\]\.w: expected finite numbers"):
        run_step(NETWORK, given([[np.nan]]), X, Y)


def test_the_first_step_of_a_run_cannot_be_changed_from_outside() -> None:
    parameters = given([[3.0]])
    trainer = Trainer(NETWORK, Learning(), parameters, Examples(X, Y), None, 1)
    before = trainer.record().cost
    trainer.advance()
    parameters[0].w[0, 0] = 5.0
    trainer.go_to(0)
    assert trainer.record().cost == before
