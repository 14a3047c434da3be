"""How the cards are distributed over the domains of the exam, compared with the weight of each domain."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from hitoe.schema import Deck
from hitoe.stats.counts import AddedCount
from hitoe.text import Text

LEAST_GAP = Fraction(1, 100)
"""A domain counts as thin when its share of the cards is at least this much below its weight."""


@dataclass(frozen=True, slots=True)
class DomainShare:
    """A domain of the exam and its cards.

    `weight` is its part of all weights, `share` its part of the cards of all domains that have a weight, as fractions
    of 1; both are None for a domain without a weight, `share` also when there are no cards.
    """

    key: str
    title: Text
    count: AddedCount
    weight: Fraction | None
    share: Fraction | None


def domain_shares(deck: Deck, counts: Mapping[str | None, AddedCount]) -> list[DomainShare]:
    """Return all domains of a deck in its order, those without cards too. `counts` is by domain key."""
    weights = {key: Fraction(domain.weight) for key, domain in deck.domains.items() if domain.weight}
    all_weights = sum(weights.values())
    cards = sum(counts[key].total.cards for key in weights if key in counts)
    shares = []
    for key, domain in deck.domains.items():
        count = counts.get(key, AddedCount())
        weighted = key in weights and all_weights > 0
        weight = weights[key] / all_weights if weighted else None
        share = Fraction(count.total.cards, cards) if weighted and cards else None
        shares.append(DomainShare(key, domain.title, count, weight, share))
    return shares


def thinnest(shares: list[DomainShare]) -> DomainShare | None:
    """Return the domain whose share is furthest below its weight; None when none is so by `LEAST_GAP`."""
    gaps = [(each.weight - each.share, each) for each in shares if each.weight is not None and each.share is not None]
    gap, thin = max(gaps, key=lambda each: each[0], default=(0, None))
    return thin if gap >= LEAST_GAP else None


def percent(part: Fraction | int) -> int:
    """Return a fraction of 1 in per cent, rounded to an integer, halves up."""
    return int(part * 100 + Fraction(1, 2))
