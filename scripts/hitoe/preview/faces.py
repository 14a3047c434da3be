"""One side of a card as a page of its own, with everything in it: nothing is requested by a card."""

import base64
import mimetypes
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote

from markupsafe import Markup

from hitoe import formulas
from hitoe.deck import Note
from hitoe.deck.note_types import CLOZE
from hitoe.deck.notes import SEPARATOR
from hitoe.model.project import CONTENT
from hitoe.preview.anki_fields import Audible, Card, Face, PlayedSound, stripped
from hitoe.preview.cloze_fields import MATHJAX, to_type
from hitoe.resources import source
from hitoe.templating import Templates
from hitoe.values.language import Language

TYPED = re.compile(r"\[\[type:((?:\w+:)*)([^\]]+)\]\]")
NAMED = re.compile(r"""(\bsrc=|\burl\()(?:"([^"]*)"|'([^']*)'|([^\s"'>)]+))""")
PLAYED = re.compile(r"\[anki:play:[qa]:(\d+)\]")

Model = Mapping[str, Any]
"""A note type as Anki's JSON."""


@dataclass(frozen=True, slots=True)
class Look:
    """Which side of a card is shown, and how: `night` colours, and whether the screen is that of a `phone`.

    `language` is the tag of the deck's language, for those who hear the card.
    """

    back: bool = False
    night: bool = False
    phone: bool = False
    language: str = ""


def macro(name: str, *values: Any) -> str:
    """Return what a macro of `preview/anki.html.j2` prints."""
    return _printing().call("preview/anki.html.j2", name, *values)


@lru_cache(maxsize=1)
def _printing() -> Templates:
    return Templates("page", Language("en"))


def faces(note: Note, number: int, model: Model) -> tuple[Face, Face]:
    """Return front and back of a note's card as Anki renders them; `number` is the card's ord."""
    template = model["tmpls"][0 if model["type"] == CLOZE else number]
    fields = {field["name"]: text for field, text in zip(model["flds"], note.text.split(SEPARATOR), strict=True)}
    special = {"Tags": " ".join(note.tags), "Card": template["name"], "Type": model["name"]}
    return Card(fields, number, macro, special).faces(template["qfmt"], template["afmt"])


def document(note: Note, number: int, model: Model, look: Look, root: Path) -> str:
    """Return the page of one side; `root` is the project's folder."""
    face = faces(note, number, model)[look.back]
    files = {name: _data(root / CONTENT, file) for name, file in note.media}
    html = TYPED.sub(lambda found: _typed(found, note, number, model, look), face.html)
    html = PLAYED.sub(lambda found: _played(face.audible[int(found[1])], files), html)
    html = MATHJAX.sub(lambda found: _formula(found[0]), html)
    return _printing().render(
        "preview/face.html.j2",
        body=Markup(_embedded(html, files)),
        css=Markup(source("preview/face.css") + _embedded(model["css"], files)),
        script=Markup(source("preview/face.js")),
        look=look,
        number=number + 1,
    )


def _embedded(text: str, files: Mapping[str, str]) -> str:
    """Put files, as addresses that hold their bytes, where HTML or CSS names them."""

    def address(found: re.Match[str]) -> str:
        name = normalize("NFC", unquote(unescape(next(filter(None, found.groups()[1:]), ""))))
        return f'{found[1]}"{files[name]}"' if files.get(name) else found[0]

    return NAMED.sub(address, text)


def _typed(found: re.Match[str], note: Note, number: int, model: Model, look: Look) -> str:
    if not look.back:
        return macro("input")
    names = [field["name"] for field in model["flds"]]
    text = note.text.split(SEPARATOR)[names.index(found[2])] if found[2] in names else ""
    return macro("expected", stripped(to_type(text, number + 1) if "cloze:" in found[1] else text))


def _played(heard: Audible, files: Mapping[str, str]) -> str:
    if isinstance(heard, PlayedSound):
        return macro("sound", files.get(heard.file, ""))
    return macro("speech", heard.language.replace("_", "-"), heard.words)


def _formula(found: str) -> str:
    """Return a formula in MathML; as it stands if it can only be read without what hides a part of it."""
    try:
        return formulas.markup(unescape(found[2:-2]).strip(), found.startswith(r"\["))
    except formulas.TexError:
        return found


def _data(content: Path, file: str) -> str:
    """Return a media file as an address that holds its bytes; empty if it is gone, or not in the folder."""
    path, kind = Path(os.path.realpath(content / file)), mimetypes.guess_type(file)[0] or "application/octet-stream"
    if not (path.is_relative_to(content.resolve()) and path.is_file()):
        return ""
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
