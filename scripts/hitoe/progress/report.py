"""Prints progress: as a table for a terminal, or as JSON for other programs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from hitoe.messages import joined, say
from hitoe.progress.results import ExpectedRecall, PeriodStats, Progress, ReviewStats
from hitoe.schema import Week
from hitoe.terminal.text_table import Row, aligned

HEADS = (say("reviews"), say("minutes"), say("retention"), say("lapses"), say("leeches"))
WORST = 10
"""How many of the failed items are listed."""


def table(progress: Progress, week: Week | None) -> list[str]:
    """Return the tables of a week (None: the last with reviews) and of all time, line by line."""
    lines: list[str] = []
    if week := week or max(progress.weeks, default=None):
        period = progress.weeks.get(week)
        lines += [say("{week} ({monday} to {sunday})", week=week, monday=week.monday, sunday=week.sunday)]
        lines += [*aligned(_rows(period), HEADS), ""] if period else [say("no reviews"), ""]
    lines += [say("In total"), *aligned(_rows(progress.total), HEADS)]
    if progress.expected:
        lines += ["", say("Expected recall on {day}", day=progress.exam)]
        lines += aligned(_expected(progress.expected), (say("recall"), say("of cards"), say("not yet learned")))
    if progress.weak:
        worst = [
            (f"{weak.entry}.{weak.item}", say("{failed} of {counted}", failed=weak.failed, counted=weak.counted))
            for weak in progress.weak[:WORST]
        ]
        lines += ["", say("Most often failed"), *aligned(worst, (say("failed"),))]
    return lines


def as_json(progress: Progress, week: Week | None) -> str:
    """Return a week (None: the last with reviews) and all time as JSON.

    `retention` and `percent` are in per cent; null where no answer counts for them.
    """
    week = week or max(progress.weeks, default=None)
    values = {
        "week": {"week": str(week), **_period(progress.weeks.get(week))} if week else None,
        "total": _period(progress.total),
        "exam": progress.exam and progress.exam.isoformat(),
        "expected": [asdict(one) for one in progress.expected],
        "weak": [asdict(one) for one in progress.weak],
    }
    return json.dumps(values, ensure_ascii=False, indent=1)


def _expected(expected: Sequence[ExpectedRecall]) -> Iterator[Row]:
    for number, one in enumerate(expected):
        name = (one.title or say("no domain")) if number else say("whole deck")
        yield name, _percent(one.percent), f"{one.known:,}", f"{one.unknown:,}"


def _rows(period: PeriodStats) -> Iterator[Row]:
    yield say("whole deck"), *_row(period.whole)
    for heading, groups in ((say("by topic"), period.topics), (say("by domain"), period.domains)):
        if groups:
            yield (heading,)
            yield from ((joined("", ("  ", group.title or say("no domain"))), *_row(group.stats)) for group in groups)


def _row(stats: ReviewStats) -> Row:
    reviews, minutes, lapses, leeches = map("{:,}".format, (stats.reviews, stats.minutes, stats.lapses, stats.leeches))
    return reviews, minutes, _percent(stats.retention), lapses, leeches


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f} %"


def _period(period: PeriodStats | None) -> dict[str, Any]:
    if period is None:
        return {"whole": None, "topics": [], "domains": []}
    topics, domains = (
        [{"key": group.key, "title": group.title, **_values(group.stats)} for group in groups]
        for groups in (period.topics, period.domains)
    )
    return {"whole": _values(period.whole), "topics": topics, "domains": domains}


def _values(stats: ReviewStats) -> dict[str, Any]:
    return {**asdict(stats), "minutes": stats.minutes, "retention": stats.retention}
