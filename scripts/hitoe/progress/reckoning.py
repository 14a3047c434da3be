"""From the rows of a collection to figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from hitoe.model.project import Project
from hitoe.progress.collection import Answer, Collection
from hitoe.progress.counting import Asked, Tally, answered, schedules
from hitoe.progress.places import Place
from hitoe.progress.recall import expected
from hitoe.progress.values import Group, Period, Progress, Weak
from hitoe.schema import Week

Titles = Mapping[str | None, str | None]


def progress(project: Project, places: Mapping[str, Place], collection: Collection) -> Progress | None:
    """Return the progress in a project's deck; None if the collection has no note of it."""
    notes = collection.notes
    asked = {
        id_: Asked(card.note, places[note.guid], note.leech)
        for id_, card in collection.cards.items()
        if (note := notes.get(card.note)) and note.guid in places
    }
    if not asked:
        return None
    answers = [answer for answer in collection.answers if answer.card in asked and answered(answer)]
    weeks: dict[Week, list[Answer]] = {}
    days: dict[date, Week] = {}
    for answer in answers:
        day = collection.calendar.day(answer.time // 1000)
        week = days.get(day) or days.setdefault(day, Week.of(day))
        weeks.setdefault(week, []).append(answer)
    seen = {answer.card: answer.time // 1000 for answer in answers if schedules(answer)}
    return Progress(
        weeks={week: _period(project, week, found, asked, ()) for week, found in weeks.items()},
        total=_period(project, None, answers, asked, asked.values()),
        exam=project.deck.exam_date,
        expected=expected(project.deck.exam_date, _domains(project), collection, asked, seen),
        weak=_weak(answers, asked),
    )


def _topics(project: Project) -> Titles:
    return {topic.topic: topic.title for topic in project.topics.values()}


def _domains(project: Project) -> Titles:
    domains = project.deck.domains
    return {**{key: domain.title.plain for key, domain in domains.items()}, None: None} if domains else {}


def _period(
    project: Project, week: Week | None, answers: Iterable[Answer], asked: Mapping[int, Asked], shown: Iterable[Asked]
) -> Period:
    """Return the figures of answers; the groups of the cards that are `shown` are there even without any."""
    whole = Tally()
    topics: dict[str | None, Tally] = defaultdict(Tally)
    domains: dict[str | None, Tally] = defaultdict(Tally)
    for card in shown:
        topics[card.place.entry.topic_key], domains[card.place.entry.entry.domain]
    for answer in answers:
        card = asked[answer.card]
        for tally in (whole, topics[card.place.entry.topic_key], domains[card.place.entry.entry.domain]):
            tally.add(answer, card)
    return Period(
        week=week,
        whole=whole.figures,
        topics=_groups(_topics(project), topics),
        domains=_groups(_domains(project), domains),
    )


def _groups(titles: Titles, tallies: Mapping[str | None, Tally]) -> tuple[Group, ...]:
    return tuple(Group(key, title, tallies[key].figures) for key, title in titles.items() if key in tallies)


def _weak(answers: Iterable[Answer], asked: Mapping[int, Asked]) -> tuple[Weak, ...]:
    """Return the items that were failed and are not retired: those failed most first, and of these the least asked."""
    tallies: dict[int, Tally] = defaultdict(Tally)
    found: dict[int, Place] = {}
    for answer in answers:
        place = asked[answer.card].place
        if not place.retired:
            found.setdefault(place.number, place)
            tallies[place.number].add(answer, asked[answer.card])
    weak = [(tallies[number].figures, place) for number, place in found.items() if tallies[number].failed]
    weak.sort(key=lambda one: (-one[0].failed, one[0].passed, one[1].number))
    return tuple(
        Weak(
            file=place.entry.file,
            entry=place.entry.key,
            item=place.key,
            failed=figures.failed,
            counted=figures.counted,
            lapses=figures.lapses,
        )
        for figures, place in weak
    )
