"""Pictures of which regions are asked."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from pydantic import Field

from hitoe.kinds.card_words import CardWords
from hitoe.kinds.item import Identified, Image, Item, ItemPart, Mistake, Texts
from hitoe.kinds.log_note import Display
from hitoe.kinds.picture_regions import Area, AreaError, from_percent, of_element
from hitoe.kinds.question import Covered, Question
from hitoe.messages import say
from hitoe.text import Numbers, Text
from hitoe.values.scalars import Key, Literal, Number, Prose


class Region(Identified):
    """A part of a picture: per cent of its width and height from the top left corner, or an element of an SVG."""

    label: Prose = Field(description=say("the answer"))
    left: Number | None = Field(None, description=say("per cent"))
    top: Number | None = Field(None, description=say("per cent"))
    width: Number | None = Field(None, description=say("per cent"))
    height: Number | None = Field(None, description=say("per cent"))
    element: Literal | None = Field(
        None, description=say("the id of a rect, circle or ellipse of the SVG, instead of the four")
    )

    def area(self, picture: Path) -> Area:
        """Return where the region lies in the picture; raises AreaError if it cannot be found there."""
        match (self.element, self.left, self.top, self.width, self.height):
            case (str(element), None, None, None, None):
                return of_element(picture, element)
            case (None, Decimal() as left, Decimal() as top, Decimal() as width, Decimal() as height):
                return from_percent(left, top, width, height)
        raise AreaError("a region needs left, top, width and height in per cent, or the id of an SVG's element")


class Picture(Item):
    """A picture; one card for each region, which is covered until the answer is shown."""

    kind = "picture"
    study_place = 1
    picture: Prose = Field(description=say("the question that all regions share"))
    image: Image = Field(description=say("the picture"))
    regions: dict[Key, Region] = Field(description=say("its parts that are asked"))

    @property
    def live_regions(self) -> dict[str, Region]:
        """The regions that are not retired, by key."""
        return {key: region for key, region in self.regions.items() if not region.retired}

    def parts(self, path: str) -> Iterator[ItemPart]:
        """Yield the regions."""
        for key, region in self.regions.items():
            own = region.oldest(f"{path}[{key}]")
            yield ItemPart("region", ("regions", key), own, region.was, shape="entry.picture[region]")

    def questions(self, path: str, *, unasked: bool = True) -> Iterator[Question]:
        """Yield a note for each region."""
        for key, region in self.regions.items():
            yield Question(
                path=region.oldest(f"{path}[{key}]"),
                type="picture",
                fields={
                    "Header": self.picture,
                    "Occlusion": Covered(self.image.file, region.area),
                    "Back Extra": region.label,
                },
                retired=region.retired,
                apart=(path,),
            )

    def card_words(self) -> Iterator[CardWords]:
        """Yield the words of each region's card; the key represents what the region shows."""
        for key, region in self.live_regions.items():
            yield CardWords(
                asked=("picture",),
                answered=("regions", key, "label"),
                question=f"{self.picture.plain} {self.image.file} {key}",
                answer=region.label,
                printed=self.picture.plain,
            )

    @property
    def note(self) -> Display | None:
        """What the regions show."""
        items = tuple(region.label.blocks for region in self.live_regions.values())
        return Display(self.picture, Text("", (Numbers(items, 1),))) if items else None

    def areas(self, content: Path) -> list[Area]:
        """Return where the live regions lie."""
        return [region.area(content / self.image.file) for region in self.live_regions.values()]

    def texts(self) -> Texts:
        """Yield the title and what the live regions show."""
        yield ("picture",), self.picture
        for key, region in self.live_regions.items():
            yield ("regions", key, "label"), region.label

    def mistakes(self, content: Path) -> Iterator[Mistake]:
        """There are regions, and each lies in the picture, unless the picture itself is missing."""
        if self.image.fault(content):
            return
        if not self.regions:
            yield Mistake(("regions",), say("a picture without regions: add one at least"))
        for key, region in self.regions.items():
            try:
                region.area(content / self.image.file)
            except AreaError as error:
                yield Mistake(("regions", key), str(error))
