"""What `hitoe check` tells of a project: more than a build needs to know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hitoe import checks, evidence, links, lints
from hitoe.checks import freshness
from hitoe.evidence import against
from hitoe.model.project import Project
from hitoe.problems import Problem
from hitoe.release import release
from hitoe.sheet.glyph_coverage import missing

CACHE = "build/.cache"


@dataclass(frozen=True, slots=True)
class Report:
    """What is sound, in sentences; what the author should know of it; and what must be mended."""

    sound: Sequence[str]
    warnings: Sequence[Problem] = ()
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What alone is asked for, if anything: evidence, links, or evidence against other versions."""

    evidence: bool = False
    links: bool = False
    against: Sequence[str] = ()


def of(root: Path, asked: Asked, now: int, done: Callable[[], None]) -> Report:
    """Inspect a project; `now` is in seconds since 1970, and `done` is called after each answer from the network.

    Raises:
        InputError: the notes cannot be read, or break a promise; with every problem.
        RefusedError: the evidence cannot be verified.
    """
    if asked.against:
        return compared(checks.trusted(root), asked.against)
    if asked.evidence:
        return proven(checks.trusted(root))
    if asked.links:
        return linked(checks.trusted(root), now, links.Manners(), done)
    return whole(root, now)


def whole(root: Path, now: int) -> Report:
    """Check the notes, what they promised, whether their evidence holds, and whether they are fresh.

    `now` is in seconds since 1970.

    Raises:
        InputError: the notes cannot be read, or break a promise; with every problem.
        RefusedError: the evidence cannot be verified.
    """
    project = checks.trusted(root)
    release.promised(project, release.read_ledgers(root)[1])
    items = sum(len(placed.entry.items) for placed in project.entries())
    counts = f"{len(project.topics)} topics, {sum(1 for _ in project.entries())} entries, {items} items: no problems"
    today = datetime.fromtimestamp(now, UTC).date()
    # Deck and log may have signs that the sheet cannot print; only there they are errors.
    warnings = {*checks.warnings(project), *lints.warnings(project), *missing(project)}
    warnings |= set(freshness.to_review(project, today))
    facts = proven(project)
    return Report([counts, *facts.sound], sorted(warnings), facts.problems)


def proven(project: Project) -> Report:
    """Verify the evidence of a checked project.

    Raises:
        RefusedError: the evidence cannot be verified.
    """
    claims, problems, releases = evidence.verified(project)
    count = f"{len(claims)} evidence{'s' * (len(claims) != 1)}"
    return Report([f"{count} verified with {' and '.join(map(str, releases))}"] * bool(claims), problems=problems)


def linked(project: Project, now: int, manners: links.Manners, done: Callable[[], None]) -> Report:
    """Look whether the sources of a checked project are still there; `done` is called after each answer."""
    places = links.places(project)
    answers, kept = links.visit(list(places), project.root / CACHE / "links.json", now, manners, done)
    said = [f"{len(answers)} of {len(places)} sources looked at, {kept} of them within the last day"]
    if len(answers) < len(places):
        said.append(f"for {len(places) - len(answers)} there was no time: run it again")
    return Report(said, sorted(links.doubtful(places, answers)), list(links.dead(places, answers)))


def compared(project: Project, versions: Sequence[str]) -> Report:
    """Tell since which release of what was asked the evidence of a checked project no longer holds, or holds at last.

    Raises:
        RefusedError: the evidence cannot be verified.
    """
    releases, moved = against.moved(project, versions, project.root / CACHE)
    names = ", ".join(map(str, releases)) or "nothing, for the notes have no evidence"
    return Report([*map(str, moved), f"compared with {names}: {len(moved)} difference{'s' * (len(moved) != 1)}"])
