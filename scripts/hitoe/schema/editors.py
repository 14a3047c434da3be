"""The format as JSON Schema, by which editors complete and check what the author types."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from hitoe.content_folder import refuse_links
from hitoe.schema.deck import Deck
from hitoe.schema.topic import Topic
from hitoe.translation import shown
from hitoe.values.note_type import NoteTypeFile
from hitoe.writing import write as write_whole

FOLDER = "content/.schema"
FILES: dict[str, type[BaseModel]] = {
    "deck.schema.json": Deck,
    "topic.schema.json": Topic,
    "note-type.schema.json": NoteTypeFile,
}


def texts() -> dict[str, str]:
    """Return the text of each schema file by its name; descriptions of fields are in the user's language."""
    dialect = {"$schema": GenerateJsonSchema.schema_dialect}
    schemas = {name: _shown(model.model_json_schema()) | dialect for name, model in FILES.items()}
    return {name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in schemas.items()}


def _shown(value: Any) -> Any:
    """Return a JSON value with its messages in the user's language."""
    if isinstance(value, dict):
        return {key: _shown(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_shown(inner) for inner in value]
    return shown(value) if isinstance(value, str) else value


def write(root: Path) -> list[Path]:
    """Write the schema files of a project and return their paths; raises InputError for a link out of it."""
    folder = root / FOLDER
    refuse_links(root, [f"{FOLDER}/{name}" for name in FILES])
    for name, text in texts().items():
        write_whole(folder / name, text.encode())
    return [folder / name for name in FILES]
