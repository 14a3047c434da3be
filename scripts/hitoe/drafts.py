"""The notes of each topic file, made file by file: by two processes, and kept from build to build.

A draft depends on its file, on deck.yaml and on hitoe alone. What is not plain sailing is left to the long way: a
problem in any file, or two files that share a key. The long way reads all files at once, and tells what is wrong.
"""

import hashlib
import marshal
import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
"""Below this number of files a second process is not worth its start."""
SEAL = hashlib.blake2b().digest_size


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


def start(root: Path, tools: str, kept: bytes) -> Callable[[], Drafts | None]:
    """Let a second process begin with the drafts of all files; returns a function that gathers them.

    The caller may do something else before it gathers. What is gathered is None when only the long way can do it.
    `tools` is the hash of hitoe itself; `kept` is what the build before kept.
    """
    try:
        texts = {path.relative_to(root).as_posix(): path.read_bytes() for path in files(root)}
    except OSError:
        return _nothing
    if any(misnamed(root)):
        return _nothing
    document, problems = read(DECK_FILE, texts[DECK_FILE]) if DECK_FILE in texts else (None, [])
    head = decode.deck(document)[0] if document and not problems else None
    if document is None or head is None:
        return _nothing
    setup = hashlib.blake2b(tools.encode() + texts.pop(DECK_FILE)).digest()
    names = {_digest(setup, name, text): name for name, text in texts.items()}
    maker = _Maker(root, head, deck.templates(head.language), names, texts, {})
    known = {digest: line for digest, line in _sound(kept).items() if digest in names}
    complete = _completing(maker, known)
    return lambda: _gathered(maker, complete(), checks.warnings(Project(root, head, {}, {DECK_FILE: document})))


def _nothing() -> None:
    return None


def _gathered(maker: "_Maker", lines: Mapping[bytes, bytes], told: list[Problem]) -> Drafts | None:
    """Put the drafts of all files together, with what was told of the deck."""
    if not all(lines.values()):
        return None
    drafts = [maker.made[digest] for digest in maker.names]
    if not _apart(drafts):
        return None
    topics = {
        name: Topic.model_construct(topic=draft.topic, title=draft.title, entries={})
        for name, draft in zip(maker.names.values(), drafts, strict=True)
    }
    told += [warning for draft in drafts for warning in draft.warnings]
    # The digest knows nothing of pictures.
    again = (digest for digest in maker.names if not any(note.media for note in maker.made[digest].notes))
    kept = _sealed({digest: lines[digest] for digest in again})
    notes = tuple(note for draft in drafts for note in draft.notes)
    return Drafts(Project(maker.root, maker.deck, topics, {}), notes, told, kept)


def _sealed(lines: dict[bytes, bytes]) -> bytes:
    kept = marshal.dumps(lines)
    return hashlib.blake2b(kept).digest() + kept


def _sound(kept: bytes) -> dict[bytes, bytes]:
    """Return the drafts that were kept; none when the file is not as it was written."""
    lines = kept[SEAL:]
    if hashlib.blake2b(lines).digest() != kept[:SEAL]:
        return {}
    try:
        return dict(marshal.loads(lines))
    except (ValueError, EOFError, TypeError):  # of another Python
        return {}


def cover(notes: Iterable[deck.Note], shipped: Ledger) -> bool:
    """Whether all cards that learners have are among these notes: drafts know of no other."""
    ords = {note.guid: note.ords for note in notes}
    return all(set(row.ords) <= set(ords.get(guid, ())) for guid, row in shipped.notes.items())


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes drafts of files, which it knows by their digests, and keeps those that this process made or read."""

    root: Path
    deck: Deck
    print_: Templates
    names: Mapping[bytes, str]
    texts: Mapping[str, bytes]
    made: dict[bytes, Draft]

    def line(self, digest: bytes) -> bytes:
        """Return the draft of a file, packed by marshal; nothing when only the long way can do it."""
        name = self.names[digest]
        document, problems = read(name, self.texts[name])
        topic = decode.topic(document)[0] if document and not problems else None
        if document is None or topic is None:
            return b""
        project = Project(self.root, self.deck, {name: topic}, {name: document})
        if checks.problems(project):
            return b""
        paths = tuple(path for placed in project.entries() for _, path in identities.paths(placed))
        notes = (deck.with_shipped_cards(note, (), "") for note in deck.notes(project, self.print_, unasked=False))
        asked = tuple(note for note in notes if note)
        draft = self.made[digest] = Draft(
            topic.topic, topic.title, tuple(topic.entries), paths, asked, tuple(checks.warnings(project))
        )
        packed = [note.packed() for note in asked]
        told = [(warning.at.line, warning.at.column, warning.message) for warning in draft.warnings]
        return marshal.dumps((draft.topic, draft.title, draft.entries, draft.paths, packed, told))

    def read(self, digest: bytes, line: bytes) -> None:
        """Take the draft of a file from its line, if it has one."""
        if line:
            self.made[digest] = _draft(self.names[digest], line)


def _completing(maker: _Maker, known: Mapping[bytes, bytes]) -> Callable[[], dict[bytes, bytes]]:
    """Return a function that completes the drafts; where there are many files, a second process has begun with them."""
    missing = [digest for digest in maker.names if digest not in known]
    if len(missing) >= FEW:
        own, others = missing[::2], missing[1::2]
    else:
        own, others = ([], missing) if len(known) >= FEW else (missing, [])
    answers = _beside(maker.line, others)

    def completed() -> dict[bytes, bytes]:
        lines = {**known, **{digest: maker.line(digest) for digest in own}}
        for digest, line in known.items():
            maker.read(digest, line)
        for digest, line in zip(others, answers(), strict=True):
            lines[digest] = line
            maker.read(digest, line)
        return lines

    return completed


def _draft(name: str, line: bytes) -> Draft:
    topic, title, entries, paths, notes, told = marshal.loads(line)
    warnings = tuple(Problem(Position(name, line, column), message) for line, column, message in told)
    return Draft(topic, title, entries, paths, tuple(deck.Note.unpacked(note, name, topic) for note in notes), warnings)


def _digest(setup: bytes, name: str, text: bytes) -> bytes:
    return hashlib.blake2b(setup + name.encode() + b"\0" + text, digest_size=16).digest()


def _apart(drafts: Collection[Draft]) -> bool:
    """Whether no two files share a key or a path."""
    topics = [draft.topic for draft in drafts]
    entries = [key for draft in drafts for key in draft.entries]
    paths = [path for draft in drafts for path in draft.paths]
    return all(len(set(words)) == len(words) for words in (topics, entries, paths))


def _beside(work: Callable[[bytes], bytes], things: Sequence[bytes]) -> Callable[[], list[bytes]]:
    """Start a second process that does some work; returns a function that waits for what it made of each thing."""
    if not things or not hasattr(os, "fork"):
        return lambda: [work(thing) for thing in things]
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _answer(writing, work, things)
    os.close(writing)

    def answers() -> list[bytes]:
        with os.fdopen(reading, "rb") as pipe:
            answer = pipe.read()
        _, status = os.waitpid(child, 0)
        return marshal.loads(answer) if status == 0 else [work(thing) for thing in things]

    return answers


def _answer(writing: int, work: Callable[[bytes], bytes], things: Sequence[bytes]) -> None:
    """Write what `work` makes of the things, and end this process without what its parent would do at its end."""
    status = 1
    try:
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(marshal.dumps([work(thing) for thing in things]))
        status = 0
    finally:
        os._exit(status)
