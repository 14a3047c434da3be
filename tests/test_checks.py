"""What must hold between values: each rule with notes that keep it and notes that break it."""

import os
from pathlib import Path
from unicodedata import normalize

import pytest
from hitoe import checks
from hitoe.kinds.content_file import file_fault
from hitoe.problems import InputError
from support.notes import DECK, item, problems
from support.pictures import SVG, png

DOMAINS = DECK + "domains: {development: {title: 開発}, security: {title: 守り}}\n"
TABLE = "table: 表\ncolumns: {x: 列, y: 列}\nrows:\n  r: {x: 一, y: 二}\n  s: {x: 一, y: 三}\n"


def entry(text: str, key: str = "e", topic: str = "t") -> str:
    """Return a topic file with one entry; the entry's own lines begin in line 5, column 5."""
    lines = "".join(f"    {line}\n" for line in text.splitlines())
    return f"topic: {topic}\ntitle: 題\nentries:\n  {key}:\n{lines}"


def said(root: Path, text: str, **others: str) -> list[str]:
    """Return what is said of a topic file, and of others beside it, without the name of the first."""
    files = {"t.yaml": text} | {f"{name}.yaml": other for name, other in others.items()}
    return [problem.removeprefix("content/t.yaml:") for problem in problems(root, files)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("title: 題\npoints: [点]", []),
        ("title: 題\nitems: {a: {fact: 問い, is: 答え}}", []),
        ("title: 題\nquote: {text: 引用, source: 出典}", []),
        ("title: 題\ncorrections: {c: {said: 誤, correct: 正}}", []),
        ("title: 題", ["4:3: entry 'e' says nothing: add `items:` or `points:`"]),
        ("title: 題\nitems: {}", ["4:3: entry 'e' says nothing: add `items:` or `points:`"]),
        ("title: 題\npoints: [点, [下]]", []),
        ("title: 題\npoints: [[下]]", ["6:14: a list of points without a point above it: write the point first"]),
        ("title: 題\npoints: [点, [[下]]]", ["6:18: a list of points without a point above it: write the point first"]),
        ("title: 題\npoints: [点]\ndomain: security", []),
        ("title: 題\npoints: [点]\ndomain: securty", ["7:13: unknown domain 'securty': did you mean 'security'?"]),
        ("title: 題\npoints: [点]\nwas: old", []),
        (
            "title: 題\npoints: [点]\nwas: [old.item]",
            ["7:10: 'old.item' is not the full path of an entry: write entry"],
        ),
    ],
)
def test_entries(tmp_path: Path, text: str, lines: list[str]) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "deck.yaml").write_text(DOMAINS, "utf-8")
    assert said(tmp_path, entry(text)) == lines


def test_a_point_that_could_be_a_number_with_its_sign_is_told(tmp_path: Path) -> None:
    points = "[0 °C, [5 °C], [5 °C, 6 °C], ['- 5 °C'], [a, [1バッチ余分にある]]]"
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "deck.yaml").write_text(DECK, "utf-8")
    (tmp_path / "content" / "t.yaml").write_text(entry(f"title: 題\npoints: {points}"), "utf-8")
    assert [str(warning) for warning in checks.warnings(checks.trusted(tmp_path))] == [
        "content/t.yaml:6:21: '- 5 °C' is a point below another: if the '-' is a sign, quote the text"
    ]


def test_a_domain_needs_domains(tmp_path: Path) -> None:
    assert said(tmp_path, entry("title: 題\npoints: [点]\ndomain: security")) == [
        "7:13: unknown domain 'security': add `domains:` to deck.yaml"
    ]


def test_a_topic_needs_entries(tmp_path: Path) -> None:
    assert said(tmp_path, "topic: t\ntitle: 題\nentries: {}\n") == [
        "3:10: a topic without entries: write one, or delete the file"
    ]


def test_a_topic_and_an_entry_stand_in_one_file_only(tmp_path: Path) -> None:
    twice = entry("title: 題\nitems: {a: {fact: 問い, is: 答え}}")
    assert said(tmp_path, twice, u=twice) == [
        "content/u.yaml:1:8: topic 't' stands also in content/t.yaml:1:8: rename one",
        "content/u.yaml:4:3: entry 'e' stands also in content/t.yaml:4:3: rename one",
    ]


