"""How the libraries that WeasyPrint needs, and that pip does not install, get onto a machine."""

import ctypes.util
import platform
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from hitoe.messages import say

DEBIAN = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
"""The packages of Debian that have them, or depend on them."""
DEBIANS = f"sudo apt-get install {' '.join(DEBIAN)}"
COMMANDS: Mapping[str, str] = {
    "debian": DEBIANS,
    "ubuntu": DEBIANS,
    "fedora": "sudo dnf install pango harfbuzz",
    "arch": "sudo pacman -S pango",
    "alpine": "sudo apk add pango harfbuzz-subset fontconfig",
    "Darwin": say("brew install pango (if it is not found then, set DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib)"),
    "Windows": say("in MSYS2, pacman -S mingw-w64-ucrt-x86_64-pango"),
}
"""What to do, by the name of the system or of the Linux distribution."""
ELSEWHERE = say("install Pango with HarfBuzz and its subset library, by the system's package manager")


def remedy() -> str:
    """Return what to install on this machine, as a command where one is known."""
    names = [platform.system()]
    if names == ["Linux"]:
        names = _distribution()
    return next((COMMANDS[name] for name in names if name in COMMANDS), ELSEWHERE)


@contextmanager
def known_names() -> Iterator[None]:
    """Let libraries be found by their whole names alone, which WeasyPrint tries after others.

    On Linux ctypes starts the C compiler and the linker to find out what else a library is called, which takes 0.2 s.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _distribution() -> list[str]:
    """Return the names of this Linux, its own first, then those that it is like."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return []
    return [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
