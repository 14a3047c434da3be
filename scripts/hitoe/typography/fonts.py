"""The vendored fonts: which characters they have, and how wide those are. Read with fontTools on first use."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from hitoe import resources

PROSE = ("NotoSansJP-subset-Regular.ttf", "NotoSansJP-subset-Medium.ttf", "NotoSansJP-subset-Bold.ttf")
CODE = ("IBMPlexMono-Regular.ttf", "IBMPlexMono-SemiBold.ttf")
FALLBACKS: Mapping[str, tuple[str, ...]] = {
    "Noto Sans": ("NotoSans-subset-Regular.ttf", "NotoSans-subset-Bold.ttf"),
    "Noto Sans JP Rare": ("NotoSansJPRare-subset-Regular.ttf", "NotoSansJPRare-subset-Bold.ttf"),
    "Noto Sans Math": ("NotoSansMath-subset-Regular.ttf",),
    "Noto Sans Symbols": ("NotoSansSymbols-subset-Regular.ttf", "NotoSansSymbols-subset-Bold.ttf"),
    "Noto Sans Symbols 2": ("NotoSansSymbols2-subset-Regular.ttf",),
    "Noto Emoji": ("NotoEmoji-subset-Regular.ttf",),
    "IBM Plex Mono": CODE,
}
"""The families that characters are taken from which PROSE lacks, in this order, each with its files by weight."""


@cache
def has(sign: str) -> bool:
    """Return whether a vendored font has a character."""
    return _found_in(sign) is not None


@cache
def advances(names: tuple[str, ...] = PROSE) -> Mapping[str, float]:
    """Return how wide the characters of PROSE or CODE are at most, in em: bold, and without kerning."""
    bold = font(names[-1])
    metrics, em = bold["hmtx"].metrics, bold["head"].unitsPerEm
    return {chr(point): metrics[glyph][0] / em for point, glyph in bold.getBestCmap().items()}


def advance(sign: str) -> float:
    """Return how wide a character of prose is at most, in em; 1 if no vendored font has it."""
    names = _found_in(sign)
    return advances(names)[sign] if names else 1.0


@cache
def font(name: str) -> Any:
    """Return a font as fontTools has it, with numbers for names of glyphs: to make names takes most of the time."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    opened = TTFont(resources.folder() / "fonts" / name, lazy=True)
    opened.setGlyphOrder([str(number) for number in range(opened["maxp"].numGlyphs)])
    return opened


@cache
def _found_in(sign: str) -> tuple[str, ...] | None:
    """Return the files of the first family that has a character."""
    return next((names for names in (PROSE, *FALLBACKS.values()) if ord(sign) in _points(names[0])), None)


@cache
def _points(name: str) -> frozenset[int]:
    return frozenset(font(name).getBestCmap())
