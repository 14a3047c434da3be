"""Aggregates the review log of a collection into statistics by week, topic, domain and item."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import fmean
from typing import NamedTuple

from hitoe.model import identity
from hitoe.model.project import PlacedEntry, Project
from hitoe.progress.calendar import DAY
from hitoe.progress.collection import Collection, CollectionCard
from hitoe.progress.results import ExpectedRecall, GroupStats, PeriodStats, Progress, ReviewStats, WeakItem
from hitoe.progress.revlog import AGAIN, RevlogEntry
from hitoe.schema import Week

Titles = Mapping[str | None, str | None]
OLD_DECAY = 0.5
"""The decay of FSRS-4.5 and FSRS-5, for which Anki stores none in a card (fsrs-rs, FSRS5_DEFAULT_DECAY)."""


@dataclass(frozen=True, slots=True)
class NoteItem:
    """The item that a note asks: its entry, its key there, and whether what the note asks is retired.

    `number` counts the items of the project from 0.
    """

    number: int
    entry: PlacedEntry
    key: str
    retired: bool


class Answer(NamedTuple):
    """An answer in the review log, the card that was answered, and the item that its note asks."""

    entry: RevlogEntry
    card: CollectionCard
    item: NoteItem


def note_items(project: Project) -> dict[str, NoteItem]:
    """Return the item of each note that the content makes or once made, by guid."""
    return {
        question.guid or identity.guid(project.deck.key, question.path): NoteItem(
            number, placed, key, question.retired or item.retired or placed.entry.retired
        )
        for number, (placed, key, item) in enumerate(project.items())
        for question in item.questions(identity.item_path(placed, key, item))
    }


def progress(project: Project, collection: Collection) -> Progress | None:
    """Return the progress in a project's deck; None if the collection has no note of it."""
    cards, by_guid = collection.cards, note_items(project)
    items = {id_: by_guid[card.guid] for id_, card in cards.items() if card.guid in by_guid}
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
    return Progress(
        weeks={week: _period(project, found, ()) for week, found in weeks.items()},
        total=_period(project, answers, items.values()),
        exam=project.deck.exam_date,
        expected=_expected(project, collection, items, answers),
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


def _expected(
    project: Project, collection: Collection, items: Mapping[int, NoteItem], answers: Iterable[Answer]
) -> tuple[ExpectedRecall, ...]:
    """Return the recall at the beginning of the exam's day: of all cards that are not retired, then by domain.

    Empty without an exam date, after the exam, and where FSRS is not used. `items` is by the ids of this deck's cards.
    """
    exam = project.deck.exam_date
    last_answer = {entry.card: entry.time // 1000 for entry, _, _ in answers if entry.affects_schedule}
    if exam is None or not last_answer or (start := collection.calendar.start(exam)) <= max(last_answer.values()):
        return ()
    domains: dict[str | None, list[float | None]] = {}
    for id_, item in items.items():
        card = collection.cards[id_]
        last = card.last_review or last_answer.get(id_)
        known = recall(card.stability, card.decay, (start - last) / DAY) if card.stability and last else None
        if not item.retired:
            domains.setdefault(item.entry.entry.domain, []).append(known)
    whole = _mean(None, None, list(chain.from_iterable(domains.values())))
    by_domain = (_mean(key, title, domains[key]) for key, title in _domains(project).items() if key in domains)
    return (whole, *by_domain) if whole.known else ()


def recall(stability: float, decay: float | None, days: float) -> float:
    """Return the probability that a card is recalled `days` after its last review, by FSRS-6's forgetting curve.

    R(t, S) = (1 + factor * t / S) ** -w20, with factor = 0.9 ** (-1 / w20) - 1, so that R(S, S) is 0.9; `stability` is
    S in days and `decay` is w20.

    Source: https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm
    """
    w20 = decay or OLD_DECAY
    factor = 0.9 ** (-1 / w20) - 1
    return float((1 + factor * max(days, 0) / stability) ** -w20)


def _mean(key: str | None, title: str | None, probabilities: Sequence[float | None]) -> ExpectedRecall:
    known = [each for each in probabilities if each is not None]
    percent = round(100 * fmean(known), 1) if known else None
    return ExpectedRecall(key, title, len(probabilities), len(known), percent)


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
