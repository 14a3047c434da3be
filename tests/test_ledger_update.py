"""What a build writes into the ledger: ids stay, times rise only with content, and nothing shipped is forgotten."""

from hitoe.deck import Note
from hitoe.model.identity import note_ids
from hitoe.release.ledger import Ledger, NoteRow, TypeRow
from hitoe.release.ledger_update import updated

NOW = 1_600_001_000


def note(guid: str, hash_: str = "h") -> Note:
    return Note(file="f", topic="t", guid=guid, path="e.a", type="standard", tags=(), ords=(0,), hash=hash_)


def row(**changes: object) -> NoteRow:
    return NoteRow("e.a", "f", "h", 5, 10**12, (0,))._replace(**changes)  # type: ignore[arg-type]


def types(before: Ledger, shipped: Ledger, **hashes: str) -> dict[str, TypeRow]:
    return dict(
        updated(
            (before, shipped), [], {key: TypeRow(hash_, 0) for key, hash_ in hashes.items()}, {}, NOW, refresh=False
        ).types
    )


def test_a_note_keeps_the_id_with_which_it_was_shipped() -> None:
    before, shipped = Ledger({"g": row(id=1)}), Ledger({"g": row(id=2)})
    assert updated((before, shipped), [note("g")], {}, {}, NOW, refresh=False).notes["g"].id == 2


def test_a_new_note_gets_no_id_that_another_has() -> None:
    first, second = (id_ for id_, _ in zip(note_ids("new"), range(2), strict=False))
    for ledgers in ((Ledger({"g": row(id=first)}), Ledger()), (Ledger(), Ledger({"g": row(id=first)}))):
        assert updated(ledgers, [note("new")], {}, {}, NOW, refresh=False).notes["new"].id == second


def test_of_two_notes_that_were_shipped_with_one_id_the_second_gets_another() -> None:
    shipped = Ledger({"g": row(id=1), "h": row(id=1)})
    after = updated((shipped, shipped), [note("g"), note("h")], {}, {}, NOW, refresh=False)
    assert (after.notes["g"].id, after.notes["h"].id) == (1, next(note_ids("h")))


def test_a_note_type_that_no_note_has_any_more_is_not_forgotten() -> None:
    shipped = Ledger(types={"cloze": TypeRow("x", 3)})
    assert types(shipped, shipped, standard="y") == {"cloze": TypeRow("x", 3), "standard": TypeRow("y", NOW)}


def test_a_note_type_that_is_as_it_was_shipped_or_built_last_keeps_its_time() -> None:
    before, shipped = Ledger(types={"cloze": TypeRow("new", 7)}), Ledger(types={"cloze": TypeRow("old", 3)})
    assert types(before, shipped, cloze="old") == {"cloze": TypeRow("old", 3)}
    assert types(before, shipped, cloze="new") == {"cloze": TypeRow("new", 7)}


def test_a_changed_note_type_is_later_than_any_row_of_it() -> None:
    for mod, other in ((NOW + 5, 3), (3, NOW + 5)):
        before, shipped = (Ledger(types={"cloze": TypeRow("old", each)}) for each in (mod, other))
        assert types(before, shipped, cloze="new") == {"cloze": TypeRow("new", NOW + 6)}


def test_of_two_rows_with_the_same_content_the_later_one_counts() -> None:
    for mods in ((7, 3), (3, 7)):
        before, shipped = (Ledger({"g": row(mod=mod)}, {"cloze": TypeRow("x", mod)}) for mod in mods)
        after = updated((before, shipped), [note("g")], {"cloze": TypeRow("x", 0)}, {}, NOW, refresh=False)
        assert (after.notes["g"].mod, after.types["cloze"].mod) == (7, 7)
