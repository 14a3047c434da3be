"""Facts that prove themselves: what items claim of outside sources, compared with those sources, offline.

A provider is a package that pip can install and a module here that finds facts in it. To add one, write the module,
name it in PROVIDERS, and let `schema.Evidence` have its key.
"""

from collections.abc import Iterable, Mapping

from hitoe.evidence import botocore
from hitoe.evidence.claims import Claim, claims
from hitoe.evidence.findings import Fault
from hitoe.evidence.releases import Provider, Release, installed
from hitoe.model.project import Project
from hitoe.problems import Problem, RefusedError

PROVIDERS: Mapping[str, Provider] = {
    "botocore": Provider("botocore", botocore.Models),
}
"""By the key that names a provider in the notes."""

Faults = Mapping[Claim, tuple[Fault, ...]]
"""What is not as expected, for each claim; nothing where it holds."""


def verified(project: Project) -> tuple[list[Claim], list[Problem], list[Release]]:
    """Return the claims of a project, where they do not hold, and the installed releases that say so.

    Raises:
        RefusedError: a package that must be asked is not installed.
    """
    made = list(claims(project))
    problems: list[Problem] = []
    asked: list[Release] = []
    for provider in providers(made):
        release = at_hand(provider)
        asked.append(release)
        for claim, faults in compared(made, provider, release).items():
            problems += [_problem(project, claim, fault, release) for fault in faults]
    return made, problems, asked


def providers(made: Iterable[Claim]) -> list[str]:
    """Return the providers that claims ask, in the order of the notes."""
    return list(dict.fromkeys(claim.evidence.provider for claim in made))


def compared(made: Iterable[Claim], provider: str, release: Release) -> Faults:
    """Return what a release has to say against the claims that ask its provider."""
    finder = PROVIDERS[provider].finder(release.folder)
    return {claim: tuple(claim.faults(finder)) for claim in made if claim.evidence.provider == provider}


def at_hand(provider: str) -> Release:
    """Return the release of a provider's package that is installed.

    Raises:
        RefusedError: there is none.
    """
    package = PROVIDERS[provider].package
    release = installed(package)
    if release is None:
        raise RefusedError(
            f"the notes name {package} as evidence, and it is not installed: `make check` installs it, "
            f"or else `pip install {package}`"
        )
    return release


def _problem(project: Project, claim: Claim, fault: Fault, release: Release) -> Problem:
    at = project.at(claim.file, *claim.loc, *fault.loc)
    return Problem(at, f"{claim.evidence.place}: {fault.message} in {release}: mend the note, or its evidence")
