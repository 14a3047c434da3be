"""The colours of the editions of the study sheet, exchanged in the finished PDF.

Colour, red and mask must have every word in the same place, so the sheet is laid out once. What differs between
editions is drawn in marker colours, each used for one thing only (templates/sheet/page.css and figures/paper.css).
Here each edition's PDF is made from that one: every marker becomes the edition's own colour, or what is drawn in it is
left out, as underlines are under a red sheet. Laying the sheet out once for each edition took three times as long.

An answer must not be seen through a red sheet: in the red edition it is orange on white, which the sheet makes as light
as paper; in the mask edition it is black on a green band, which the sheet makes black. A veil over a picture does the
same to each of its colours: it makes all of them as red as paper, or takes all red from them.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf

COLOUR, *_ = INKS = ("colour", "red", "mask")
BLUE, INK, ORANGE, GREEN, BLACK, WHITE = "#0d3b66", "#16202b", "#ff7a1a", "#00a99d", "#000000", "#ffffff"
WARM = "#fff1ea"
"""A ground as light as paper under a red sheet, where grey would show orange letters."""
MARKERS: Mapping[str, tuple[str | None, str | None, str | None]] = {
    "#0d3b67": (BLUE, ORANGE, BLACK),  # an answer
    "#0d3b68": (BLUE, None, None),  # the line below it
    "#00a99e": (None, None, GREEN),  # the band behind it
    "#00a99c": (None, "#ff0000", GREEN),  # the veil over a picture
    "#16202c": (INK, ORANGE, BLACK),  # code that is an answer
    "#0d3b65": (BLUE, INK, INK),  # bars and bullets
    "#eef2f5": ("#eef2f6", WARM, "#eef2f6"),  # the ground of headings and calculations
    "#e3e8ec": ("#e3e8ed", WARM, "#e3e8ed"),  # the ground of a tinted box in a figure
    "#f3f6f7": ("#f3f6f8", WARM, "#f3f6f8"),  # the ground of a group of boxes
    "#fffffe": (WHITE, WHITE, GREEN),  # the band behind an answer in a figure
    "#fffefe": (WHITE, WARM, GREEN),  # the same on a tinted box
}
"""Of each marker the colours in the editions colour, red and mask; None: not painted."""
VEIL, BLENDED = "#00a99c", ("", "/Screen", "/Multiply")
"""The marker that changes what lies below it, and how in each edition, as PDF calls it."""
PAINT = {
    "f": ("f", "n", "f", "n"),
    "F": ("f", "n", "f", "n"),
    "f*": ("f*", "n", "f*", "n"),
    "S": ("S", "S", "n", "n"),
    "s": ("s", "s", "n", "n"),
    "B": ("B", "S", "f", "n"),
    "B*": ("B*", "S", "f*", "n"),
    "b": ("b", "s", "f", "n"),
    "b*": ("b*", "s", "f*", "n"),
}
"""Operators that paint a path: as they are, without the filling, without the line, without both."""


class ColourChange(NamedTuple):
    """An instruction that is another one in some editions: it sets a marker, or paints with markers.

    `fill` and `stroke` are the markers in force, empty for other colours; an instruction that sets one has only this.
    """

    at: int
    operator: str
    fill: str
    stroke: str


def editions(pdf: bytes, titles: Mapping[str, str]) -> dict[str, bytes]:
    """Return the PDFs of the editions that have a title, from a PDF that is printed in markers.

    The same PDF and titles give the same bytes.
    """
    found = {}
    with pikepdf.open(BytesIO(pdf)) as document:
        drawn = [(stream, _exchanged(stream, owner, list(titles))) for stream, owner in _contents(document)]
        for edition, title in titles.items():
            for stream, content in drawn:
                if edition in content:
                    stream.write(content[edition], filter=pikepdf.Name.FlateDecode)
            document.docinfo["/Title"] = title
            with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
                metadata["dc:title"] = title
            output = BytesIO()
            document.save(output, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            found[edition] = output.getvalue()
    return found


def _contents(document: pikepdf.Pdf) -> Iterator[tuple[Any, Any]]:
    """Yield the streams of drawing instructions (of pages, of groups within them, of patterns), each with its owner."""
    yield from ((page.Contents, page.obj) for page in document.pages)
    for each in document.objects:
        if isinstance(each, pikepdf.Stream) and (each.get("/Subtype") == "/Form" or each.get("/PatternType") == 1):
            yield each, each


def _changes(instructions: Sequence[Any]) -> Iterator[ColourChange]:
    """Yield the instructions that are to be changed in some edition."""
    fill = stroke = ""
    saved = []
    for index, instruction in enumerate(instructions):
        change = None
        match str(instruction.operator):
            case "rg":
                fill = _marker(instruction.operands)
                change = ColourChange(index, "rg", fill, "")
            case "RG":
                stroke = _marker(instruction.operands)
                change = ColourChange(index, "RG", "", stroke)
            case "q":
                saved.append((fill, stroke))
            case "Q":
                fill, stroke = saved.pop()
            case operator if operator in PAINT:
                change = ColourChange(index, operator, fill, stroke)
        if change and (change.fill or change.stroke):
            yield change


def _marker(operands: Sequence[Any]) -> str:
    """Return the marker that red, green and blue, from 0 to 1, make; empty for another colour."""
    colour = "#" + "".join(f"{round(255 * float(part)):02x}" for part in operands)
    return colour if colour in MARKERS else ""


def _exchanged(stream: Any, owner: Any, editions: Sequence[str]) -> dict[str, bytes]:
    """Return the content of a stream as the editions have it, compressed; nothing if there are no markers in it.

    `owner` is what has the resources of the stream.
    """
    instructions = list(pikepdf.parse_content_stream(stream))
    changes = list(_changes(instructions))
    veils = {change.at for change in changes if change.operator == "rg" and change.fill == VEIL}
    if veils:
        _name_blending(owner)
    content = {}
    for edition in editions if changes else ():
        for change in changes:
            operands, operator = _changed(change, instructions[change.at].operands, INKS.index(edition))
            instructions[change.at] = pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(operator))
        blended = BLENDED[INKS.index(edition)]
        before = [pikepdf.ContentStreamInstruction([pikepdf.Name(blended)], pikepdf.Operator("gs"))] if blended else []
        written = [each for at, own in enumerate(instructions) for each in ([*before, own] if at in veils else [own])]
        content[edition] = zlib.compress(pikepdf.unparse_content_stream(written))
    return content


def _name_blending(owner: Any) -> None:
    """Name among the resources of a stream how colours mix with those below, also in editions that are not wanted."""
    if "/ExtGState" not in owner.Resources:
        owner.Resources.ExtGState = pikepdf.Dictionary()
    for mode in filter(None, BLENDED):
        owner.Resources.ExtGState[mode] = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, BM=pikepdf.Name(mode))


def _changed(change: ColourChange, operands: Any, edition: int) -> tuple[Any, str]:
    """Return the operands and the operator that an edition has."""
    fill, stroke = (MARKERS[marker][edition] if marker else "" for marker in (change.fill, change.stroke))
    if change.operator in PAINT:
        return operands, PAINT[change.operator][(fill is None) + 2 * (stroke is None)]
    colour = fill or stroke or WHITE
    return [round(int(colour[at : at + 2], 16) / 255, 6) for at in (1, 3, 5)], change.operator
