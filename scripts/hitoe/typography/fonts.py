"""The vendored fonts: which characters they have, and how wide those are. Read with fontTools, when first asked for."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from hitoe import resources

FOLDER = "fonts"
PROSE = ("NotoSansJP-subset-Regular.ttf", "NotoSansJP-subset-Medium.ttf", "NotoSansJP-subset-Bold.ttf")
CODE = ("IBMPlexMono-Regular.ttf", "IBMPlexMono-SemiBold.ttf")


@cache
def characters(names: tuple[str, ...]) -> frozenset[str]:
    """Return the characters of PROSE or CODE, the same in all weights; what code lacks, prose lends it."""
    own = frozenset(map(chr, _cmap(names[0])))
    return own | characters(PROSE) if names == CODE else own


@cache
def advances() -> Mapping[str, float]:
    """Return how wide characters of prose are at most, in em: bold, and without kerning."""
    font = _font(PROSE[-1])
    metrics, em = font["hmtx"].metrics, font["head"].unitsPerEm
    return {chr(point): metrics[glyph][0] / em for point, glyph in _cmap(PROSE[-1]).items()}


@cache
def space(*, code: bool) -> float:
    """Return how wide a space is, in em."""
    if not code:
        return advances()[" "]
    font = _font(CODE[0])
    width: int = font["hmtx"].metrics[_cmap(CODE[0])[ord(" ")]][0]
    return float(width / font["head"].unitsPerEm)


def _cmap(name: str) -> Mapping[int, str]:
    cmap: Mapping[int, str] = _font(name).getBestCmap()
    return cmap


@cache
def _font(name: str) -> Any:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    return TTFont(resources.folder() / FOLDER / name, lazy=True)
