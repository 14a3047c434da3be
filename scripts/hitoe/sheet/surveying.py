"""Measuring the blocks, each once: what is known of a block in an edition is kept until its HTML changes."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

from hitoe.sheet import blanks, composing, measuring, proof, reading
from hitoe.sheet.blocks import Block
from hitoe.sheet.composing import Composed
from hitoe.sheet.echoes import Blank, Told
from hitoe.sheet.kept import Kept, Packed, pack
from hitoe.sheet.loosening import loosen
from hitoe.sheet.measuring import BlockHeight, PieceHeight
from hitoe.sheet.neighbours import Reading
from hitoe.sheet.printer import Printer
from hitoe.sheet.reading import Piece, Seen
from hitoe.sheet.workers import side_by_side


class Column(NamedTuple):
    """An edition as one column, each part of which is a block."""

    sheet: Composed
    blocks: Sequence[Block]


class Known(NamedTuple):
    """What is known of a block: how high it is, what is blanked and can then be read, and which items are loose.

    In an edition without blanks it is read as if all answers were blanked; in others all that is read is the blanks.
    """

    height: BlockHeight
    reading: Reading
    loose: Sequence[str]


UNREAD = Seen("", "", ())


class Survey:
    """Measures blocks as they are printed in some editions."""

    def __init__(self, printer: Printer, kept: Kept, content: Path, done: Callable[[], None]) -> None:
        self._printer = printer
        self._kept = kept
        self._content = content
        self._done = done

    def heights(self, column: Composed) -> list[list[float]]:
        """Return for each part of a column how high its titles and lines are, in mm.

        Raises:
            PrintError: WeasyPrint complains.
        """
        names = [column.name(self._kept, self._content, [part], "heights") for part in column.parts]

        def work(indexes: Sequence[int]) -> list[Packed]:
            document = self._printer.laid_out(column.some(indexes))
            return [pack(measuring.heights(page._page_box, "told-title", "told-line")) for page in document.pages]

        return self._each(names, work)

    def measured(self, columns: Mapping[str, Column], blanked: Mapping[str, Sequence[Told]]) -> dict[str, list[Known]]:
        """Return what is known of the blocks by edition.

        `blanked` says for the editions with blanks what becomes in each block of the answers' words.

        Raises:
            PrintError: WeasyPrint complains.
        """
        names = {
            edition: [self._name(column, index, blanked.get(edition)) for index in range(len(column.blocks))]
            for edition, column in columns.items()
        }
        shares = composing.portions([self._missing(each) for each in names.values()])
        tasks = [(edition, share) for edition, portions in zip(names, shares, strict=True) for share in portions]

        def work(task: tuple[str, Sequence[int]]) -> list[Packed]:
            edition, indexes = task
            return [pack(_plain(known)) for known in self._measure(columns[edition], indexes, blanked.get(edition))]

        for (edition, indexes), values in zip(tasks, side_by_side(work, tasks, self._done), strict=True):
            for index, value in zip(indexes, values, strict=True):
                self._kept.put(names[edition][index], value)
        return {edition: [_unpacked(self._kept.get(name)) for name in each] for edition, each in names.items()}

    def _each(self, names: Sequence[str], work: Callable[[Sequence[int]], list[Packed]]) -> list[Any]:
        """Return values by name; `work` makes those of the parts with some numbers that are not kept."""
        [tasks] = composing.portions([self._missing(names)])
        for indexes, values in zip(tasks, side_by_side(work, tasks, self._done), strict=True):
            for index, value in zip(indexes, values, strict=True):
                self._kept.put(names[index], value)
        return [self._kept.get(name) for name in names]

    def _name(self, column: Column, index: int, told: Sequence[Told] | None) -> str:
        own = repr(tuple(told[index])) if told is not None else ""
        return column.sheet.name(self._kept, self._content, [column.sheet.parts[index]], own)

    def _missing(self, names: Sequence[str]) -> list[int]:
        lacking = set(self._kept.missing(names))
        return [index for index, name in enumerate(names) if name in lacking]

    def _measure(self, column: Column, indexes: Sequence[int], told: Sequence[Told] | None) -> list[Known]:
        blanked: dict[str, Sequence[Blank]] = {}
        seen: dict[str, Seen] = {}
        loose: set[str] = set()

        def prepare(root: Any) -> None:
            loosen(root, loose)
            if told is not None:
                blanked.update(blanks.blank([root], {column.blocks[index].key: told[index] for index in indexes}))
            elif not seen:
                # To parse a tree again would take ten times as long.
                tree = deepcopy(root)
                blanked.update(blanks.blank([tree], {}))
                seen.update(reading.seen([tree]))

        document = self._printer.laid_out(column.sheet.some(indexes), prepare)
        if wide := {path for page in document.pages for path in proof.too_wide(page._page_box)}:
            loose |= wide
            document = self._printer.laid_out(column.sheet.some(indexes), prepare)
        blocks = [column.blocks[index] for index in indexes]
        return [
            Known(
                measuring.height(page._page_box, block),
                Reading(blanked.get(block.key, ()), seen.get(block.key, UNREAD)),
                sorted(path for path in loose if path.startswith(f"{block.key}.")),
            )
            for page, block in zip(document.pages, blocks, strict=True)
        ]


def _plain(known: Known) -> tuple[Any, ...]:
    block, seen = known.height, known.reading.seen
    pieces = [(piece.lead, list(piece.strips), piece.tail) for piece in block.pieces]
    blanked = [(blank.mark, blank.text, blank.code, blank.path) for blank in known.reading.blanks]
    read = seen.title, seen.topic, list(map(tuple, seen.pieces))
    return (block.bar, block.continued, pieces, block.sources), blanked, read, list(known.loose)


def _unpacked(values: tuple[Any, ...]) -> Known:
    (bar, continued, pieces, sources), blanked, (title, topic, texts), loose = values
    height = BlockHeight(bar, continued, [PieceHeight(*piece) for piece in pieces], sources)
    seen = Seen(title, topic, [Piece(*text) for text in texts])
    return Known(height, Reading([Blank(*row) for row in blanked], seen), loose)
