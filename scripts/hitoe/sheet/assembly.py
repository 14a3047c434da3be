"""Fragments of pages joined to one tagged PDF, whose fonts have the glyphs of all pages once."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from hitoe.sheet.fragments import COLOURS, DOCUMENT, FONTS, PARENT, SCALE, Face, Fragment, Part, generated

LEVEL = 6
"""Of compression: larger ones take several times as long, for some hundredths of the size."""
Specimen = Callable[[Sequence[Face]], Any]
"""Lays out a page with one letter of each face; its title and language are those of the sheet."""


@dataclass(slots=True)
class _Marked:
    """Where a page's bookmarks lead, as WeasyPrint has it."""

    bookmarks: Sequence[Any]
    height: float


@dataclass(slots=True)
class _Tags:
    """The uppermost tags, those of each page's marks, and those of the annotations, which are numbered after pages."""

    upper: list[bytes] = field(default_factory=list)
    marked: list[bytes] = field(default_factory=list)
    notes: list[bytes] = field(default_factory=list)


def assembled(pages: Sequence[Fragment], specimen: Specimen, identifier: bytes) -> bytes:
    """Return pages as one tagged PDF; `identifier` stands for its content."""
    faces = _faces(pages)
    laid_out = specimen(list(faces.values()))
    document = laid_out.copy([])
    document.fonts = _fonts(laid_out, faces)
    pdf = generated(document)
    _Binder(pdf, len(pages)).bind(pages)
    document.pages = [_Marked(page.bookmarks, page.height) for page in pages]
    _add_outlines(pdf, document.make_bookmark_tree(SCALE, transform_pages=True))
    _seal(pdf)
    return _identified(_written(pdf), identifier)


def _written(pdf: Any) -> bytes:
    """Write a PDF; its lists of objects are compressed well enough: as pydyf does it, they take as long as all else."""
    import pydyf

    thorough = pydyf.Stream

    class Quick(thorough):  # type: ignore[misc, valid-type]  # pydyf has no types
        @property
        def data(self) -> bytes:
            content = zlib.compress(b"\n".join(map(pydyf._to_bytes, self.stream)), LEVEL)
            extra = pydyf.Dictionary({**self.extra, "Filter": "/FlateDecode", "Length": len(content)})
            return b"\n".join((extra.data, b"stream", content, b"endstream"))

    output = BytesIO()
    pydyf.Stream = Quick
    try:
        pdf.write(output, "1.7", compress=True)
    finally:
        pydyf.Stream = thorough
    return output.getvalue()


def _faces(pages: Sequence[Fragment]) -> dict[str, Face]:
    """Return the faces by name with the glyphs of all pages."""
    faces: dict[str, Face] = {}
    for page in pages:
        for face in page.faces:
            known = faces.setdefault(face.name, face)
            faces[face.name] = face._replace(
                texts={**face.texts, **known.texts}, widths={**face.widths, **known.widths}
            )
    return dict(sorted(faces.items()))


def _fonts(laid_out: Any, faces: Mapping[str, Face]) -> dict[Any, Any]:
    """Return WeasyPrint's fonts for the faces, taken from a specimen of them, with all glyphs in order."""
    shown = laid_out.copy(laid_out.pages)
    generated(shown)
    fonts = {key: font for key, font in shown.fonts.items() if font.hash in faces}
    assert {font.hash for font in fonts.values()} == faces.keys()
    for font in fonts.values():
        face = faces[font.hash]
        font.to_unicode = dict(sorted(face.texts.items()))
        font.widths = dict(sorted(face.widths.items()))
    return fonts


def _identified(content: bytes, identifier: bytes) -> bytes:
    """Add an identifier to the trailer, the last object of a PDF: pydyf would compress all once more for that."""
    before, kind, after = content.rpartition(b"/Type /XRef")
    name = b"<%s>" % identifier.hex().encode()
    return before + kind + b"/ID [%s %s]" % (name, name) + after


def _seal(pdf: Any) -> None:
    """Compress the streams once: pydyf does so each time it needs their bytes."""
    import pydyf

    class Sealed(pydyf.Object):  # type: ignore[misc]  # pydyf has no types
        compressible = False

        def __init__(self, stream: Any) -> None:
            super().__init__()
            self.number, self.sealed = stream.number, stream.data

        @property
        def data(self) -> bytes:
            sealed: bytes = self.sealed
            return sealed

    pdf.objects[:] = [Sealed(each) if isinstance(each, pydyf.Stream) else each for each in pdf.objects]


def _add_outlines(pdf: Any, bookmarks: Any) -> None:
    from weasyprint.pdf.anchors import add_outlines

    add_outlines(pdf, bookmarks)


class _Binder:
    """Adds fragments to the PDF of a document that has no page yet."""

    def __init__(self, pdf: Any, count: int) -> None:
        import pydyf

        class Written(pydyf.Object):  # type: ignore[misc]  # pydyf has no types
            """An object whose bytes are known."""

            data = b""
            compressible = True

        self._written = Written
        self._array = pydyf.Array
        self._pdf = pdf
        self._count = count
        root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
        self._tree = pdf.objects[_number(root["ParentTree"])]
        self._document = pdf.objects[_number(root["K"][0])]
        resources = next(each for each in pdf.objects[1:] if isinstance(each, dict) and "ExtGState" in each)
        self._outside = {
            PARENT: pdf.pages.number,
            DOCUMENT: self._document.number,
            COLOURS: _number(resources["ColorSpace"]),
            FONTS: _number(resources["Font"]),
        }

    def bind(self, pages: Sequence[Fragment]) -> None:
        """Add the pages in order, with their tags and annotations."""
        tags = _Tags()
        for index, page in enumerate(pages):
            self._add(page, index, tags)
        self._document["K"] = self._array(tags.upper)
        nums = [b"%d %b" % pair for pair in enumerate([*tags.marked, *tags.notes])]
        self._tree["Nums"] = self._array(nums)

    def _add(self, page: Fragment, index: int, tags: _Tags) -> None:
        first = len(self._pdf.objects)
        numbers: dict[Any, int] = {**self._outside, page.page[0]: first}
        numbers |= {number: at for at, (number, _, _) in enumerate(page.objects, first + 1)}
        body = _bytes(page.page[1], numbers)[2:]
        place = b"<</Parent %d 0 R/StructParents %d" % (self._outside[PARENT], index)
        self._pdf.add_page(self._object(place + body))
        notes = {note: self._count + len(tags.notes) + at for at, (note, _) in enumerate(page.notes)}
        for number, stream, parts in page.objects:
            data = _bytes(parts, numbers)
            if number in notes:
                data = b"<</StructParent %d" % notes[number] + data[2:]
            self._pdf.add_object(self._object(data, stream=stream))
        reference = {number: b"%d 0 R" % at for number, at in numbers.items()}
        tags.upper += [reference[tag] for tag in page.tags]
        tags.marked.append(b"[" + b" ".join(reference.get(tag, b"null") for tag in page.marked) + b"]")
        tags.notes += [reference[tag] for _, tag in page.notes]

    def _object(self, data: bytes, *, stream: bool = False) -> Any:
        thing = self._written()
        thing.data, thing.compressible = data, not stream
        return thing


def _bytes(parts: Sequence[Part], numbers: Mapping[Any, int]) -> bytes:
    return b"".join([part if isinstance(part, bytes) else b"%d" % numbers[part] for part in parts])


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
