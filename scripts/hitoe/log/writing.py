"""The files of the log: a post for each week in every form, the pages that list them, and a feed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from hitoe import identity
from hitoe.log import hero, series
from hitoe.log.chronicle import Chronicle
from hitoe.log.forms import Form, forms
from hitoe.log.hero import Hero
from hitoe.log.part import Part
from hitoe.log.review import Review
from hitoe.log.summary import Summary
from hitoe.log.tally import Tally, tallies
from hitoe.schema import Week

if TYPE_CHECKING:
    from hitoe.progress import Progress

FEED_POSTS = 30
"""How many of the newest posts the feed has."""

Remembered = Callable[[str, bytes, Callable[[], str]], str]
"""Returns the text of a file, from its name, all that it is made of, and a function that makes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A week's post, written for one form. `sections` are what was learned; `review` is there if progress is known."""

    week: Week
    language: str
    title: str
    hero: Hero | None
    intro: str | None
    sections: tuple[str, ...]
    summary: Part
    review: Review | None

    @property
    def first(self) -> date:
        """The week's Monday."""
        return self.week.monday

    @property
    def last(self) -> date:
        """The week's Sunday."""
        return self.week.sunday


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A post as lists name it; `href` leads to it."""

    week: Week
    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A post as the feed tells of it; `updated` is a time of RFC 3339."""

    id: str
    title: str
    href: str
    updated: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The newest posts; `own` is the feed's address, None where it is not known."""

    id: str
    author: str
    updated: str
    home: str
    own: str | None
    posts: tuple[Told, ...]


def written(
    chronicle: Chronicle,
    wanted: Callable[[Week], bool] | None = None,
    progress: "Progress | None" = None,
    remembered: Remembered = lambda _name, _parts, make: make(),
) -> dict[str, str]:
    """Return the files: names below build/log/, and texts. Where only some weeks are `wanted`, their posts alone.

    Posts tell of a learner's `progress`, if it is given; those that do not, and are `remembered`, are not made again.
    """
    weeks = list(tallies(chronicle))
    picture = hero.of(chronicle.deck.series, chronicle.root)
    files: dict[str, str] = {}
    told = [(tally, _numbers(chronicle, tally, picture)) for tally in weeks if wanted is None or wanted(tally.week)]
    for form in forms(chronicle.deck.language):
        for tally, numbers in told:
            name, review = f"{tally.week}{form.suffix}", Review.of(progress, tally.week)
            make = partial(_post, chronicle, tally, form, picture, review)
            files[name] = make() if review else remembered(name, _parts(numbers, tally, form), make)
        if weeks and wanted is None and form.name != "hatena":
            files |= _lists(chronicle, weeks, form)
    return files


def _numbers(chronicle: Chronicle, tally: Tally, picture: Hero | None) -> str:
    """Return all that a week's post is made of besides hitoe, deck.yaml and what is written for its form."""
    topics = [chronicle.topics[key] for key in tally.topics]
    corrections = [record.corrections for record in tally.records]
    return repr((replace(tally, records=()), topics, corrections, picture))


def _parts(numbers: str, tally: Tally, form: Form) -> bytes:
    """Return all that a post is made of besides hitoe and deck.yaml. No text holds the sign between its parts."""
    texts = (words for record in tally.records for words in (record.titles.get(form.name, ""), record.texts[form.name]))
    return "\0".join((numbers, *texts)).encode()


def _post(chronicle: Chronicle, tally: Tally, form: Form, picture: Hero | None, review: Review | None) -> str:
    deck = chronicle.deck
    intro = deck.series.intro if deck.series else None
    post = Post(
        week=tally.week,
        language=deck.language,
        title=series.title(deck, tally.week),
        hero=picture,
        intro=form.made(form.prose(intro)) if intro else None,
        sections=tuple(form.made(record.texts[form.name]) for record in tally.records),
        summary=Summary(chronicle, tally, form).of_the_week(),
        review=review,
    )
    return form.render("post", post=post)


def _lists(chronicle: Chronicle, weeks: Sequence[Tally], form: Form) -> Iterator[tuple[str, str]]:
    """Yield the lists of all posts that a form has: index.html and the feed, or index.md."""
    deck = chronicle.deck
    intro = deck.series.intro if deck.series else None
    values = {"title": deck.series.title if deck.series else deck.title, "language": deck.language}
    if form.draws:
        yield "feed.xml", form.templates.render("log/feed.xml.j2", feed=_feed(chronicle, weeks, form), **values)
    yield (
        "index.html" if form.draws else "index.md",
        form.render(
            "index",
            part=Summary(chronicle, weeks[-1], form).of_all_weeks(),
            intro=form.made(form.prose(intro)) if intro else None,
            posts=[
                Listed(week=tally.week, title=series.title(deck, tally.week), href=f"{tally.week}{form.suffix}")
                for tally in reversed(weeks)
            ],
            **values,
        ),
    )


def _feed(chronicle: Chronicle, weeks: Sequence[Tally], form: Form) -> Feed:
    deck = chronicle.deck
    url = deck.series.url if deck.series else None
    base = f"{url.rstrip('/')}/" if url else ""
    posts = [
        Told(
            id=identity.urn(deck.key, "log", str(tally.week)),
            title=series.title(deck, tally.week),
            href=urljoin(base, f"{tally.week}{form.suffix}"),
            updated=_updated(tally),
            sentences=Summary(chronicle, tally, form).sentences(),
        )
        for tally in weeks[: -FEED_POSTS - 1 : -1]
    ]
    return Feed(
        id=identity.urn(deck.key, "log"),
        author=deck.title,
        updated=max(post.updated for post in posts),
        home=urljoin(base, "index.html"),
        own=urljoin(base, "feed.xml") if url else None,
        posts=tuple(posts),
    )


def _updated(tally: Tally) -> str:
    """Return when a post changed last, as far as the notes tell: when an entry was compared with its sources."""
    days = [tally.week.sunday, *(record.checked for record in tally.records if record.checked)]
    return f"{max(days).isoformat()}T00:00:00Z"
