"""Recreates templates/fonts/NotoSansJP-subset-*.ttf byte for byte from the npm package of the full fonts.

    pip install fonttools==4.68.0 uharfbuzz
    npm pack @expo-google-fonts/noto-sans-jp@0.4.3
    python scripts/fonts/remake.py expo-google-fonts-noto-sans-jp-0.4.3.tgz [characters to add]

The subsets keep their present characters. Afterwards the checksums of all fonts are compared with SHA256SUMS; without
a package only that is done. IBM Plex Mono is included as released, since its licence reserves the name "Plex" for
unmodified files. To change a font on purpose, recreate it and write its checksum into SHA256SUMS.
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
    """Write the subsets of the package's fonts, with their present characters and those in `more`."""
    with tarfile.open(package) as archive:
        for weight, source in WEIGHTS.items():
            member = archive.extractfile(f"package/{source}/NotoSansJP_{source}.ttf")
            assert member is not None
            path = FONTS / f"NotoSansJP-subset-{weight}.ttf"
            path.write_bytes(subset(member.read(), characters(path) | set(map(ord, more))))


def characters(font: Path) -> set[int]:
    """Return the code points of a font file."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    return set(TTFont(font, lazy=True).getBestCmap())


def subset(font: bytes, kept: set[int]) -> bytes:
    """Return a font reduced to the `kept` code points."""
    import uharfbuzz  # type: ignore[import-not-found]  # noqa: F401  # fontTools uses it if it is installed, which changes the bytes
    from fontTools import subset as tool  # type: ignore[import-untyped]

    options = tool.Options(layout_features=FEATURES, name_IDs=["*"], hinting=True, notdef_outline=True)
    options.drop_tables = [*options.drop_tables, *VERTICAL]
    whole, part = tool.load_font(BytesIO(font), options), BytesIO()
    cutter = tool.Subsetter(options)
    cutter.populate(unicodes=kept)
    cutter.subset(whole)
    tool.save_font(whole, part, options)
    return part.getvalue()


def mismatched() -> list[str]:
    """Return the names of the fonts whose checksum differs from SHA256SUMS."""
    listed = (line.split() for line in SUMS.read_text("ascii").splitlines())
    return [name for sum_, name in listed if hashlib.sha256((FONTS / name).read_bytes()).hexdigest() != sum_]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        remake(Path(sys.argv[1]), "".join(sys.argv[2:]))
    if wrong := mismatched():
        sys.exit(f"checksum differs from {SUMS}: {', '.join(wrong)}")
