"""Where a large worksheet is divided into volumes: WeasyPrint needs too much memory to lay it out at once."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

LIMIT = 450_000
"""Characters of HTML in a volume, some 35 pages."""
KEY = 3
"""Memory for a character of the answers, which are laid out again until their columns are even, beside others."""
OUTLINES, LIGHT = re.compile(r' d="[^"]*"'), 10
"""The letters of formulas, which are drawn and not laid out, and how many of their characters count for one."""


class Piece(NamedTuple):
    """What is not divided: an entry with its blanks, or with `key` its answers.

    `topic` is the title of its topic, and `opens` says that the entry is the first of it.
    """

    html: Markup
    topic: str
    opens: bool
    key: bool

    @property
    def size(self) -> int:
        """Characters of HTML, by the memory that they take."""
        drawn = sum(map(len, OUTLINES.findall(self.html)))
        return (len(self.html) - drawn + drawn // LIGHT) * (KEY if self.key else 1)


def volumes(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces in volumes. A topic that would not fit into the rest of one begins the next.

    Only a topic that is too long for any volume goes on in the next one, at an entry.
    """
    found: list[list[Piece]] = [[]]
    size = 0
    for _, group in groupby(pieces, key=lambda piece: (piece.key, piece.topic)):
        topic = list(group)
        whole = sum(piece.size for piece in topic)
        for piece in topic:
            needed = whole if piece is topic[0] and whole <= LIMIT else piece.size
            if size and size + needed > LIMIT:
                found.append([])
                size = 0
            found[-1].append(piece)
            size += piece.size
    return found
