"""Readings beside words, as furigana beside kanji: `女の子[おんなのこ]`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from hitoe.text import Inline, Plain, Text
from hitoe.text.rewriting import rewritten

BASE = r"[^\s\[\]、。，．・「」『』（）(),.!?！？:：;；]"
READING = re.compile(rf"(?:(?<!\s)\s+|(?<!{BASE}))(?P<base>{BASE}+)\[(?P<reading>[^\[\]]+)\]")
"""All since the last space, bracket or punctuation mark is the word; Anki only looks for spaces and `>`.

It begins where no such character, or no space, is before it: a search from each character of a long text has no end.
"""
KANA = re.compile("(?P<kana>[ぁ-ゖァ-ヺー]+)(?P<rest>[^ぁ-ゖァ-ヺー].*)")
SPACED = re.compile(r"[ぁ-ゖァ-ヺー]*\s+")
"""What stands between two words that are not separated otherwise."""
HIRAGANA = {katakana: katakana - 0x60 for katakana in range(ord("ァ"), ord("ヶ") + 1)}


@dataclass(frozen=True, slots=True)
class Ruby(Plain):
    """Characters with their reading; what does not print readings takes them for plain ones."""

    reading: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its reading. `before` are kana in front of it to which the author put no space."""

    base: str
    reading: str
    before: str = ""


def words(written: str) -> list[Word]:
    """Return the words that have a reading in brackets behind them."""
    return [_word(found) for found in READING.finditer(written)]


def joined(written: str) -> list[tuple[str, str]]:
    """Return pairs of words between which Anki takes the space away: each as it is written, and as it is shown."""
    pairs = pairwise(READING.finditer(written))
    between = ((one, written[one.end() : two.start("base")], two) for one, two in pairs)
    return [
        (f"{one[0].strip()}{space}{two[0].strip()}", f"{one['base']}{space.rstrip()}{two['base']}")
        for one, space, two in between
        if SPACED.fullmatch(space)
    ]


def for_anki(written: str) -> str:
    """Return words with readings in the notation of Anki's filter `furigana`: a space in front of each word."""

    def spaced(found: re.Match[str]) -> str:
        word = _word(found)
        return f"{word.before} {word.base}[{word.reading}]"

    return READING.sub(spaced, written).strip()


def _word(found: re.Match[str]) -> Word:
    """Return a word; kana with which neither it nor its reading begins are no part of it."""
    base, reading = found["base"], found["reading"].strip()
    kana = KANA.fullmatch(base)
    if kana and base.translate(HIRAGANA)[0] != reading.translate(HIRAGANA)[:1]:
        return Word(kana["rest"], reading, kana["kana"])
    return Word(base, reading)


def with_readings(text: Text, known: Iterable[Word]) -> Text:
    """Return a text in which the first place of each word has its reading."""
    # To look at what was written first spares most texts the longer way; there a word may be parted by these two.
    as_written = "" if "\\" in text.raw or "\n" in text.raw else text.raw
    bases = (word for word in known if not as_written or word.base in as_written)
    left = {word.base: word.reading for word in bases if word.base in text.plain}
    if not left:
        return text
    split = rewritten(text.blocks, lambda node: _split(node.text, left) if isinstance(node, Plain) else None)
    return replace(text, blocks=split)


def in_brackets(nodes: Iterable[Inline]) -> tuple[Inline, ...]:
    """Return nodes with the readings in brackets behind the words, as plain characters."""
    return rewritten(nodes, lambda node: [Plain(f"{node.text}（{node.reading}）")] if isinstance(node, Ruby) else None)


def _split(text: str, left: dict[str, str]) -> Iterable[Inline]:
    """Yield characters, with the readings of the words in them that had none yet, which are taken off `left`."""
    while text:
        places = [(text.index(base), -len(base), base) for base in left if base in text]
        at, _, base = min(places, default=(len(text), 0, ""))
        if at:
            yield Plain(text[:at])
        if base:
            yield Ruby(base, left.pop(base))
        text = text[at + len(base) :]
