"""Packages of other authors, made by the real Anki, for the import."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from anki.collection import Collection, ExportAnkiPackageOptions
from PIL import Image

from support.anki_engine import collection

STOCK = (
    "Basic",
    "Basic (and reversed card)",
    "Basic (optional reversed card)",
    "Basic (type in the answer)",
    "Cloze",
    "Image Occlusion",
)


def add(col: Collection, type_: str, fields: Mapping[str, str], *, deck: str = "Deck", tags: Iterable[str] = ()) -> int:
    """Add a note of a stock type to a deck and return its id."""
    model = col.models.by_name(type_)
    assert model is not None, type_
    note = col.new_note(model)
    for name, value in fields.items():
        note[name] = value
    note.tags = list(tags)
    col.add_note(note, col.decks.id(deck))  # type: ignore[arg-type]
    return int(note.id)


def picture(col: Collection, name: str) -> None:
    """Put a small PNG into the collection's media folder."""
    picture_file(Path(col.media.dir()) / name)


def picture_file(path: Path) -> None:
    """Write a small PNG."""
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (40, 30), (90, 140, 60)).save(path)


def sound(col: Collection, name: str) -> None:
    """Put a file with the beginning of an MP3 into the collection's media folder."""
    (Path(col.media.dir()) / name).write_bytes(b"ID3\x03\0\0\0\0\0\0")


def export(col: Collection, path: Path, *, legacy: bool = False, scheduling: bool = False) -> Path:
    """Export the whole collection as an .apkg, in the newest form or in that of old Anki versions."""
    options = ExportAnkiPackageOptions(
        with_scheduling=scheduling, with_deck_configs=False, with_media=True, legacy=legacy
    )
    col.export_anki_package(out_path=str(path), options=options, limit=None)
    return path


def package(folder: Path, notes: Iterable[tuple[str, Mapping[str, str]]], *, legacy: bool = False) -> Path:
    """Return a package with notes of stock types."""
    with collection(folder) as col:
        for type_, fields in notes:
            add(col, type_, fields)
        return export(col, folder / "foreign.apkg", legacy=legacy)
