"""A made-up project of any size, for timing: the kinds, sizes and signs of real notes, the same on every machine."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

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
"""Each with a number of its own in place of #: of real answers one in nine is asked in another entry too, none in five.

Measured on the notes of this project: 67 of 592, counting an answer once for each entry.
"""
Words = random.Random


def write(folder: Path, notes: int) -> None:
    """Write a project that makes that many notes, a multiple of 50, into `folder`: 50 notes a file."""
    if notes % NOTES_PER_FILE:
        raise ValueError(f"not a multiple of {NOTES_PER_FILE}: {notes}")
    topics = folder / "content" / "topics"
    topics.mkdir(parents=True)
    (folder / "content" / "deck.yaml").write_text(DECK, "utf-8")
    words = random.Random(notes)
    for number in range(notes // NOTES_PER_FILE):
        (topics / f"topic-{number:04}.yaml").write_text(_topic(number, words), "utf-8")


def write_weeks(folder: Path, weeks: int, entries: int = 30) -> None:
    """Write a project in which every week learned as many entries of three items each: a file a week, from 2016 on."""
    topics = folder / "content" / "topics"
    topics.mkdir(parents=True)
    (folder / "content" / "deck.yaml").write_text(DECK, "utf-8")
    words = random.Random(weeks)
    for number in range(weeks):
        (topics / f"topic-{number:04}.yaml").write_text(_week(number, entries, words), "utf-8")


def edit(folder: Path, number: int) -> None:
    """Change the answer of one note, to another one for each `number`."""
    file = folder / "content" / "topics" / "topic-0000.yaml"
    lines = file.read_text("utf-8").split("\n")
    place = next(i for i, line in enumerate(lines) if line.startswith("        is: "))
    lines[place] = f"        is: 答えその{number}"
    file.write_text("\n".join(lines), "utf-8")


def _topic(number: int, words: Words) -> str:
    """Return a topic file: 20 facts, 14 clozes, 3 codes, a calculation, 3 steps and a table of 9 cells."""
    makers = [_fact] * 20 + [_cloze] * 14 + [_code] * 3 + [_calc, _steps, _table]
    words.shuffle(makers)
    lines = [f"topic: topic-{number:04}", f"title: 話題 {number}", "entries:"]
    for i, make in enumerate(makers):
        if i % 5 == 0:
            lines += _entry(f"entry-{number:04}-{i // 5}", words)
        lines += [f"      item-{i}:", *(f"        {line}" for line in make(words))]
    return "\n".join([*lines, ""])


def _week(number: int, entries: int, words: Words) -> str:
    """Return a week's file: in every entry a fact, a cloze and one of the other kinds."""
    monday = date(2016, 1, 4) + timedelta(weeks=number)
    others = (_code, _calc, _steps, _table)
    lines = [f"topic: topic-{number:04}", f"title: 話題 {number}", "entries:"]
    for i in range(entries):
        lines += _entry(f"entry-{number:04}-{i}", words, monday.isoformat())
        for j, make in enumerate((_fact, _cloze, others[i % len(others)])):
            lines += [f"      item-{j}:", *(f"        {line}" for line in make(words))]
    return "\n".join([*lines, ""])


def _entry(key: str, words: Words, learned: str | None = None) -> list[str]:
    return [
        f"  {key}:",
        f"    title: {words.choice(SUBJECTS)}の{words.choice(PROPERTIES)}",
        f"    learned: {learned or f'2020-W{words.randint(10, 50)}'}",
        f"    domain: {words.choice(('development', 'security'))}",
        "    sources:",
        f'      - {{title: "Developer Guide {key}", url: "https://docs.example.com/guide/{key}.html"}}',
        "    items:",
    ]


def _one(words: Words, choices: Sequence[str]) -> str:
    return words.choice(choices).replace("#", str(words.randint(1, 999)))


def _plain(words: Words) -> str:
    return f"{words.choice(SUBJECTS)}{words.randint(1, 999)}の{words.choice(PROPERTIES)}"


def _marked(words: Words) -> str:
    """Return a value in quotes: as in real notes every other one has code or strong words."""
    shape = words.choice(
        ("{p}が{n} KB", "{p}が**{n} 秒**まで", "`{a}` の{p}", "{c}({n} 回まで)", "**{c}**: `{a}`", "{c}")
    )
    said = {"p": words.choice(PROPERTIES), "a": _one(words, NAMES), "c": _one(words, CLAUSES)}
    return f'"{shape.format(n=words.randint(1, 999), **said)}"'


def _fact(words: Words) -> list[str]:
    more = words.random()
    extra = [f"hint: {_one(words, CLAUSES)}"] * (more < HINTED) + [f"extra: {_marked(words)}"] * (more > EXPLAINED)
    return [f"fact: {_plain(words)}", f"is: {_marked(words)}", *extra]


def _cloze(words: Words) -> list[str]:
    first = f"{{{{c1::{words.randint(1, 999)} KB::大きさ}}}}"
    second = f"{{{{c2::`{_one(words, NAMES)}`}}}}"
    return [f'cloze: "{_plain(words)}は{first}で、{second} を使うと{_one(words, CLAUSES)}"']


def _code(words: Words) -> list[str]:
    lines = [f"aws service {_one(words, NAMES[:2])} --size {words.randint(1, 99)} \\", "  --query 'Items[].Name'"]
    return [f"code: {_plain(words)}を調べる", "language: shell", "is: |", *(f"  {line}" for line in lines)]


def _calc(words: Words) -> list[str]:
    return [
        f"calc: {_plain(words)}から求めた同時実行数",
        "given:",
        f"  rate: {{value: {words.randint(1, 99)}, unit: 回/秒, label: 呼び出し}}",
        f"  duration: {{value: {words.randint(1, 9)}.5, unit: 秒}}",
        "formula: ceil(rate * duration)",
        "unit: 個",
    ]


def _steps(words: Words) -> list[str]:
    steps = [f"  step-{i}: {_marked(words)}" for i in range(3)]
    return [f"steps: {_plain(words)}の手順", "sequence:", *steps]


def _table(words: Words) -> list[str]:
    columns = [f"  column-{i}: {words.choice(PROPERTIES)}{i}" for i in range(3)]
    rows = [
        f"  ROW_{row}: {{{', '.join(f'column-{i}: {_marked(words)}' for i in range(3))}}}"
        for row in ("ONE", "TWO", "SIX")
    ]
    return [f"table: {_plain(words)}の比較", "corner: 種類", "columns:", *columns, "rows:", *rows]
