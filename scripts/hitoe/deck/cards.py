"""From items to notes: which cards an item makes, and what stands on them."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from hitoe import figures
from hitoe.deck.escaping import composed, tag, written
from hitoe.deck.notes import Note
from hitoe.deck.parts import PARTS, Part, Tools
from hitoe.model import identity
from hitoe.model.project import CONTENT, PlacedEntry, Project
from hitoe.schema import Item
from hitoe.templating import Templates

READING = re.compile(r"\s*([\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffffヶ]+)\[([^\[\]]+)\]")
"""Kanji and their reading in brackets."""


def templates(language: str) -> Templates:
    """Return the templates that print fields."""
    return Templates("card", language, written=written, literal=written)


def notes(project: Project, print_: Templates, *, unasked: bool = True) -> Iterator[Note]:
    """Yield a note for everything that can be asked, in the order of the source; `unasked` ones have no cards."""
    tools = Tools(print_, project.root / CONTENT, unasked)
    for placed in project.entries():
        context = _context(placed, print_)
        for key, item in placed.entry.items.items():
            path = identity.item_path(placed, key, item)
            common, media = _common(project.root, item, print_)
            tags = _tags(placed, item)
            for part in PARTS[type(item)](item, path, tools):
                retired = placed.entry.retired or item.retired or part.retired
                fields = {"Id": f"{project.deck.key}/{part.path}", **context, **common, **part.fields}
                fields |= _opted(item, part) | ({"Retired": print_.word("retired_note")} if retired else {})
                note = Note(
                    guid=identity.guid(project.deck.key, part.path),
                    path=part.path,
                    file=placed.file,
                    topic=placed.topic_key,
                    type=part.type,
                    tags=tuple(sorted({*tags, tag(print_.word("retired"))})) if retired else tags,
                    ords=part.ords,
                    retired=retired,
                    retired_ords=part.retired_ords,
                    loc=(*placed.loc, "items", key),
                    apart=part.apart,
                    media=media,
                )
                yield note.with_fields({name: composed(value) for name, value in fields.items()}, part.ords)


def _context(placed: PlacedEntry, print_: Templates) -> dict[str, str]:
    fields = {"Entry": print_.prose(placed.entry.title)}
    if placed.entry.sources:
        fields["Source"] = print_.call("cards/back.html.j2", "sources", placed.entry.sources)
    return fields


def _common(root: Path, item: Item, print_: Templates) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    fields = {name: print_.prose(text) for name, text in (("ヒント", item.hint), ("Extra", item.extra)) if text}
    if item.figure:
        drawing = figures.draw(item.figure, figures.SCREEN)
        fields["Extra1"] = print_.call("figures/figure.svg.j2", "captioned", item.figure, drawing)
    if item.image is None:
        return fields, ()
    path = root / CONTENT / item.image.file
    # Anki never overwrites a media file, so other bytes need another name.
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    name = f"hitoe-{digest}{path.suffix.lower()}"
    fields["Image"] = print_.call("cards/back.html.j2", "image", name, item.image.alt.plain)
    return fields, ((name, item.image.file),)


def _opted(item: Item, part: Part) -> dict[str, str]:
    """Return the fields that an author asks for item by item: those that switch on typing and speech, and readings."""
    sides = {"": ("Question", "Answer"), "Reverse": ("Reverse", "ReverseAnswer")}
    fields: dict[str, str] = {}
    if part.type == "cloze":
        fields |= {"Typed": "1"} if item.typed else {}
        fields |= {"Speech": "1"} if item.speak else {}
    else:
        for side, (question, answer) in sides.items():
            fields |= {f"{side}Typed": part.fields[answer]} if item.typed and answer in part.fields else {}
            fields |= {f"{side}Speech": part.fields[question]} if item.speak and question in part.fields else {}
    if item.reading:
        # Anki takes all since the last half-width space for the word under a reading.
        fields["Reading"] = written(READING.sub(r" \1[\2]", item.reading).strip())
    return fields


def _tags(placed: PlacedEntry, item: Item) -> tuple[str, ...]:
    entry = placed.entry
    tags = [f"topic::{placed.topic_key}", f"kind::{item.kind}"]
    if entry.learned:
        tags.append(f"week::{entry.learned.week}")
    if entry.domain:
        tags.append(f"domain::{entry.domain}")
    tags += [tag(words) for words in (*entry.tags, *item.tags)]
    return tuple(sorted(set(tags)))
