"""What makes an output stale: everything that shapes it."""

import sys
from pathlib import Path

import pytest
from hitoe.build import fingerprints


@pytest.mark.parametrize("library", ["pydyf-1.0", "fonttools-4.0", "tinycss2-1.5", "pillow-12.0", "markupsafe-3.0"])
def test_every_installed_library_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    found = [fingerprints.tools()]
    folder = tmp_path / f"{library}.dist-info"
    folder.mkdir()
    found.append(fingerprints.tools())
    folder.rename(tmp_path / f"{library}.1.dist-info")
    found.append(fingerprints.tools())
    assert len(set(found)) == 3


def test_the_version_of_python_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprints.tools()
    monkeypatch.setattr(sys, "version", "3.99")
    assert fingerprints.tools() != before


def test_every_file_of_the_templates_counts_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprints, "folder", lambda: tmp_path)
    file = tmp_path / "items" / "a.j2"
    file.parent.mkdir()
    found = []
    for content in ("one", "two"):
        file.write_text(content)
        found.append(fingerprints.tools())
    file.rename(file.with_name("b.j2"))
    found.append(fingerprints.tools())
    (tmp_path / "c.j2").touch()
    found.append(fingerprints.tools())
    assert len(set(found)) == 4
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").touch()
    (tmp_path / "lock").symlink_to("nowhere")
    (tmp_path / "ring").symlink_to(tmp_path)
    assert fingerprints.tools() == found[-1]


def test_an_anki_collection_counts_with_what_sqlite_has_not_yet_put_into_it(tmp_path: Path) -> None:
    collection = tmp_path / "collection.anki2"
    found = [fingerprints.collection(collection)]
    for end in ("", "-wal", "-journal"):
        collection.with_name(collection.name + end).write_text("new")
        found.append(fingerprints.collection(collection))
    collection.write_text("newer")
    found.append(fingerprints.collection(collection))
    assert len(set(map(tuple, found))) == 5


def test_an_output_is_fresh_while_its_inputs_and_all_its_files_are_as_they_were(tmp_path: Path) -> None:
    hashes = {}
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_text(name)
        hashes[name] = fingerprints.own(tmp_path / name) or ""
    recorded(tmp_path, fingerprints.record(tmp_path, {"sheet": hashes}, tmp_path, {"sheet": "inputs"}))
    assert fingerprints.fresh(tmp_path, "sheet", "inputs")
    assert not fingerprints.fresh(tmp_path, "sheet", "other inputs")
    assert not fingerprints.fresh(tmp_path, "deck", "inputs")
    (tmp_path / "b.pdf").write_text("edited")
    assert not fingerprints.fresh(tmp_path, "sheet", "inputs")
    (tmp_path / "b.pdf").unlink()
    assert not fingerprints.fresh(tmp_path, "sheet", "inputs")


def test_a_link_is_no_file_that_a_build_has_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").symlink_to("a")
    assert fingerprints.own(tmp_path / "a") == fingerprints.hashed(tmp_path / "b") is not None
    assert fingerprints.own(tmp_path / "b") is None
    assert fingerprints.own(tmp_path / ("a" * 1000)) is None


@pytest.mark.parametrize("record", ["1", "[]", "{}", '{"inputs": "inputs"}', '{"inputs": "inputs", "files": []}'])
def test_a_record_that_no_build_has_written_is_none(tmp_path: Path, record: str) -> None:
    recorded(tmp_path, f'{{"deck": {record}}}')
    assert not fingerprints.fresh(tmp_path, "deck", "inputs")
    assert fingerprints.files(tmp_path, "deck", tmp_path) == []


def recorded(out: Path, state: str) -> None:
    (out / fingerprints.STATE_FILE).parent.mkdir()
    (out / fingerprints.STATE_FILE).write_text(state)
