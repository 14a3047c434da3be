"""Verifies offline what items claim about an outside source: the API models in a release of the AWS SDK botocore."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from hitoe.evidence import botocore
from hitoe.evidence.claims import Claim, claims
from hitoe.evidence.packages import PackageRelease, install, installed
from hitoe.kinds import Mistake
from hitoe.messages import joined, say
from hitoe.model.project import Project
from hitoe.problems import Problem

PACKAGE = "botocore"


def verify(project: Project) -> tuple[list[Claim], list[Problem], PackageRelease | None]:
    """Return a project's claims, a problem for each that does not hold, and the release that was read for that.

    Raises RefusedError if there are claims, and the package is not installed.
    """
    if not (all_claims := list(claims(project))):
        return [], [], None
    release = installed(PACKAGE)
    problems: list[Problem] = []
    for claim, mismatches in _verified(all_claims, release).items():
        for mismatch in mismatches:
            message = say(
                "{message} in {release}: correct the note, or its evidence", message=mismatch.message, release=release
            )
            problems.append(_problem(project, claim, mismatch, message))
    return all_claims, problems, release


def compare(project: Project, versions: Sequence[str], cache: Path) -> tuple[list[PackageRelease], list[Problem]]:
    """Verify a project's claims with the installed release and with other versions, which pip installs into `cache`.

    Returns the releases from old to new, and a sentence for each claim that does not hold in all of them: since or
    until which release. Raises RefusedError if no release is installed, or pip cannot install one of the versions.
    """
    if not (all_claims := list(claims(project))):
        return [], []
    here = installed(PACKAGE)
    others = (install(PACKAGE, each, cache) for each in versions if each != here.version)
    releases = sorted({here, *others}, key=lambda release: release.order)
    by_release = [(release, _verified(all_claims, release)) for release in releases]
    differences = {
        _problem(project, claim, mismatch, joined(": ", (since, mismatch.message)))
        for claim in all_claims
        for mismatch, since in _changes([(release, verified[claim]) for release, verified in by_release])
    }
    return releases, sorted(differences)


def _changes(outcomes: Sequence[tuple[PackageRelease, tuple[Mistake, ...]]]) -> Iterator[tuple[Mistake, str]]:
    """Yield each mismatch of a claim, and since or until which release; `outcomes` are those of it from old to new."""
    if all(mismatches for _, mismatches in outcomes):
        versions = ", ".join(release.version for release, _ in outcomes)
        yield from ((mismatch, say("holds in none of {versions}", versions=versions)) for mismatch in outcomes[-1][1])
    for (old, before), (new, after) in pairwise(outcomes):
        if bool(before) != bool(after):
            no_longer = say("no longer holds since {new}, held in {version}", new=new, version=old.version)
            only = say("holds only since {new}, not in {version}", new=new, version=old.version)
            yield from ((mismatch, no_longer if after else only) for mismatch in after or before)


def _verified(all_claims: Iterable[Claim], release: PackageRelease) -> dict[Claim, tuple[Mistake, ...]]:
    """Return the mismatches of each claim in a release."""
    find = botocore.Models(release.folder)
    return {claim: tuple(claim.mismatches(find)) for claim in all_claims}


def _problem(project: Project, claim: Claim, mismatch: Mistake, message: str) -> Problem:
    at = project.at(claim.placed.entry.file, *claim.placed.loc, *mismatch.loc)
    return Problem(at, joined(": ", (claim.evidence.botocore, message)))
