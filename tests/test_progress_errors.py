"""Collections that cannot be used are told of in one sentence, and no collection is ever changed."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from unittest.mock import Mock
from zipfile import ZipFile

import pytest
from hitoe.cli import main
from hitoe.problems import CollectionError
from hitoe.progress.collection_file import copy_database
from support.anki_engine import collection, import_deck
from support.notes import item, written
from support.projects import build, example_copy
from support.studying import exported, study

HOLD = "import sys; from anki.collection import Collection; c = Collection(sys.argv[1]); print(1, flush=True); input()"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example_copy(tmp_path_factory.mktemp("project") / "example")


@pytest.fixture(scope="module")
def files(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a collection in each form, and the one that Anki leaves when it is ended in the midst."""
    folder = tmp_path_factory.mktemp("forms")
    with collection(folder / "home") as col:
        import_deck(col, build(project))
        study(col, Random(1), 3)
        (folder / "ended").mkdir()
        for file in (folder / "home").glob("collection.anki2*"):
            shutil.copy(file, folder / "ended")
        forms = exported(col, folder)
    return {**forms, "ended": folder / "ended" / "collection.anki2"}


@pytest.fixture
def told(project: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[Path], str]:
    """Return a function that returns the one sentence with which a collection is refused, without its path."""

    def refusal(path: Path) -> str:
        capsys.readouterr()
        assert main(["progress", str(path), "-C", str(project)]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1
        assert err.startswith(f"hitoe: {path}: ")
        return err.removeprefix(f"hitoe: {path}: ").rstrip("\n")

    return refusal


def snapshot(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Return the bytes, time of change and mode of each file in a folder."""
    found = ((path, path.stat()) for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.read_bytes(), stat.st_mtime_ns, stat.st_mode) for path, stat in found}


@pytest.mark.parametrize("form", ["open", "schema11", "ended", "colpkg", "colpkg-legacy", "apkg", "apkg-legacy"])
def test_a_collection_is_only_read(project: Path, files: dict[str, Path], form: str) -> None:
    folder = files[form].parent
    before, listed, changed = snapshot(folder), sorted(folder.rglob("*")), folder.stat().st_mtime_ns
    assert main(["progress", str(files[form]), "-C", str(project)]) == 0
    assert snapshot(folder) == before
    assert sorted(folder.rglob("*")) == listed
    assert folder.stat().st_mtime_ns == changed


def test_what_is_only_in_the_log_of_sqlite_counts(
    project: Path, files: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert files["ended"].with_name("collection.anki2-wal").stat().st_size > 10_000
    without = shutil.copy(files["ended"], tmp_path)
    outputs = []
    for path in (files["ended"], files["open"], without):
        main(["progress", str(path), "-C", str(project)])
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] != outputs[2]


def test_a_collection_open_in_anki_is_refused(files: dict[str, Path], told: Callable[[Path], str]) -> None:
    path = files["open"]
    with subprocess.Popen([sys.executable, "-c", HOLD, path], stdin=-1, stdout=-1, text=True) as anki:
        assert anki.stdout
        anki.stdout.readline()
        before = snapshot(path.parent)
        assert told(path) == "it is open in Anki: close Anki, or let it export the collection"
        assert snapshot(path.parent) == before
        anki.communicate("\n")


def test_a_collection_of_a_newer_anki_is_refused(
    files: dict[str, Path], tmp_path: Path, told: Callable[[Path], str]
) -> None:
    path = Path(shutil.copy(files["open"], tmp_path))
    alter(path, "update col set ver = 19")
    newer = "it is of a newer Anki than this hitoe knows ({}): export it for older Anki versions, or update hitoe"
    assert told(path) == newer.format("schema 19")
    package = Path(shutil.copy(files["colpkg"], tmp_path / "newer.colpkg"))
    with ZipFile(package) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(package, "w") as archive:
        for name, content in {**members, "meta": b"\x08\x04"}.items():
            archive.writestr(name, content)
    assert told(package) == newer.format("a package of an unknown version")


def alter(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as database:
        database.execute(statement)
    database.close()


def test_an_unfinished_schema_is_refused(files: dict[str, Path], tmp_path: Path, told: Callable[[Path], str]) -> None:
    path = Path(shutil.copy(files["open"], tmp_path))
    alter(path, "update col set ver = 12")
    assert told(path) == "its schema 12 is an old one: open and close it in Anki once"


def test_a_collection_without_a_note_of_the_deck_is_refused(tmp_path: Path, told: Callable[[Path], str]) -> None:
    with collection(tmp_path / "other"):
        pass
    path = tmp_path / "other" / "collection.anki2"
    assert told(path) == "it holds no note of the deck 'example': import example.apkg into it first"


DAMAGED = "it is damaged: let Anki check its database (Tools, Check Database) and export it again"


@pytest.mark.parametrize("form", ["open", "schema11", "colpkg", "colpkg-legacy", "apkg", "apkg-legacy"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.95])
def test_half_a_file_is_damaged(
    files: dict[str, Path], tmp_path: Path, told: Callable[[Path], str], form: str, part: float
) -> None:
    content = files[form].read_bytes()
    path = tmp_path / files[form].name
    path.write_bytes(content[: int(len(content) * part)])
    assert told(path) == DAMAGED


def test_a_page_of_rubbish_is_damage(files: dict[str, Path], tmp_path: Path, told: Callable[[Path], str]) -> None:
    content = bytearray(files["open"].read_bytes())
    content[4096:] = bytes(reversed(content[4096:]))
    path = tmp_path / "collection.anki2"
    path.write_bytes(content)
    assert told(path) == DAMAGED


@pytest.mark.parametrize("content", [b"", b"notes", b"SQLite format 3", b"%PDF-1.7"])
def test_another_file_is_refused(tmp_path: Path, told: Callable[[Path], str], content: bytes) -> None:
    path = tmp_path / "file.anki2"
    path.write_bytes(content)
    assert told(path) == NO_COLLECTION


NO_COLLECTION = "it is not an Anki collection: name a collection.anki2, or a .colpkg or .apkg that Anki exported"


def test_another_database_or_zip_is_refused(tmp_path: Path, told: Callable[[Path], str]) -> None:
    alter(tmp_path / "other.sqlite", "create table col (ver integer)")
    assert told(tmp_path / "other.sqlite") == NO_COLLECTION
    with ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("readme.txt", "")
    assert told(tmp_path / "other.zip") == NO_COLLECTION.replace("an Anki collection", "an Anki package")


def test_no_file_is_refused(tmp_path: Path, told: Callable[[Path], str]) -> None:
    end = "name a collection.anki2, or a .colpkg or .apkg that Anki exported"
    assert told(tmp_path / "none.colpkg") == f"there is no such file: {end}"
    assert told(tmp_path) == f"it is a folder: {end}"


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "open", Mock(side_effect=PermissionError))
    with pytest.raises(CollectionError, match=r": it may not be read: change its permissions$"):
        copy_database(tmp_path / "collection.anki2", tmp_path)


@pytest.mark.parametrize("name", [".", "..", "/"])
def test_a_build_with_a_folder_in_place_of_a_collection_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    project = written(tmp_path / "p", {"t.yaml": item("fact: 問い\nis: 答え")})
    assert main(["build", "log", "--progress", name, "-C", str(project)]) == 1
    assert f"hitoe: {name}: it is a folder" in capsys.readouterr().err
