"""`hitoe check --format`: problems for programs and for GitHub."""

import json
from pathlib import Path

import pytest
from hitoe.cli import main
from support.notes import item, written

WRONG = item("fact: 問い\nis:\nextra: 50%:a")
LONG = item("fact: 問い\nis: " + "とても長い答え、" * 30)


def check(project: Path, *words: str) -> int:
    return main(["check", "-C", str(project), *words])


def test_json_names_place_severity_message_and_rule(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "notes", {"t.yaml": LONG})
    monkeypatch.chdir(tmp_path)
    assert check(Path("notes"), "--format", "json") == 0
    told = capsys.readouterr()
    (found,) = [each for each in json.loads(told.out) if each.get("rule") == "long-answer"]
    assert {**found, "message": ""} == {
        "file": "notes/content/t.yaml",
        "line": 9,
        "column": 13,
        "severity": "warning",
        "message": "",
        "rule": "long-answer",
    }
    assert told.err == ""


@pytest.mark.parametrize("format_", ["text", "json", "github"])
def test_the_status_is_that_of_the_problems(format_: str, tmp_path: Path) -> None:
    assert check(written(tmp_path / "a", {"t.yaml": WRONG}), "--format", format_) == 1
    assert check(written(tmp_path / "b", {"t.yaml": LONG}), "--format", format_) == 0


def test_notes_that_are_well_are_an_empty_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {"t.yaml": item("fact: 問い\nis: 答え")})
    assert check(project, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert check(project, "--format", "github") == 0
    assert capsys.readouterr().out == ""


def test_github_gets_commands_with_its_escapes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "a,b", {"t.yaml": item("fact: 50%\nis:")})
    monkeypatch.chdir(tmp_path)
    assert check(Path("a,b"), "--format", "github") == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("::error file=a%2Cb/content/t.yaml,line=9,col=")
    assert line.partition("::error ")[2].partition("::")[2]
    written(tmp_path / "a,b", {"t.yaml": item('fact: 問い\nis: 答え\n"5%": x')})
    assert check(Path("a,b"), "--format", "github") == 1
    assert "'5%25'" in capsys.readouterr().out
