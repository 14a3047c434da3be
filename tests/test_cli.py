"""What the command line says, and what it leaves behind."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hitoe import __version__
from hitoe.build.request import OUTPUTS
from hitoe.cli import main
from support.notes import item, written
from support.projects import build, edit, example_copy

GOOD = item("fact: 問い\nis: 答え")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with one fact, outside git."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    return written(tmp_path / "small", {"t.yaml": GOOD})


def run(*words: str | Path) -> int:
    return main([str(word) for word in words])


def test_check_counts_and_builds_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = GOOD.replace("topic: t", "topic: u").replace("  e:", "  f:") + "      b: {fact: 甲, is: 乙}\n"
    two_entries = other + "  g: {title: 題, points: [点]}\n"
    project = written(tmp_path / "project", {"t.yaml": GOOD, "u.yaml": two_entries})
    assert run("check", "-C", project) == 0
    assert capsys.readouterr().out == "2 topics, 3 entries, 3 items: no problems\n"
    assert {path.name for path in project.iterdir()} == {"content"}


def test_check_warns_of_signs_that_the_sheet_cannot_print(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = example_copy(tmp_path / "project")
    edit(project, "chiri.yaml", "        is: 北海道\n", "        is: 北海道𝄞\n")
    assert run("check", "-C", project) == 0
    assert re.search(
        r"(?m)^content/topics/chiri.yaml:\d+:13: warning: the sheet's fonts have no '𝄞' \(U\+1D11E\): 〓 is printed",
        capsys.readouterr().err,
    )


def test_one_problem_and_several_are_counted_in_english(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(small, {"t.yaml": item("fact: 問い")})
    assert run("check", "-C", small) == 1
    assert capsys.readouterr().err.splitlines() == [
        "content/t.yaml:8:9: key 'is' is missing: add it",
        "hitoe: 1 problem, nothing was written",
    ]
    written(small, {"t.yaml": item("fact:\nis:")})
    assert run("check", "-C", small) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "hitoe: 2 problems, nothing was written"


def test_a_folder_that_is_no_project_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "-C", tmp_path / "nowhere") == 1
    nowhere = tmp_path / "nowhere"
    assert capsys.readouterr().err == f"hitoe: no folder '{nowhere}': name the one that holds content/ with -C\n"
    assert not (tmp_path / "nowhere").exists()


def test_a_project_is_the_folder_one_stands_in(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small)
    assert run("build", "deck") == 0
    assert (small / "build" / "own.apkg").is_file()


def test_a_build_elsewhere_leaves_the_project_as_it_is(small: Path, tmp_path: Path) -> None:
    assert run("build", "deck", "-C", small, "-o", tmp_path / "out") == 0
    assert (tmp_path / "out" / "own.apkg").is_file()
    assert sorted(path.name for path in small.rglob("*")) == ["content", "deck.yaml", "t.yaml"]


def test_a_folder_with_a_slash_behind_its_name_is_told_with_one_slash(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build", "deck", "-C", small, "-o", f"{tmp_path}/out/") == 0
    assert capsys.readouterr().out == f"{tmp_path}/out/own.apkg\n"


def test_a_folder_without_a_name_is_not_the_present_one(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(small)
    for command in ("build", "log"):
        assert run(command, "-o", "") == 1
        told = "hitoe: -o names no folder: write its name behind it, or leave -o out\n"
        assert capsys.readouterr().err == told
    assert sorted(path.name for path in small.rglob("*")) == ["content", "deck.yaml", "t.yaml"]


def test_a_locked_build_never_changes_the_ledger(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", "deck", "-C", small, "--locked") == 1
    assert "content/ledger.json would change" in capsys.readouterr().err
    assert not (small / "build").exists()
    assert run("build", "deck", "-C", small) == 0
    shutil.rmtree(small / "build")
    assert run("build", "deck", "-C", small, "--locked") == 0


def test_each_output_is_built_by_its_name_and_has_files_of_its_own(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(small, {"t.yaml": GOOD.replace("    items:", "    learned: 2020-W30\n    items:")})
    made = []
    for output in OUTPUTS:
        assert run("build", output, "-C", small) == 0
        made.append(capsys.readouterr().out.splitlines())
    assert all(made)
    assert len({file for files in made for file in files}) == sum(map(len, made))


def test_what_is_fresh_is_not_built_again(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", "deck", "-C", small) == 0
    assert "build/own.apkg" in capsys.readouterr().out
    before = (small / "build" / "own.apkg").stat()
    assert run("build", "deck", "-C", small) == 0
    after = (small / "build" / "own.apkg").stat()
    # Reading it moves the access time.
    assert (after.st_ino, after.st_mtime_ns, after.st_size) == (before.st_ino, before.st_mtime_ns, before.st_size)


def test_schema_names_what_it_wrote(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("schema", "-C", small) == 0
    assert capsys.readouterr().out.splitlines() == [
        "content/.schema/deck.schema.json",
        "content/.schema/topic.schema.json",
        "content/.schema/note-type.schema.json",
    ]


def test_diff_tells_of_new_notes_and_writes_nothing(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("diff", "-C", small) == 0
    assert "1 new" in capsys.readouterr().out
    assert not (small / "content" / "ledger.json").exists()


def test_restore_asks_for_a_deck(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ledger", "restore", "-C", small) == 1
    assert "name the deck to restore from" in capsys.readouterr().err
    assert run("ledger", "restore", "lost.apkg", "-C", small) == 1
    assert "no file 'lost.apkg': name the deck" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["bulid"], ["build", "dekc"], ["check", "--all"], ["ledger", "forget"]])
def test_an_order_that_is_not_understood_ends_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert stop.value.code == 2
    assert capsys.readouterr().err.startswith("usage: hitoe")


def test_an_output_that_is_none_is_told_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["build", "all"])
    assert capsys.readouterr().err.endswith("invalid choice: 'all' (choose from 'deck', 'sheet', 'log', 'exam')\n")


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"hitoe {__version__}\n"


def test_a_bug_of_hitoes_keeps_its_traceback(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    monkeypatch.setattr("hitoe.release.release.updated", None)
    with pytest.raises(TypeError):
        run("build", "deck", "-C", small)


@pytest.mark.parametrize(("words", "stream"), [(["coverage"], "stdout"), (["build", "--locked", "deck"], "stderr")])
def test_what_nobody_reads_any_more_ends_the_program_without_a_word(small: Path, words: list[str], stream: str) -> None:
    unread, written_to = os.pipe()
    os.close(unread)
    out, error = (written_to if name == stream else subprocess.PIPE for name in ("stdout", "stderr"))
    with subprocess.Popen([sys.executable, "-m", "hitoe", *words, "-C", small], stdout=out, stderr=error) as hitoe:
        said = hitoe.communicate(timeout=60)
    os.close(written_to)
    assert (hitoe.returncode, b"".join(filter(None, said))) == (141, b"")


@pytest.mark.parametrize("damage", [b"", b"{}", b"[1]", b"x\ny", b'{"deck": {"inputs": 1}, "log": 2}'])
def test_damaged_caches_are_as_good_as_none(tmp_path: Path, damage: bytes) -> None:
    project = example_copy(tmp_path / "project")
    good = build(project).read_bytes()
    for name in ("state.json", "memo-deck"):
        kept = project / "build" / ".cache" / name
        kept.write_bytes(kept.read_bytes()[:200] + damage if name == "memo-deck" else damage)
    assert build(project).read_bytes() == good


def test_commands_in_messages_can_be_run_from_the_folder_one_stands_in(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "my notes"
    small.rename(there)
    main(["build", "deck", "--locked", "-C", str(there)])
    assert f"run `hitoe build -C '{there}' deck` and commit it" in capsys.readouterr().err
    main(["ledger", "restore", "-C", str(there)])
    assert f": hitoe ledger -C '{there}' restore DECK.apkg" in capsys.readouterr().err
    assert main(["build", "-C", str(there), "deck"]) == 0
    assert main(["ledger", "-C", str(there), "restore", str(next((there / "build").glob("*.apkg")))]) == 0
    monkeypatch.chdir(there)
    capsys.readouterr()
    main(["ledger", "restore"])
    assert ": hitoe ledger restore DECK.apkg" in capsys.readouterr().err
