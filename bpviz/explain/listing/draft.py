"""A program while it is being written, line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from bpviz.engine.arrays import Array
from bpviz.explain.listing.line import Line
from bpviz.explain.listing.literal import brief, exact, folded
from bpviz.explain.listing.token import Sort, words
from bpviz.explain.listing.variables import Variables
from bpviz.explain.part import Part
from bpviz.explain.phase import Phase


class Draft:
    """Adds lines. Which quantities a line uses is read off its words."""

    def __init__(self, names: Variables) -> None:
        self.names = names
        self.lines: list[Line] = []
        self._parts = names.parts()

    def blank(self) -> None:
        if self.lines and self.lines[-1].text:
            self.lines.append(Line(""))

    def heading(self, *texts: str) -> None:
        self.blank()
        self.note(None, *texts)

    def note(self, phase: Phase | None, *texts: str) -> None:
        """Lines of comment."""
        self.lines += [Line(f"# {text}", phase) for text in texts]

    def block(self, text: str, phase: Phase | None = None) -> None:
        """Lines that compute no quantity themselves, such as a function's."""
        self.lines += [Line(line, phase) for line in text.split("\n")]

    def assign(
        self, name: str, right: str, phase: Phase | None, *computes: Part, sign: str = "=",
        functions: Mapping[str, Part] | None = None,
    ) -> None:
        """name = right; the first of what it computes is the variable's. functions may be quantities too."""
        text = f"{name} {sign} {right}"
        known = self._parts | dict(functions or {})
        used = dict.fromkeys(word for word, _, sort in words(right) if sort is Sort.NAME)
        if sign != "=":
            used = dict.fromkeys([name, *used])
        names = tuple((word, known[word]) for word in used if word in known)
        self.lines.append(Line(text, phase, computes, (name,), names))

    def given(self, name: str, array: Array, phase: Phase | None, part: Part) -> None:
        """A quantity that the step begins with, as a literal."""
        if self.names.scalar:
            self.lines.append(Line(f"{name} = {exact(array.item())}", phase, (part,), (name,)))
            return
        text = brief(name, array)
        if text is None:
            whole = partial(np.asarray, array)
            self.lines.append(Line(folded(name, array), phase, (part,), (name,), folded=whole))
        else:
            self.lines.append(Line(text, phase, (part,), (name,)))

    def constant(self, name: str, array: Array) -> None:
        """An array that is no quantity of the step."""
        text = brief(name, array)
        whole = partial(np.asarray, array) if text is None else None
        self.lines.append(Line(text or folded(name, array), None, (), (name,), folded=whole))

    def setting(self, name: str, value: float, part: Part | None = None) -> None:
        """A plain number, such as the learning rate."""
        self.lines.append(Line(f"{name} = {exact(value)}", None, (part,) if part else (), (name,)))

    def remembered(self, name: str, like: str, shape: str, recall: Callable[[], Array] | None) -> None:
        """What the optimizer kept for an array of parameters; nothing yet when there is nothing to recall."""
        if recall is None:
            nothing = "0.0" if self.names.scalar else f"np.zeros_like({like})"
            self.lines.append(Line(f"{name} = {nothing}", None, (), (name,)))
            return
        text = f"{name} = ..." if self.names.scalar else f"{name} = np.array([...])  # {shape}"
        self.lines.append(Line(text, None, (), (name,), folded=recall))
