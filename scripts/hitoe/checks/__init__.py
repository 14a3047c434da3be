"""Checks of what must hold between values: each looks at a project, or at the outlines of its files.

To add a check of a file by itself, write a function that yields problems, and put it into FILE_CHECKS, or into
FILE_WARNINGS if it need not stop a build; one that compares files belongs to `conflicts`. What concerns the values of
one item belongs to its kind: `Item.mistakes`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hitoe.checks import (
    characters,
    conflicts,
    foreign_markup,
    identities,
    kept_notes,
    nameless_rows,
    number_signs,
    own_words,
    parted_sources,
    plain_titles,
    readings,
    recalls,
    shown_files,
    single_file,
    swallowed_keys,
    unfinished,
)
from hitoe.checks.shown_files import files as files
from hitoe.model import loader
from hitoe.model.outline import TopicOutline
from hitoe.model.project import DECK_FILE, WORDS_FILE, PlacedEntry, Project, is_topic
from hitoe.problems import InputError, Problem
from hitoe.schema import Deck, Topic
from hitoe.source import Loc, corrected

Check = Callable[[Project], Iterator[Problem]]

FILE_CHECKS: tuple[Check, ...] = (
    single_file.filled,
    single_file.domains_known,
    single_file.points_nested,
    single_file.sources_differ,
    single_file.sound,
    identities.paths_readable,
    single_file.columns_wide_enough,
    single_file.hero_image_exists,
    shown_files.found,
    shown_files.can_be_typed,
    shown_files.can_be_spoken,
)
"""What must hold in each file by itself."""

FILE_WARNINGS: tuple[Check, ...] = (
    characters.changed_by_anki,
    swallowed_keys.lines_not_swallowed,
    readings.unclear,
    shown_files.without_alt,
    shown_files.foreign_hints,
    foreign_markup.told,
    plain_titles.unmarked,
    parted_sources.told,
    single_file.minus_signs_kept,
    number_signs.read_otherwise,
    unfinished.told,
    kept_notes.media_there,
    nameless_rows.told,
)
"""What an author should know, and may leave as it is."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that was read and checked by itself, as a project of this file; None if it, or the deck, is unreadable."""

    project: Project | None
    problems: tuple[Problem, ...]


def deck_file(root: Path, texts: Mapping[str, bytes]) -> CheckedFile:
    """Read and check deck.yaml, and words.yaml if there is one; returns the deck as a project without topics."""
    if DECK_FILE not in texts:
        return CheckedFile(None, ())
    document, deck, problems = loader.parse(DECK_FILE, texts[DECK_FILE], Deck)
    file, words, of_words = own_words.words(WORDS_FILE, texts[WORDS_FILE]) if WORDS_FILE in texts else (None, (), [])
    if deck and words:
        deck = deck.model_copy(update={"language": replace(deck.language, words=words)})
    documents = {DECK_FILE: document} if document else {}
    documents |= {WORDS_FILE: file} if file else {}
    types, its_documents, of_types = kept_notes.note_types(root, texts)
    project = Project(root, deck, {}, documents | its_documents, types) if deck and document else None
    checked = _checked(project, DECK_FILE, problems)
    return replace(checked, problems=(*checked.problems, *of_words, *of_types))


def topic_file(deck: Project | None, name: str, text: bytes) -> CheckedFile:
    """Read and check a topic file of a deck, which is given as a project without topics; None if it is unreadable."""
    document, topic, problems = loader.parse(
        name, text, Topic, math=bool(deck and deck.deck.math), note_types=deck.note_types if deck else {}
    )
    project = replace(deck, topics={name: topic}, documents={name: document}) if deck and topic and document else None
    return _checked(project, name, problems)


def _checked(project: Project | None, name: str, problems: Sequence[Problem]) -> CheckedFile:
    lines = corrected(problems)
    found = (problem for check in FILE_CHECKS for problem in check(project)) if project else ()
    # What is wrong in deck.yaml is found with each of its topics.
    own = [problem for problem in found if problem.at.file == name and problem.at.line not in lines]
    return CheckedFile(project, (*problems, *own))


def outline(project: Project) -> TopicOutline:
    """Return the outline of a project of one topic file."""
    ((file, topic),) = project.topics.items()
    parts = [part for placed in project.entries() for part in identities.parts(placed)]
    return TopicOutline(
        topic.topic,
        topic.title,
        topic.place(file),
        tuple((part.loc, part.path) for part in parts if part.path is not None),
        tuple(source for placed in project.entries() for source in _sources(placed)),
        tuple(path for placed in project.entries() for path in recalls.recalled(placed)),
        tuple(path for placed in project.entries() for path in recalls.named(placed)),
        topic.deck or "",
        tuple(guid for placed in project.entries() for guid in kept_notes.guids(placed)),
        tuple((part.loc, part.was) for part in parts if part.was),
    )


def _sources(placed: PlacedEntry) -> Iterator[tuple[str, str, Loc]]:
    """Yield the address, title and location of each source that has both."""
    for number, source in enumerate(placed.entry.sources):
        if source.url and source.title:
            yield source.url, source.title, (*placed.loc, "sources", number)


def between_files(
    outlines: Mapping[str, TopicOutline], texts: Mapping[str, bytes]
) -> tuple[list[Problem], list[Problem]]:
    """Return the problems and warnings that come of topic files together; only files in conflict are read again."""
    places = loader.Places(texts)
    found = [*conflicts.unique(outlines, places.at), *conflicts.guids_unique(outlines, places.at)]
    if outlines.keys() >= set(filter(is_topic, texts)):  # an item may be in a file that cannot be read
        found += conflicts.recalls_known(outlines, places.at)
    problems = [problem for problem in found if not places.corrected(problem.at)]
    sources = ((file, source) for file, one in outlines.items() for source in one.sources)
    return problems, list(conflicts.sources_titled_alike(sources, places.at))


def warnings(project: Project) -> list[Problem]:
    """Return what the author should know of a project, by place."""
    sources = ((placed.file, source) for placed in project.entries() for source in _sources(placed))
    found = {warning for warn in FILE_WARNINGS for warning in warn(project)}
    return sorted(found.union(conflicts.sources_titled_alike(sources, project.at), loader.unread(project.root)))


def trusted(root: Path) -> Project:
    """Read and check a project; raises InputError with every problem of every file."""
    texts, problems = loader.texts(root)
    deck = deck_file(root, texts)
    checked = {name: topic_file(deck.project, name, text) for name, text in texts.items() if is_topic(name)}
    problems += [problem for file in (deck, *checked.values()) for problem in file.problems]
    parts = {name: file.project for name, file in checked.items() if file.project}
    problems += between_files({name: outline(part) for name, part in parts.items()}, texts)[0]
    problems = problems or loader.without_topics(root, texts)
    if problems or deck.project is None:
        raise InputError(problems)
    return joined(deck.project, parts)


def joined(deck: Project, parts: Mapping[str, Project]) -> Project:
    """Return a deck, given as a project without topics, with its topic files, given as projects by file name."""
    topics = {name: part.topics[name] for name, part in parts.items()}
    topics = dict(sorted(topics.items(), key=lambda item: item[1].place(item[0])))
    return replace(deck, topics=topics, documents={**deck.documents, **{n: p.documents[n] for n, p in parts.items()}})
