"""A sheet as HTML taken apart: what is common to all pages, and the pages, each of which is laid out on its own."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from urllib.parse import unquote

from hitoe.sheet.kept import Kept

CUT = "<!--cut-->"
"""Stands before, between and after the parts of a sheet."""
SOURCE = re.compile(r'\ssrc="([^"]*)"')
"""The address of a picture: within a text of the author's, quotation marks are written otherwise."""
SHARES = 12
"""Portions of the parts that are laid out: so many that no worker has to wait long for the last."""
FEW, MANY = 2, 16
"""Parts that are laid out together at least, for each time takes some itself; and at most, for their memory adds up."""


@dataclass(frozen=True, slots=True)
class Composed:
    """The parts of a sheet, and what stands before and after them."""

    head: str
    parts: Sequence[str]
    tail: str

    def of(self, parts: Iterable[str]) -> str:
        """Return a sheet of some parts."""
        return "".join([self.head, *parts, self.tail])

    def some(self, indexes: Iterable[int]) -> str:
        """Return a sheet of the parts with these numbers."""
        return self.of(self.parts[index] for index in indexes)

    def name(self, kept: Kept, content: Path, parts: Sequence[str], *more: str) -> str:
        """Return the name of what is made of some parts, and `more`: of HTML and pictures."""
        return kept.name(self.head, *parts, *more, *pictures(parts, content))


def composed(html: str) -> Composed:
    """Take an HTML text apart where it has marks."""
    head, *parts, tail = html.split(CUT)
    return Composed(head, parts, tail)


def pictures(parts: Sequence[str], content: Path) -> list[bytes]:
    """Return the pictures of some parts that are in the content folder."""
    files = (unquote(file) for part in parts for file in SOURCE.findall(part))
    return [path.read_bytes() for file in files if (path := content / file).is_file()]


def sign(*texts: str | bytes) -> str:
    """Return a few letters that are others for other texts."""
    digest = blake2b(digest_size=3)
    for text in texts:
        digest.update(blake2b(text.encode() if isinstance(text, str) else text).digest())
    return digest.hexdigest()


def portions(runs: Sequence[Sequence[int]]) -> list[list[Sequence[int]]]:
    """Return runs of indexes in portions of about the same size, in all a few for each of the workers."""
    size = min(MANY, max(FEW, -(-sum(map(len, runs)) // SHARES)))
    return [[run[at : at + size] for at in range(0, len(run), size)] for run in runs]
