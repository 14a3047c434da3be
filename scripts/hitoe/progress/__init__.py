"""Computes a learner's progress from an Anki collection: reviews, minutes, retention, weak items, expected recall.

This package alone opens collections, and it only ever opens copies of them.
"""

from pathlib import Path

from hitoe.model.project import Project
from hitoe.problems import CollectionError
from hitoe.progress.aggregation import progress
from hitoe.progress.collection import read
from hitoe.progress.results import Progress


def of(project: Project, path: Path, scratch: Path) -> Progress:
    """Return the progress of a collection (.anki2, .colpkg, or .apkg with scheduling) in a project's deck.

    Raises CollectionError if it cannot be read or has no note of this deck. `scratch` is as in `collection.read`.
    """
    found = progress(project, read(path, scratch))
    if found is None:
        key = project.deck.key
        raise CollectionError(path, "it holds no note of the deck '{key}': import {key}.apkg into it first", key=key)
    return found
