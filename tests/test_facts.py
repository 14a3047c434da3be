"""The notes teach every checked fact, as the comments beside the items say: `# t03-dedup-interval`.

What the author learns beyond the list needs no such comment, and no test looks at it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hitoe import checks, lints
from hitoe.model.project import Project
from hitoe.problems import Position
from hitoe.schema import Item

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tests" / "content" / "facts.txt"
ID = re.compile(r"\bt[0-9]{2}-[a-z0-9-]+")


@dataclass(frozen=True)
class Fact:
    tier: str
    evidence: frozenset[str]


@dataclass(frozen=True)
class Place:
    """An item, or a correction (None), and the facts that are named above it."""

    name: str
    at: Position
    item: Item | None
    facts: frozenset[str]


def facts() -> dict[str, Fact]:
    lines = [line.split() for line in LIST.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {name: Fact(tier, frozenset(evidence)) for name, tier, *evidence in lines}


@cache
def places() -> tuple[Place, ...]:
    return tuple(found(checks.trusted(ROOT)))


def found(project: Project) -> Iterator[Place]:
    for placed in project.entries():
        lines = (project.root / placed.file).read_text("utf-8").splitlines()

        for key, item in placed.entry.items.items():
            at = project.at(placed.file, *placed.loc, "items", key, key=True)
            yield Place(f"{placed.key}.{key}", at, item, above(lines, at.line))
        for key in placed.entry.corrections:
            at = project.at(placed.file, *placed.loc, "corrections", key, key=True)
            yield Place(f"{placed.key} (correction {key})", at, None, above(lines, at.line))


def above(lines: list[str], line: int) -> frozenset[str]:
    """Return the facts that are named in the comments right above a line."""
    start = end = line - 1
    while lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return frozenset(ID.findall(" ".join(lines[start:end])))


def of_tier(tier: str) -> list[str]:
    return [name for name, fact in facts().items() if fact.tier == tier]


def items(fact: str) -> list[Item]:
    return [place.item for place in places() if place.item and fact in place.facts]


def test_the_list_counts_all_facts() -> None:
    assert {tier: len(of_tier(tier)) for tier in ("core", "extra", "errata")} == {
        "core": 167,
        "extra": 30,
        "errata": 6,
    }
    assert len(facts()) == 203


def test_every_fact_that_is_named_is_on_the_list() -> None:
    assert [place.name for place in places() if place.facts - set(facts())] == []


def test_the_cards_of_facts_teach() -> None:
    told = []
    for problem in lints.warnings(checks.trusted(ROOT)):
        before = [place for place in places() if place.at <= problem.at and place.at.file == problem.at.file]
        if before and max(before, key=lambda place: place.at).facts:
            told.append(str(problem))
    assert told == []


@pytest.mark.parametrize("fact", of_tier("core"))
def test_a_core_fact_is_taught_and_on_the_sheet(fact: str) -> None:
    assert any(item.tier == "core" for item in items(fact))


@pytest.mark.parametrize("fact", of_tier("extra"))
def test_an_extra_fact_is_taught_by_cards_that_the_sheet_may_leave_out(fact: str) -> None:
    assert {(item.tier, item.key) for item in items(fact)} == {("extra", False)}


@pytest.mark.parametrize("fact", of_tier("errata"))
def test_an_erratum_is_corrected_only(fact: str) -> None:
    assert [place.item for place in places() if fact in place.facts and place.item] == []
    assert any(fact in place.facts for place in places())


@pytest.mark.parametrize("fact", [name for name, fact in facts().items() if fact.tier != "errata" and fact.evidence])
def test_a_fact_brings_its_evidence(fact: str) -> None:
    attached = {evidence.botocore for item in items(fact) for evidence in item.evidence}
    assert facts()[fact].evidence - attached == set()


def test_what_the_digest_shows_is_core() -> None:
    assert [place.name for place in places() if place.item and place.item.key and place.item.tier == "extra"] == []
