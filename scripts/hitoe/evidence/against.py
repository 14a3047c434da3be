"""Facts across releases: since which one a claim no longer holds, or holds at last."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from hitoe.evidence import PROVIDERS, at_hand, compared, providers
from hitoe.evidence.claims import Claim, claims
from hitoe.evidence.findings import Fault
from hitoe.evidence.releases import Release, brought
from hitoe.model.project import Project
from hitoe.problems import Problem

Seen = tuple[Release, tuple[Fault, ...]]
"""A release, and what in it is not as a claim expects."""


def moved(project: Project, versions: Sequence[str], cache: Path) -> tuple[list[Release], list[Problem]]:
    """Compare what a project claims with the installed release and with other versions, which pip brings into `cache`.

    Returns the releases from old to new, and a sentence for each claim that does not hold in all of them.

    Raises:
        RefusedError: no release is installed, or pip cannot bring one of the versions.
    """
    made = list(claims(project))
    asked: list[Release] = []
    found: list[Problem] = []
    for provider in providers(made):
        here = at_hand(provider)
        others = (brought(PROVIDERS[provider].package, each, cache) for each in versions if each != here.version)
        releases = sorted({here, *others}, key=lambda release: release.order)
        by_release = [compared(made, provider, release) for release in releases]
        for claim in by_release[0]:
            seen = [(release, faults[claim]) for release, faults in zip(releases, by_release, strict=True)]
            found += [_told(project, claim, fault, say) for fault, say in _moves(seen)]
        asked += releases
    return asked, sorted(set(found))


def _moves(seen: Sequence[Seen]) -> Iterator[tuple[Fault, str]]:
    """Yield what is not as expected, and since or until when."""
    if all(faults for _, faults in seen):
        names = ", ".join(release.version for release, _ in seen)
        yield from ((fault, f"holds in none of {names}") for fault in seen[-1][1])
    for (old, before), (new, after) in pairwise(seen):
        if after and not before:
            yield from ((fault, f"no longer holds since {new}, held in {old.version}") for fault in after)
        if before and not after:
            yield from ((fault, f"holds only since {new}, not in {old.version}") for fault in before)


def _told(project: Project, claim: Claim, fault: Fault, say: str) -> Problem:
    at = project.at(claim.file, *claim.loc, *fault.loc)
    return Problem(at, f"{claim.evidence.place}: {say}: {fault.message}")
