"""Pictures of which regions are asked."""

from pathlib import Path
from typing import ClassVar

from hitoe.schema.common import Image, Item, Kept
from hitoe.schema.picture_regions import Area, AreaError, from_percent, of_element
from hitoe.schema.scalars import Key, Literal, Number, Prose


class Region(Kept):
    """A part of a picture: per cent of its width and height from the top left corner, or an element of an SVG."""

    label: Prose
    left: Number | None = None
    top: Number | None = None
    width: Number | None = None
    height: Number | None = None
    element: Literal | None = None

    def area(self, picture: Path) -> Area:
        """Return where the region lies in the picture.

        Raises:
            AreaError: it cannot be found there.
        """
        sides = (self.left, self.top, self.width, self.height)
        left, top, width, height = sides
        if self.element is not None and sides == (None,) * 4:
            return of_element(picture, self.element)
        if self.element is not None or left is None or top is None or width is None or height is None:
            raise AreaError("a region needs left, top, width and height in per cent, or the id of an SVG's element")
        return from_percent(left, top, width, height)


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
