"""How far the weight is nudged: a power of ten."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from bpviz.explain.number import number
from bpviz.explain.wiggle import EPSILONS, USUAL
from bpviz.qt.fonts import BODY, number_font

_TIP = "How far the weight is nudged to either side: from 0.1 down to 10⁻⁸. Up and Down change it."


class _Slider(QSlider):
    """The wheel scrolls the panel, unless the slider has the focus."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class EpsilonSlider(QWidget):
    """Small nudges to the left."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, len(EPSILONS) - 1)
        self.slider.setPageStep(1)
        self.slider.setValue(len(EPSILONS) - 1 - EPSILONS.index(USUAL))
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName("Epsilon")
        self._value = QLabel()
        self._value.setFont(number_font(BODY, 500))
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._value.setMinimumWidth(self._value.fontMetrics().horizontalAdvance("0.0100") + 4)
        name = QLabel("ε")
        name.setProperty("soft", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(name)
        row.addWidget(self.slider, 1)
        row.addWidget(self._value)
        self.setToolTip(_TIP)
        self.slider.valueChanged.connect(self._follow)
        self._value.setText(number(self.epsilon, 1))

    @property
    def epsilon(self) -> float:
        return EPSILONS[len(EPSILONS) - 1 - self.slider.value()]

    def choose(self, epsilon: float) -> None:
        """One of EPSILONS."""
        self.slider.setValue(len(EPSILONS) - 1 - EPSILONS.index(epsilon))

    def _follow(self) -> None:
        self._value.setText(number(self.epsilon, 1))
        self.changed.emit()
