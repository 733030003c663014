"""What of the horizontal axis is seen after zooming and moving. Pure: numbers in, numbers out."""

from __future__ import annotations

from bpviz.qt.plots.axis import Axis

Seen = tuple[float, float]  # from where to where, in the unit of the axis


def zoomed(seen: Seen | None, whole: Axis, times: float, about: float, least: float) -> Seen | None:
    """So many times closer, about a place that stays where it is; nothing less than all is None.

    least: the shortest part that can be seen.
    """
    low, high = seen or (whole.low, whole.high)
    about = min(max(about, low), high)
    span = max((high - low) / times, least)
    if span >= whole.high - whole.low:
        return None
    share = (about - low) / (high - low)
    return _inside(about - share * span, span, whole)


def panned(seen: Seen | None, whole: Axis, by: float) -> Seen | None:
    """So far along the axis, and not beyond its ends."""
    return None if seen is None else _inside(seen[0] + by, seen[1] - seen[0], whole)


def _inside(low: float, span: float, whole: Axis) -> Seen:
    low = min(max(low, whole.low), max(whole.low, whole.high - span))
    return low, low + span
