"""What a learner's Anki collection says of this deck: reviews, minutes, retention, weak points, expected recall.

This package alone opens collections, and it only ever opens copies of them.
"""

from pathlib import Path

from hitoe.model.project import Project
from hitoe.problems import CollectionError
from hitoe.progress.collection import read
from hitoe.progress.places import places
from hitoe.progress.reckoning import progress
from hitoe.progress.values import Expected, Figures, Group, Period, Progress, Weak


def of(project: Project, path: Path, scratch: Path) -> Progress:
    """Return what a collection (.anki2, .colpkg, or .apkg with scheduling) says of a project's deck.

    The collection is copied into `scratch`, a folder that does not exist yet and is gone afterwards.

    Raises:
        CollectionError: the collection cannot be read, or has no note of this deck.
    """
    found = progress(project, places(project), read(path, scratch))
    if found is None:
        key = project.deck.key
        raise CollectionError(path, f"it holds no note of the deck '{key}': import {key}.apkg into it first")
    return found


__all__ = ["Expected", "Figures", "Group", "Period", "Progress", "Weak", "of"]
