"""The shipped data is found, in a checkout and in an installed wheel alike."""

from pathlib import Path

import pytest

from bpviz.document import resource as module
from bpviz.document.errors import DocumentError
from bpviz.document.resource import resource


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A package folder elsewhere, in which resource() looks instead of its own."""
    package = tmp_path / "site-packages" / "bpviz"
    (package / "document").mkdir(parents=True)
    monkeypatch.setattr(module, "__file__", str(package / "document" / "resource.py"))
    module._base.cache_clear()
    yield package
    module._base.cache_clear()


def test_a_checkout_has_its_data_beside_the_package():
    assert resource("presets", "toy.json").is_file()


def test_a_wheel_has_its_data_inside_the_package(installed):
    (installed / "resources" / "presets").mkdir(parents=True)
    assert resource("presets", "toy.json") == installed / "resources" / "presets" / "toy.json"


@pytest.mark.usefixtures("installed")
def test_missing_data_says_to_install_again():
    with pytest.raises(DocumentError, match="install bpviz again"):
        resource("presets")


@pytest.mark.parametrize("font", ["Inter", "STIX", "JetBrainsMono"])
def test_each_font_comes_with_its_licence(font):
    text = resource("fonts", f"LICENSE-{font}.txt").read_text(encoding="utf-8")
    assert "Copyright" in text.partition("SIL OPEN FONT LICENSE")[0]
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert "DISCLAIMER" in text
