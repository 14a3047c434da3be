"""Finds the installed release of a Python package, and lets pip install other releases of it into a cache folder."""

import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from shutil import rmtree

from hitoe.messages import say
from hitoe.problems import RefusedError

VERSION = re.compile(r"[0-9]+(?:\.[0-9A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class PackageRelease:
    """One version of a package, installed in a folder; nothing is ever imported from there."""

    package: str
    version: str
    folder: Path

    def __str__(self) -> str:
        return f"{self.package} {self.version}"

    @property
    def order(self) -> tuple[int, ...]:
        """The sort key of releases from old to new: all numbers of the version."""
        return tuple(int(number) for number in re.findall(r"\d+", self.version))


def installed(package: str) -> PackageRelease:
    """Return the release that is installed in this Python environment; raises RefusedError if there is none."""
    try:
        found = distribution(package)
    except PackageNotFoundError:
        raise RefusedError(
            "the notes name {package} as evidence, and it is not installed: `make check` installs it, or "
            "else `pip install {package}`",
            package=package,
        ) from None
    return PackageRelease(package, found.version, Path(str(found.locate_file(""))))


def install(package: str, version: str, cache: Path) -> PackageRelease:
    """Return a release in its own folder below `cache`; pip installs it there unless an earlier call did.

    Raises RefusedError if the version is not well-formed, or pip cannot install it.
    """
    if not VERSION.fullmatch(version):
        raise RefusedError(
            "'{version}' is not a version: write it as {package} does, with digits and dots",
            version=version,
            package=package,
        )
    release = PackageRelease(package, version, cache / f"{package}-{version}")
    if release.folder.is_dir():
        return release
    partial = release.folder.with_name(f"{release.folder.name}.part")
    rmtree(partial, ignore_errors=True)
    arguments = ["install", "--quiet", "--no-input", "--disable-pip-version-check", "--no-deps", "--no-compile"]
    done = subprocess.run(
        [sys.executable, "-m", "pip", *arguments, "--target", str(partial), f"{package}=={version}"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        message = (done.stderr.splitlines() or [""])[-1].removeprefix("ERROR:").strip() or say("no message")
        raise RefusedError(
            "pip cannot install {package} {version}: {message}", package=package, version=version, message=message
        )
    partial.rename(release.folder)
    return release