def test_items_of_two_entries_may_have_one_key(tmp_path: Path) -> None:
    text = "title: 題\nitems: {a: {fact: 問い, is: 答え}}"
    assert said(tmp_path, entry(text), u=entry(text, "f", "u")) == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('cloze: "{{c1::一}}{{c2::二}}"', []),
        ('cloze: "{{c2::二}}{{c1::一}}{{c1::一}}"', []),
        ('cloze: "{{c1::一}}{{c3::三}}"\nretired_clozes: [2]', []),
        ('cloze: "{{c1::一}}"\nretired_clozes: [2, 3]', []),
        (
            'cloze: "{{c2::二}}"',
            [
                "8:16: cloze 1 is missing between 1 and 2: number without gaps, "
                "or if it was shipped and is gone add `retired_clozes: [1]`"
            ],
        ),
        (
            'cloze: "{{c1::一}}"\nretired_clozes: [1]',
            ["8:16: cloze 1 is in use and in `retired_clozes`: delete it from one"],
        ),
        ('cloze: "{{c1::一}}"\nretired_clozes: [0]', ["9:25: a cloze with number 0: count from 1 (to 500)"]),
        ("steps: 手順\nsequence: {a: 一, b: 二}", []),
        ("steps: 手順\nsequence: {a: 一}\nretired: true", []),
        (
            "steps: 手順\nsequence: {a: 一}",
            ["9:19: steps need an order: write two steps at least, or make the item a fact"],
        ),
        (
            "steps: 手順\nsequence: {a: 一, b: {text: 二, retired: true}}",
            ["9:19: steps need an order: write two steps at least, or make the item a fact"],
        ),
        ("calc: 計算\ngiven: {n: {value: 3}}\nformula: n * 2", []),
        (
            "calc: 計算\ngiven: {n: {value: 3}}\nformula: n / 7",
            ["10:18: the answer has endless decimals: round it in the formula, as in round(…, 2)"],
        ),
        (
            "calc: 計算\ngiven: {n: {value: 3}}\nformula: m",
            ["10:18: 'n' is given and not used: use it in the formula or delete it"],
        ),
        ("calc: 計算\ngiven: {n: {value: 3}}\nformula: n * m", ["10:18: 'm' is not given: add it to `given`"]),
    ],
)
def test_clozes_steps_and_calculations(tmp_path: Path, text: str, lines: list[str]) -> None:
    assert said(tmp_path, item(text)) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (TABLE, []),
        (TABLE + "ask: {y: both}", []),
        (TABLE + "ask: {x: forward, y: reverse}", []),
        ("table: 表\ncolumns: {}\nrows: {}", ["9:18: a table without columns: add one at least"]),
        ("table: 表\ncolumns: {x: 列}\nrows: {}", ["10:15: a table without rows: add one at least"]),
        (
            TABLE.replace("y: 三", "z: 三"),
            ["12:21: unknown column 'z': use one of: x, y"],
        ),
        (TABLE + "ask: {z: both}", ["13:15: unknown column 'z': use one of: x, y"]),
        (
            TABLE + "ask: {x: reverse}",
            ["12:18: row 'r' says the same, so asking back for the row has two answers: ask column 'x' forward"],
        ),
        *(
            (
                TABLE.replace(f"{row}: {{x: 一", f"{row}: {{x: {{is: 一, ask: {ask}}}"),
                ["12:18: row 'r' says the same, so asking back for the row has two answers: ask column 'x' forward"],
            )
            for row in "rs"
            for ask in ("reverse", "both")
        ),
        (TABLE.replace("r: {x: 一", "r: {x: {is: 一, ask: forward}"), []),
        (
            TABLE.replace("  s: {", "  a: {") + "ask: {x: reverse}",
            ["12:18: row 'r' says the same, so asking back for the row has two answers: ask column 'x' forward"],
        ),
        (TABLE.replace("  s: {", "  s: {retired: true, ") + "ask: both", []),
        (
            "table: 表\ncolumns: {label: 名}\nrows: {r: {label: 一}}",
            [
                "9:19: 'label' has a meaning of its own in rows: give the column another key",
                "10:16: row 'r' has no cell: add one at least",
            ],
        ),
        (TABLE.replace(", y: 三", ""), []),
        (TABLE.replace("{x: 一, y: 三}", "{label: 三}"), ["12:11: row 's' has no cell: add one at least"]),
        (
            "table: 表\ncolumns: {capital: 首都, area: 面積}\nrows:\n  r: {capitol: 一}",
            ["11:15: unknown column 'capitol': did you mean 'capital'?"],
        ),
        (TABLE.replace(", y: 三", "") + "ask: {y: reverse}", []),
        (TABLE + 'question: "{row}の{column}は?"', []),
        (TABLE.replace("{x: 列, y: 列}", "{x: {title: 列, question: '{row}は?'}, y: 列}") + "question: '{row}?'", []),
        (
            TABLE + 'question: "{row}の{colum}は?"',
            ["13:19: '{colum}' is not known in a question: write {row} and {column}, and braces in `…`"],
        ),
        (
            TABLE + 'question: "{row}の{g}{f}{e}{d}は?"',
            ["13:19: '{d}' is not known in a question: write {row} and {column}, and braces in `…`"],
        ),
        (
            TABLE + "question: 何?",
            ["13:19: the question names no row, so all rows are asked alike: write {row} into it"],
        ),
        (
            TABLE + 'question: "{row}は?"',
            [
                "13:19: the question names no column, so all columns are asked alike: "
                "write {column} into it, or give each column a `question` of its own"
            ],
        ),
    ],
)
def test_tables(tmp_path: Path, text: str, lines: list[str]) -> None:
    assert said(tmp_path, item(text)) == lines


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("images/none.png", "no picture 'images/none.png' in content/: add it or mend the name"),
        ("pictures/none.png", "no picture 'pictures/none.png' in content/: add it or mend the name"),
        ("images/Blume.PNG", "no picture 'images/Blume.PNG' in content/: did you mean 'images/blume.png'?"),
        (
            "images/がぞう.png",
            "the file 'images/がぞう.png' has accents or voicing marks as separate signs in its name: "
            "rename it, and type the name anew",
        ),
        ("images", "no picture 'images' in content/: add it or mend the name"),
        ("t.yaml", "'t.yaml' is no picture: use .png, .jpg, .jpeg, .svg, .webp, .gif"),
        ("../outside.png", "'../outside.png' leads out of content/: copy the picture into content/images/"),
        (
            "images/../../outside.png",
            "'images/../../outside.png' leads out of content/: copy the picture into content/images/",
        ),
        ("/etc/passwd", "'/etc/passwd' leads out of content/: copy the picture into content/images/"),
        ("images/link.png", "'images/link.png' leads out of content/: copy the picture into content/images/"),
        ("images/ring.png", "no picture 'images/ring.png' in content/: add it or mend the name"),
        ("x" * 300 + ".png", f"no picture '{'x' * 300}.png' in content/: add it or mend the name"),
    ],
)
def test_a_picture_is_a_file_of_the_content_folder(tmp_path: Path, file: str, message: str) -> None:
    images = tmp_path / "content" / "images"
    images.mkdir(parents=True)
    (tmp_path / "outside.png").write_bytes(b"png")
    (images / "link.png").symlink_to(tmp_path / "outside.png")
    (images / "ring.png").symlink_to(images / "ring.png")
    for name in ("blume.png", "blume.txt", normalize("NFD", "がぞう.png")):
        (images / name).write_bytes(png())
    assert said(tmp_path, item(f"fact: 問い\nis: 答え\nimage: {{file: '{file}', alt: 絵}}")) == [f"10:23: {message}"]


