"""Whole sets: the mean cost, and the share that is told apart rightly."""

import numpy as np
import pytest

from bpviz.engine.backprop import run_step
from bpviz.engine.evaluation import accuracy, evaluate
from bpviz.engine.optimizer import Learning
from bpviz.engine.trainer import Trainer
from tests.engine.nets import PAIRS, drawn, examples, network


@pytest.mark.parametrize(("activation", "cost"), PAIRS)
def test_the_cost_of_a_set_is_the_cost_of_a_step_over_all_of_it(activation, cost):
    net = network((2, 3, 2), "tanh", activation, cost)
    parameters, data, other = drawn(net), examples(net, 9), examples(net, 5, seed=1)
    assert evaluate(net, parameters, data) == run_step(net, parameters, data.inputs, data.targets).cost
    costs = Trainer(net, Learning(batch_size=4), parameters, data, other, 0).costs
    assert costs.last.training == run_step(net, parameters, data.inputs, data.targets).cost
    assert costs.last.validation == run_step(net, parameters, other.inputs, other.targets).cost


def test_one_output_is_right_when_it_is_on_its_target_s_side_of_a_half():
    outputs = np.array([[0.5], [0.49], [0.9], [-3.0]])
    targets = np.array([[1.0], [1.0], [1.0], [0.0]])
    assert accuracy(outputs, targets) == 0.75


def test_several_outputs_are_right_when_the_largest_is_the_target_s_largest():
    outputs = np.array([[0.2, 0.5, 0.3], [0.4, 0.3, 0.3], [0.1, 0.2, 0.7]])
    assert accuracy(outputs, np.eye(3)[[1, 2, 2]]) == pytest.approx(2 / 3)
