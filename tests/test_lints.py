"""Rules for cards that teach: each with cards that keep it and cards that break it."""

import importlib
import re
from pathlib import Path
from typing import get_args

import pytest
from hitoe import checks, lints
from hitoe.cli import main
from hitoe.values.lints import Rule
from support.notes import item, problems, written

LONG = "長" * 41
HANGUL = "한" * 41
ENGLISH = "x" * 100
GREEK = "ω" * 100


def told(root: Path, text: str) -> list[str]:
    """Return what the rules say of a topic file, each as `line:column: rule`."""
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    project = checks.trusted(written(root, {"t.yaml": text, "images/a.svg": picture}))
    return [
        f"{problem.at.line}:{problem.at.column}: {problem.message.partition('allow: {')[2].partition(':')[0]}"
        for problem in lints.warnings(project)
    ]


def two(first: str, second: str) -> str:
    """Return a topic file with two items."""
    return item(f"{first}").rstrip("\n") + "\n" + item(second, "b").partition("    items:\n")[2]


def rows(*cells: str, ask: str = "forward") -> str:
    lines = "".join(f"  r{i}: {{x: {cell}}}\n" for i, cell in enumerate(cells))
    return f"table: 表\ncolumns: {{x: 列}}\nask: {ask}\nrows:\n{lines}"


def figure(lines: str) -> str:
    return "fact: 問い\nis: 答え\nfigure:\n  title: 題\n  alt: 図\n" + "".join(
        f"  {line}\n" for line in lines.split("\n")
    )


