"""The configuration of Fontconfig, which Pango asks for fonts: the vendored ones and the project's, and no others."""

import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from hitoe import resources
from hitoe.templating import Templates
from hitoe.typography import fonts, own_fonts
from hitoe.typography.own_fonts import OwnFonts
from hitoe.values.language import Language
from hitoe.writing import write

SHEET, SUMS = "Sheet", "SHA256SUMS"
NAMED = re.compile(f'"{SHEET}"|\\b{SHEET}(?=;)')
"""How style sheets name the vendored families."""


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
    values = {"folders": folders, "cache": known, "fallbacks": fonts.FALLBACKS}
    write(conf, Templates("page", Language("en")).render("sheet/fonts.conf.j2", **values).encode())
    return conf


def with_own(styles: str, own: Sequence[str], *, first: bool) -> str:
    """Return style sheets in which the project's families stand beside the vendored ones, first or last."""
    names = [*own, SHEET] if first else [SHEET, *own]
    families = ",".join(f'"{name}"' for name in names)  # in drawings WeasyPrint takes spaces for parts of names
    return NAMED.sub(families, styles) if own else styles
