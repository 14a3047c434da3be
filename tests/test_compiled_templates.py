"""Compiled templates are kept beside their sources, and never stand for another source."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hitoe import resources
from hitoe.templating import Templates, compiled_templates
from hitoe.templating.compiled_templates import CompiledTemplates
from hitoe.values.language import Language
from jinja2 import Environment, FileSystemLoader


@pytest.fixture(autouse=True)
def writes_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def printed(folder: Path, *, autoescape: bool = True) -> str:
    """Return what the template of a folder prints in a new environment."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=autoescape,
        bytecode_cache=CompiledTemplates(folder),
    )
    return environment.get_template("a.j2").render(text="<b>")


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "__pycache__").glob("*"))


def test_what_is_kept_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.j2").write_text("{{ text }}!")
    first = printed(tmp_path)
    assert len(kept(tmp_path)) == 1
    monkeypatch.setattr(Environment, "compile", lambda *_: pytest.fail("compiled again"))
    assert printed(tmp_path) == first == "&lt;b&gt;!"


def test_a_changed_source_is_compiled_again(tmp_path: Path) -> None:
    (tmp_path / "a.j2").write_text("old")
    assert printed(tmp_path) == "old"
    (tmp_path / "a.j2").write_text("new")
    assert printed(tmp_path) == printed(tmp_path) == "new"
    assert len(kept(tmp_path)) == 1


def test_what_another_release_has_compiled_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.j2").write_text("{{ text }}")
    printed(tmp_path)
    (file,) = kept(tmp_path)
    ours = file.read_bytes()
    monkeypatch.setattr(compiled_templates, "_made_by", lambda: b"another release!")
    printed(tmp_path)
    assert file.read_bytes() != ours
    assert len(kept(tmp_path)) == 1


@pytest.mark.parametrize("damage", [b"", b"\0" * 100, b"whole"], ids=["empty", "zeros", "cut"])
def test_a_damaged_file_is_written_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "a.j2").write_text("{{ text }}")
    printed(tmp_path)
    (file,) = kept(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage == b"whole" else damage)
    assert printed(tmp_path) == "&lt;b&gt;"
    assert file.read_bytes() == whole


def test_environments_that_escape_otherwise_have_files_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.j2").write_text("{{ text }}")
    assert [printed(tmp_path, autoescape=each) for each in (True, False, True)] == ["&lt;b&gt;", "<b>", "&lt;b&gt;"]
    assert len(kept(tmp_path)) == 2


def test_nothing_is_kept_where_python_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "a.j2").write_text("{{ text }}")
    assert printed(tmp_path) == "&lt;b&gt;"
    assert not kept(tmp_path)


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "a.j2").write_text("{{ text }}")
    (tmp_path / "__pycache__").write_text("a file where the folder belongs")
    assert printed(tmp_path) == "&lt;b&gt;"


def test_each_medium_writes_constants_in_its_own_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(resources.folder() / "words", tmp_path / "words")
    (tmp_path / "a.j2").write_text("{{ 'a' | written }}{{ 'b' | literal }}")
    monkeypatch.setattr(resources, "folder", lambda: tmp_path)
    printed = [Templates("card", Language("en"), signed(sign), signed(sign)).render("a.j2") for sign in "+-"]
    assert printed == ["+a+b", "-a-b"]


def signed(sign: str) -> Callable[[str], str]:
    return lambda text: f"{sign}{text}"
