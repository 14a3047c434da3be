"""What has changed since an entry was learned: the `changed:` notes of the entry and of its items."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hitoe.schema import Calc, Cloze, Code, Entry, Fact, Item, Picture, Steps, Table
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


def _about(item: Item) -> tuple[Text, Text | None]:
    match item:
        case Fact():
            return item.fact, None if item.answer.inline is None else item.answer
        case Cloze():
            return item.cloze, None
        case Table():
            return item.table, None
        case Steps():
            return item.steps, None
        case Code():
            return item.code, None
        case Calc():
            return item.calc, None
        case Picture():
            return item.picture, None
        case _:
            raise AssertionError(f"{item.kind} is no kind")
