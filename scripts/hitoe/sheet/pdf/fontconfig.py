"""The configuration of Fontconfig, which Pango asks for fonts: the vendored ones and the project's, and no others."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from hitoe import resources
from hitoe.typography import fonts, own_fonts
from hitoe.typography.own_fonts import OwnFonts

JAPANESE = "ja"
MARKS = ("0x0300", "0x036f")
"""Marks above and below letters, which are left to the first fallback font, for it has all, and all letters."""


def configure(cache: Path, own: OwnFonts) -> Path:
    """Write the configuration and the project's fonts into a folder; return the path of the configuration."""
    folder = cache.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    folders = [resources.folder().resolve() / "fonts"]
    if own.files:
        folders.append(folder / f"fonts-{own.digest}")
        own_fonts.write(own, folders[-1])
    conf = folder / "fonts.conf"
    part = conf.with_suffix(f".{os.getpid()}")
    part.write_text(_text(folders, folder / "fontconfig", own.families), "utf-8")
    part.replace(conf)
    return conf


def _text(folders: Iterable[Path], cache: Path, own: Sequence[str]) -> str:
    """Return the configuration. In Japanese the project's fonts come after the vendored ones, else before them."""
    fallbacks, emoji = list(fonts.FALLBACKS), ["Noto Emoji"]
    return "\n".join(
        [
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
            "<fontconfig>",
            *(f"<dir>{escape(str(folder))}</dir>" for folder in folders),
            f"<cachedir>{escape(str(cache))}</cachedir>",
            *map(_without_marks, ("Noto Sans JP", "IBM Plex Mono")),
            _chain("Sheet", "append", [*fallbacks, *own], "eq") if own else "",
            _chain("Sheet", "append", fallbacks, "not_eq" if own else ""),
            _chain("Sheet", "prepend", own, "not_eq") if own else "",
            # Pango asks for a family of this name where it finds emoji.
            _chain("emoji", "assign", emoji),
            "</fontconfig>\n",
        ]
    )


def _without_marks(family: str) -> str:
    first, last = (f"<int>{point}</int>" for point in MARKS)
    marks = f"<charset><range>{first}{last}</range></charset>"
    return (
        f'<match target="scan"><test name="family"><string>{family}</string></test>'
        f'<edit name="charset" mode="assign"><minus><name>charset</name>{marks}</minus></edit></match>'
    )


def _chain(family: str, mode: str, others: Iterable[str], japanese: str = "") -> str:
    """Return the rule that adds families to one, if the language compares so with Japanese."""
    language = (
        f'<test qual="first" name="lang" compare="{japanese}"><string>{JAPANESE}</string></test>' if japanese else ""
    )
    names = "".join(f"<string>{escape(other)}</string>" for other in others)
    edit = f'<edit name="family" mode="{mode}" binding="strong">{names}</edit>'
    return f'<match target="pattern">{language}<test name="family"><string>{family}</string></test>{edit}</match>'
