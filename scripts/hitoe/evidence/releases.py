"""Releases of the packages that providers look into: the installed one, and others that pip brings."""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from hitoe.evidence.findings import Finder
from hitoe.problems import RefusedError

VERSION = re.compile(r"[0-9]+(?:\.[0-9A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class Provider:
    """A package that pip can install, and what finds facts in the folder into which it was installed."""

    package: str
    finder: Callable[[Path], Finder]


@dataclass(frozen=True, slots=True)
class Release:
    """A package of one version, installed into a folder; nothing is ever imported from there."""

    package: str
    version: str
    folder: Path

    def __str__(self) -> str:
        return f"{self.package} {self.version}"

    @property
    def order(self) -> tuple[int, ...]:
        """What sorts releases from old to new."""
        return tuple(int(number) for number in re.findall(r"\d+", self.version))


def installed(package: str) -> Release | None:
    """Return the release that is installed beside hitoe."""
    for place in map(Path, sys.path):
        if (place / package).is_dir():
            for info in sorted(place.glob(f"{package}-*.dist-info")):
                return Release(package, info.name.removesuffix(".dist-info").partition("-")[2], place)
    return None


def brought(package: str, version: str, cache: Path) -> Release:
    """Return a release that pip installed into a folder of its own below `cache`, now or earlier.

    Raises:
        RefusedError: there is no such release, or pip cannot bring it.
    """
    if not VERSION.fullmatch(version):
        raise RefusedError(f"'{version}' is no version: write it as {package} does, with digits and dots")
    release = Release(package, version, cache / f"{package}-{version}")
    if release.folder.is_dir():
        return release
    half = release.folder.with_name(f"{release.folder.name}.part")
    rmtree(half, ignore_errors=True)
    order = ["install", "--quiet", "--no-input", "--disable-pip-version-check", "--no-deps", "--no-compile"]
    done = subprocess.run(
        [sys.executable, "-m", "pip", *order, "--target", str(half), f"{package}=={version}"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr.splitlines() or ["it says nothing"])[-1].removeprefix("ERROR:").strip()
        raise RefusedError(f"pip cannot install {package} {version}: {said}")
    half.rename(release.folder)
    return release