CHOICE = "choice: どちらを選ぶ?\noptions: {a: {right: 甲}, b: {wrong: 乙, why: 遅い}}\n"
KEPT = {
    "long-answer": [
        f"fact: 問い\nis: {'長' * 40}",
        f"fact: 問い\nis: '**{'長' * 20}** {'長' * 10} `{'x' * 10}`'",  # neither signs of Markdown nor spaces count
        f"fact: {LONG}\nis: 答え",
        f"fact: 問い\nis: 答え\nextra: {LONG}",
        f"code: 問い\nis: {'x' * 300}",
        f"cloze: '{LONG}{{{{c1::答え}}}}'",
        rows(LONG, "短い", ask="none"),
        f"fact: question\nis: {ENGLISH}",
        f"fact: question\nis: '{ENGLISH[:50]} {GREEK[:50]}'",
        f"fact: question\nis: {GREEK}",
        f"fact: 問い\nis: {ENGLISH[:51]}{LONG[:49]}",  # more letters of an alphabet
        f"fact: question\nis: {'9' * 100}",
    ],
    "several-facts": [
        "fact: 問い\nis: 答えは1つ。",
        "fact: 問い\nis: 版は1.2.3、費用は$0.20",
        "fact: 問い\nis: '答え(補足。もう1つの補足)'",
        "fact: 問い\nis: '`a; b`'",
        "fact: 問い\nis: '`a. B`'",
        "fact: question\nis: e.g. a version like 1.10.",
        "fact: Frage\nis: z. B. Wasser bzw. Eis",
        "fact: question\nis: by Dr. Koch and St. John",
        "fact: вопрос\nis: и т. д. снова",
        "fact: Frage\nis: 1. Januar 1900",
        "code: 問い\nis: a(); b();",
        "fact: 問い\nis: Yahoo!ニュース",
        "fact: 問い\nis: 'a?b:c と Jahn!Frei'",
    ],
    "recalled-list": [
        "fact: 問い\nis: '`A` と `B`'",
        "fact: 問い\nis: 読み取り・書き込み",
        "fact: 問い\nis: 鍵を作り、データを暗号化し、鍵を消す",  # clauses, and no members
        "fact: 問い\nis: 'IAM(A・B・C)'",
        "fact: 問い\nis: '1,000'",
        "fact: 問い\nis: '`[a, b, c]`'",
        "fact: question\nis: salt and pepper",
        f"fact: question\nis: {'a' * 51}, b, c",
        "steps: 手順\nsequence: {a: 一, b: 二, c: 三}",
        "cloze: '{{c1::甲}}・{{c2::乙}}・{{c3::丙}}'",
        "code: 問い\nis: a, b, c",
        "fact: 甲・乙・丙のうち最初\nis: 甲",
    ],
    "yes-no": [
        "fact: 問い\nis: 可能性",
        "fact: 費用\nis: 無料",
        "fact: word\nis: nothing",
        rows("できない", "0にする"),
        rows("○", "×", ask="none"),
        "code: 問い\nis: 'true'",
    ],
    "open-end": [
        "fact: 問い\nis: 均等",
        "fact: などを含む問い\nis: 答え",
        "fact: question\nis: a fetched value",
        "fact: 問い\nis: '`etc`'",
        "fact: 問い\nis: 答え\nextra: 甲など",
    ],
    "same-question": [
        two("fact: 問い\nis: 甲", "fact: 別の問い\nis: 乙"),
        two("fact: 問い\nis: 甲", "fact: 問い\nis: 甲"),
        two("fact: 問い\nis: 甲", "fact: 問い\nask: 別の問い?\nis: 乙"),
        two("code: 一つ\nis: a\nreverse: この式は?", "code: 二つ\nis: b\nreverse: この式は?"),
        two("fact: 問い\nis: 甲", "fact: 問い\nis: 乙\nretired: true"),
        "cloze: '{{c1::甲}}と{{c2::乙}}'",
    ],
    "given-away": [
        "cloze: '{{c1::甲}}のあとに乙'",
        "cloze: '{{c1::甲}}のあとにまた{{c1::甲}}'",  # one number hides both
        "cloze: '上限は{{c1::1}}日、10日ではない'",
        "cloze: '{{c1::ロール}}はコントロールと違う'",
        "cloze: '{{c1::変更}}は変更者が見る'",
        "cloze: '{{c1::put}} is no output'",
        "cloze: '{{c1::Öl}} gibt es in Köln'",
        "cloze: '{{c1::кот}} и который'",
        "cloze: '{{c1::甲::どの文字?}}が先'",
        "fact: 問い\nis: 甲\nhint: 乙の前",
    ],
    "answer-in-question": [
        "fact: 甲が使う鍵\nis: 乙",
        "fact: 甲・乙・丙のうち最初\nask: 甲・乙・丙のうち最初は?\nis: 甲乙",  # offered as a choice
        "fact: 川が先か、海が先か\nis: 川が先",
        "fact: 10 日ごとに書くもの\nis: 10 日",  # a number
        "fact: コントロールするもの\nis: ロール",  # not a word of its own
        "fact: 鍵束の中身\nis: 鍵束に入る**鍵**",  # one letter
        "fact: 鍵の束の中身\nis: 鍵の束に入る**丸鍵**",  # only what is strong is asked
        "fact: 鍵の束\nis: 中身\nreverse: 鍵の束とは?",
        rows("別の答え").replace("r0:", "表の行:"),
        rows("表の行", ask="none").replace("r0:", "表の行:"),
        item("fact: 問い\nis: 長い**題名**の意味").replace("title: 題", "title: 題名"),
        figure("timeline: {a: {label: 甲, from: 0, to: 30}}").replace("答え", "30秒").replace("甲", "3時"),
        figure("timeline: {a: {label: 甲, from: 0, to: 30}}\nnumbers: true").replace("答え", "31秒"),
    ],
    "pointing-word": [
        "fact: その他の列の名前\nis: 甲",
        "fact: これまでの最長\nis: 甲",
        "fact: Thistle in Latin\nis: carduus",
        "fact: IT department\nis: 甲",
        "fact: He\nis: helium",
        "fact: He to Rn\nis: noble gases",
        "fact: 甲はこれをどう使うか\nis: 乙",
        "code: 問い\nis: a\nreverse: この式が選ぶものは?",
        "code: この図を描く式\nis: a\nimage: {file: images/a.svg, alt: 図}",
    ],
    "unnumbered-figure": [
        figure("timeline: {a: {label: 甲, from: 0, to: 30}}\nnumbers: true"),
        figure("timeline: {a: {label: 30秒, from: 0, to: 30}}"),
        figure("bar: {a: {label: 甲, value: 3}}\ntotal: 10\nwhole: 全10"),
        figure("groups: {a: {label: 甲, frames: [1, 2]}}"),
    ],
    "asked-back": [
        "fact: 問い\nis: 14日",
        "fact: 問い\nis: 最大の湖\nreverse: 最大の湖は?",
        "fact: 問い\nis: 14日\nreverse: 14日まで残せるキューの種類は?",
        rows("15 mL", "5 mL", ask="both"),  # below a title
        "table: 表\ncolumns: {x: 列, y: 欄}\nask: {x: both}\nrows: {r: {x: 甲, y: 乙}}",
        "table: 表\ncolumns: {x: 列, y: 欄}\nask: reverse\nrows: {r: {x: 甲, y: 乙}}",
    ],
    "only-choice": [
        two(f"{CHOICE}of: b", "fact: 問い\nis: 答え"),
    ],
}

