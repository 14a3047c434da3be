"""Notes of note types that the project keeps: their fields reach Anki as they are written."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from hitoe.deck.escaping import tag
from hitoe.deck.notes import SEPARATOR, Note, content_hash
from hitoe.kinds.kept_type import KeptType
from hitoe.kinds.note import KeptNote
from hitoe.model import identity, kept_media
from hitoe.model.project import MEDIA, PlacedEntry, Project


def of_item(project: Project, placed: PlacedEntry, key: str, item: KeptNote, retired: str) -> Note:
    """Return the note of an item; `retired` is the tag of retired ones.

    Its tags are those that the author wrote, for an edited note gets them in place of the learner's. The hash covers
    the files that it shows: Anki takes over a file with other bytes only together with its note.
    """
    (question,) = item.questions(identity.item_path(placed, key, item))
    type_ = item.note_type
    values = [item.fields.get(name, "") for name in type_.fields]
    folder = project.root / MEDIA
    names = [*kept_media.media_names(values), *kept_media.of_type(type_)]
    files = {name: folder / name for name in names if name in kept_media.media_folder(project.root)}
    is_retired = item.retired or placed.entry.retired
    tags = tuple(sorted({*map(tag, (*placed.entry.tags, *item.tags)), *([retired] if is_retired else [])}))
    return Note(
        guid=question.guid or identity.guid(project.deck.key, question.path),
        path=question.path,
        file=placed.file,
        topic=placed.topic_key,
        type=question.type,
        tags=tags,
        ords=question.ords,
        text=SEPARATOR.join(values),
        hash=kept_hash(type_, values, tags, question.ords, {name: digest(path) for name, path in files.items()}),
        retired=is_retired,
        loc=(*placed.loc, "items", key),
        media=tuple((name, f"media/{name}") for name in files),
    )


def kept_hash(
    type_: KeptType, values: list[str], tags: tuple[str, ...], ords: tuple[int, ...], media: Mapping[str, str]
) -> str:
    """Return the hash of a note's content and of its files, whose digests are by name."""
    own = kept_media.of_type(type_)
    shown = [f"{name} {digest}" for name, digest in sorted(media.items()) if name not in own]
    return content_hash(type_.key, [*values, *shown], tags, ords)


def digest(file: Path) -> str:
    """Return the hash of a file."""
    return _digest(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=1024)
def _digest(file: Path, _changed: int) -> str:
    return digest_of(file.read_bytes())


def digest_of(content: bytes) -> str:
    """Return the hash of what a file holds."""
    return hashlib.sha256(content).hexdigest()[:16]
