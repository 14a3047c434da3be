"""The results of all topic files, from memory or worked out, and the problems between files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hitoe import checks, workers
from hitoe.build import topic_file, topic_parts
from hitoe.build.topic_file import Task, TopicResult
from hitoe.memo import Memo
from hitoe.model import loader
from hitoe.model.outline import TopicOutline
from hitoe.model.project import Project, is_topic
from hitoe.problems import InputError, Problem
from hitoe.workers import Workers

WORTH_A_WORKER = 1_000_000
"""Bytes of topic files that take longer than starting a worker does."""


@dataclass(frozen=True, slots=True)
class Collected:
    """A checked project: the deck without its topics, the bytes of all files, the results by file, and warnings."""

    deck: Project
    texts: Mapping[str, bytes]
    topics: dict[str, TopicResult]
    outlines: Mapping[str, TopicOutline]
    warnings: Sequence[Problem]


def collect(root: Path, output: str, memory: Memo, done: Callable[[], None] = lambda: None) -> Collected:
    """Return the results of a project's files for an output; `done` is called after each file that is worked out.

    Raises:
        InputError: with every problem of every file.
    """
    texts, problems = loader.texts(root)
    deck = checks.deck_file(root, texts)
    settings = topic_file.settings(texts)
    tasks = [Task(output, root, settings, name, text) for name, text in texts.items() if is_topic(name)]
    topics = {task.name: result for task, result in zip(tasks, results(tasks, memory, done), strict=True)}
    problems += [*deck.problems, *(problem for result in topics.values() for problem in result.problems)]
    if deck.project is None:
        raise InputError(problems)
    outlines = {name: result.outline for name, result in topics.items() if result.outline}
    between, alike = checks.between_files(outlines, texts)
    if problems := [*problems, *between] or loader.without_topics(root, texts):
        raise InputError(problems)
    warnings = [problem for warn in checks.FILE_WARNINGS for problem in warn(deck.project)]
    warnings += [warning for result in topics.values() for warning in result.warnings]
    warnings += [*alike, *loader.unread(root)]
    outlines = dict(sorted(outlines.items(), key=lambda item: item[1].place))
    return Collected(deck.project, texts, {name: topics[name] for name in outlines}, outlines, warnings)


def results(tasks: Sequence[Task], memory: Memo, done: Callable[[], None] = lambda: None) -> list[TopicResult]:
    """Return the results of tasks: from memory, or worked out, by several processes where that is faster."""
    keys = [memory.key(task.output, task.name, repr(task.settings), task.text, repr(task.shipped)) for task in tasks]
    found: dict[str, TopicResult] = {}
    missing: dict[str, Task] = {}
    for task, key in zip(tasks, keys, strict=True):
        if topic_file.is_remembered(task, value := memory.get(key)):
            found[key] = value
        else:
            missing[key] = task
    size = sum(len(task.text) for task in missing.values())
    most = workers.MOST if size >= WORTH_A_WORKER else 1
    parted = [(task, topic_parts.split(task)) for task in missing.values()]
    with Workers(min(most, sum(len(parts) for _, parts in parted)), done) as processes:
        for key, result in zip(missing, topic_parts.results(processes, parted), strict=True):
            found[key] = result
            if not result.problems:
                memory.put(key, result)
    return [found[key] for key in keys]
