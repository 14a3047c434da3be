"""What strangers mistype in YAML is told at its place, in words that say what to write, with all else that is wrong."""

from pathlib import Path

import pytest
from hitoe import checks
from support.notes import problems, written

TOPIC = "topic: t\ntitle: T\nentries:\n  a:\n    title: A\n    items:\n"
ITEM = TOPIC + "      q:\n"
FACT = "      q: {fact: a, is: b}\n"
SPACES = {
    "\u00a0": "a no-break space (U+00A0)",
    "\u202f": "a special space (U+202F)",
    "\u2003": "a special space (U+2003)",
    "\u3000": "a full-width space (U+3000)",
    "\u200b": "a special space (U+200B)",
}


def told(folder: Path, text: str) -> list[str]:
    """Return what is said of a topic file as `line:column: message`."""
    return [line.removeprefix("content/t.yaml:") for line in problems(folder, {"t.yaml": text})]


@pytest.mark.parametrize(("space", "name"), SPACES.items())
def test_a_space_that_yaml_takes_for_a_letter_is_named_wherever_it_stands(
    tmp_path: Path, space: str, name: str
) -> None:
    beside = "stands beside the colon of '{}': use a plain space"
    for lines, expected in (
        (f"        fact:{space}x\n        is: y\n", [f"8:14: {name} {beside.format('fact')}"]),
        (f"        fact: x\n        is:{space} y\n", [f"9:12: {name} {beside.format('is')}"]),
        (
            f"        fact:{space}x\n        is:{space}y\n",
            [
                f"8:14: {name} {beside.format('fact')}",
                f"9:12: {name} {beside.format('is')}",
            ],
        ),
        (f"        fact{space}: x\n        is: y\n", [f"8:13: {name} {beside.format('fact')}"]),
        (f"        fact: x\n      {space}{space}is: y\n", [f"9:7: {name} indents this line: use plain spaces"]),
        (f"        fact: x\n{space * 8}is: y\n", [f"9:1: {name} indents this line: use plain spaces"]),
        (
            f"      {space}{space}fact: x\n      {space}{space}is: y\n",
            [
                f"8:7: {name} indents this line: use plain spaces",
                f"9:7: {name} indents this line: use plain spaces",
            ],
        ),
    ):
        assert told(tmp_path, ITEM + lines) == expected
    flow = TOPIC + f"      q: {{fact:{space}x, is: y}}\n"
    assert told(tmp_path, flow) == [f"7:16: {name} {beside.format('fact')}"]
    flow = TOPIC + f"      q: {{fact: x,{space}is: y}}\n"
    assert told(tmp_path, flow) == [f"7:19: {name} stands here: use a plain space"]
    tags = TOPIC.replace("    items:", f"    tags:\n      -{space}x\n      - y\n    items:")
    assert told(tmp_path, tags + FACT) == [f"7:8: {name} follows the '-' of this list: write '- '"]
    week = TOPIC.replace("    items:", f"    learned: 2026-W47{space}\n    items:")
    assert told(tmp_path, week + FACT) == [f"6:14: {name} stands in the value: write 2026-W47"]


def test_a_space_of_prose_is_the_authors(tmp_path: Path) -> None:
    verse = "        fact: «\u00a0Bonjour\u00a0»\n        is: |\n          \u3000春はあけぼの\n          注意：これ\n"
    assert told(tmp_path, ITEM + verse) == []


COLONS = {
    "：": "a full-width colon follows '{}': write ': '",
    "： ": "a full-width colon follows '{}': write ': '",
    "；": "a full-width semicolon follows '{}': write ': '",
    "; ": "a semicolon follows '{}': write ': '",
    ":": "a space is missing after '{}:': add one",
    " :": "a space is missing after '{}:': add one",
}


@pytest.mark.parametrize(("colon", "message"), COLONS.items())
def test_each_sign_in_place_of_a_colon_is_told_with_all_else(tmp_path: Path, colon: str, message: str) -> None:
    for lines, wrong in (
        (f"fact{colon}x\n        is{colon}y", {8: ("fact", 13), 9: ("is", 11)}),
        (f"fact{colon}x\n        is: y", {8: ("fact", 13)}),
        (f"fact: x\n        is{colon}y", {9: ("is", 11)}),
    ):
        expected = [f"{line}:{column}: {message.format(key)}" for line, (key, column) in wrong.items()]
        rest = "\n        hnt: z\n      r: {fact: a, is: b, key: yes}\n"
        assert told(tmp_path, ITEM + "        " + lines + rest) == [
            *expected,
            "10:9: unknown key 'hnt': did you mean 'hint'?",
            "11:32: 'yes' is neither true nor false: write true or false",
        ]


