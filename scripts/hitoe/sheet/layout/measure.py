"""How high blocks are when set in a column. Each block is measured once and remembered until its HTML changes."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from hitoe.sheet.cache import Cache
from hitoe.sheet.layout import boxes, validate
from hitoe.sheet.layout.blocks import Block, Cut
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

Html = Callable[[Block, Collection[str]], str]
"""The HTML of a block, in which the items with some paths are loose."""


class Measured(NamedTuple):
    """The height of a block, and the paths of its items that have to be loose."""

    height: BlockHeight
    loose: Sequence[str]


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
        html = [self.html(block, ()) for block in blocks]
        around = self.document([])
        keys = [
            self.cache.key(around, own, *pictures([block], whole(block).cuts, self.content))
            for block, own in zip(blocks, html, strict=True)
        ]
        known = [_remembered(self.cache.get(key), block) for key, block in zip(keys, blocks, strict=True)]
        missing = [index for index, measured in enumerate(known) if measured is None]
        found = dict(zip(missing, self._laid_out([html[index] for index in missing]), strict=True))
        # Blocks whose text stands out of a column or a cell are measured again, with these items loose.
        wide = {index: measured.loose for index, measured in found.items() if measured.loose}
        again = self._laid_out([self.html(blocks[index], loose) for index, loose in wide.items()])
        found |= {index: Measured(each.height, wide[index]) for index, each in zip(wide, again, strict=True)}
        for index, measured in found.items():
            self.cache.put(keys[index], measured)
        return [measured or found[index] for index, measured in enumerate(known)]

    def _laid_out(self, html: Sequence[str]) -> list[Measured]:
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


def paths(blocks: Sequence[Block], measured: Sequence[Measured]) -> frozenset[str]:
    """Return the paths of loose items."""
    known = {path(block, piece) for block in blocks for piece in block.pieces}
    return frozenset(loose for each in measured for loose in each.loose if loose in known)


@freeing()
def _measure(volume: Volume) -> list[Measured]:
    document = printer(volume.content, volume.cache).laid_out(volume.html)
    return [Measured(boxes.height(page), tuple(validate.too_wide([validate.read(page)]))) for page in document.pages]


def _remembered(values: Any, block: Block) -> Measured | None:
    """Return a block's measure from the plain values that the cache keeps; None if they are no measure of it."""
    try:
        (bar, continued, items, sources), loose = values
        strips = [ItemHeight(_height(lead), [_height(strip) for strip in strips]) for lead, strips in items]
        height = BlockHeight(_height(bar), _height(continued), strips, _height(sources))
        fits = [len(item.strips) for item in strips] == [piece.strips for piece in block.pieces]
        return Measured(height, [*map(_path, loose)]) if fits else None
    except (TypeError, ValueError):
        return None


def _height(value: Any) -> float:
    if isinstance(value, int | float) and 0 <= value < HIGHEST:
        return value
    raise ValueError(value)


def _path(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise TypeError(value)
