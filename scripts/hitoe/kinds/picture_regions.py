"""Where a region of a picture lies: given in per cent, or read from an element of an SVG."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from pathlib import Path
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"


class AreaError(ValueError):
    """A region that cannot be found; the message says how to mend it."""


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
        AreaError: the file is no SVG with a viewBox, or has no such element that stands where its numbers say.
    """
    try:
        root = ElementTree.fromstring(path.read_bytes())
    except (ElementTree.ParseError, ValueError, LookupError):  # also an encoding that the parser does not know
        raise AreaError(f"'{path.name}' is not an SVG: give left, top, width and height in per cent") from None
    chain = _chain(root, element)
    if chain is None:
        raise AreaError(f"'{path.name}' has no element with the id '{element}': mend the id")
    shape = SHAPES.get(chain[-1].tag)
    if shape is None or any(node.get("transform") for node in chain):
        raise AreaError(
            f"'{element}' is no plain rect, circle or ellipse: give left, top, width and height in per cent"
        )
    try:
        x0, y0, across, down = (float(part) for part in root.get("viewBox", "").replace(",", " ").split())
        left, top, width, height = shape({name: float(value) for name, value in chain[-1].items() if _number(value)})
        area = Area((left - x0) / across, (top - y0) / down, width / across, height / down)
    except (ValueError, KeyError, ZeroDivisionError):
        raise AreaError(
            f"'{element}' in '{path.name}' has no numbers to go by: add a viewBox and plain numbers"
        ) from None
    return _inside(area)


def _rect(at: Mapping[str, float]) -> tuple[float, float, float, float]:
    return at.get("x", 0), at.get("y", 0), at["width"], at["height"]


def _circle(at: Mapping[str, float]) -> tuple[float, float, float, float]:
    return at.get("cx", 0) - at["r"], at.get("cy", 0) - at["r"], 2 * at["r"], 2 * at["r"]


def _ellipse(at: Mapping[str, float]) -> tuple[float, float, float, float]:
    return at.get("cx", 0) - at["rx"], at.get("cy", 0) - at["ry"], 2 * at["rx"], 2 * at["ry"]


SHAPES: Mapping[str, Callable[[Mapping[str, float]], tuple[float, float, float, float]]] = {
    f"{SVG}rect": _rect,
    f"{SVG}circle": _circle,
    f"{SVG}ellipse": _ellipse,
}


def _chain(node: ElementTree.Element, element: str) -> list[ElementTree.Element] | None:
    """Return the elements from the root down to the one with the id."""
    if node.get("id") == element:
        return [node]
    for child in node:
        if (below := _chain(child, element)) is not None:
            return [node, *below]
    return None


def _number(value: str) -> bool:
    try:
        return isfinite(float(value))
    except ValueError:
        return False


def _inside(area: Area) -> Area:
    if area.width <= 0 or area.height <= 0:
        raise AreaError("the region is empty: give it a width and a height")
    slack = 1e-6
    if min(area.left, area.top) < -slack or max(area.left + area.width, area.top + area.height) > 1 + slack:
        raise AreaError("the region reaches out of the picture: keep left + width and top + height within 100")
    return area
