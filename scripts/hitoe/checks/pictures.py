"""Checks of the files that notes name."""

from collections.abc import Iterator

from hitoe.problems import Problem
from hitoe.project import CONTENT, Project

KNOWN = (".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif")


def inside_project(project: Project) -> Iterator[Problem]:
    """A picture is a file of the content folder."""
    home = (project.root / CONTENT).resolve()
    for placed in project.entries():
        for key, item in placed.entry.items.items():
            if item.image is None:
                continue
            at = project.at(placed.file, *placed.loc, "items", key, "image", "file")
            try:
                path = (home / item.image.file).resolve()
                there = path.is_file()
            except (OSError, RuntimeError):  # a name too long, links in a ring
                path, there = home, False
            if not path.is_relative_to(home):
                yield Problem(at, f"'{item.image.file}' leads out of content/: copy the picture into content/images/")
            elif not there:
                yield Problem(at, f"no picture '{item.image.file}' in content/: add it or mend the name")
            elif path.suffix.lower() not in KNOWN:
                yield Problem(at, f"'{item.image.file}' is no picture: use {', '.join(KNOWN)}")
