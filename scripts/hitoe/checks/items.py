"""What each kind of item checks of its own values, and evidence about rows.

The rules themselves stand with the kinds, as `Item.mistakes`.
"""

from collections.abc import Iterator

from hitoe.model.project import CONTENT, Project
from hitoe.problems import Problem


def sound(project: Project) -> Iterator[Problem]:
    """An item's values go together: formulas compute, rows are complete, regions lie in their pictures."""
    content = (project.root / CONTENT).resolve()
    for placed in project.entries():
        for key, item in placed.entry.items.items():
            for mistake in item.mistakes(content):
                at = project.at(placed.file, *placed.loc, "items", key, *mistake.loc, key=mistake.key)
                yield Problem(at, mistake.message)


def compared_rows_exist(project: Project) -> Iterator[Problem]:
    """Evidence about rows belongs to something that has rows."""
    for placed in project.entries():
        for key, item in placed.entry.items.items():
            for number, evidence in enumerate(item.evidence):
                if evidence.rows and item.row_labels is None:
                    at = project.at(placed.file, *placed.loc, "items", key, "evidence", number, "rows")
                    yield Problem(at, "only a table has rows to compare: say with `expect:` what must be there")
