"""`hitoe open` hands the deck to the desktop, and says what to do where there is none."""

import sys
from pathlib import Path

import pytest
from hitoe.cli import main
from support.notes import DECK, item, written

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="puts an xdg-open of its own into PATH")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return written(tmp_path / "p", {"deck.yaml": DECK, "t.yaml": item("fact: 問い\nis: 答え")})


def desktop(project: Path, script: str) -> None:
    path = project.parent / "bin/xdg-open"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_the_deck_is_built_and_opened(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desktop(project, 'echo "$#:$1" > "${0%/*}/opened"')
    assert main(["open", "-C", str(project)]) == 0
    package = project.resolve() / "build/own.apkg"
    assert (project.parent / "bin/opened").read_text() == f"1:{package}\n"
    assert package.is_file()
    assert capsys.readouterr().out.splitlines() == [
        "build/own.apkg",
        "in Anki's import dialog leave all as it is, and press Import",
        "expected, by the ledger: 1 new, 0 changed, 0 retired notes",
        "0 cards keep their schedule",
    ]


def test_without_a_desktop_the_file_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["open", "-C", str(project)]) == 1
    said = capsys.readouterr().err.splitlines()[-1]
    by_hand = "in Anki choose File → Import, and the file build/own.apkg"
    assert said == f"hitoe: there is no desktop here (no `xdg-open`): {by_hand}"


def test_a_desktop_that_cannot_open_it_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desktop(project, "exit 3")
    assert main(["open", "-C", str(project)]) == 1
    by_hand = "in Anki choose File → Import, and the file build/own.apkg"
    assert capsys.readouterr().err.splitlines()[-1] == f"hitoe: `xdg-open` could not open own.apkg: {by_hand}"


def test_mistakes_in_the_notes_open_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desktop(project, 'echo > "${0%/*}/opened"')
    written(project, {"t.yaml": item("fact: 問い")})
    assert main(["open", "-C", str(project)]) == 1
    assert "key 'is' is missing" in capsys.readouterr().err
    assert [path.name for path in (project.parent / "bin").iterdir()] == ["xdg-open"]
