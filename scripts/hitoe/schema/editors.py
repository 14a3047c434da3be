"""The format as JSON Schema, by which editors complete and check what the author types."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from hitoe.schema.deck import Deck
from hitoe.schema.topic import Topic

FOLDER = "content/.schema"
FILES: dict[str, type[BaseModel]] = {"deck.schema.json": Deck, "topic.schema.json": Topic}


def texts() -> dict[str, str]:
    """Return the text of each schema file by its name."""
    return {name: json.dumps(_schema(model), ensure_ascii=False, indent=1) + "\n" for name, model in FILES.items()}


def write(root: Path) -> list[Path]:
    """Write the schema files of a project and return their paths."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts().items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in FILES]


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True, schema_generator=GenerateJsonSchema)
    schema["$schema"] = GenerateJsonSchema.schema_dialect
    return schema
