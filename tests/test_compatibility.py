"""The quick look at what shipped decks promised says what the long one says."""

from functools import cache
from unittest.mock import patch

from hitoe import checks
from hitoe.deck import Note
from hitoe.model.identity import guid
from hitoe.model.project import Project
from hitoe.release import compatibility
from hitoe.release.ledger import Ledger, NoteRow
from hypothesis import given, settings
from hypothesis import strategies as st
from support.projects import EXAMPLE

ORDS = st.sets(st.integers(0, 2)).map(lambda ords: tuple(sorted(ords)))
PATHS = ("kiho.a", "kiho.b", "kiho.t[r,c]")
TYPES = st.sampled_from(["standard", "cloze", "picture"])


@cache
def example() -> Project:
    return checks.trusted(EXAMPLE)


@st.composite
def notes(draw: st.DrawFn, path: str) -> Note:
    return Note(
        guid=guid(example().deck.key, path),
        path=path,
        file="content/topics/kiho.yaml",
        topic="kiho",
        type=draw(TYPES),
        fields={},
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


@settings(max_examples=500)
@given(histories(), st.sampled_from([None, None, None, "another"]))
def test_the_quick_look_says_what_the_long_one_says(
    history: tuple[list[Note], dict[str, NoteRow]], key: str | None
) -> None:
    made, shipped = history
    deck_key = example().deck.key
    ledger = Ledger({guid(key or deck_key, path): row for path, row in shipped.items()})
    quick = compatibility.kept(deck_key, made, ledger)
    with patch.object(compatibility, "kept", lambda *_: False):
        assert quick == (not compatibility.broken(example(), made, ledger))
