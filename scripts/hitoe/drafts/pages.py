"""What topic files give the log, made one by one under one deck.yaml."""

import marshal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hitoe import checks, log
from hitoe.drafts.draft import Told, told
from hitoe.drafts.making import Reader, paths
from hitoe.log import Chapter
from hitoe.model.project import Project
from hitoe.problems import Problem


@dataclass(frozen=True, slots=True)
class Cover:
    """The text of deck.yaml and the project that it makes: it is small, and read anew each time."""

    text: bytes
    whole: Project
    warnings: tuple[Problem, ...]

    def packed(self) -> bytes:
        """Return the text."""
        return self.text


@dataclass(frozen=True, slots=True)
class Pages:
    """What a topic file gives the log: topic key and title, all entry keys and oldest paths, chapters, warnings.

    Keys and paths are packed as `names`, for which `keys` stands. `texts` are the packed records of each chapter; where
    they were kept apart, they are empty, and `sign` tells which they are.
    """

    topic: str
    title: str
    names: bytes
    keys: bytes
    chapters: tuple[tuple[bytes, str, bytes], ...]
    warnings: Told
    lasting: bool
    sign: bytes
    texts: bytes

    def packed(self) -> bytes:
        """Return the pages as bytes."""
        return marshal.dumps((self.kept(), self.texts))

    def kept(self) -> bytes:
        """Return the pages as bytes without their texts."""
        return marshal.dumps(
            (self.topic, self.title, self.names, self.keys, self.chapters, self.warnings, self.lasting, self.sign)
        )

    @classmethod
    def unpacked(cls, line: bytes, _file: str) -> "Pages":
        """Return the pages that were packed."""
        kept, texts = marshal.loads(line)
        return cls(*(*marshal.loads(kept), texts))

    def short(self, line: bytes) -> bytes:
        """Return the line without texts."""
        return marshal.dumps((self.kept(), b"")) if self.texts else line

    @property
    def entries(self) -> tuple[str, ...]:
        """All entry keys."""
        entries: tuple[str, ...] = marshal.loads(self.names)[0]
        return entries

    @property
    def paths(self) -> tuple[str, ...]:
        """The oldest path of everything."""
        found: tuple[str, ...] = marshal.loads(self.names)[1]
        return found


class PageDesk:
    """Makes pages of a project's files under one deck.yaml; `head` is None when only the long way can read that."""

    def __init__(self, root: Path, deck_yaml: bytes) -> None:
        self._reader = Reader(root, deck_yaml)
        whole = self._reader.whole
        self.head = _cover(self._reader, deck_yaml) if whole else None
        self._forms = log.forms(whole.deck.language) if whole else ()

    def draft(self, name: str, text: bytes) -> Pages | None:
        """Return the pages of a topic file; None when only the long way can read it."""
        project = self._reader.project(name, text)
        if project is None:
            return None
        topic = project.topics[name]
        chapters = log.chapters(log.records(project, self._forms))
        # The digest knows nothing of pictures.
        lasting = not any(item.image for entry in topic.entries.values() for item in entry.items.values())
        names = log.pack((tuple(topic.entries), paths(project)))
        texts = log.pack([chapter.texts() for chapter in chapters])
        return Pages(
            topic.topic,
            topic.title,
            names,
            log.digest(topic.topic.encode() + b"\0" + names),
            tuple(chapter.packed for chapter in chapters),
            told(checks.warnings(project)),
            lasting,
            log.digest(texts),
            texts,
        )


def opened(pages: Pages, texts: Callable[[], Sequence[bytes]]) -> tuple[Chapter, ...]:
    """Return the chapters of pages; `texts` returns the packed records of each."""
    return tuple(
        Chapter.unpacked(packed, lambda place=place: texts()[place])  # type: ignore[misc]
        for place, packed in enumerate(pages.chapters)
    )


def cover(root: Path, text: bytes) -> Cover:
    """Return what the text of deck.yaml gives, which was read before without a problem."""
    return _cover(Reader(root, text), text)


def _cover(reader: Reader, text: bytes) -> Cover:
    assert reader.whole is not None
    return Cover(text, reader.whole, tuple(checks.warnings(reader.whole)))
