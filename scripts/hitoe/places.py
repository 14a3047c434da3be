"""Where hitoe keeps what comes with it."""

from pathlib import Path


def folder() -> Path:
    """Return the templates folder: inside the installed package, else that of the source tree."""
    package = Path(__file__).resolve().parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent.parent / "templates"