def test_full_width_colons_of_a_whole_file_are_told_at_once(tmp_path: Path) -> None:
    text = "topic：t\ntitle：T\nentries：\n  a：\n    title：A\n    points： [b]\n"
    keys = [("topic", 6), ("title", 6), ("entries", 8), ("a", 4), ("title", 10), ("points", 11)]
    assert told(tmp_path, text) == [
        f"{line}:{column}: a full-width colon follows '{key}': write ': '" for line, (key, column) in enumerate(keys, 1)
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "q: {fact：a, is：b}",
            ["15: a full-width colon follows 'fact': write ': '", "21: a full-width colon follows 'is': write ': '"],
        ),
        ("q: {fact: a, is：b}", ["22: a full-width colon follows 'is': write ': '"]),
        (
            "q: {fact:a, is:b}",
            ["15: a space is missing after 'fact:': add one", "21: a space is missing after 'is:': add one"],
        ),
        ("q: {fact: a， is: b}", ["18: a full-width comma stands here: write ', '"]),
        ("q: {fact: a、is: b}", ["18: a Japanese comma stands here: write ', '"]),
        ("q: ｛fact: a, is: b｝", ["10: a full-width brace stands here: write '{' and '}'"]),
        (
            "q: {fact: a, is: 1,000}",
            ["26: unknown key '000': if it belongs to the text before the ',', quote the whole text"],
        ),
        ("q: {fact: 'It's', is: b}", ["20: a ' inside the text ends it: write '' for it, or quote the text with \""]),
        ("q: fact a", ["10: a ':' is missing: write 'fact: '"]),
        ("q: {fact: a, is: b, tier: ｃｏｒｅ}", ["33: 'ｃｏｒｅ' is not known here: did you mean 'core'?"]),
        ("q: {ｆａｃｔ: a, is: b}", ["10: no kind of item: unknown key 'ｆａｃｔ': did you mean 'fact'?"]),
    ],
)
def test_signs_inside_braces(tmp_path: Path, line: str, expected: list[str]) -> None:
    assert told(tmp_path, f"{TOPIC}      {line}\n") == [f"7:{each}" for each in expected]


def test_every_question_in_braces_is_told_with_all_else(tmp_path: Path) -> None:
    lines = (
        "      q: {fact: What is water?, is: H2O}\n"
        "      r: {fact: What is air? Who knows, is: a mixture, hnt: x}\n"
        "      s: {fact: a, is: b, key: yes}\n"
        "      t: {fact: Time 12:30?, is: c}\n"
    )
    holds = "holds ':' or '?' inside {…} or […]: quote the text"
    assert told(tmp_path, TOPIC + lines) == [
        f"7:17: 'What is water?' {holds}",
        f"8:17: 'What is air? Who knows' {holds}",
        "8:56: unknown key 'hnt': did you mean 'hint'?",
        "9:32: 'yes' is neither true nor false: write true or false",
        f"10:17: 'Time 12:30?' {holds}",
    ]


