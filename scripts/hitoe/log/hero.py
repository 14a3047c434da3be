"""Pictures in posts: the hero image at the top of each, and how pages hold them."""

import base64
import re
from dataclasses import dataclass
from pathlib import Path

from hitoe.model.project import CONTENT
from hitoe.schema import Series

FOTOLIFE = re.compile(r"f:id:(?P<user>[\w-]+):(?P<stamp>(?P<day>[0-9]{8})[0-9]{6})(?P<type>[pjg])")
ENDINGS = {"p": "png", "j": "jpg", "g": "gif"}
MEDIA_TYPES = {"jpg": "jpeg", "svg": "svg+xml"}


@dataclass(frozen=True, slots=True)
class Hero:
    """A picture by its `name` on Hatena Fotolife, by its web `address` and by its content as a `data:` address.

    Each of the three is None where deck.yaml does not give it; `alt` is the alternative text.
    """

    name: str | None
    address: str | None
    data: str | None
    alt: str


def of(series: Series | None, root: Path) -> Hero | None:
    """Return the hero image of a series, None if it has none. `root` is the project's folder."""
    if series is None or not (series.hero or series.hero_image):
        return None
    # Hatena Blog's editor inserts names with a display option at the end.
    name = series.hero.removesuffix(":plain") if series.hero else None
    image = series.hero_image
    data = embedded(root / CONTENT / image.file) if image else None
    return Hero(name, _address(name) if name else None, data, image.alt.plain if image else "")


def _address(name: str) -> str | None:
    """Return the web address of a picture on Hatena Fotolife; None for a name of another form."""
    found = FOTOLIFE.fullmatch(name)
    if found is None:
        return None
    user, stamp, day, type_ = found.group("user", "stamp", "day", "type")
    return f"https://cdn-ak.f.st-hatena.com/images/fotolife/{user[0]}/{user}/{day}/{stamp}.{ENDINGS[type_]}"


def embedded(path: Path) -> str:
    """Return the content of a picture as a `data:` address, so that a page needs no other file."""
    ending = path.suffix.lower().removeprefix(".")
    return f"data:image/{MEDIA_TYPES.get(ending, ending)};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
