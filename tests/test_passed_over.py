"""A quick look at the bytes of a file passes over those alone in whose texts there is nothing to tell."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hitoe import checks
from hitoe.checks import characters, foreign_markup
from hitoe.model.project import Project
from hitoe.text import PictureSpan, SoundSpan, Text, TextError, notations
from hitoe.text.parse import near_misses, parse
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.notes import item, problems, written

NOTATIONS = [
    *("H<sub>2</sub>O", "<b>x</b>", "<anki-mathjax>x</anki-mathjax>", "a&nbsp;b", "&#8594;", "[sound:x.mp3]"),
    *("[LaTeX]x[/latex]", "[$]x[/$]", "$E=mc^2$", r"\(E=mc^2\)", r"\[\frac{a}{b}\]", "![[a.png]]", "![a](b.pdf)"),
    *("{{c1:x}}", "{{ C1::x}}", "H~{{c1::2}}~O", "{{c1::a::*b*}}", "{{c1::a::b `c`}}", "{{c1::`a::ヒント`}}"),
    *("__x y__", "a _x y_ b", "==x==", "~~x y~~", "2*x*", "n*x* だ", "one\\ two", "x[a-z]+\\.com"),
    *(r"a\?", r"a\/b", r"C:\a\~b", r"\\server\share", "- 5 °C\nb", "* 5 °C\nb", "a\n- 5 b"),
    *("| a | b |\n|---|:-:|\n| 1 | 2 |", "a | b\n--- | ---\n1 | 2"),
    *("1. a\n2. b\n(3) c", "- a\n- b\nThus c", "x\n* a\nb", "x\n- a\n- b c\nd", "12. a b c\nd"),
    *("a\n# Heading", "## b\nc", "a\n> quote", ">quote\na", "- [ ] task\n- b", "a\n1. [x] done"),
]


def spellings(text: str) -> Iterator[str]:
    """Yield a text as YAML in every form in which it can be written."""
    quoted = json.dumps(text, ensure_ascii=False)
    yield quoted
    yield '"' + "".join(f"\\u{ord(sign):04x}" for sign in text) + '"'
    if "\n" not in text:
        yield "'" + text.replace("'", "''") + "'"
        yield quoted.replace(" ", "\n            ") if "\\" not in text else quoted
    if "\\" not in text:
        yield '"' + text.replace("\n", "\n\n            ") + '"'
    if "\\" not in quoted:
        for end in ("\n", "\r\n", "\r"):
            yield '"' + f"\\{end}            ".join("\\ " if sign == " " else sign for sign in text) + '"'
    if "\n" in text and "\\" not in text:
        yield "'" + text.replace("'", "''").replace("\n", "\n\n            ") + "'"
        yield '"\n            ' + re.sub(r"([ \n])", r"\1\n            ", text).replace(" \n", "\n") + '"'
    if re.fullmatch(r"\w[\w*.>() \n-]*", text):
        yield text.replace("\n", "\n\n            ")
    for style in "|" if "\n" in text else "|>":
        yield f"{style}\n" + "\n".join(f"            {line}" for line in text.split("\n"))


def project(root: Path, text: str, spelling: str) -> Project:
    """Return a project with one text, which is spelt so."""
    kind = "cloze: " if "{{c1::" in text else "fact: 問\nis: "
    return checks.trusted(written(root, {"t.yaml": item(f"{kind}HERE").replace("HERE", spelling)}))


@pytest.mark.parametrize("text", NOTATIONS)
def test_a_notation_is_told_however_its_text_is_spelt(tmp_path: Path, text: str) -> None:
    for spelling in spellings(text):
        assert list(foreign_markup.told(project(tmp_path, text, spelling))), spelling


@pytest.mark.parametrize("text", ["か\u3099", "x \ufa19", "\u212b"])
def test_a_character_that_anki_changes_is_told_however_its_text_is_spelt(tmp_path: Path, text: str) -> None:
    for spelling in spellings(text):
        assert len(list(characters.changed_by_anki(project(tmp_path, text, spelling)))) == 1, spelling


def test_a_picture_is_missed_however_its_text_is_spelt(tmp_path: Path) -> None:
    for spelling in spellings("![a](b.png)"):
        assert problems(tmp_path, {"t.yaml": item("fact: 問\nis: HERE").replace("HERE", spelling)}) == [
            "content/t.yaml:9:13: no picture 'b.png' in content/: add it or mend the name"
        ]


@pytest.mark.parametrize("key", ["was", "'was'", '"was"', '"w\\x61s"', "was ", "? was\n"])
def test_an_old_path_is_checked_however_its_key_is_spelt(tmp_path: Path, key: str) -> None:
    (told,) = problems(tmp_path, {"t.yaml": item(f"fact: 問\nis: 答\n{key}: x")})
    assert "'x' is not the full path of an item" in told


PIECES = [*("a", "1", "あ", " ", "\n", "-", "+", "。", "/", "|", "n*x*", "_x_", "*x*", "~2~", "^2^", "==x==", "~~x~~")]
PIECES += [*("`", "\\", "$", "\\(", "\\)", "{{c1::", "}}", "{{C1:", "::", "[", "](b.png)", "![", "<b>", "&amp;", "- 5")]

PIECES += ["- a\n", "\n1. ", "  ", "\t", "\n# ", ">", "[ ] "]


@settings(max_examples=200)
@example("H~2~O", False)
@example("{{c1::a", False)
@example("{\\{C1::a}}", False)
@example("a\nb", False)
@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), st.booleans())
def test_of_a_text_that_is_passed_over_nothing_else_would_be_read_or_told(raw: str, math: bool) -> None:
    found = read_and_told(raw, math)
    with pytest.MonkeyPatch.context() as patch:
        for place in ("hitoe.text.parse.SPECIAL", "hitoe.text.notations.QUICK"):
            patch.setattr(place, re.compile(""))
        assert read_and_told(raw, math) == found


def read_and_told(raw: str, math: bool) -> object:
    """Return what a text is read as, or why it cannot be read, its media, its near misses, and what is told of it."""
    told = list(notations.told(raw, math=math))
    try:
        text = parse(raw, math=math)
    except TextError as error:
        return str(error), told
    media = tuple(node for node in text.walk() if isinstance(node, PictureSpan | SoundSpan))
    assert text.media == media
    assert near_misses(text) == near_misses(Text("", text.blocks))
    return text.blocks, media, told
