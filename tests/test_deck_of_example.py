"""The whole deck of tests/example as Anki gets it: every note's fields, tags and cards, in the order of study."""

import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from support.projects import build, example_copy


@pytest.mark.golden
def test_the_deck_of_the_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1609459200")
    package = build(example_copy(tmp_path / "project"))
    with zipfile.ZipFile(package) as archive:
        database = Path(archive.extract("collection.anki2", tmp_path))
    with closing(sqlite3.connect(database)) as collection:
        golden("deck/example.txt", "\n".join(shown(collection)) + "\n")


def shown(collection: sqlite3.Connection) -> Iterator[str]:
    """Yield the lines on each note: its note type and guid, its cards as `ord@due`, its tags and its filled fields.

    Notes without cards come last: those of what is retired.
    """
    types = json.loads(collection.execute("select models from col").fetchone()[0])
    decks = json.loads(collection.execute("select decks from col").fetchone()[0])
    cards = "select group_concat(ord || '@' || due, ' '), min(due), did from cards where nid = ? order by ord"
    notes = [
        (note, collection.execute(cards, (note[0],)).fetchone())
        for note in collection.execute("select id, guid, mid, tags, flds from notes")
    ]
    notes.sort(key=lambda note: (not note[1][0], note[1][2] or 0, note[1][1] or 0, note[0][1]))
    for (_, guid, kind, tags, fields), (numbers, _, deck) in notes:
        where = f"in {decks[str(deck)]['name']}: cards {numbers}" if numbers else "without cards"
        yield f"== {types[str(kind)]['name']} {guid} {where}"
        yield f"tags: {tags.strip()}"
        names = (field["name"] for field in types[str(kind)]["flds"])
        for name, value in zip(names, fields.split("\x1f"), strict=True):
            if value:
                yield f"{name}: {value}"
        yield ""