BROKEN = {
    "long-answer": [
        (f"fact: 問い\nis: {LONG}", "9:13"),
        (f"fact: question\nis: {ENGLISH}x", "9:13"),
        (f"fact: вопрос\nis: {GREEK}ω", "9:13"),
        (f"fact: 질문\nis: {HANGUL}", "9:13"),
        (f"fact: 問い\nis: {ENGLISH[:25]}{LONG[:25]}", "9:13"),
        (f"fact: {LONG}\nis: 答え\nreverse: 逆の問い?", "8:15"),
        (f"cloze: '{{{{c1::{LONG}}}}}である'", "8:16"),
        (rows("短い", LONG), "13:19"),
        (f"steps: 手順\nsequence: {{a: {LONG}, b: 二}}", "9:23"),
    ],
    "several-facts": [
        ("fact: 問い\nis: 一つ目。二つ目", "9:13"),
        ("fact: question\nis: It fails. Then it is sent again.", "9:13"),
        ("fact: 問い\nis: 一つ目; 二つ目", "9:13"),
        ("fact: 問い\nis: 一つ目！　二つ目", "9:13"),
        ("fact: Frage\nis: Es kocht. Äther brennt", "9:13"),
        ("fact: question\nis: It began in 1914. Then it ended", "9:13"),
        ("fact: вопрос\nis: Вода кипит. Она горячая", "9:13"),
        (rows("一つ目。二つ目"), "12:19"),
    ],
    "recalled-list": [
        ("fact: 問い\nis: 生成・暗号化・復号", "9:13"),
        ("fact: 問い\nis: 甲、乙、丙", "9:13"),
        ("fact: 問い\nis: 甲、乙と丙", "9:13"),
        ("fact: 問い\nis: '`A` / `B` / `C`'", "9:13"),
        ("fact: question\nis: salt, pepper and thyme", "9:13"),
        ("fact: Frage\nis: Salz, Pfeffer und Thymian", "9:13"),
        ("fact: question\nis: sel, poivre et thym", "9:13"),
        (f"fact: question\nis: {'a' * 50}, b, c", "9:13"),
        ("fact: 問い\nis: |\n  - 甲\n  - 乙\n  - 丙", "9:13"),
        ("cloze: '使えるのは{{c1::甲・乙・丙}}'", "8:16"),
        (rows("'甲 / 乙 / 丙'"), "12:19"),
    ],
    "yes-no": [
        ("fact: 問い\nis: はい", "9:13"),
        ("fact: 問い\nis: '**できない**(別の方法を使う)'", "9:13"),
        ("fact: question\nis: No.", "9:13"),
        ("fact: Frage\nis: Nein", "9:13"),
        ("cloze: '変更は {{c1::できる}}'", "8:16"),
        (rows("○", "×"), "12:19"),
    ],
    "open-end": [
        ("fact: 問い\nis: S3など", "9:13"),
        ("fact: question\nis: 'salt, etc.'", "9:13"),
        ("fact: Frage\nis: Salz usw.", "9:13"),
        (rows("甲などの値"), "12:19"),
    ],
    "same-question": [
        (two("fact: 問い\nis: 甲", "fact: 問い\nis: 乙"), "11:15"),
        (two("fact: 問い\nis: 甲", "fact: 題\nask: 問いは?\nis: 乙"), "12:14"),
        (two("fact: 甲\nis: 甲1\nreverse: どれ?", "fact: 乙\nis: 乙1\nreverse: どれ?"), "14:18"),
        (two("cloze: '{{c1::甲}}が先'", "cloze: '{{c1::乙}}が先'"), "10:16"),
        (two("code: 一つ\nis: a\nreverse: どれ?", "code: 二つ\nis: a\nreverse: どれ?"), "14:18"),
    ],
    "given-away": [
        ("cloze: '{{c1::甲}}のあとに甲'", "8:16"),
        ("cloze: '{{c1::甲}}のあとに{{c2::甲}}'", "8:16"),
        ("cloze: '{{c1::10 日}}、遅くとも10 日'", "8:16"),
        ("cloze: '{{c1::`Put`}} は put'", "8:16"),
        ("cloze: '{{c1::甲::甲か乙か}}が先'", "8:16"),
        ("fact: 問い\nis: 甲\nhint: 甲か乙", "8:15"),
    ],
    "answer-in-question": [
        ("fact: 鍵束の中身\nis: 鍵束の鍵と**中身**", "9:13"),
        ("fact: 問い\nask: put は何を返す?\nis: '`Put`'", "10:13"),
        ("steps: 復号の手順\nsequence: {a: 鍵を取る, b: データを**復号**する}", "9:32"),
        (rows("行の名", "乙").replace("r0: {", "r0: {label: 行の名, "), "12:31"),
        (item("fact: 問い\nis: 題名").replace("title: 題", "title: 題名"), "9:13"),
        (figure("timeline: {a: {label: 甲, from: 0, to: 30}}\nnumbers: true").replace("答え", "30秒"), "9:13"),
        (figure("bar: {a: {label: 甲, value: 3}}\ntotal: 10000\nnumbers: true").replace("答え", "10,000"), "9:13"),
    ],
    "pointing-word": [
        ("code: この図を描く式\nis: a", "8:15"),
        ("fact: これの上限\nis: 甲", "8:15"),
        ("fact: 問い\nask: その上限は?\nis: 甲", "9:14"),
        ("fact: This service\nis: 甲", "8:15"),
        ("fact: He wrote the book\nis: 甲", "8:15"),
        ("cloze: 'この値は{{c1::甲}}と{{c2::乙}}'", "8:16"),
        ("fact: 甲\nis: 乙\nreverse: この式が選ぶものは?", "10:18"),
        (f"{rows('甲', '乙')}".replace("table: 表", "table: 上記の表"), "8:16"),
    ],
    "unnumbered-figure": [
        (figure("timeline: {a: {label: 甲, from: 0, to: 30}}\nevents: {b: {label: 乙, at: 3}}"), "11:11"),
        (figure("bar: {a: {label: 甲, value: 3}}\ntotal: 10"), "11:11"),
    ],
    "asked-back": [
        ("fact: 問い\nis: 14日\nreverse: 14日", "10:18"),
        ("fact: 問い\nis: '32%'\nreverse: '32%'", "10:18"),
        ("fact: 問い\nis: 可能\nreverse: 可能", "10:18"),
        ("fact: question\nis: 200 mL\nreverse: 200 mL", "10:18"),
        ("table: 表\ncolumns: {x: 列, y: 欄}\nask: both\nrows: {r: {x: 甲, y: 乙}}", "8:16"),
    ],
    "only-choice": [
        (CHOICE, "8:17"),
    ],
}


