"""Retired cards in the real Anki: they reach no new learner, and who has them keeps them under a banner."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from anki.collection import Collection
from hitoe.model.identity import guid
from support import anki_engine as engine
from support.notes import written
from support.projects import build

FIRST, LATER, LAST = "1609459200", "1609545600", "1609632000"
Cards = set[tuple[str, int]]
SHARED_TYPES = """\
{"format": 1
, "type cloze": {"hash": "", "mod": 1}
, "type picture": {"hash": "", "mod": 1}
, "type standard": {"hash": "", "mod": 1}
}
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="9" height="9"/></svg>'
BANNER, CARD_BANNER = "この項目は廃止されました", "このカードは廃止されました"
RETIRED = "retired: true, "

FACTS = range(11)
KEYS = ("both", "blanks", "table[r,c]", "table[r]", "steps[s2]", "code", "calc", "picture[left]", "choice")
GONE: Cards = {
    *((f"e.f{number}", 0) for number in FACTS),
    *((f"e.{key}", 0) for key in KEYS),
    *(("e.both", 1), ("e.blanks", 1), ("e.table[r,c]", 1)),
}
"""The cards of the 20 notes that retire."""


def topic(retired: str = "", blank: str = "{{c2::二}}", numbers: str = "", reverse: str = "") -> str:
    """Return a topic file: 20 notes of all types that are retired by `retired`, and others beside them."""
    facts = "".join(f"      f{number}: {{{retired}fact: 問い{number}, is: 答え{number}}}\n" for number in FACTS)
    return f"""\
topic: t
title: 題
entries:
  e:
    title: 題
    items:
{facts}      both: {{{retired}fact: 両面, is: 表, reverse: 裏から}}
      blanks: {{{retired}cloze: "穴 {{{{c1::甲}}}} と {{{{c2::乙}}}}"}}
      table:
        table: 表
        columns: {{c: 列}}
        ask: both
        ask_rows: true
        rows: {{r: {{{retired}label: 行, c: 値}}, other: {{label: 別の行, c: 別の値}}}}
      steps:
        steps: 手順
        sequence: {{s1: 初め, s2: {{{retired}text: 次}}, s3: 終わり}}
      code: {{{retired}code: 一覧, is: ls}}
      calc: {{{retired}calc: 計算, given: {{x: {{value: 2}}}}, formula: x, unit: 個}}
      choice: {{{retired}choice: "どちら?", of: live, options: {{a: {{right: 甲}}, b: {{wrong: 乙, why: 違う}}}}}}
      picture:
        picture: 絵
        image: {{file: a.svg, alt: 絵}}
        regions:
          left: {{{retired}label: 左, left: 0, top: 0, width: 40, height: 40}}
          right: {{label: 右, left: 50, top: 0, width: 40, height: 40}}
      live: {{fact: 生きた問い, is: 生きた答え{reverse}}}
      number: {{cloze: "番号 {{{{c1::一}}}} と {blank}"{numbers}}}
"""


@dataclass(frozen=True)
class Bench:
    """A project in which retired notes come and go."""

    root: Path
    monkeypatch: pytest.MonkeyPatch

    def ship(self, time: str, text: str) -> Path:
        """Build a deck of this topic file at a time, and commit what goes with it."""
        self.monkeypatch.setenv("SOURCE_DATE_EPOCH", time)
        written(self.root, {"t.yaml": text, "a.svg": PICTURE})
        package = build(self.root)
        settings = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
        subprocess.run(["git", "-C", self.root, "add", "content"], check=True)
        subprocess.run(["git", "-C", self.root, *settings, "commit", "--quiet", "-m", "shipped"], check=True)
        return package


