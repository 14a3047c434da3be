"""Pictures of which regions are asked."""

from typing import ClassVar

from hitoe.schema.common import Image, Item, Kept
from hitoe.schema.scalars import Key, Literal, Number, Prose


class Region(Kept):
    """A part of a picture: per cent of its width and height from the top left corner, or an element of an SVG."""

    label: Prose
    left: Number | None = None
    top: Number | None = None
    width: Number | None = None
    height: Number | None = None
    element: Literal | None = None


class Picture(Item):
    """A picture; one card for each region, which is covered until the answer is shown."""

    kind: ClassVar[str] = "picture"
    picture: Prose
    image: Image
    regions: dict[Key, Region]

    @property
    def live_regions(self) -> dict[str, Region]:
        """The regions that are not retired, by key."""
        return {key: region for key, region in self.regions.items() if not region.retired}
