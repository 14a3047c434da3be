"""Large topic files in parts, on which several processes work, and of which none is held in memory as a whole.

A part is a topic file of its own: it begins as the whole one, and has some of its entries, in the lines where they
stand there. What is wrong in a part may come of the cut, so then the whole file is worked out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, chain, islice, pairwise
from typing import TypeVar

from hitoe.build import topic_file
from hitoe.build.topic_file import EntryPlaces, Task, TopicResult
from hitoe.model.outline import TopicOutline
from hitoe.workers import Workers

SIZE, MOST = 1_000_000, 16
"""The bytes of a file for each of its parts, and the most parts."""
ENTRIES = b"\nentries:"
HEAD = re.compile(rb"\nentries:[ ]*(?:#[^\n]*)?(?:\n[ ]*(?:#[^\n]*)?)*\n(?P<indent>[ ]+)(?=[0-9A-Za-z\x80-\xff])")
"""The key, and what stands before the first entry."""
OTHER = re.compile(rb"\n[^ \n#]")
"""A line that belongs to no entry."""

T = TypeVar("T")
Worked = tuple[TopicResult, EntryPlaces]

_wrong = set[str]()
"""The files of which this process has found a part with a mistake: it leaves the others out."""


def split(task: Task) -> list[Task]:
    """Return the task in parts; the whole one if its file is small, or no deck is made of it, or no cut is safe."""
    text, count = task.text, min(len(task.text) // SIZE, MOST)
    head = HEAD.search(text) if task.output == "deck" and count > 1 and b"\r" not in text else None
    if not head or text.count(ENTRIES) > 1 or OTHER.search(text, start := head.start("indent")):
        return [task]
    # A text in quotes can have a line that looks like an entry. A file that is cut there has a mistake.
    entry = re.compile(rb"\n" + head["indent"] + rb"(?=[0-9A-Za-z\x80-\xff])")
    # Processes work from both ends, and one waits while another does the last part: so those in the middle are small.
    sizes = [1 + abs(2 * number - count + 1) for number in range(count)]
    near = (start + (len(text) - start) * size // sum(sizes) for size in accumulate(sizes[:-1]))
    cuts = sorted({found.start() + 1 for at in near if (found := entry.search(text, at))})
    return [
        # Empty lines stand for those that are left out, so that messages have the lines of the whole file.
        replace(task, text=text[:start] + b"\n" * text.count(b"\n", start, first) + text[first:stop])
        for first, stop in pairwise([start, *cuts, len(text)])
    ]


def results(processes: Workers, parted: Sequence[tuple[Task, Sequence[Task]]]) -> Iterator[TopicResult]:
    """Yield the result of each task, which is given with its parts."""
    _wrong.clear()
    parts = [(part, len(its) == 1) for _, its in parted for part in its]
    worked = processes.results(_work_out, parts, last=True)
    for task, its in parted:
        own = list(islice(worked, len(its)))
        yield joined(task, own) if len(own) > 1 else own[0][0]


def _work_out(part: tuple[Task, bool]) -> Worked:
    task, whole = part
    if whole:
        return topic_file.work_out(task), {}
    if task.name in _wrong:
        return TopicResult(None), {}
    result, places = topic_file.unordered(task)
    if result.problems:
        _wrong.add(task.name)
    return result, places


def joined(task: Task, parts: Sequence[Worked]) -> TopicResult:
    """Return the result of a task that was worked out in parts."""
    places = {key: place for _, own in parts for key, place in own.items()}
    outlines = [result.outline for result, _ in parts if result.outline and not result.problems]
    if len(outlines) < len(parts) or len(places) < sum(len(own) for _, own in parts):
        return topic_file.work_out(task)
    notes = (note for result, _ in parts for note in result.notes)
    result = TopicResult(
        _joined(outlines),
        warnings=tuple(dict.fromkeys(_all(result.warnings for result, _ in parts))),
        pictures=tuple(dict.fromkeys(_all(result.pictures for result, _ in parts))),
        notes=tuple(sorted(notes, key=lambda note: places[str(note.loc[1])])),
    )
    return topic_file.ordered(task, result)


def _joined(outlines: Sequence[TopicOutline]) -> TopicOutline:
    """Return the outline of a file from those of its parts, which differ only in what is listed."""
    return replace(
        outlines[0],
        paths=_all(each.paths for each in outlines),
        sources=_all(each.sources for each in outlines),
        recalled=_all(each.recalled for each in outlines),
        recalls=_all(each.recalls for each in outlines),
        guids=_all(each.guids for each in outlines),
        renamed=_all(each.renamed for each in outlines),
    )


def _all(lists: Iterable[Iterable[T]]) -> tuple[T, ...]:
    """Return what is in lists."""
    return tuple(chain.from_iterable(lists))
