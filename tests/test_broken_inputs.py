"""Mistakes that other tools let through: each stops the build at its line and column, and build/ stays as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hitoe import checks
from hitoe.cli import main
from hitoe.kinds.fact import Fact
from support.notes import item, written
from support.projects import build, example_copy

TEN = {
    "an unknown key": (item("fact: 問い\nis: 答え\nhnit: 海"), ["10:9: unknown key 'hnit': did you mean 'hint'?"]),
    "one key twice": (
        item("fact: 問い\nis: 一\nis: 二"),
        ["10:9: key 'is' stands twice, first in line 9: rename or delete one"],
    ),
    "the same entry key in two files": (
        "topic: t\ntitle: 題\nentries:\n  umami: {title: 題, points: [点]}\n",
        # The second file by name is the one to mend.
        ["content/topics/ryori.yaml:5:3: entry 'umami' stands also in content/a/new.yaml:4:3: rename one"],
    ),
    "a missing picture": (
        item("fact: 問い\nis: 答え\nimage: {file: images/none.png, alt: 絵}"),
        ["10:23: no picture 'images/none.png' in content/: add it or mend the name"],
    ),
    "a picture outside the project": (
        item("fact: 問い\nis: 答え\nimage: {file: ../../secret.png, alt: 絵}"),
        ["10:23: '../../secret.png' leads out of content/: copy the picture into content/images/"],
    ),
    "a tab used to indent": (
        item("fact: 問い\nis: 答え").replace("        is", "\tis"),
        ["9:1: a tab indents this line: use spaces"],
    ),
    "an empty value": (item("fact: 問い\nis:"), ["9:12: an empty value: write the text, or leave the key out"]),
    "a list where text belongs": (
        item("fact: 問い\nis: [a, b]"),
        [
            "9:13: a list where text belongs: put | after is: to write several lines, "
            "or quote a text that begins with '['"
        ],
    ),
    "an unquoted colon": (item("fact: 注意: コロン\nis: 答え"), ["8:17: ': ' inside the text: quote the text"]),
    "a cloze without a blank": (
        item("cloze: 空欄のない文"),
        ["8:16: a cloze without {{c1::…}}: put the words to learn into {{c1::…}}"],
    ),
    "a cloze with number 0": (
        item('cloze: "{{c0::零}}"'),
        ["8:16: a cloze with number 0: count from 1 (to 500)"],
    ),
    "a cloze with nothing inside": (
        item('cloze: "{{c1::}}"'),
        ["8:16: the cloze {{c1::…}} has nothing inside: write the answer"],
    ),
    "a cloze with a gap in its numbers": (
        item('cloze: "{{c1::一}}と{{c3::三}}"'),
        [
            "8:16: cloze 2 is missing between 1 and 3: number without gaps, "
            "or if it was shipped and is gone add `retired_clozes: [2]`"
        ],
    ),
    "a row with a column that does not exist": (
        item("table: 表\ncolumns: {x: 列}\nrows:\n  r: {x: 一, y: 二}"),
        ["11:21: unknown column 'y': use one of: x"],
    ),
    "a row that has no cell": (
        item("table: 表\ncolumns: {x: 列, y: 列}\nrows:\n  r: {label: 行}"),
        ["11:11: row 'r' has no cell: add one at least"],
    ),
}

MORE = {
    "a comment that cuts the text": (
        item("fact: C #の読み\nis: シーシャープ"),
        ["8:17: ' #' cuts the text here: quote the text, or put two spaces before a comment"],
    ),
    "a text that begins with bold": (
        item("fact: 問い\nis: **答え**だけ"),
        ["9:13: a text that begins with '**' means something else in YAML: quote the text"],
    ),
    "bold in a flow mapping": (
        item("table: 表\ncolumns: {x: 列}\nrows:\n  r: {x: **一**}"),
        ["11:18: a text that begins with '**' means something else in YAML: quote the text"],
    ),
    "a text that begins with a cloze": (
        item("cloze: {{c1::答え}}がある"),
        ["8:16: a text that begins with '{{' means something else in YAML: quote the text"],
    ),
    "a colon in a flow mapping": (
        item("fact: 問い\nis: 答え\nquote: x").replace("quote: x", "image: {file: images/flag.png, alt: kms:*}"),
        ["10:45: 'kms:*' holds ':' or '?' inside {…} or […]: quote the text"],
    ),
    "a quote that is never closed": (
        item("fact: 'It's\nis: 答え"),
        ["8:15: the text goes on after its closing quote: put the whole text in quotes"],
    ),
    "a bracket that is never closed": (
        item("fact: 問い\nis: 答え\ntags: [a, b"),
        ["10:15: '[' is never closed: add ']', or quote the text"],
    ),
    "two kinds in one item": (
        item("fact: 問い\ntable: 表\nis: 答え"),
        ["9:9: 'fact' and 'table' in one item: make two items of it"],
    ),
    "no kind": (item("fcat: 問い\nis: 答え"), ["8:9: no kind of item: unknown key 'fcat': did you mean 'fact'?"]),
    "a week that the year does not have": (
        "topic: t\ntitle: 題\nentries:\n  e: {title: 題, learned: 2019-W53, points: [点]}\n",
        ["4:26: 2019 has no ISO week 53: look the week up"],
    ),
    "a formula that divides by zero": (
        item("calc: 計算\ngiven: {n: {value: 0}}\nformula: 1 / n"),
        ["10:18: the formula divides by zero"],
    ),
    "a flag in other words": (
        item("fact: 問い\nis: 答え\nretired: yes"),
        ["10:18: 'yes' is neither true nor false: write true or false"],
    ),
    "an anchor": (
        item("fact: 問い\nis: &x 答え"),
        ["9:13: '&' begins a YAML anchor, which notes do not use: quote the text"],
    ),
    "a control character": (
        item('fact: 問い\nis: "\\x1f"'),
        ["9:13: a control character (U+001F) stands in the text: write it without the escape"],
    ),
    "a file that is not UTF-8": ("題: \udc82", ["1:4: not UTF-8: save the file as UTF-8"]),
    "an empty file": (" \n", ["1:1: the file is empty: write the notes or delete the file"]),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of tests/example with its deck in build/, and a file there that is not hitoe's."""
    project = example_copy(tmp_path_factory.mktemp("broken") / "project")
    build(project)
    (project / "build" / "sentinel").write_text("mine")
    return project


