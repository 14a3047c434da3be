"""Note types that the project keeps, as Anki's JSON, and what of them must never change."""

from collections.abc import Mapping
from typing import Any

from hitoe.deck.note_types import CLOZE, FRONT_BACK
from hitoe.deck.notes import JSON, content_hash
from hitoe.kinds.kept_type import KeptType
from hitoe.values.note_type import LATEX_AFTER, LATEX_BEFORE, NoteTypeField, NoteTypeTemplate

NO_ID = "-"


def model(type_: KeptType) -> dict[str, Any]:
    """Return the JSON of a note type without the time of its last change."""
    settings = type_.settings
    assert settings is not None, "a file with mistakes stops the build"
    fields = enumerate(settings.fields.items())
    templates = enumerate(settings.templates.items())
    stock = {"originalStockKind": settings.stock, "originalId": settings.original_id}
    return {
        "id": str(settings.id),
        "name": settings.note_type,
        "type": CLOZE if settings.cloze else FRONT_BACK,
        "mod": 0,
        "usn": -1,
        "sortf": 0 if settings.sort is None else list(settings.fields).index(settings.sort),
        "did": None,
        "flds": [_part(name, number, field) for number, (name, field) in fields],
        "tmpls": [_part(name, number, template, did=None) for number, (name, template) in templates],
        "css": settings.css,
        "latexPre": LATEX_BEFORE if settings.latex.before is None else settings.latex.before,
        "latexPost": LATEX_AFTER if settings.latex.after is None else settings.latex.after,
        "latexsvg": settings.latex.svg,
        # Anki computes the fields that each template needs again on import.
        "req": [[number, "any", [0]] for number in range(len(settings.templates))],
        **{name: value for name, value in stock.items() if value is not None},
    }


def _part(name: str, number: int, part: NoteTypeField | NoteTypeTemplate, **more: Any) -> dict[str, Any]:
    """Return the JSON of a field or a template."""
    values = part.model_dump(by_alias=True, exclude_none=True)
    id_ = {"id": values.pop("id")} if "id" in values else {}
    return {"name": name, "ord": number, **values, **more, **id_}


def schema(model: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the kind of a note type, and of its fields and templates in order what they are, their ids and names.

    Where Anki finds another kind, number or order of them, see `identity`, it copies the note type, and never updates
    the old notes again. A part without an id has NO_ID instead.
    """
    parts = [("field", field) for field in model["flds"]] + [("template", each) for each in model["tmpls"]]
    kind = "cloze" if model["type"] == CLOZE else "standard"
    return (kind, *(f"{what} {part.get('id', NO_ID)} {part['name']}" for what, part in parts))


def model_hash(key: str, model: Mapping[str, Any]) -> str:
    """Return the hash of a note type, from its JSON; the time of its last change is no part of it."""
    return content_hash(key, [JSON({**model, "mod": 0})], (), ())


def identity(part: str) -> tuple[str, str]:
    """Return by what Anki finds a part of a schema again: its id, or where there is none its name."""
    what, id_, name = named(part)
    return what, name if id_ == NO_ID else id_


def named(part: str) -> tuple[str, str, str]:
    """Return what a part of a schema is, its id, and its name."""
    what, _, rest = part.partition(" ")
    id_, _, name = rest.partition(" ")
    return what, id_, name
