"""The drafts of all files: those that were kept, and those that must be made."""

import hashlib
import marshal
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe.deck import Card, Note
from hitoe.drafts.beside import beside
from hitoe.drafts.draft import Draft, Head
from hitoe.problems import Problem
from hitoe.project import DECK_FILE, Outline, files, misnamed

if TYPE_CHECKING:
    from hitoe.drafts.making import Desk
    from hitoe.ledger import Ledger

FEW = 40
"""Below this number of files a second process is not worth its start."""
SEAL = hashlib.blake2b().digest_size


@dataclass(frozen=True, slots=True)
class Drafts:
    """All notes of a project in the source's order, orders of study by topic, what the project is called, warnings."""

    outline: Outline
    notes: tuple[Note, ...]
    orders: Mapping[str, tuple[Card, ...]]
    warnings: list[Problem]
    lines: dict[bytes, bytes]

    @property
    def kept(self) -> bytes:
        """What is to be kept for the next build."""
        kept = marshal.dumps(self.lines)
        return hashlib.blake2b(kept).digest() + kept


def start(root: Path, tools: str, kept: bytes) -> Callable[[], Drafts | None]:
    """Let a second process begin with the drafts of all files; returns a function that gathers them.

    The caller may do something else before it gathers. What is gathered is None when only the long way can do it.
    `tools` is the hash of hitoe itself; `kept` is what the build before kept.
    """
    try:
        texts = {path.relative_to(root).as_posix(): path.read_bytes() for path in files(root)}
    except OSError:
        return _nothing
    if DECK_FILE not in texts or any(misnamed(root)):
        return _nothing
    first = _digest(tools.encode(), DECK_FILE, texts[DECK_FILE])
    names = {_digest(first, name, text): name for name, text in texts.items() if name != DECK_FILE}
    maker = _Maker(root, names, texts)
    lines = {digest: line for digest, line in _sound(kept).items() if digest in names or digest == first}
    head = Head.unpacked(lines.pop(first), DECK_FILE) if first in lines else maker.desk.head
    if head is None:
        return _nothing
    complete = _completing(maker, lines)
    return lambda: _gathered(maker, first, head, complete())


def _nothing() -> None:
    return None


def _gathered(maker: "_Maker", first: bytes, head: Head, lines: Mapping[bytes, bytes]) -> Drafts | None:
    """Put the drafts of all files together, packed and unpacked; `first` is the digest of the head."""
    if not all(lines.values()):
        return None
    drafts = [maker.made[digest] for digest in maker.names]
    if not _apart(drafts):
        return None
    outline = Outline(
        root=maker.root,
        key=head.key,
        title=head.title,
        language=head.language,
        description=head.description,
        topics={draft.topic: draft.title for draft in drafts},
    )
    # The digest knows nothing of pictures.
    again = (digest for digest in maker.names if not any(note.media for note in maker.made[digest].notes))
    return Drafts(
        outline,
        tuple(note for draft in drafts for note in draft.notes),
        {draft.topic: draft.order for draft in drafts},
        [*head.warnings, *(warning for draft in drafts for warning in draft.warnings)],
        {first: head.packed(), **{digest: lines[digest] for digest in again}},
    )


def _sound(kept: bytes) -> dict[bytes, bytes]:
    """Return the drafts that were kept; none when the file is not as it was written."""
    lines = kept[SEAL:]
    if hashlib.blake2b(lines).digest() != kept[:SEAL]:
        return {}
    try:
        return dict(marshal.loads(lines))
    except (ValueError, EOFError, TypeError):  # of another Python
        return {}


def cover(notes: Iterable[Note], shipped: "Ledger") -> bool:
    """Whether all cards that learners have are among these notes: drafts know of no other."""
    ords = {note.guid: note.ords for note in notes}
    return all(
        row.ords == (own := ords.get(guid, ())) or set(row.ords) <= set(own) for guid, row in shipped.notes.items()
    )


class _Maker:
    """Makes drafts of files, which it knows by their digests, and keeps those that this process made or read."""

    def __init__(self, root: Path, names: Mapping[bytes, str], texts: Mapping[str, bytes]) -> None:
        self.root = root
        self.names = names
        self.made: dict[bytes, Draft] = {}
        self._texts = texts

    @cached_property
    def desk(self) -> "Desk":
        """What reads notes; it takes a while to load."""
        from hitoe.drafts.making import Desk

        return Desk(self.root, self._texts[DECK_FILE])

    def line(self, digest: bytes) -> bytes:
        """Return the draft of a file, packed; nothing when only the long way can make it."""
        name = self.names[digest]
        draft = self.desk.draft(name, self._texts[name])
        if draft is None:
            return b""
        self.made[digest] = draft
        return draft.packed()

    def read(self, digest: bytes, line: bytes) -> None:
        """Take the draft of a file from its line, if it has one."""
        if line:
            self.made[digest] = Draft.unpacked(line, self.names[digest])


def _completing(maker: _Maker, known: Mapping[bytes, bytes]) -> Callable[[], dict[bytes, bytes]]:
    """Return a function that completes the drafts; where there are many files, a second process has begun with them."""
    missing = [digest for digest in maker.names if digest not in known]
    if len(missing) >= FEW:
        own, others = missing[::2], missing[1::2]
    else:
        own, others = ([], missing) if len(known) >= FEW else (missing, [])
    answers = beside(maker.line, others)

    def completed() -> dict[bytes, bytes]:
        lines = {**known, **{digest: maker.line(digest) for digest in own}}
        for digest, line in known.items():
            maker.read(digest, line)
        for digest, line in zip(others, answers(), strict=True):
            lines[digest] = line
            maker.read(digest, line)
        return lines

    return completed


def _digest(setup: bytes, name: str, text: bytes) -> bytes:
    return hashlib.blake2b(setup + name.encode() + b"\0" + text, digest_size=16).digest()


def _apart(drafts: Collection[Draft]) -> bool:
    """Whether no two files share a key or a path."""
    topics = [draft.topic for draft in drafts]
    entries = [key for draft in drafts for key in draft.entries]
    paths = [path for draft in drafts for path in draft.paths]
    return all(len(set(words)) == len(words) for words in (topics, entries, paths))
