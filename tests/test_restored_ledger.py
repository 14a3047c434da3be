"""Only a deck that hitoe built restores a ledger: one with other values in it is refused, and the ledger stays."""

import random
import sqlite3
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hitoe.cli import main
from support.notes import item, written

REFUSED = "no deck of hitoe: name the last .apkg that hitoe built"
CHANGES = (
    "update notes set mod = 'x'",
    "update notes set mod = 1.5",
    "update notes set mod = -4",
    "update notes set flds = x'00ff'",
    "update notes set flds = flds || char(31) || 'one more'",
    "update col set models = '{'",
    "update col set models = '[]'",
    "update col set models = '{\"' || substr(models, 3, 13) || '\": 3}'",
    "update col set decks = '3'",
    "update col set decks = replace(decks, '\"name\"', '\"nom\"')",
    f"update col set decks = '{'[' * 50_000}'",
    f"update col set models = '{'9' * 5000}'",
    "delete from col",
    "drop table notes",
    "alter table notes add column more as (hex(zeroblob(9)))",
)


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """Return a project, and the bytes of its deck."""
    project = written(tmp_path_factory.mktemp("restored"), {"t.yaml": item("fact: 問い\nis: 答え")})
    assert main(["build", "deck", "-C", str(project)]) == 0
    return project, (project / "build" / "own.apkg").read_bytes()


def changed(apkg: bytes, statement: str, folder: Path) -> bytes:
    """Return a package in which a statement changed the database."""
    archive = zipfile.ZipFile(BytesIO(apkg))
    files = {name: archive.read(name) for name in archive.namelist()}
    (folder / "c.db").write_bytes(files["collection.anki2"])
    with sqlite3.connect(folder / "c.db") as database:
        database.execute(statement)
    database.close()
    files["collection.anki2"] = (folder / "c.db").read_bytes()
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def refused(project: Path, package: Path, said: pytest.CaptureFixture[str]) -> None:
    before = (project / "content" / "ledger.json").read_bytes()
    assert main(["ledger", "restore", str(package), "-C", str(project)]) == 1
    assert said.readouterr().err.splitlines() == [
        f"{package}:1:1: {REFUSED}",
        "hitoe: 1 problem, nothing was written",
    ]
    assert (project / "content" / "ledger.json").read_bytes() == before


@pytest.mark.parametrize("statement", CHANGES, ids=lambda statement: statement[:40])
def test_a_deck_with_other_values_is_refused(
    deck: tuple[Path, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str], statement: str
) -> None:
    package = tmp_path / "x.apkg"
    package.write_bytes(changed(deck[1], statement, tmp_path))
    refused(deck[0], package, capsys)


def test_a_package_that_unpacks_to_more_than_a_deck_is_refused(
    deck: tuple[Path, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tmp_path / "x.apkg"
    made = bytearray(deck[1])
    entry = made.rindex(b"collection.anki2") - 46  # the size before compression, in the archive's directory
    made[entry + 24 : entry + 28] = (2**31).to_bytes(4, "little")
    package.write_bytes(made)
    refused(deck[0], package, capsys)


def test_whatever_bytes_are_damaged_the_ledger_is_a_ledger(
    deck: tuple[Path, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project, apkg = deck
    path, package = project / "content" / "ledger.json", tmp_path / "x.apkg"
    before = path.read_bytes()
    chance = random.Random(16)
    for _ in range(60):
        made = bytearray(apkg)
        for _ in range(chance.randint(1, 8)):
            made[chance.randrange(len(made))] = chance.randrange(256)
        package.write_bytes(made[: chance.choice([len(made), chance.randrange(len(made))])])
        status = main(["ledger", "restore", str(package), "-C", str(project)])
        assert status == 0 or path.read_bytes() == before
        path.write_bytes(before)
    assert "Traceback" not in capsys.readouterr().err
