"""What has changed since an entry was learned: the `changed:` notes of the entry and of its items."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hitoe.kinds import Item
from hitoe.kinds.log_note import Display, Sentence
from hitoe.schema import Entry
from hitoe.text import Text


@dataclass(frozen=True, slots=True)
class Change:
    """A note, and the item that it is about: its title or sentence, and a fact's answer; None for the entry itself."""

    note: Text
    subject: Text | None = None
    answer: Text | None = None


def untold(entry: Entry, items: Mapping[str, Item]) -> Iterator[Change]:
    """Yield the changes of an entry and of `items`, without those that its corrections already report.

    A correction marked `outdated` reports the entry's own change, a correction with an item's key that item's change.
    """
    if entry.changed and not any(correction.outdated for correction in entry.corrections.values()):
        yield Change(entry.changed)
    for key, item in items.items():
        if item.changed and key not in entry.corrections:
            yield Change(item.changed, *_about(item))


def _about(item: Item) -> tuple[Text | None, Text | None]:
    """Return an item's title or sentence, and the answer if it fits on the same line."""
    match item.note:
        case Sentence(text, answer):
            return text, None if answer is None or answer.inline is None else answer
        case Display(title):
            return title, None
        case None:
            return None, None
