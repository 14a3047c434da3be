"""Generates projects of any size for benchmarks: kinds, lengths and characters as in real notes, always the same."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

NOTES_PER_FILE, ITEMS_PER_FILE = 50, 40
DECK = """\
format: 1
key: bench
title: 計測用
domains:
  development: {title: 開発, weight: 50}
  security: {title: 安全}
"""
HINTED, EXPLAINED = 0.1, 0.8
SUBJECTS = (
    "キュー",
    "ストリーム",
    "関数",
    "バケット",
    "トランザクション",
    "ロードバランサー",
    "スナップショット",
    "鍵",
)
PROPERTIES = ("最大サイズ", "保持期間の既定値", "読み取りの単位", "課金の対象", "暗号化のしかた", "再試行の回数")
NAMES = ("GetItem#", "PutRecord#", "arn:aws:kms:*:#:key/*", "AWS::S3::Bucket#", "<LocalPath#>", "$0.#", "x & y#")
CLAUSES = (
    "既定では#個まで",
    "あとから#回変更できる",
    "呼び出し側が#個決める",
    "#個の区画のなかで順序が守られる",
    "#秒あたりで数える",
)
"""Texts with a random number in place of #, so that about as many answers are equal as in real notes.

In the notes of this project 67 of 592 answers occur in more than one entry.
"""

MEANINGS = ("to examine closely", "a long, narrow road", "severe; harsh", "shadow", "to be left behind", "one's own")


def write(folder: Path, notes: int) -> None:
    """Write a project with this number of notes, a multiple of 50, into `folder`: 50 notes a file."""
    if notes % NOTES_PER_FILE:
        raise ValueError(f"not a multiple of {NOTES_PER_FILE}: {notes}")
    topics = folder / "content" / "topics"
    topics.mkdir(parents=True)
    (folder / "content" / "deck.yaml").write_text(DECK, "utf-8")
    rng = Random(notes)
    for number in range(notes // NOTES_PER_FILE):
        (topics / f"topic-{number:04}.yaml").write_text(_topic(number, rng), "utf-8")


def write_weeks(folder: Path, weeks: int, entries: int = 30) -> None:
    """Write a project with this number of weeks from 2016 on, one file a week, each with entries of three items."""
    topics = folder / "content" / "topics"
    topics.mkdir(parents=True)
    (folder / "content" / "deck.yaml").write_text(DECK, "utf-8")
    rng = Random(weeks)
    for number in range(weeks):
        (topics / f"topic-{number:04}.yaml").write_text(_week(number, entries, rng), "utf-8")


def write_words(folder: Path, words: int) -> None:
    """Write a vocabulary with this number of words, a multiple of 50, into `folder`: facts with reading and reverse."""
    if words % NOTES_PER_FILE:
        raise ValueError(f"not a multiple of {NOTES_PER_FILE}: {words}")
    topics = folder / "content" / "topics"
    topics.mkdir(parents=True)
    (folder / "content" / "deck.yaml").write_text(DECK, "utf-8")
    rng = Random(words)
    for number in range(words // NOTES_PER_FILE):
        (topics / f"topic-{number:04}.yaml").write_text(_vocabulary(number, rng), "utf-8")


def edit(folder: Path, number: int) -> None:
    """Change the answer of one note; each `number` gives another answer."""
    file = folder / "content" / "topics" / "topic-0000.yaml"
    lines = file.read_text("utf-8").split("\n")
    place = next(i for i, line in enumerate(lines) if line.startswith("        is: "))
    lines[place] = f"        is: 答えその{number}"
    file.write_text("\n".join(lines), "utf-8")


def _topic(number: int, rng: Random) -> str:
    """Return a topic file: 20 facts, 14 clozes, 3 codes, a calculation, 3 steps and a table of 9 cells."""
    make_items = [_fact] * 20 + [_cloze] * 14 + [_code] * 3 + [_calc, _steps, _table]
    rng.shuffle(make_items)
    lines = [f"topic: topic-{number:04}", f"title: 話題 {number}", "entries:"]
    for i, make in enumerate(make_items):
        if i % 5 == 0:
            lines += _entry(f"entry-{number:04}-{i // 5}", rng)
        lines += [f"      item-{i}:", *(f"        {line}" for line in make(rng))]
    return "\n".join([*lines, ""])


def _week(number: int, entries: int, rng: Random) -> str:
    """Return the topic file of a week: in every entry a fact, a cloze and an item of another kind."""
    monday = date(2016, 1, 4) + timedelta(weeks=number)
    others = (_code, _calc, _steps, _table)
    lines = [f"topic: topic-{number:04}", f"title: 話題 {number}", "entries:"]
    for i in range(entries):
        lines += _entry(f"entry-{number:04}-{i}", rng, monday.isoformat())
        for j, make in enumerate((_fact, _cloze, others[i % len(others)])):
            lines += [f"      item-{j}:", *(f"        {line}" for line in make(rng))]
    return "\n".join([*lines, ""])


def _vocabulary(number: int, rng: Random) -> str:
    """Return the topic file of 50 words, ten in an entry."""
    lines = [f"topic: topic-{number:04}", f"title: 話題 {number}", "entries:"]
    for i in range(NOTES_PER_FILE):
        if i % 10 == 0:
            lines += _entry(f"entry-{number:04}-{i // 10}", rng)
        lines += [f"      item-{i}:", *(f"        {line}" for line in _word(rng))]
    return "\n".join([*lines, ""])


def _entry(key: str, rng: Random, learned: str | None = None) -> list[str]:
    return [
        f"  {key}:",
        f"    title: {rng.choice(SUBJECTS)}の{rng.choice(PROPERTIES)}",
        f"    learned: {learned or f'2020-W{rng.randint(10, 50)}'}",
        f"    domain: {rng.choice(('development', 'security'))}",
        "    sources:",
        f'      - {{title: "Developer Guide {key}", url: "https://docs.example.com/guide/{key}.html"}}',
        "    items:",
    ]


def _one(rng: Random, choices: Sequence[str]) -> str:
    return rng.choice(choices).replace("#", str(rng.randint(1, 999)))


def _plain(rng: Random) -> str:
    return f"{rng.choice(SUBJECTS)}{rng.randint(1, 999)}の{rng.choice(PROPERTIES)}"


def _marked(rng: Random) -> str:
    """Return a quoted value; as in real notes, about half of them have code or bold text."""
    shape = rng.choice(
        ("{p}が{n} KB", "{p}が**{n} 秒**まで", "`{a}` の{p}", "{c}({n} 回まで)", "**{c}**: `{a}`", "{c}")
    )
    values = {"p": rng.choice(PROPERTIES), "a": _one(rng, NAMES), "c": _one(rng, CLAUSES)}
    return f'"{shape.format(n=rng.randint(1, 999), **values)}"'


def _fact(rng: Random) -> list[str]:
    more = rng.random()
    extra = [f"hint: {_one(rng, CLAUSES)}"] * (more < HINTED) + [f"extra: {_marked(rng)}"] * (more > EXPLAINED)
    return [f"fact: {_plain(rng)}", f"is: {_marked(rng)}", *extra]


def _word(rng: Random) -> list[str]:
    kanji = "".join(chr(rng.randrange(0x4E00, 0x4F00)) for _ in range(rng.randint(1, 3)))
    ending = rng.choice(("", "", "る", "しい"))
    kana = "".join(rng.choice("あいうえおかきくけこさしすせそたちつてとなにのはまみやゆらりわん") for _ in range(3))
    return [
        f"fact: {kanji}{ending}",
        f"is: {rng.choice(MEANINGS)} {rng.randint(1, 999)}",
        f"reverse: {rng.choice(MEANINGS)} {rng.randint(1, 999)}は日本語で?",
        f"reading: {kanji}{ending}[{kana}{ending}]",
    ]


def _cloze(rng: Random) -> list[str]:
    first = f"{{{{c1::{rng.randint(1, 999)} KB::大きさ}}}}"
    second = f"{{{{c2::`{_one(rng, NAMES)}`}}}}"
    return [f'cloze: "{_plain(rng)}は{first}で、{second} を使うと{_one(rng, CLAUSES)}"']


def _code(rng: Random) -> list[str]:
    lines = [f"aws service {_one(rng, NAMES[:2])} --size {rng.randint(1, 99)} \\", "  --query 'Items[].Name'"]
    return [f"code: {_plain(rng)}を調べる", "language: shell", "is: |", *(f"  {line}" for line in lines)]


def _calc(rng: Random) -> list[str]:
    return [
        f"calc: {_plain(rng)}から求めた同時実行数",
        "given:",
        f"  rate: {{value: {rng.randint(1, 99)}, unit: 回/秒, label: 呼び出し}}",
        f"  duration: {{value: {rng.randint(1, 9)}.5, unit: 秒}}",
        "formula: ceil(rate * duration)",
        "unit: 個",
    ]


def _steps(rng: Random) -> list[str]:
    steps = [f"  step-{i}: {_marked(rng)}" for i in range(3)]
    return [f"steps: {_plain(rng)}の手順", "sequence:", *steps]


def _table(rng: Random) -> list[str]:
    columns = [f"  column-{i}: {rng.choice(PROPERTIES)}{i}" for i in range(3)]
    rows = [
        f"  ROW_{row}: {{{', '.join(f'column-{i}: {_marked(rng)}' for i in range(3))}}}"
        for row in ("ONE", "TWO", "SIX")
    ]
    return [f"table: {_plain(rng)}の比較", "corner: 種類", "columns:", *columns, "rows:", *rows]
