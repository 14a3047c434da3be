"""Characters that Anki changes are told of, and nothing stops for them."""

import re
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
FRESHNESS = re.compile(
    r"warning: (?:checked \d+ days ago|checked on [\d-]+, which is still to come|changed: "
    r"|entry '[\w-]+' (?:has no sources|was never checked))"
)


def besides_freshness(told: str) -> str:
    """Return what was told but for what is old or unproven: the example has some of either."""
    return "".join(line for line in told.splitlines(keepends=True) if not FRESHNESS.search(line))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1609459200")
    project = example_copy(tmp_path / "project")
    edit(project, "ryori.yaml", "is: 池田菊苗\n", 'is: "\ufa19と\\u304b\\u3099とか\u3099"\n')
    return project


def test_check_warns_of_characters_that_anki_changes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "-C", str(project)]) == 0
    assert besides_freshness(capsys.readouterr().err) == TOLD


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
    assert besides_freshness(capsys.readouterr().err) == ""
