"""Make sure that the native libraries WeasyPrint opens at import are on this machine.

Where apt-get is to be had without a question asked, they are installed; elsewhere the command is named and the exit
status is 1. Runs before hitoe's own packages are there, so it needs the standard library only.
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
    """One library under both names that WeasyPrint tries."""

    name: str
    """What the linker calls it; found on macOS by this one."""
    file: str
    """What Linux calls the file."""


LIBRARIES = (
    Library("gobject-2.0", "libgobject-2.0.so.0"),
    Library("pango-1.0", "libpango-1.0.so.0"),
    Library("harfbuzz", "libharfbuzz.so.0"),
    # WeasyPrint runs without it, and then subsets a Japanese font a hundred times slower.
    Library("harfbuzz-subset", "libharfbuzz-subset.so.0"),
    Library("fontconfig", "libfontconfig.so.1"),
    Library("pangoft2-1.0", "libpangoft2-1.0.so.0"),
)
DEBIAN = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")  # the other three are what these depend on
INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends", *DEBIAN)
LISTS = Path("/var/lib/apt/lists")
DAY = 24 * 60 * 60

ADVICE = f"""\
The printed sheet needs libraries that are not on this machine. Install them, then run make again:
  Debian, Ubuntu   sudo apt-get install {" ".join(DEBIAN)}
  Fedora           sudo dnf install pango harfbuzz
  macOS            brew install pango python, then make PYTHON="$(brew --prefix)/bin/python3"
                   (other Pythons do not look for libraries in Homebrew's folder; remove .venv if one made it)
`make deck` and `make log` work without them."""


def loads(library: Library) -> bool:
    """Say whether the library opens the way WeasyPrint opens it."""
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
    """Return the names of the libraries that do not open."""
    return [library.name for library in libraries if not loads(library)]


def privilege(environ: Mapping[str, str], user_id: int) -> list[str] | None:
    """Return what to put before apt-get, or None where it must not or cannot be run without a question."""
    if environ.get("HITOE_NO_APT") == "1" or shutil.which("apt-get") is None:
        return None
    if user_id == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], check=False, stderr=subprocess.DEVNULL)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def lists_are_old(lists: Path, now: float) -> bool:
    """Say whether apt's package lists are missing, or were last fetched more than a day ago."""
    # The lists carry the archive's date; only apt's work folder tells when it last fetched.
    work = lists / "partial"
    fetched = any(lists.glob("*Packages*")) and work.exists()
    return not fetched or now - work.stat().st_mtime > DAY


def install(prefix: Sequence[str], *, update: bool) -> None:
    """Run apt-get, saying each command before it runs; whether it helped shows when the libraries are tried again."""
    quiet = ("env", "DEBIAN_FRONTEND=noninteractive")  # sudo drops the environment, so it is said behind it
    for command in [("apt-get", "update")] * update + [INSTALL]:
        print("+", shlex.join([*prefix, *command]), flush=True)
        subprocess.run([*prefix, *quiet, *command], check=False, stdin=subprocess.DEVNULL)


def main(libraries: Sequence[Library] = LIBRARIES) -> int:
    """Return 0 when all libraries open, if need be after installing them, and else 1 with the advice printed."""
    lacking = missing(libraries)
    prefix = privilege(os.environ, os.geteuid()) if lacking else None
    if prefix is not None:
        install(prefix, update=lists_are_old(LISTS, time.time()))
        lacking = missing(libraries)
    if lacking:
        print(f"hitoe: cannot open: {', '.join(lacking)}", ADVICE, sep="\n", file=sys.stderr)
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
