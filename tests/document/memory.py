"""How much memory something takes while it lasts."""

import tracemalloc
from contextlib import contextmanager


@contextmanager
def at_most(most):
    """What happens inside takes no more than so many bytes at any time."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= most
