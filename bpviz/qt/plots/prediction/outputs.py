"""Chooses which output a prediction plot shows, where there are several."""

from __future__ import annotations

from bpviz.qt.panels.picker import Option, Picker
from bpviz.qt.session import Session

_CLASSES = "classes"
_CLASSES_TIP = "Which class the network says where: the one with the largest output"


class OutputPicker(Picker):
    """Hidden where there is nothing to choose. classes: offer all outputs at once where they are classes."""

    def __init__(self, session: Session, classes: bool) -> None:
        super().__init__("Output that is shown", self._offered, "accent")
        self._session, self._classes = session, classes
        self.picked.connect(self._take)
        self.follow()

    @property
    def output(self) -> int | None:
        """The output's place; None means the classes."""
        return None if self.chosen == _CLASSES else int(self.chosen)

    def follow(self) -> None:
        """Another experiment may be open: choose what it has."""
        options = self._offered()
        names = [option.name for option in options]
        chosen = options[names.index(self.chosen)] if self.chosen in names else options[0]
        self.show_choice(chosen.name, chosen.label, chosen.tip)
        self.setVisible(len(options) > 1)

    def _take(self, name: str) -> None:
        chosen = next(option for option in self._offered() if option.name == name)
        self.show_choice(chosen.name, chosen.label, chosen.tip)

    def _offered(self) -> list[Option]:
        names = self._session.dataset.target_names
        options = [Option(str(k), name, f"The output for {name}") for k, name in enumerate(names)]
        if self._classes and len(names) > 1 and self._session.dataset.task == "classification":
            options.insert(0, Option(_CLASSES, _CLASSES, _CLASSES_TIP))
        return options