def whole(text: str) -> str:
    return text if text.startswith("topic:") else item(text)


def cases(of: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(rule, text) for rule, texts in of.items() for text in texts]


@pytest.mark.parametrize(("rule", "text"), cases(KEPT))
def test_good_cards_pass(tmp_path: Path, rule: str, text: str) -> None:
    assert [line for line in told(tmp_path, whole(text)) if line.endswith(rule)] == []


@pytest.mark.parametrize(("rule", "text", "at"), [(rule, text, at) for rule, bad in BROKEN.items() for text, at in bad])
def test_bad_cards_are_told_with_their_place(tmp_path: Path, rule: str, text: str, at: str) -> None:
    assert [line for line in told(tmp_path, whole(text)) if line.endswith(rule)][:1] == [f"{at}: {rule}"]


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, bad in BROKEN.items() for text, _ in bad])
def test_an_item_may_silence_a_rule(tmp_path: Path, rule: str, text: str) -> None:
    silence = f"        allow: {{{rule}: 理由}}\n"
    silent = whole(text).replace("      b:\n", f"{silence}      b:\n") + silence
    left = told(tmp_path, silent)
    assert [line for line in left if line.endswith(f": {rule}")] == []


def test_the_names_in_the_schema_are_those_of_the_rules() -> None:
    assert list(lints.RULES) == list(get_args(Rule))
    assert set(lints.RULES) == {*KEPT, *OF_ENTRIES}
    assert list(KEPT) == list(BROKEN)


