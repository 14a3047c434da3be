"""A database of some kilobytes in which reading never ends is refused as damaged, whatever reads it."""

import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hitoe.cli import main
from support.notes import item, written

COMMANDS = (
    ("import",),
    ("import", "--keep-progress"),
    ("ledger", "restore"),
    ("progress",),
    ("build", "log", "--progress"),
)
INTERIOR, LEVELS, MANY = 5, 12, 400


def _pages(path: Path) -> None:
    """Have the pages of the notes stand below others many times, each of which stands below others many times."""
    with closing(sqlite3.connect(path)) as database:
        (size,) = database.execute("pragma page_size").fetchone()
        (root,) = database.execute("select rootpage from sqlite_master where name = 'notes'").fetchone()
    raw = path.read_bytes()
    pages = [raw[at : at + size] for at in range(0, len(raw), size)]
    pages.append(pages[root - 1])
    for _ in range(LEVELS):
        pages.append(_interior(len(pages), size))
    pages[root - 1] = pages[-1]
    whole = bytearray(b"".join(pages))
    struct.pack_into(">I", whole, 28, len(pages))
    path.write_bytes(whole)


def _interior(child: int, size: int) -> bytes:
    """Return a page of a table (https://sqlite.org/fileformat2.html#b_tree_pages) that names one page many times."""
    cell = struct.pack(">IB", child, 1)
    start = size - MANY * len(cell)
    head = struct.pack(">BHHHBI", INTERIOR, 0, MANY, start, 0, child)
    places = b"".join(struct.pack(">H", start + number * len(cell)) for number in range(MANY))
    return (head + places).ljust(start, b"\0") + cell * MANY


def _same_ids(path: Path) -> None:
    """Have 2,048 notes with the id that 2,048 cards have."""
    with closing(sqlite3.connect(path)) as database:
        for table in ("notes", "cards"):
            database.execute(f"create table more as select * from {table} limit 1")
            database.execute(f"drop table {table}")
            database.execute(f"alter table more rename to {table}")
            for _ in range(11):
                database.execute(f"insert into {table} select * from {table}")
        database.execute("update cards set nid = (select id from notes)")
        database.commit()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = written(tmp_path_factory.mktemp("endless"), {"t.yaml": item("fact: 問い\nis: 答え")})
    assert main(["build", "deck", "-C", str(project)]) == 0
    return project


@pytest.mark.parametrize(
    ("change", "words"),
    # Only progress joins tables.
    [*((_pages, words) for words in COMMANDS), *((_same_ids, words) for words in COMMANDS[3:])],
)
def test_reading_ends(
    project: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[Path], None],
    words: tuple[str, ...],
) -> None:
    database, package = tmp_path / "collection.anki2", tmp_path / "x.apkg"
    with zipfile.ZipFile(project / "build" / "own.apkg") as deck:
        database.write_bytes(deck.read("collection.anki2"))
    change(database)
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as made:
        made.write(database, database.name)
        made.writestr("media", "{}")
    before = (project / "content" / "ledger.json").read_bytes()
    target = tmp_path / "new" if words[0] == "import" else project
    assert main([*words, str(package), "-C", str(target)]) == 1
    said = capsys.readouterr().err
    assert "it is damaged: let Anki check" in said or "no deck of hitoe" in said, said
    assert (project / "content" / "ledger.json").read_bytes() == before
