"""The drafts of all files: those that were kept, and those that must be made."""

import hashlib
import marshal
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from hitoe.drafts.beside import beside
from hitoe.model.project import DECK_FILE, files, misnamed

FEW = 40
"""Below this number of files a second process is not worth its start."""
SEAL = hashlib.blake2b().digest_size


class Packed(Protocol):
    """What is kept as bytes."""

    def packed(self) -> bytes:
        """Return it as bytes."""


class Sheaf(Packed, Protocol):
    """What a topic file gives: the topic's key, all entry keys and oldest paths; `lasting` if its text tells all.

    `keys` stands for all keys and paths; it is empty where it takes no time to compare these.
    """

    @property
    def topic(self) -> str: ...  # noqa: D102
    @property
    def entries(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def paths(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def lasting(self) -> bool: ...  # noqa: D102
    @property
    def keys(self) -> bytes: ...  # noqa: D102

    def short(self, line: bytes) -> bytes:
        """Return what is kept with the other files' drafts of a line, which it was packed to or unpacked from."""


H = TypeVar("H", bound=Packed)
D = TypeVar("D", bound=Sheaf)
H_co = TypeVar("H_co", covariant=True)
D_co = TypeVar("D_co", covariant=True)


class Desk(Protocol[H_co, D_co]):
    """Makes drafts of a project's files under one deck.yaml; `head` is None when only the long way can read that."""

    @property
    def head(self) -> H_co | None:
        """What deck.yaml gives."""

    def draft(self, name: str, text: bytes) -> D_co | None:
        """Return the draft of a topic file; None when only the long way can read it."""


@dataclass(frozen=True, slots=True)
class Craft(Generic[H, D]):
    """A kind of draft: its name, what sets up a desk for it, and what unpacks its heads and drafts.

    A desk is set up from the project's folder and the text of deck.yaml, and takes a while to load. What unpacks is
    given the name of the file, too. If it is `light`, drafts are soon unpacked, and this process makes a few itself.
    """

    name: str
    desk: Callable[[Path, bytes], Desk[H, D]]
    head: Callable[[bytes, str], H]
    draft: Callable[[bytes, str], D]
    light: bool = False


@dataclass(frozen=True, slots=True)
class Gathered(Generic[H, D]):
    """What deck.yaml gives, and the drafts of all topic files by name in the source's order.

    `first` stands for hitoe and deck.yaml; `lines` are to be kept, `others` were kept besides those of drafts. `again`
    makes the draft of a file anew.
    """

    head: H
    drafts: Mapping[str, D]
    first: bytes
    lines: Mapping[bytes, bytes]
    others: Mapping[bytes, bytes]
    again: Callable[[str], D]

    def kept(self, others: Mapping[bytes, bytes] | None = None) -> bytes:
        """Return what is to be kept for the next build, with other lines by their digests."""
        kept = marshal.dumps({**self.lines, **(others or {})})
        return hashlib.blake2b(kept).digest() + kept


def start(craft: Craft[H, D], root: Path, tools: str, kept: bytes) -> Callable[[], Gathered[H, D] | None]:
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
    first = _digest(f"{craft.name}\0{tools}".encode(), DECK_FILE, texts[DECK_FILE])
    names = {_digest(first, name, text): name for name, text in texts.items() if name != DECK_FILE}
    maker = _Maker(craft, root, names, texts)
    others = _sound(kept)
    lines = {digest: others.pop(digest) for digest in (first, *names) if digest in others}
    head = craft.head(lines.pop(first), DECK_FILE) if first in lines else maker.desk.head
    if head is None:
        return _nothing
    known: H = head
    complete = _completing(maker, lines)
    return lambda: _gathered(maker, first, known, complete(), others)


def _nothing() -> None:
    return None


def _gathered(
    maker: "_Maker[H, D]",
    first: bytes,
    head: H,
    lines: Mapping[bytes, bytes],
    others: Mapping[bytes, bytes],
) -> Gathered[H, D] | None:
    """Put the drafts of all files together, packed and unpacked; `first` is the digest of the head."""
    if not all(lines.values()):
        return None
    drafts = {name: maker.made[digest] for digest, name in maker.names.items()}
    keys = _all_keys(first, drafts.values())
    if not (keys and keys in others) and not _apart(drafts.values()):
        return None
    lasting = (digest for digest in maker.names if maker.made[digest].lasting)
    kept = {digest: maker.made[digest].short(lines[digest]) for digest in lasting}
    return Gathered(head, drafts, first, {first: head.packed(), keys: b"", **kept}, others, maker.again)


def _sound(kept: bytes) -> dict[bytes, bytes]:
    """Return the drafts that were kept; none when the file is not as it was written."""
    lines = kept[SEAL:]
    if hashlib.blake2b(lines).digest() != kept[:SEAL]:
        return {}
    try:
        return dict(marshal.loads(lines))
    except (ValueError, EOFError, TypeError):  # of another Python
        return {}


class _Maker(Generic[H, D]):
    """Makes drafts of files, which it knows by their digests, and keeps those that this process made or read."""

    def __init__(self, craft: Craft[H, D], root: Path, names: Mapping[bytes, str], texts: Mapping[str, bytes]) -> None:
        self.names = names
        self.made: dict[bytes, D] = {}
        self.light = craft.light
        self._craft = craft
        self._root = root
        self._texts = texts

    @cached_property
    def desk(self) -> Desk[H, D]:
        """What reads notes."""
        return self._craft.desk(self._root, self._texts[DECK_FILE])

    def line(self, digest: bytes) -> bytes:
        """Return the draft of a file, packed; nothing when only the long way can make it."""
        name = self.names[digest]
        draft = self.desk.draft(name, self._texts[name])
        if draft is None:
            return b""
        self.made[digest] = draft
        return draft.packed()

    def again(self, name: str) -> D:
        """Make the draft of a file that was made before."""
        draft = self.desk.draft(name, self._texts[name])
        assert draft is not None
        return draft

    def read(self, digest: bytes, line: bytes) -> None:
        """Take the draft of a file from its line, if it has one."""
        if line:
            self.made[digest] = self._craft.draft(line, self.names[digest])


def _completing(maker: "_Maker[H, D]", known: Mapping[bytes, bytes]) -> Callable[[], dict[bytes, bytes]]:
    """Return a function that completes the drafts; where there are many files, a second process has begun with them."""
    missing = [digest for digest in maker.names if digest not in known]
    if len(missing) >= FEW:
        own, others = missing[::2], missing[1::2]
    else:
        own, others = ([], missing) if len(known) >= FEW and not maker.light else (missing, [])
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


def _all_keys(first: bytes, drafts: Collection[D]) -> bytes:
    """Return what stands for the keys and paths of all files, once compared; nothing where they always are."""
    keys = [draft.keys for draft in drafts]
    return hashlib.blake2b(b"".join((first, *keys)), digest_size=16).digest() if all(keys) else b""


def _apart(drafts: Collection[D]) -> bool:
    """Whether no two files share a key or a path."""
    topics = [draft.topic for draft in drafts]
    entries = [key for draft in drafts for key in draft.entries]
    paths = [path for draft in drafts for path in draft.paths]
    return all(len(set(words)) == len(words) for words in (topics, entries, paths))