@pytest.mark.parametrize("name", lints.RULES)
def test_each_rule_opens_with_why_an_example_and_a_source(name: str) -> None:
    opening = importlib.import_module(f"hitoe.lints.{name.replace('-', '_')}").__doc__ or ""
    assert re.search(r"^Why: .*^Example: .*^Source: \S", opening, re.M | re.S)


OF_ENTRIES = {"facts-only", "too-many-cards"}
"""The rules that are about entries and domains."""
EXAM = """format: 1
key: own
title: 題
language: {language}
domains: {{a: {{title: 甲, weight: 50}}, b: {{title: 乙, weight: 50}}}}
"""


def exam(root: Path, *entries: tuple[str, list[str]], language: str = "ja", allow: str = "") -> list[str]:
    """Return what the rules of entries say of a deck for an exam: an entry for each domain and its questions."""
    text = "topic: t\ntitle: 題\nentries:\n"
    for number, (domain, questions) in enumerate(entries):
        text += f"  e{number}:\n    title: 名\n    domain: {domain}\n{allow}    items:\n"
        text += "".join(f"      i{n}: {{fact: {question} {n}, is: 答え {n}}}\n" for n, question in enumerate(questions))
    project = checks.trusted(written(root, {"deck.yaml": EXAM.format(language=language), "t.yaml": text}))
    found = lints.warnings(project)
    return [f"{each.at}: {each.message}" for each in found if any(f"{{{rule}:" in each.message for rule in OF_ENTRIES)]


@pytest.mark.parametrize(
    ("language", "fact", "decision"),
    [
        ("ja", "既定の期限", "停止してよいなら選ぶもの"),
        ("en", "Default retention", "Why it fails"),
        ("de-AT", "Die Frist", "Warum es scheitert"),
    ],
)
def test_an_entry_for_an_exam_that_asks_facts_only_is_told(
    tmp_path: Path, language: str, fact: str, decision: str
) -> None:
    [found] = exam(tmp_path / "1", ("a", [fact] * 10), ("b", [fact] * 9), language=language)
    assert found.startswith("content/t.yaml:5:12: 10 cards, and none asks why")
    assert exam(tmp_path / "2", ("a", [*[fact] * 9, decision]), language=language) == []
    assert exam(tmp_path / "3", ("a", [fact] * 10), language="fi") == []
    assert exam(tmp_path / "4", ("a", [fact] * 10), language=language, allow="    allow: {facts-only: 理由}\n") == []


