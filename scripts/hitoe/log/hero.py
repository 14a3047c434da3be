"""The picture at the head of every post."""

import base64
import re
from dataclasses import dataclass
from pathlib import Path

from hitoe.model.project import CONTENT
from hitoe.schema import Series

PLAIN = ":plain"
FOTOLIFE = re.compile(r"f:id:(?P<user>(?P<first>[\w-])[\w-]*):(?P<stamp>(?P<day>[0-9]{8})[0-9]{6})(?P<type>[pjg])")
ENDINGS = {"p": "png", "j": "jpg", "g": "gif"}
MEDIA_TYPES = {"jpg": "jpeg", "svg": "svg+xml"}


@dataclass(frozen=True, slots=True)
class Hero:
    """A picture: as the blog service names it, where it is on the web, its bytes as an address, and its words."""

    name: str | None
    address: str | None
    data: str | None
    alt: str


def of(series: Series | None, root: Path) -> Hero | None:
    """Return the picture of a series, if it has one."""
    if series is None or not (series.hero or series.hero_image):
        return None
    name = series.hero.removesuffix(PLAIN) if series.hero else None
    image = series.hero_image
    data = _data(root / CONTENT / image.file) if image else None
    return Hero(name, _address(name) if name else None, data, image.alt.plain if image else "")


def _address(name: str) -> str | None:
    """Return where Hatena Fotolife keeps a picture; None for a name of another make."""
    found = FOTOLIFE.fullmatch(name)
    if found is None:
        return None
    user = f"{found['first']}/{found['user']}"
    return f"https://cdn-ak.f.st-hatena.com/images/fotolife/{user}/{found['day']}/{found['stamp']}.{ENDINGS[found['type']]}"


def _data(path: Path) -> str:
    ending = path.suffix.lower().removeprefix(".")
    return f"data:image/{MEDIA_TYPES.get(ending, ending)};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
