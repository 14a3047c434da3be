"""`hitoe new` adds what its author then fills in, and changes nothing else."""

import shlex
import shutil
import stat
import subprocess
import sys
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pytest
from hitoe import checks
from hitoe.cli import main
from hitoe.commands import new
from hitoe.problems import Position, RefusedError
from hitoe.source import read, splicing, syntax
from hitoe.start.key_names import slug
from support.notes import OWN_KINDS, item, written

TESTS = Path(__file__).resolve().parent
PROJECTS = [TESTS / "example", *sorted(path.parent.parent for path in TESTS.glob("gallery/*/content/deck.yaml"))]
WEEK_30 = "1595203200"
"""2020-07-20, a Monday."""


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", WEEK_30)


def run(project: Path, *words: str) -> int:
    return main(["new", *words, "-C", str(project)])


def topics(project: Path) -> dict[Path, bytes]:
    files = (path for path in project.rglob("*.yaml") if path.name not in ("deck.yaml", "words.yaml"))
    return {path: path.read_bytes() for path in files}


def added(old: bytes, text: bytes) -> bytes:
    """Return what a file has more than before; nothing else may have changed."""
    start = next((i for i, (one, other) in enumerate(zip(old, text, strict=False)) if one != other), len(old))
    assert text.endswith(old[start:])
    return text[start : len(text) - len(old) + start]


def picture(project: Path) -> str:
    """Put a picture into a project, and return its name."""
    shutil.copy(TESTS / "example/content/images/states.svg", project / "content/new.svg")
    return "new.svg"


