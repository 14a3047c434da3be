"""The newest posts as an Atom feed (RFC 4287)."""

from collections.abc import Sequence
from urllib.parse import urljoin

from hitoe.log import series
from hitoe.log.data import LogData
from hitoe.log.formats import PostFormat
from hitoe.log.summary import SummaryWriter
from hitoe.log.week_stats import WeekStats
from hitoe.model import identity

FEED_POSTS = 30
"""How many of the newest posts the feed has."""


def feed(data: LogData, weeks: Sequence[WeekStats], format_: PostFormat) -> str:
    """Return the feed of a format that has one; `weeks` are in order, oldest first.

    Addresses are relative where deck.yaml does not say where the log is published.
    """
    deck = data.deck
    url = deck.series.url if deck.series else None
    base = f"{url.rstrip('/')}/" if url else ""
    newest = weeks[-FEED_POSTS:]
    posts = [
        {
            "id": identity.urn(deck.key, "log", str(stats.week)),
            "title": series.title(deck, stats.week),
            "href": urljoin(base, f"{stats.week}{format_.suffix}"),
            "updated": _updated(stats),
            "sentences": SummaryWriter(data, stats, format_).sentences(),
        }
        for stats in reversed(newest)
    ]
    return format_.templates.render(
        "log/feed.xml.j2",
        id=identity.urn(deck.key, "log"),
        title=series.log_title(deck),
        author=deck.title,
        language=deck.language,
        updated=max(map(_updated, newest)),
        home=urljoin(base, format_.index or ""),
        own=urljoin(base, format_.feed or "") if url else None,
        posts=posts,
    )


def _updated(stats: WeekStats) -> str:
    """Return when a post changed, as far as the notes say: when the week ended or an entry was checked later."""
    return f"{max(stats.week.sunday.isoformat(), stats.checked)}T00:00:00Z"
