"""Running is left to whoever takes a step sooner, as measured."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.engine import tempo
from bpviz.engine.optimizer import Learning
from bpviz.engine.tempo import TRIES, Race
from bpviz.engine.trainer import Trainer
from tests.engine.kernel_steps import compiled, needs_numba
from tests.engine.nets import drawn, examples, network

NET = network((2, 3, 1), "tanh")


def raced(compiled_seconds, numpy_seconds, steps=40):
    """Who took each of so many steps."""
    race, who = Race(), []
    for _ in range(steps):
        who.append(race.numpy_next())
        (race.put_numpy if who[-1] else race.put_compiled)(numpy_seconds if who[-1] else compiled_seconds)
    return who


def test_compiled_code_goes_first():
    assert not Race().numpy_next()


@given(st.floats(1e-6, 1.0), st.floats(1e-6, 1.0))
def test_both_are_tried_and_the_faster_goes_on(compiled_seconds, numpy_seconds):
    who = raced(compiled_seconds, numpy_seconds)
    assert who[1 : 1 + TRIES] == [True] * TRIES
    assert set(who[1 + TRIES :]) == {numpy_seconds < compiled_seconds}


def test_one_slow_moment_decides_nothing():
    race = Race()
    race.put_compiled(0.01)
    for seconds in [0.5] * (TRIES - 1) + [0.005]:
        race.put_numpy(seconds)
    assert race.numpy_next()
    race.put_compiled(0.004)
    assert not race.numpy_next()


class Charged:
    """A trainer, and a clock that goes by who takes a step and how long that is said to take."""

    def __init__(self, monkeypatch, compiled_seconds, numpy_seconds):
        self.now = 0.0
        self.trainer = Trainer(NET, Learning(0.1, 3), drawn(NET), examples(NET, 7), None, 0)
        self.trainer.use(lambda: True)
        leap, advance = self.trainer._leap, self.trainer.advance

        def charged_leap(most):
            before = self.trainer.step
            leap(most)
            self.now += compiled_seconds * (self.trainer.step - before)

        def charged_advance():
            self.now += numpy_seconds
            return advance()

        monkeypatch.setattr(self.trainer, "_leap", charged_leap)
        monkeypatch.setattr(self.trainer, "advance", charged_advance)

    def run(self, steps):
        assert self.trainer.run(steps, math.inf, clock=lambda: self.now) is None
        return [self.trainer._path.passage.by_kernel(step) for step in range(self.trainer.reached)]


@needs_numba
@pytest.mark.parametrize(("numpy_seconds", "kernels"), [(0.005, False), (0.05, True)])
def test_a_run_goes_on_with_the_faster_and_is_returned_to_in_every_bit(monkeypatch, numpy_seconds, kernels):
    compiled()
    monkeypatch.setattr(tempo, "CONTESTED", 1)
    charged = Charged(monkeypatch, 0.01, numpy_seconds)
    by_kernel = charged.run(120)
    assert by_kernel[0] and by_kernel[1 : 1 + TRIES] == [False] * TRIES
    assert set(by_kernel[1 + TRIES :]) == {kernels}
    last = charged.trainer.parameters[0].w.tobytes()
    charged.trainer.go_to(40)
    charged.trainer.go_to(120)
    assert charged.trainer.parameters[0].w.tobytes() == last


@needs_numba
def test_a_small_network_is_left_to_the_kernel_whatever_the_clock_says(monkeypatch):
    compiled()
    assert all(Charged(monkeypatch, 0.01, 1e-9).run(300))
