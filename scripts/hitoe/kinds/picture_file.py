"""Whether the file of a picture can be shown: what is damaged or no picture at all is told before anything is built."""

import base64
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

from hitoe.kinds import bitmap
from hitoe.messages import say

SVG_ROOT = "{http://www.w3.org/2000/svg}svg"
LIGHT_PIXELS = 20_000_000
MOST_ELEMENTS, DEEPEST = 100_000, 100
"""Of an SVG: WeasyPrint takes minutes for a million elements, and has no stack for some hundreds in each other."""
TOO_DEEP = say("shows an element within itself, or too many in each other: save it anew, drawn flatter")
TOO_MUCH = say("draws more than {most:,} elements: save it simpler", most=MOST_ELEMENTS)
EMBEDDED = "data:image/"
"""How the address of a bitmap begins that stands in an SVG itself."""
TALL = 1.8
"""How many times as high as wide; page.css and worksheet.css widen pictures to half of what they may be high."""
ORIENTATION, SIDEWAYS = 0x112, range(5, 9)
"""The tag of a photograph that says how the camera was held, and its values with which sides are exchanged."""
LIGHT = 20_000
"""Characters of an SVG that is drawn in a moment, if it shows nothing twice."""
POINTS = 20
"""Points of a path that take as long as an element."""
NUMBER = re.compile(r"\d+(?:\.\d*)?|\.\d+")
LENGTH = re.compile(r"(?:auto|[0-9.]+%)?|(?P<number>\+?(?:[0-9]++\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)\s*[a-zA-Z]*")
SHORTEST, LONGEST = 0.001, 1_000_000
"""Of a side of an SVG: what is not between draws nothing, or divides by numbers that are no numbers any more."""
URL = re.compile(r"url\(\s*['\"]?(#[^)'\"\s]+)")
REFERENCE = re.compile(r"url|href|\\|[<:]style", re.IGNORECASE)
"""What can be by a part of an SVG that shows another one: also the rules of a style sheet, and what escapes hide."""
LINK = re.compile(r"@import|url\(\s*['\"]?(?!#|data:)\w")
"""What a style sheet takes from another file."""


def fault(path: Path) -> str | None:
    """Return what is wrong with a picture, to be put after its name; None if nothing is."""
    found = path.stat()
    return _fault(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=1 << 16)
def _fault(path: Path, _time: int, _size: int) -> str | None:
    """Opening a picture takes milliseconds, and `hitoe check` reads the notes twice."""
    return _svg(path) if path.suffix.lower() == ".svg" else bitmap.fault(path.read_bytes())


def printable(path: Path) -> bytes:
    """Return the content of a picture that has no fault, for the sheet."""
    content = path.read_bytes()
    return content if path.suffix.lower() == ".svg" else bitmap.printable(content)


def embedded(address: str) -> bytes:
    """Return the bitmap for which an address in an SVG stands that begins with EMBEDDED; raises ValueError."""
    kind, _, text = address.partition(",")
    data = unquote_to_bytes(text)
    return base64.b64decode(data) if kind.endswith(";base64") else data


def is_light(path: Path) -> bool:
    """Whether a picture that has no fault is drawn in a moment: one of few pixels, or a small SVG without references.

    Neither size nor elements of other SVGs say how long they take: a gradient may be repeated a billion times.
    """
    if path.suffix.lower() != ".svg":
        from PIL import Image

        with Image.open(path) as image:
            return image.width * image.height <= LIGHT_PIXELS
    if path.stat().st_size > LIGHT:
        return False
    whole = ElementTree.tostring(ElementTree.fromstring(path.read_bytes()), "unicode")  # all that entities stand for
    return len(whole) <= LIGHT and not REFERENCE.search(whole)


def is_tall(path: Path) -> bool:
    """Whether a picture that has no fault is so much higher than wide that it is not widened as others are."""
    if path.suffix.lower() == ".svg":
        root = ElementTree.fromstring(path.read_bytes())
        lengths = [LENGTH.fullmatch(root.get(side, "").strip()) for side in ("width", "height")]
        own = [float(length["number"]) for length in lengths if length and length["number"]]
        box = map(float, root.get("viewBox", "0 0 1 1").replace(",", " ").split()[2:])
        width, height = own if len(own) == len(lengths) else box
        return height > TALL * width
    from PIL import Image

    with Image.open(path) as image:
        sideways = image.getexif().get(ORIENTATION) in SIDEWAYS  # damaged, it can be anything
        width, height = reversed(image.size) if sideways else image.size
        return height > TALL * width


def words(path: Path) -> str:
    """Return the characters that an SVG draws as text; none of other pictures, and of one that cannot be read."""
    content = path.read_bytes() if path.suffix.lower() == ".svg" else b""
    if content.isascii() and b"&#" not in content:
        return ""
    try:
        drawn = [node for node in ElementTree.fromstring(content).iter() if str(node.tag).endswith("}text")]
    except (ElementTree.ParseError, ValueError, LookupError):
        return ""
    return "".join(part for node in drawn for part in node.itertext())