def test_a_name_that_is_meant_is_one_that_the_folder_has_now(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir(parents=True)
    (tmp_path / "content" / "a.png").write_bytes(png())
    os.utime(tmp_path / "content", (0, 0))
    assert file_fault("A.png", tmp_path / "content", "picture") == (
        "no picture 'A.png' in content/: did you mean 'a.png'?"
    )
    (tmp_path / "content" / "a.png").rename(tmp_path / "content" / "b.png")
    assert file_fault("A.png", tmp_path / "content", "picture") == (
        "no picture 'A.png' in content/: add it or mend the name"
    )


@pytest.mark.parametrize("name", ["a.png", "A.PNG", "絵.svg", "b c.webp"])
def test_a_picture_that_is_there_is_fine(tmp_path: Path, name: str) -> None:
    images = tmp_path / "content" / "images"
    images.mkdir(parents=True)
    (images / name).write_bytes(SVG if name.endswith(".svg") else png())
    assert said(tmp_path, item(f"fact: 問い\nis: 答え\nimage: {{file: 'images/{name}', alt: 絵}}")) == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("fact: 問い\nis: 答え\nwas: other.a", []),
        ("fact: 問い\nis: 答え\nwas: [e.b, f.b]", []),
        ("fact: 問い\nis: 答え\nwas: b", ["10:14: 'b' is not the full path of an item: write entry.item"]),
        (
            "fact: 問い\nis: 答え\nwas: [e.b, 'e.b[c]']",
            ["10:14: 'e.b[c]' is not the full path of an item: write entry.item"],
        ),
        (
            TABLE.replace("r: {", "r: {was: g.a, "),
            ["11:20: 'g.a' is not the full path of a row: write entry.table[row]"],
        ),
        (TABLE.replace("r: {", "r: {was: 'e.a[q]', "), []),
        (
            TABLE.replace("{x: 列", "{x: {title: 列, was: 'e.a[q]'}"),
            ["9:38: 'e.a[q]' is not the full path of a column: write entry.table[,column]"],
        ),
        (TABLE.replace("{x: 列", "{x: {title: 列, was: 'e.a[,q]'}"), []),
        (
            "steps: 手順\nsequence: {a: {text: 一, was: g}, b: 二}",
            ["9:38: 'g' is not the full path of a step: write entry.steps[step]"],
        ),
    ],
)
def test_what_was_is_a_full_path(tmp_path: Path, text: str, lines: list[str]) -> None:
    assert said(tmp_path, item(text)) == lines


