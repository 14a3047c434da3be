"""Finds the item of the content that each Anki note of this deck asks, by the note's guid."""

from dataclasses import dataclass

from hitoe.model import identity
from hitoe.model.project import PlacedEntry, Project


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
        identity.guid(project.deck.key, question.path): NoteItem(
            number, placed, key, question.retired or item.retired or placed.entry.retired
        )
        for number, (placed, key, item) in enumerate(items)
        for question in item.questions(identity.item_path(placed, key, item))
    }
