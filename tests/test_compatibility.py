"""Compatibility with shipped decks: which changes of a note lose a card or change its meaning."""

from hitoe.deck import Note
from hitoe.model.identity import guid
from hitoe.model.loader import Places
from hitoe.model.outline import TopicOutline
from hitoe.release import compatibility
from hitoe.release.ledger import Ledger, NoteRow
from hypothesis import given, settings
from hypothesis import strategies as st

ORDS = st.sets(st.integers(0, 2)).map(lambda ords: tuple(sorted(ords)))
PATHS = ("kiho.a", "kiho.b", "kiho.t[r,c]")
KEY = "example"
ENTRIES = {"content/topics/kiho.yaml": TopicOutline("kiho", "", (True, 0, ""), ((("entries", "kiho"), "kiho"),), ())}
TYPES = st.sampled_from(["standard", "cloze", "picture"])


@st.composite
def notes(draw: st.DrawFn, path: str) -> Note:
    return Note(
        guid=guid(KEY, path),
        path=path,
        file="content/topics/kiho.yaml",
        topic="kiho",
        type=draw(TYPES),
        tags=(),
        ords=draw(ORDS),
        retired=draw(st.booleans()),
        retired_ords=draw(ORDS),
    )


@st.composite
def shipped_as(draw: st.DrawFn, note: Note) -> NoteRow | None:
    """Return the row of a note that was shipped otherwise in one thing at most, or never."""
    row = NoteRow(note.path, note.file, "h", 1, 10**12, note.ords, note.type, note.retired, note.retired_ords)
    changes: tuple[tuple[str, st.SearchStrategy[object]], ...] = (
        ("ords", ORDS),
        ("type", TYPES),
        ("retired", st.booleans()),
        ("retired_ords", ORDS),
    )
    name, values = draw(st.sampled_from(changes))
    return draw(st.sampled_from([row, row._replace(**{name: draw(values)}), None]))  # type: ignore[arg-type]


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Note], dict[str, NoteRow]]:
    """Return the notes of a deck, and the rows of those that were shipped; now and then a note of these is gone."""
    made = [draw(notes(path)) for path in PATHS]
    rows = {note.path: row for note in made if (row := draw(shipped_as(note)))}
    return made[draw(st.sampled_from([0, 0, 0, 1])) :], rows


@settings(max_examples=200)
@given(histories())
def test_a_problem_is_reported_if_a_card_is_lost_or_changed_and_only_then(
    history: tuple[list[Note], dict[str, NoteRow]],
) -> None:
    made, shipped = history
    ledger = Ledger({guid(KEY, path): row for path, row in shipped.items()})
    found = compatibility.broken(KEY, made, ENTRIES, ledger, Places({}))
    assert bool(found) == any(
        loses_or_changes({note.path: note for note in made}.get(path), row) for path, row in shipped.items()
    )


def loses_or_changes(note: Note | None, row: NoteRow) -> bool:
    """Whether a learner would lose the progress of a card, or get another question under it."""
    if note is None or note.type != row.type:
        return True
    asked_again = set(row.retired_ords) & (set(note.ords) - set(note.retired_ords))
    return bool(asked_again or (note.type == "cloze" and set(row.ords) - set(note.ords)))


def row(path: str, ords: tuple[int, ...] = (0,)) -> NoteRow:
    return NoteRow(path, "content/topics/kiho.yaml", "h", 1, 10**12, ords)


def note(path: str, type_: str = "standard") -> Note:
    return Note("content/topics/kiho.yaml", "kiho", guid(KEY, path), path, type_, (), (0,))


def test_a_note_of_another_type_is_reported_once_though_its_cards_differ_too() -> None:
    ledger = Ledger({guid(KEY, "kiho.a"): row("kiho.a", (0, 1))})
    (problem,) = compatibility.broken(KEY, [note("kiho.a", "cloze")], ENTRIES, ledger, Places({}))
    assert "was shipped as no cloze" in problem.message


def test_a_cell_that_is_gone_from_a_row_is_reported_by_itself() -> None:
    ledger = Ledger({guid(KEY, path): row(path) for path in ("kiho.t[r,c]", "kiho.t[r,d]")})
    (problem,) = compatibility.broken(KEY, [note("kiho.t[r,d]")], ENTRIES, ledger, Places({}))
    assert problem.message == (
        "'kiho.t[r,c]' was shipped and is gone, and 1 card of it would be orphaned: "
        "bring the cell back, with `ask: none` if it is not to be asked, "
        "or if its column was renamed add `was: 'kiho.t[,c]'` where that is now"
    )


def test_under_another_key_only_that_is_reported() -> None:
    ledger = Ledger({guid("another", "kiho.a"): row("kiho.a")})
    (problem,) = compatibility.broken(KEY, [], ENTRIES, ledger, Places({}))
    assert problem.message == f"'{KEY}' is not the key under which 1 notes were shipped: take the old key back"
