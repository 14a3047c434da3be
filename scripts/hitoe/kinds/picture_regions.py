"""Where a region of a picture lies: given in per cent, or read from an element of an SVG."""

from dataclasses import astuple, dataclass
from decimal import Decimal
from math import isfinite
from pathlib import Path
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
RECT = f"{SVG}rect"
SHAPES = {
    RECT: (("width", "height"), ("x", "y")),
    f"{SVG}circle": (("r", "r"), ("cx", "cy")),
    f"{SVG}ellipse": (("rx", "ry"), ("cx", "cy")),
}
"""The attributes with a shape's size and place: of a rect its corner, of the others half the size and the centre."""


class AreaError(ValueError):
    """A region that cannot be found; the message says how to correct it."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in fractions of the picture's width and height, from its top left corner."""

    left: float
    top: float
    width: float
    height: float


def from_percent(left: Decimal, top: Decimal, width: Decimal, height: Decimal) -> Area:
    """Return the rectangle given in per cent.

    Raises:
        AreaError: it is empty, or reaches out of the picture.
    """
    return _inside(Area(*(float(part) / 100 for part in (left, top, width, height))))


def of_element(path: Path, element: str) -> Area:
    """Return the rectangle around a `rect`, `circle` or `ellipse` of an SVG, found by its id.

    Raises:
        AreaError: the file is no SVG with a viewBox, has no such element, or its numbers do not give a position.
    """
    try:
        root = ElementTree.fromstring(path.read_bytes())
    except (ElementTree.ParseError, ValueError, LookupError):  # also an encoding that the parser does not know
        raise AreaError(f"'{path.name}' is not an SVG: give left, top, width and height in per cent") from None
    chain = _chain(root, element)
    if chain is None:
        raise AreaError(f"'{path.name}' has no element with the id '{element}': mend the id")
    *_, shape = chain
    if shape.tag not in SHAPES or any(node.get("transform") for node in chain):
        raise AreaError(
            f"'{element}' is no plain rect, circle or ellipse: give left, top, width and height in per cent"
        )
    try:
        x0, y0, across, down = map(float, root.get("viewBox", "").replace(",", " ").split())
        size, place = SHAPES[shape.tag]
        width, height = (float(shape.get(name, "")) for name in size)
        left, top = (float(shape.get(name, "0")) for name in place)
        if shape.tag != RECT:
            left, top, width, height = left - width, top - height, 2 * width, 2 * height
        area = Area((left - x0) / across, (top - y0) / down, width / across, height / down)
        if not all(map(isfinite, astuple(area))):
            raise ValueError
    except (ValueError, ZeroDivisionError):
        raise AreaError(
            f"'{element}' in '{path.name}' has no numbers to go by: add a viewBox and plain numbers"
        ) from None
    return _inside(area)


def _chain(node: ElementTree.Element, element: str) -> list[ElementTree.Element] | None:
    """Return the elements from the root down to the one with the id."""
    if node.get("id") == element:
        return [node]
    for child in node:
        if (below := _chain(child, element)) is not None:
            return [node, *below]
    return None


def _inside(area: Area) -> Area:
    if area.width <= 0 or area.height <= 0:
        raise AreaError("the region is empty: give it a width and a height")
    slack = 1e-6
    if min(area.left, area.top) < -slack or max(area.left + area.width, area.top + area.height) > 1 + slack:
        raise AreaError("the region reaches out of the picture: keep left + width and top + height within 100")
    return area
