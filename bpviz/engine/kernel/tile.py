"""The one loop in which nearly all time goes: eight rows of sums, each lane by lane."""

from __future__ import annotations

from typing import Any

from bpviz.engine.kernel.jit import jit
from bpviz.engine.kernel.lanes import lanes
from bpviz.engine.kernel.memory import load, spread_from, store


@jit
def tile(
    s: Any, s_at: int, across: int, along: int, v: Any, v_at: int, v_along: int, count: int,
    out: Any, out_at: int, out_across: int, more: bool,
) -> None:
    """out_k = sum over t of s[k, t] v_t, for k from 0 to 7: numbers s times Lanes v; `more` adds to what is there.

    The eight sums stay in registers. `across` leads from one s_k to the next, `along` from one t to the next.
    """
    o0 = o1 = o2 = o3 = o4 = o5 = o6 = o7 = lanes(0.0)
    if more:
        o0, o1 = load(out, out_at), load(out, out_at + out_across)
        o2, o3 = load(out, out_at + 2 * out_across), load(out, out_at + 3 * out_across)
        o4, o5 = load(out, out_at + 4 * out_across), load(out, out_at + 5 * out_across)
        o6, o7 = load(out, out_at + 6 * out_across), load(out, out_at + 7 * out_across)
    for _ in range(count):
        x = load(v, v_at)
        o0 = o0 + spread_from(s, s_at) * x
        o1 = o1 + spread_from(s, s_at + across) * x
        o2 = o2 + spread_from(s, s_at + 2 * across) * x
        o3 = o3 + spread_from(s, s_at + 3 * across) * x
        o4 = o4 + spread_from(s, s_at + 4 * across) * x
        o5 = o5 + spread_from(s, s_at + 5 * across) * x
        o6 = o6 + spread_from(s, s_at + 6 * across) * x
        o7 = o7 + spread_from(s, s_at + 7 * across) * x
        s_at += along
        v_at += v_along
    store(out, out_at, o0)
    store(out, out_at + out_across, o1)
    store(out, out_at + 2 * out_across, o2)
    store(out, out_at + 3 * out_across, o3)
    store(out, out_at + 4 * out_across, o4)
    store(out, out_at + 5 * out_across, o5)
    store(out, out_at + 6 * out_across, o6)
    store(out, out_at + 7 * out_across, o7)
