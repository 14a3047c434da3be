"""Finds the item of the content that each Anki note of this deck asks, by the note's guid."""

from collections.abc import Iterator
from dataclasses import dataclass

from hitoe.model import identity
from hitoe.model.project import PlacedEntry, Project
from hitoe.schema import Item, Picture, Steps, Table


@dataclass(frozen=True, slots=True)
class NoteItem:
    """The item that a note asks: its entry, its key there, and whether what the note asks is retired.

    `number` counts the items of the project from 0.
    """

    number: int
    entry: PlacedEntry
    key: str
    retired: bool


def note_items(project: Project) -> dict[str, NoteItem]:
    """Return the item of each note that the content makes or once made, by guid."""
    items = ((placed, key, item) for placed in project.entries() for key, item in placed.entry.items.items())
    return {
        identity.guid(project.deck.key, path): NoteItem(
            number, placed, key, retired or item.retired or placed.entry.retired
        )
        for number, (placed, key, item) in enumerate(items)
        for path, retired in _paths(item, identity.item_path(placed, key, item))
    }


def _paths(item: Item, path: str) -> Iterator[tuple[str, bool]]:
    """Yield the paths of an item's notes, and whether each is retired in the item."""
    match item:
        case Table():
            for row, line in item.rows.items():
                yield identity.row_path(path, item, row), line.retired
                for column, head in item.columns.items():
                    yield identity.cell_path(path, item, row, column), line.retired or head.retired
        case Steps():
            for step, said in item.sequence.items():
                yield identity.step_path(path, item, step), said.retired
        case Picture():
            for region, shown in item.regions.items():
                yield identity.region_path(path, item, region), shown.retired
        case _:
            yield path, False
