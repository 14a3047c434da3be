"""How high blocks are when set in a column. Each block is measured once and remembered until its HTML changes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from hitoe.sheet.cache import Cache
from hitoe.sheet.layout import boxes, validate
from hitoe.sheet.layout.blocks import ANYWHERE, LOOSE, Block, Cut
from hitoe.sheet.layout.boxes import BlockHeight, ItemHeight
from hitoe.sheet.layout.pages import path, whole
from hitoe.sheet.pdf.render import Volume
from hitoe.sheet.pdf.weasyprint import freeing, printer
from hitoe.text import PictureSpan
from hitoe.workers import Workers

SHARES = 12
"""Documents into which the blocks are divided: so many that no worker has to wait long for the last."""
FEWEST, MOST = 2, 16
"""Blocks in a document: fewer would take longer each, and more take more memory."""

HIGHEST = 1e6
"""A height in mm that no block has: the cache may come with a stranger's project."""

Html = Callable[[Block, Mapping[str, int]], str]
"""The HTML of a block, in which the items with some paths are loose."""


class Measured(NamedTuple):
    """The height of a block, and how its loose items are set, by path, and its title and sources, by its key."""

    height: BlockHeight
    loose: Mapping[str, int]


@dataclass(frozen=True)
class Measure:
    """Measures blocks whose pictures are in a folder.

    `html` makes the HTML of a block, `document` makes a document of several, with a page for each.
    """

    cache: Cache
    content: Path
    html: Html
    document: Callable[[Sequence[str]], str]
    workers: Workers

    def blocks(self, blocks: Sequence[Block]) -> list[Measured]:
        """Return the measures of blocks.

        Raises:
            PrintError: WeasyPrint warns of something.
        """
        html = [self.html(block, {}) for block in blocks]
        around = self.document([])
        keys = [
            self.cache.key(around, own, *pictures([block], whole(block).cuts, self.content))
            for block, own in zip(blocks, html, strict=True)
        ]
        known = [_remembered(self.cache.get(key), block) for key, block in zip(keys, blocks, strict=True)]
        missing = [index for index, measured in enumerate(known) if measured is None]
        found = dict(zip(missing, self._measured([blocks[index] for index in missing]), strict=True))
        for index, measured in found.items():
            self.cache.put(keys[index], measured)
        return [measured or found[index] for index, measured in enumerate(known)]

    def _measured(self, blocks: Sequence[Block]) -> list[Measured]:
        """Measure blocks; those whose text stands out of a column or a cell again, with these items ever looser."""
        heights: dict[int, BlockHeight] = {}
        loose: list[dict[str, int]] = [{} for _ in blocks]
        wide = list(range(len(blocks)))
        for looser in (LOOSE, ANYWHERE, ANYWHERE):
            laid = self._laid_out([self.html(blocks[index], loose[index]) for index in wide])
            heights |= {index: height for index, (height, _) in zip(wide, laid, strict=True)}
            wider = {index: paths for index, (_, paths) in zip(wide, laid, strict=True) if paths}
            for index, paths in wider.items():
                loose[index] |= dict.fromkeys(paths, looser)
            wide = list(wider)
        return [Measured(heights[index], own) for index, own in enumerate(loose)]

    def _laid_out(self, html: Sequence[str]) -> list[tuple[BlockHeight, list[str]]]:
        size = min(MOST, max(FEWEST, -(-len(html) // SHARES)))
        portions = [html[at : at + size] for at in range(0, len(html), size)]
        volumes = [Volume(self.content, self.cache.folder, self.document(portion)) for portion in portions]
        return [measured for each in self.workers.results(_measure, volumes) for measured in each]


def pictures(blocks: Iterable[Block], cuts: Sequence[Cut], content: Path) -> list[bytes]:
    """Return the content of the pictures that stand in titles of blocks, parts of items, and their texts."""
    names = [cut.item.image.file for cut in cuts if cut.item.image and cut.picture]
    texts = [block.title for block in blocks] + [text for cut in cuts for _, text in cut.item.texts()]
    names += [node.file for text in texts for node in text.media if isinstance(node, PictureSpan)]
    files = (content / name for name in names)
    return [file.read_bytes() for file in files if file.is_file()]


@freeing()
def _measure(volume: Volume) -> list[tuple[BlockHeight, list[str]]]:
    """Return the height of each block of a volume, and the paths of its items that are too wide."""
    document = printer(volume.content, volume.cache).laid_out(volume.html)
    return [(boxes.height(page), list(validate.too_wide([validate.read(page)]))) for page in document.pages]


def _remembered(values: Any, block: Block) -> Measured | None:
    """Return a block's measure from the plain values that the cache keeps; None if they are no measure of it."""
    try:
        (bar, continued, items, sources), loose = values
        strips = [ItemHeight(_height(lead), [_height(strip) for strip in strips]) for lead, strips in items]
        height = BlockHeight(_height(bar), _height(continued), strips, _height(sources))
        fits = [len(item.strips) for item in strips] == [piece.strips for piece in block.pieces]
        known = {block.key, *(path(block, piece) for piece in block.pieces)}
        return (
            Measured(height, {path: ANYWHERE if loose[path] != LOOSE else LOOSE for path in known & {*loose}})
            if fits
            else None
        )
    except (TypeError, ValueError):
        return None


def _height(value: Any) -> float:
    if isinstance(value, int | float) and 0 <= value < HIGHEST:
        return value
    raise ValueError(value)
