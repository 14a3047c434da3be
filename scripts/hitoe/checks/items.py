"""Checks of items: their values go together, their pictures exist, and their figures can be drawn."""

from collections.abc import Iterator
from pathlib import Path

from hitoe import figures
from hitoe.kinds import Item, Mistake
from hitoe.model.project import CONTENT, Project
from hitoe.problems import Problem


def sound(project: Project) -> Iterator[Problem]:
    """All is well within each item."""
    content = (project.root / CONTENT).resolve()
    for placed in project.entries():
        for key, item in placed.entry.items.items():
            for mistake in _mistakes(item, content):
                at = project.at(placed.file, *placed.loc, "items", key, *mistake.loc, key=mistake.key)
                yield Problem(at, mistake.message)


def _mistakes(item: Item, content: Path) -> Iterator[Mistake]:
    yield from item.mistakes(content)
    if item.image and (fault := item.image.fault(content)):
        yield Mistake(("image", "file"), fault)
    if item.figure:
        yield from (Mistake(("figure", *fault.loc), str(fault), fault.key) for fault in figures.faults(item.figure))
    for number, evidence in enumerate(item.evidence):
        if evidence.rows and item.row_labels is None:
            message = "only a table has rows to compare: say with `expect:` what must be there"
            yield Mistake(("evidence", number, "rows"), message)
