"""The vendored fonts: which characters they have, and how wide those are. Read with fontTools on first use."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from hitoe import resources

PROSE = ("NotoSansJP-subset-Regular.ttf", "NotoSansJP-subset-Medium.ttf", "NotoSansJP-subset-Bold.ttf")
CODE = ("IBMPlexMono-Regular.ttf", "IBMPlexMono-SemiBold.ttf")


@cache
def characters(names: tuple[str, ...]) -> frozenset[str]:
    """Return the characters of PROSE or CODE, the same in all weights; what code lacks is taken from prose."""
    own = frozenset(map(chr, font(names[0]).getBestCmap()))
    return own | characters(PROSE) if names == CODE else own


@cache
def advances(names: tuple[str, ...] = PROSE) -> Mapping[str, float]:
    """Return how wide the characters of PROSE or CODE are at most, in em: bold, and without kerning."""
    bold = font(names[-1])
    metrics, em = bold["hmtx"].metrics, bold["head"].unitsPerEm
    return {chr(point): metrics[glyph][0] / em for point, glyph in bold.getBestCmap().items()}


@cache
def font(name: str) -> Any:
    """Return a font as fontTools has it."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    return TTFont(resources.folder() / "fonts" / name, lazy=True)
