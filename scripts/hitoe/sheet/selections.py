"""What of the notes is on a sheet: everything, the items marked `key: true`, one topic, or one week."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hitoe.model.project import Project
from hitoe.schema import Week
from hitoe.sheet.layout.blocks import Wanted, everything
from hitoe.typography.page_geometry import Geometry

WHOLE, DIGEST, PART = "whole", "digest", "topic"
ENDS = {"colour": "", "red": "-red", "mask": "-mask", "worksheet": "-worksheet"}
"""What follows a sheet's name in the name of an edition's file."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A sheet: what kind it is, which items it has, on which paper, and by edition how its files' names end."""

    kind: str
    wanted: Wanted
    geometry: Geometry
    files: Mapping[str, str]


def whole(geometry: Geometry) -> Selection:
    """Return the sheet of everything."""
    files = {edition: f"-sheet{end}" for edition, end in ENDS.items()}
    return Selection(WHOLE, everything, geometry, {**files, "worksheet": "-worksheet"})


def digest(geometry: Geometry) -> Selection:
    """Return the page of what is marked as key."""
    one = replace(geometry, pages=1)
    return Selection(
        DIGEST, lambda _placed, item: item.key, one, {edition: f"-digest{end}" for edition, end in ENDS.items()}
    )


def topic(key: str, geometry: Geometry) -> Selection:
    """Return the sheet of one topic."""
    # A topic called mask has another name than an edition.
    name = f"-sheet-topic-{key}" if f"-{key.casefold()}" in ENDS.values() else f"-sheet-{key}"
    files = {edition: f"{name}{end}" for edition, end in ENDS.items()}
    return Selection(PART, lambda placed, _item: placed.topic_key == key, replace(geometry, pages=None), files)


def week(chosen: Week, geometry: Geometry) -> Selection:
    """Return the sheet of what was learned in a week."""
    files = {edition: f"-week-{chosen}{end}" for edition, end in ENDS.items()}
    return Selection(PART, lambda placed, _item: placed.entry.learned == chosen, replace(geometry, pages=None), files)


def of(project: Project, geometry: Geometry, only: str | Week | None) -> list[Selection]:
    """Return the sheet of a topic, by its key, or of a week; where there is neither, those of the whole project."""
    if only is not None:
        return [topic(only, geometry) if isinstance(only, str) else week(only, geometry)]
    marked = any(placed.item.on_sheet and placed.item.key for placed in project.live_items())
    return [whole(geometry), *([digest(geometry)] if marked else [])]
