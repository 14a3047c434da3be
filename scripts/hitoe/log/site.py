"""The files of the log: a post for each week in every format, lists of the posts, and a feed."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hitoe.log import hero, series
from hitoe.log.data import LogData
from hitoe.log.feed import feed
from hitoe.log.formats import PostFormat, post_formats
from hitoe.log.hero import Hero
from hitoe.log.review import Review
from hitoe.log.summary import Summary, SummaryWriter
from hitoe.log.week_stats import WeekStats, week_stats
from hitoe.schema import Deck, Week

if TYPE_CHECKING:
    from hitoe.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A week's post in one format. `sections` are its entries; `review` is None without a learner's progress."""

    week: Week
    language: str
    title: str
    hero: Hero | None
    intro: str | None
    sections: tuple[str, ...]
    summary: Summary
    review: Review | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLink:
    """A post in the list of posts; `href` is its address relative to the list."""

    week: Week
    title: str
    href: str


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
        unchanged: tells by a file's name and the hash of everything that it is made from (but hitoe itself) whether the
            caller has the file already; it is left out then. It is not asked for posts that show progress.
    """
    weeks = list(week_stats(data))
    image = hero.of(data.deck.series, data.root)
    deck_hash = _hash(data.deck, image)
    formats = post_formats(data.deck.language)
    files: dict[str, str] = {}
    for stats in weeks:
        if wanted is None or wanted(stats.week):
            review = Review.of(progress, stats.week)
            inputs_hash = _hash(deck_hash, stats, _topic_titles(data, stats), stats.entries)
            for each in formats:
                name = f"{stats.week}{each.suffix}"
                if review or not unchanged(name, inputs_hash):
                    files[name] = _post(data, stats, each, image, review)
    if weeks and wanted is None:
        inputs_hash = _hash(deck_hash, weeks, [_topic_titles(data, stats) for stats in weeks])
        for each in formats:
            if each.index and not unchanged(each.index, inputs_hash):
                files[each.index] = _index(data, weeks, each)
            if each.feed and not unchanged(each.feed, inputs_hash):
                files[each.feed] = _feed(data, weeks, each)
    return files


def _hash(*values: object) -> str:
    return hashlib.blake2b(repr(values).encode(), digest_size=16).hexdigest()


def _topic_titles(data: LogData, stats: WeekStats) -> list[str]:
    return [data.topics[key] for key in stats.topics]


def _post(data: LogData, stats: WeekStats, format_: PostFormat, image: Hero | None, review: Review | None) -> str:
    post = Post(
        week=stats.week,
        language=data.deck.language,
        title=series.title(data.deck, stats.week),
        hero=image,
        intro=_intro(data.deck, format_),
        sections=tuple(format_.written(entry.texts[format_.name]) for entry in stats.entries),
        summary=SummaryWriter(data, stats, format_).week(),
        review=review,
    )
    return format_.render("post", post=post)


def _index(data: LogData, weeks: Sequence[WeekStats], format_: PostFormat) -> str:
    return format_.render(
        "index",
        summary=SummaryWriter(data, weeks[-1], format_).all_weeks(),
        intro=_intro(data.deck, format_),
        posts=[
            PostLink(week=stats.week, title=series.title(data.deck, stats.week), href=f"{stats.week}{format_.suffix}")
            for stats in reversed(weeks)
        ],
        title=_title(data.deck),
        language=data.deck.language,
    )


def _feed(data: LogData, weeks: Sequence[WeekStats], format_: PostFormat) -> str:
    return format_.templates.render(
        "log/feed.xml.j2", feed=feed(data, weeks, format_), title=_title(data.deck), language=data.deck.language
    )


def _title(deck: Deck) -> str:
    return deck.series.title if deck.series else deck.title


def _intro(deck: Deck, format_: PostFormat) -> str | None:
    return format_.blocks(deck.series.intro) if deck.series and deck.series.intro else None
