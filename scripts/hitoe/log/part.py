"""A part of a post that tells of numbers: sentences first, then tables and charts."""

from dataclasses import dataclass

from hitoe.stats.charts import Chart


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of numbers; each row is as long as the head, and its first cell names it."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, sentences, tables, and charts where the form draws them; all written for one form."""

    title: str
    sentences: tuple[str, ...]
    grids: tuple[Grid, ...]
    charts: tuple[Chart, ...] = ()
