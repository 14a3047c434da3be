"""After a merge that took one side's files whole, the learners of both sides get the text that is built next."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hitoe.cli import main
from hitoe.release.ledger import NoteRow, load
from support.notes import DECK, written

NOTES = """\
topic: t
title: 題
entries:
  e:
    title: 題
    items:
      a: {fact: 問い, is: 元}
      b: {fact: 謎, is: 解}
"""
BASE, EARLY, LATE, NOW = 1_600_000_000, 1_600_000_300, 1_600_000_500, 1_600_001_000


def git(folder: Path, *words: str, check: bool = True) -> None:
    who = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main")
    subprocess.run(["git", "-C", str(folder), *who, *words], check=check, capture_output=True)


class Side:
    """A project on one branch, and what was built there."""

    def __init__(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.project = project
        self._monkeypatch = monkeypatch

    def build(self, second: int, status: int = 0) -> None:
        self._monkeypatch.setenv("SOURCE_DATE_EPOCH", str(second))
        assert main(["build", "deck", "-C", str(self.project)]) == status

    def ship(self, second: int, text: str) -> Mapping[str, NoteRow]:
        written(self.project, {"t.yaml": text})
        self.build(second)
        git(self.project, "add", "--all")
        git(self.project, "commit", "--quiet", "-m", text)
        return self.rows

    @property
    def rows(self) -> Mapping[str, NoteRow]:
        return load((self.project / "content" / "ledger.json").read_text("utf-8")).notes


@pytest.fixture
def side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Side:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    project = written(tmp_path / "p", {"deck.yaml": DECK, "t.yaml": NOTES})
    git(tmp_path, "init", "--quiet", "p")
    (project / ".gitignore").write_text("build/\n")
    return Side(project, monkeypatch)


def reached(final: Mapping[str, NoteRow], *shipped: Mapping[str, NoteRow]) -> None:
    """See that Anki takes the final notes over those of each shipped deck, unless they are the same."""
    for rows in shipped:
        for guid, row in rows.items():
            assert final[guid].hash == row.hash or final[guid].mod > row.mod
            assert set(row.ords) <= set(final[guid].ords)


def conflicting(choice: str) -> Callable[[Side], None]:
    def settle(side: Side) -> None:
        git(side.project, "merge", "theirs", check=False)
        git(side.project, "checkout", choice, "content")

    settle.__name__ = choice.strip("-")
    return settle


def strategy(*words: str) -> Callable[[Side], None]:
    def settle(side: Side) -> None:
        git(side.project, "merge", "--no-commit", *words, "theirs")

    settle.__name__ = "".join(words)
    return settle


SETTLED = [
    *(conflicting("--ours"), conflicting("--theirs")),
    *(strategy("-s", "ours"), strategy("-X", "ours"), strategy("-X", "theirs")),
]


MERGES = [
    # `make test` has every pair of two of them, in half of the combinations.
    pytest.param(settle, later, built, marks=[] if (one + two + three) % 2 == 0 else [pytest.mark.slow])
    for one, settle in enumerate(SETTLED)
    for two, later in enumerate(["ours", "theirs"])
    for three, built in enumerate(["in the merge", "after it", "after it and another commit"])
]


@pytest.mark.parametrize(("settle", "later", "built"), MERGES)
def test_the_learners_of_both_sides_get_what_is_built_after_a_merge(
    side: Side, settle: Callable[[Side], None], later: str, built: str
) -> None:
    times = {"ours": EARLY, "theirs": EARLY} | {later: LATE}
    side.ship(BASE, NOTES)
    git(side.project, "checkout", "--quiet", "-b", "theirs")
    theirs = side.ship(times["theirs"], NOTES.replace("元", "彼ら"))
    git(side.project, "checkout", "--quiet", "main")
    ours = side.ship(times["ours"], NOTES.replace("元", "我ら"))
    settle(side)
    git(side.project, "add", "--all")
    if built == "in the merge":
        side.build(NOW)
        reached(side.rows, ours, theirs)
    git(side.project, "commit", "--quiet", "-m", "merge")
    if built.endswith("another commit"):
        (side.project / "other").touch()
        git(side.project, "add", "--all")
        git(side.project, "commit", "--quiet", "-m", "other")
        written(side.project, {"u.yaml": NOTES.replace("topic: t", "topic: u").replace("  e:", "  f:")})
    side.build(NOW)
    reached(side.rows, ours, theirs)
    known = side.rows
    git(side.project, "add", "--all")
    git(side.project, "commit", "--quiet", "--allow-empty", "-m", "built")
    side.build(NOW + 100)
    assert side.rows == known


@pytest.mark.parametrize("settle", SETTLED[:3], ids=lambda settle: settle.__name__)
def test_an_item_that_only_the_other_side_shipped_is_missed_after_a_merge(
    side: Side, settle: Callable[[Side], None], capsys: pytest.CaptureFixture[str]
) -> None:
    side.ship(BASE, NOTES)
    git(side.project, "checkout", "--quiet", "-b", "theirs")
    side.ship(LATE, NOTES.replace("元", "彼ら") + "      c: {fact: 彼らの問い, is: 解}\n")
    git(side.project, "checkout", "--quiet", "main")
    side.ship(EARLY, NOTES.replace("元", "我ら") + "      d: {fact: 我らの問い, is: 解}\n")
    settle(side)
    git(side.project, "add", "--all")
    git(side.project, "commit", "--quiet", "-m", "merge")
    side.build(NOW, status=1)
    gone = "'e.d'" if settle.__name__ == "theirs" else "'e.c'"
    assert f"{gone} was shipped and is gone" in capsys.readouterr().err


def test_learners_of_both_sides_get_what_is_built_after_a_merge_that_mixed_the_ledgers(side: Side) -> None:
    side.ship(BASE, NOTES)
    git(side.project, "checkout", "--quiet", "-b", "theirs")
    more = NOTES.replace("items:\n", "items:\n      c: {fact: 彼らの問い, is: 解}\n")
    theirs = side.ship(LATE, more.replace("謎", "彼らの謎"))
    git(side.project, "checkout", "--quiet", "main")
    ours = side.ship(EARLY, NOTES.replace("謎", "我らの謎"))
    git(side.project, "merge", "--quiet", "--no-edit", "-X", "ours", "theirs")
    assert ours.items() <= side.rows.items()
    assert side.rows.keys() == theirs.keys() > ours.keys()
    side.build(NOW)
    reached(side.rows, ours, theirs)


def test_learners_of_both_sides_get_what_is_built_while_git_picks_a_commit(side: Side) -> None:
    side.ship(BASE, NOTES)
    git(side.project, "checkout", "--quiet", "-b", "theirs")
    theirs = side.ship(LATE, NOTES.replace("元", "彼ら"))
    git(side.project, "checkout", "--quiet", "main")
    ours = side.ship(EARLY, NOTES.replace("元", "我ら"))
    git(side.project, "cherry-pick", "theirs", check=False)
    git(side.project, "checkout", "--ours", "content")
    side.build(NOW)
    reached(side.rows, ours, theirs)


def test_a_merge_that_changed_no_file_makes_the_deck_stale(side: Side) -> None:
    side.ship(BASE, NOTES)
    git(side.project, "checkout", "--quiet", "-b", "theirs")
    theirs = side.ship(LATE, NOTES.replace("元", "彼ら"))
    git(side.project, "checkout", "--quiet", "main")
    ours = side.ship(EARLY, NOTES.replace("元", "我ら"))
    side.build(NOW)
    git(side.project, "merge", "--quiet", "--no-edit", "-s", "ours", "theirs")
    side.build(NOW)
    reached(side.rows, ours, theirs)


def test_a_ledger_that_is_rebuilt_after_a_merge_forgets_what_the_merge_dropped(side: Side) -> None:
    side.ship(BASE, NOTES)
    git(side.project, "checkout", "--quiet", "-b", "theirs")
    side.ship(LATE, NOTES + "      c: {fact: 彼らの問い, is: 解}\n")
    git(side.project, "checkout", "--quiet", "main")
    side.ship(EARLY, NOTES.replace("元", "我ら"))
    git(side.project, "merge", "--quiet", "--no-edit", "-s", "ours", "theirs")
    side.build(NOW, status=1)
    assert main(["ledger", "rebuild", "-C", str(side.project)]) == 0
    git(side.project, "add", "--all")
    git(side.project, "commit", "--quiet", "-m", "rebuilt")
    side.build(NOW + 100)


def test_two_notes_to_which_two_branches_gave_one_id_get_two(side: Side) -> None:
    side.ship(BASE, NOTES)
    path = side.project / "content" / "ledger.json"
    one, other = (row.id for row in side.rows.values())
    path.write_text(path.read_text("utf-8").replace(str(other), str(one)), "utf-8")
    git(side.project, "commit", "--quiet", "-am", "one id")
    written(side.project, {"t.yaml": NOTES.replace("解", "別の解")})
    side.build(NOW)
    assert len({row.id for row in side.rows.values()}) == 2