@pytest.mark.parametrize(
    ("original", "ends"),
    [
        pytest.param(PROJECTS[1], b"\r\n", id="crlf"),
        *(
            pytest.param(project, b"\n", id=project.name, marks=[] if project in PROJECTS[:2] else [pytest.mark.slow])
            for project in PROJECTS
        ),
    ],
)
def test_all_other_bytes_of_a_file_stay(original: Path, ends: bytes, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(original / "content", project / "content", ignore=shutil.ignore_patterns("ledger.json"))
    for path, text in topics(project).items():
        path.write_bytes(text.replace(b"\n", ends))
    image = picture(project)
    count = len(list(checks.trusted(project).entries()))
    for path in topics(project):
        document, _ = read("", path.read_bytes())
        assert document is not None
        topic, entries = str(document.value_at(("topic",))), document.value_at(("entries",))
        assert isinstance(entries, dict)
        for place, kinds in [(topic, ["entry"]), *zip(entries, chain([OWN_KINDS], repeat(["fact"])), strict=False)]:
            for kind in kinds:
                old = topics(project)
                assert run(project, kind, "--in", place, *(["--image", image] if kind == "picture" else [])) == 0
                text = path.read_bytes()
                lines = added(old.pop(path), text)
                assert lines.replace(ends, b"").count(b"\n") == lines.replace(ends, b"").count(b"\r") == 0
                assert {other: topics(project)[other] for other in old} == old
    assert len(list(checks.trusted(project).entries())) == count + len(topics(project))


def test_every_kind_can_be_added() -> None:
    assert set(new.KINDS) == {"topic", "entry", *OWN_KINDS}


def test_a_topic_an_entry_and_an_item(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {"topics/t.yaml": item("fact: 問い\nis: 答え")})
    assert run(project, "topic", "Amazon: S3") == 0
    assert run(project, "entry", "The storage classes", "--in", "amazon-s3") == 0
    assert run(project, "steps", "順番 #1", "--in", "the-storage-classes") == 0
    assert capsys.readouterr().out.splitlines() == [
        f"content/topics/amazon-s3.yaml:{place}" for place in ("5:3", "13:3", "20:7")
    ]
    assert (project / "content/topics/amazon-s3.yaml").read_text("utf-8").splitlines() == [
        "# yaml-language-server: $schema=../.schema/topic.schema.json",
        "topic: amazon-s3",
        'title: "Amazon: S3"',
        "entries:",
        "  entry-1:",
        "    title: TODO 学んだこと",
        "    learned: 2020-W30",
        "    items:",
        "      first:",
        "        fact: TODO 問い",
        "        is: TODO 答え",
        "",
        "  the-storage-classes:",
        "    title: The storage classes",
        "    learned: 2020-W30",
        "    items:",
        "      first:",
        "        fact: TODO 問い",
        "        is: TODO 答え",
        "      steps-1:",
        '        steps: "順番 #1"',
        "        sequence:",
        "          first: TODO はじめ",
        "          second: TODO つぎ",
    ]


@pytest.mark.parametrize("kind", OWN_KINDS)
def test_check_tells_every_text_that_is_still_to_be_written(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deck = "format: 1\nkey: own\ntitle: Own\nlanguage: de\n"
    project = written(tmp_path, {"deck.yaml": deck, "t.yaml": item("fact: q\nis: a")})
    assert run(project, kind, *(["--image", picture(project)] if kind == "picture" else [])) == 0
    lines = (project / "content/t.yaml").read_text("utf-8").splitlines()
    capsys.readouterr()
    assert main(["check", "-C", str(project)]) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if line.endswith(" is still to be written")]
    assert len(told) == sum(line.count("TODO") for line in lines) > 0
    for line in told:
        _, row, column, message = line.split(":", 3)
        text = message.removeprefix(" warning: '").removesuffix("' is still to be written")
        assert lines[int(row) - 1][int(column) - 1 :].lstrip('"').startswith(text)


TIGHT = """topic: t
title: T
entries:
    e:
        title: E
        items:
            a:
                fact: q
                is: |
                  one
                  # no comment

            # of a
    # not of e
    f:
        title: F
        points: [a]  # why
        items:
    g:
        title: G
        points: [b]

# the end"""


@pytest.mark.parametrize("loader", [syntax.CParser, None], ids=["c", "pure"])
def test_indentation_comments_and_blank_lines_are_those_of_the_file(
    loader: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syntax, "CParser", loader)
    project = written(tmp_path, {"t.yaml": TIGHT})
    for place in "efg":
        assert run(project, "fact", "--in", place) == 0
    stub = ["            fact-1:", "                fact: TODO 問い", "                is: TODO 答え"]
    lines = TIGHT.splitlines()
    assert (project / "content/t.yaml").read_text("utf-8").split("\n") == [
        *lines[:13],
        *stub,
        *lines[13:18],
        *stub,
        *lines[18:21],
        "        items:",
        *stub,
        *lines[21:],
    ]


@pytest.mark.parametrize("answer", ["a", "|\n  a\n  b", "a  # b"])
def test_a_file_without_a_line_end_keeps_none(answer: str, tmp_path: Path) -> None:
    text = item(f"fact: q\nis: {answer}").removesuffix("\n")
    project = written(tmp_path, {"t.yaml": "\ufeff" + text})
    assert run(project, "fact", "q2", "--key", "b") == 0
    new_text = (project / "content/t.yaml").read_text("utf-8")
    assert new_text == f"\ufeff{text}\n      b:\n        fact: q2\n        is: TODO 答え"


def test_earlier_keys_are_not_given_again(tmp_path: Path) -> None:
    text = item("fact: q\nis: a\nwas: e.fact-1").replace("    items:", "    was: [dd]\n    items:")
    project = written(tmp_path, {"t.yaml": text})
    assert run(project, "fact", "三つ目") == 0
    assert "      fact-2:\n        fact: 三つ目\n" in (project / "content/t.yaml").read_text("utf-8")
    assert run(project, "entry", "Dd") == 0
    assert "\n  dd-2:\n    title: Dd\n" in (project / "content/t.yaml").read_text("utf-8")


def test_keys_of_shipped_cards_are_not_given_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {"t.yaml": item("fact: q\nis: a", "fact-1")})
    assert main(["build", "deck", "-C", str(project)]) == 0
    written(project, {"t.yaml": item("fact: q\nis: a", "other")})
    assert run(project, "fact", "二つ目") == 0
    assert "      fact-2:\n        fact: 二つ目\n" in (project / "content/t.yaml").read_text("utf-8")
    capsys.readouterr()
    assert run(project, "fact", "三つ目", "--key", "fact-1") == 1
    assert capsys.readouterr().err == (
        "hitoe: the key 'fact-1' is taken, or was in a shipped deck: name another one with --key\n"
    )


