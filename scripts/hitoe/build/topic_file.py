"""One topic file worked out: its outline, what it gives an output, and what is wrong in it.

A pure function of the file's bytes, those of deck.yaml and words.yaml, and the pictures that the file names. Problems
are results like any other. A memo remembers the results without problems.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe import checks
from hitoe.build import fingerprints
from hitoe.content_folder import belongs
from hitoe.deck import Card, Note, cards, study_order, with_shipped_cards
from hitoe.deck.escaping import written
from hitoe.deck.study_order import place_in_posts
from hitoe.model.outline import TopicOutline
from hitoe.model.project import CONTENT, Project, is_topic
from hitoe.problems import Problem

if TYPE_CHECKING:
    from hitoe.log import TopicWeek

MARKED_LOG = "marked log"
"""The log for the preview, in whose pages what is to be learned is marked."""
Cards = tuple[tuple[str, tuple[int, ...]], ...]
"""Card ords by the guid of their note."""
EntryPlaces = dict[str, tuple[bool, str, bool, int]]
"""What the entries of a topic are sorted by, by their keys."""
Settings = tuple[tuple[str, bytes], ...]
"""The files that say what the deck is, with their bytes."""


@dataclass(frozen=True, slots=True)
class Task:
    """A topic file to work out for an `output`: `deck`, `log`, or MARKED_LOG; `root` is the project's folder.

    `shipped` are cards that learners have of this file's notes although it no longer asks them.
    """

    output: str
    root: Path
    settings: Settings
    name: str
    text: bytes
    shipped: Cards = ()


@dataclass(frozen=True, slots=True)
class TopicResult:
    """The outline (None if the file cannot be read), problems, warnings, and the hashes of pictures and sounds by file.

    For the deck also notes and their cards in the order of study; for the log what the topic adds to each week.
    """

    outline: TopicOutline | None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()
    notes: tuple[Note, ...] = ()
    order: tuple[Card, ...] = ()
    weeks: "tuple[TopicWeek, ...]" = ()


def work_out(task: Task) -> TopicResult:
    """Return the result of a topic file."""
    return ordered(task, unordered(task)[0])


def ordered(task: Task, result: TopicResult) -> TopicResult:
    """Return a result with the order of study of its notes."""
    deck = _deck(task.root, task.settings)
    if deck is None or not result.notes:
        return result
    return replace(result, order=tuple(study_order(result.notes, deck.deck.new_per_day)))


def unordered(task: Task) -> tuple[TopicResult, EntryPlaces]:
    """Return the result of a topic file, or of a part of one, without the order of study, and places of entries."""
    checked = checks.topic_file(_deck(task.root, task.settings), task.name, task.text)
    project = checked.project
    if project is None:
        return TopicResult(None, checked.problems), {}
    outline = checks.outline(project)
    warnings = tuple(problem for warn in checks.FILE_WARNINGS for problem in warn(project))
    if checked.problems:
        return TopicResult(outline, checked.problems, warnings), {}
    pictures = tuple((name, picture_hash(task.root, name)) for name in checks.files(project))
    if task.output in ("log", MARKED_LOG):
        from hitoe import log

        weeks = log.topic_weeks(project, task.output == MARKED_LOG)
        return TopicResult(outline, (), warnings, pictures, weeks=weeks), {}
    project = replace(project, documents={})  # nodes take as much memory as notes do
    del checked
    printing = cards.templates(project.deck.language)
    known, notice = dict(task.shipped), written(printing.word("retired_card"))
    asked: Iterable[Note | None] = cards.notes(project, printing, unasked=bool(known))
    if known:
        asked = (with_shipped_cards(note, known.get(note.guid, ()), notice) for note in asked if note)
    notes = tuple(note for note in asked if note and note.ords)
    places = {placed.key: place_in_posts(placed) for placed in project.entries()}
    return TopicResult(outline, (), warnings, pictures, notes), places


def settings(texts: Mapping[str, bytes]) -> Settings:
    """Return those of a project's files, by name, that are no topics."""
    return tuple((name, text) for name, text in sorted(texts.items()) if not is_topic(name))


def picture_hash(root: Path, name: str) -> str:
    """Return the hash of a file in the content folder; empty if it is not there, or links lead out of the project."""
    path = root / CONTENT / name
    return (fingerprints.hashed(path) or "") if belongs(path, root / CONTENT) else ""


@lru_cache(maxsize=1)
def _deck(root: Path, settings: Settings) -> Project | None:
    return checks.deck_file(root, dict(settings)).project


def is_remembered(task: Task, value: object) -> bool:
    """Whether a memo's value is the result of a task, and the pictures in it are as they were.

    Whatever a stranger's memo says, notes may name no other files, for media are read from the content folder, and the
    cards to be learned are theirs.
    """
    if not isinstance(value, TopicResult):
        return False
    try:
        pictures = dict(value.pictures)
        media = {file for note in value.notes for _, file in note.media}
        media |= {file for week in value.weeks for entry in week.entries for _, file in entry.media}
        new = {(note.guid, ord_) for note in value.notes for ord_ in note.new_ords}
        hashes = all(picture_hash(task.root, name) == pictures[name] for name in pictures)
        return hashes and media <= pictures.keys() and new == set(value.order)
    except (AttributeError, TypeError, ValueError):  # parts of other types
        return False
