"""Tooltips that are read on several lines."""

from __future__ import annotations

from html import escape


def wrapped(tip: str) -> str:
    """Rich text, which Qt wraps; plain text would stand on one endless line. Empty lines part paragraphs."""
    return "<p>" + escape(tip, quote=False).replace("\n\n", "</p><p>") + "</p>"
