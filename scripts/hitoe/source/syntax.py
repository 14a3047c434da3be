"""Parses YAML text, and reports syntax mistakes in words that an author without YAML knowledge understands.

The C parser is used where it is installed (8 times faster); the pure Python parser gives the same values and mistakes.
The C parser rejects `:` and `?` inside a plain scalar of a flow collection and the pure one accepts them, so both are
rejected here. After a syntax error the line is corrected in memory and parsing goes on, to find further mistakes.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ruamel.yaml import YAML, tokens
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import Event, ScalarEvent

from hitoe.messages import say
from hitoe.source import ambiguous
from hitoe.source.document_value import Value, value
from hitoe.source.key_slips import INDENTS, key_slip
from hitoe.source.nodes import MAX_DEPTH, Node, TooDeepError, composed
from hitoe.source.signs import INVISIBLE, invisible
from hitoe.source.syntax_errors import ErrorSearch
from hitoe.source.syntax_repair import DIRECTIVE, INDENTATION, TAB_INDENT, Mistake, diagnose

CParser: Any = None
with suppress(ImportError):
    from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]  # which its types leave out

MOST_MISTAKES = 20
MOST_REPAIRS = 4
"""Corrections tried in one line before parsing ends."""
GUESSED = (TAB_INDENT, INDENTS, INDENTATION)
QUOTE = say("quote the text")
TWO_BRACES = say("a text that begins with '{{{{' means something else in YAML: {quote}", quote=QUOTE)
HOLDS = " holds ':' or '?' inside {…} or […]: "
"""Stands in messages about a text that the pure parser reads as its author meant it."""
UNMERGED = re.compile(r"^(?:<{7}|>{7})[ \n]", re.MULTILINE)
"""Lines that git writes where two branches changed the same lines."""
ADDRESS = re.compile(r"https?://\S*[^\s:]")
"""What may hold ':' and '?' inside brackets, for no author would expect otherwise."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text that `events` reads to its end, its value, and the mistakes that are no errors of syntax."""

    text: str
    events: Callable[[str], Iterator[Event]]
    value: Value
    mistakes: Sequence[Mistake]

    def root(self) -> Node:
        """Return the root of the text's nodes, with their places; reads it anew."""
        root = composed(self.events(self.text))
        assert root is not None  # it has a value
        return root


