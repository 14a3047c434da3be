"""The files of the log: a post for each week in every form, the pages that list them, and a feed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from hitoe.log import hero, series
from hitoe.log.chapter import digest
from hitoe.log.chronicle import Chronicle
from hitoe.log.forms import Form, forms
from hitoe.log.hero import Hero
from hitoe.log.part import Part
from hitoe.log.review import Review
from hitoe.log.summary import Summary
from hitoe.log.tally import Tally, tallies
from hitoe.model import identity
from hitoe.schema import Deck, Week

if TYPE_CHECKING:
    from hitoe.progress import Progress

FEED_POSTS = 30
"""How many of the newest posts the feed has."""

Stands = Callable[[str, bytes], bool]
"""Whether a file is there already: asked by its name and all that it is made of."""


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
    stands: Stands = lambda _name, _parts: False,
) -> dict[str, str]:
    """Return the files: names below build/log/, and texts. Where only some weeks are `wanted`, their posts alone.

    Posts tell of a learner's `progress`, if it is given; those that do not are left out where they stand already.
    """
    weeks = list(tallies(chronicle))
    picture = hero.of(chronicle.deck.series, chronicle.root)
    seen = digest(repr(picture).encode())
    files: dict[str, str] = {}
    written = forms(chronicle.deck.language)
    for tally in weeks:
        if wanted is None or wanted(tally.week):
            review, parts = Review.of(progress, tally.week), seen + _parts(chronicle, tally)
            for form in written:
                name = f"{tally.week}{form.suffix}"
                if review or not stands(name, parts):
                    files[name] = _post(chronicle, tally, form, picture, review)
    if weeks and wanted is None:
        newest = weeks[-FEED_POSTS:]
        days = "".join(map(_updated, newest)).encode()
        parts = b"".join((days, *(_titles(chronicle, tally) for tally in newest), weeks[-1].numbers))
        for form in written:
            for name, make in _lists(form).items():
                if not stands(name, parts):
                    files[name] = make(chronicle, weeks, form)
    return files


def _parts(chronicle: Chronicle, tally: Tally) -> bytes:
    """Return what stands for all that a week's post is made of, besides hitoe, deck.yaml and the series' picture."""
    signs = (chapter.sign for chapter in tally.chapters)
    return b"".join((tally.numbers, *signs, _titles(chronicle, tally)))


def _titles(chronicle: Chronicle, tally: Tally) -> bytes:
    return repr([chronicle.topics[key] for key in tally.topics]).encode()


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


def _lists(form: Form) -> Mapping[str, Callable[[Chronicle, Sequence[Tally], Form], str]]:
    """Return the lists of all posts that a form has, by name, and what makes them."""
    if form.name == "hatena":
        return {}
    return {"feed.xml": _fed, "index.html": _index} if form.draws else {"index.md": _index}


def _heads(deck: Deck) -> dict[str, str]:
    return {"title": deck.series.title if deck.series else deck.title, "language": deck.language}


def _fed(chronicle: Chronicle, weeks: Sequence[Tally], form: Form) -> str:
    feed = _feed(chronicle, weeks, form)
    return form.templates.render("log/feed.xml.j2", feed=feed, **_heads(chronicle.deck))


def _index(chronicle: Chronicle, weeks: Sequence[Tally], form: Form) -> str:
    deck = chronicle.deck
    intro = deck.series.intro if deck.series else None
    return form.render(
        "index",
        part=Summary(chronicle, weeks[-1], form).of_all_weeks(),
        intro=form.made(form.prose(intro)) if intro else None,
        posts=[
            Listed(week=tally.week, title=series.title(deck, tally.week), href=f"{tally.week}{form.suffix}")
            for tally in reversed(weeks)
        ],
        **_heads(deck),
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
    return f"{max(tally.week.sunday, tally.checked or tally.week.sunday).isoformat()}T00:00:00Z"
