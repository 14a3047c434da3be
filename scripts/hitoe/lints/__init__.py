"""Cards that teach: what the literature on learning warns of, told to the author and left to the author.

To add a rule, write a function, put it into RULES, and its name into `schema.lints`. A rule looks at all cards of a
deck; an item may silence it with a reason: `allow: {long-answer: …}`.
"""

from collections.abc import Callable, Iterator, Sequence

from hitoe.lints import answers, cards, questions
from hitoe.lints.cards import Card
from hitoe.lints.findings import Finding
from hitoe.model.project import Project
from hitoe.problems import Problem

Rule = Callable[[Sequence[Card]], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    answers.long_answer,
    answers.several_facts,
    answers.recalled_list,
    answers.yes_no,
    answers.open_end,
    questions.same_question,
    questions.given_away,
    questions.pointing_word,
)


def name(rule: Rule) -> str:
    """Return what a rule is called in `allow:`."""
    return rule.__name__.replace("_", "-")


def warnings(project: Project) -> list[Problem]:
    """Return what the rules say of a project's cards, and which silences are without use, by place."""
    asked = cards.of(project)
    found: set[Problem] = set()
    silenced: set[tuple[str, str, str]] = set()
    for rule in RULES:
        for finding in rule(asked):
            card = finding.card
            if name(rule) in card.item.allow:
                silenced.add((card.placed.key, card.key, name(rule)))
            else:
                at = project.at(card.placed.file, *finding.loc)
                found.add(Problem(at, f"{finding.message} (or `allow: {{{name(rule)}: why}}`)"))
    return sorted(found | set(_idle(project, silenced)))


def _idle(project: Project, silenced: set[tuple[str, str, str]]) -> Iterator[Problem]:
    """Yield a problem for each silence that silences nothing."""
    for placed in project.entries():
        for key, item in placed.entry.items.items():
            for rule in item.allow:
                if (placed.key, key, rule) not in silenced:
                    at = project.at(placed.file, *placed.loc, "items", key, "allow", rule, key=True)
                    yield Problem(at, f"'{rule}' has nothing to say of this item: delete it from `allow`")
