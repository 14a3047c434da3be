"""Checks of cloze items."""

from collections.abc import Iterator

from hitoe.model.project import Project
from hitoe.problems import Problem
from hitoe.schema import Cloze


def numbers_complete(project: Project) -> Iterator[Problem]:
    """Cloze numbers count from 1 without gaps, but for those that retired."""
    for placed in project.entries():
        for key, item in placed.entry.items.items():
            if not isinstance(item, Cloze):
                continue
            used = {cloze.number for cloze in item.cloze.clozes}
            retired = set(item.retired_clozes)
            loc = (*placed.loc, "items", key)
            if 0 in retired:
                at = project.at(placed.file, *loc, "retired_clozes")
                yield Problem(at, "a cloze with number 0: count from 1")
            if both := sorted(used & retired):
                at = project.at(placed.file, *loc, "cloze")
                yield Problem(at, f"cloze {both[0]} is in use and in `retired_clozes`: delete it from one")
            if gaps := sorted(set(range(1, max(used | retired) + 1)) - used - retired):
                yield Problem(
                    project.at(placed.file, *loc, "cloze"),
                    f"cloze {gaps[0]} is missing between 1 and {max(used | retired)}: number without gaps, "
                    f"or if it was shipped and is gone add `retired_clozes: [{gaps[0]}]`",
                )
