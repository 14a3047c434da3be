"""Note types that a project keeps, the guids of their notes, and the files that their fields name."""

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path

from hitoe.kinds.content_file import file_fault
from hitoe.kinds.kept_type import KeptType
from hitoe.kinds.note import KeptNote
from hitoe.messages import say
from hitoe.model import loader
from hitoe.model.kept_media import media_folder, media_names, of_type
from hitoe.model.project import CONTENT, MEDIA, NOTE_TYPES, PlacedEntry, Project
from hitoe.problems import Problem
from hitoe.source import Document, Loc
from hitoe.text import PICTURES
from hitoe.values.note_type import NoteTypeFile


def note_types(
    root: Path, texts: Mapping[str, bytes]
) -> tuple[dict[str, KeptType], dict[str, Document], list[Problem]]:
    """Return the note types of a project's files by name, the documents by file, and what is wrong in them."""
    types: dict[str, KeptType] = {}
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    ids: dict[int, str] = {}
    shown = lru_cache(maxsize=None)(partial(_is_shown, root))
    for file, text in texts.items():
        if not file.startswith(NOTE_TYPES):
            continue
        document, settings, found = loader.parse(file, text, NoteTypeFile)
        problems += found
        name = file.removeprefix(NOTE_TYPES).removesuffix(".yaml")
        types[name] = KeptType(name, None if found else settings, shown)
        if document:
            documents[file] = document
        if settings and document and (other := ids.setdefault(settings.id, file)) != file:
            message = say("this id is also that of {file}: delete one of the two files", file=other)
            problems.append(Problem(document.at(("id",)), message))
    return types, documents, problems


def _is_shown(root: Path, name: str) -> bool:
    """Return whether a name is that of a picture in the folder of media which can be printed."""
    there = name in media_folder(root) and name.lower().endswith(PICTURES)
    return there and file_fault(f"media/{name}", root / CONTENT, "picture") is None


def guids(placed: PlacedEntry) -> Iterator[tuple[Loc, str]]:
    """Yield the guids that the items of an entry bring with them, with their places."""
    for key, item in placed.entry.items.items():
        if isinstance(item, KeptNote) and item.guid:
            yield (*placed.loc, "items", key, "guid"), item.guid


def files(project: Project) -> list[str]:
    """Return the files of the content folder that the notes of kept note types are shown with."""
    there = media_folder(project.root)
    if not there:
        return []
    notes = [placed.item for placed in project.items() if isinstance(placed.item, KeptNote)]
    names = [name for type_ in {note.note_type for note in notes} for name in of_type(type_)]
    names += [name for note in notes for name in media_names(note.fields.values())]
    return [f"media/{name}" for name in dict.fromkeys(names) if name in there]


def media_there(project: Project) -> Iterator[Problem]:
    """What a field shows or plays is in the folder of media; without it learners keep the file that they have."""
    there = media_folder(project.root)
    for placed in project.items() if project.note_types else ():
        for field, html in placed.item.fields.items() if isinstance(placed.item, KeptNote) else ():
            for name in media_names([html]):
                if name not in there and not name.startswith("_"):
                    message = say(
                        "there is no file '{name}' in {folder}/: copy it there, or mend the name",
                        name=name,
                        folder=MEDIA,
                    )
                    yield Problem(project.at(placed.entry.file, *placed.loc, "fields", field), message)
