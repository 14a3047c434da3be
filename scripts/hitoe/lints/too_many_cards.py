"""A domain of the exam, or an entry of one, has far more cards than its weight.

Why: each card costs minutes on every day until the exam, which the other domains then lack.
Finds: in a deck with weighted domains and 100 cards or more, a domain with half as many again as its weight, or an
entry with twice its part.
Example: half of all cards for a domain of a quarter of the questions.
Known limits: the entries of a domain count as equal.
Source: Coderre, Woloschuk & McLaughlin, "Twelve tips for blueprinting" (2009), Medical Teacher 31(4), 322-324: what is
taught and what is examined get the same weights. That twice as much is too much is practice, not evidence.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from hitoe.lints.judged import DECK, ENTRY, Finding, JudgedCard
from hitoe.messages import say

ENOUGH = 100
DOMAIN, OF_ENTRY = Fraction(3, 2), Fraction(2)
"""How many times its weight is too much, for a domain and for an entry."""


def findings(cards: Sequence[JudgedCard]) -> Iterator[Finding]:
    """Yield the domains, and the entries of others, that have too many cards."""
    weighted = [card for card in cards if _domain(card)]
    if len(weighted) < ENOUGH:
        return
    weights = {key: Fraction(domain.weight) for key, domain in cards[0].deck.domains.items() if domain.weight}
    first = {card.placed.key: card for card in reversed(weighted)}
    entries = Counter(card.placed.key for card in weighted)
    domains = Counter(_domain(card) for card in weighted)
    in_domain = Counter(_domain(card) for card in first.values())
    for key, weight in weights.items():
        fair = len(weighted) * weight / sum(weights.values())
        if domains[key] > DOMAIN * fair:
            card = next(card for card in weighted if _domain(card) == key)
            yield Finding(card, ("domains", key), _message(domains[key], fair), about=DECK)
            continue
        for name, card in sorted(first.items()):
            if _domain(card) == key and entries[name] > OF_ENTRY * fair / in_domain[key]:
                yield Finding(card, ("title",), _message(entries[name], fair / in_domain[key]), about=ENTRY)


def _domain(card: JudgedCard) -> str | None:
    """Return the key of a card's domain, None if that has no weight."""
    key = card.placed.entry.domain
    return key if key in card.deck.domains and card.deck.domains[key].weight else None


def _message(cards: int, fair: Fraction) -> str:
    return say(
        "{cards} cards, where the weight in the exam would be {fair}: delete what nobody needs to recall",
        cards=cards,
        fair=round(fair),
    )
