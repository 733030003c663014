"""Makes a saved drawing the same in every program that shows it.

Qt writes what a plot draws in the units of its axes, with a transformation to pixels, and asks for lines that
are not scaled with it ("vector-effect"). Programs that do not know this, such as librsvg before 2.58, draw
them hundreds of pixels wide. Here all of it is written in pixels.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

_SVG, _LINKS = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_GROUP, _PATH, _TEXT = f"{{{_SVG}}}g", f"{{{_SVG}}}path", f"{{{_SVG}}}text"
_PLACE = re.compile(r"(-?[\d.]+(?:e[-+]?\d+)?),(-?[\d.]+(?:e[-+]?\d+)?)")
Matrix = tuple[float, float, float, float, float, float]  # x' = a x + c y + e, y' = b x + d y + f


def flattened(svg: bytes) -> bytes:
    """The drawing with every path of unscaled lines in pixels, and no word cut off. svg: as Qt writes it."""
    root = ElementTree.fromstring(svg)
    for group in root.iter(_GROUP):
        paths = list(group)
        if "transform" in group.attrib and paths and all(_is_unscaled(path) for path in paths):
            matrix = _matrix(group.attrib.pop("transform"))
            for path in paths:
                path.set("d", _moved(path.attrib["d"], matrix))
                del path.attrib["vector-effect"]
        if "clip-path" in group.attrib and _is_words(group):
            del group.attrib["clip-path"]  # letters of another face, where Inter is missing, may be wider
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _LINKS)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _is_unscaled(element: ElementTree.Element) -> bool:
    return element.tag == _PATH and element.get("vector-effect") == "non-scaling-stroke"


def _is_words(group: ElementTree.Element) -> bool:
    """Whether nothing but text is drawn in it."""
    drawn = [element for element in group.iter() if element.tag != _GROUP]
    return bool(drawn) and all(element.tag == _TEXT for element in drawn)


def _matrix(text: str) -> Matrix:
    a, b, c, d, e, f = (float(part) for part in text.removeprefix("matrix(").removesuffix(")").split(","))
    return a, b, c, d, e, f


def _moved(drawn: str, matrix: Matrix) -> str:
    """A path's places, all of which Qt writes as "x,y" from the origin, after the transformation."""
    a, b, c, d, e, f = matrix

    def place(found: re.Match[str]) -> str:
        x, y = float(found[1]), float(found[2])
        return f"{a * x + c * y + e:.3f},{b * x + d * y + f:.3f}"

    return _PLACE.sub(place, drawn)
