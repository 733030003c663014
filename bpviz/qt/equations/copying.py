"""What can be copied of an equation: its LaTeX, the same with its numbers, its numbers as text."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from bpviz.explain.equation.token import Token, latex, latex_with_numbers, plain
from bpviz.qt.panels.copy_menu import offer


class Copying:
    """Copies the equation it was last given."""

    def __init__(self) -> None:
        self.tokens: tuple[Token, ...] = ()

    def latex(self) -> None:
        QGuiApplication.clipboard().setText(latex(self.tokens))

    def latex_with_numbers(self) -> None:
        QGuiApplication.clipboard().setText(latex_with_numbers(self.tokens))

    def numbers(self) -> None:
        QGuiApplication.clipboard().setText(plain(self.tokens))

    def offer(self, owner: QWidget, at: QPoint) -> None:
        """Pop up a menu of the three at a place of the screen."""
        offer(
            owner, at, ("Copy as LaTeX", self.latex), ("Copy as LaTeX with numbers", self.latex_with_numbers),
            ("Copy the numbers as text", self.numbers),
        )
