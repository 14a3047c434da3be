"""The data that the log is rendered from: each topic's entries by week, already written in every format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hitoe.log.formats import PostFormat, named, post_formats
from hitoe.log.section import Section
from hitoe.model.project import CONTENT, PlacedEntry, Project
from hitoe.schema import Deck, Week
from hitoe.stats.counts import Count, summed


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedEntry:
    """An entry as the log shows it, and what the statistics count of it.

    `kinds` has the numbers of items and cards by the kind of item. `checked` is the latest day (ISO 8601) on which the
    entry or an item was compared with its sources, empty if there is none. `titles` (only of an entry with corrections)
    and `texts` have the title and the whole section by the name of the format. `media` are the files of the content
    folder that it shows, each after its name beside the posts.
    """

    order: int | None
    domain: str | None
    kinds: Mapping[str, Count]
    corrections: int
    checked: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    media: tuple[tuple[str, str], ...] = ()

    @property
    def count(self) -> Count:
        """One entry, its items and their cards."""
        return sum(self.kinds.values(), Count(entries=1))


@dataclass(frozen=True, slots=True)
class TopicWeek:
    """The entries of one topic that were learned in one week, in the order of the file; `week` None: without a week.

    It consists of plain values only, so that a build can store it in a file.
    """

    topic: str
    week: Week | None
    entries: tuple[RenderedEntry, ...]


@dataclass(frozen=True, slots=True)
class LogData:
    """Everything that the log is rendered from.

    `root` is the project's folder, `topics` has the titles of all topics by key, in the order of the topics.
    """

    root: Path
    deck: Deck
    topics: Mapping[str, str]
    weeks: Sequence[TopicWeek]


def topic_weeks(project: Project, marked: bool = False) -> tuple[TopicWeek, ...]:
    """Render entries in every format and group them by topic and week. Entries with nothing to show are left out.

    `marked`: in HTML, what is to be learned has the class `answer`.
    """
    formats = post_formats(project.deck.language, marked=marked)
    media = named(formats, project.root)
    groups: dict[tuple[str, Week | None], list[RenderedEntry]] = {}
    for placed in project.entries():
        if not placed.entry.retired and not (section := Section.of(placed, project.root / CONTENT)).empty:
            rendered = _rendered(placed, section, formats)
            group = groups.setdefault((placed.topic_key, placed.entry.learned), [])
            group.append(replace(rendered, media=media.named_in(rendered.texts.values())))
    return tuple(TopicWeek(topic, week, tuple(group)) for (topic, week), group in groups.items())


def _rendered(placed: PlacedEntry, section: Section, formats: Sequence[PostFormat]) -> RenderedEntry:
    entry = placed.entry
    items = [item for item in placed.live_items.values() if item.note]
    checked = [day.isoformat() for day in (entry.checked, *(item.checked for item in items)) if day]
    return RenderedEntry(
        order=entry.order,
        domain=entry.domain,
        kinds=summed((item.kind, Count(0, 1, item.card_count)) for item in items),
        corrections=section.corrected,
        checked=max(checked, default=""),
        # Plain strings: Markup, which HTML is written as, is no plain value.
        titles={each.name: str(each.line(entry.title)) for each in formats} if section.corrected else {},
        texts={each.name: str(each.section(section)) for each in formats},
    )
