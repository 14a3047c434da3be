"""Aggregates the review log of a collection into statistics by week, topic, domain and item."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hitoe.model.project import Project
from hitoe.progress.collection import Collection
from hitoe.progress.note_items import NoteItem
from hitoe.progress.recall import expected_recall
from hitoe.progress.results import GroupStats, PeriodStats, Progress, ReviewStats, WeakItem
from hitoe.progress.revlog import AGAIN, RevlogEntry
from hitoe.schema import Week

Titles = Mapping[str | None, str | None]


@dataclass(frozen=True, slots=True)
class DeckCard:
    """A card of this deck in the collection: the id of its note, the item it asks, and whether the note is a leech."""

    note: int
    item: NoteItem
    leech: bool


def progress(project: Project, note_items: Mapping[str, NoteItem], collection: Collection) -> Progress | None:
    """Return the progress in a project's deck; None if the collection has no note of it."""
    notes = collection.notes
    cards = {
        id_: DeckCard(card.note, note_items[note.guid], note.leech)
        for id_, card in collection.cards.items()
        if (note := notes.get(card.note)) and note.guid in note_items
    }
    if not cards:
        return None
    answers = [entry for entry in collection.revlog if entry.card in cards and entry.is_answer]
    weeks: dict[Week, list[RevlogEntry]] = {}
    week_of: dict[date, Week] = {}
    for answer in answers:
        day = collection.calendar.day(answer.time // 1000)
        week = week_of.get(day) or week_of.setdefault(day, Week.of(day))
        weeks.setdefault(week, []).append(answer)
    last_answer = {answer.card: answer.time // 1000 for answer in answers if answer.affects_schedule}
    items = {id_: card.item for id_, card in cards.items()}
    return Progress(
        weeks={week: _period(project, week, found, cards, ()) for week, found in weeks.items()},
        total=_period(project, None, answers, cards, items.values()),
        exam=project.deck.exam_date,
        expected=expected_recall(project.deck.exam_date, _domains(project), collection, items, last_answer),
        weak=_weak(answers, cards),
    )


def review_stats(answers: Sequence[RevlogEntry], cards: Mapping[int, DeckCard]) -> ReviewStats:
    """Return the statistics of answers; `cards` has the deck's cards by id."""
    counted = [answer for answer in answers if answer.counts_for_retention]
    failed = sum(answer.button == AGAIN for answer in counted)
    return ReviewStats(
        reviews=len(answers),
        milliseconds=sum(answer.milliseconds for answer in answers),
        passed=len(counted) - failed,
        failed=failed,
        lapses=sum(answer.is_lapse for answer in answers),
        leeches=len({card.note for answer in answers if (card := cards[answer.card]).leech}),
    )


def _domains(project: Project) -> Titles:
    domains = project.deck.domains
    return {**{key: domain.title.plain for key, domain in domains.items()}, None: None} if domains else {}


def _period(
    project: Project,
    week: Week | None,
    answers: Sequence[RevlogEntry],
    cards: Mapping[int, DeckCard],
    shown: Iterable[NoteItem],
) -> PeriodStats:
    """Return the statistics of answers; the topics and domains of the items `shown` are listed even without answers."""
    topics: dict[str | None, list[RevlogEntry]] = {item.entry.topic_key: [] for item in shown}
    domains: dict[str | None, list[RevlogEntry]] = {item.entry.entry.domain: [] for item in shown}
    for answer in answers:
        placed = cards[answer.card].item.entry
        topics.setdefault(placed.topic_key, []).append(answer)
        domains.setdefault(placed.entry.domain, []).append(answer)

    def groups(titles: Titles, found: Mapping[str | None, Sequence[RevlogEntry]]) -> tuple[GroupStats, ...]:
        return tuple(
            GroupStats(key, title, review_stats(found[key], cards)) for key, title in titles.items() if key in found
        )

    return PeriodStats(
        week=week,
        whole=review_stats(answers, cards),
        topics=groups({topic.topic: topic.title for topic in project.topics.values()}, topics),
        domains=groups(_domains(project), domains),
    )


def _weak(answers: Iterable[RevlogEntry], cards: Mapping[int, DeckCard]) -> tuple[WeakItem, ...]:
    """Return the items that were failed and are not retired: those failed most often first, then those passed least."""
    by_item: dict[int, tuple[NoteItem, list[RevlogEntry]]] = {}
    for answer in answers:
        item = cards[answer.card].item
        if not item.retired:
            by_item.setdefault(item.number, (item, []))[1].append(answer)
    found = [(stats, item) for item, own in by_item.values() if (stats := review_stats(own, cards)).failed]
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
