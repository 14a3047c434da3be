"""Finds the templates, style sheets and fonts that come with hitoe."""

from functools import cache
from pathlib import Path


@cache
def folder() -> Path:
    """Return the templates folder: that of the installed package, else that of the source tree."""
    package = Path(__file__).resolve().parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent.parent / "templates"


def source(name: str) -> str:
    """Return the text of a file in the templates folder, such as a style sheet."""
    return (folder() / name).read_text("utf-8")
