"""Makes the files of a project out of an Anki package."""

import re
from dataclasses import dataclass
from pathlib import Path

from hitoe.importing import anki_file, media_files, template_reading, topics
from hitoe.importing.anki_file import ForeignNote
from hitoe.importing.items import Converter
from hitoe.importing.losses import Losses

MATHS = re.compile(r"\\\(|\\\[|\[latex\]|\[\$|<anki-mathjax", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Imported:
    """Texts of new files by name, the folder that holds pictures and sounds, counts of items, and what got lost."""

    files: dict[str, str]
    media: Path | None
    items: int
    losses: Losses


def read(path: Path, root: Path, scratch: Path) -> Imported:
    """Return what a package becomes in the project at `root`; only `scratch`, an empty folder, is written to."""
    notes = anki_file.read(path, scratch)
    known, losses = topics.existing(root), Losses()
    math = known.math or (not known.deck and any(map(_has_formula, notes)))
    with media_files.open_package(path) as package:
        media = media_files.PackageMedia(package, root / topics.CONTENT, scratch / topics.CONTENT)
        converter = Converter(math=math, bare=known.bare or not known.deck, media=media.take, losses=losses)
        items = [item for note in notes if (item := converter.item(note))]
        unused = media.unused
    _tell_of_types(notes, losses)
    if unused:
        losses.tell_of_all(f"{unused} files of the package that no note shows were not copied")
    levels = topics.common_root({item.deck for item in items}) if items else []
    name = "::".join(levels) or path.stem
    files = {} if known.deck else topics.project_files(name, items, math=math)
    files |= topics.topic_files(path.stem, items, known)
    return Imported(files, scratch / topics.CONTENT, len(items), losses)


def _has_formula(note: ForeignNote) -> bool:
    return any(MATHS.search(value) for value in note.values.values())


def _tell_of_types(notes: list[ForeignNote], losses: Losses) -> None:
    """Tell of note types whose cards look otherwise: they show more fields, or there are more of them."""
    by_type: dict[int, list[ForeignNote]] = {}
    for note in notes:
        by_type.setdefault(id(note.type), []).append(note)
    for own in by_type.values():
        type_ = own[0].type
        recipe = template_reading.recipe(type_)
        if type_.cloze or type_.occlusion or recipe.faithful:
            continue
        losses.tell_of_all(
            f"note type '{type_.name}' ({len(own)} notes): each is a fact, asked '{recipe.fronts[0]}', "
            f"answered '{recipe.backs[0]}'; its other fields are in `extra`"
        )
        for ord_ in range(1, len(type_.templates)):
            cards = sum(ord_ in note.ords for note in own)
            if cards and not (recipe.mirrored and ord_ == 1):
                name = type_.templates[ord_].name
                losses.tell_of_all(f"note type '{type_.name}': {cards} cards of '{name}' were not carried over")
