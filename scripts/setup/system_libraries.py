"""Checks that the native libraries WeasyPrint needs are on this machine, and installs them if apt-get may be run.

If apt-get cannot be run without a password, the command to install them is printed and the exit status is 1. This runs
before hitoe's dependencies are installed, so it uses the standard library only.
"""

import ctypes
import ctypes.util
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Library(NamedTuple):
    """A library under both names that WeasyPrint tries."""

    name: str
    """The linker's name, by which it is found on macOS."""
    file: str
    """The name of its file on Linux."""


LIBRARIES = (
    Library("gobject-2.0", "libgobject-2.0.so.0"),
    Library("pango-1.0", "libpango-1.0.so.0"),
    Library("harfbuzz", "libharfbuzz.so.0"),
    # WeasyPrint runs without it, but then subsets Japanese fonts a hundred times slower.
    Library("harfbuzz-subset", "libharfbuzz-subset.so.0"),
    Library("fontconfig", "libfontconfig.so.1"),
    Library("pangoft2-1.0", "libpangoft2-1.0.so.0"),
)
DEBIAN = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")  # the other three are dependencies of these
INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends", *DEBIAN)
LISTS = Path("/var/lib/apt/lists")
DAY = 24 * 60 * 60

ADVICE = f"""\
The printed sheets need libraries that are not on this machine. Install them, then run make again:
  Debian, Ubuntu   sudo apt-get install {" ".join(DEBIAN)}
  Fedora           sudo dnf install pango harfbuzz
  macOS            brew install pango python, then make PYTHON="$(brew --prefix)/bin/python3"
                   (other Pythons do not search Homebrew's folder for libraries; remove .venv if one of them created it)
`make deck` and `make log` work without them."""


def loads(library: Library) -> bool:
    """Return whether the library can be opened in the way WeasyPrint opens it."""
    return _opens(library.file) or _opens(ctypes.util.find_library(library.name))


def _opens(file: str | None) -> bool:
    if file is None:
        return False
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def missing(libraries: Sequence[Library]) -> list[str]:
    """Return the names of the libraries that cannot be opened."""
    return [library.name for library in libraries if not loads(library)]


def privilege(environ: Mapping[str, str], user_id: int) -> list[str] | None:
    """Return the command prefix that runs apt-get as root, or None if it must not or cannot run without a password."""
    if environ.get("HITOE_NO_APT") == "1" or shutil.which("apt-get") is None:
        return None
    if user_id == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    without_password = subprocess.run(["sudo", "-n", "true"], check=False, stderr=subprocess.DEVNULL)
    return ["sudo", "-n"] if without_password.returncode == 0 else None


def lists_are_old(lists: Path, now: float) -> bool:
    """Return whether apt's package lists are missing, or were fetched more than a day ago."""
    # The lists have the archive's date; only the folder of partial downloads has the time of the last fetch.
    partial = lists / "partial"
    fetched = any(lists.glob("*Packages*")) and partial.exists()
    return not fetched or now - partial.stat().st_mtime > DAY


def install(prefix: Sequence[str], *, update: bool) -> None:
    """Run apt-get and print each command; the caller tries the libraries again, so failures are ignored."""
    quiet = ("env", "DEBIAN_FRONTEND=noninteractive")  # after sudo, which drops the environment
    for command in [("apt-get", "update")] * update + [INSTALL]:
        print("+", shlex.join([*prefix, *command]), flush=True)
        subprocess.run([*prefix, *quiet, *command], check=False, stdin=subprocess.DEVNULL)


def main(libraries: Sequence[Library] = LIBRARIES) -> int:
    """Return 0 if all libraries can be opened, perhaps after installing them; else print the advice and return 1."""
    not_found = missing(libraries)
    prefix = privilege(os.environ, os.geteuid()) if not_found else None
    if prefix is not None:
        install(prefix, update=lists_are_old(LISTS, time.time()))
        not_found = missing(libraries)
    if not_found:
        print(f"hitoe: cannot open: {', '.join(not_found)}", ADVICE, sep="\n", file=sys.stderr)
    return 1 if not_found else 0


if __name__ == "__main__":
    sys.exit(main())
