"""Errors that the author of the notes can correct: what does not fit on the sheet, and pictures that cannot be read."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from hitoe.messages import joined, say, say_count
from hitoe.model.project import DECK_FILE, Project
from hitoe.problems import InputError, Position, Problem
from hitoe.schema import Item
from hitoe.sheet.layout.blocks import Block, BlockItem
from hitoe.sheet.layout.pages import Layout, path
from hitoe.sheet.selections import DIGEST, Selection
from hitoe.source import Loc
from hitoe.text import PictureSpan, Text


@dataclass(frozen=True)
class AuthorErrors:
    """Makes errors about the blocks of a selection of a project's notes."""

    project: Project
    selection: Selection
    blocks: Sequence[Block]

    def too_high(self, layout: Layout, index: int) -> InputError:
        """Return the error about a strip that is higher than a column."""
        place = layout.places[index]
        block = self.blocks[place.block]
        at = self._at(block, block.pieces[place.piece])
        return InputError(
            [Problem(at, say("higher than a column of the sheet: split the item, or mark it `tier: extra`"))]
        )

    def too_many_pages(self, layout: Layout) -> InputError:
        """Return the error about blocks that with the smallest letters take more pages than they may."""
        geometry = self.selection.geometry
        assert geometry.pages is not None
        start = say("at {smallest:g} pt", smallest=geometry.smallest)
        if self.selection.kind != DIGEST:
            needed = layout.pages_needed()
            at = self.project.at(DECK_FILE, "sheet", "pages")
            remedy = say("write `pages: {needed}`, or mark items `tier: extra`", needed=needed)
            return InputError(
                [
                    Problem(
                        at,
                        say(
                            "{start} the sheet takes {needed} pages, not {pages}: {remedy}",
                            start=start,
                            needed=needed,
                            pages=geometry.pages,
                            remedy=remedy,
                        ),
                    )
                ]
            )
        first, excess = layout.excess(geometry.pages)
        over = list(dict.fromkeys((place.block, place.piece) for place in layout.places[first:]))
        block = self.blocks[over[0][0]]
        piece = block.pieces[over[0][1]]
        count = sum(len(each.pieces) for each in self.blocks)
        items = say_count("{count} of its {all} items is", "{count} of its {all} items are", len(over), all=count)
        message = say(
            "{start} the digest takes more than one page: {items} too much, {excess:.0f} mm of a column",
            start=start,
            items=items,
            excess=excess,
        )
        remedy = say("take `key: true` away from {count}", count=len(over))
        return InputError([Problem(self._at(block, piece, "key"), joined(": ", (message, remedy)))])

    def too_wide(self, paths: Collection[str]) -> InputError | None:
        """Return the error about tables that are wider than the worksheet, None if none of some paths is a table."""
        problems = [
            Problem(
                self._at(block, piece),
                say(
                    "the worksheet has no room for {count} columns: divide the table, or take larger paper", count=count
                ),
            )
            for block in self.blocks
            for piece in block.pieces
            if path(block, piece) in paths and piece.item.grid and (count := len(piece.item.grid.head))
        ]
        return InputError(problems) if problems else None

    def unreadable_picture(self, warning: str) -> InputError | None:
        """Return the error about the picture that a warning of WeasyPrint names, None if it names none."""
        for block in self.blocks:
            for piece in block.pieces:
                for file, loc in pictures(piece.item, piece.item.texts()):
                    if re.search(rf"/content/{re.escape(quote(file))}('|$)", warning, re.MULTILINE):
                        message = say(
                            "'{file}' cannot be read as a picture: save it anew, with no link to other files", file=file
                        )
                        return InputError([Problem(self._at(block, piece, *loc), message)])
        return None

    def _at(self, block: Block, piece: BlockItem, *loc: str | int) -> Position:
        return self.project.at(block.file, "entries", block.key, "items", piece.key, *loc, key=not loc)


def pictures(item: Item, texts: Iterable[tuple[Loc, Text]]) -> Iterator[tuple[str, Loc]]:
    """Yield the files of the pictures that are printed with an item and its `texts`, each with its place in it."""
    if item.image:
        yield item.image.file, ("image", "file")
    for loc, text in texts:
        yield from ((node.file, loc) for node in text.media if isinstance(node, PictureSpan))