@pytest.fixture
def project(built: Path) -> Iterator[Path]:
    """Return the built project; its notes are as they were again when the test is over."""
    notes = {path: path.read_bytes() for path in (built / "content").rglob("*") if path.is_file()}
    yield built
    for path in (built / "content").rglob("*"):
        if path.is_file() and path not in notes:
            path.unlink()
    for path, content in notes.items():
        path.write_bytes(content)


def files(folder: Path) -> dict[Path, tuple[bytes, int]]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


def refused(project: Path, said: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """Build what is broken, see that nothing in build/ or the ledger was touched, and return what was said."""
    before = files(project)
    assert main(["build", "-C", str(project), *words]) == 1
    assert files(project) == before
    output = said.readouterr()
    assert output.out == ""
    return output.err.splitlines()


@pytest.mark.parametrize(("text", "told"), [*TEN.values(), *MORE.values()], ids=[*TEN, *MORE])
def test_a_mistake_is_told_at_its_place_and_build_stays(
    project: Path, capsys: pytest.CaptureFixture[str], text: str, told: list[str]
) -> None:
    raw = text.encode("utf-8", "surrogateescape")
    path = project / "content" / "a" / "new.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(raw)
    lines = [line if line.startswith("content/") else f"content/a/new.yaml:{line}" for line in told]
    assert refused(project, capsys) == [*lines, f"hitoe: {len(lines)} problem, nothing was written"]


def test_all_mistakes_of_all_files_are_told_at_once_and_sorted(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(project, {f"z/{i}.yaml": text for i, (text, _) in enumerate(MORE.values()) if "\udc82" not in text})
    told = refused(project, capsys)
    places = [(file, int(line), int(column)) for file, line, column, _ in (each.split(":", 3) for each in told[:-1])]
    assert places == sorted(places)
    assert len({file for file, _, _ in places}) >= len(MORE) - 1
    assert told[-1] == f"hitoe: {len(places)} problems, nothing was written"


def test_several_mistakes_of_one_file_are_told_at_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = item("fact: `問い`\nis: 注意: コロン\nhnit: 海\nretired: yes").replace(
        "title: 題\nentries", "tilte: 題\nentries"
    )
    written(project, {"new.yaml": text})
    assert refused(project, capsys)[:-1] == [
        "content/new.yaml:2:1: unknown key 'tilte': did you mean 'title'?",
        "content/new.yaml:8:15: a text that begins with '`' means something else in YAML: quote the text",
        "content/new.yaml:9:15: ': ' inside the text: quote the text",
        "content/new.yaml:10:9: unknown key 'hnit': did you mean 'hint'?",
        "content/new.yaml:11:18: 'yes' is neither true nor false: write true or false",
    ]


@pytest.mark.parametrize(
    "text", ["yes", "no", "on", "null", "~", "1.10", "012", "0x1F", "1_000", "12:30", "2024-01-01"]
)
def test_a_value_that_other_parsers_change_is_shown_as_written(project: Path, text: str) -> None:
    written(project, {"new.yaml": item(f"fact: {text}\nis: {text}\ntags: ['{text}', a b]")})
    fact = checks.trusted(project).topics["content/new.yaml"].entries["e"].items["a"]
    assert isinstance(fact, Fact)
    assert (fact.fact.plain, fact.answer.plain) == (text, text)
    assert fact.tags == (text, "a b")


def test_tags_and_titles_may_have_spaces(project: Path) -> None:
    written(
        project, {"new.yaml": item("fact: 問い\nis: 答え\ntags: [基本 の 味]").replace("title: 題", "title: 題 の 題")}
    )
    assert main(["check", "-C", str(project)]) == 0


def test_a_file_that_cannot_be_opened_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "content" / "gone.yaml").symlink_to("nowhere.yaml")
    (project / "content" / "folder.yaml").mkdir()
    try:
        assert refused(project, capsys)[0] == (
            "content/gone.yaml:1:1: the file cannot be read: No such file or directory, for this is a link to nowhere"
        )
    finally:
        (project / "content" / "folder.yaml").rmdir()
        (project / "content" / "gone.yaml").unlink()
