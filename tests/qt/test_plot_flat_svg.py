"""A saved drawing in pixels."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from bpviz.qt.plots.flat_svg import flattened

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def drawn(inside: str) -> ElementTree.Element:
    return ElementTree.fromstring(flattened(f"{HEAD}{inside}</svg>".encode()))


def path(root: ElementTree.Element) -> ElementTree.Element:
    return next(element for element in root.iter() if element.tag.endswith("}path"))


def test_lines_that_are_not_scaled_are_written_where_they_are_seen() -> None:
    root = drawn('<g stroke-width="2" transform="matrix(10,0,0,-100,5,200)">'
                 '<path vector-effect="non-scaling-stroke" d="M0,0 L1.5,1 C-1e-1,0 0,0 2,2e+0 Z "/></g>')
    moved = "M5.000,200.000 L20.000,100.000 C4.000,200.000 5.000,200.000 25.000,0.000 Z "
    assert path(root).get("d") == moved
    assert path(root).get("vector-effect") is None
    assert all("transform" not in element.attrib for element in root.iter())


def test_a_turned_and_sheared_transformation_is_followed() -> None:
    root = drawn('<g transform="matrix(1,2,3,4,5,6)">'
                 '<path vector-effect="non-scaling-stroke" d="M1,10"/></g>')
    assert path(root).get("d") == "M36.000,48.000", "x + 3 y + 5, 2 x + 4 y + 6"


@pytest.mark.parametrize("inside", [
    '<path vector-effect="none" d="M1,1 L2,2"/>', '<text x="1" y="1">a</text>', '<rect x="1" y="1"/>', "",
])  # fmt: skip
def test_what_is_scaled_keeps_its_transformation(inside: str) -> None:
    root = drawn(f'<g transform="matrix(2,0,0,2,0,0)">{inside}</g>')
    group = next(element for element in root.iter() if element.tag.endswith("}g"))
    assert group.get("transform") == "matrix(2,0,0,2,0,0)"
    assert not inside or inside.split()[0].strip("<") in group[0].tag


def test_links_and_letters_survive() -> None:
    root = drawn('<image xlink:href="data:image/png;base64,AA"/><text>ŷ − y &lt; 1</text>')
    assert "data:image/png;base64,AA" in root[0].attrib.values()
    assert root[1].text == "ŷ − y < 1"


def test_words_are_not_cut_off_but_lines_are() -> None:
    root = drawn('<g clip-path="url(#a)"><g><text>wide</text></g></g>'
                 '<g clip-path="url(#b)"><g><text>a</text><line/></g></g>')
    assert [group.get("clip-path") for group in root] == [None, "url(#b)"]
