"""Makes topic files of items: one topic for each deck, one entry in it, and a key for each item."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from hitoe import content_folder
from hitoe.importing.items import NewItem
from hitoe.importing.marks_writer import Writer
from hitoe.importing.yaml_writer import Value, document
from hitoe.model.project import DECK_FILE, NOTE_TYPES, WORDS_FILE
from hitoe.release.taken_keys import TakenKeys, mapping
from hitoe.source import Document, document_value, read
from hitoe.text import Paragraph, Plain

SCHEMA = "# yaml-language-server: $schema=../.schema/{}.schema.json\n"
LONGEST_KEY = 32
"""Characters; a longer question is cut off between two words where there are some."""
KANA = re.compile(r"[\u3041-\u30ff]")


@dataclass(slots=True)
class Existing:
    """What a project already has: whether it has a deck and formulas, its words, and keys that are taken.

    `bare`: its words put nothing behind a question, as those of a new project do. `types` are the names of files and of
    fields of the note types that it keeps, by Anki's id, `guids` are those of its notes.
    """

    deck: bool = False
    math: bool = False
    bare: bool = False
    topics: set[str] = field(default_factory=set)
    entries: set[str] = field(default_factory=set)
    types: dict[int, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    guids: set[str] = field(default_factory=set)


def existing(root: Path) -> Existing:
    """Read what a project has, also what learners know of it; files that are no YAML are passed by."""
    found, topics = Existing(), dict[str, Document]()
    for name, path in content_folder.walk(root).files.items():
        if path.suffix != ".yaml":
            continue
        read_file, _ = read(name, path.read_bytes())
        value = mapping(read_file.value if read_file else None)
        if name == DECK_FILE:
            found.deck, found.math = True, value.get("math") == "true"
        elif name == WORDS_FILE:
            found.bare = value.get("what_is") == BARE
        elif name.startswith(NOTE_TYPES):
            key = name.removeprefix(NOTE_TYPES).removesuffix(".yaml")
            with suppress(ValueError):
                found.types[int(str(value.get("id")))] = key, tuple(mapping(value.get("fields")))
        elif read_file:
            topics[name] = read_file
            found.guids |= set(_guids(value))
    taken = TakenKeys(root, topics)
    found.topics, found.entries = taken.topics, taken.entries
    found.bare |= not found.deck
    return found


def _guids(topic: Mapping[str, document_value.Value]) -> Iterator[str]:
    for entry in mapping(topic.get("entries")).values():
        for item in mapping(mapping(entry).get("items")).values():
            if isinstance(guid := mapping(item).get("guid"), str):
                yield guid


BARE = "{subject}"
"""The pattern `what_is` of words that put nothing behind a question."""


def project_files(name: str, items: Iterable[NewItem], *, math: bool) -> dict[str, str]:
    """Return deck.yaml and words.yaml of a new project; its language is the one in which most items are written."""
    words = [item.words for item in items]
    japanese = 2 * sum(bool(KANA.search(each)) for each in words) >= len(words)
    deck: dict[str, Value] = {"format": "1", "key": key_of(name, "deck"), "title": name}
    deck["language"] = "ja" if japanese else "en"
    deck |= {"math": "true"} if math else {}
    note = "# Questions are asked as they are written. Without this line a word or a mark is put behind them.\n"
    head = SCHEMA.format("deck").replace("../", "")
    return {DECK_FILE: head + document(deck), WORDS_FILE: note + document({"what_is": BARE})}


def topic_files(name: str, items: Sequence[NewItem], known: Existing, *, keep_decks: bool) -> dict[str, str]:
    """Return the topic files of items by name; `name` is the title where all are in one deck without a name.

    `keep_decks`: the files say what their decks are called, so that they are called so in Anki.
    """
    decks: dict[str, list[NewItem]] = {}
    for item in items:
        decks.setdefault(item.deck or name, []).append(item)
    titles = _titles(list(decks))
    files, topics, entries = {}, Keys(known.topics), Keys(known.entries)
    for deck, own in decks.items():
        title = titles[deck]
        key = key_of(title, "notes")
        topic, entry = topics.free(key), entries.free(key)
        heading = Writer().write([Paragraph((Plain(title),))], lambda _: None)
        keys = Keys()
        items_by_key = {keys.free(key_of(item.words, "note")): item.fields for item in own}
        content: dict[str, Value] = {"title": heading, "items": items_by_key}
        topic_file: dict[str, Value] = {"topic": topic, "title": title}
        topic_file |= {"deck": deck} if keep_decks and own[0].deck else {}
        topic_file["entries"] = {entry: content}
        files[f"content/topics/{topic}.yaml"] = SCHEMA.format("topic") + document(topic_file)
    return files


def common_root(decks: Iterable[str]) -> list[str]:
    """Return the levels that all names of decks begin with; of a single deck all but its last one."""
    levels = [deck.split("::") for deck in decks]
    shortest = min(levels, key=len, default=[])
    for number, level in enumerate(shortest):
        if any(each[number] != level for each in levels):
            return shortest[:number]
    return shortest if len(levels) > 1 else shortest[:-1]


def _titles(decks: Sequence[str]) -> dict[str, str]:
    """Return titles of topics: the names of decks without the levels that all have in common."""
    skipped = len(common_root(decks))
    return {deck: "::".join(deck.split("::")[skipped:]) or deck.rpartition("::")[2] for deck in decks}


def key_of(words: str, otherwise: str) -> str:
    """Return a key that can be read: the letters and digits of some words, joined by '-'."""
    key = re.sub(r"[^\w]+|_+", "-", normalize("NFC", words.lower()[:200])).strip("-")
    if len(key) > LONGEST_KEY:
        cut = key[: LONGEST_KEY + 1].rpartition("-")[0]
        key = (cut if len(cut) > LONGEST_KEY // 2 else key[:LONGEST_KEY]).strip("-")
    return key or otherwise


class Keys:
    """Keys that are taken."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._numbers = dict.fromkeys(taken, 1)
        """The last number that was put behind each key: thousands of items may have the same words, or none."""

    def free(self, key: str) -> str:
        """Return a key, with a number behind it where it is taken, and take it."""
        number = self._numbers.get(key, 0) + 1
        free = key if number == 1 else f"{key}-{number}"
        while free in self._numbers:
            number += 1
            free = f"{key}-{number}"
        self._numbers |= {free: 1, key: number}
        return free