def test_what_was_names_nothing_that_is_still_there(tmp_path: Path) -> None:
    text = entry("title: 題\nitems:\n  a: {fact: 問い, is: 答え}\n  b: {fact: 問い, is: 答え, was: e.a}")
    assert said(tmp_path, text) == [
        "8:7: 'e.a' is also the identity of content/t.yaml:7:7: rename the newer of the two"
    ]


def test_what_was_names_nothing_that_is_still_there_in_another_file(tmp_path: Path) -> None:
    other = entry("title: 題\nitems: {a: {fact: 問い, is: 答え, was: e.a}}", "f", "u")
    assert said(tmp_path, item("fact: 問い\nis: 答え"), u=other) == [
        "content/u.yaml:6:13: 'e.a' is also the identity of content/t.yaml:7:7: rename the newer of the two"
    ]


def test_two_things_may_swap_their_keys(tmp_path: Path) -> None:
    text = entry("title: 題\nitems:\n  a: {fact: 問い, is: 答え, was: e.b}\n  b: {fact: 問い, is: 答え, was: e.a}")
    assert said(tmp_path, text) == []


def test_rows_and_columns_that_were_one_are_told(tmp_path: Path) -> None:
    assert said(tmp_path, item(TABLE.replace("  s: {", "  s: {was: 'e.a[r]', "))) == [
        "12:11: 'e.a[r]' is also the identity of content/t.yaml:11:11: rename the newer of the two"
    ] + [
        f"12:{column}: 'e.a[r,{key}]' is also the identity of content/t.yaml:11:{other}: rename the newer of the two"
        for key, column, other in (("x", 30, 15), ("y", 36, 21))
    ]


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        (
            "topics/deck.yaml",
            DECK,
            "content/topics/deck.yaml:1:1: this describes a deck: its place is content/deck.yaml",
        ),
        ("a.yml", entry("title: 題"), "content/a.yml:1:1: only files named *.yaml are read: rename it to a.yaml"),
        ("B.YAML", entry("title: 題"), "content/B.YAML:1:1: only files named *.yaml are read: rename it to B.yaml"),
    ],
)
def test_a_file_in_the_wrong_place_is_told(tmp_path: Path, file: str, text: str, line: str) -> None:
    assert problems(tmp_path, {"t.yaml": item("fact: 問い\nis: 答え"), file: text}) == [line]


def test_hidden_files_are_nobodys_notes(tmp_path: Path) -> None:
    assert problems(tmp_path, {"t.yaml": item("fact: 問い\nis: 答え"), ".draft.yaml": "x", ".old/a.yaml": "x"}) == []


def test_a_topic_in_place_of_the_deck_is_told(tmp_path: Path) -> None:
    assert problems(tmp_path, {"deck.yaml": entry("title: 題")}) == [
        "content/deck.yaml:1:1: content/deck.yaml describes the deck: move this topic elsewhere"
    ]


def test_a_project_needs_a_deck(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        checks.trusted(tmp_path)
    assert str(error.value) == (
        "content/deck.yaml:1:1: the file is missing: write format, key, title and language into it, "
        "or name the project's folder with -C"
    )


@pytest.mark.parametrize(
    "lines",
    [
        *("left: 10, top: 10, width: 10", "left: 10, top: 10, height: 10", "left: 10, width: 10, height: 10"),
        *("top: 10, width: 10, height: 10", "left: 10", "element: a, left: 10"),
        "element: a, left: 10, top: 10, width: 10, height: 10",
    ],
)
def test_a_region_has_all_its_sides_or_an_element_and_nothing_else(tmp_path: Path, lines: str) -> None:
    (tmp_path / "content").mkdir(parents=True)
    (tmp_path / "content" / "a.png").write_bytes(png())
    image = "picture: 絵\nimage: {file: a.png, alt: 絵}\nregions:\n"
    whole = "left: 10, top: 10, width: 10, height: 10"
    assert said(tmp_path, item(f"{image}  r: {{label: 甲, {whole}}}")) == []
    wrong = "a region needs left, top, width and height in per cent, or the id of an SVG's element"
    assert said(tmp_path, item(f"{image}  r: {{label: 甲, {lines}}}")) == [f"11:14: {wrong}"]