def test_blank_lines_are_between_items_where_they_are_between_the_others(tmp_path: Path) -> None:
    items = "      a:\n        points: []\n\n      # of b\n      b: {fact: q, is: a}\n"
    items = items.replace("points: []", "fact: q\n        is: a")
    project = written(tmp_path, {"t.yaml": f"topic: t\ntitle: T\nentries:\n  e:\n    title: E\n    items:\n{items}"})
    assert run(project, "fact", "c") == 0
    text = (project / "content/t.yaml").read_text("utf-8")
    assert text.endswith(items + "\n      fact-1:\n        fact: c\n        is: TODO 答え\n")


def test_a_file_with_no_place_for_lines_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = item("fact: q\n") + '        is: "a\n# b"\n'
    project = written(tmp_path, {"t.yaml": text})
    assert run(project, "fact", "c") == 1
    assert "the new lines find no place here: write them by hand" in capsys.readouterr().err
    assert (project / "content/t.yaml").read_text("utf-8") == text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["topic"], 'a topic needs a title: hitoe new topic "TITLE"'),
        (["entry", "x", "--in", "tt"], "no topic 'tt': did you mean 't'?"),
        (["fact", "x", "--in", "ee"], "no entry or topic 'ee': did you mean 'e'?"),
        (
            ["fact", "x", "--key", "a b"],
            "nothing was added: 'a b' cannot be a key: use letters, digits, '-' and '_', a letter or digit first",
        ),
        (["cloze", "no blank"], "nothing was added: a cloze without {{c1::…}}: put the words to learn into {{c1::…}}"),
        (["picture"], "a picture needs its file: name it with --image, as it lies in content/"),
        (["picture", "--image", "a.png"], "nothing was added: no picture 'a.png' in content/: add it or mend the name"),
        (
            ["fact", "a\x07"],
            "'a\\x07' cannot be written: a text of one line without control characters is needed",
        ),
    ],
)
def test_what_cannot_be_added_is_told_and_nothing_written(
    words: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = written(tmp_path, {"t.yaml": item("fact: q\nis: a")})
    old = topics(project)
    assert run(project, *words) == 1
    out, err = capsys.readouterr()
    assert (out, err.replace(f" -C {project}", "")) == ("", f"hitoe: {told}\n")
    assert topics(project) == old


def test_the_place_must_be_named_where_there_are_several(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = item("fact: q\nis: a").replace("topic: t", "topic: u").replace("  e:", "  f:")
    project = written(tmp_path, {"t.yaml": item("fact: q\nis: a"), "u.yaml": other})
    assert run(project, "fact", "x") == 1
    assert capsys.readouterr().err == "hitoe: name the topic with --in: t, u\n"


def test_all_topics_are_named_however_many_there_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"topic-{number:03}" for number in range(300)]
    files = {f"{name}.yaml": item("fact: q\nis: a").replace("topic: t", f"topic: {name}") for name in names}
    assert run(written(tmp_path, files), "fact", "x") == 1
    assert capsys.readouterr().err == f"hitoe: name the topic with --in: {', '.join(names)}\n"


def test_nothing_is_added_in_braces(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "topic: t\ntitle: T\nentries:\n  e: {title: E, items: {a: {fact: q, is: a}}}\n"
    project = written(tmp_path, {"t.yaml": text})
    assert run(project, "fact", "x") == 1
    assert (
        capsys.readouterr()
        .err.splitlines()[0]
        .endswith(
            "4:17: 'items' is written in braces, where no lines can be added: write its keys on lines of their own"
        )
    )
    assert (project / "content/t.yaml").read_text("utf-8") == text


def test_a_file_that_cannot_be_read_is_told_where_the_place_is_not_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = written(tmp_path, {"t.yaml": item("fact: q\nis: a"), "u.yaml": "topic: ["})
    assert run(project, "fact", "x", "--in", "u") == 1
    assert capsys.readouterr().err.startswith("content/u.yaml:1:9: not expected inside")


def test_nothing_is_added_to_a_file_that_is_no_yaml(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = item("fact: q\nis: a: b")
    project = written(tmp_path, {"t.yaml": text})
    assert run(project, "fact", "x") == 1
    assert capsys.readouterr().err.splitlines()[0] == "content/t.yaml:9:14: ': ' inside the text: quote the text"
    assert (project / "content/t.yaml").read_text("utf-8") == text


def test_mistakes_elsewhere_in_the_file_do_not_matter(tmp_path: Path) -> None:
    project = written(tmp_path, {"t.yaml": item("fact: q\nhnit: h\nis: a"), "u.yaml": "topic: ["})
    assert run(project, "fact", "x", "--in", "e") == 0
    assert (
        (project / "content/t.yaml")
        .read_text("utf-8")
        .endswith("      fact-1:\n        fact: x\n        is: TODO 答え\n")
    )


@pytest.mark.parametrize(
    "text",
    ["plain", "a: b", "#x", "it's", 'a "b" c', "`x`", "a, b", "{x}", "12:30", "- x", "問い?", "\\t", "null", " a", "é"],
)
def test_every_text_is_spelled_so_that_it_is_read_again(text: str) -> None:
    document, problems = read("f", f"a: {splicing.spelled(text)}\nb: [{splicing.spelled(text)}]\n".encode())
    assert problems == []
    assert document is not None
    assert document.value == {"a": text, "b": [text]}


@pytest.mark.parametrize("text", ["a\nb", "\x00", "\udcff"])
def test_texts_that_no_line_can_have_are_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="a text of one line"):
        splicing.spelled(text)


def test_a_key_of_bytes_that_are_no_text_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {"t.yaml": item("fact: a\nis: b")})
    for kind in ("topic", "entry", "fact", "code"):
        assert main(["new", kind, "title", "--key", "\udcff", "-C", str(project)]) == 1
        assert "'\\udcff' cannot be written: a text of one line" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Retention of a stream's records", "retention-of-a-streams-records"),
        ("Élan vital — 2 kinds", "elan-vital-2-kinds"),
        ("DynamoDBストリームの保持期間", "dynamodb"),
        ("1気圧での水の沸点", ""),
        ("紙の大きさ", ""),
        ("A title of very many words that no key should have in full", "a-title-of-very-many-words-that-no-key"),
    ],
)
def test_keys_are_made_of_what_ascii_can_write(title: str, key: str) -> None:
    assert slug(title) == key


