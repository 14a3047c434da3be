"""What the format takes and what it refuses, each in one sentence at the right place."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hitoe.kinds import KINDS
from hitoe.kinds.calc import Calc
from hitoe.kinds.cloze import Cloze
from hitoe.kinds.code import Code
from hitoe.kinds.fact import Fact
from hitoe.kinds.steps import Steps
from hitoe.kinds.table import Table
from hitoe.problems import Problem
from hitoe.schema import Deck, Item, Topic, decode
from hitoe.source import Document, read
from hitoe.values.points import nested
from hypothesis import given, settings
from hypothesis import strategies as st
from support.notes import DECK, item
from support.projects import EXAMPLE


def document(text: str) -> Document:
    found, problems = read("f", text.encode())
    assert problems == []
    assert found is not None
    return found


def told(problems: list[Problem]) -> list[str]:
    return [str(problem).removeprefix("f:") for problem in sorted(problems)]


def of_topic(text: str) -> list[str]:
    return told(decode.decode(Topic, document(text))[1])


def of_deck(text: str) -> list[str]:
    return told(decode.decode(Deck, document(text))[1])


def topic(text: str) -> Topic:
    found, problems = decode.decode(Topic, document(text))
    assert told(problems) == []
    assert found is not None
    return found


def the_item(text: str) -> Item:
    return topic(item(text)).entries["e"].items["a"]


ENTRY = "topic: t\ntitle: 題\nentries:\n  e:\n    title: 題\n    "
FACT = "fact: 問い\nis: 答え\n"
CALC = "calc: 計算\nformula: n\ngiven:\n"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("fact: 問い\nis: 答え", Fact),
        ('cloze: "{{c1::答え}}"', Cloze),
        ("table: 表\ncolumns: {x: 列}\nrows: {r: {x: 一}}", Table),
        ("steps: 手順\nsequence: {a: 一, b: 二}", Steps),
        ("code: 式\nis: x = 1", Code),
        ("calc: 計算\ngiven: {n: {value: 1}}\nformula: n", Calc),
        ("is: 答え\nhint: 海\nfact: 問い", Fact),  # in any order
    ],
)
def test_the_kind_of_an_item_is_that_of_its_key(text: str, kind: type[Item]) -> None:
    assert type(the_item(text)) is kind


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("topic: t\ntitel: 題\nentries: {}\n", ["2:1: unknown key 'titel': did you mean 'title'?"]),
        (ENTRY + "　　items: {}\n", ["6:5: a full-width space (U+3000) indents this line: use plain spaces"]),
        ("topic: t\ntitle: 題\n", ["1:1: key 'entries' is missing: add it"]),
        ("- a\n", ["1:1: the file is a list: write lines of 'key: value', without any indentation"]),
        ("a b\n", ["1:1: the file is text: write lines of 'key: value', without any indentation"]),
        (
            "topic: t\ntitle: 題\nentries:\n",
            ["3:9: an empty value where a mapping belongs: write lines of 'key: value' below the key"],
        ),
        (ENTRY + "learnd: 2020-W30\n", ["6:5: unknown key 'learnd': did you mean 'learned'?"]),
        (ENTRY + "tags: streams\n", ["6:11: text where a list belongs: write it as [one, another]"]),
        (
            ENTRY + 'sources: [{titel: a, url: "https://a.example"}]\n',
            ["6:16: unknown key 'titel': did you mean 'title'?"],
        ),
        (
            ENTRY + "sources: [{title: a, url: a.example}]\n",
            ["6:31: 'a.example' is not a web address: begin it with https://"],
        ),
        (ENTRY + "sources: [{}]\n", ["6:15: a source without a name: write its title or its url"]),
        (
            ENTRY + "sources: docs.example.com/a\n",
            ["6:14: 'docs.example.com/a' is not a web address: begin it with https://"],
        ),
        (ENTRY + "order: first\n", ["6:12: 'first' is not a whole number: write digits only"]),
        (ENTRY + "order: -1\n", ["6:12: '-1' is not a whole number: write digits only"]),
        (ENTRY + "checked: 2020-2-3\n", ["6:14: '2020-2-3' is not a date: write it as 2020-07-20"]),
        (ENTRY + "checked: 2021-02-29\n", ["6:14: '2021-02-29' is not a date: write it as 2020-07-20"]),
        (
            ENTRY + "learned: 20/7/2020\n",
            ["6:14: '20/7/2020' is neither an ISO week nor a date: write 2020-W30 or 2020-07-20"],
        ),
        (ENTRY + "quote: {text: 引用}\n", ["6:12: key 'source' is missing: add it"]),
        (
            ENTRY + "points: [{a: b}]\n",
            ["6:14: a mapping where text belongs: quote the text if it holds ': ' or begins with a sign of YAML"],
        ),
        (
            ENTRY + 'points: [[["{{c1::a}}"]]]\n',
            ["6:16: a cloze outside a `cloze:` item: make the item a cloze, or put the text in `…`"],
        ),
        (
            ENTRY + "items: {a: b}\n",
            [f"6:16: an item must be a mapping: write {{{'|'.join(KINDS)}: …}}"],
        ),
        (
            ENTRY + "items: {a: {}}\n",
            [f"6:16: no kind of item: begin it with one of the keys {', '.join(KINDS)}"],
        ),
        (
            ENTRY + "items: {a b: {fact: x, is: y}}\n",
            ["6:13: 'a b' cannot be a key: use letters, digits, '-' and '_', a letter or digit first"],
        ),
        (
            ENTRY + "items: {_a: {fact: x, is: y}}\n",
            ["6:13: '_a' cannot be a key: use letters, digits, '-' and '_', a letter or digit first"],
        ),
        (
            ENTRY + "items: {か\u3099: {fact: x, is: y}}\n",
            ["6:13: 'か\u3099' cannot be a key: its accents or voicing marks are separate signs, so type it anew"],
        ),
    ],
)
def test_a_topic_says_what_is_wrong(text: str, lines: list[str]) -> None:
    assert of_topic(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (FACT + "hnit: 海", ["10:9: unknown key 'hnit': did you mean 'hint'?"]),
        ("fact: 問い", ["8:9: key 'is' is missing: add it"]),
        ("fact: 問い\nist: 答え", ["9:9: unknown key 'ist': did you mean 'is'?"]),  # and not also: 'is' is missing
        ("fact: 問い\ntable: 表\nis: 答え", ["9:9: 'fact' and 'table' in one item: make two items of it"]),
        (FACT + "tier: extar", ["10:15: 'extar' is not known here: did you mean 'extra'?"]),
        (FACT + "tier: [core]", ["10:15: not a word: write one of core, extra"]),
        (FACT + "key: yes", ["10:14: 'yes' is neither true nor false: write true or false"]),
        (
            FACT + "key: [true]",
            ["10:14: a list where text belongs: quote the text if it holds ': ' or begins with a sign of YAML"],
        ),
        (FACT + "key:", ["10:13: an empty value: write the text, or leave the key out"]),
        (FACT + "tags: [a, '']", ["10:19: an empty value: write the text, or leave the key out"]),
        (FACT + "image: {file: a.png}", ["10:16: key 'alt' is missing: add it"]),
        (FACT + "image: a.png", ["10:16: text where a mapping belongs: write {file: …, alt: …}"]),
        (FACT + "evidence: {botocore: x, rows: some}", ["10:39: 'some' is not known here: use one of: equal"]),
        (FACT + "evidence: [{expect: x}]", ["10:20: key 'botocore' is missing: add it"]),
        (
            'fact: "{{c1::a}}"\nis: b',
            ["8:15: a cloze outside a `cloze:` item: make the item a cloze, or put the text in `…`"],
        ),
        (
            'cloze: "{{c1:a}}"',
            ["8:16: '{{c1:a}}' is not a cloze: write {{c1::answer}}, and `…` inside it, not around it"],
        ),
        ('cloze: "{{c1::a}}"\nretired_clozes: [b]', ["9:26: 'b' is not a whole number: write digits only"]),
        (
            "table: 表\ncolumns: {x: 列}\nrows: [一]",
            ["10:15: a list where a mapping belongs: each row needs a key: write a: 一 instead of - 一"],
        ),
        (
            "table: 表\ncolumns: {x: 列}\nrows: {r: 一}",
            ["10:19: a row must be a mapping from column keys to cells: write {column: text, …}"],
        ),
        (
            "table: 表\ncolumns: {x: {titel: 列}}\nrows: {r: {x: 一}}",
            ["9:23: unknown key 'titel': did you mean 'title'?"],
        ),
        (
            "table: 表\ncolumns: {x: 列}\nrows: {r: {x: {is: 一, aks: none}}}",
            ["10:31: unknown key 'aks': did you mean 'ask'?"],
        ),
        (
            "table: 表\ncolumns: {x: 列}\nrows: {r: {x: 一}}\nask: bth",
            ["11:14: 'bth' is not known here: did you mean 'both'?"],
        ),
        (
            "table: 表\ncolumns: {x: 列}\nrows: {r: {x: 一}}\nask: {x: bth}",
            ["11:18: 'bth' is not known here: did you mean 'both'?"],
        ),
        (
            "table: 表\ncolumns: {x: 列}\nrows:\n  r: {x: 1, or more}\n  s: {x: 1,5 mg }",
            [
                "11:21: unknown key 'or more': if it belongs to the text before the ',', quote the whole text",
                "12:20: unknown key '5 mg': if it belongs to the text before the ',', quote the whole text",
            ],
        ),
        (
            "table: 表\ncolumns: {x: 列}\nrows: {r: {x: }}",
            ["10:23: an empty value: write the text, or leave the key out"],
        ),
        ("steps: 手順\nsequence: {a: 一, b: {txt: 二}}", ["9:30: unknown key 'txt': did you mean 'text'?"]),
        (
            CALC + "  n: {value: 1,000}",
            ["11:24: unknown key '000': if it belongs to the text before the ',', quote the whole text"],
        ),
        (
            CALC + '  n: {value: "1,000"}',
            ["11:22: '1,000' is not a number: write digits, with '.' for decimals and no ','"],
        ),
        *(
            (
                f"fact: a\nis: b\nspeak: {voice}",
                [f"10:16: '{voice}' is neither true nor a language: write true for the deck's, or a tag such as de-DE"],
            )
            for voice in ("yes", "no", "on", "German", "de_DE", "True")
        ),
        *(
            (
                CALC + f"  n: {{value: {text}}}",
                [f"11:22: '{text}' is not a number: write digits, with '.' for decimals and no ','"],
            )
            for text in ("ten", "1e5", "1_000", "NaN", ".5", "0x10", "9" * 31)
        ),
        *(
            (
                CALC + f"  {name}: {{value: 1}}",
                [f"11:11: '{name}' cannot be a name in a formula: use a-z, digits and '_', a letter first"],
            )
            for name in ("a-b", "毎秒", "2nd")
        ),
        *(
            (
                CALC + f"  {name}: {{value: 1}}",
                [f"11:11: '{name}' is a word of its own in formulas: write another name, as '{name}_1'"],
            )
            for name in ("max", "if", "from", "pi")
        ),
        (
            "table: a\ncolumns: {x: {title: b, ask: none}}\nrows: {r: {x: c}}",
            ["9:33: a column has no 'ask': write 'ask: {x: none}' beside 'columns:'"],
        ),
    ],
)
def test_an_item_says_what_is_wrong(text: str, lines: list[str]) -> None:
    assert of_topic(item(text)) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (DECK.replace("title", "titel"), ["3:1: unknown key 'titel': did you mean 'title'?"]),
        (DECK.replace("1", "2"), ["1:9: format '2' is not known: this hitoe reads format 1"]),
        *(
            (DECK + f"language: {tag}\n", [f"4:11: '{tag}' is no language: write a tag such as {examples}"])
            for tag, examples in {
                "german": "ja, en, de, pt-BR or zh-Hant",
                "d": "ja, en, de, pt-BR or zh-Hant",
                "日本語": "ja, en, de, pt-BR or zh-Hant",
                "de-": "ja, en, de, pt-BR or zh-Hant",
                "pt_BR": "ja, en, de, pt-BR or zh-Hant, its parts joined with '-'",
            }.items()
        ),
        (DECK + "domains: {d: {title: a, wieght: 1}}\n", ["4:25: unknown key 'wieght': did you mean 'weight'?"]),
        (
            DECK + "series: {title: a, number_1: 2020-30}\n",
            ["4:30: '2020-30' is not an ISO week: write it as 2020-W30"],
        ),
        (
            DECK + "series: {title: a, number_1: 2020-W30, numbers: {2019-W53: 2}}\n",
            ["4:50: 2019 has no ISO week 53: look the week up"],
        ),
        (DECK + "exam_date: soon\n", ["4:12: 'soon' is not a date: write it as 2020-07-20"]),
        (DECK + "review_after: a year\n", ["4:15: 'a year' is not a whole number: write digits only"]),
        ("title: 題\n", ["1:1: key 'format' is missing: add it", "1:1: key 'key' is missing: add it"]),
    ],
)
def test_a_deck_says_what_is_wrong(text: str, lines: list[str]) -> None:
    assert of_deck(text) == lines


@pytest.mark.parametrize("week", ["2020-W01", "2020-W53", "2015-W53", "2021-W52", "9999-W51"])
def test_weeks_that_are_in_the_calendar(week: str) -> None:
    learned = topic(ENTRY + f"learned: {week}\n").entries["e"].learned
    assert learned is not None
    assert str(learned) == week


@pytest.mark.parametrize("week", ["2019-W53", "2021-W53", "2020-W00", "2020-W54", "0000-W01", "9999-W52"])
def test_weeks_that_are_not_in_the_calendar(week: str) -> None:
    year, _, number = week.partition("-W")
    assert of_topic(ENTRY + f"learned: {week}\n") == [f"6:14: {year} has no ISO week {number}: look the week up"]


def test_a_day_counts_in_its_iso_week() -> None:
    learned = topic(ENTRY + "learned: 2021-01-03\n").entries["e"].learned
    assert learned is not None
    assert str(learned) == "2020-W53"


@pytest.mark.parametrize(
    "url", ["https://a.example", "http://a.example/b?c=d#e", "https://例え.example/あ", "https://[::1]/"]
)
def test_web_addresses(url: str) -> None:
    assert topic(ENTRY + f'sources: [{{title: a, url: "{url}"}}]\n').entries["e"].sources[0].url == url


@pytest.mark.parametrize("url", ["a.example", "ftp://a.example", "https://", "https:a", "javascript:x", "http://["])
def test_what_is_no_web_address(url: str) -> None:
    assert of_topic(ENTRY + f'sources: [{{title: a, url: "{url}"}}]\n') == [
        f"6:31: '{url}' is not a web address: begin it with https://"
    ]


def test_two_web_addresses_are_none() -> None:
    assert of_topic(ENTRY + "sources: https://a.example https://b.example\n") == [
        "6:14: 'https://a.example https://b.example' holds a space, so it is no web address: write one, without spaces"
    ]


@pytest.mark.parametrize("key", ["a", "KEY_ONLY", "t2.small".replace(".", "-"), "12", "鍵", "ビュー", "a_b-c"])
def test_keys(key: str) -> None:
    assert key in topic(item(FACT, key)).entries["e"].items


def test_a_shorthand_means_its_long_form() -> None:
    short = the_item("table: 表\ncolumns: {x: 列}\nrows: {r: {x: 一}}")
    long = the_item("table: 表\ncolumns: {x: {title: 列}}\nrows: {r: {x: {is: 一}}}")
    assert short == long
    assert the_item("steps: s\nsequence: {a: 一, b: 二}") == the_item(
        "steps: s\nsequence: {a: {text: 一}, b: {text: 二}}"
    )
    assert the_item(FACT + "was: a.b") == the_item(FACT + "was: [a.b]")
    assert the_item(FACT + "evidence: {botocore: x}") == the_item(FACT + "evidence: [{botocore: x}]")


def test_points_nest_below_the_point_before() -> None:
    points = nested(topic(ENTRY + "points: [a, [b, [c], d], e]\n").entries["e"].points)
    shape = [
        (point.text.raw, [(child.text.raw, [leaf.text.raw for leaf in child.children]) for child in point.children])
        for point in points
    ]
    assert shape == [("a", [("b", ["c"]), ("d", [])]), ("e", [])]


DOCUMENTS = [
    found
    for path in sorted((EXAMPLE / "content").rglob("*.yaml"))
    if (found := read(path.name, path.read_bytes())[0]) is not None
]
WORDS = st.sampled_from(
    (
        *("", "x", "yes", "true", "1", "-1", "1.5", "2020-W30", "2020-W99", "0000-01-01", "{{c1::a}}", "{{c0::a}}"),
        *(
            "**a**",
            "both",
            "NaN",
            "1e999",
            "٣",
            "²",
            "https://[",
            "a" * 300,
            "fact",
            "table",
            ":fact",
            ":cells",
            "[key]",
        ),
        *("is", "was", "label", "title", "rows", "columns", "ask", "given", "value", "'", "a: b", "<b>"),
    )
)
VALUES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=6
)


@st.composite
def damaged(draw: st.DrawFn, value: Any) -> Any:
    """Return a value in which one part, at any depth, became another, got a neighbour, or is gone."""
    if not isinstance(value, dict | list) or not value or draw(st.integers(0, 9)) == 0:
        return draw(VALUES)
    copy = value.copy()
    key: Any = draw(st.sampled_from(sorted(value) if isinstance(value, dict) else range(len(value))))
    how = draw(st.integers(0, 9))
    if how == 0:
        del copy[key]
    elif how == 1 and isinstance(copy, dict):
        copy[draw(WORDS)] = draw(VALUES)
    else:
        copy[key] = draw(damaged(value[key]))
    return copy


@st.composite
def damaged_documents(draw: st.DrawFn) -> Document:
    original = draw(st.sampled_from(DOCUMENTS))
    return replace(original, value=draw(damaged(original.value)))


FOREIGN = re.compile(
    r"Input should|pydantic|valid |validation|README|dict|tuple|\bNone\b|<class|Extra inputs|Field required"
)


@settings(max_examples=200)
@given(damaged_documents())
def test_whatever_a_file_holds_is_told_in_hitoes_own_words(found: Document) -> None:
    for problem in decode.decode(Topic, found)[1] + decode.decode(Deck, found)[1]:
        assert not FOREIGN.search(problem.message), problem.message
        assert "\n" not in problem.message


def test_types_are_frozen() -> None:
    deck, _ = decode.decode(Deck, document(DECK))
    assert isinstance(deck, Deck)
    with pytest.raises(ValueError, match="frozen"):
        deck.title = "other"  # type: ignore[misc]
