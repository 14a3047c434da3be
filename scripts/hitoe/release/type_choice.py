"""Which note types a deck has: those that learners have, for with other ones their notes would never be updated again.

The first decks shared three note types, so that the last one imported gave its words and its voice to all. They keep
them; a deck that was never shipped gets its own, with ids of its key.
"""

from collections.abc import Mapping, Sequence

from hitoe.deck import Note, note_models
from hitoe.deck.note_types import SHARED, TypeWords
from hitoe.kinds.kept_type import KEPT
from hitoe.release.ledger import Ledger, TypeRow
from hitoe.templating import Templates


def chosen(
    deck_key: str, title: str, notes: Sequence[Note], ledgers: tuple[Ledger, Ledger], print_: Templates
) -> Mapping[str, TypeWords]:
    """Return the words of the note types of hitoe's own that notes have, by key; `title` is the deck's name in Anki.

    `ledgers` are the project's, and what is shipped, which counts first.
    """
    found: dict[str, TypeWords] = {}
    for key in sorted({note.type for note in notes if not note.type.startswith(KEPT)}):
        known = [each.types[key] for each in reversed(ledgers) if key in each.types]
        # A ledger that was merged by hand may lack the row.
        had = bool(known) or any(row.type == key for each in ledgers for row in each.notes.values())
        own = note_models.own(key, deck_key, title, print_)
        if key in SHARED and had and not (known and known[0].id):
            found[key] = note_models.shared(key, notes)
        else:
            found[key] = own._replace(id=known[0].id) if known and known[0].id else own
    return found


def rows(types: Mapping[str, TypeWords]) -> dict[str, TypeRow]:
    """Return the ledger's rows of note types, their time of change not known yet."""
    found: dict[str, TypeRow] = {}
    for key, words in types.items():
        content = note_models.type_hash(key, note_models.model(key, words))
        found[key] = TypeRow(content, 0, None if key in SHARED and words.id == SHARED[key].id else words.id)
    return found
