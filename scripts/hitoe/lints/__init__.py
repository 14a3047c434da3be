"""Rules for cards that teach, from the literature on learning: `hitoe check` warns, and the author decides.

To add a rule, put its name into `values.lints`, and write a file of this name with a function `findings`, which looks
at all cards of a deck. The file opens with what it finds, why that is bad, an example and the source. Items, entries,
topics and the deck may break a rule with a reason: `allow: {long-answer: …}`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import get_args

from hitoe.lints import judged
from hitoe.lints.judged import Finding, JudgedCard
from hitoe.messages import say
from hitoe.model.project import DECK_FILE, Project
from hitoe.problems import Problem
from hitoe.source import Loc
from hitoe.values.lints import Allow, Rule

Place = tuple[str, Loc]
"""A file, and the location in it."""
RULES: Mapping[Rule, Callable[[Sequence[JudgedCard]], Iterator[Finding]]] = {
    name: import_module(f"{__name__}.{name.replace('-', '_')}").findings for name in get_args(Rule)
}
"""The function of each rule, found in the file that has its name."""


def warnings(project: Project) -> list[Problem]:
    """Return the findings of all rules, and of each `allow` that no finding needs, sorted by position."""
    cards = judged.of(project)
    allowing = {place: rules for place, rules in _allowing(project) if rules}
    found: set[Problem] = set()
    needed: set[tuple[Place, Rule]] = set()
    for name, rule in RULES.items():
        for finding in rule(cards):
            around = _around(finding.card)[finding.about :]
            place = next((place for place in around if name in allowing.get(place, ())), None)
            if place:
                needed.add((place, name))
            else:
                file, loc = around[0]
                at = project.at(file, *loc, *finding.loc)
                message = say("{message} (or `allow: {{{name}: why}}`)", message=finding.message, name=name)
                found.add(Problem(at, message, name))
    for (file, loc), rules in allowing.items():
        for name in rules:
            if ((file, loc), name) not in needed:
                at = project.at(file, *loc, "allow", name, key=True)
                found.add(Problem(at, say("'{name}' has nothing to say here: delete it from `allow`", name=name)))
    return sorted(found)


def _allowing(project: Project) -> Iterator[tuple[Place, Allow]]:
    """Yield what may be allowed with its place: the deck, topics, entries and items."""
    yield (DECK_FILE, ()), project.deck.allow
    for file, topic in project.topics.items():
        yield (file, ()), topic.allow
    for placed in project.entries():
        yield (placed.file, placed.loc), placed.entry.allow
        for key, item in placed.entry.items.items():
            yield (placed.file, (*placed.loc, "items", key)), item.allow


def _around(card: JudgedCard) -> tuple[Place, ...]:
    """Return the places of a card's item, entry, topic and deck."""
    file, entry = card.placed.file, card.placed.loc
    return (file, (*entry, "items", card.key)), (file, entry), (file, ()), (DECK_FILE, ())
