"""Errors that the author of the notes can correct: what does not fit on the sheet, and pictures that cannot be read."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from hitoe.messages import Message, joined, say, say_count
from hitoe.model.project import DECK_FILE, Project
from hitoe.problems import InputError, Position, Problem
from hitoe.schema import Item
from hitoe.sheet.layout import source_texts
from hitoe.sheet.layout.blocks import Block, BlockItem
from hitoe.sheet.layout.pages import Layout, path
from hitoe.sheet.selections import DIGEST, Selection
from hitoe.source import Loc
from hitoe.text import PictureSpan, Text
from hitoe.text.literal import shortened
from hitoe.typography.line_breaking import unglued


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

    def too_wide(self, words: Mapping[str, str], *, worksheet: bool) -> InputError | None:
        """Return the error about items of which some words stand out, by path; None if there is none."""
        problems: list[Problem] = []
        for block in self.blocks:
            if found := words.get(block.key):  # of its title, its sources, or on the worksheet its answers
                problems.append(Problem(self._place(block, found), unbroken(found)))
            for piece in block.pieces:
                if found := words.get(path(block, piece)):
                    problems.append(self._too_wide(block, piece, found, worksheet))
        return InputError(problems) if problems else None

    def _too_wide(self, block: Block, piece: BlockItem, words: str, worksheet: bool) -> Problem:
        if worksheet and piece.item.grid:
            count = len(piece.item.grid.head)
            message = say(
                "the worksheet has no room for {count} columns: divide the table, or take larger paper", count=count
            )
            return Problem(self._at(block, piece), message)
        message = crowded(words) if piece.item.grid else unbroken(words)
        return Problem(self._at(block, piece, *place(piece.item.texts(), words)), message)

    def _place(self, block: Block, words: str) -> Position:
        """Return the place of words of an entry."""
        entry: Loc = ("entries", block.key)
        sources = (((*entry, "sources", at), Text.of(source.name)) for at, source in enumerate(block.sources))
        loc = place((((*entry, "title"), block.title), *sources, (("title",), Text.of(block.topic))), words)
        return self.project.at(block.file, *(loc or entry), key=not loc)

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


def high_head(project: Project, block: Block, piece: BlockItem, head: Text) -> InputError:
    """Return the error about the head of a column with which no row of the table fits on a page of the worksheet."""
    loc = next(loc for loc, text in piece.item.texts() if text is head)
    at = project.at(block.file, "entries", block.key, "items", piece.key, *loc)
    told = say(
        "as high as a page of the worksheet in its column: shorten it, or divide the table, or take larger paper"
    )
    return InputError([Problem(at, told)])


def unbroken(words: str) -> Message:
    """Return what is said of words of which no part fits on a line."""
    short = shortened(unglued(words))
    return say("'{words}' stands out of its column on paper: write a space where a line may end", words=short)


def crowded(words: str) -> Message:
    """Return what is said of words of which no part fits into its column of a table: a formula needs no spaces."""
    return say(
        "'{words}' stands out of its column of the table on paper: shorten the text, divide the table, or give the "
        "sheet fewer columns or larger paper in deck.yaml",
        words=shortened(unglued(words)),
    )


def place(texts: Iterable[tuple[Loc, Text]], words: str) -> Loc:
    """Return the place of the text with words that are printed; that of all texts if none has them."""
    return next((loc for loc, text in texts if unglued(words) in unglued(source_texts.letters(text))), ())


def pictures(item: Item, texts: Iterable[tuple[Loc, Text]]) -> Iterator[tuple[str, Loc]]:
    """Yield the files of the pictures that are printed with an item and its `texts`, each with its place in it."""
    if item.image:
        yield item.image.file, ("image", "file")
    for loc, text in texts:
        yield from ((node.file, loc) for node in text.media if isinstance(node, PictureSpan))
