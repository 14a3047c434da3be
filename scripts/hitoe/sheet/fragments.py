"""A laid-out page as a fragment of a tagged PDF: its objects with all numbers open, to be joined with other pages.

WeasyPrint writes the PDF of a single page; what is taken from it depends on that page alone.
"""

import re
import zlib
from collections.abc import Container, Iterator, Mapping
from typing import Any, NamedTuple

PARENT, DOCUMENT, COLOURS, FONTS = "parent", "document", "colours", "fonts"
"""Objects outside of the page that it names: the tree of pages, the root of the tags, the colour spaces, the fonts."""
REFERENCE = re.compile(rb"(\d+) 0 R")
HEADER = re.compile(r"(\d+)(-\d+-\d+)")
"""The name of a table's head, which begins with the number of the table's object."""
SCALE = 0.75
"""CSS pixels in pt."""

Part = bytes | int | str
"""What an object is written of: bytes, the number of an object of the fragment, or one outside of it by its name."""
Glyphs = tuple[tuple[int, str], ...]


class Face(NamedTuple):
    """A font as it is used on a page: how it is asked for, the texts of its glyphs and their widths in 1/1000 em."""

    name: str
    family: str
    weight: int
    style: int
    texts: Mapping[int, str]
    widths: Mapping[int, int]


class Fragment(NamedTuple):
    """A page. Objects are named by numbers of its own; its fields are plain values, which can be kept.

    `page` is the page's own object without its place in the document, `tags` are the uppermost tags, `marked` are the
    tags of what is marked in the content by its number, `notes` the annotations with their tags. What stands in the
    margin is marked as an artifact and has no tag.
    """

    page: tuple[int, tuple[Part, ...]]
    objects: tuple[tuple[int, bool, tuple[Part, ...]], ...]
    tags: tuple[int, ...]
    marked: tuple[int | None, ...]
    notes: tuple[tuple[int, int], ...]
    faces: tuple[Face, ...]
    bookmarks: tuple[tuple[int, str, tuple[float, float], str], ...]
    height: float


class _Unbuilt(dict[Any, Any]):
    """Fonts of a page, which WeasyPrint shall gather but not embed."""

    def values(self) -> Any:
        return ()


def fragment(document: Any, page: Any) -> Fragment:
    """Return one of a document's pages as a fragment."""
    alone = document.copy([page])
    alone.fonts = fonts = _Unbuilt()
    pdf = generated(alone)
    return _Reader(pdf).fragment(page, [font for _, font in sorted(fonts.items(), key=lambda pair: pair[1].hash)])


def packed(fragment: Fragment) -> tuple[Any, ...]:
    """Return a fragment as plain values."""
    return (*fragment._replace(faces=tuple(tuple(face) for face in fragment.faces)),)  # type: ignore[misc]


def unpacked(values: tuple[Any, ...]) -> Fragment:
    """Return a fragment from its plain values."""
    fragment = Fragment(*values)
    return fragment._replace(faces=tuple(Face(*face) for face in fragment.faces))


def generated(document: Any) -> Any:
    """Return a document as a PDF of pydyf, not yet written."""
    from weasyprint import DEFAULT_OPTIONS
    from weasyprint.pdf import generate_pdf

    return generate_pdf(document, None, 1, **{**DEFAULT_OPTIONS, "pdf_variant": "pdf/ua-1", "pdf_version": "1.7"})


