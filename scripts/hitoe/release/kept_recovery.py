"""Rows of a lost ledger for notes of note types that the project keeps, from a deck that was built."""

from collections.abc import Mapping
from typing import Any

from hitoe.deck import kept_note
from hitoe.deck.notes import SEPARATOR
from hitoe.kinds.note import KeptNote
from hitoe.model import identity, kept_media
from hitoe.model.project import Project
from hitoe.release import kept_types
from hitoe.release.git import LEDGER_FILE
from hitoe.release.ledger import NoteRow, TypeRow

Raw = tuple[int, str, int, int, str, str]
"""Id, guid, note type, time of change, tags and fields of a note, as in Anki's table."""


class KeptRows:
    """Makes the rows; `digests` are hashes of the package's files by name, `retired` is the tag of retired notes."""

    def __init__(self, project: Project, digests: Mapping[str, str], retired: str) -> None:
        self._types = {each.settings.id: each for each in project.note_types.values() if each.settings}
        self._digests, self._retired = digests, retired
        self._places: dict[str, tuple[str, str]] = {}
        for placed, key, item in project.items():
            if isinstance(item, KeptNote):
                path = identity.item_path(placed, key, item)
                self._places[item.guid or identity.guid(project.deck.key, path)] = path, placed.file

    def note(self, raw: Raw) -> NoteRow | None:
        """Return the row of a note; None if its note type is none that the project keeps."""
        id_, guid, of_type, mod, tags, text = raw
        type_ = self._types.get(of_type)
        if type_ is None:
            return None
        values, tag_list = text.split(SEPARATOR), tuple(tags.split())
        path, file = self._places.get(guid, (guid, LEDGER_FILE))
        ords = type_.ords(dict(zip(type_.fields, values, strict=True)))
        shown = {name: self._digests[name] for name in kept_media.media_names(values) if name in self._digests}
        hash_ = kept_note.kept_hash(type_, values, tag_list, ords, shown)
        return NoteRow(path, file, hash_, mod, id_, ords, type_.key, self._retired in tag_list)

    def types(self, models: Mapping[str, Any]) -> dict[str, TypeRow]:
        """Return the rows of the note types in a package, which are given as Anki's JSON by id."""
        there = {self._types[int(id_)]: model for id_, model in models.items() if int(id_) in self._types}
        return {type_.key: kept_types.row(type_.key, model, model["mod"]) for type_, model in there.items()}
