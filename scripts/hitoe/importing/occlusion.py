"""Regions of pictures as Anki's image occlusion stores them."""

import re
from collections.abc import Callable
from contextlib import suppress

from hitoe.messages import say

SHAPE = re.compile(r"\{\{c([0-9]+)::image-occlusion:([a-z]+):(.*?)\}\}", re.DOTALL)
IMAGE = re.compile(r"<img[^>]+src\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
"""The picture of a note: Anki writes this element itself."""

SMALLEST = 0.0005
"""The least width and height of a region, from 0 to 1: hitoe writes two decimals of a per cent."""


Sides = tuple[float, float, float, float]
"""Left, top, right and bottom of a rectangular region, from 0 to 1 from the picture's top left corner."""


def percent(region: Sides) -> dict[str, str]:
    """Return a region as an item of the kind `picture` has it."""
    left, top, right, bottom = region
    sides = {"left": left, "top": top, "width": right - left, "height": bottom - top}
    return {name: f"{100 * side:.2f}".rstrip("0").rstrip(".") for name, side in sides.items()}


def regions(field: str, tell: Callable[[str], None]) -> dict[int, Sides]:
    """Return the regions of a note by the number of their card; one around all shapes of a card."""
    found: dict[int, Sides] = {}
    for number, shape, attributes in SHAPE.findall(field):
        values = dict(part.split("=", 1) for part in attributes.split(":") if "=" in part)
        rectangle = _rectangle(shape, values)
        if rectangle is None:
            tell(say("region: {shape} of card {number}", shape=shape, number=number))
            continue
        if shape != "rect" or values.get("angle", "0") not in ("", "0"):
            tell(say("region is the rectangle around it: {shape} of card {number}", shape=shape, number=number))
        if values.get("oi") == "1":
            tell(say("regions that are not asked: they are not covered"))
        if int(number) in found:
            tell(say("regions of one card are one rectangle: card {number}", number=number))
            (left, top, right, bottom), (x, y, x2, y2) = found[int(number)], rectangle
            rectangle = min(left, x), min(top, y), max(right, x2), max(bottom, y2)
        found[int(number)] = rectangle
    return dict(sorted(found.items()))


def image(field: str) -> str:
    """Return the name of the picture in a field, empty if there is none."""
    found = IMAGE.search(field)
    return next(filter(None, found.groups()), "") if found else ""


def _rectangle(shape: str, values: dict[str, str]) -> Sides | None:
    with suppress(KeyError, ValueError):
        if shape == "polygon":
            points = [tuple(map(float, point.split(","))) for point in values["points"].split()]
            across, down = zip(*points, strict=True)
            return _inside(min(across), min(down), max(across), max(down))
        left, top = float(values["left"]), float(values["top"])
        if shape == "rect":
            return _inside(left, top, left + float(values["width"]), top + float(values["height"]))
        if shape == "ellipse":
            return _inside(left, top, left + 2 * float(values["rx"]), top + 2 * float(values["ry"]))
    return None


def _inside(*sides: float) -> Sides | None:
    left, top, right, bottom = (min(1.0, max(0.0, side)) for side in sides)
    return (left, top, right, bottom) if min(right - left, bottom - top) > SMALLEST else None
