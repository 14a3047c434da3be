"""Note types that the project keeps, as the ledger knows them: what may change in them, and what never may.

Where the fields or templates of a note type are others than the learner's, Anki copies it as 'Name+' and never updates
the old notes again (seen on anki 26.9.3).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hitoe.deck import Note, kept_models
from hitoe.kinds.kept_type import KEPT, KeptType
from hitoe.messages import say
from hitoe.model.loader import Places
from hitoe.model.project import NOTE_TYPES, Project
from hitoe.problems import Problem
from hitoe.release.ledger import Ledger, TypeRow

NEVER = say("Anki would never again update the notes that learners have")
WHAT = {"field": say("field"), "template": say("template")}


def used(project: Project, notes: Sequence[Note]) -> dict[str, KeptType]:
    """Return the note types that notes have, by key."""
    keys = {note.type for note in notes}
    return {type_.key: type_ for type_ in project.note_types.values() if type_.key in keys}


def rows(types: Mapping[str, KeptType]) -> dict[str, TypeRow]:
    """Return the ledger's rows of note types, their time of change not known yet."""
    return {key: row(key, kept_models.model(type_), 0) for key, type_ in types.items()}


def row(key: str, model: Mapping[str, Any], mod: int) -> TypeRow:
    """Return the row of a note type from its JSON; `mod` is the time of its last change."""
    return TypeRow(kept_models.model_hash(key, model), mod, int(model["id"]), kept_models.schema(model))


def broken(project: Project, notes: Sequence[Note], shipped: Ledger, places: Places) -> Iterator[Problem]:
    """Yield a problem for each note type whose notes would never be updated again."""
    for key, type_ in used(project, notes).items():
        shipped_row, settings, file = shipped.types.get(key), type_.settings, f"{NOTE_TYPES}{type_.name}.yaml"
        if shipped_row is None or settings is None:
            continue
        if shipped_row.id != settings.id:
            message = say("this note type was shipped with the id {id}: take it back", id=shipped_row.id)
            yield Problem(places.at(file, "id"), message)
        elif difference := _difference(shipped_row.schema, kept_models.schema(kept_models.model(type_))):
            yield Problem(places.at(file, "fields", key=True), say("{what}, for {never}", what=difference, never=NEVER))


def _difference(before: Sequence[str], now: Sequence[str]) -> str | None:
    """Return the message about a note type with other fields or templates than learners have; None if it has not."""
    shipped, present = [list(map(kept_models.identity, parts)) for parts in (before, now)]
    if shipped == present or not before:
        return None
    if shipped[0] != present[0]:
        return say("this note type was shipped as one of {kind} cards: change `cloze:` back", kind=before[0])
    for part, its in zip(before, shipped, strict=True):
        if its not in present:
            what, _, name = kept_models.named(part)
            return say(
                "{what} '{name}' of this note type was shipped and is gone: bring it back",
                what=WHAT.get(what, what),
                name=name,
            )
    for part, its in zip(now, present, strict=True):
        if its not in shipped:
            what, _, name = kept_models.named(part)
            return say("{what} '{name}' of this note type is new: take it away", what=WHAT.get(what, what), name=name)
    return say("the fields or templates of this note type are in another order: sort them as before")


def emptied(notes: Sequence[Note], shipped: Ledger) -> Iterator[str]:
    """Yield a notice for each note with cards that ask nothing any more; Anki leaves them, blank."""
    for note in notes:
        had = shipped.notes.get(note.guid) if note.type.startswith(KEPT) else None
        if had and (gone := sorted(set(had.ords) - set(note.ords))):
            numbers = ", ".join(str(ord_ + 1) for ord_ in gone)
            yield say(
                "'{path}' asks nothing any more on card {numbers}: learners keep it, blank, with its reviews; "
                "to have it asked, bring its text back",
                path=note.path,
                numbers=numbers,
            )
