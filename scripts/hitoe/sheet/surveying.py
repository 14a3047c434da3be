"""Measuring the blocks, each once: what is known of a block in an edition is kept until its HTML changes."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from hitoe.sheet import blanks, composing, neighbours
from hitoe.sheet.blanks import Blanked
from hitoe.sheet.blocks import Block
from hitoe.sheet.composing import Composed
from hitoe.sheet.echoes import Blank
from hitoe.sheet.kept import Kept, Packed, pack
from hitoe.sheet.measuring import BlockHeight, PieceHeight, height
from hitoe.sheet.printer import Printer
from hitoe.sheet.workers import side_by_side

SHARES = 6
"""Portions of an edition's blocks."""


class Column(NamedTuple):
    """An edition as one column, each part of which is a block, and whether the answers are to be blanked."""

    sheet: Composed
    blocks: Sequence[Block]
    blank: bool


class Known(NamedTuple):
    """What is known of a block: how high it is, what was blanked, what of it can still be read, and all that can."""

    height: BlockHeight
    blanks: Sequence[Blank]
    revealed: Sequence[Blank]
    seen: str


Strange = Mapping[int, Sequence[Blank]]
"""Numbers of blocks that are to be measured, and the blanks of other blocks whose words are hidden in them."""


class Survey:
    """Measures blocks as they are printed in some editions."""

    def __init__(self, printer: Printer, kept: Kept, content: Path, done: Callable[[], None]) -> None:
        self._printer = printer
        self._kept = kept
        self._content = content
        self._done = done

    def measured(
        self, blocks: Sequence[Block], texts: Mapping[str, str], blanked: str, reach: float
    ) -> tuple[list[list[BlockHeight]], Blanked]:
        """Return the heights of blocks in each edition, and what was blanked.

        `texts` are the HTML of one column with all blocks, by edition; of these `blanked` is the one with blanks.
        `reach` is how much a page holds, in mm.

        Raises:
            PrintError: WeasyPrint complains.
        """
        columns = {
            edition: Column(composing.composed(html), blocks, edition == blanked) for edition, html in texts.items()
        }
        every: Strange = dict.fromkeys(range(len(blocks)), ())
        found = self._known(columns, dict.fromkeys(columns, every))
        names = [block.key for block in blocks]
        strange = neighbours.strange(
            names, [known.height for known in found[blanked]], reach, _blanked(names, found[blanked], {})
        )
        # Words of other blocks are hidden once it is known which blocks are near.
        told = {index: strange[name] for index, name in enumerate(names) if name in strange}
        again = self._known(columns, {blanked: told})[blanked]
        for index, known in zip(told, again, strict=True):
            found[blanked][index] = known
        heights = [[known.height for known in each] for each in found.values()]
        return heights, _blanked(names, found[blanked], strange)

    def _known(self, columns: Mapping[str, Column], wanted: Mapping[str, Strange]) -> dict[str, list[Known]]:
        """Return what is known of the wanted blocks of each edition."""
        names = {
            edition: {
                index: self._name(columns[edition].sheet.parts[index], columns[edition], strange)
                for index, strange in each.items()
            }
            for edition, each in wanted.items()
        }
        tasks = [
            (edition, portion)
            for edition, each in names.items()
            for portion in composing.portions(self._missing(each), SHARES)
        ]

        def work(task: tuple[str, Sequence[int]]) -> list[Packed]:
            edition, indexes = task
            column = columns[edition]
            strange = {column.blocks[index].key: wanted[edition][index] for index in indexes}
            return [pack(_plain(known)) for known in self._measure(column, indexes, strange)]

        for (edition, indexes), values in zip(tasks, side_by_side(work, tasks, self._done), strict=True):
            for index, value in zip(indexes, values, strict=True):
                self._kept.put(names[edition][index], value)
        return {edition: [_unpacked(self._kept.get(name)) for name in each.values()] for edition, each in names.items()}

    def _name(self, part: str, column: Column, strange: Sequence[Blank]) -> str:
        return column.sheet.name(self._kept, self._content, [part], *(blank.text for blank in strange))

    def _missing(self, names: Mapping[int, str]) -> list[int]:
        lacking = set(self._kept.missing(names.values()))
        return [index for index, name in names.items() if name in lacking]

    def _measure(self, column: Column, indexes: Sequence[int], strange: Mapping[str, Sequence[Blank]]) -> list[Known]:
        found = [Blanked({}, [], {}, {})]

        def prepare(root: Any) -> None:
            if column.blank:
                found[0] = blanks.blank([root], strange=strange)

        document = self._printer.laid_out(column.sheet.some(indexes), prepare)
        blocks = [column.blocks[index] for index in indexes]
        return [
            Known(
                height(page._page_box, block),
                found[0].key.get(block.key, ()),
                [blank for blank in found[0].revealed if blank.path.startswith(f"{block.key}.")],
                found[0].seen.get(block.key, ""),
            )
            for page, block in zip(document.pages, blocks, strict=True)
        ]


def _blanked(names: Sequence[str], found: Sequence[Known], strange: Mapping[str, Sequence[Blank]]) -> Blanked:
    """Return what was blanked in all blocks."""
    return Blanked(
        {name: known.blanks for name, known in zip(names, found, strict=True) if known.blanks},
        [blank for known in found for blank in known.revealed],
        {name: known.seen for name, known in zip(names, found, strict=True)},
        strange,
    )


def _plain(known: Known) -> tuple[Any, ...]:
    block = known.height
    pieces = [(piece.lead, list(piece.strips), piece.tail) for piece in block.pieces]
    blanked, told = ([_row(blank) for blank in each] for each in (known.blanks, known.revealed))
    return (block.bar, block.continued, pieces, block.sources), blanked, told, known.seen


def _row(blank: Blank) -> tuple[str, str, bool, str, bool]:
    return blank.mark, blank.text, blank.code, blank.path, blank.echoed


def _unpacked(values: tuple[Any, ...]) -> Known:
    (bar, continued, pieces, sources), blanked, told, seen = values
    found = BlockHeight(bar, continued, [PieceHeight(*piece) for piece in pieces], sources)
    return Known(found, [Blank(*row) for row in blanked], [Blank(*row) for row in told], seen)
