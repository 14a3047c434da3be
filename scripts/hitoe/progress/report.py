"""Prints progress: as a table for a terminal, or as JSON for other programs."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from hitoe.progress.results import ExpectedRecall, GroupStats, PeriodStats, Progress, ReviewStats
from hitoe.schema import Week
from hitoe.terminal.text_table import Row, aligned

HEADS = ("reviews", "minutes", "retention", "lapses", "leeches")
WORST = 10
"""How many of the failed items are listed."""


def week_of(progress: Progress, week: Week | None) -> Week | None:
    """Return the week to print: the one requested, else the last with reviews."""
    return week or max(progress.weeks, default=None)


def table(progress: Progress, week: Week | None) -> str:
    """Return the tables as text."""
    lines: list[str] = []
    if (week := week_of(progress, week)) is not None:
        period = progress.weeks.get(week)
        lines += [f"{week} ({week.monday} to {week.sunday})"]
        lines += [*aligned(_rows(period), HEADS), ""] if period else ["no reviews", ""]
    lines += ["In total", *aligned(_rows(progress.total), HEADS)]
    if progress.expected:
        rows = [(_name(one, whole=not number), *_expected(one)) for number, one in enumerate(progress.expected)]
        lines += ["", f"Expected recall on {progress.exam}", *aligned(rows, ("recall", "of cards", "not yet learned"))]
    if progress.weak:
        rows = [(f"{weak.entry}.{weak.item}", f"{weak.failed} of {weak.counted}") for weak in progress.weak[:WORST]]
        lines += ["", "Most often failed", *aligned(rows, ("failed",))]
    return "\n".join(lines)


def as_json(progress: Progress, week: Week | None) -> str:
    """Return everything as JSON. `retention` and `percent` are in per cent; null where no answer counts for them."""
    week = week_of(progress, week)
    values = {
        "week": _period(week, progress.weeks.get(week)) if week else None,
        "total": _period(None, progress.total),
        "exam": progress.exam and progress.exam.isoformat(),
        "expected": [asdict(one) for one in progress.expected],
        "weak": [asdict(one) for one in progress.weak],
    }
    return json.dumps(values, ensure_ascii=False, indent=1)


def _rows(period: PeriodStats) -> Iterator[Row]:
    yield "whole deck", *_row(period.whole)
    for heading, groups in (("by topic", period.topics), ("by domain", period.domains)):
        if groups:
            yield (heading,)
            yield from ((f"  {_name(group)}", *_row(group.stats)) for group in groups)


def _name(group: GroupStats | ExpectedRecall, whole: bool = False) -> str:
    return "whole deck" if whole else group.title or "no domain"


def _row(stats: ReviewStats) -> Row:
    return (
        f"{stats.reviews:,}",
        f"{stats.minutes:,}",
        _percent(stats.retention),
        f"{stats.lapses:,}",
        f"{stats.leeches:,}",
    )


def _expected(one: ExpectedRecall) -> Row:
    return _percent(one.percent), f"{one.known:,}", f"{one.unknown:,}"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f} %"


def _period(week: Week | None, period: PeriodStats | None) -> dict[str, Any]:
    name = {"week": str(week)} if week else {}
    if period is None:
        return {**name, "whole": None, "topics": [], "domains": []}
    return {
        **name,
        "whole": _values(period.whole),
        "topics": [_group(one) for one in period.topics],
        "domains": [_group(one) for one in period.domains],
    }


def _group(group: GroupStats) -> dict[str, Any]:
    return {"key": group.key, "title": group.title, **_values(group.stats)}


def _values(stats: ReviewStats) -> dict[str, Any]:
    return {**asdict(stats), "minutes": stats.minutes, "retention": stats.retention}
