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

    `weight` is the domain's part of the weights of all domains, `share` its part of the cards of all domains that have
    a weight; both are fractions of 1. Both are None for a domain without a weight; `share` is None also when there are
    no cards to divide.
    """

    key: str
    title: Text
    count: AddedCount
    weight: Fraction | None
    share: Fraction | None

    @property
    def gap(self) -> Fraction:
        """How far the share of the cards is below the weight; negative when it is above."""
        return (self.weight or Fraction(0)) - (self.share or Fraction(0))


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
    """Return the domain with the largest gap, the first of equal ones; None when no gap reaches `LEAST_GAP`."""
    thin = max((each for each in shares if each.share is not None), key=lambda each: each.gap, default=None)
    return thin if thin and thin.gap >= LEAST_GAP else None


def percent(part: Fraction | int) -> int:
    """Return a fraction of 1 in per cent, rounded to an integer, halves up."""
    return int(part * 100 + Fraction(1, 2))
