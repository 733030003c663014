"""In which colour a number is written, from what it is and its sign."""

from __future__ import annotations

from bpviz.explain.quantities import Role
from bpviz.qt.palette import Palette, error_ink, value_ink


def role_ink(palette: Palette, role: Role, value: float | None) -> str:
    """Faint while unknown; values and errors in their own colours; all else plain."""
    if value is None:
        return palette.ink_faint
    if role == "error":
        return error_ink(palette, value)
    return value_ink(palette, value) if role == "value" else palette.ink
