"""Reads databases of somebody else, and refuses those in which reading may never end.

A database of some kilobytes can have views and computed columns, and pages that are used many times, so that a table
has more rows than anybody can wait for.
"""

import sqlite3
from itertools import count

COMPUTED = """
    select name from sqlite_master where type = 'view' or sql like 'create virtual%'
    union all select c.name from sqlite_master as t, pragma_table_xinfo(t.name) as c
    where t.type = 'table' and c.hidden > 1
"""
STEPS, MOST_STEPS = 10_000, 20
"""Steps of SQLite after which they are counted, and how many may be taken for each byte: a row takes some dozens."""


def refuse_endless(database: sqlite3.Connection, size: int) -> None:
    """Raise a ValueError if a database of some bytes is damaged, or has what is computed while it is read.

    From now on an sqlite3.OperationalError is raised where reading takes longer than its size can explain.
    """
    passed = count(1)
    database.set_progress_handler(lambda: next(passed) * STEPS > MOST_STEPS * size + STEPS, STEPS)
    # Anki's own collation: without it SQLite cannot check the tables of schema 18.
    database.create_collation("unicase", _unicase)
    if names := database.execute(COMPUTED).fetchall():
        raise ValueError(names)
    if (found := database.execute("pragma quick_check(1)").fetchone()) != ("ok",):
        raise ValueError(found)


def _unicase(one: str, other: str) -> int:
    folded = one.casefold(), other.casefold()
    return (folded[0] > folded[1]) - (folded[0] < folded[1])
