"""Pictures that cannot be printed are told before a sheet is laid out: what takes too long, or would lack something.

Those that may take long are drawn alone, in another process. How long depends on the machine, so it is remembered only
that one was drawn.
"""

import logging
import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from hitoe import workers, writing
from hitoe.kinds import picture_file
from hitoe.messages import say
from hitoe.model.project import CONTENT, PlacedEntry, Project
from hitoe.problems import InputError, Position, PrintError, Problem
from hitoe.sheet.author_errors import pictures
from hitoe.sheet.cache import Cache
from hitoe.sheet.pdf import render, weasyprint
from hitoe.sheet.pdf.render import Volume
from hitoe.templating import Templates

SECONDS, MEMORY = 10, 1_500_000_000
"""What drawing a picture may take: seconds of a processor, and bytes."""
OF_STYLES = re.compile(r"(?:SVG|'@font-face') rule\b|^Font-face |^blocked: ")
"""Of a warning about a style sheet within a picture, which does not say of which picture."""
SWITCH, HTML = (f"{{http://www.w3.org/2000/svg}}{name}" for name in ("switch", "foreignObject"))
SHOWN = {
    f"{{http://www.w3.org/1999/xhtml}}{name}" for name in ("canvas", "hr", "iframe", "img", "input", "object", "video")
}
"""Elements of HTML that show something without words."""


def refuse(project: Project, entries: Iterable[PlacedEntry], memory: Cache) -> None:
    """Draw the pictures of some entries that are not light, and raise InputError about those that cannot be printed.

    What `memory` has of an earlier build is not drawn again.
    """
    content = project.root / CONTENT
    places = _places(project, entries)
    if lacking := [Problem(at, _lacking(file)) for file, at in places.items() if _has_html(content / file)]:
        raise InputError(lacking)
    heavy = [file for file in places if (content / file).is_file() and not picture_file.is_light(content / file)]
    keys = {file: memory.key("drawn", (content / file).read_bytes()) for file in heavy}
    new = [file for file in heavy if memory.get(keys[file]) is not True]
    if not new:
        return
    template = partial(Templates("sheet", project.deck.language).render, "sheet/one_picture.html.j2", deck=project.deck)
    volumes = [Volume(content, memory.folder, template(address=quote(file))) for file in new]
    prepare = partial(weasyprint.prepare, content, memory.folder)
    drawn = workers.limited(_trouble, volumes, SECONDS, MEMORY, prepare)
    problems = []
    for file, trouble in zip(new, drawn, strict=True):
        if trouble == "":
            memory.put(keys[file], True)
        else:
            problems.append(Problem(places[file], _unstyled(file, trouble) if trouble else _too_heavy(file)))
    writing.remove_folders(memory.folder)  # the other process had to be ended
    if problems:
        raise InputError(problems)


def _places(project: Project, entries: Iterable[PlacedEntry]) -> dict[str, Position]:
    """Return the pictures that are printed with entries, each with its first place."""
    found: dict[str, Position] = {}
    for placed in entries:
        for key, item in placed.live_items.items():
            for file, loc in pictures(item, [*item.texts(), *item.exam_texts()]):
                found.setdefault(file, project.at(placed.file, *placed.loc, "items", key, *loc))
    return found


def _too_heavy(file: str) -> str:
    return say(
        "'{file}' takes more than {seconds} s or {memory:g} GB to draw: save it simpler, or as a smaller PNG",
        file=file,
        seconds=SECONDS,
        memory=MEMORY / 1e9,
    )


def _unstyled(file: str, warning: str) -> str:
    return say(
        "the style sheet in '{file}' cannot be read ({warning}): save it anew, or as PNG", file=file, warning=warning
    )


def _lacking(file: str) -> str:
    return say(
        "'{file}' has parts in HTML (<foreignObject>), which are not printed: save it with plain text "
        "(in Mermaid `htmlLabels: false`), or as PNG",
        file=file,
    )


def _has_html(path: Path) -> bool:
    """Whether a picture shows HTML, which WeasyPrint leaves out, and nothing in its place."""
    content = path.read_bytes() if path.suffix.lower() == ".svg" and path.is_file() else b""
    return b"foreignObject" in content and _shows_html(ElementTree.fromstring(content))


def _shows_html(node: Any) -> bool:
    if node.tag == HTML:
        return any(text.strip() for text in node.itertext()) or any(inner.tag in SHOWN for inner in node.iter())
    return node.tag != SWITCH and any(map(_shows_html, node))


def _trouble(volume: Volume) -> str | None:
    """Draw a picture, and return what WeasyPrint says of its style sheet; None if there was no memory for it.

    Other trouble is told when the sheet is drawn.
    """
    # WeasyPrint catches whatever happens, and tells the cause on level DEBUG only.
    logging.getLogger("weasyprint").setLevel(logging.DEBUG)
    with weasyprint.logged(logging.DEBUG) as records:
        try:
            render.laid_out(volume)
        except MemoryError:
            return None
        except Exception as error:
            if any(each.exc_info and isinstance(each.exc_info[1], MemoryError) for each in records):
                return None
            return str(error) if isinstance(error, PrintError) and OF_STYLES.search(str(error)) else ""
    return ""
