"""Made and shipped data sets: what is chosen is what is shown, and what is shown is what is used."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from bpviz.document.dataset import dataset_of, written_out
from bpviz.document.generators import GENERATORS, Generated
from bpviz.document.loading import load
from bpviz.document.shipped import dataset_names
from bpviz.document.source import Columns, Source
from bpviz.qt.data.amount_row import Amount
from bpviz.qt.data.picture import Histogram, Images, Points, picture_of
from tests.qt.data_bench import Bench


@pytest.fixture
def bench(qapp, qtbot):
    return Bench(qapp, qtbot)


@pytest.fixture
def page(bench):
    return bench.window.generated


def typed(bench, field, text):
    field.setFocus()
    field.selectAll()
    bench.qtbot.keyClicks(field, text)
    bench.press(field, Qt.Key.Key_Return)


def test_it_begins_with_the_present_data_which_need_not_be_used(bench, page):
    assert page.list.kept == "circle"
    assert bench.said == "The network learns from these data already." and not bench.usable


@pytest.mark.parametrize("kind", GENERATORS)
def test_every_kind_is_used_as_it_is_shown(bench, page, kind):
    page.list.choose("made", kind)
    typed(bench, page.amount.field, "60")
    typed(bench, page.noise.field, "0,25")
    typed(bench, page.seed.field, "9")
    wanted = Source(Generated(kind, 60, 0.25, 9))
    assert page.offer.source == wanted and isinstance(page.preview.picture, Points)
    bench.use()
    assert bench.source == wanted and bench.session.undo_name == "change data"
    assert np.array_equal(bench.session.dataset.inputs, load(wanted).inputs)
    assert not bench.window.isVisible()
    bench.session.undo()
    assert bench.session.experiment.dataset == "circle"


def test_every_shipped_set_can_be_used(bench, page):
    for name in sorted(set(dataset_names()) - {"circle"}):
        page.list.choose("kept", name)
        bench.use()
        assert bench.session.experiment.dataset == name
        bench.window.show()


def test_a_kind_begins_with_its_own_noise_and_keeps_size_and_seed(bench, page):
    page.list.choose("made", "sine")
    typed(bench, page.amount.field, "77")
    page.list.choose("made", "spiral")
    assert page.generated == Generated("spiral", 77, GENERATORS["spiral"].noise, 0)


def test_the_dice_gives_other_points_of_the_same_kind(bench, page):
    page.list.choose("made", "moons")
    before = page.offer.dataset
    bench.click(page.dice)
    assert page.generated.seed == 1 and page.seed.field.text_shown == "1"
    assert not np.array_equal(before.inputs, page.offer.dataset.inputs)


def test_slider_and_number_are_of_one_mind(page):
    page.list.choose("made", "moons")
    page.noise.slider.setValue(30)
    assert page.noise.field.text_shown == "0.3" and page.generated.noise == 0.3
    page.noise.field.stepBy(1)
    assert page.noise.slider.value() == 31 and page.generated.noise == 0.31


@pytest.mark.parametrize(("field", "text", "sentence"), [
    ("amount", "3", "Type a whole number from 4 to 100,000."),
    ("amount", "12.5", "Type a whole number from 4 to 100,000."),
    ("amount", "many", "Type a whole number from 4 to 100,000."),
    ("noise", "-1", "Type a number from 0 to 2."),
    ("noise", "nan", "Type a number from 0 to 2."),
])  # fmt: skip
def test_what_cannot_be_made_is_explained_beside_its_field(bench, page, field, text, sentence):
    page.list.choose("made", "moons")
    before = page.generated
    row = getattr(page, field)
    typed(bench, row.field, text)
    assert row.trouble.text() == sentence and row.trouble.isVisible()
    assert page.generated == before
    bench.press(row.field, Qt.Key.Key_Escape)
    assert not row.trouble.isVisible() and bench.window.isVisible()


def test_the_settings_of_what_is_made_are_not_shown_for_what_is_kept(page):
    page.list.choose("made", "xor")
    assert page.noise.isVisible()
    page.list.choose("kept", "iris")
    assert not page.noise.isVisible()


def test_a_generated_set_is_found_again_with_its_settings(qapp, qtbot):
    bench = Bench(qapp, qtbot, "xor")
    page = bench.window.generated
    assert not page.show_source(Source(rows=written_out(load("xor"), "XOR")))
    assert page.show_source(Source(Generated("sine", 33, 0.2, 5)))
    assert (page.list.made, page.generated) == ("sine", Generated("sine", 33, 0.2, 5))
    assert page.amount.field.text_shown == "33" and page.noise.value == 0.2


def test_a_stop_between_two_is_left_for_its_neighbour():
    amount = Amount((1, 2, 5, 10), 1, 20, whole=True)
    assert [amount.stepped(3, steps) for steps in (1, -1, 2, -2, 9, -9)] == [5, 2, 10, 1, 10, 1]
    assert (amount.stepped(10, 1), amount.stepped(1, -1), amount.stepped(15, 1)) == (10, 1, 15)


@pytest.mark.parametrize("text", ["20", "20 %", "20%", " 20,0 % "])
def test_a_percentage_is_read_with_and_without_its_sign(text):
    assert Amount((0.0, 0.5), 0.0, 0.9, factor=100.0, unit=" %").read(text) == 0.2


def test_a_picture_shows_points_images_or_a_histogram_as_the_data_ask():
    for name in dataset_names():
        dataset = load(name)
        picture = picture_of(dataset)
        assert isinstance(picture, Images if name == "digits" else Points)
        if isinstance(picture, Points):
            assert picture.x.size == dataset.count
            for values, axis in zip((picture.x, picture.y), picture.axes, strict=True):
                assert axis.low < values.min() and values.max() < axis.high
    assert "40 of 1,797 images" in picture_of(load("digits")).note
    assert "the first two of 4 inputs" in picture_of(load("iris")).note


def test_a_histogram_counts_every_example_in_its_class():
    columns = Columns("classification", ("x",), ("y",), ("a", "b"))
    x, y = np.linspace(3, 9, 31)[:, None], (np.arange(31) % 3 == 0).astype(float)[:, None]
    picture = picture_of(dataset_of("t", columns, x, y, source=""))
    assert isinstance(picture, Histogram)
    assert picture.heights.sum(axis=1).tolist() == [20, 11]
    assert picture.axes[1].high > picture.heights.sum(axis=0).max()


def test_of_very_many_points_some_are_drawn_and_it_is_said():
    picture = picture_of(load(Source(Generated("spiral", 100_000))))
    assert picture.x.size == 2_000 and picture.note == "Drawn: 2,000 of 100,000 points"


def test_the_frame_stays_while_the_noise_is_turned():
    frames = {picture_of(load(Source(Generated("moons", 200, noise))), square=True).axes
              for noise in (0.0, 0.02, 0.05, 0.08)}
    assert len(frames) == 1
