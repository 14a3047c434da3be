"""Which item of the content each note of Anki asks."""

from dataclasses import dataclass

from hitoe.model import identity
from hitoe.model.project import PlacedEntry, Project


@dataclass(frozen=True, slots=True)
class Place:
    """Where a note comes from: an entry, the key of an item in it, and whether what is asked is retired.

    `number` counts the items of the project from 0.
    """

    number: int
    entry: PlacedEntry
    key: str
    retired: bool


def places(project: Project) -> dict[str, Place]:
    """Return the place of each note that the content makes or has made, by guid."""
    items = ((placed, key, item) for placed in project.entries() for key, item in placed.entry.items.items())
    return {
        identity.guid(project.deck.key, question.path): Place(
            number, placed, key, question.retired or item.retired or placed.entry.retired
        )
        for number, (placed, key, item) in enumerate(items)
        for question in item.questions(identity.item_path(placed, key, item))
    }
