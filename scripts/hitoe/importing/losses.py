"""What could not be carried over from another program, note by note."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from hitoe.messages import joined, say
from hitoe.translation import shown

SHOWN = 20
"""Lines that are printed; the file has all of them."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that a note had and its item has not; `note` is its id in Anki or its line, empty for all notes."""

    note: str
    field: str
    what: str

    def __str__(self) -> str:
        return joined(": ", filter(None, (self.note, self.field, self.what)))


@dataclass(slots=True)
class Losses:
    """Collects losses. `note` and `field` are where the import is at the moment; one thing is told once in a field."""

    found: dict[Loss, None] = field(default_factory=dict)
    note: str = ""
    field: str = ""

    def tell(self, what: str) -> None:
        """Add a loss at the current place."""
        self.found.setdefault(Loss(self.note, self.field, what))

    def tell_of_all(self, what: str) -> None:
        """Add a sentence that concerns more than one note."""
        self.found.setdefault(Loss("", "", what))

    def report(self) -> list[str]:
        """Return all losses, one a line: those of all notes first, then note by note."""
        return list(map(str, sorted(self.found, key=lambda loss: bool(loss.note))))

    def summary(self, file: str) -> Iterator[str]:
        """Yield the first lines of the report; where there are more, `file` is named, and how often each thing is.

        What stands before a colon is such a thing.
        """
        lines = self.report()
        yield from lines[:SHOWN]
        if len(lines) > SHOWN:
            yield say("… {count} more in {file}; in all:", count=len(lines) - SHOWN, file=file)
            kinds = Counter(shown(loss.what).partition(": ")[0] for loss in self.found if loss.note)
            yield from (f"{count:6}  {kind}" for kind, count in kinds.most_common(SHOWN))
