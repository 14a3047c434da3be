"""The format as JSON Schema, by which editors complete and check what the author types."""

import json
from pathlib import Path

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from hitoe.schema.deck import Deck
from hitoe.schema.topic import Topic
from hitoe.values.note_type import NoteTypeFile
from hitoe.writing import write as write_whole

FOLDER = "content/.schema"
FILES: dict[str, type[BaseModel]] = {
    "deck.schema.json": Deck,
    "topic.schema.json": Topic,
    "note-type.schema.json": NoteTypeFile,
}


def texts() -> dict[str, str]:
    """Return the text of each schema file by its name."""
    dialect = {"$schema": GenerateJsonSchema.schema_dialect}
    schemas = {name: model.model_json_schema() | dialect for name, model in FILES.items()}
    return {name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in schemas.items()}


def write(root: Path) -> list[Path]:
    """Write the schema files of a project and return their paths."""
    folder = root / FOLDER
    for name, text in texts().items():
        write_whole(folder / name, text.encode())
    return [folder / name for name in FILES]