def test_a_position_is_where_the_key_stands() -> None:
    document, _ = read("f", b"a:\n  b: {c: d}\n")
    assert document is not None
    child = splicing.with_child(document, ("a",), "e", "f: g\n")
    assert child.at(("a", "e"), key=True) == Position("f", 3, 3)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_notes_are_whole_where_there_is_no_room(tmp_path: Path) -> None:
    project = written(tmp_path / "p", {"t.yaml": item("fact: 問い\nis: 答え")})
    before = topics(project)
    for words in (("fact", "問い", "--in", "e"), ("topic", "題")):
        command = shlex.join([sys.executable, "-m", "hitoe", "new", *words, "-C", str(project)])
        done = subprocess.run(["sh", "-c", f"ulimit -f 0; {command}"], capture_output=True, check=False, text=True)
        assert done.returncode == 1
        assert done.stderr.startswith(f"hitoe: {project.resolve()}/content/")
        assert topics(project) == before
        assert not list(project.rglob("*.part"))


@pytest.mark.skipif(sys.platform == "win32", reason="there are other rights")
def test_notes_stay_a_link_and_keep_their_rights(tmp_path: Path) -> None:
    project = written(tmp_path / "p", {"t.yaml": item("fact: 問い\nis: 答え")})
    notes, real = project / "content" / "t.yaml", project / "content" / ".notes"
    notes.rename(real)
    notes.symlink_to(".notes")
    real.chmod(0o640)
    assert run(project, "fact", "問い", "--in", "e") == 0
    assert notes.is_symlink()
    assert "問い" in real.read_text("utf-8")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
