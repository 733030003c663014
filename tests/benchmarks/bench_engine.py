"""What keeping every number costs: the trainer that records whole steps, beside the shortest NumPy loop."""

from __future__ import annotations

from bpviz.engine.examples import Examples
from bpviz.engine.initializer import FirstWeights, first_parameters
from bpviz.engine.optimizer import Learning
from bpviz.engine.trainer import Trainer
from tests.benchmarks.bench_kernel import network
from tests.benchmarks.line import Line, rounded
from tests.benchmarks.plain import Epoch, Task, plain_epoch
from tests.benchmarks.turns import medians, timed

GROUP = "Step by step, each recorded whole: an epoch of 250 examples in batches of 10"
TASKS = (Task((2, 4, 2, 1), False), Task((2, 8, 8, 8, 1), False), Task((64, 32, 10), True))


def lines() -> list[Line]:
    made = []
    for task in TASKS:
        times = medians({"plain": timed(plain_epoch(task)), "trainer": timed(trainer_epoch(task))})
        told = f"{rounded(times['trainer'] / times['plain'])} x plain NumPy's time"
        made.append(Line(GROUP, f"{task.name}: recording trainer", 1000 * times["trainer"], "ms", None, told))
    return made


def trainer_epoch(task: Task) -> Epoch:
    """One more epoch with every call."""
    net = network(task)
    first = first_parameters(net, FirstWeights("xavier"), seed=0)
    trainer = Trainer(net, Learning(task.rate, task.batch), first, Examples(*task.data()), None, 0)

    def epoch() -> None:
        assert trainer.run(trainer.steps_per_epoch, float("inf")) is None

    return epoch


if __name__ == "__main__":
    from tests.benchmarks.run import print_lines

    print_lines(lines())