@pytest.fixture(params=["own note types", "shared note types"])
def bench(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    root = tmp_path / "project"
    written(root, {"ledger.json": SHARED_TYPES} if request.param == "shared note types" else {})
    subprocess.run(["git", "init", "--quiet", root], check=True)
    return Bench(root, monkeypatch)


def asked(col: Collection) -> Cards:
    """Return the cards of a collection by the paths of their notes."""
    paths = {its: fields["Id"].partition("/")[2] for its, fields in engine.fields(col).items()}
    return {(paths[its], number) for its, number in engine.schedules(col)}


def test_what_retired_before_is_not_asked_of_a_new_learner(bench: Bench, tmp_path: Path) -> None:
    whole = bench.ship(FIRST, topic(reverse=", reverse: 逆"))
    package = bench.ship(LATER, topic(RETIRED, blank="二", numbers=", retired_clozes: [2]"))
    with engine.collection(tmp_path / "old") as col:
        engine.import_deck(col, whole)
        everything = asked(col)
    held = {*GONE, ("e.live", 1), ("e.number", 1)}
    with engine.collection(tmp_path / "new") as col:
        assert engine.import_deck(col, package).new == len({path for path, _ in everything})
        assert asked(col) == everything - held
        assert engine.study(col) == len(everything) - len(held)
        assert len({path for path, _ in GONE}) == 20
        tags = engine.tags(col)
        assert all("廃止" in tags[guid("own", path)] for path, _ in GONE)
        assert not col.get_empty_cards().notes
        # Only these are missing to Anki, which makes them when the learner lets it check the database.
        assert engine.faults(col) == []
        assert asked(col) == everything
        sides = engine.sides(col)
        assert all(BANNER in engine.seen(sides[guid("own", path), number][0]) for path, number in GONE)


def test_a_first_deck_asks_nothing_that_is_retired(bench: Bench, tmp_path: Path) -> None:
    package = bench.ship(FIRST, topic(RETIRED, blank="二", numbers=", retired_clozes: [2]"))
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, package)
        assert asked(col) & GONE == set()
        assert ("e.number", 1) not in asked(col)
        assert (
            engine.import_deck(col, bench.ship(LATER, topic(blank="二", numbers=", retired_clozes: [2]"))).conflicting
            == 0
        )
        assert asked(col) >= GONE


def test_who_has_a_card_keeps_it_under_a_banner(bench: Bench, tmp_path: Path) -> None:
    whole = bench.ship(FIRST, topic(reverse=", reverse: 逆"))
    package = bench.ship(LATER, topic(RETIRED, blank="二", numbers=", retired_clozes: [2]"))
    with engine.collection(tmp_path / "anki") as col:
        engine.import_deck(col, whole)
        assert engine.study(col) == len(engine.schedules(col))
        assert engine.faults(col) == []  # now, so that a later check changes no schedule
        mine = col.get_note(col.find_notes('"Id:own/e.f0"')[0])
        mine["Answer"] += "(私のメモ)"
        col.update_note(mine)
        before, reviews = engine.schedules(col), engine.reviews(col)
        log = engine.import_deck(col, package)
        assert (log.new, log.conflicting) == (0, 0)
        assert (engine.schedules(col), engine.reviews(col)) == (before, reviews)
        assert not col.get_empty_cards().notes
        sides, tags = engine.sides(col), engine.tags(col)
        assert engine.fields(col)[guid("own", "e.f0")]["Answer"] == "答え0(私のメモ)"
        assert "廃止" not in tags[guid("own", "e.f0")]
        for path, number in GONE - {("e.f0", 0)}:
            assert BANNER in engine.seen(sides[guid("own", path), number][0]), path
            assert "廃止" in tags[guid("own", path)], path
        for path in ("e.live", "e.number"):
            assert CARD_BANNER in engine.seen(sides[guid("own", path), 1][0]), path
            assert CARD_BANNER not in engine.seen(sides[guid("own", path), 0][1]), path
        assert engine.faults(col) == []
        assert engine.schedules(col) == before


def test_what_is_asked_again_reaches_new_learners_and_who_had_it_keeps_it(
    bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = bench.ship(FIRST, topic(reverse=", reverse: 逆"))
    without = bench.ship(LATER, topic(RETIRED))
    again = bench.ship(LAST, topic(reverse=", reverse: 逆"))
    assert "'e.f0' was retired in a shipped deck and is asked again" in capsys.readouterr().err
    with engine.collection(tmp_path / "old") as col:
        engine.import_deck(col, whole)
        engine.study(col)
        before = engine.schedules(col)
        everything = asked(col)
        engine.import_deck(col, without)
        engine.import_deck(col, again)
        assert engine.schedules(col) == before
        assert not any("廃止" in its_tags for its_tags in engine.tags(col).values())
        assert not any("廃止" in engine.seen(side) for both in engine.sides(col).values() for side in both)
    with engine.collection(tmp_path / "new") as col:
        engine.import_deck(col, without)
        assert asked(col) == everything - {*GONE, ("e.live", 1)}
        engine.study(col)
        before = engine.schedules(col)
        engine.import_deck(col, again)
        assert asked(col) == everything
        assert engine.schedules(col).items() >= before.items()
        assert engine.study(col) == len(GONE) + 1
    with engine.collection(tmp_path / "newest") as col:
        engine.import_deck(col, again)
        assert asked(col) == everything
