"""The notes of each topic file, made file by file: by two processes, and kept from build to build.

A draft depends on its file, on deck.yaml and on hitoe alone. What is not plain sailing is left to the long way: a
problem in any file, or two files that share a key. The long way reads all files at once, and tells what is wrong.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hitoe import checks, deck
from hitoe.checks import identities
from hitoe.ledger import Ledger
from hitoe.problems import Position, Problem
from hitoe.project import DECK_FILE, Project, files, misnamed
from hitoe.schema import Deck, Topic, decode
from hitoe.source import read
from hitoe.templating import Templates

FEW = 40
"""Below this number of files to read a second process is not worth its start."""
encoded = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Draft:
    """What a topic file gives the deck: topic key and title, all entry keys and oldest paths, notes and warnings."""

    topic: str
    title: str
    entries: tuple[str, ...]
    paths: tuple[str, ...]
    notes: tuple[deck.Note, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Drafts:
    """All notes of a project in the source's order, and the project without its entries.

    `kept` is to be kept for the next build.
    """

    project: Project
    notes: tuple[deck.Note, ...]
    warnings: list[Problem]
    kept: bytes


def gather(root: Path, tools: str, kept: bytes) -> Drafts | None:
    """Return the drafts of all files; None when only the long way can do it.

    `tools` is the hash of hitoe itself; `kept` is what the build before kept.
    """
    texts = {path.relative_to(root).as_posix(): path.read_bytes() for path in files(root)}
    document, problems = read(DECK_FILE, texts[DECK_FILE]) if DECK_FILE in texts else (None, [])
    head = decode.deck(document)[0] if document and not problems else None
    if head is None or any(misnamed(root)):
        return None
    setup = hashlib.blake2b(tools.encode() + texts.pop(DECK_FILE)).digest()
    names = {_digest(setup, name, text): name for name, text in texts.items()}
    known = dict(line.split(b" ", 1) for line in kept.split(b"\n") if line)
    lines = {digest: known[digest] for digest in names if digest in known}
    missing = [digest for digest in names if digest not in lines]
    maker = _Maker(root, head, deck.templates(head.language), {})
    made = _in_two(lambda digest: maker.line(names[digest], texts[names[digest]]), missing)
    lines |= dict(zip(missing, made, strict=True))
    if not all(lines.values()):
        return None
    drafts = {name: maker.made.get(name) or _draft(name, lines[digest]) for digest, name in names.items()}
    if not _apart(drafts.values()):
        return None
    topics = {name: Topic.model_construct(topic=one.topic, title=one.title, entries={}) for name, one in drafts.items()}
    notes = tuple(note for draft in drafts.values() for note in draft.notes)
    # The digest knows nothing of pictures.
    again = (digest for digest, name in names.items() if not any(note.media for note in drafts[name].notes))
    told = checks.warnings(Project(root, head, {}, {DECK_FILE: document} if document else {}))
    told += [warning for draft in drafts.values() for warning in draft.warnings]
    kept = b"".join(b"%b %b\n" % (digest, lines[digest]) for digest in again)
    return Drafts(Project(root, head, topics, {}), notes, told, kept)


def cover(notes: Iterable[deck.Note], shipped: Ledger) -> bool:
    """Whether all cards that learners have are among these notes: drafts know of no other."""
    ords = {note.guid: note.ords for note in notes}
    return all(set(row.ords) <= set(ords.get(guid, ())) for guid, row in shipped.notes.items())


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes drafts, and keeps those that this process made."""

    root: Path
    deck: Deck
    print_: Templates
    made: dict[str, Draft]

    def line(self, name: str, text: bytes) -> bytes:
        """Return the draft of a file as JSON on one line; nothing when only the long way can do it."""
        document, problems = read(name, text)
        topic = decode.topic(document)[0] if document and not problems else None
        if document is None or topic is None:
            return b""
        project = Project(self.root, self.deck, {name: topic}, {name: document})
        if checks.problems(project):
            return b""
        paths = tuple(path for placed in project.entries() for _, path in identities.paths(placed))
        notes = (deck.with_shipped_cards(note, (), "") for note in deck.notes(project, self.print_))
        asked = tuple(note for note in notes if note)
        draft = self.made[name] = Draft(
            topic.topic, topic.title, tuple(topic.entries), paths, asked, tuple(checks.warnings(project))
        )
        packed = [note.packed() for note in asked]
        told = [(warning.at.line, warning.at.column, warning.message) for warning in draft.warnings]
        return encoded([draft.topic, draft.title, draft.entries, draft.paths, packed, told]).encode()


def _draft(name: str, line: bytes) -> Draft:
    topic, title, entries, paths, notes, told = json.loads(line)
    warnings = tuple(Problem(Position(name, line, column), message) for line, column, message in told)
    return Draft(topic, title, tuple(entries), tuple(paths), tuple(map(deck.Note.unpacked, notes)), warnings)


def _digest(setup: bytes, name: str, text: bytes) -> bytes:
    return hashlib.blake2b(setup + name.encode() + b"\0" + text, digest_size=16).hexdigest().encode()


def _apart(drafts: Iterable[Draft]) -> bool:
    """Whether no two files share a key or a path."""
    several = list(drafts)
    topics = [draft.topic for draft in several]
    entries = [key for draft in several for key in draft.entries]
    paths = [path for draft in several for path in draft.paths]
    return all(len(set(words)) == len(words) for words in (topics, entries, paths))


def _in_two(work: Callable[[bytes], bytes], things: Sequence[bytes]) -> list[bytes]:
    """Return what `work` makes of each thing. Of many, a second process does every other one."""
    if len(things) < FEW or not hasattr(os, "fork"):
        return [work(thing) for thing in things]
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _answer(writing, work, things[1::2])
    os.close(writing)
    made = [b""] * len(things)
    made[::2] = [work(thing) for thing in things[::2]]
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    made[1::2] = answer.split(b"\n") if status == 0 else [work(thing) for thing in things[1::2]]
    return made


def _answer(writing: int, work: Callable[[bytes], bytes], things: Sequence[bytes]) -> None:
    """Write what `work` makes of the things, and end this process without what its parent would do at its end."""
    status = 1
    try:
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(b"\n".join([work(thing) for thing in things]))
        status = 0
    finally:
        os._exit(status)
