"""Measuring the blocks, each once: what is known of a block in an edition is kept until its HTML changes."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from hitoe.sheet import blanks, composing
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


class Survey:
    """Measures blocks as they are printed in some editions."""

    def __init__(self, printer: Printer, kept: Kept, content: Path, done: Callable[[], None]) -> None:
        self._printer = printer
        self._kept = kept
        self._content = content
        self._done = done

    def measured(
        self, blocks: Sequence[Block], texts: Mapping[str, str], blanked: str
    ) -> dict[str, tuple[list[BlockHeight], Blanked]]:
        """Return the heights of blocks, and what was blanked, by edition.

        `texts` are the HTML of one column with all blocks, by edition; of these `blanked` is the one with blanks.

        Raises:
            PrintError: WeasyPrint complains.
        """
        sheets = {edition: composing.composed(html) for edition, html in texts.items()}
        names = {
            edition: [sheet.name(self._kept, self._content, [part]) for part in sheet.parts]
            for edition, sheet in sheets.items()
        }
        tasks = [
            (edition, portion)
            for edition in sheets
            for portion in composing.portions(self._missing(names[edition]), SHARES)
        ]

        def work(task: tuple[str, Sequence[int]]) -> list[Packed]:
            edition, indexes = task
            return list(map(pack, self._measure(sheets[edition], blocks, indexes, blank=edition == blanked)))

        for (edition, indexes), values in zip(tasks, side_by_side(work, tasks, self._done), strict=True):
            for index, value in zip(indexes, values, strict=True):
                self._kept.put(names[edition][index], value)
        return {edition: _unpacked([self._kept.get(name) for name in names[edition]]) for edition in sheets}

    def _missing(self, names: Sequence[str]) -> list[int]:
        lacking = set(self._kept.missing(names))
        return [index for index, name in enumerate(names) if name in lacking]

    def _measure(self, sheet: Composed, blocks: Sequence[Block], indexes: Sequence[int], *, blank: bool) -> list[Any]:
        """Return what is to be kept of each block."""
        found = [Blanked({}, [])]

        def prepare(root: Any) -> None:
            if blank:
                found[0] = blanks.blank([root])

        document = self._printer.laid_out(sheet.some(indexes), prepare)
        return [
            (_packed(height(page._page_box, block)), *_blanked(found[0], block))
            for page, block in zip(document.pages, [blocks[index] for index in indexes], strict=True)
        ]


def _packed(height: BlockHeight) -> tuple[Any, ...]:
    pieces = [(piece.lead, list(piece.strips), piece.tail) for piece in height.pieces]
    return height.bar, height.continued, pieces, height.sources


Row = tuple[str, str, bool, str, bool]


def _blanked(blanked: Blanked, block: Block) -> tuple[list[Row], list[Row]]:
    """Return what was blanked in a block, and which of it can be read elsewhere."""
    told = [_row(blank) for blank in blanked.revealed if blank.path.startswith(f"{block.key}.")]
    return [_row(blank) for blank in blanked.key.get(block.key, ())], told


def _row(blank: Blank) -> Row:
    return blank.mark, blank.text, blank.code, blank.path, blank.echoed


def _unpacked(values: Sequence[Any]) -> tuple[list[BlockHeight], Blanked]:
    key: dict[str, list[Blank]] = {}
    revealed: list[Blank] = []
    found = []
    for (bar, continued, pieces, sources), blanked, told in values:
        found.append(BlockHeight(bar, continued, [PieceHeight(*piece) for piece in pieces], sources))
        for row in blanked:
            blank = Blank(*row)
            key.setdefault(blank.path.partition(".")[0], []).append(blank)
        revealed += [Blank(*row) for row in told]
    return found, Blanked(key, revealed)
