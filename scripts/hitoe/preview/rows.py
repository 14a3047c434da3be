"""What the list of the preview shows of each card, as data for JSON."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hitoe.deck import Note
from hitoe.deck.note_types import CLOZE, NOTE_TYPES
from hitoe.deck.notes import FACES, SEPARATOR
from hitoe.kinds.anki_clozes import ClozeDeletion, parsed
from hitoe.kinds.kept_type import KEPT
from hitoe.kinds.note import KeptNote
from hitoe.model.loader import Places
from hitoe.preview.anki_fields import LINE_TAGS, stripped
from hitoe.problems import Problem

Row = Mapping[str, Any]
KNOWN_TAGS = ("topic", "kind", "week", "domain")
LONGEST = 120
"""Characters of a card's text in the list."""


def rows(notes: Iterable[Note], flagged: frozenset[str], types: Mapping[str, str]) -> Iterator[Row]:
    """Yield a row for each card; `flagged` are guids of notes with a problem, `types` hashes of note types by key."""
    for note in notes:
        levels = [tag.partition("::") for tag in note.tags]
        known = {name: value for name, _, value in levels if name in KNOWN_TAGS and value}
        kept = note.type.startswith(KEPT)
        fields = {} if kept else note.fields
        own = [tag for tag, (name, *_) in zip(note.tags, levels, strict=True) if name not in KNOWN_TAGS]
        for number in note.ords:
            yield {
                "id": f"{note.guid}:{number}",
                "text": (_first(note) if kept else _text(note, fields, number))[:LONGEST],
                "topic": note.topic,
                "kind": KeptNote.kind if kept else known.get("kind", ""),
                "week": known.get("week", ""),
                "tags": own,
                "path": note.path,
                "retired": note.retired or number in note.retired_ords,
                "flagged": note.guid in flagged,
                "hash": f"{note.hash}{types.get(note.type, '')}",
            }


def flagged(notes: Iterable[Note], problems: Iterable[Problem], file: str, places: Places) -> frozenset[str]:
    """Return the guids of the notes of a file in whose items problems are."""
    lines = sorted({problem.at.line for problem in problems if problem.at.file == file})
    if not lines:
        return frozenset()
    starts: dict[int, list[str]] = {}
    for note in notes:
        starts.setdefault(places.at(file, *note.loc, key=True).line, []).append(note.guid)
    found = (max((start for start in starts if start <= line), default=0) for line in lines)
    return frozenset(guid for start in found for guid in starts.get(start, ()))


def _first(note: Note) -> str:
    """Return the words of the first field that has some, blanks filled in."""
    fields = (_words(_asked(parsed(html), 0)) for html in note.text.split(SEPARATOR))
    return next(filter(None, fields), note.path)


def _text(note: Note, fields: Mapping[str, str], number: int) -> str:
    """Return the words that a card asks with."""
    if NOTE_TYPES[note.type].kind == CLOZE and "Text" in fields:
        return _words(_asked(parsed(fields["Text"]), number + 1))
    name = FACES[number][0] if note.type == "standard" else "Header" if "Header" in fields else "Question"
    return _words(fields.get(name, ""))


def _words(html: str) -> str:
    return " ".join(stripped(LINE_TAGS.sub(" ", html)).split())


def _asked(nodes: Iterable[str | ClozeDeletion], number: int) -> str:
    return "".join(
        node if isinstance(node, str) else "[…]" if node.asked_by(number) else _asked(node.shown, number)
        for node in nodes
    )