def parse(raw: bytes) -> tuple[Parsed | None, list[Mistake]]:
    """Parse one YAML document. Returns None when the text cannot be read to its end, and the mistakes found."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw[:2]:
        return None, [(1, 1, say("the file is UTF-16 or UTF-32: save it as UTF-8"))]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        return None, [(*_place(before, len(before)), say("not UTF-8: save the file as UTF-8"))]
    if not text.strip():
        return None, [(1, 1, say("the file is empty: write the notes or delete the file"))]
    text = _unix(text)
    if unmerged := list(_unmerged(text)):
        return None, unmerged
    controls: list[Mistake] = [
        (*_place(text, hit.start()), say("{sign}: delete it", sign=invisible(hit[0])))
        for hit in islice(INVISIBLE.finditer(text), MOST_MISTAKES)
    ]
    if controls:
        text = INVISIBLE.sub(" ", text)
    try:
        if CParser and not controls and (parsed := _by_c(text)):
            return _verified(parsed, [])
        return _repaired(text, controls)
    except TooDeepError as deep:
        message = say("nested more than {most} levels deep: write it flatter", most=MAX_DEPTH)
        return None, [*controls, (deep.line + 1, deep.column + 1, message)]
    except (ValueError, OverflowError):
        return None, [
            *controls,
            (*_place(text, text.find("\\U")), say("no character has this number: write the character")),
        ]


def _by_c(text: str) -> Parsed | None:
    """Return what the C parser makes of a text; None if the pure parser has to read it."""
    noted: list[ScalarEvent] = []
    with suppress(MarkedYAMLError):
        if not ambiguous.found(text):
            return _parsed(text, _c_events)
        found, mistakes = value(ambiguous.noting(_c_events(text), noted))
        # What literal blocks and quotes hold both read alike, and HTML there has signs that are ambiguous elsewhere.
        if found is not None and not ambiguous.found(ambiguous.without_contents(noted, text)):
            return Parsed(text, _c_events, found, mistakes)
    return None


def _parsed(text: str, events: Callable[[str], Iterator[Event]]) -> Parsed | None:
    """Return what a parser makes of a text, None if there is nothing in it; raises MarkedYAMLError."""
    found, mistakes = value(events(text))
    return None if found is None else Parsed(text, events, found, mistakes)


def _c_events(text: str) -> Iterator[Event]:
    return iter(CParser(text).get_event, None)


def _pure_events(text: str) -> Iterator[Event]:
    return iter(YAML(typ="base", pure=True).parse(text))


def _unmerged(text: str) -> Iterator[Mistake]:
    """Yield where git left both sides of a conflict: one place for each, or what is left of it."""
    marks = list(islice(UNMERGED.finditer(text), 2 * MOST_MISTAKES))
    for mark in [mark for mark in marks if mark[0].startswith("<")] or marks:
        remedy = say(
            "keep the lines of one side, or of both, and delete those that begin with <<<<<<<, ======= or >>>>>>>"
        )
        yield *_place(text, mark.start()), say("git could not merge the lines here: {remedy}", remedy=remedy)


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def lines(raw: bytes) -> list[str]:
    """Return the lines of a file, as marks of its nodes count them."""
    return _unix(raw.decode("utf-8-sig")).split("\n")


def _repaired(text: str, mistakes: list[Mistake]) -> tuple[Parsed | None, list[Mistake]]:
    """Parse, correct the line with the syntax error in memory, and repeat until none is left or no correction helps."""
    repairs: Counter[int] = Counter()
    search = ErrorSearch()
    line: int | None = None
    while len(mistakes) < MOST_MISTAKES:
        part = search.unread(text, line)
        if (error := search.error(part)) is None:
            try:
                parsed, misread = _read(text)
            except MarkedYAMLError as other:
                part, error = text, other
            else:
                return _verified(parsed, [*mistakes, *(each for each in misread if not repairs[each[0]])])
        (number, column, message), corrected = diagnose(text, part, error)
        # A second mistake in a corrected line may be due to the correction.
        if not repairs[number]:
            mistakes = [*mistakes, (number, column, message)]
        repairs[number] += 1
        if corrected is None or corrected == text or repairs[number] > MOST_REPAIRS:
            break
        text, line = corrected, number - 1
    return None, mistakes


def _read(text: str) -> tuple[Parsed | None, list[Mistake]]:
    """Return what is in a text, and what it says that its author did not mean; raises MarkedYAMLError."""
    if CParser and (parsed := _by_c(text)):
        return parsed, []
    return _parsed(text, _pure_events), list(_misread(text))


def _verified(parsed: Parsed | None, mistakes: list[Mistake]) -> tuple[Parsed | None, list[Mistake]]:
    if parsed is None:
        return None, [*mistakes, (1, 1, say("the file holds only comments: write the notes or delete the file"))]
    # What an alias stands for is not known; a corrected indentation is only a guess.
    if any("YAML alias" in message or message.endswith(GUESSED) for _, _, message in mistakes):
        return None, mistakes
    return parsed, mistakes


def _place(text: str, index: int) -> tuple[int, int]:
    """Return the line and column, from 1, of an index in a text."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _misread(text: str) -> Iterator[Mistake]:
    """Yield what is valid YAML but does not mean what the author meant."""
    depth, braces, follows = 0, 0, False
    for token in YAML(typ="base", pure=True).scan(text):
        line, column = token.start_mark.line + 1, token.start_mark.column + 1
        match token:
            case tokens.FlowMappingStartToken() | tokens.FlowSequenceStartToken():
                depth += 1
                if line != braces and text.startswith("{{", token.start_mark.index):
                    braces = line
                    yield line, column, TWO_BRACES
            case tokens.FlowMappingEndToken() | tokens.FlowSequenceEndToken():
                depth -= 1
            case tokens.DirectiveToken():
                yield line, column, DIRECTIVE
            case tokens.AliasToken() | tokens.AnchorToken() | tokens.TagToken():
                indicator = text[token.start_mark.index]
                feature = {"*": say("alias"), "&": say("anchor"), "!": say("tag")}[indicator]
                unused = say(
                    "'{indicator}' begins a YAML {feature}, which notes do not use: {quote}",
                    indicator=indicator,
                    feature=feature,
                    quote=QUOTE,
                )
                yield line, column, unused
            case tokens.ScalarToken(plain=True) if depth and line != braces and re.search("[:?]", token.value):
                ends = re.compile(r",\S").match(text, token.end_mark.index) is not None
                refused = _refused_in_braces(token.value, ends=ends, begins=follows)
                yield from ((line, column + offset, message) for offset, message in refused)
            case tokens.ScalarToken(plain=True):
                end = token.end_mark
                if text.startswith(" #", end.index):
                    cut = say("' #' cuts the text here: {quote}, or put two spaces before a comment", quote=QUOTE)
                    yield end.line + 1, end.column + 2, cut
        follows = isinstance(token, tokens.FlowMappingStartToken | tokens.FlowEntryToken)


def _refused_in_braces(value: str, *, ends: bool, begins: bool) -> Iterator[tuple[int, str]]:
    """Yield what is wrong, and where, with a plain text that holds ':' or '?' inside brackets; web addresses may.

    `ends`: whether a ',' without a space ends it; `begins`: whether a key could stand here.
    """
    if ADDRESS.fullmatch(value):
        if ends:
            yield 0, say("the ',' ends this address: quote the address")
    elif begins and (slip := key_slip(value)):
        yield slip[1], slip[0]
    else:
        yield 0, say("'{value}' holds ':' or '?' inside {{…}} or […]: {quote}", value=value, quote=QUOTE)
