"""Checks of tables and of other things that have parts."""

from collections.abc import Iterator

from hitoe.model.project import PlacedEntry, Project
from hitoe.problems import Problem, did_you_mean
from hitoe.schema import Steps, Table
from hitoe.schema.scalars import RESERVED_IN_ROWS

FEWEST_STEPS = 2


def rows_complete(project: Project) -> Iterator[Problem]:
    """Every row has a cell for every column and no other; a table has columns and rows, steps have two steps."""
    for placed, key, table in _tables(project):
        loc = (*placed.loc, "items", key)
        if not table.columns or not table.rows:
            what = "columns" if not table.columns else "rows"
            yield Problem(project.at(placed.file, *loc, what), f"a table without {what}: add one at least")
        for reserved in RESERVED_IN_ROWS & set(table.columns):
            at = project.at(placed.file, *loc, "columns", reserved, key=True)
            yield Problem(at, f"'{reserved}' has a meaning of its own in rows: give the column another key")
        for row_key, row in table.rows.items():
            for column in row.cells:
                if column not in table.columns:
                    at = project.at(placed.file, *loc, "rows", row_key, column, key=True)
                    yield Problem(at, f"unknown column '{column}': {did_you_mean(column, table.columns)}")
            for column in table.columns:
                if column not in row.cells:
                    at = project.at(placed.file, *loc, "rows", row_key, key=True)
                    yield Problem(at, f"row '{row_key}' lacks column '{column}': add the cell")
    for placed in project.entries():
        for key, item in placed.entry.items.items():
            if isinstance(item, Steps) and len(item.live_steps) < FEWEST_STEPS and not item.retired:
                at = project.at(placed.file, *placed.loc, "items", key, "sequence")
                yield Problem(at, "steps need an order: write two steps at least, or make the item a fact")


def asked_columns_known(project: Project) -> Iterator[Problem]:
    """`ask` names columns of the table."""
    for placed, key, table in _tables(project):
        if isinstance(table.ask, dict):
            for column in table.ask:
                if column not in table.columns:
                    at = project.at(placed.file, *placed.loc, "items", key, "ask", column, key=True)
                    yield Problem(at, f"unknown column '{column}': {did_you_mean(column, table.columns)}")


def reverse_unambiguous(project: Project) -> Iterator[Problem]:
    """A cell that asks back for its row is like no other cell of its column."""
    for placed, key, table in _tables(project):
        for column in table.columns:
            first: dict[str, str] = {}
            for row_key, row in table.live_rows.items():
                if column not in row.cells:
                    continue
                said = row.cells[column].answer.plain
                other = first.setdefault(said, row_key)
                pair = (row_key, other)
                if other != row_key and any(table.direction(r, column) in ("reverse", "both") for r in pair):
                    at = project.at(placed.file, *placed.loc, "items", key, "rows", row_key, column)
                    yield Problem(
                        at,
                        f"row '{other}' says the same, so asking back for the row has two answers: "
                        f"ask column '{column}' forward",
                    )


def compared_rows_exist(project: Project) -> Iterator[Problem]:
    """Evidence about rows belongs to something that has rows."""
    for placed in project.entries():
        for key, item in placed.entry.items.items():
            for number, evidence in enumerate(item.evidence):
                if evidence.rows and not isinstance(item, Table):
                    at = project.at(placed.file, *placed.loc, "items", key, "evidence", number, "rows")
                    yield Problem(at, "only a table has rows to compare: say with `expect:` what must be there")


def _tables(project: Project) -> Iterator[tuple[PlacedEntry, str, Table]]:
    for placed in project.entries():
        for key, item in placed.entry.items.items():
            if isinstance(item, Table):
                yield placed, key, item
