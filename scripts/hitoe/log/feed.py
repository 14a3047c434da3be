"""The newest posts as an Atom feed (RFC 4287)."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from hitoe.log import series
from hitoe.log.data import LogData
from hitoe.log.formats import PostFormat
from hitoe.log.summary import SummaryWriter
from hitoe.log.week_stats import WeekStats
from hitoe.model import identity

FEED_POSTS = 30
"""How many of the newest posts the feed has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """A post in the feed: its permanent id, its title, address and time of change (RFC 3339), and its summary."""

    id: str
    title: str
    href: str
    updated: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed. `home` is the address of the list of posts, `own` the feed's address, None where it is not known."""

    id: str
    author: str
    updated: str
    home: str
    own: str | None
    posts: tuple[FeedEntry, ...]


def feed(data: LogData, weeks: Sequence[WeekStats], format_: PostFormat) -> Feed:
    """Return the feed of a format that has one; `weeks` are in order, oldest first.

    Addresses are relative where deck.yaml does not say where the log is published.
    """
    deck = data.deck
    url = deck.series.url if deck.series else None
    base = f"{url.rstrip('/')}/" if url else ""
    posts = [
        FeedEntry(
            id=identity.urn(deck.key, "log", str(stats.week)),
            title=series.title(deck, stats.week),
            href=urljoin(base, f"{stats.week}{format_.suffix}"),
            updated=_updated(stats),
            sentences=SummaryWriter(data, stats, format_).sentences(),
        )
        for stats in reversed(weeks[-FEED_POSTS:])
    ]
    return Feed(
        id=identity.urn(deck.key, "log"),
        author=deck.title,
        updated=max(post.updated for post in posts),
        home=urljoin(base, format_.index or ""),
        own=urljoin(base, format_.feed or "") if url else None,
        posts=tuple(posts),
    )


def _updated(stats: WeekStats) -> str:
    """Return when a post changed, as far as the notes say: when the week ended or an entry was checked later."""
    return f"{max(stats.week.sunday.isoformat(), stats.checked)}T00:00:00Z"
