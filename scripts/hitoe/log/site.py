"""The files of the log: a post for each week in every format, lists of the posts, and a feed."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hitoe import writing
from hitoe.log import hero, series
from hitoe.log.data import LogData
from hitoe.log.feed import feed
from hitoe.log.formats import MEDIA, PostFormat, named, post_formats
from hitoe.log.front_matter import front_matter
from hitoe.log.hero import Hero
from hitoe.log.summary import SummaryWriter
from hitoe.log.week_stats import WeekStats, week_stats
from hitoe.model.media import Media
from hitoe.model.project import CONTENT
from hitoe.schema import Deck, Week

if TYPE_CHECKING:
    from hitoe.progress.results import Progress


def render(
    data: LogData,
    wanted: Callable[[Week], bool] | None = None,
    progress: "Progress | None" = None,
    unchanged: Callable[[str, str], bool] = lambda _name, _inputs_hash: False,
) -> dict[str, str]:
    """Return the files of the log: their names in build/log/ and their contents.

    Args:
        data: the entries of all topics.
        wanted: selects weeks; only their posts are rendered then, and no lists.
        progress: a learner's progress, which the posts of weeks with reviews show.
        unchanged: returns by a file's name and the hash of everything that it is made from (but hitoe itself) whether
            the caller has the file already; it is left out then. It is not called for posts that show progress.
    """
    weeks = list(week_stats(data))
    image = hero.of(data.deck.series, data.root)
    deck_hash = _hash(data.deck, image)
    formats = post_formats(data.deck.language, marked=False)
    named(formats, data.root)  # for the introduction
    files: dict[str, str] = {}
    for stats in weeks:
        if wanted is None or wanted(stats.week):
            shown = progress if progress and stats.week in progress.weeks else None
            inputs_hash = _hash(deck_hash, stats, _topic_titles(data, stats), stats.entries)
            for each in formats:
                name = f"{stats.week}{each.suffix}"
                if shown or not unchanged(name, inputs_hash):
                    files[name] = _post(data, stats, each, image, shown)
    if weeks and wanted is None:
        inputs_hash = _hash(deck_hash, weeks, [_topic_titles(data, stats) for stats in weeks])
        for each in formats:
            if each.index and not unchanged(each.index, inputs_hash):
                files[each.index] = _index(data, weeks, each)
            if each.feed and not unchanged(each.feed, inputs_hash):
                files[each.feed] = feed(data, weeks, each)
    return files


def _hash(*values: object) -> str:
    return writing.digest(repr(values).encode())


def _topic_titles(data: LogData, stats: WeekStats) -> list[str]:
    return [data.topics[key] for key in stats.topics]


def _post(data: LogData, stats: WeekStats, format_: PostFormat, image: Hero | None, progress: "Progress | None") -> str:
    """Return the post of a week, with its reviews if there is progress.

    The expected recall depends on the present state of the collection, so only the last week with reviews has it.
    """
    title = series.title(data.deck, stats.week)
    wanted = data.deck.series and data.deck.series.front_matter
    return format_.render(
        "post",
        week=stats.week,
        language=data.deck.language,
        title=title,
        front_matter=front_matter(title, stats.week, _topic_titles(data, stats)) if wanted else None,
        hero=image,
        intro=_intro(data.deck, format_),
        sections=[format_.written(entry.texts[format_.name]) for entry in stats.entries],
        summary=SummaryWriter(data, stats, format_).week(),
        review=progress and progress.weeks[stats.week],
        exam=progress and progress.exam,
        expected=progress.expected if progress and stats.week == max(progress.weeks) else (),
    )


def _index(data: LogData, weeks: Sequence[WeekStats], format_: PostFormat) -> str:
    posts = [
        {"week": stats.week, "title": series.title(data.deck, stats.week), "href": f"{stats.week}{format_.suffix}"}
        for stats in reversed(weeks)
    ]
    return format_.render(
        "index",
        summary=SummaryWriter(data, weeks[-1], format_).all_weeks(),
        intro=_intro(data.deck, format_),
        posts=posts,
        title=series.log_title(data.deck),
        language=data.deck.language,
    )


def _intro(deck: Deck, format_: PostFormat) -> str | None:
    return format_.blocks(deck.series.intro) if deck.series and deck.series.intro else None


def media(data: LogData, wanted: Callable[[Week], bool] | None = None) -> dict[str, Path]:
    """Return the pictures and sounds that posts, or those of the weeks that are `wanted`, show.

    They are by their names in build/log/, each with where it is.
    """
    intro = data.deck.series.intro if data.deck.series else None
    named_file = Media(data.root / CONTENT)
    shown = {named_file(node.file): node.file for node in intro.media} if intro else {}
    weeks = [topic for topic in data.weeks if topic.week and (wanted is None or wanted(topic.week))]
    shown |= dict(pair for topic in weeks for entry in topic.entries for pair in entry.media)
    return {f"{MEDIA}/{name}": data.root / CONTENT / file for name, file in shown.items()}
