"""Drafts made: deck.yaml and a topic file read and checked, each by itself."""

from pathlib import Path

from hitoe import checks, deck
from hitoe.checks import identities
from hitoe.deck import cards
from hitoe.drafts.draft import Draft, Head
from hitoe.model.project import DECK_FILE, Project
from hitoe.schema import decode
from hitoe.source import read


class Reader:
    """Reads a project's files one by one, under one deck.yaml; `whole` is that without topics, None if unreadable."""

    def __init__(self, root: Path, deck_yaml: bytes) -> None:
        document, problems = read(DECK_FILE, deck_yaml)
        known = decode.deck(document)[0] if document and not problems else None
        self.whole = Project(root, known, {}, {DECK_FILE: document}) if document and known else None

    def project(self, name: str, text: bytes) -> Project | None:
        """Return a project of one topic file; None when that has a problem, which only the long way can tell."""
        document, problems = read(name, text)
        topic = decode.topic(document)[0] if document and not problems else None
        if document is None or topic is None or self.whole is None:
            return None
        project = Project(self.whole.root, self.whole.deck, {name: topic}, {name: document})
        return None if checks.problems(project) else project


def paths(project: Project) -> tuple[str, ...]:
    """Return the oldest path of everything in a project."""
    return tuple(path for placed in project.entries() for _, path in identities.paths(placed))


class NoteDesk:
    """Makes drafts of a project's files under one deck.yaml; `head` is None when only the long way can read that."""

    def __init__(self, root: Path, deck_yaml: bytes) -> None:
        self.head: Head | None = None
        self._reader = Reader(root, deck_yaml)
        whole = self._reader.whole
        if whole is None:
            return
        self._print = cards.templates(whole.deck.language)
        outline = cards.outline(whole, self._print)
        warnings = tuple(checks.warnings(whole))
        self.head = Head(outline.key, outline.title, outline.language, outline.description, warnings)

    def draft(self, name: str, text: bytes) -> Draft | None:
        """Return the draft of a topic file; None when only the long way can read it."""
        project = self._reader.project(name, text)
        if project is None:
            return None
        topic = project.topics[name]
        notes = (deck.with_shipped_cards(note, (), "") for note in cards.notes(project, self._print, unasked=False))
        asked = tuple(note for note in notes if note)
        order, told = tuple(deck.study_order(asked)), tuple(checks.warnings(project))
        return Draft(topic.topic, topic.title, tuple(topic.entries), paths(project), asked, order, told)
