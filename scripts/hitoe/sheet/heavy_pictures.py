"""Pictures that take too long to draw are told before a sheet is laid out: each is drawn alone, in another process.

How long a picture takes depends on the machine, so it is remembered only that one was drawn.
"""

import logging
from collections.abc import Iterable
from functools import partial
from urllib.parse import quote

from hitoe import workers, writing
from hitoe.kinds import picture_file
from hitoe.messages import say
from hitoe.model.project import CONTENT, PlacedEntry, Project
from hitoe.problems import InputError, Position, Problem
from hitoe.sheet.author_errors import pictures
from hitoe.sheet.cache import Cache
from hitoe.sheet.pdf import render, weasyprint
from hitoe.sheet.pdf.render import Volume
from hitoe.templating import Templates

SECONDS, MEMORY = 10, 1_500_000_000
"""What drawing a picture may take: seconds of a processor, and bytes."""


def refuse(project: Project, entries: Iterable[PlacedEntry], memory: Cache) -> None:
    """Draw the pictures of some entries that are not light, and raise InputError about those that take too much.

    What `memory` has of an earlier build is not drawn again.
    """
    content = project.root / CONTENT
    places = _places(project, entries)
    heavy = [file for file in places if (content / file).is_file() and not picture_file.is_light(content / file)]
    keys = {file: memory.key("drawn", (content / file).read_bytes()) for file in heavy}
    new = [file for file in heavy if memory.get(keys[file]) is not True]
    if not new:
        return
    template = partial(Templates("sheet", project.deck.language).render, "sheet/one_picture.html.j2", deck=project.deck)
    volumes = [Volume(content, memory.folder, template(address=quote(file))) for file in new]
    prepare = partial(weasyprint.prepare, content, memory.folder)
    drawn = workers.limited(_is_drawn, volumes, SECONDS, MEMORY, prepare)
    good = {file for file, done in zip(new, drawn, strict=True) if done}
    writing.remove_folders(memory.folder)  # the other process had to be ended
    for file in good:
        memory.put(keys[file], True)
    if problems := [Problem(places[file], _too_heavy(file)) for file in new if file not in good]:
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


def _is_drawn(volume: Volume) -> bool:
    """Draw a picture, and return whether there was memory for it; other trouble is told when the sheet is drawn."""
    # WeasyPrint catches whatever happens, and tells the cause on level DEBUG only.
    logging.getLogger("weasyprint").setLevel(logging.DEBUG)
    with weasyprint.logged(logging.DEBUG) as records:
        try:
            render.laid_out(volume)
        except MemoryError:
            return False
        except Exception:
            return not any(each.exc_info and isinstance(each.exc_info[1], MemoryError) for each in records)
    return True
