"""The data window as a whole: what it foretells is what comes, and nothing else changes the session."""

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QSlider

from bpviz.document.editing import set_data
from bpviz.document.errors import DocumentError
from bpviz.document.generators import Generated
from bpviz.document.preset import load_preset
from bpviz.document.source import Source
from bpviz.qt.data.data_window import DataWindow
from bpviz.qt.data.effect import effect_text
from bpviz.qt.session import Session
from tests.qt.data_bench import DRAW, FILE, GENERATED, Bench


@pytest.fixture
def bench(qapp, qtbot):
    return Bench(qapp, qtbot)


def foretold(session, source):
    return effect_text(session.experiment, set_data(session.experiment, source))


@pytest.mark.parametrize(("preset", "source", "sentence"), [
    ("circle", Source(Generated("moons")),
     "The network keeps its 2 inputs and 1 output. It goes on from the weights that it has."),
    ("circle", "iris",
     "The network gets 4 inputs and 3 outputs; its output becomes softmax and its cost becomes categorical "
     "cross-entropy. All weights are drawn again."),
    ("xor", Source(Generated("sine")),
     "The network gets 1 input; its output becomes identity and its cost becomes half squared error. "
     "Weights at the inputs are drawn again, the others stay."),
    ("single-neuron", "toy",
     "The network keeps its 1 input and 1 output. It goes on from the weights that it has."),
])  # fmt: skip
def test_what_becomes_of_the_network_is_foretold(qapp, preset, source, sentence):  # noqa: ARG001
    assert foretold(Session(load_preset(preset)), source) == sentence


def test_what_was_foretold_comes(bench):
    bench.window.generated.list.choose("kept", "iris")
    assert "4 inputs and 3 outputs" in bench.said and "softmax" in bench.said
    bench.use()
    network = bench.session.network
    assert (network.inputs, network.outputs, network.layers[-1].activation) == (4, 3, "softmax")


def test_closing_changes_nothing(bench):
    bench.window.generated.list.choose("made", "moons")
    bench.click(bench.window.footer.close_button)
    assert bench.untouched and not bench.window.isVisible()


def test_escape_closes_and_changes_nothing(bench):
    bench.window.generated.list.choose("made", "moons")
    bench.press(bench.window, Qt.Key.Key_Escape)
    assert bench.untouched and not bench.window.isVisible()


def test_the_share_is_held_out_when_the_data_are_used(bench):
    bench.window.generated.list.choose("made", "moons")
    assert bench.window.footer.share.value == bench.session.experiment.validation_share == 0.25
    bench.window.footer.share.slider.setValue(8)
    bench.use()
    assert bench.session.experiment.validation_share == 0.4
    assert bench.session.trainer.validation.count == 80


def test_the_share_of_the_same_data_can_be_changed(bench):
    assert not bench.usable
    bench.window.footer.share.slider.setValue(2)
    assert bench.usable
    bench.use()
    assert (bench.session.experiment.dataset, bench.session.experiment.validation_share) == ("circle", 0.1)


def test_after_a_lone_example_some_of_many_are_held_out(qapp, qtbot):
    bench = Bench(qapp, qtbot, "toy")
    share = bench.window.footer.share
    assert not share.isEnabled() and not bench.usable
    bench.window.generated.list.choose("made", "sine")
    assert share.isEnabled() and share.value == 0.2
    bench.use()
    assert bench.session.trainer.validation.count == 40


def test_what_the_session_refuses_is_a_sentence_and_the_window_stays(bench, monkeypatch):
    def refuse(*_args):
        raise DocumentError("expected at most 2,000,000 weights", place="network.layers")

    bench.window.generated.list.choose("made", "moons")
    monkeypatch.setattr(bench.session, "apply", refuse)
    bench.use()
    assert bench.said == "network.layers: expected at most 2,000,000 weights" and not bench.usable
    assert bench.window.isVisible() and bench.untouched


def test_undo_elsewhere_changes_what_is_foretold(bench):
    bench.window.generated.list.choose("kept", "iris")
    bench.window.use()
    bench.window.show()
    assert "already" in bench.said
    bench.session.undo()
    assert "4 inputs" in bench.said and bench.usable


def test_keys_turn_to_the_ways_and_use_the_data(bench):
    alt, ctrl = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
    for key, page in ((Qt.Key.Key_2, DRAW), (Qt.Key.Key_3, FILE), (Qt.Key.Key_1, GENERATED)):
        bench.press(bench.window, key, modifier=alt)
        assert bench.window.tabs.currentIndex() == page
    bench.press(bench.window, Qt.Key.Key_Return, modifier=ctrl)
    assert bench.untouched and bench.window.isVisible()  # they are in use already
    bench.window.generated.list.choose("made", "moons")
    bench.press(bench.window.generated.list, Qt.Key.Key_Return)
    assert bench.untouched
    bench.press(bench.window, Qt.Key.Key_Return, modifier=ctrl)
    assert bench.session.undo_name == "change data"


def test_it_begins_at_the_drawing_when_that_is_learned_from(qapp, qtbot):
    bench = Bench(qapp, qtbot, "circle")
    bench.window.tabs.setCurrentIndex(DRAW)
    bench.press(bench.window.draw.canvas, Qt.Key.Key_Space)
    bench.use()
    window = DataWindow(bench.session, bench.theme)
    qtbot.addWidget(window)
    assert window.tabs.currentIndex() == DRAW and len(window.draw.drawing.points) == 241


def test_its_size_is_remembered(qapp, qtbot):
    bench = Bench(qapp, qtbot)
    bench.window.resize(800, 540)
    bench.window.close()
    assert Bench(qapp, qtbot).window.size().toTuple() == (800, 540)


def test_it_follows_the_theme(bench):
    bench.window.generated.list.choose("made", "moons")
    before = bench.window.grab().toImage()
    bench.theme.set_mode("light" if bench.theme.palette.dark else "dark")
    assert bench.window.grab().toImage() != before
    assert bench.theme.palette.danger in bench.window.styleSheet()


def test_every_control_can_be_reached_by_keys_and_says_what_it_is(bench):
    kinds = (QAbstractButton, QAbstractSpinBox, QComboBox, QSlider)
    controls = [w for w in bench.window.findChildren(QObject) if isinstance(w, kinds)]
    controls = [w for w in controls if not w.objectName().startswith(("qt_", "ScrollLeft", "ScrollRight"))]
    controls = [w for w in controls if type(w).__name__ not in ("QAbstractButton", "QTableCornerButton")]
    assert len(controls) > 20
    for control in controls:
        name = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
        assert name, control
        assert control.toolTip(), name
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, name


@pytest.mark.parametrize("size", [(800, 520), (940, 620)])
def test_it_fits_its_smallest_size(bench, size):
    bench.window.resize(*size)
    assert bench.window.size().toTuple() == size
    assert bench.window.minimumSizeHint().width() <= size[0]
    assert bench.window.minimumSizeHint().height() <= size[1]
