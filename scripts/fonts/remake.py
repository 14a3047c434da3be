"""Remake templates/fonts/NotoSansJP-subset-*.ttf from the npm package they come from, byte for byte.

    pip install fonttools==4.68.0 uharfbuzz
    npm pack @expo-google-fonts/noto-sans-jp@0.4.3
    python scripts/fonts/remake.py expo-google-fonts-noto-sans-jp-0.4.3.tgz [characters to add]

The subsets keep the characters that they have. Then the sums are checked; without a package nothing else is done.
IBM Plex Mono is vendored as released, for its licence reserves the name "Plex" to unmodified files. To change a font
on purpose, remake it and write its sum into SHA256SUMS.
"""

import hashlib
import sys
import tarfile
from io import BytesIO
from pathlib import Path

FONTS = Path(__file__).resolve().parents[2] / "templates" / "fonts"
SUMS = FONTS / "SHA256SUMS"
WEIGHTS = {"Regular": "400Regular", "Medium": "500Medium", "Bold": "700Bold"}
FEATURES = ["ccmp", "fwid", "halt", "hwid", "jp78", "kern", "liga", "locl"]
FEATURES += ["mark", "mkmk", "palt", "pwid", "tnum", "zero"]
VERTICAL = ["GDEF", "vhea", "vmtx"]


def remake(package: Path, more: str) -> None:
    """Write the subsets of the package's fonts, with the characters that they have and `more`."""
    with tarfile.open(package) as archive:
        for weight, source in WEIGHTS.items():
            member = archive.extractfile(f"package/{source}/NotoSansJP_{source}.ttf")
            assert member is not None
            path = FONTS / f"NotoSansJP-subset-{weight}.ttf"
            path.write_bytes(subset(member.read(), characters(path) | set(map(ord, more))))


def characters(font: Path) -> set[int]:
    """Return the code points that a font has."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    return set(TTFont(font, lazy=True).getBestCmap())


def subset(font: bytes, kept: set[int]) -> bytes:
    """Return a font with the `kept` code points only."""
    import uharfbuzz  # type: ignore[import-not-found]  # noqa: F401  # packs GSUB and GPOS its own way
    from fontTools import subset as tool  # type: ignore[import-untyped]

    options = tool.Options(layout_features=FEATURES, name_IDs=["*"], hinting=True, notdef_outline=True)
    options.drop_tables = [*options.drop_tables, *VERTICAL]
    whole, part = tool.load_font(BytesIO(font), options), BytesIO()
    cutter = tool.Subsetter(options)
    cutter.populate(unicodes=kept)
    cutter.subset(whole)
    tool.save_font(whole, part, options)
    return part.getvalue()


def mistaken() -> list[str]:
    """Return the names of the fonts whose sum is not that of SHA256SUMS."""
    listed = (line.split() for line in SUMS.read_text("ascii").splitlines())
    return [name for sum_, name in listed if hashlib.sha256((FONTS / name).read_bytes()).hexdigest() != sum_]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        remake(Path(sys.argv[1]), "".join(sys.argv[2:]))
    if wrong := mistaken():
        sys.exit(f"not as in {SUMS}: {', '.join(wrong)}")
