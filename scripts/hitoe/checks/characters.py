"""Warnings about characters that Anki replaces."""

import re
from collections.abc import Iterator
from unicodedata import combining, is_normalized, normalize

from hitoe.messages import say
from hitoe.model.project import Project
from hitoe.problems import Problem

ESCAPE = re.compile(rb"\\(?:[xuU]|[\r\n]\s*[^\x00-\x7f])")
"""What is a character of any kind in double quotes, and what joins two lines there of which one could change."""


def changed_by_anki(project: Project) -> Iterator[Problem]:
    """Anki stores text in Unicode's form NFC, in which some rare characters become common ones."""
    for document in project.documents.values():
        # Each part of a text in this form is in it, too, except what YAML's escapes write or join.
        if not ESCAPE.search(document.text) and is_normalized("NFC", document.text.decode("utf-8", "replace")):
            continue
        for at, value in document.scalars(lambda text: not is_normalized("NFC", text)):
            yield from (Problem(at, message) for message in _changes(value))


def _changes(value: str) -> Iterator[str]:
    """Yield a message for each character that changes; one for the whole text where only a sequence changes."""
    characters = dict.fromkeys(character for character in _characters(value) if not is_normalized("NFC", character))
    for character in characters or [value]:
        became = normalize("NFC", character)
        if characters and len(character) > 1:
            remedy = say("type it anew as one character")
        else:
            remedy = say("write '{became}', or say in words how it looks", became=became)
        yield say(
            "Anki turns '{character}' ({point}) into '{became}' ({new_point}): {remedy}",
            character=character,
            point=_points(character),
            became=became,
            new_point=_points(became),
            remedy=remedy,
        )


def _characters(value: str) -> Iterator[str]:
    """Split a text into characters with the marks that combine with them."""
    start = 0
    for end in range(1, len(value) + 1):
        if end == len(value) or not combining(value[end]):
            yield value[start:end]
            start = end


def _points(text: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in text)
