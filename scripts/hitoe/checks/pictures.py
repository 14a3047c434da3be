"""Checks of the files that notes name."""

from collections.abc import Iterator
from pathlib import Path

from hitoe.model.project import CONTENT, DECK_FILE, Project
from hitoe.problems import Problem
from hitoe.schema import Picture
from hitoe.schema.picture_regions import AreaError

KNOWN = (".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif")


def inside_project(project: Project) -> Iterator[Problem]:
    """A picture is a file of the content folder."""
    home = (project.root / CONTENT).resolve()
    series = project.deck.series
    if series and series.hero_image and (wrong := _wrong(home, series.hero_image.file)):
        yield Problem(project.at(DECK_FILE, "series", "hero_image", "file"), wrong)
    for placed in project.entries():
        for key, item in placed.entry.items.items():
            if item.image is not None and (wrong := _wrong(home, item.image.file)):
                yield Problem(project.at(placed.file, *placed.loc, "items", key, "image", "file"), wrong)


def regions_found(project: Project) -> Iterator[Problem]:
    """A picture that is asked has regions, and each lies in it."""
    home = (project.root / CONTENT).resolve()
    for placed in project.entries():
        for key, item in placed.entry.items.items():
            loc = (*placed.loc, "items", key)
            if not isinstance(item, Picture) or _wrong(home, item.image.file):
                continue
            if not item.regions:
                yield Problem(project.at(placed.file, *loc, "regions"), "a picture without regions: add one at least")
            for name, region in item.regions.items():
                try:
                    region.area(home / item.image.file)
                except AreaError as error:
                    yield Problem(project.at(placed.file, *loc, "regions", name), str(error))


def _wrong(home: Path, name: str) -> str | None:
    """Return what is wrong with the file that a note names; None when nothing is."""
    try:
        path = (home / name).resolve()
        there = path.is_file()
    except (OSError, RuntimeError):  # a name too long, links in a ring
        path, there = home, False
    if not path.is_relative_to(home):
        return f"'{name}' leads out of content/: copy the picture into content/images/"
    if not there:
        return f"no picture '{name}' in content/: add it or mend the name"
    if path.suffix.lower() not in KNOWN:
        return f"'{name}' is no picture: use {', '.join(KNOWN)}"
    return None