LIST = "a list where a mapping belongs: "
LISTS = {
    "items": (
        TOPIC + "      - fact: a\n        is: b\n      - fact: c\n        is: d\n        hnt: x\n",
        [
            f"7:7: {LIST}give each item a name: write capital: {{fact: …}} instead of - fact:",
            "11:9: unknown key 'hnt': did you mean 'hint'?",
        ],
    ),
    "items with names": (
        TOPIC + "      - q: {fact: a, is: b}\n      - r: {fact: c, is: d}\n",
        [
            "7:7: a list where one mapping belongs: write 'q:' without the '- '",
        ],
    ),
    "an item": (
        ITEM + "        - fact: a\n        - is: b\n",
        [
            "8:9: a list where one mapping belongs: write 'fact:' without the '- '",
        ],
    ),
    "entries": (
        "topic: t\ntitle: T\nentries:\n  - title: A\n    points: [x]\n",
        [
            f"4:3: {LIST}give each entry a name: write volcanoes: {{title: …}} instead of - title:",
        ],
    ),
    "an entry": (
        "topic: t\ntitle: T\nentries:\n  a:\n    - title: A\n    - points: [x]\n",
        [
            "5:5: a list where one mapping belongs: write 'title:' without the '- '",
        ],
    ),
    "the file": (
        "- topic: t\n- title: T\n",
        ["1:1: a list where one mapping belongs: write 'topic:' without the '- '"],
    ),
    "steps": (
        ITEM + "        steps: How\n        sequence:\n          - Rinse\n          - Pipette\n",
        [
            f"10:11: {LIST}each step needs a key: write a: Rinse instead of - Rinse",
        ],
    ),
    "columns and rows": (
        ITEM + "        table: T\n        columns: [X, Y]\n        rows:\n          - {x: a}\n          - {x: b}\n",
        [
            f"9:18: {LIST}each column needs a key: write a: X instead of - X",
            f"11:11: {LIST}give each row a name: write a: {{x: …}} instead of - x:",
        ],
    ),
    "a row": (
        ITEM + "        table: T\n        columns: {x: X}\n        rows:\n          r: [a]\n",
        [
            "11:14: a row must be a mapping from column keys to cells: write {column: text, …}",
        ],
    ),
    "given": (
        ITEM + "        calc: c\n        given: [n]\n        formula: n\n",
        [
            f"9:16: {LIST}each value needs a key: write n: n instead of - n",
        ],
    ),
    "regions": (
        ITEM
        + "        picture: p\n        image: {file: a.png, alt: b}\n"
        + "        regions:\n          - {label: x}\n          - {label: y}\n",
        [
            f"11:11: {LIST}give each region a name: write a: {{label: …}} instead of - label:",
        ],
    ),
    "an answer": (
        ITEM + "        fact: Colours\n        is:\n          - blue\n          - white\n",
        [
            "10:11: a list where text belongs: put | after is: to write several lines, "
            "or quote a text that begins with '['",
        ],
    ),
    "an answer with keys": (
        ITEM + "        fact: Colours\n        is:\n          a: blue\n",
        [
            "10:11: a mapping where text belongs: put | after is: to write several lines, "
            "or quote a text that begins with '{' or holds ': '",
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), LISTS.values(), ids=LISTS)
def test_a_list_in_a_wrong_place_says_what_to_write(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert told(tmp_path, text) == expected


HEAD = "topic: t\ntitle: T\nentries:\n"
INDENTS = {
    "items among entries": (
        HEAD + "  a:\n    title: A\n  items:\n    q: {fact: a, is: b}\n",
        [
            "6:3: 'items' stands in the column of the entries: indent it below the entry 'a'",
        ],
    ),
    "all of an entry": (
        HEAD + "  a:\n  title: A\n  points: [x]\n",
        [
            "5:3: 'title' stands in the column of the entries: indent it below the entry 'a'",
            "6:3: 'points' stands in the column of the entries: indent it below the entry 'a'",
        ],
    ),
    "an answer among items": (
        ITEM + "        fact: a\n      is: b\n",
        [
            "9:7: 'is' stands in the column of the items: indent it below the item 'q'",
        ],
    ),
    "all of an item": (
        ITEM + "      fact: a\n      is: b\n",
        [
            "8:7: 'fact' stands in the column of the items: indent it below the item 'q'",
            "9:7: 'is' stands in the column of the items: indent it below the item 'q'",
        ],
    ),
    "items beside entries": (
        HEAD + "  a:\n    title: A\nitems:\n  q: {fact: a, is: b}\n",
        [
            "6:1: 'items' stands too far left: indent it below the entry 'a'",
        ],
    ),
    "an answer beside items": (
        ITEM + "        fact: a\n    is: b\n",
        [
            "9:5: 'is' stands too far left: indent it below the item 'q'",
        ],
    ),
    "an entry beside entries": (
        HEAD + "a:\n    title: A\n    points: [x]\n",
        [
            "4:1: 'a' stands in the column of 'entries:': indent it below",
        ],
    ),
    "an item that is called as a key": (
        TOPIC + "      q: {fact: a, is: b}\n      hint: {fact: c, ist: d}\n",
        [
            "8:23: unknown key 'ist': did you mean 'is'?",
        ],
    ),
    "an item beside what else is wrong": (
        HEAD + "  a:\n    title: A\n  items:\n    q: {fact: a}\n  b: {title: B, pionts: [x]}\n",
        [
            "6:3: 'items' stands in the column of the entries: indent it below the entry 'a'",
            "8:17: unknown key 'pionts': did you mean 'points'?",
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), INDENTS.values(), ids=INDENTS)
def test_a_key_that_is_indented_too_little_is_told_once(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert told(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("２０２６-W４７", "'２０２６-W４７' has full-width signs or quotes: write 2026-W47"),
        ("“2026-W47”", "'“2026-W47”' has full-width signs or quotes: write 2026-W47"),
        ("#2026-W47", "'#' begins a comment, so this value is empty: quote the text"),
        ("010", "'010' is neither an ISO week nor a date: write 2020-W30 or 2020-07-20"),
    ],
)
def test_signs_of_a_value(tmp_path: Path, value: str, message: str) -> None:
    text = TOPIC.replace("    items:", f"    learned: {value}\n    items:") + FACT
    assert told(tmp_path, text) == [f"6:14: {message}"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("fact: “a: b”\nis: c", ["8:15: '“' is no quote for YAML: quote the text with \" or '"]),
        (
            "fact: a\nis: 'tis so",
            ['9:13: the quote that opens here is never closed: close it, or quote the whole text with "'],
        ),
        ("fact: a\nis: #b", ["9:13: '#' begins a comment, so this value is empty: quote the text"]),
    ],
)
def test_quotes_and_comments(tmp_path: Path, lines: str, expected: list[str]) -> None:
    assert told(tmp_path, ITEM + "".join(f"        {line}\n" for line in lines.split("\n"))) == expected


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named_once(tmp_path: Path, coding: str) -> None:
    problems(tmp_path, {"u.yaml": HEAD})
    (tmp_path / "content" / "u.yaml").unlink()
    (tmp_path / "content" / "t.yaml").write_bytes((TOPIC + FACT).encode(coding))
    assert problems(tmp_path, {}) == ["content/t.yaml:1:1: the file is UTF-16 or UTF-32: save it as UTF-8"]


MORE = {
    "the first line without a colon": (
        ITEM + "        fact apple\n        is: b\n",
        ["8:9: a key without ':': add it, or quote the text of the lines above"],
    ),
    "an opening brace is missing": (
        TOPIC + "      q: fact: a, is: b}\n",
        ["7:10: '}' without '{': write both around the keys and their values"],
    ),
    "a block that is not indented": (
        ITEM + "        fact: a\n        is: |\n        text\n",
        ["10:9: the text below | or > is indented too little: indent it"],
    ),
    "steps with numbers": (
        ITEM + "        steps: s\n        sequence:\n          1. Rinse\n          2) Pipette\n",
        ["10:12: a full stop follows '1': write ': '", "11:12: a bracket follows '2': write ': '"],
    ),
    "a picture as text": (
        ITEM + "        fact: a\n        is: b\n        image: a.png\n",
        ["10:16: text where a mapping belongs: write {file: …, alt: …}"],
    ),
    "a key that a text has taken": (
        ITEM + "        fact: What is\n          is：b\n",
        ["9:11: this line is part of the text above: write 'is: ' in the column of the others"],
    ),
    "prose": (
        "This is my text.\nIt goes on.\n",
        ["1:1: the file is text: write lines of 'key: value', without any indentation"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), MORE.values(), ids=MORE)
def test_what_else_strangers_write(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert told(tmp_path, text) == expected


@pytest.mark.parametrize("bullet", ["・", "• ", "* ", "– ", "-"])
def test_other_bullets_begin_no_list(tmp_path: Path, bullet: str) -> None:
    sign = bullet.strip()
    for lines, wrong in ((f"      {bullet}x\n      {bullet}y\n", (7, 8)), (f"      - x\n      {bullet}y\n", (8,))):
        text = TOPIC.replace("    items:", f"    points:\n{lines}    items:")
        message = "8: a space is missing after the '-' of this list" if sign == "-" else f"7: '{sign}' begins no list"
        assert told(tmp_path, text + FACT) == [f"{line}:{message}: write '- '" for line in wrong]


@pytest.mark.parametrize("slip", ["hint：x", "hint:x", "extra ：x"])
def test_a_key_that_became_a_part_of_the_text_above_is_warned_of(tmp_path: Path, slip: str) -> None:
    def warnings(text: str) -> list[str]:
        return [str(each) for each in checks.warnings(checks.trusted(written(tmp_path, {"t.yaml": text})))]

    message = "this line is part of the text above: write ': ' after the key, in the column of the others"
    for end in ("\n", "\r\n", "\r"):
        text = ITEM + f"        fact: a\n        is: b\n          {slip}\n"
        assert warnings(text.replace("\n", end)) == [f"content/t.yaml:10:11: {message}"]
    assert warnings(ITEM + f"        fact: a\n        is: |\n          b\n          {slip}\n") == []
    assert warnings(ITEM + "        fact: a\n        is: b\n          注意：x\n") == []
