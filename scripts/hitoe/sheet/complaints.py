"""What the author is told of a sheet: what does not fit, and what gives an answer away, each with its place."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from urllib.parse import quote

from hitoe.model.project import DECK_FILE, Project
from hitoe.problems import InputError, Position, Problem
from hitoe.sheet.blocks import Block, Piece
from hitoe.sheet.echoes import Blank
from hitoe.sheet.pages import Sheet
from hitoe.sheet.selections import DIGEST, Selection


class Complaints:
    """Sentences about the blocks of a sheet."""

    def __init__(self, project: Project, selection: Selection, blocks: Sequence[Block]) -> None:
        self._project = project
        self._selection = selection
        self._blocks = blocks

    def too_high(self, sheet: Sheet, index: int) -> InputError:
        """Return the error about a strip that is higher than a column."""
        place = sheet.places[index]
        block = self._blocks[place.block]
        at = self._at(block, block.pieces[place.piece])
        return InputError([Problem(at, "higher than a column of the sheet: split the item, or mark it `tier: extra`")])

    def too_high_answer(self, path: str) -> InputError:
        """Return the error about the item with an answer that is higher than a column of the worksheet's key."""
        message = "an answer is higher than a column of the worksheet's key: shorten it, or mark the item `tier: extra`"
        return InputError([Problem(self._at(*self._places[path]), message)])

    def too_many_pages(self, sheet: Sheet) -> InputError:
        """Return the error about blocks that with the smallest letters take more pages than they may."""
        geometry = self._selection.geometry
        assert geometry.pages is not None
        start = f"at {geometry.smallest:g} pt"
        if self._selection.kind != DIGEST:
            needed = sheet.pages_needed()
            at = self._project.at(DECK_FILE, "sheet", "pages")
            remedy = f"write `pages: {needed}`, or mark items `tier: extra`"
            return InputError([Problem(at, f"{start} the sheet takes {needed} pages, not {geometry.pages}: {remedy}")])
        first, excess = sheet.excess(geometry.pages)
        over = list(dict.fromkeys((place.block, place.piece) for place in sheet.places[first:]))
        block, piece = self._blocks[over[0][0]], self._blocks[over[0][0]].pieces[over[0][1]]
        count = sum(len(each.pieces) for each in self._blocks)
        told = f"{len(over)} of its {count} items are" if len(over) != 1 else f"1 of its {count} items is"
        message = f"{start} the digest takes more than one page: {told} too much, {excess:.0f} mm of a column"
        remedy = f"take `key: true` away from {len(over)}"
        return InputError([Problem(self._at(block, piece, "key"), f"{message}: {remedy}")])

    def unreadable_picture(self, complaint: str) -> InputError | None:
        """Return the error about the picture that WeasyPrint complains of, if it does."""
        for block in self._blocks:
            for piece in block.pieces:
                image = piece.item.image
                if image and re.search(rf"/content/{re.escape(quote(image.file))}('|$)", complaint, re.MULTILINE):
                    message = f"'{image.file}' cannot be read as a picture: save it anew, with no link to other files"
                    return InputError([Problem(self._at(block, piece, "image", "file"), message)])
        return None

    def revealed(self, blanks: Iterable[Blank]) -> list[Problem]:
        """Return a warning for each answer that the worksheet does not ask for, since its block tells it."""
        return sorted(set(map(self._revealed, blanks)))

    def _revealed(self, blank: Blank) -> Problem:
        words = " ".join(blank.text.split())
        message = f"the worksheet does not ask for '{words}', which can be read elsewhere in its block: reword one"
        return Problem(self._at(*self._places[blank.path]), message)

    @cached_property
    def _places(self) -> dict[str, tuple[Block, Piece]]:
        return {f"{block.key}.{piece.key}": (block, piece) for block in self._blocks for piece in block.pieces}

    def _at(self, block: Block, piece: Piece, *loc: str) -> Position:
        return self._project.at(block.file, "entries", block.key, "items", piece.key, *loc, key=not loc)
