"""The titles of the log and of its posts, with the number of the week's post in its blog series."""

from hitoe.schema import Deck, Series, Week
from hitoe.typography.numbers import mark


def log_title(deck: Deck) -> str:
    """Return the title of the series; without a series, that of the deck."""
    return deck.series.title if deck.series else deck.title


def title(deck: Deck, week: Week) -> str:
    """Return the title of a week's post; without a series, the title of the deck and the week."""
    if deck.series is None:
        return f"{deck.title} {week}"
    found = number(deck.series, week)
    return deck.series.title + ("" if found is None else mark(found))


def number(series: Series, week: Week) -> int | None:
    """Return the number of a week's post, counted in weeks from the last week that deck.yaml gives a number for.

    None for a week before all of these: the series had not begun.
    """
    known = {series.number_1: 1, **series.numbers}
    start = max((start for start in known if start <= week), default=None)
    return None if start is None else known[start] + (week.monday - start.monday).days // 7
