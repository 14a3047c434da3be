"""Where hitoe keeps what comes with it."""

from pathlib import Path


def folder() -> Path:
    """Return the templates folder: inside the installed package, else that of the source tree."""
    package = Path(__file__).resolve().parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent.parent / "templates"


def source(name: str) -> str:
    """Return a file of the templates folder as it is, a style sheet for instance."""
    return (folder() / name).read_text("utf-8")
