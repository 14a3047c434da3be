"""Compiled templates are kept beside their sources, and never stand for another source."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hitoe import resources
from hitoe.templating import Templates, compiled_templates
from hitoe.templating.compiled_templates import CompiledTemplates
from hitoe.text import Formula, Text
from hitoe.text.parse import parse
from hitoe.values.language import Language
from jinja2 import Environment, FileSystemLoader, compiler
from markupsafe import Markup


@pytest.fixture(autouse=True)
def writes_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def printed(folder: Path, *, autoescape: bool = True, **settings: bool) -> str:
    """Return what the template of a folder prints in a new environment."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=autoescape,
        bytecode_cache=CompiledTemplates(folder),
        **settings,  # type: ignore[arg-type]
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


@pytest.mark.parametrize("other", [bytes(16), b"\xff" * 16], ids=["lower", "higher"])
def test_what_another_release_has_compiled_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: bytes
) -> None:
    (tmp_path / "a.j2").write_text("{{ text }}")
    printed(tmp_path)
    (file,) = kept(tmp_path)
    ours = file.read_bytes()
    monkeypatch.setattr(compiled_templates, "_made_by", lambda: other)
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


@pytest.mark.parametrize("setting", ["trim_blocks", "lstrip_blocks", "keep_trailing_newline"])
def test_environments_that_treat_line_ends_otherwise_have_files_of_their_own(tmp_path: Path, setting: str) -> None:
    (tmp_path / "a.j2").write_text("a\n  {% if text %}\nb{% endif %}\n")
    texts = [printed(tmp_path, **{setting: each}) for each in (True, False, True)]
    assert texts[0] == texts[2] != texts[1]
    assert len(kept(tmp_path)) == 2


def test_each_template_has_a_file_of_its_own(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.j2").write_text("text")
    (tmp_path / "a.j2").write_text("{% include 'b.j2' %}")
    printed(tmp_path)
    assert len(kept(tmp_path)) == 2


@pytest.mark.parametrize("changed", ["code", "size", "time"])
def test_another_release_of_hitoe_or_jinja_is_told_by_its_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    own, jinja = tmp_path / "own.py", tmp_path / "jinja" / "compiler.py"
    jinja.parent.mkdir()
    own.write_text("code")
    jinja.write_text("code")
    monkeypatch.setattr(compiled_templates, "__file__", str(own))
    monkeypatch.setattr(compiler, "__file__", str(jinja))
    before, known = compiled_templates._made_by.__wrapped__(), jinja.stat()
    assert compiled_templates._made_by.__wrapped__() == before
    match changed:
        case "code":
            own.write_text("edoc")
        case "size":
            jinja.write_text("more code")
            os.utime(jinja, ns=(known.st_atime_ns, known.st_mtime_ns))
        case _:
            os.utime(jinja, ns=(known.st_atime_ns, known.st_mtime_ns + 10**9))
    assert compiled_templates._made_by.__wrapped__() != before


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


class Blanks:
    """Counts the blanks of a worksheet."""

    def __init__(self) -> None:
        self.made = 0

    def text(self, _answer: Text) -> Markup:
        self.made += 1
        return Markup(f"[{self.made}]")

    def within(self, formula: Formula) -> tuple[Formula, Markup]:
        return formula, Markup()


def test_each_blank_of_a_worksheet_is_made_anew_though_its_text_stands_twice() -> None:
    templates = Templates("worksheet", Language("ja"), blanks=Blanks())
    assert [templates.prose(parse("{{c1::答え}} だ")) for _ in range(2)] == ["[1] だ", "[2] だ"]


def signed(sign: str) -> Callable[[str], str]:
    return lambda text: f"{sign}{text}"
