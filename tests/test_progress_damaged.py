"""Whatever stands in a collection, progress is computed or one sentence says that the file is damaged."""

import os
import shutil
import sqlite3
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hitoe.cli import main
from hitoe.progress.collection_file import SMALL
from support.anki_engine import collection, import_deck
from support.notes import item, written
from support.projects import build
from support.studying import exported, study
from zstandard import ZstdCompressor

DAMAGED = "it is damaged: let Anki check its database (Tools, Check Database) and export it again"
TOO_LARGE = "it unpacks to hundreds of times its size, as no collection does: export it again"
STATEMENTS = [
    *(f"update revlog set {column} = 'x'" for column in ("ease", "lastIvl", "factor", "time", "type", "cid")),
    *(f"update revlog set {column} = 1.5" for column in ("ease", "lastIvl", "factor", "time", "type")),
    *(f"update revlog set {column} = x'00'" for column in ("ease", "time")),
    *(
        "update revlog set id = -id",
        "update revlog set id = 9223372036854775807 where id = (select max(id) from revlog)",
    ),
    *("update col set ver = 'x'", "update col set crt = 'x'", "update col set crt = 1.5", "delete from col"),
    *("update notes set guid = x'ff'", "update notes set tags = x'00'", "drop table cards", "drop table col"),
    *("create view more as select 1", "alter table notes add column more as (hex(zeroblob(9)))"),
    *("alter table revlog rename column ease to eased", "alter table cards drop column data"),
]
SETTINGS = ["null", "[]", "{}", "1e308", "-1", "24", '"x"', "NaN", "Infinity", "9" * 5000, "[" * 100_000, ""]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    facts = "".join(f"      f{n}: {{fact: 問い{n}, is: 答え{n}}}\n" for n in range(9))
    return written(tmp_path_factory.mktemp("project"), {"t.yaml": item("fact: 問い\nis: 答え") + facts})


@pytest.fixture(scope="module")
def forms(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("forms")
    with collection(folder / "home") as col:
        import_deck(col, build(project))
        study(col, Random(1), 3)
        return exported(col, folder)


@pytest.fixture
def told(project: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[Path], str]:
    """Return the sentence with which a collection is refused, without its path; empty if it is not."""

    def refusal(path: Path) -> str:
        capsys.readouterr()
        status = main(["progress", str(path), "-C", str(project)])
        out, err = capsys.readouterr()
        assert (status, err.count("\n"), bool(out)) in [(0, 0, True), (1, 1, False)]
        return err.removeprefix(f"hitoe: {path}: ").rstrip("\n")

    return refusal


def altered(path: Path, statement: str, *values: object) -> Path:
    with sqlite3.connect(path) as database:
        database.create_collation("unicase", lambda one, other: (one > other) - (one < other))
        database.execute(statement, values)
    database.close()
    return path


@pytest.mark.parametrize("form", ["open", "schema11"])
@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_column_with_other_values_is_damage(
    forms: dict[str, Path], tmp_path: Path, told: Callable[[Path], str], form: str, statement: str
) -> None:
    path = altered(Path(shutil.copy(forms[form], tmp_path)), statement)
    assert told(path) in (
        DAMAGED,
        "it is not an Anki collection: name a collection.anki2, or a .colpkg or .apkg that Anki exported",
    )


@pytest.mark.parametrize("value", SETTINGS, ids=lambda value: value[:9])
def test_settings_with_other_values_are_damage(
    forms: dict[str, Path], tmp_path: Path, told: Callable[[Path], str], value: str
) -> None:
    statement = "insert or replace into config values ('rollover', 0, 0, ?)"
    assert told(altered(Path(shutil.copy(forms["open"], tmp_path)), statement, value.encode())) == DAMAGED
    conf = f'{{"rollover": {value}}}'
    assert told(altered(Path(shutil.copy(forms["schema11"], tmp_path)), "update col set conf = ?", conf)) == DAMAGED


@pytest.mark.parametrize(
    "data",
    [
        *("", "null", "[]", "{", '{"s": "x", "d": 1}', '{"s": 0, "d": 1}', '{"s": -1, "d": 1}', '{"s": NaN, "d": 1}'),
        *('{"s": 1e999, "d": 1}', '{"s": 1, "d": 1, "decay": "x"}', '{"s": 1, "d": 1, "decay": 1e-300}'),
        *('{"s": 1, "d": 1, "decay": -3}', '{"s": 1, "d": 1, "lrt": "x"}', f'{{"s": 1, "d": 1, "lrt": {10**400}}}'),
        *(f'{{"s": 1, "d": {"[" * 100_000}', f'{{"s": {"9" * 5000}, "d": 1}}'),
    ],
    ids=lambda data: data[:30],
)
def test_memory_states_that_cannot_be_count_as_none(
    forms: dict[str, Path], tmp_path: Path, told: Callable[[Path], str], data: str
) -> None:
    assert told(altered(Path(shutil.copy(forms["open"], tmp_path)), "update cards set data = ?", data)) == ""


@pytest.mark.parametrize("form", ["colpkg", "colpkg-legacy", "apkg", "apkg-legacy", "open", "schema11"])
def test_whatever_bytes_are_damaged(
    forms: dict[str, Path], tmp_path: Path, told: Callable[[Path], str], form: str
) -> None:
    whole, chance, path = forms[form].read_bytes(), Random(form), tmp_path / "damaged"
    for _ in range(10):
        made = bytearray(whole)
        for _ in range(chance.choice([0, 1, 8, 200])):
            made[chance.randrange(len(made))] = chance.randrange(256)
        path.write_bytes(made[: chance.choice([len(made), chance.randrange(len(made))])])
        told(path)


@pytest.mark.parametrize("name", ["collection.anki21b", "collection.anki21", "collection.anki2"])
def test_a_bomb_is_not_unpacked(tmp_path: Path, told: Callable[[Path], str], name: str) -> None:
    path = tmp_path / "bomb.colpkg"
    meta = {"collection.anki21b": b"\x08\x03", "collection.anki21": b"\x08\x02", "collection.anki2": b"\x08\x01"}
    zeros = bytes(SMALL + 1)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("meta", meta[name])
        archive.writestr(name, ZstdCompressor().compress(zeros) if name.endswith("b") else zeros)
    assert path.stat().st_size < 1_000_000
    assert told(path) == TOO_LARGE


def test_the_version_of_a_package_is_not_unpacked_further_than_a_version_goes(
    tmp_path: Path, told: Callable[[Path], str]
) -> None:
    path = tmp_path / "bomb.colpkg"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("meta", bytes(1 << 26))
        archive.writestr("collection.anki21b", b"")
    tracemalloc.start()
    assert "a package of an unknown version" in told(path)
    assert tracemalloc.get_traced_memory()[1] < 1 << 24
    tracemalloc.stop()


def test_a_pipe_is_not_waited_for(tmp_path: Path, told: Callable[[Path], str]) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        assert told(path).startswith("it is no file: ")


def test_an_encrypted_package_is_damaged(forms: dict[str, Path], tmp_path: Path, told: Callable[[Path], str]) -> None:
    made = bytearray(forms["colpkg"].read_bytes())
    for sign, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = made.find(sign)
        while place >= 0:
            made[place + at] |= 1
            place = made.find(sign, place + 1)
    path = tmp_path / "encrypted.colpkg"
    path.write_bytes(made)
    assert told(path) == DAMAGED
