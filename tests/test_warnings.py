"""Characters that Anki changes are told of, and nothing stops for them."""

from pathlib import Path

import pytest
from hitoe.cli import main
from support.projects import build, edit, example_copy

TOLD = (
    "content/topics/ryori.yaml:35:13: warning: Anki turns 'か\u3099' (U+304B U+3099) into 'が' (U+304C): "
    "type it anew as one character\n"
    "content/topics/ryori.yaml:35:13: warning: Anki turns '\ufa19' (U+FA19) into '\u795e' (U+795E): "
    "write '\u795e', or say in words how it looks\n"
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1609459200")
    project = example_copy(tmp_path / "project")
    edit(project, "ryori.yaml", "is: 池田菊苗\n", 'is: "\ufa19と\\u304b\\u3099とか\u3099"\n')
    return project


def test_check_warns_of_characters_that_anki_changes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "-C", str(project)]) == 0
    told = capsys.readouterr().err
    assert TOLD in told
    assert told.count("ryori.yaml:35:13") == TOLD.count("\n") + 1  # the sheet's fonts lack them as well


def test_every_build_warns_of_them(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        build(project)
        assert TOLD in capsys.readouterr().err
        edit(project, "chiri.yaml", "topic: chiri", "topic: chiri ")


def test_the_deck_holds_what_anki_keeps(project: Path) -> None:
    before = build(project).read_bytes()
    edit(project, "ryori.yaml", '"\ufa19と\\u304b\\u3099とか\u3099"', "\u795eとがとが")
    assert build(project).read_bytes() == before


def test_clean_notes_bring_no_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "-C", str(example_copy(tmp_path / "clean"))]) == 0
    assert "Anki turns" not in capsys.readouterr().err
