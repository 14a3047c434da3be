"""Rules for cards that teach, from the literature on learning: `hitoe check` warns, and the author decides.

To add a rule, put its name into `values.lints`, and write a file of this name with a function `findings`, which looks
at all cards of a deck. The file opens with what it finds, why that is bad, an example and the source. An item may break
a rule with a reason: `allow: {long-answer: …}`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import get_args

from hitoe.lints import judged
from hitoe.lints.judged import Finding, JudgedCard
from hitoe.model.project import Project
from hitoe.problems import Problem
from hitoe.values.lints import Rule

RULES: Mapping[Rule, Callable[[Sequence[JudgedCard]], Iterator[Finding]]] = {
    name: import_module(f"{__name__}.{name.replace('-', '_')}").findings for name in get_args(Rule)
}
"""The function of each rule, found in the file that has its name."""


def warnings(project: Project) -> list[Problem]:
    """Return the findings of all rules, and of each `allow` that no finding needs, sorted by position."""
    cards = judged.of(project)
    found: set[Problem] = set()
    allowed: set[tuple[str, str, Rule]] = set()
    for name, rule in RULES.items():
        for finding in rule(cards):
            card = finding.card
            if name in card.item.allow:
                allowed.add((card.placed.key, card.key, name))
            else:
                at = project.at(card.placed.file, *card.placed.loc, "items", card.key, *finding.loc)
                found.add(Problem(at, f"{finding.message} (or `allow: {{{name}: why}}`)"))
    for placed in project.entries():
        for key, item in placed.entry.items.items():
            for name in item.allow:
                if (placed.key, key, name) not in allowed:
                    at = project.at(placed.file, *placed.loc, "items", key, "allow", name, key=True)
                    found.add(Problem(at, f"'{name}' has nothing to say of this item: delete it from `allow`"))
    return sorted(found)
