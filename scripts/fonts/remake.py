"""Recreates the subsets in templates/fonts/ byte for byte from npm packages of the full fonts.

    pip install fonttools==4.68.0 uharfbuzz==0.57.0
    npm pack @expo-google-fonts/noto-sans-jp@0.4.3
    python scripts/fonts/remake.py expo-google-fonts-noto-sans-jp-0.4.3.tgz [characters to add]

The same with `noto-sans@0.4.2` (Noto Sans 2.015), `noto-sans-math@0.4.2` (3.000), `noto-sans-symbols@0.4.1` (2.003),
`noto-sans-symbols-2@0.4.1` (2.008) and `noto-emoji@0.4.7` (3.006). The subsets of Noto Sans JP (2.004) keep their
present characters; FALLBACKS says which characters the others have. Afterwards the checksums of all fonts are compared
with SHA256SUMS; without a package only that is done. IBM Plex Mono is included as released, since its licence reserves
the name "Plex" for unmodified files. To change a font on purpose, recreate it and write its checksum into SHA256SUMS.
"""

import hashlib
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parents[2] / "templates" / "fonts"
SUMS = FONTS / "SHA256SUMS"
SUBSET, FAMILY = "noto-sans-jp-", "NotoSansJP"
WEIGHTS = {"Regular": "400Regular", "Medium": "500Medium", "Bold": "700Bold"}
ITALICS = {"MediumItalic": "500Medium_Italic", "BoldItalic": "700Bold_Italic"}
FEATURES = ["ccmp", "fwid", "halt", "hwid", "jp78", "kern", "liga", "locl"]
FEATURES += ["mark", "mkmk", "palt", "pwid", "tnum", "zero"]
VERTICAL = ["GDEF", "vhea", "vmtx"]


@dataclass(frozen=True)
class Fallback:
    """A font for characters that Noto Sans JP lacks: its weights, and ranges of the characters that are kept.

    `family` is a name of its own if it must not be taken for another font of its package.
    """

    package: str
    file: str
    weights: tuple[str, ...]
    ranges: tuple[tuple[int, int], ...]
    features: tuple[str, ...] = ("ccmp", "kern", "locl", "mark", "mkmk")
    family: str = ""
    rare_kanji: bool = False


FALLBACKS = (
    Fallback(
        "noto-sans-",
        "NotoSans",
        ("Regular", "Bold"),
        (
            *((0x20, 0x7E), (0xA0, 0x52F), (0x1AB0, 0x1AFF), (0x1C80, 0x1C8F), (0x1D00, 0x1FFF), (0x2000, 0x218F)),
            *((0x25CC, 0x25CC), (0x2C60, 0x2C7F), (0x2DE0, 0x2E52), (0xA640, 0xA69F), (0xA700, 0xA7FF)),
            *((0xAB30, 0xAB6F), (0xFB00, 0xFB06), (0xFE20, 0xFE2F)),
        ),
    ),
    # For emphasis: Latin with accents, Greek, Cyrillic, and signs that stand in words.
    Fallback(
        "noto-sans-",
        "NotoSans",
        tuple(ITALICS),
        ((0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x45F), (0x1E00, 0x1FFF), (0x2010, 0x2032), (0x2212, 0x2212)),
        family="Noto Sans Slanted",
    ),
    Fallback("noto-sans-jp-", "NotoSansJP", ("Regular", "Bold"), (), family="Noto Sans JP Rare", rare_kanji=True),
    Fallback(
        "noto-sans-math-",
        "NotoSansMath",
        ("Regular",),
        # Letters and digits too, for arrows above them.
        ((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A), (0x391, 0x3C9), (0x2000, 0x2BFF), (0x1D400, 0x1D7FF)),
    ),
    Fallback("noto-sans-symbols-", "NotoSansSymbols", ("Regular", "Bold"), ((0x2000, 0x10FFFF),)),
    Fallback(
        "noto-sans-symbols-2-",
        "NotoSansSymbols2",
        ("Regular",),
        (
            *((0x2000, 0x23FF), (0x2440, 0x245F), (0x2500, 0x27FF), (0x2900, 0x2BFF), (0x4DC0, 0x4DFF)),
            *((0x1F10D, 0x1F16F), (0x1F650, 0x1F67F), (0x1F780, 0x1F8FF)),
        ),
    ),
    Fallback("noto-emoji-", "NotoEmoji", ("Regular",), ((0, 0x1FFFF),), ("ccmp",)),
)


