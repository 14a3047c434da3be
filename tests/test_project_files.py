"""Which files of a project are read, what is said of those that are not, and how their paths are printed."""

from pathlib import Path

import pytest
from hitoe.cli import main
from support.notes import DECK, item, problems, written

NOTES = item("fact: a\nis: b")
READ_ONLY = "this file is not read: only files named *.yaml are, so rename it to {}.yaml"
UNREAD = {
    "topic.yaml.txt": "topic",
    "topics/Topic.YAML.txt": "Topic",
    "topic.yaml.bak": "topic",
    "topic.yaml~": "topic",
    "topic.txt": "topic",
    "topic": "topic",
    "topic.ymal": "topic",
}


@pytest.mark.parametrize(("file", "stem"), UNREAD.items())
@pytest.mark.parametrize("command", [["check"], ["build", "deck"], ["build", "log"]])
def test_a_file_that_looks_like_notes_and_is_not_read_is_warned_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str], file: str, stem: str
) -> None:
    written(tmp_path, {"t.yaml": NOTES, file: NOTES.replace("  e:", "  f:").replace("topic: t", "topic: u")})
    assert main([*command, "-C", str(tmp_path)]) == 0
    assert f"content/{file}:1:1: warning: {READ_ONLY.format(stem)}\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    "file", ["t.yaml~", "t.yaml.bak", "t.yaml.txt", "README.md", "x.txt", ".t.yaml.swp", "LICENSE"]
)
def test_copies_and_other_files_are_passed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str) -> None:
    written(tmp_path, {"t.yaml": NOTES, file: NOTES if file.startswith("t.") else "about a topic: t\n"})
    assert main(["check", "-C", str(tmp_path)]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("command", [["check"], ["build"], ["build", "sheet"], ["log"], ["coverage"], ["diff"]])
def test_a_project_without_topics_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    written(tmp_path, {"topic.yaml.txt": NOTES})
    assert main([*command, "-C", str(tmp_path)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "content/deck.yaml:1:1: there are no notes beside this file: "
        "write a topic into content/topics/, in a file named *.yaml",
        f"content/topic.yaml.txt:1:1: {READ_ONLY.format('topic')}",
        "hitoe: 2 problems, nothing was written",
    ]
    assert not (tmp_path / "build").exists()


def test_a_mistake_in_the_deck_is_told_without_that(tmp_path: Path) -> None:
    assert problems(tmp_path, {"deck.yaml": DECK.replace("title", "titel")}) == [
        "content/deck.yaml:3:1: unknown key 'titel': did you mean 'title'?"
    ]


@pytest.mark.parametrize("content", [True, False])
def test_a_folder_without_notes_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bool) -> None:
    if content:
        (tmp_path / "content").mkdir()
    assert main(["build", "-C", str(tmp_path)]) == 1
    where = "" if content else ", or name the project's folder with -C"
    assert capsys.readouterr().err.splitlines()[0] == (
        f"content/deck.yaml:1:1: the file is missing: write format, key, title and language into it{where}"
    )


@pytest.mark.parametrize("command", ["check", "build", "log", "diff", "coverage", "schema"])
def test_a_folder_that_is_not_there_is_told_and_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main([command, "-C", str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err == f"hitoe: no folder '{tmp_path}/none': name the one that holds content/ with -C\n"
    assert not (tmp_path / "none").exists()


def test_paths_are_printed_where_the_files_lie(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "p", {"t.yaml": NOTES})
    assert main(["build", "deck", "-C", "p"]) == 0
    built = capfd.readouterr()
    assert built.out == "p/build/own.apkg\n"
    assert built.err == "hitoe: commit p/content/ledger.json with the deck you import\n"
    written(tmp_path / "p", {"u.yaml": NOTES, "topic.yaml.txt": NOTES})
    assert main(["check", "-C", "p"]) == 1
    told = capfd.readouterr().err.splitlines()
    assert told[0] == "p/content/u.yaml:1:8: topic 't' stands also in p/content/t.yaml:1:8: rename one"
    monkeypatch.chdir("p")
    assert main(["check"]) == 1
    told = capfd.readouterr().err.splitlines()
    assert told[0] == "content/u.yaml:1:8: topic 't' stands also in content/t.yaml:1:8: rename one"
    (tmp_path / "p" / "content" / "u.yaml").unlink()
    assert main(["check", "-C", str(tmp_path / "p")]) == 0
    assert capfd.readouterr().err.startswith(f"{tmp_path}/p/content/topic.yaml.txt:1:1: warning: ")
