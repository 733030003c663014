"""The one loop in which most of the time goes: eight rows of sums, each lane by lane.

There is no second way by BLAS for large networks: `make bench` measures it at up to 784-512-512-10 in batches
of 100, where BLAS on one thread is still the slower one.
"""

from __future__ import annotations

from bpviz.engine.kernel.jit import jit
from bpviz.engine.kernel.lanes import lanes
from bpviz.engine.kernel.memory import load, load_spread, store


@jit
def tile(
    s: int, across: int, along: int, v: int, v_along: int, count: int, out: int, out_across: int, more: bool
) -> None:
    """out_k = sum over t of s[k, t] v_t, k from 0 to 7: numbers s, Lanes v. `more` adds to what out holds.

    The eight sums stay in registers. `across` leads from one k to the next, `along` from one t to the next.
    """
    o0 = o1 = o2 = o3 = o4 = o5 = o6 = o7 = lanes(0.0)
    if more:
        o0, o1 = load(out), load(out + out_across)
        o2, o3 = load(out + 2 * out_across), load(out + 3 * out_across)
        o4, o5 = load(out + 4 * out_across), load(out + 5 * out_across)
        o6, o7 = load(out + 6 * out_across), load(out + 7 * out_across)
    for _ in range(count):
        x = load(v)
        o0 = o0 + load_spread(s) * x
        o1 = o1 + load_spread(s + across) * x
        o2 = o2 + load_spread(s + 2 * across) * x
        o3 = o3 + load_spread(s + 3 * across) * x
        o4 = o4 + load_spread(s + 4 * across) * x
        o5 = o5 + load_spread(s + 5 * across) * x
        o6 = o6 + load_spread(s + 6 * across) * x
        o7 = o7 + load_spread(s + 7 * across) * x
        s += along
        v += v_along
    store(out, o0)
    store(out + out_across, o1)
    store(out + 2 * out_across, o2)
    store(out + 3 * out_across, o3)
    store(out + 4 * out_across, o4)
    store(out + 5 * out_across, o5)
    store(out + 6 * out_across, o6)
    store(out + 7 * out_across, o7)
