"""How high blocks are when set in a column. Each block is measured once and remembered until its HTML changes."""

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from hitoe import workers
from hitoe.sheet.cache import Cache
from hitoe.sheet.layout import boxes, validate
from hitoe.sheet.layout.blocks import Block, Cut
from hitoe.sheet.layout.boxes import BlockHeight, ItemHeight
from hitoe.sheet.layout.pages import path, whole
from hitoe.sheet.pdf.weasyprint import printer

SHARES = 12
"""Documents into which the blocks are divided: so many that no worker has to wait long for the last."""
FEWEST, MOST = 2, 16
"""Blocks in a document: fewer would take longer each, and more take more memory."""
WORTH_WORKERS = 100_000
"""Characters of HTML from which on a second process saves more time than its start takes."""

Html = Callable[[Block, Collection[str]], str]
"""The HTML of a block, in which the items with some paths are loose."""


class Measured(NamedTuple):
    """The height of a block, and the paths of its items that have to be loose."""

    height: BlockHeight
    loose: tuple[str, ...]


class Task(NamedTuple):
    """A document to be laid out: the folder of pictures, that of WeasyPrint's fonts, and HTML with a block a page."""

    content: Path
    cache: Path
    html: str


class Measure:
    """Measures blocks: `html` makes the HTML of one, `document` makes a document of several, with a page for each."""

    def __init__(
        self,
        cache: Cache,
        content: Path,
        html: Html,
        document: Callable[[Sequence[str]], str],
        done: Callable[[], None],
    ) -> None:
        self._cache = cache
        self._content = content
        self._html = html
        self._document = document
        self._done = done

    def blocks(self, blocks: Sequence[Block]) -> list[Measured]:
        """Return what is known of blocks.

        Raises:
            PrintError: WeasyPrint warns of something.
        """
        html = [self._html(block, ()) for block in blocks]
        around = self._document([])
        keys = [
            self._cache.key(around, own, *pictures(whole(block).cuts, self._content))
            for block, own in zip(blocks, html, strict=True)
        ]
        missing = [index for index, key in enumerate(keys) if self._cache.get(key) is None]
        found = dict(zip(missing, self._laid_out([html[index] for index in missing]), strict=True))
        self._loosen(blocks, found)
        for index, measured in found.items():
            self._cache.put(keys[index], measured)
        return [_measured(self._cache.get(key)) for key in keys]

    def _loosen(self, blocks: Sequence[Block], found: dict[int, Measured]) -> None:
        """Measure blocks again whose text stands out of a column or a cell, with these items loose."""
        loose = [index for index, measured in found.items() if measured.loose]
        again = self._laid_out([self._html(blocks[index], found[index].loose) for index in loose])
        for index, measured in zip(loose, again, strict=True):
            found[index] = Measured(measured.height, found[index].loose)

    def _laid_out(self, html: Sequence[str]) -> list[Measured]:
        """Return the measures of blocks of which the HTML is given."""
        size = min(MOST, max(FEWEST, -(-len(html) // SHARES)))
        portions = [html[at : at + size] for at in range(0, len(html), size)]
        tasks = [Task(self._content, self._cache.folder, self._document(portion)) for portion in portions]
        most = workers.MOST if sum(map(len, html)) > WORTH_WORKERS else 1
        return [measured for each in workers.results(_measure, tasks, self._done, most) for measured in each]


def pictures(cuts: Iterable[Cut], content: Path) -> list[bytes]:
    """Return the content of the pictures that stand in parts of items."""
    files = (content / cut.item.image.file for cut in cuts if cut.item.image and cut.picture)
    return [file.read_bytes() for file in files if file.is_file()]


def paths(blocks: Sequence[Block], measured: Sequence[Measured]) -> frozenset[str]:
    """Return the paths of loose items."""
    known = {path(block, piece) for block in blocks for piece in block.pieces}
    return frozenset(loose for each in measured for loose in each.loose if loose in known)


def _measure(task: Task) -> list[Measured]:
    document = printer(task.content, task.cache).laid_out(task.html)
    return [Measured(boxes.height(page), tuple(validate.too_wide(page))) for page in document.pages]


def _measured(values: Any) -> Measured:
    """Return a measure from the plain values that the cache keeps."""
    (bar, continued, items, sources), loose = values
    height = BlockHeight(bar, continued, tuple(ItemHeight(lead, tuple(strips)) for lead, strips in items), sources)
    return Measured(height, tuple(loose))
