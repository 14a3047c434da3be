"""How the cards lie over the examination's domains, beside what each domain weighs there."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from hitoe.schema import Deck
from hitoe.stats.counts import Share
from hitoe.text import Text

THIN = Fraction(1, 100)
"""A domain is called thin when its share of the cards lacks at least one point of its weight."""


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain with its cards; `weight` and `share` are parts of all domains that have a weight, None without one."""

    key: str
    title: Text
    cards: Share
    weight: Fraction | None
    share: Fraction | None

    @property
    def lacking(self) -> Fraction:
        """How much of the weight the share lacks."""
        return (self.weight or Fraction(0)) - (self.share or Fraction(0))


def domains(deck: Deck, shares: Mapping[str | None, Share], empty: Share) -> list[Domain]:
    """Return all domains of a deck in its order, `empty` where a domain has no cards yet."""
    weights = {key: Fraction(domain.weight) for key, domain in deck.domains.items() if domain.weight}
    all_weights = sum(weights.values())
    cards = sum(shares[key].total.cards for key in weights if key in shares)
    found = []
    for key, domain in deck.domains.items():
        own = shares.get(key, empty)
        weighed = key in weights and all_weights > 0
        weight = weights[key] / all_weights if weighed else None
        share = Fraction(own.total.cards, cards) if weighed and cards else None
        found.append(Domain(key, domain.title, own, weight, share))
    return found


def thinnest(found: list[Domain]) -> Domain | None:
    """Return the domain that lacks most, None when none is thin; of equal ones, the first."""
    weighed = [domain for domain in found if domain.share is not None]
    thin = max(weighed, key=lambda domain: domain.lacking, default=None)
    return thin if thin and thin.lacking >= THIN else None


def percent(part: Fraction) -> int:
    """Return a part of 1 in per cent, rounded, halves up."""
    return int(part * 100 + Fraction(1, 2))
