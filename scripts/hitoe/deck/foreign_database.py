"""Refuses databases of somebody else in which reading may never end: those with views or computed columns."""

import sqlite3

COMPUTED = """
    select name from sqlite_master where type = 'view' or sql like 'create virtual%'
    union all select c.name from sqlite_master as t, pragma_table_xinfo(t.name) as c
    where t.type = 'table' and c.hidden > 1
"""


def refuse_computed(database: sqlite3.Connection) -> None:
    """Raise a ValueError if a database has views or columns whose values are computed: reading them may never end."""
    if names := database.execute(COMPUTED).fetchall():
        raise ValueError(names)
