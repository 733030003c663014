"""How the panels share the window: beside and below the network, hidden or shown, remembered."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QFrame, QSplitter, QWidget

GAP = 12
FIRST_SIZE = (1280, 800)   # of the window
LEAST_SIZE = (1024, 680)
FRAME = (8, 40)            # round it, at most as a rule: how large is known only once it is there
_SIDE_WIDTHS = ((224, 252), (290, 344))  # set-up and equations, in the smallest window and in the first
_SIDE_SHARE = 0.15  # for the equations, of what a larger window has more
_PLOT_HEIGHTS = (160, 230)


class Arrangement(QSplitter):
    """Set-up, network over plots, equations. Sizes follow the window until a person changes them."""

    def __init__(self, setup: QFrame, network: QFrame, plots: QFrame, side: QFrame) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._hideable = {"set-up": setup, "plots": plots, "inspector": side}
        self.middle = QSplitter(Qt.Orientation.Vertical)
        for widget in (network, plots):
            self.middle.addWidget(widget)
        for widget in (setup, self.middle, side):
            self.addWidget(widget)
        self.middle.setStretchFactor(0, 1)
        self.setStretchFactor(1, 1)
        self._by_hand = False
        for splitter in (self.middle, self):
            splitter.splitterMoved.connect(self._keep)
            splitter.setHandleWidth(GAP)
            splitter.setChildrenCollapsible(False)

    def share(self, window: QWidget) -> None:
        """Panels narrow with the window, so that the network stays the largest thing."""
        if self._by_hand:
            return
        width, height = window.width(), window.height()
        across = _between(LEAST_SIZE[0], FIRST_SIZE[0], width)
        left, right = (round(low + (high - low) * across) for low, high in _SIDE_WIDTHS)
        right += round(_SIDE_SHARE * max(0, width - FIRST_SIZE[0]))
        self.setSizes([left, width - left - right, right])
        low, high = _PLOT_HEIGHTS
        plots = round(low + (high - low) * _between(LEAST_SIZE[1], FIRST_SIZE[1], height))
        self.middle.setSizes([height - plots, plots])

    def restore(self, settings: QSettings) -> None:
        for key, splitter in (("middle", self.middle), ("sides", self)):
            state = settings.value(key)
            if isinstance(state, QByteArray):
                splitter.restoreState(state)
        self._by_hand = bool(settings.value("arranged", False, bool))
        for key, frame in self._hideable.items():
            frame.setVisible(settings.value(f"{key} shown", True, bool) is not False)

    def remember(self, settings: QSettings) -> None:
        settings.setValue("arranged", self._by_hand)
        settings.setValue("middle", self.middle.saveState())
        settings.setValue("sides", self.saveState())
        for key, frame in self._hideable.items():
            settings.setValue(f"{key} shown", not frame.isHidden())

    def _keep(self) -> None:
        self._by_hand = True


def _between(low: int, high: int, x: int) -> float:
    """0 at low or below, 1 at high or above."""
    return min(1.0, max(0.0, (x - low) / (high - low)))
