"""Which questions a mock exam has, and in which order: the same for a seed, whatever the version of Python."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_uppercase

from hitoe.kinds.choice import Choice, Option
from hitoe.model.identity import item_path
from hitoe.model.project import PlacedEntry, Project


@dataclass(frozen=True, slots=True)
class ExamQuestion:
    """A choice with its key, its entry, and its options in the order of the exam, each with its letter."""

    placed: PlacedEntry
    key: str
    item: Choice
    options: Sequence[tuple[str, Option]]

    @property
    def path(self) -> str:
        """The path of the item."""
        return f"{self.placed.key}.{self.key}"

    @property
    def right(self) -> Sequence[str]:
        """The letters of the right options."""
        return [letter for letter, option in self.options if option.right]


def questions(project: Project, wanted: int, seed: int) -> list[ExamQuestion]:
    """Return at most `wanted` questions, of each domain as many as its weight says, while it has some."""
    found: dict[str | None, list[ExamQuestion]] = {}
    for placed in project.entries():
        for key, item in placed.live_items.items():
            if isinstance(item, Choice):
                path = item_path(placed, key, item)
                ranks = {_rank(seed, path, name): option for name, option in item.options.items()}
                lettered = list(zip(ascii_uppercase, (ranks[each] for each in sorted(ranks)), strict=False))
                found.setdefault(placed.entry.domain, []).append(ExamQuestion(placed, key, item, lettered))
    supply = {domain: len(own) for domain, own in found.items()}
    counts = by_weight(wanted, _weights(project, supply), supply)
    chosen = [
        question
        for domain, own in found.items()
        for question in sorted(own, key=lambda each: _rank(seed, each.path))[: counts[domain]]
    ]
    return sorted(chosen, key=lambda each: _rank(seed, "order", each.path))


def by_weight(
    wanted: int, weights: Mapping[str | None, Decimal], supply: Mapping[str | None, int]
) -> Counter[str | None]:
    """Return how many of `wanted` questions each domain has, by the method of Sainte-Laguë; none more than it has."""
    counts: Counter[str | None] = Counter()
    for _ in range(min(wanted, sum(supply.values()))):
        left = [domain for domain in supply if counts[domain] < supply[domain]]
        counts[max(left, key=lambda domain: weights[domain] / (2 * counts[domain] + 1))] += 1
    return counts


def _weights(project: Project, supply: Mapping[str | None, int]) -> Mapping[str | None, Decimal]:
    """Return the weight of each domain that has questions; where none has a weight, the number of its questions."""
    domains = project.deck.domains
    weights = {key: (domains[key].weight if key in domains else None) or Decimal() for key in supply}
    return weights if any(weights.values()) else {key: Decimal(count) for key, count in supply.items()}


def _rank(seed: int, *words: str) -> bytes:
    return hashlib.sha256("\x1f".join((str(seed), *words)).encode()).digest()
