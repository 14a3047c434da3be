"""Rules for cards that teach, from the literature on learning: `hitoe check` warns, and the author decides.

To add a rule, write a file of its own, which opens with what it finds, why that is bad, an example and the source; put
it into RULES and its name into `values.lints`. A rule looks at all cards of a deck. An item may break a rule with a
reason: `allow: {long-answer: …}`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from hitoe.lints import (
    answer_in_question,
    given_away,
    judged,
    long_answer,
    open_end,
    pointing_word,
    recalled_list,
    same_question,
    several_facts,
    yes_no,
)
from hitoe.lints.judged import Finding, JudgedCard
from hitoe.model.project import Project
from hitoe.problems import Problem
from hitoe.values.lints import Rule

RULES: Mapping[Rule, Callable[[Sequence[JudgedCard]], Iterator[Finding]]] = {
    "long-answer": long_answer.findings,
    "several-facts": several_facts.findings,
    "recalled-list": recalled_list.findings,
    "yes-no": yes_no.findings,
    "open-end": open_end.findings,
    "same-question": same_question.findings,
    "given-away": given_away.findings,
    "answer-in-question": answer_in_question.findings,
    "pointing-word": pointing_word.findings,
}


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
                at = project.at(card.placed.file, *finding.loc)
                found.add(Problem(at, f"{finding.message} (or `allow: {{{name}: why}}`)"))
    return sorted(found | set(_idle(project, allowed)))


def _idle(project: Project, allowed: set[tuple[str, str, Rule]]) -> Iterator[Problem]:
    """Yield a problem for each `allow` that allows nothing."""
    for placed in project.entries():
        for key, item in placed.entry.items.items():
            for rule in item.allow:
                if (placed.key, key, rule) not in allowed:
                    at = project.at(placed.file, *placed.loc, "items", key, "allow", rule, key=True)
                    yield Problem(at, f"'{rule}' has nothing to say of this item: delete it from `allow`")
