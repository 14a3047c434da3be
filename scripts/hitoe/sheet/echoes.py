"""Echoes: what is blanked must not be read elsewhere on the page.

In its own block there stands the number of its blank instead, in other blocks a sign without a number. A word that
stands in a block more often than COMMON is one of the block's words and tells nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hitoe.sheet.phrases import BREAK, GLUE

TELLING, SHORT = 4, 2
"""From so many letters on an answer gives itself away elsewhere; SHORT: in its own block, unless it is kana."""
KANA, WORD, NUMBER = re.compile(r"[ぁ-ん]*"), re.compile(r"\w"), re.compile(r"[\d,.]+")
KATAKANA = "[ァ-ヶー]"
COMMON = 4
STRANGE = "□□"
"""What stands in place of a word that is blanked in another block."""
AMOUNT = re.compile(r"[\d,.:]*\d\D+")
SVG = "{http://www.w3.org/2000/svg}"
INLINE = frozenset({"span", "code", "strong", "a", SVG + "tspan"})
UNTOUCHED = frozenset({"title", "blank", "segment", "cell-blank", "mark"})
"""Classes of what is left as it is: headings, which name their block, and blanks."""
BETWEEN = rf"[\s{GLUE}{BREAK}]*"
WITHIN = re.compile(rf"[\s{GLUE}{BREAK}]+")
LATIN = "[A-Za-z0-9_]"


@dataclass(frozen=True, slots=True)
class Blank:
    """An answer that was blanked: its number as printed, its words, whether these are code, and the item's path.

    `echoed`: its words stand elsewhere in the block, and are to be hidden there too.
    """

    mark: str
    text: str
    code: bool
    path: str
    echoed: bool = False


def judged(parts: Sequence[Any], key: Mapping[str, Sequence[Blank]]) -> dict[str, list[Blank]]:
    """Return the blanks, by block, of which each knows whether it is echoed; the parts hold whole blocks."""
    read = seen(parts)
    return {
        name: [replace(blank, echoed=0 < _count(blank.text, read.get(name, ""), SHORT) <= COMMON) for blank in blanks]
        for name, blanks in key.items()
    }


def hide(
    parts: Sequence[Any], key: Mapping[str, Sequence[Blank]], strange: Mapping[str, Sequence[str]] | None = None
) -> None:
    """Put signs in place of the words that echo blanks, but in headings; `strange` are those of other blocks."""
    for name, block in _blocks(parts):
        marks: dict[str, str] = {}
        for blank in sorted(key.get(name, ()), key=lambda blank: -len(blank.text)):
            if blank.echoed:
                marks.setdefault(_pattern(blank.text), blank.mark)
        for words in (strange or {}).get(name, ()):
            marks.setdefault(_pattern(words), STRANGE)
        if marks:
            _hide(block, re.compile("|".join(f"({pattern})" for pattern in marks)), list(marks.values()))


def heard(parts: Sequence[Any], key: Mapping[str, Sequence[Blank]]) -> Iterator[Blank]:
    """Yield the echoed blanks whose words can still be read in their block; of short ones nothing is said."""
    read = seen(parts)
    for name, blanks in key.items():
        yield from (blank for blank in blanks if blank.echoed and _count(blank.text, read.get(name, "")))


def told(blanked: Iterable[str], read: str) -> list[str]:
    """Return those of some words that can be read in what is `seen`, unless they are common there; longest first."""
    bare = letters(read)
    # Looking for an expression takes long, and is seldom needed.
    found = (words for words in blanked if letters(words) in bare and 0 < _count(words, read) <= COMMON)
    return sorted(found, key=lambda words: (-len(words), words))


def letters(words: str) -> str:
    """Return words without what may be within them in print: spaces and glue."""
    return WITHIN.sub("", words)


def _blocks(parts: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the key of each block, and what stands of it in one column."""
    for block in (element for part in parts for element in part.iter("section")):
        path = next((inner.get("data-path") for inner in block.iter() if inner.get("data-role") == "item"), None)
        if block.get("class") == "block" and path:
            yield path.partition(".")[0], block


def seen(parts: Sequence[Any]) -> dict[str, str]:
    """Return what can be read in each block."""
    read: dict[str, str] = {}
    for name, block in _blocks(parts):
        read[name] = read.get(name, "") + "".join(_visible(block))
    return read


def _count(words: str, read: str, least: int = TELLING) -> int:
    bare = letters(words)
    if not AMOUNT.fullmatch(bare) and (len(bare) < least or KANA.fullmatch(bare) or not WORD.search(bare)):
        return 0
    return len(re.findall(_pattern(words), read))


def _pattern(words: str) -> str:
    """Return an expression for words as they may stand in print: glued, or with other spaces.

    They are whole if they are Latin, a number, or short and in katakana.
    """
    bare = letters(words)
    before = r"(?<![\d,.])" if AMOUNT.fullmatch(bare) else rf"(?<!{LATIN})" if re.match(LATIN, bare) else ""
    after = rf"(?!{LATIN})" if re.match(LATIN, bare[-1]) else ""
    if NUMBER.fullmatch(bare):
        before, after = before + r"(?<![\d,.])", after + r"(?![.,]\d)"
    if len(bare) < TELLING and re.match(KATAKANA, bare):
        before += rf"(?<!{KATAKANA})(?<!{KATAKANA}{GLUE})"
    if len(bare) < TELLING and re.match(KATAKANA, bare[-1]):
        after += rf"(?!{GLUE}?{KATAKANA})"
    return before + BETWEEN.join(map(re.escape, bare)) + after


def _visible(element: Any) -> Iterator[str]:
    """Yield the characters of an element, with a mark where something else begins than running text."""
    if element.tag == SVG + "style":
        return
    edge = "" if element.tag in INLINE else "|"
    yield edge + (element.text or "")
    for child in element:
        yield from _visible(child)
        yield child.tail or ""
    yield edge


def _hide(element: Any, echo: re.Pattern[str], marks: Sequence[str]) -> None:
    if UNTOUCHED & set(element.get("class", "").split()) or element.tag in (SVG + "style", SVG + "title"):
        return
    for child in list(element):
        _hide(child, echo, marks)
    if element.tag.startswith(SVG):
        element.text = echo.sub(lambda hit: _mark(hit, marks), element.text or "")
        return
    children = list(element)
    for child in children:
        if child.tail and echo.search(child.tail):
            before, spans = _split(element, child.tail, echo, marks)
            child.tail = before
            at = list(element).index(child) + 1
            element[at:at] = spans
    if element.text and echo.search(element.text):
        element.text, spans = _split(element, element.text, echo, marks)
        element[0:0] = spans


def _split(parent: Any, text: str, echo: re.Pattern[str], marks: Sequence[str]) -> tuple[str, list[Any]]:
    """Return the text before the first echo, and elements that hold numbers, each with the text after it."""
    spans: list[Any] = []
    before, end = "", 0
    for hit in echo.finditer(text):
        if spans:
            spans[-1].tail = text[end : hit.start()]
        else:
            before = text[: hit.start()]
        mark = _mark(hit, marks)
        span = parent.makeelement("span", {"class": "strange" if mark == STRANGE else "echo"})
        span.text = mark
        spans.append(span)
        end = hit.end()
    spans[-1].tail = text[end:]
    return before, spans


def _mark(hit: re.Match[str], marks: Sequence[str]) -> str:
    """Return the number of the words that were found: each has a group of its own."""
    return marks[(hit.lastindex or 0) - 1]
