"""The deck's notes from the drafts of all files."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe.deck import Card, Note
from hitoe.drafts import gathering
from hitoe.drafts.draft import Draft, Head
from hitoe.model.project import Outline
from hitoe.problems import Problem

if TYPE_CHECKING:
    from hitoe.drafts.making import NoteDesk
    from hitoe.release.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Drafts:
    """All notes of a project in the source's order, orders of study by topic, what the project is called, warnings."""

    outline: Outline
    notes: tuple[Note, ...]
    orders: Mapping[str, tuple[Card, ...]]
    warnings: list[Problem]
    gathered: gathering.Gathered[Head, Draft]

    @property
    def kept(self) -> bytes:
        """What is to be kept for the next build."""
        return self.gathered.kept()


def start(root: Path, tools: str, kept: bytes) -> Callable[[], Drafts | None]:
    """Begin with the notes of all files, as `gathering.start` says; returns a function that gathers them."""
    gather = gathering.start(CRAFT, root, tools, kept)
    return lambda: _joined(root, found) if (found := gather()) else None


def _joined(root: Path, gathered: gathering.Gathered[Head, Draft]) -> Drafts:
    head, drafts = gathered.head, gathered.drafts.values()
    outline = Outline(
        root=root,
        key=head.key,
        title=head.title,
        language=head.language,
        description=head.description,
        topics={draft.topic: draft.title for draft in drafts},
    )
    return Drafts(
        outline,
        tuple(note for draft in drafts for note in draft.notes),
        {draft.topic: draft.order for draft in drafts},
        [*head.warnings, *(warning for draft in drafts for warning in draft.warnings)],
        gathered,
    )


def cover(notes: Iterable[Note], shipped: "Ledger") -> bool:
    """Whether all cards that learners have are among these notes: drafts know of no other."""
    ords = {note.guid: note.ords for note in notes}
    return all(
        row.ords == (own := ords.get(guid, ())) or set(row.ords) <= set(own) for guid, row in shipped.notes.items()
    )


def _desk(root: Path, deck_yaml: bytes) -> "NoteDesk":
    from hitoe.drafts.making import NoteDesk

    return NoteDesk(root, deck_yaml)


CRAFT = gathering.Craft("deck", _desk, Head.unpacked, Draft.unpacked)