def _svg(path: Path) -> str | None:
    try:
        root = ElementTree.fromstring(path.read_bytes(), ElementTree.XMLParser(target=_Tree()))
    except _TooMuchError:
        return TOO_MUCH
    except (ElementTree.ParseError, ValueError, LookupError) as error:  # also an encoding that the parser does not know
        return say("is no XML ({error}): save it anew as SVG", error=error)
    if root.tag != SVG_ROOT:
        return say(
            "is XML, but no SVG: its outermost element must be <svg xmlns={namespace}>", namespace=repr(SVG_ROOT[1:-4])
        )
    if "viewBox" in root.attrib and not _is_box(root.attrib["viewBox"]):
        return say("has a viewBox that is not four numbers, the last two above 0: mend it, or save it anew")
    if not all(_is_length(root.attrib[side]) for side in ("width", "height") if side in root.attrib):
        return say("has a width or a height that nothing can be drawn in: write a number above 0, or save it anew")
    if any(map(_links, root.iter())):
        return say("takes something from another file: save it with all that it shows")
    if fault := _bitmap_fault(root):
        return fault
    try:
        elements, levels = _Drawing(root).measure(root, 0)
    except _EndlessError:
        return TOO_DEEP
    if levels > DEEPEST:
        return TOO_DEEP
    return TOO_MUCH if elements > MOST_ELEMENTS else None


def _is_box(text: str) -> bool:
    try:
        numbers = [float(number) for number in text.replace(",", " ").split()]
    except ValueError:
        return False
    return len(numbers) == len("xywh") and all(map(isfinite, numbers)) and min(numbers[2:]) > 0


def _is_length(text: str) -> bool:
    """Whether a side of an SVG has a length that can be printed, or none of its own; a unit changes it little."""
    length = LENGTH.fullmatch(text.strip())
    return length is not None and SHORTEST <= float(length["number"] or 1) <= LONGEST


class _EndlessError(Exception):
    """An SVG in which elements stand in each other without end."""


class _TooMuchError(Exception):
    """An SVG that has more elements than may be drawn."""


class _Tree(ElementTree.TreeBuilder):
    """Makes the elements of an SVG, but no more than may be drawn: entities make gigabytes of some kilobytes."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 0

    def start(self, tag: Any, attrs: Any) -> Any:
        """Make an element."""
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise _TooMuchError
        return super().start(tag, attrs)


class _Drawing:
    """Measures what an SVG draws: `use`, patterns, masks and markers show an element again, with all that is in it."""

    def __init__(self, root: Any) -> None:
        self._known = {f"#{node.get('id')}": node for node in root.iter() if node.get("id")}
        self._measures: dict[Any, tuple[int, int]] = {}

    def measure(self, node: Any, depth: int) -> tuple[int, int]:
        """Return how many elements are drawn, and how deep they stand in each other; `node` stands at a depth."""
        if depth > DEEPEST:
            raise _EndlessError
        if node not in self._measures:
            self._measures[node] = self._counted(node, depth)
        return self._measures[node]

    def _counted(self, node: Any, depth: int) -> tuple[int, int]:
        points = len(NUMBER.findall(f"{node.get('d', '')} {node.get('points', '')}")) // 2
        parts = [self.measure(child, depth + 1) for child in node]
        for address, times in self._shown(node, points):
            count, levels = self.measure(self._known[address], depth + 1)
            parts.append((count * times, levels))
        drawn = 1 + points // POINTS + sum(count for count, _ in parts)
        return drawn, 1 + max((levels for _, levels in parts), default=0)

    def _shown(self, node: Any, points: int) -> Iterator[tuple[str, int]]:
        """Yield the address of each element that another one, of some points, shows again, and how many times."""
        if str(node.tag).endswith("}use"):
            yield from ((value, 1) for value in node.attrib.values() if value in self._known)
        styles = (part.partition(":") for part in node.get("style", "").split(";"))
        for name, value in [*node.items(), *((name.strip(), value) for name, _, value in styles)]:
            if name != "style" and (found := URL.search(value)) and found[1] in self._known:
                yield found[1], points if name in ("marker", "marker-mid") else 1


def _links(node: Any) -> bool:
    """Whether an element of an SVG shows something from another file; `a` only leads there."""
    shows = str(node.tag).rpartition("}")[2]
    addresses = _addresses(node) or [""] * (shows == "image")
    drawn = shows != "a" and not all(each.startswith(EMBEDDED if shows == "image" else "#") for each in addresses)
    styles = " ".join([node.get("style", ""), (node.text or "") if str(node.tag).endswith("}style") else ""])
    return drawn or bool(LINK.search(styles))


def _addresses(node: Any) -> list[str]:
    return [value for name, value in node.items() if name.rpartition("}")[2] == "href"]


def _bitmap_fault(root: Any) -> str | None:
    """Return what is wrong with the bitmaps that stand in an SVG itself; together they may have the pixels of one."""
    addresses = dict.fromkeys(each for node in root.iter() for each in _addresses(node) if each.startswith(EMBEDDED))
    fault: str | None = bitmap.DAMAGED
    with suppress(ValueError):
        contents = [embedded(address) for address in addresses]
        if sum(map(bitmap.pixels, contents)) > bitmap.MOST_PIXELS:
            return say("has pictures in it of more than {most:,} pixels: save them smaller", most=bitmap.MOST_PIXELS)
        fault = next(filter(None, map(bitmap.fault, contents)), None)
    return say("has a picture in it that {fault}", fault=fault) if fault else None
