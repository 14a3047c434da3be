"""All that the log knows: the deck, and what each topic tells of each week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hitoe.log.chapter import Chapter, chapters
from hitoe.log.forms import forms
from hitoe.log.record import records
from hitoe.model.project import Project
from hitoe.schema import Deck


@dataclass(frozen=True, slots=True)
class Chronicle:
    """The deck, its folder, the titles of topics by key, and the chapters of all topics in the source's order."""

    root: Path
    deck: Deck
    topics: Mapping[str, str]
    chapters: Sequence[Chapter]


def of(project: Project) -> Chronicle:
    """Return the chronicle of a project."""
    topics = {topic.topic: topic.title for topic in project.topics.values()}
    return Chronicle(project.root, project.deck, topics, chapters(records(project, forms(project.deck.language))))
