"""The project's own fonts in content/fonts/, for scripts that the vendored fonts lack."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from hitoe import writing
from hitoe.content_folder import belongs
from hitoe.messages import SaidError, say
from hitoe.problems import InputError, Position, Problem, foreign
from hitoe.typography import fonts

FOLDER = "fonts"
"""The folder within the content folder."""
READ, OTHER = (".ttf", ".otf", ".woff", ".woff2"), (".ttc", ".otc", ".dfont", ".zip")
ASCENT, DESCENT = 1.160, 0.288
"""The height of a line of Noto Sans JP in em; fonts of another height would push lines apart."""
SEMIBOLD = 600
LETTER, LATIN = ord("A"), 0x24F
COLOURS = ("CBDT", "sbix", "COLR", "SVG ")
UNREADABLE = say("this cannot be read as a font: save it anew")
NEEDED = ("head", "hhea", "maxp", "hmtx", "cmap", "name", "OS/2")
NAMES = (1, 3, 4, 6, 16, 17, 21, 22)
"""The entries of a font's table of names that may have its family."""


@dataclass(frozen=True)
class OwnFonts:
    """The fonts of a project that can be used: files by name, content, and family, and their characters."""

    files: Sequence[tuple[str, bytes, str]]
    characters: frozenset[str]
    problems: tuple[Problem, ...]

    @property
    def families(self) -> list[str]:
        """The families in the order of their files; the names are ours, so that they are those of no other font."""
        return list(dict.fromkeys(family for *_, family in self.files))

    @property
    def digests(self) -> list[str]:
        """The hash of the files; nothing if there are none."""
        return [self.digest] if self.files else []

    @cached_property
    def digest(self) -> str:
        """The hash of the files."""
        return writing.digest("".join(writing.digest(file) for _, file, _ in self.files).encode())


def read(content: Path) -> OwnFonts:
    """Read the fonts of a content folder; what cannot be used is in `problems`, with its place."""
    folder = content / FOLDER
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    named = [path for path in paths if path.suffix.lower() in READ + OTHER and path.name[0] != "." and path.is_file()]
    named = [path for path in named if belongs(path, content)]
    return _read(tuple((path.name, path.read_bytes()) for path in named))


@lru_cache(maxsize=1)
def _read(files: tuple[tuple[str, bytes], ...]) -> OwnFonts:
    usable: list[tuple[str, bytes, str]] = []
    characters: set[str] = set()
    problems: list[Problem] = []
    families: dict[str, str] = {}
    for name, file in files:
        try:
            font = _opened(name, file)
            points = _points(font)
            family = families.setdefault(font["name"].getBestFamilyName() or name, f"Own {len(families) + 1}")
        except Exception as error:  # fontTools raises errors of all kinds for damaged files
            problems.append(_problem(name, str(error) if isinstance(error, _UnusableError) else UNREADABLE))
            continue
        usable.append((name, file, family))
        characters.update(map(chr, points))
    return OwnFonts(usable, frozenset(characters), tuple(problems))


def _problem(name: str, why: str) -> Problem:
    return Problem(Position(f"content/{FOLDER}/{name}"), why)


class _UnusableError(SaidError):
    """A font that cannot be used; the message says why and what to do."""


def _opened(name: str, file: bytes) -> Any:
    """Return a font as fontTools has it."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    if name.lower().endswith(OTHER) or file[:4] == b"ttcf":
        raise _UnusableError("this holds several files: put the single font files (.ttf, .otf, .woff2) here")
    font = TTFont(BytesIO(file))
    if "fvar" in font:
        raise _UnusableError("this is a variable font: put the static files here, such as those named Regular and Bold")
    if any(table in font for table in COLOURS):
        raise _UnusableError("this font has colours of its own, which no edition of the sheet can change: take another")
    for table in font.reader.keys():  # noqa: SIM118  # it cannot be iterated
        table.encode("ascii")  # raises an error where the file is damaged, and the next line where it ends too early
        font.reader[table]
    for table in NEEDED:
        font[table]
    return font


def _points(font: Any) -> set[int]:
    """Return the code points that are taken from a font: without Latin letters it gives no digits and dots for them."""
    points = set(font.getBestCmap())
    return points if LETTER in points else {point for point in points if point > LATIN or chr(point).isspace()}


def write(own: OwnFonts, folder: Path) -> None:
    """Write the fonts into a folder, with lines as high as those of the vendored fonts, and the names of `own`.

    Raises:
        InputError: a font is damaged where it was not looked at yet.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, file, family) in enumerate(own.files):
        path = folder / f"{number}.ttf"
        if not path.exists():
            # Beside the folder: what stands in it is taken for a font, by another process too.
            beside = folder.with_name(f"{folder.name}-{number}.{os.getpid()}")
            with foreign(InputError([_problem(name, UNREADABLE)])):
                renamed = _renamed(file, family)
            writing.write(beside, renamed)
            beside.replace(path)


def _renamed(file: bytes, family: str) -> bytes:
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(file), lazy=True)
    font.flavor = None
    points = _points(font)
    names = font["name"]
    for number in NAMES:
        names.removeNames(nameID=number)
    for number in (1, 3, 4, 6):
        names.setName(family.replace(" ", "") if number == 6 else family, number, 3, 1, 0x409)  # noqa: PLR2004
    for table in font["cmap"].tables:
        table.cmap = {point: glyph for point, glyph in table.cmap.items() if point in points}
    level(font, fonts.font(fonts.PROSE[-1 if font["OS/2"].usWeightClass >= SEMIBOLD else 0]))
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def level(font: Any, model: Any) -> None:
    """Give a font of fontTools the line height and the baselines of `model`, which is Noto Sans JP of a like weight."""
    em = font["head"].unitsPerEm
    hhea, os2 = font["hhea"], font["OS/2"]
    hhea.ascent, hhea.descent, hhea.lineGap = round(ASCENT * em), -round(DESCENT * em), 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = hhea.ascent, hhea.descent, 0
    os2.usWinAscent, os2.usWinDescent = hhea.ascent, -hhea.descent
    # Where fonts with baselines and fonts without stand in one line, Pango shifts them.
    font["BASE"] = _scaled(model, em / model["head"].unitsPerEm)


def _scaled(model: Any, scale: float) -> Any:
    """Return the table of baselines of a font, for another size of the em square."""
    from fontTools.ttLib import newTable

    table = newTable("BASE")
    table.decompile(model.getTableData("BASE"), model)
    table.table.VertAxis = None
    for record in table.table.HorizAxis.BaseScriptList.BaseScriptRecord:
        for coordinate in record.BaseScript.BaseValues.BaseCoord:
            coordinate.Coordinate = round(coordinate.Coordinate * scale)
    return table
