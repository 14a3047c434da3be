"""The configuration of Fontconfig, which Pango asks for fonts: the vendored ones and the project's, and no others."""

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from xml.sax.saxutils import escape

from hitoe import resources
from hitoe.typography import fonts, own_fonts
from hitoe.typography.own_fonts import OwnFonts
from hitoe.writing import write

SHEET, EMOJI, SUMS = "Sheet", "Noto Emoji", "SHA256SUMS"
NAMED = re.compile(f'"{SHEET}"|\\b{SHEET}(?=;)')
"""How style sheets name the vendored families."""
MARKS = ("0x0300", "0x036f")
"""Marks above and below letters, which are left to the first fallback font, for it has all, and all letters."""


def configure(cache: Path, own: OwnFonts) -> Path:
    """Write the configuration and the project's fonts into a folder; return the path of the configuration."""
    folder = cache.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    folders = [resources.folder().resolve() / "fonts"]
    # Fontconfig does not notice that a font file has changed: other fonts have other folders.
    known = folder / f"fontconfig-{sha256((folders[0] / SUMS).read_bytes()).hexdigest()[:16]}"
    if own.files:
        folders.append(folder / f"fonts-{own.digest}")
        own_fonts.write(own, folders[-1])
    for old in {*folder.glob("fonts-*"), *folder.glob("fontconfig*")} - {known, *folders}:
        rmtree(old, ignore_errors=True)
    conf = folder / "fonts.conf"
    write(conf, _text(folders, known).encode())
    return conf


def with_own(styles: str, own: Sequence[str], *, first: bool) -> str:
    """Return style sheets in which the project's families stand beside the vendored ones, first or last."""
    names = [*own, SHEET] if first else [SHEET, *own]
    families = ",".join(f'"{name}"' for name in names)  # in drawings WeasyPrint takes spaces for parts of names
    return NAMED.sub(families, styles) if own else styles


def _text(folders: Iterable[Path], cache: Path) -> str:
    return "\n".join(
        [
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
            "<fontconfig>",
            *(f"<dir>{escape(str(folder))}</dir>" for folder in folders),
            f"<cachedir>{escape(str(cache))}</cachedir>",
            *map(_without_marks, ("Noto Sans JP", "IBM Plex Mono")),
            _replaced(SHEET, "append", fonts.FALLBACKS),
            # Pango asks for a family of this name where it finds emoji.
            _replaced("emoji", "assign", [EMOJI]),
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


def _replaced(family: str, mode: str, others: Iterable[str]) -> str:
    """Return the rule that adds families to one, or assigns them. Pango takes the rules that a process has first."""
    names = "".join(f"<string>{escape(other)}</string>" for other in others)
    edit = f'<edit name="family" mode="{mode}" binding="strong">{names}</edit>'
    return f'<match target="pattern"><test name="family"><string>{family}</string></test>{edit}</match>'
