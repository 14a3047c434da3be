"""Verifies offline what items claim about outside sources, such as the API models in a release of a Python package.

A provider is a package that pip can install, and a module here that looks up values in it. To add one, write the
module, add it to PROVIDERS, and add the key to `Evidence` in `values/evidence.py`, with `provider` and `place`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from hitoe.evidence import botocore
from hitoe.evidence.claims import Claim, claims
from hitoe.evidence.expectations import Find, Mismatch
from hitoe.evidence.packages import PackageRelease, install, installed
from hitoe.messages import joined, say
from hitoe.model.project import Project
from hitoe.problems import Problem

PROVIDERS: Mapping[str, Callable[[Path], Find]] = {"botocore": botocore.Models}
"""What looks up values in the folder where a package is installed, by the package's name, which is its key in notes."""


def verify(project: Project) -> tuple[list[Claim], list[Problem], list[PackageRelease]]:
    """Return a project's claims, a problem for each that does not hold, and the installed releases that were read.

    Raises RefusedError if a package that claims refer to is not installed.
    """
    all_claims = list(claims(project))
    problems: list[Problem] = []
    releases: list[PackageRelease] = []
    for provider in _providers(all_claims):
        release = installed(provider)
        releases.append(release)
        for claim, mismatches in _verified(all_claims, release).items():
            for mismatch in mismatches:
                message = say(
                    "{message} in {release}: correct the note, or its evidence",
                    message=mismatch.message,
                    release=release,
                )
                problems.append(_problem(project, claim, mismatch, message))
    return all_claims, problems, releases


def compare(project: Project, versions: Sequence[str], cache: Path) -> tuple[list[PackageRelease], list[Problem]]:
    """Verify a project's claims with the installed release and with other versions, which pip installs into `cache`.

    Returns the releases from old to new, and a sentence for each claim that does not hold in all of them: since or
    until which release. Raises RefusedError if no release is installed, or pip cannot install one of the versions.
    """
    all_claims = list(claims(project))
    compared: list[PackageRelease] = []
    differences: list[Problem] = []
    for provider in _providers(all_claims):
        here = installed(provider)
        others = (install(provider, each, cache) for each in versions if each != here.version)
        releases = sorted({here, *others}, key=lambda release: release.order)
        by_release = [(release, _verified(all_claims, release)) for release in releases]
        for claim in by_release[0][1]:
            outcomes = [(release, verified[claim]) for release, verified in by_release]
            differences += [
                _problem(project, claim, mismatch, joined(": ", (since, mismatch.message)))
                for mismatch, since in _changes(outcomes)
            ]
        compared += releases
    return compared, sorted(set(differences))


def _changes(outcomes: Sequence[tuple[PackageRelease, tuple[Mismatch, ...]]]) -> Iterator[tuple[Mismatch, str]]:
    """Yield each mismatch of a claim, and since or until which release; `outcomes` are those of it from old to new."""
    if all(mismatches for _, mismatches in outcomes):
        versions = ", ".join(release.version for release, _ in outcomes)
        yield from ((mismatch, say("holds in none of {versions}", versions=versions)) for mismatch in outcomes[-1][1])
    for (old, before), (new, after) in pairwise(outcomes):
        if after and not before:
            yield from (
                (mismatch, say("no longer holds since {new}, held in {version}", new=new, version=old.version))
                for mismatch in after
            )
        if before and not after:
            yield from (
                (mismatch, say("holds only since {new}, not in {version}", new=new, version=old.version))
                for mismatch in before
            )


def _providers(all_claims: Iterable[Claim]) -> list[str]:
    return list(dict.fromkeys(claim.evidence.provider for claim in all_claims))


def _verified(all_claims: Iterable[Claim], release: PackageRelease) -> dict[Claim, tuple[Mismatch, ...]]:
    """Return the mismatches of each claim that refers to a package, in one of its releases."""
    find = PROVIDERS[release.package](release.folder)
    return {claim: tuple(claim.mismatches(find)) for claim in all_claims if claim.evidence.provider == release.package}


def _problem(project: Project, claim: Claim, mismatch: Mismatch, message: str) -> Problem:
    at = project.at(claim.placed.entry.file, *claim.placed.loc, *mismatch.loc)
    return Problem(at, joined(": ", (claim.evidence.place, message)))
