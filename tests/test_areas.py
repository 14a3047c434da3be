"""Regions of pictures: where they lie, and what an author is told when they cannot be found."""

from decimal import Decimal
from pathlib import Path

import pytest
from hitoe.kinds.picture_regions import Area, AreaError, from_percent, of_element

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="10 20 200 100">'


def picture(folder: Path, body: str, head: str = HEAD) -> Path:
    path = folder / "x.svg"
    path.write_text(f"{head}{body}</svg>", "utf-8")
    return path


@pytest.mark.parametrize(
    ("shape", "area"),
    [
        ('<rect id="a" x="30" y="40" width="100" height="25"/>', Area(0.1, 0.2, 0.5, 0.25)),
        ('<circle id="a" cx="110" cy="70" r="50"/>', Area(0.25, 0.0, 0.5, 1.0)),
        ('<g><ellipse id="a" cx="110" cy="70" rx="100" ry="50"/></g>', Area(0.0, 0.0, 1.0, 1.0)),
    ],
)
def test_an_element_lies_where_its_numbers_say(tmp_path: Path, shape: str, area: Area) -> None:
    assert of_element(picture(tmp_path, shape), "a") == area


@pytest.mark.parametrize(
    ("body", "head", "message"),
    [
        ('<rect id="b" width="1" height="1"/>', HEAD, "'x.svg' has no element with the id 'a': mend the id"),
        ('<path id="a" d="M0 0"/>', HEAD, "'a' is no plain rect, circle or ellipse: give left, top"),
        ('<g transform="scale(2)"><rect id="a" width="1" height="1"/></g>', HEAD, "'a' is no plain rect"),
        ('<rect id="a" width="50%" height="1"/>', HEAD, "'a' in 'x.svg' has no numbers to go by: add a viewBox"),
        ('<rect id="a" width="1" height="1"/>', '<svg xmlns="http://www.w3.org/2000/svg">', "has no numbers to go by"),
        ('<rect id="a" x="0" y="20" width="50" height="9"/>', HEAD, "the region reaches out of the picture"),
        ("<rect", HEAD, "'x.svg' is not an SVG: give left"),
        ('<rect id="a" x="5mm" width="1" height="1"/>', HEAD, "'a' in 'x.svg' has no numbers to go by"),
        ('<rect id="a" width="nan" height="1"/>', HEAD, "'a' in 'x.svg' has no numbers to go by"),
        ('<rect id="a" width="1" height="1"/>', HEAD.replace("200 100", "0 0"), "'a' in 'x.svg' has no numbers"),
        ('<rect id="a"/>', f'<?xml version="1.0" encoding="Shift_JIS"?>{HEAD}', "'x.svg' is not an SVG: give left"),
    ],
)
def test_an_element_that_cannot_be_placed_is_told(tmp_path: Path, body: str, head: str, message: str) -> None:
    with pytest.raises(AreaError) as told:
        of_element(picture(tmp_path, body, head), "a")
    assert message in str(told.value)


def test_per_cent_become_fractions() -> None:
    assert from_percent(Decimal(5), Decimal(10), Decimal(20), Decimal("12.5")) == Area(0.05, 0.1, 0.2, 0.125)


@pytest.mark.parametrize("sides", [(90, 0, 20, 10), (0, 95, 10, 10), (-1, 0, 10, 10)])
def test_per_cent_beyond_the_picture_are_told(sides: tuple[int, int, int, int]) -> None:
    with pytest.raises(AreaError, match="reaches out of the picture"):
        from_percent(*map(Decimal, sides))


def test_an_empty_region_is_told() -> None:
    with pytest.raises(AreaError, match="empty"):
        from_percent(Decimal(0), Decimal(0), Decimal(0), Decimal(5))
