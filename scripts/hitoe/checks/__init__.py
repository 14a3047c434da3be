"""Checks of what must hold between values: each looks at a project, or a part of it, and yields problems.

To add a check, write a function and put it into FILE_CHECKS, or into PROJECT_CHECKS if it compares files; if it need
not stop a build, into one of the WARNINGS. What concerns the values of one item belongs to its kind: `Item.mistakes`.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hitoe.checks import characters, drawable, entries, identities, items, pictures, sheets, sources
from hitoe.model import loader
from hitoe.model.outline import TopicOutline
from hitoe.model.project import DECK_FILE, Project
from hitoe.problems import InputError, Problem

Check = Callable[[Project], Iterator[Problem]]

FILE_CHECKS: tuple[Check, ...] = (
    entries.filled,
    entries.domains_known,
    entries.points_nested,
    items.sound,
    items.compared_rows_exist,
    identities.paths_readable,
    sheets.columns_wide_enough,
    pictures.inside_project,
    drawable.figures_drawable,
    sources.listed_once,
)
"""What must hold in each file by itself."""

PROJECT_CHECKS: tuple[Check, ...] = (entries.keys_unique, identities.unique)
"""What must hold between files."""

FILE_WARNINGS: tuple[Check, ...] = (characters.kept_by_anki,)
PROJECT_WARNINGS: tuple[Check, ...] = (sources.titled_alike,)
"""What an author should know, and may leave as it is."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that was read and checked by itself, as a project of this file; None if it, or the deck, is unreadable."""

    project: Project | None
    problems: tuple[Problem, ...]


def deck_file(root: Path, texts: Mapping[str, bytes]) -> CheckedFile:
    """Read and check deck.yaml; returns the deck as a project without topics."""
    if DECK_FILE not in texts:
        return CheckedFile(None, ())
    parsed = loader.parse(DECK_FILE, texts[DECK_FILE])
    if parsed.deck is None or parsed.document is None:
        return CheckedFile(None, parsed.problems)
    return _checked(Project(root, parsed.deck, {}, {DECK_FILE: parsed.document}), DECK_FILE, parsed)


def topic_file(deck: Project | None, name: str, text: bytes) -> CheckedFile:
    """Read and check a topic file of a deck, which is given as a project without topics; None if it is unreadable."""
    parsed = loader.parse(name, text)
    if deck is None or parsed.topic is None or parsed.document is None:
        return CheckedFile(None, parsed.problems)
    return _checked(replace(deck, topics={name: parsed.topic}, documents={name: parsed.document}), name, parsed)


def _checked(project: Project, name: str, parsed: loader.Parsed) -> CheckedFile:
    lines = {problem.at.line for problem in parsed.problems}
    found = (problem for check in FILE_CHECKS for problem in check(project))
    # What is wrong in deck.yaml is found with each of its topics.
    own = [problem for problem in found if problem.at.file == name and problem.at.line not in lines]
    return CheckedFile(project, (*parsed.problems, *own))


def outline(project: Project) -> TopicOutline:
    """Return the outline of a project of one topic file."""
    (topic,) = project.topics.values()
    return TopicOutline(
        topic.topic,
        topic.title,
        tuple(topic.entries),
        tuple(path for placed in project.entries() for _, path in identities.paths(placed)),
        tuple(
            dict.fromkeys((source.url, source.title) for entry in topic.entries.values() for source in entry.sources)
        ),
    )


def between_files(
    deck: Project, outlines: Mapping[str, TopicOutline], texts: Mapping[str, bytes]
) -> tuple[Sequence[Problem], Sequence[Problem]]:
    """Return the problems and warnings that come of two topic files together.

    The outlines, by file, say which files have something in common that must differ; only these are read again.
    """
    files = _in_conflict(outlines)
    parsed = {name: loader.parse(name, texts[name]) for name in outlines if name in files}
    project = replace(
        deck,
        topics={name: one.topic for name, one in parsed.items() if one.topic},
        documents={name: one.document for name, one in parsed.items() if one.document},
    )
    places = {(problem.at.file, problem.at.line) for one in parsed.values() for problem in one.problems}
    found = (problem for check in PROJECT_CHECKS for problem in check(project))
    problems = [problem for problem in found if (problem.at.file, problem.at.line) not in places]
    return problems, [warning for warn in PROJECT_WARNINGS for warning in warn(project)]


def _in_conflict(outlines: Mapping[str, TopicOutline]) -> set[str]:
    titles: dict[str, set[str]] = {}
    for one in outlines.values():
        for url, title in one.sources:
            titles.setdefault(url, set()).add(title)
    return (
        _sharing((file, (one.topic,)) for file, one in outlines.items())
        | _sharing((file, one.entries) for file, one in outlines.items())
        | _sharing((file, one.paths) for file, one in outlines.items())
        | {file for file, one in outlines.items() if any(len(titles[url]) > 1 for url, _ in one.sources)}
    )


def _sharing(values: Iterable[tuple[str, Iterable[Hashable]]]) -> set[str]:
    """Return the files that have a value twice, or one that another file has too."""
    first: dict[Hashable, str] = {}
    files: set[str] = set()
    for file, its_values in values:
        for value in its_values:
            if value in first:
                files |= {file, first[value]}
            else:
                first[value] = file
    return files


def warnings(project: Project) -> list[Problem]:
    """Return what the author should know of a project, by place."""
    return sorted({warning for warn in (*FILE_WARNINGS, *PROJECT_WARNINGS) for warning in warn(project)})


def trusted(root: Path) -> Project:
    """Read and check a project.

    Raises:
        InputError: with every problem of every file.
    """
    texts, problems = loader.texts(root)
    deck = deck_file(root, texts)
    checked = {name: topic_file(deck.project, name, text) for name, text in texts.items() if name != DECK_FILE}
    problems += [problem for file in (deck, *checked.values()) for problem in file.problems]
    parts = {name: file.project for name, file in checked.items() if file.project}
    project = deck.project
    if project is not None:
        problems += between_files(project, {name: outline(part) for name, part in parts.items()}, texts)[0]
    if problems or project is None:
        raise InputError(problems)
    topics = {name: topic for part in parts.values() for name, topic in part.topics.items()}
    return replace(project, topics=topics, documents={name: parts.get(name, project).documents[name] for name in texts})
