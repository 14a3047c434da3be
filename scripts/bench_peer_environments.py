"""Puts each program that hitoe is compared with into an environment of its own, in build/peers/."""

import shutil
import subprocess
import sys
from pathlib import Path

PLACE = Path(__file__).resolve().parent.parent / "build" / "peers"


class NotInstalledError(Exception):
    """A program cannot be had on this machine; says why in a sentence."""


def folder_of_commands(package: str, python: str = "") -> Path:
    """Return the folder with the commands of a package's environment, which is made if it is not there.

    Raises NotInstalledError if no Python as new as `python` ("3.13") runs, or pip cannot install the package.
    """
    place = PLACE / package
    commands = place / "bin"
    if (place / "installed").exists():
        return commands
    interpreter = _interpreter(python)
    if interpreter is None:
        raise NotInstalledError(f"{package} needs Python {python}, which is not found here")
    if subprocess.run([interpreter, "-m", "venv", "--clear", str(place)], check=False).returncode:
        raise NotInstalledError(f"{interpreter} makes no environment for {package}")
    pip = [str(commands / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package]
    done = subprocess.run(pip, check=False, capture_output=True, text=True)
    if done.returncode:
        raise NotInstalledError(f"pip cannot install {package}")
    (place / "installed").touch()
    return commands


def version(package: str) -> str:
    """Return the version of a package that is installed, with that of its environment's Python."""
    asks = f"import sys, importlib.metadata as m; print(m.version({package!r}), 'Python %d.%d' % sys.version_info[:2])"
    command = [str(PLACE / package / "bin" / "python"), "-c", asks]
    number, python = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip().split(" ", 1)
    return f"{package} {number} ({python})"


def _interpreter(python: str) -> str | None:
    if not python or sys.version_info[:2] >= tuple(map(int, python.split("."))):
        return sys.executable
    return shutil.which(f"python{python}")
