"""Makes the files of a project out of an Anki package."""

from pathlib import Path

from hitoe.importing import anki_file, media_files, template_reading
from hitoe.importing.anki_file import ForeignNote
from hitoe.importing.imported_project import Imported, Target, of_notes
from hitoe.importing.losses import Losses
from hitoe.messages import say


def read(path: Path, target: Target) -> Imported:
    """Return what a package becomes; raises CollectionError if it cannot be read."""
    notes, losses = anki_file.read(path, target.scratch), Losses()
    with media_files.open_package(path) as package:
        files = media_files.PackageFiles(package)
        imported = of_notes(path.stem, target, notes, losses, files.content)
    _tell_of_types(notes, losses)
    if studied := sum(note.studied for note in notes):
        losses.tell_of_all(
            say(
                "{studied} notes were studied: their reviews stay in Anki, and the new cards have none", studied=studied
            )
        )
    files.tell_of_unused(losses)
    return imported


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
            say(
                "note type '{name}' ({count} notes): each is a fact, asked '{question}', answered '{backs}'; "
                "its other fields are in `extra`",
                name=type_.name,
                count=len(own),
                question=recipe.fronts[0],
                backs=recipe.backs[0],
            )
        )
        for ord_ in range(1, len(type_.templates)):
            cards = sum(ord_ in note.ords for note in own)
            if cards and not (recipe.mirrored and ord_ == 1):
                name = type_.templates[ord_].name
                losses.tell_of_all(
                    say(
                        "note type '{name}': {cards} cards of '{template}' were not carried over",
                        name=type_.name,
                        cards=cards,
                        template=name,
                    )
                )
