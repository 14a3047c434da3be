"""`make reference`: write docs/format.md and docs/rules.md from the types of the format and what checks say of them."""

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from inspect import getdoc
from pathlib import Path
from typing import Annotated, Any, Optional, get_args

from hitoe import checks
from hitoe.kinds import KINDS, Item
from hitoe.schema import Deck, Topic
from hitoe.values.figures import FIGURES, Drawn
from hitoe.values.lints import Rule
from hitoe.values.note_type import NoteTypeFile
from hitoe.values.strict import Strict
from pydantic import ConfigDict, TypeAdapter
from pydantic.fields import FieldInfo

DOCS = Path(__file__).resolve().parent.parent / "docs"
MADE = "<!-- `make reference` writes this file from the code: change it there. -->"
FORMAT = f"""{MADE}

# The format

All keys of the notes, from the types that read them. [The author's guide](../content/README.md) says what they do,
with examples; `hitoe schema` writes the same as JSON Schema for editors. A key that is not here is a mistake, and
`hitoe check` asks which was meant.

- Markdown: text with the marks that the guide describes under [Text](../content/README.md#text); other text is shown as
  it is written.
- A key of the author's own (`key → …`) has letters, digits, `-` and `_`, and
  [is the identity](../content/README.md#keys-are-identity) of what it names.
- A value in **bold** is needed; after `=` stands what it is if the key is left out.
- `allow:` names [rules](rules.md) that may be broken here, each with the reason why.
"""
RULES = f"""{MADE}

# What `hitoe check` looks at

`hitoe check` prints mistakes, which stop every build, and warnings, which stop nothing.

## Rules for cards that teach

These warnings are printed by `hitoe check` alone. A card that breaks a rule for a good reason says so in its item:
`allow: {{long-answer: the paragraph is learned by heart}}`. An entry, a topic file and `deck.yaml` may have an `allow:`
too, for all their items. `hitoe check` warns of one that nothing needs.
"""
PARTS = re.compile(r"^(Why|Finds|Example|Known limits|Source): ", re.MULTILINE)
SHORT = {
    "Markdown text": "Markdown",
    "Markdown text with {{c1::answer::hint}}": "Markdown with `{{c1::answer::hint}}`",
    "text shown as it is written": "text",
    "a permanent key: letters, digits, '-' and '_'": "a key",
}
"""What values are called in tables, where that is shorter than what editors show."""
FAMILIES = {
    frozenset(kind.__name__ for kind in KINDS.values()): "[an item](#items)",
    frozenset(kind.__name__ for kind in FIGURES.values()): "[a figure](#figures)",
}
ANY_TYPE = ConfigDict(arbitrary_types_allowed=True)


def files() -> dict[str, str]:
    """Return the text of each file by its name."""
    return {"format.md": "\n".join([FORMAT, *_format()]), "rules.md": "\n".join([RULES, *_rules()])}


def _format() -> Iterator[str]:
    done: set[str] = {Item.__name__, Drawn.__name__, *(kind.__name__ for kind in (*KINDS.values(), *FIGURES.values()))}
    yield "## `content/deck.yaml`\n"
    yield from _mapping(Deck, done)
    yield "## A topic file\n"
    yield from _mapping(Topic, done)
    yield f"## Items\n\nThe first key names the kind: {_listed(KINDS)}. Every kind may have these keys:\n"
    yield from _mapping(Item, done)
    for name, kind in KINDS.items():
        yield f"### `{name}`\n"
        yield from _mapping(kind, done, Item)
    yield f"## Figures\n\nOne of the keys {_listed(FIGURES)} names the kind. Every kind has these keys:\n"
    yield from _mapping(Drawn, done)
    for name, figure in FIGURES.items():
        yield f"### `{name}` in a figure\n"
        yield from _mapping(figure, done, Drawn)
    yield "## A note type, `content/note-types/*.yaml`\n"
    yield from _mapping(NoteTypeFile, done)


