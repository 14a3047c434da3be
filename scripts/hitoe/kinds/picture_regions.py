"""Where a region of a picture lies: given in per cent, or read from an element of an SVG."""

from dataclasses import astuple, dataclass
from decimal import Decimal
from math import isfinite
from pathlib import Path
from xml.etree import ElementTree

from hitoe.messages import WrongValueError, say

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {
    f"{SVG}rect": (("width", "height"), ("x", "y")),
    f"{SVG}circle": (("r", "r"), ("cx", "cy")),
    f"{SVG}ellipse": (("rx", "ry"), ("cx", "cy")),
}
"""The attributes with a shape's size and place: of a rect its corner, of the others half the size and the centre."""


class AreaError(WrongValueError):
    """A region that cannot be found; the message says how to correct it."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in fractions of the picture's width and height, from its top left corner."""

    left: float
    top: float
    width: float
    height: float


def from_percent(left: Decimal, top: Decimal, width: Decimal, height: Decimal) -> Area:
    """Return the rectangle with these sides in per cent; raises AreaError if it is empty or not in the picture."""
    return _inside(Area(*(float(part) / 100 for part in (left, top, width, height))))


def of_element(path: Path, element: str) -> Area:
    """Return the rectangle around a `rect`, `circle` or `ellipse` of an SVG, found by its id, or raise AreaError."""
    try:
        root = ElementTree.fromstring(path.read_bytes())
    except (ElementTree.ParseError, ValueError, LookupError):  # also an encoding that the parser does not know
        message = say("'{name}' is not an SVG: give left, top, width and height in per cent", name=path.name)
        raise AreaError(message) from None
    shape = next((node for node in root.iter() if node.get("id") == element), None)
    if shape is None:
        raise AreaError("'{name}' has no element with the id '{element}': mend the id", name=path.name, element=element)
    parents = {child: node for node in root.iter() for child in node}
    chain = [shape]
    while chain[-1] in parents:
        chain.append(parents[chain[-1]])
    if shape.tag not in SHAPES or any(node.get("transform") for node in chain):
        message = say(
            "'{element}' is no plain rect, circle or ellipse: give left, top, width and height in per cent",
            element=element,
        )
        raise AreaError(message)
    try:
        x0, y0, across, down = map(float, root.get("viewBox", "").replace(",", " ").split())
        size, place = SHAPES[shape.tag]
        width, height = (float(shape.get(name, "")) for name in size)
        left, top = (float(shape.get(name, "0")) for name in place)
        if shape.tag != f"{SVG}rect":
            left, top, width, height = left - width, top - height, 2 * width, 2 * height
        area = Area((left - x0) / across, (top - y0) / down, width / across, height / down)
        if not all(map(isfinite, astuple(area))):
            raise ValueError
    except (ValueError, ZeroDivisionError):
        message = say(
            "'{element}' in '{name}' has no numbers to go by: add a viewBox and plain numbers",
            element=element,
            name=path.name,
        )
        raise AreaError(message) from None
    return _inside(area)


def _inside(area: Area) -> Area:
    if area.width <= 0 or area.height <= 0:
        raise AreaError("the region is empty: give it a width and a height")
    slack = 1e-6
    if min(area.left, area.top) < -slack or max(area.left + area.width, area.top + area.height) > 1 + slack:
        raise AreaError("the region reaches out of the picture: keep left + width and top + height within 100")
    return area
