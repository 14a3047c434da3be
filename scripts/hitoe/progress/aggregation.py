"""Aggregates the review log of a collection into statistics by week, topic, domain and item."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hitoe.model.project import Project
from hitoe.progress.collection import Collection, CollectionCard
from hitoe.progress.note_items import NoteItem
from hitoe.progress.recall import expected_recall
from hitoe.progress.results import GroupStats, PeriodStats, Progress, ReviewStats, WeakItem
from hitoe.progress.revlog import AGAIN, RevlogEntry
from hitoe.schema import Week

Titles = Mapping[str | None, str | None]


class Answer(NamedTuple):
    """An answer in the review log, the card that was answered, and the item that its note asks."""

    entry: RevlogEntry
    card: CollectionCard
    item: NoteItem


def progress(project: Project, note_items: Mapping[str, NoteItem], collection: Collection) -> Progress | None:
    """Return the progress in a project's deck; None if the collection has no note of it."""
    cards = collection.cards
    items = {id_: note_items[card.guid] for id_, card in cards.items() if card.guid in note_items}
    if not items:
        return None
    answers = [
        Answer(entry, cards[entry.card], items[entry.card])
        for entry in collection.revlog
        if entry.card in items and entry.is_answer
    ]
    weeks: dict[Week, list[Answer]] = {}
    for answer in answers:
        weeks.setdefault(Week.of(collection.calendar.day(answer.entry.time // 1000)), []).append(answer)
    last_answer = {entry.card: entry.time // 1000 for entry, _, _ in answers if entry.affects_schedule}
    return Progress(
        weeks={week: _period(project, found, ()) for week, found in weeks.items()},
        total=_period(project, answers, items.values()),
        exam=project.deck.exam_date,
        expected=expected_recall(project.deck.exam_date, _domains(project), collection, items, last_answer),
        weak=_weak(answers),
    )


def _review_stats(answers: Sequence[Answer]) -> ReviewStats:
    entries = [answer.entry for answer in answers]
    counted = [entry for entry in entries if entry.counts_for_retention]
    failed = sum(entry.button == AGAIN for entry in counted)
    return ReviewStats(
        reviews=len(entries),
        milliseconds=sum(entry.milliseconds for entry in entries),
        passed=len(counted) - failed,
        failed=failed,
        lapses=sum(entry.is_lapse for entry in entries),
        leeches=len({answer.card.guid for answer in answers if answer.card.leech}),
    )


def _domains(project: Project) -> Titles:
    domains = project.deck.domains
    return {**{key: domain.title.plain for key, domain in domains.items()}, None: None} if domains else {}


def _period(project: Project, answers: Sequence[Answer], shown: Iterable[NoteItem]) -> PeriodStats:
    """Return the statistics of answers; the topics and domains of the items `shown` are listed even without answers."""
    topics: dict[str | None, list[Answer]] = {item.entry.topic_key: [] for item in shown}
    domains: dict[str | None, list[Answer]] = {item.entry.entry.domain: [] for item in shown}
    for answer in answers:
        placed = answer.item.entry
        topics.setdefault(placed.topic_key, []).append(answer)
        domains.setdefault(placed.entry.domain, []).append(answer)

    def groups(titles: Titles, found: Mapping[str | None, Sequence[Answer]]) -> tuple[GroupStats, ...]:
        return tuple(GroupStats(key, title, _review_stats(found[key])) for key, title in titles.items() if key in found)

    return PeriodStats(
        whole=_review_stats(answers),
        topics=groups({topic.topic: topic.title for topic in project.topics.values()}, topics),
        domains=groups(_domains(project), domains),
    )


def _weak(answers: Iterable[Answer]) -> tuple[WeakItem, ...]:
    """Return the items that were failed and are not retired: those failed most often first, then those passed least."""
    by_item: dict[int, list[Answer]] = {}
    for answer in answers:
        if not answer.item.retired:
            by_item.setdefault(answer.item.number, []).append(answer)
    found = [(stats, own[0].item) for own in by_item.values() if (stats := _review_stats(own)).failed]
    found.sort(key=lambda one: (-one[0].failed, one[0].passed, one[1].number))
    return tuple(
        WeakItem(
            file=item.entry.file,
            entry=item.entry.key,
            item=item.key,
            failed=stats.failed,
            counted=stats.counted,
            lapses=stats.lapses,
        )
        for stats, item in found
    )
