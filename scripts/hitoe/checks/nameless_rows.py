"""Warnings about tables without a `corner:` whose cards ask back with words of words.yaml that name it."""

from collections.abc import Iterator

from hitoe.kinds.question import REVERSE
from hitoe.kinds.table import Table
from hitoe.kinds.table_cells import ORDS
from hitoe.messages import say
from hitoe.model.project import Project
from hitoe.problems import Problem

NAME = "{corner}"


def told(project: Project) -> Iterator[Problem]:
    """A table has the corner that words of words.yaml name: without it its cards have a gap there."""
    words = [(name, word) for name, word in project.deck.language.words if name.startswith("which") and NAME in word]
    for placed in project.live_items() if words else ():
        if isinstance(placed.item, Table) and not placed.item.corner and _asks_back(placed.item):
            name, word = words[0]
            message = say(
                "cards ask back with '{word}' (`{name}` in words.yaml), and this table has no corner: write `corner:`",
                word=word,
                name=name,
            )
            yield Problem(project.at(placed.entry.file, *placed.loc, "table"), message)


def _asks_back(table: Table) -> bool:
    cells = ((key, name) for key, row in table.live_rows.items() for name in table.live_columns if name in row.cells)
    return any(REVERSE in ORDS[table.direction(*cell)] for cell in cells)