def _listed(names: Mapping[str, object]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _mapping(model: type[Strict], done: set[str], base: type[Strict] | None = None) -> Iterator[str]:
    """Yield the keys of a mapping but those that its base has alike, then the mappings in it that were not `done`."""
    inner: list[str] = []
    if base or model in (Deck, Topic, NoteTypeFile):
        yield _sentence(getdoc(model) or "") + "\n"
    yield "| key | value | meaning |\n|---|---|---|"
    for name, field in model.model_fields.items():
        key = field.alias or name
        inherited = base.model_fields.get(name) if base else None
        if key.startswith(":") or (inherited and inherited.is_required() == field.is_required()):
            continue
        value = _words(_schema(field), inner)
        shown = f"**{value}**" if field.is_required() else value + _default(field)
        yield f"| `{key}` | {shown} | {_cell(field.description or '')} |"
    if extra := model.__annotations__.get("__pydantic_extra__"):
        yield f"| any other key | {_words(_schema(FieldInfo(annotation=get_args(extra)[1])), inner)} | |"
    yield ""
    known = {each.__name__: each for each in _descendants(Strict)}
    for name in inner:
        if name in known and name not in done:
            done.add(name)
            yield f"#### {name}\n\n{_sentence(getdoc(known[name]) or '')}\n"
            yield from _mapping(known[name], done)


def _descendants(model: type[Strict]) -> Iterator[type[Strict]]:
    for each in model.__subclasses__():
        yield each
        yield from _descendants(each)


def _schema(field: FieldInfo) -> Mapping[str, Any]:
    """Return the JSON Schema of a field's values, without what is said of the field."""
    kind: Any = field.annotation
    for part in field.metadata:
        kind = Annotated[kind, part]
    # Of a mapping alone pydantic would say all that is in it, and refuse the settings.
    return TypeAdapter(Optional[kind], config=ANY_TYPE).json_schema()  # noqa: UP045  # no `|` for a value


def _words(schema: Mapping[str, Any], inner: list[str]) -> str:
    """Return in words what values a schema takes; the names of mappings in it are added to `inner`."""
    match schema:
        case {"$ref": name}:
            name = name.rpartition("/")[2]
            if name == "Bullet":
                return "Markdown, or a list of these"
            inner.append(name)
            return f"[{name}](#{name.lower()})"
        case {"anyOf": members} | {"oneOf": members}:
            some = [member for member in members if member != {"type": "null"}]
            names = frozenset(member.get("$ref", "").rpartition("/")[2] for member in some)
            return FAMILIES.get(names) or ", or ".join(dict.fromkeys(_words(member, inner) for member in some))
        case {"enum": values}:
            return ", ".join(f"`{value}`" for value in values)
        case {"const": value}:
            return f"`{value}`"
        case {"type": "array", "items": items}:
            return f"a list: {_words(items, inner)}"
        case {"propertyNames": {"enum": _}}:
            return "a mapping: rule → reason"
        case {"type": "object"}:
            values = [*schema.get("patternProperties", {}).values(), schema.get("additionalProperties")]
            name = schema.get("propertyNames", {}).get("description", "key")
            return f"a mapping: {name} → {_words(values[0], inner)}"
    said = str(schema.get("description", "an address with `{path}` in it"))
    return SHORT.get(said, said)


def _default(field: FieldInfo) -> str:
    default = field.get_default(call_default_factory=True, validated_data={})
    shown = str(default).lower() if isinstance(default, bool) else str(default)
    return "" if default in (None, "", (), {}) or isinstance(default, Strict) else f" = `{shown}`"


def _sentence(doc: str) -> str:
    """Return the first paragraph of a docstring as one line."""
    return " ".join(doc.partition("\n\n")[0].split())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _rules() -> Iterator[str]:
    for name in get_args(Rule):
        what, *parts = PARTS.split(import_module(f"hitoe.lints.{name.replace('-', '_')}").__doc__ or "")
        said = {label: " ".join(text.split()) for label, text in zip(parts[::2], parts[1::2], strict=True)}
        yield f"### `{name}`\n\n{' '.join(what.split())}\n"
        yield "\n".join(f"- {label}: {text}" for label, text in said.items()) + "\n"
    yield "## Other warnings\n\nBuilds, too, warn where one of these does not hold; what is meant as it is may stay.\n"
    yield from _held(checks.FILE_WARNINGS)
    yield "- The fonts of the sheet have every character, and its columns have room for every formula."
    yield "\n## Mistakes\n"
    yield "Builds stop where notes are not of [the format](format.md), or where one of these does not hold:\n"
    yield from _held(checks.FILE_CHECKS)
    yield ""


def _held(functions: tuple[Callable[..., object], ...]) -> Iterator[str]:
    yield from (f"- {_sentence(getdoc(function) or '')}" for function in functions)


if __name__ == "__main__":
    for name, text in files().items():
        (DOCS / name).write_text(text, "utf-8")
        print(f"docs/{name}")
