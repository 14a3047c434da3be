"""Makes the files of a project out of an Anki package whose notes keep their guids, note types and fields."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hitoe.deck.notes import SEPARATOR
from hitoe.importing import anki_file, media_files, topics
from hitoe.importing.anki_file import ForeignNote
from hitoe.importing.anki_models import Model
from hitoe.importing.imported_project import Imported, Target, has_formula, of_items
from hitoe.importing.items import NewItem
from hitoe.importing.losses import Losses
from hitoe.importing.media_files import PackageFiles
from hitoe.importing.yaml_writer import InBraces, InLines, InQuotes, Value, document
from hitoe.kinds import html_text
from hitoe.messages import say
from hitoe.model import kept_media
from hitoe.model.project import MEDIA, NOTE_TYPES
from hitoe.problems import UNPRINTABLE, CollectionError, foreign
from hitoe.progress.collection_file import DAMAGED
from hitoe.source.signs import INVISIBLE
from hitoe.values.note_type import LATEX_AFTER, LATEX_BEFORE, NoteTypeField, NoteTypeTemplate

MARKED_UP = ("<", "&", "\n")
"""What a field has that is easier to read in lines of its own."""
IMAGE = re.compile(r"<img\b[^<>]*>|\[sound:[^\[\]]*\]", re.IGNORECASE)
NO_REFERENCE = frozenset(map(chr, (0, *range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)))
HEAD = topics.SCHEMA.format("note-type") + (
    "# A note type of Anki. Templates and CSS may change, and names too where there are ids. Which fields and\n"
    "# templates there are, and their order, may not: Anki would never again update the notes that learners have.\n"
)


def read(path: Path, target: Target) -> Imported:
    """Return what a package becomes; raises CollectionError if it cannot be read."""
    losses, known = Losses(), target.known
    # Models of a damaged package may lack anything.
    with foreign(CollectionError(path, DAMAGED)):
        notes = list(_new(anki_file.read(path, target.scratch), known, losses))
        types = _types(notes, known, losses)
        notes = [note for note in notes if int(note.type.model["id"]) in types]
        items = []
        for note in notes:
            items.append(_item(note, types[int(note.type.model["id"])]))
            target.done()
        new = {int(note.type.model["id"]): note.type.model for note in notes}
        texts = {id_: HEAD + document(_type(model)) for id_, model in new.items() if id_ not in known.types}
    math = known.math or any(map(has_formula, notes))
    imported = of_items(path.stem, target, items, losses, math=math, keep_decks=True)
    files = imported.files | {f"{NOTE_TYPES}{types[id_]}.yaml": text for id_, text in texts.items()}
    with media_files.open_package(path) as package:
        _copy_media(PackageFiles(package), notes, target, losses)
    return replace(imported, files=files, kept=notes)


def _new(notes: Sequence[ForeignNote], known: topics.Existing, losses: Losses) -> Iterator[ForeignNote]:
    """Yield the notes that can be kept and that the project does not have."""
    seen, there = set(known.guids), 0
    for note in notes:
        losses.note, losses.field = str(note.id), ""
        if note.guid in known.guids:
            there += 1
        elif note.guid in seen or not note.guid.strip():
            losses.tell(say("the note was not carried over: another one has its guid"))
        elif note.text.count(SEPARATOR) + 1 != len(note.type.fields):
            losses.tell(say("the note was not carried over: it is damaged, so let Anki check its database"))
        elif not note.text.replace(SEPARATOR, "").strip():
            losses.tell(say("the note was not carried over: it is empty"))
        else:
            seen.add(note.guid)
            yield _visible(note, losses)
    if there:
        losses.tell_of_all(say("{count} notes are in the project already, and stay as they are there", count=there))


def _visible(note: ForeignNote, losses: Losses) -> ForeignNote:
    """Return a note with character references in place of characters that no file of notes can have.

    Anki has the characters themselves, until the note is edited.
    """
    if note.text.isprintable() or not (found := INVISIBLE.findall(note.text.replace(SEPARATOR, ""))):
        return note
    for sign in dict.fromkeys(found):
        code = f"U+{ord(sign):04X}"
        if _referred(sign):
            losses.tell(say("control character is written as a character reference: {code}", code=code))
        else:
            losses.tell(say("control character was taken out: {code}", code=code))
    values = {name: INVISIBLE.sub(lambda sign: _referred(sign[0]), html) for name, html in note.values.items()}
    return replace(note, values=values, text=SEPARATOR.join(values.values()))


def _referred(sign: str) -> str:
    """Return the character reference of a control character; nothing for those that HTML gives another meaning."""
    return "" if sign in NO_REFERENCE else f"&#x{ord(sign):x};"


def _types(notes: Sequence[ForeignNote], known: topics.Existing, losses: Losses) -> dict[int, str]:
    """Return the names of the files of note types by id, without those that the project has with other fields."""
    found: dict[int, str] = {}
    keys = topics.Keys(name for name, _ in known.types.values())
    for type_ in dict.fromkeys(note.type for note in notes):
        id_ = int(type_.model["id"])
        if id_ not in known.types:
            found[id_] = keys.free(topics.key_of(type_.name, "type"))
        elif known.types[id_][1] == type_.fields:
            found[id_] = known.types[id_][0]
        else:
            file = f"{NOTE_TYPES}{known.types[id_][0]}.yaml"
            losses.tell_of_all(
                say("notes of type '{name}' were not carried over: {file} has other fields", name=type_.name, file=file)
            )
        if any(template.get("did") for template in type_.model["tmpls"]):
            losses.tell_of_all(
                say("note type '{name}': the deck that a template puts its new cards in is not kept", name=type_.name)
            )
    return found


def _item(note: ForeignNote, type_: str) -> NewItem:
    """Return the item of a note."""
    fields: dict[str, Value] = {
        name: InLines(html) if any(sign in html for sign in MARKED_UP) else html
        for name, html in note.values.items()
        if html
    }
    made: dict[str, Value] = {"note": type_, "guid": InQuotes(note.guid), "fields": fields}
    if note.tags:
        made["tags"] = note.tags
    texts = (html_text.of_html(IMAGE.sub("", html), cloze=note.type.cloze) for html in note.values.values())
    first = next(filter(None, texts), None)
    return NewItem(made, first.plain if first else "", note.deck)


def _type(model: Model) -> dict[str, Value]:
    """Return what the file of a note type says."""
    made: dict[str, Value] = {"note_type": model["name"], "id": str(model["id"])}
    made |= {"cloze": "true"} if model.get("type") == 1 else {}
    names = [field["name"] for field in model["flds"]]
    made |= {"sort": names[place]} if (place := model.get("sortf") or 0) < len(names) and place else {}
    stock = (("stock", "originalStockKind"), ("original_id", "originalId"))
    made |= {name: str(model[key]) for name, key in stock if model.get(key)}
    made["fields"] = {field["name"]: InBraces(_said(field, NoteTypeField)) for field in model["flds"]}
    made["templates"] = {template["name"]: _said(template, NoteTypeTemplate) for template in model["tmpls"]}
    made |= {"css": _lines(model["css"])} if model["css"] else {}
    return made | _latex(model)


def _said(part: Mapping[str, Any], kind: type[NoteTypeField | NoteTypeTemplate]) -> dict[str, Value]:
    """Return what the file says of a field or a template: its HTML, and the settings that are not the usual ones."""
    made: dict[str, Value] = {}
    for name, setting in kind.model_fields.items():
        key = setting.serialization_alias or name
        value = part.get(key)
        if setting.is_required():
            made[name] = _lines(part[key])
        elif value is not None and value != setting.default:
            made[name] = "true" if setting.default is False else str(value)
    return made


def _latex(model: Model) -> dict[str, Value]:
    before, after = model.get("latexPre", LATEX_BEFORE), model.get("latexPost", LATEX_AFTER)
    made: dict[str, Value] = {"before": _lines(before)} if before != LATEX_BEFORE else {}
    made |= {"after": _lines(after)} if after != LATEX_AFTER else {}
    made |= {"svg": "true"} if model.get("latexsvg") else {}
    return {"latex": made} if made else {}


def _lines(text: str) -> Value:
    return InLines(INVISIBLE.sub("", text)) if text else ""


def _copy_media(package: PackageFiles, notes: Sequence[ForeignNote], target: Target, losses: Losses) -> None:
    """Copy the files that notes and their types show into the scratch folder; Anki's own names stay."""
    folder = target.scratch / MEDIA
    folder.mkdir(parents=True)
    losses.field = ""
    done: set[str] = set()
    for note in notes:
        losses.note = str(note.id)
        for name in kept_media.media_names(note.values.values()):
            if name not in done and name[:1] != "_":
                _copy(name, package, target, losses)
            done.add(name)
    losses.note = ""
    for name in package.names:
        if name.startswith("_"):  # fonts and scripts of templates: any of them may be needed
            _copy(name, package, target, losses)
    package.tell_of_unused(losses)


def _copy(name: str, package: PackageFiles, target: Target, losses: Losses) -> None:
    content, there = package.content(name), target.root / MEDIA / name
    if content is None:
        losses.tell(say("file is missing: {name}", name=name))
    elif Path(name).name != name or name.startswith(".") or "\\" in name or UNPRINTABLE.search(name):
        losses.tell(say("file with a name that no file can have: {name}", name=name))
    elif there.exists() and there.read_bytes() != content:
        losses.tell(say("file is in the project with another content, and stays so: {name}", name=name))
    else:
        (target.scratch / MEDIA / name).write_bytes(content)