def test_domains_and_entries_with_far_more_cards_than_their_weight_are_told(tmp_path: Path) -> None:
    why = "なぜ"
    assert exam(tmp_path / "1", ("a", [why] * 75), ("b", [why] * 25)) == []
    [found] = exam(tmp_path / "2", ("a", [why] * 76), ("b", [why] * 24))
    assert found.startswith("content/deck.yaml:5:14: 76 cards, where the weight in the exam would be 50")
    [found] = exam(tmp_path / "3", ("a", [why] * 51), *[("a", [why])] * 2, ("b", [why] * 53))
    assert found.startswith("content/t.yaml:5:12: 51 cards, where the weight in the exam would be 18")
    assert exam(tmp_path / "4", ("a", [why] * 75), ("b", [why] * 24)) == []


def test_an_unknown_rule_is_an_error(tmp_path: Path) -> None:
    assert problems(tmp_path, {"t.yaml": item("fact: 問い\nis: 甲\nallow: {long-anser: 理由}")}) == [
        "content/t.yaml:10:17: 'long-anser' is not known here: did you mean 'long-answer'?"
    ]


def test_a_silence_needs_a_reason(tmp_path: Path) -> None:
    assert problems(tmp_path, {"t.yaml": item("fact: 問い\nis: 甲\nallow: {long-answer: ''}")}) == [
        "content/t.yaml:10:30: an empty value: write the text, or leave the key out"
    ]


def test_a_silence_that_silences_nothing_is_told(tmp_path: Path) -> None:
    project = checks.trusted(written(tmp_path, {"t.yaml": item("fact: 問い\nis: 甲\nallow: {open-end: 理由}")}))
    assert list(map(str, lints.warnings(project))) == [
        "content/t.yaml:10:17: 'open-end' has nothing to say here: delete it from `allow`"
    ]


YES = "fact: {n}番の問い\nis: はい"


@pytest.mark.parametrize("level", ["deck", "topic", "entry", "item"])
def test_a_silence_holds_for_all_below_it(tmp_path: Path, level: str) -> None:
    allow = "allow: {yes-no: 正誤を問う試験のため}\n"
    text = two(YES.format(n=1), YES.format(n=2))
    text += text.partition("entries:\n")[2].replace("  e:", "  f:").replace("番", "号")
    match level:
        case "topic":
            text = allow + text
        case "entry":
            text = text.replace("  e:\n", f"  e:\n    {allow}")
        case "item":
            text = text.replace("        fact: 1番", f"        {allow}        fact: 1番")
    deck = "format: 1\nkey: own\ntitle: 題\n" + (allow if level == "deck" else "")
    project = checks.trusted(written(tmp_path, {"deck.yaml": deck, "t.yaml": text}))
    left = [problem for problem in lints.warnings(project) if "yes-no" in problem.message]
    assert len(left) == {"deck": 0, "topic": 0, "entry": 2, "item": 3}[level]
    needless = text.replace("is: はい", "is: 三つ")
    project = checks.trusted(written(tmp_path, {"t.yaml": needless}))
    [told_of] = lints.warnings(project)
    assert told_of.message == "'yes-no' has nothing to say here: delete it from `allow`"
    assert told_of.at.file == ("content/deck.yaml" if level == "deck" else "content/t.yaml")


def test_the_nearest_silence_is_the_one_that_is_needed(tmp_path: Path) -> None:
    text = "allow: {yes-no: 上}\n" + item("fact: 問い\nis: はい\nallow: {yes-no: 下}")
    project = checks.trusted(written(tmp_path, {"t.yaml": text}))
    assert [str(problem.at) for problem in lints.warnings(project)] == ["content/t.yaml:1:9"]


def test_check_warns_and_build_does_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {"t.yaml": item("fact: 問い\nis: はい")})
    assert main(["check", "-C", str(project)]) == 0
    assert capsys.readouterr().err == (
        "content/t.yaml:9:13: warning: 「はい」 is guessed right half the time: ask what, how many or which instead of "
        "whether (or `allow: {yes-no: why}`)\n"
    )
    assert main(["build", "deck", "-C", str(project)]) == 0
    assert "guessed right" not in capsys.readouterr().err