class _Reader:
    """Takes a PDF of one page apart."""

    def __init__(self, pdf: Any) -> None:
        self._objects = pdf.objects
        number = _number(pdf.page_references[0])
        self._page = self._objects[number]
        self._roots = self._objects[_number(pdf.catalog["StructTreeRoot"])]
        self._document = self._objects[_number(self._roots["K"][0])]
        self._resources = self._objects[_number(self._page["Resources"])]
        self._outside = {
            pdf.pages.number: PARENT,
            self._document.number: DOCUMENT,
            _number(self._resources["ColorSpace"]): COLOURS,
            _number(self._resources["Font"]): FONTS,
        }

    def fragment(self, page: Any, fonts: list[Any]) -> Fragment:
        nums = self._objects[_number(self._roots["ParentTree"])]["Nums"]
        notes = self._notes(nums)
        for key in ("Parent", "StructParents"):
            del self._page[key]
        tags = tuple(map(_number, self._document["K"]))
        written = self._written(list(tags), known={self._page.number})
        marked = tuple(number if (number := _number(tag)) in written else None for tag in nums[1])
        self._unmark({number for number, tag in enumerate(marked) if tag is None})
        written |= self._written([self._page.number], known=written)
        return Fragment(
            page=(self._page.number, written.pop(self._page.number)[1]),
            objects=tuple((number, *rest) for number, rest in sorted(written.items())),
            tags=tags,
            marked=marked,
            notes=notes,
            faces=tuple(map(_face, fonts)),
            bookmarks=tuple((level, label, (x, y), state) for level, label, (x, y), state in page.bookmarks),
            height=page.height,
        )

    def _unmark(self, numbers: set[int]) -> None:
        """Make artifacts of what has these numbers in the page's content: WeasyPrint's tags for it are in no tree."""
        content = self._objects[_number(self._page["Contents"])].stream
        for index, value in enumerate(content):
            if isinstance(value, dict) and value.get("MCID") in numbers:
                content[index - 1 : index + 2] = [b"/Artifact", b"", b"BMC"]

    def _notes(self, nums: Any) -> tuple[tuple[int, int], ...]:
        tags = {nums[i]: _number(nums[i + 1]) for i in range(2, len(nums), 2)}
        notes = [self._objects[_number(reference)] for reference in self._page.get("Annots", ())]
        return tuple((note.number, tags[note.pop("StructParent")]) for note in notes)

    def _written(self, numbers: list[int], known: Container[int] = ()) -> dict[int, tuple[bool, tuple[Part, ...]]]:
        """Return objects and all that they name by number: whether they are streams, and what they are written of."""
        written: dict[int, tuple[bool, tuple[Part, ...]]] = {}
        while numbers:
            number = numbers.pop()
            if number not in written and number not in known and number not in self._outside:
                thing = self._objects[number]
                parts = tuple(_joined(self._parts(thing)))
                written[number] = hasattr(thing, "stream"), parts
                numbers += [part for part in parts if isinstance(part, int)]
        return written

    def _parts(self, value: Any) -> Iterator[Part]:
        if hasattr(value, "stream"):
            content, extra = b"\n".join(map(_plain, value.stream)), value.extra
            if "Filter" not in extra:  # pictures come compressed
                content, extra = zlib.compress(content, 9), {**extra, "Filter": "/FlateDecode"}
            yield from self._parts({**extra, "Length": len(content)})
            yield b"\nstream\n" + content + b"\nendstream"
        elif isinstance(value, dict):
            yield b"<<"
            for key, inner in value.items():
                yield f"/{key} ".encode()
                yield from self._heads(inner) if key in ("ID", "Headers") else self._parts(inner)
            yield b">>"
        elif isinstance(value, (list, tuple)):
            yield b"["
            for inner in value:
                yield from self._parts(inner)
                yield b" "
            yield b"]"
        elif isinstance(value, bytes) and REFERENCE.fullmatch(value):
            number = _number(value)
            yield self._outside.get(number, number)
            yield b" 0 R"
        else:
            yield _plain(value)

    def _heads(self, value: Any) -> Iterator[Part]:
        """Yield the names of table heads with the numbers in them open."""
        names = value if isinstance(value, list) else [value]
        yield b"[" if isinstance(value, list) else b""
        for name in names:
            match = HEADER.fullmatch(name.string)
            assert match
            yield b"("
            yield int(match[1])
            yield f"{match[2]})".encode()
        yield b"]" if isinstance(value, list) else b""


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    gathered: list[bytes] = []
    for part in parts:
        if isinstance(part, bytes):
            gathered.append(part)
            continue
        yield b"".join(gathered)
        gathered = []
        yield part
    yield b"".join(gathered)


def _plain(value: Any) -> bytes:
    import pydyf

    written: bytes = pydyf._to_bytes(value)
    return written


def _number(reference: Any) -> int:
    match = REFERENCE.fullmatch(reference)
    assert match
    return int(match[1])


def _face(font: Any) -> Face:
    return Face(font.hash, font.family, int(font.weight), int(font.style), dict(font.to_unicode), dict(font.widths))