def remake(package: Path, more: str) -> None:
    """Write the subsets of the package's fonts, with their present characters and those in `more`."""
    if package.name.startswith(_start(SUBSET)):
        for weight in WEIGHTS:
            path = FONTS / f"NotoSansJP-subset-{weight}.ttf"
            kept = characters(path) | set(map(ord, more))
            path.write_bytes(saved(*subset(member(package, FAMILY, weight), kept, FEATURES)))
    for fallback in FALLBACKS:
        if package.name.startswith(_start(fallback.package)):
            for weight in fallback.weights:
                whole, kept = member(package, fallback.file, weight), set(kept_by(fallback))
                font, options = subset(whole, kept, fallback.features, hinting=False)
                adapt(font, fallback, weight)
                path = FONTS / f"{fallback.family.replace(' ', '') or fallback.file}-subset-{weight}.ttf"
                path.write_bytes(saved(font, options))


def _start(package: str) -> str:
    """Return how the file name of a package begins, up to its version."""
    return f"expo-google-fonts-{package}0."


def member(package: Path, file: str, weight: str) -> bytes:
    """Return a font of a package."""
    with tarfile.open(package) as archive:
        source = (WEIGHTS | ITALICS)[weight]
        found = archive.extractfile(f"package/{source}/{file}_{source}.ttf")
        assert found is not None
        return found.read()


def kept_by(fallback: Fallback) -> Iterator[int]:
    """Yield the code points that a fallback font keeps, of those that the full font has.

    Spaces are among them: Pango sets them in the font of the word before.
    """
    yield from (0x20, 0xA0)
    for first, last in fallback.ranges:
        yield from range(first, last + 1)
    if fallback.rare_kanji:
        # The third level of JIS X 0213 and its companions in Unicode's second plane: names, medicine, old texts.
        common = characters(FONTS / "NotoSansJP-subset-Regular.ttf")
        squares = set(range(0x3000, 0x3400)) | set(range(0xFF00, 0xFFF0))
        yield from (point for point in jis_x_0213() | squares if point not in common and point >= 0x3000)  # noqa: PLR2004


def jis_x_0213() -> set[int]:
    """Return the code points of the first plane of JIS X 0213, and those of both planes outside of Unicode's first."""
    found: set[int] = set()
    for lead in (b"", b"\x8f"):
        for row in range(0xA1, 0xFF):
            for cell in range(0xA1, 0xFF):
                text = (lead + bytes([row, cell])).decode("euc_jis_2004", "ignore")
                found.update(ord(sign) for sign in text if not lead or ord(sign) > 0xFFFF)  # noqa: PLR2004
    return found


def characters(font: Path) -> set[int]:
    """Return the code points of a font file."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    return set(TTFont(font, lazy=True).getBestCmap())


def subset(
    font: bytes, kept: set[int], features: tuple[str, ...] | list[str], *, hinting: bool = True
) -> tuple[Any, Any]:
    """Return a font reduced to the `kept` code points, and the options to save it with."""
    import uharfbuzz  # type: ignore[import-not-found]  # noqa: F401  # fontTools uses it if it is installed, which changes the bytes
    from fontTools import subset as tool  # type: ignore[import-untyped]

    options = tool.Options(layout_features=list(features), name_IDs=["*"], hinting=hinting, notdef_outline=True)
    options.drop_tables = [*options.drop_tables, *VERTICAL]
    whole = tool.load_font(BytesIO(font), options)
    cutter = tool.Subsetter(options)
    cutter.populate(unicodes=kept)
    cutter.subset(whole)
    return whole, options


def adapt(font: Any, fallback: Fallback, weight: str) -> None:
    """Give a fallback font the height of Noto Sans JP, and its own name if it has one."""
    from fontTools.ttLib import TTFont
    from hitoe.typography import own_fonts

    own_fonts.level(font, TTFont(FONTS / f"NotoSansJP-subset-{weight.removesuffix('Italic')}.ttf"))
    if fallback.family:
        for number in (1, 2, 3, 4, 6, 16, 17):
            font["name"].removeNames(nameID=number)
        for number, text in {1: fallback.family, 2: weight, 4: f"{fallback.family} {weight}"}.items():
            font["name"].setName(text, number, 3, 1, 0x409)


def saved(font: Any, options: Any) -> bytes:
    """Return a font as a file."""
    from fontTools import subset as tool

    part = BytesIO()
    tool.save_font(font, part, options)
    return part.getvalue()


def mismatched() -> list[str]:
    """Return the names of the fonts whose checksum differs from SHA256SUMS."""
    listed = (line.split() for line in SUMS.read_text("ascii").splitlines())
    return [name for sum_, name in listed if hashlib.sha256((FONTS / name).read_bytes()).hexdigest() != sum_]


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    if len(sys.argv) > 1:
        remake(Path(sys.argv[1]), "".join(sys.argv[2:]))
    if wrong := mismatched():
        sys.exit(f"checksum differs from {SUMS}: {', '.join(wrong)}")
