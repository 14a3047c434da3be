"""What of the notes is on a sheet: everything, the items marked `key: true`, one topic, or one week."""

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
    """A sheet: what kind it is, which items it has, on which paper, and how its name ends, after the deck's key."""

    kind: str
    wanted: Wanted
    geometry: Geometry
    name: str

    def ending(self, edition: str) -> str:
        """Return what follows the deck's key in the name of an edition; of all of it, the worksheet is called so."""
        return ENDS[edition] if self.kind == WHOLE and edition == "worksheet" else self.name + ENDS[edition]


def whole(geometry: Geometry) -> Selection:
    """Return the sheet of everything."""
    return Selection(WHOLE, everything, geometry, "-sheet")


def of(project: Project, geometry: Geometry, only: str | Week | None) -> list[Selection]:
    """Return the sheet of a topic, by its key, or of a week; where there is neither, those of the whole project."""
    one, any_number = replace(geometry, pages=1), replace(geometry, pages=None)
    if isinstance(only, Week):
        return [Selection(PART, lambda placed, _: placed.entry.learned == only, any_number, f"-week-{only}")]
    if only is not None:
        # A topic called mask has another name than an edition.
        name = f"-sheet-topic-{only}" if f"-{only.casefold()}" in ENDS.values() else f"-sheet-{only}"
        return [Selection(PART, lambda placed, _: placed.topic_key == only, any_number, name)]
    marked = any(placed.item.on_sheet and placed.item.key for placed in project.live_items())
    digest = Selection(DIGEST, lambda _, item: item.key, one, "-digest")
    return [whole(geometry), *([digest] if marked else [])]
