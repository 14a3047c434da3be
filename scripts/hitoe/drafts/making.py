"""Drafts made: deck.yaml and a topic file read and checked, each by itself."""

from pathlib import Path

from hitoe import checks, deck
from hitoe.checks import identities
from hitoe.deck import cards
from hitoe.drafts.draft import Draft, Head
from hitoe.project import DECK_FILE, Project
from hitoe.schema import decode
from hitoe.source import read


class Desk:
    """Makes drafts of a project's files under one deck.yaml; `head` is None when only the long way can read that."""

    def __init__(self, root: Path, deck_yaml: bytes) -> None:
        self.head: Head | None = None
        document, problems = read(DECK_FILE, deck_yaml)
        known = decode.deck(document)[0] if document and not problems else None
        if document is None or known is None:
            return
        self._root, self._deck = root, known
        self._print = cards.templates(known.language)
        whole = Project(root, known, {}, {DECK_FILE: document})
        outline = cards.outline(whole, self._print)
        warnings = tuple(checks.warnings(whole))
        self.head = Head(outline.key, outline.title, outline.language, outline.description, warnings)

    def draft(self, name: str, text: bytes) -> Draft | None:
        """Return the draft of a topic file; None when only the long way can read it."""
        document, problems = read(name, text)
        topic = decode.topic(document)[0] if document and not problems else None
        if document is None or topic is None:
            return None
        project = Project(self._root, self._deck, {name: topic}, {name: document})
        if checks.problems(project):
            return None
        paths = tuple(path for placed in project.entries() for _, path in identities.paths(placed))
        notes = (deck.with_shipped_cards(note, (), "") for note in cards.notes(project, self._print, unasked=False))
        asked = tuple(note for note in notes if note)
        order, told = tuple(deck.study_order(asked)), tuple(checks.warnings(project))
        return Draft(topic.topic, topic.title, tuple(topic.entries), paths, asked, order, told)
