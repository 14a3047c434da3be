"""A note type of Anki that a project keeps as it is: what a file of `content/note-types/` holds.

In Anki a note can never get another note type by an import, so notes that were studied elsewhere keep theirs.
"""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from hitoe.messages import say
from hitoe.values.scalars import Flag, Literal, Whole, refusal
from hitoe.values.strict import Strict

ID_BITS = 63
LATEX_BEFORE = r"""\documentclass[12pt]{article}
\special{papersize=3in,5in}
\usepackage[utf8]{inputenc}
\usepackage{amssymb,amsmath}
\pagestyle{empty}
\setlength{\parindent}{0in}
\begin{document}
"""
LATEX_AFTER = r"\end{document}"
"""What Anki puts around the LaTeX of a card, where a note type says nothing else."""


def _id(value: Any) -> Any:
    if isinstance(value, str):
        digits = value.removeprefix("-")
        if digits.isascii() and digits.isdigit() and len(digits) < ID_BITS and -(2**ID_BITS) <= int(value) < 2**ID_BITS:
            return int(value)
    raise refusal("{value} is no id: take back the number that the import wrote", value=_shown(value))


def _html(value: Any) -> Any:
    if isinstance(value, str):
        return value
    raise refusal(
        "{what} where HTML belongs: put |- after the key and the HTML below it, or quote it", what=_shown(value)
    )


def _shown(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else say("a list") if isinstance(value, list) else say("a mapping")


AnkiId = Annotated[
    int, BeforeValidator(_id), WithJsonSchema({"type": "integer", "description": say("a number that Anki has given")})
]
Html = Annotated[
    str, BeforeValidator(_html), WithJsonSchema({"type": ["string", "number", "boolean"], "description": say("HTML")})
]
"""HTML or CSS, which reaches Anki as it is."""


class NoteTypeField(Strict):
    """A field, and how Anki's editor shows it."""

    # Aliases and order are those of Anki's JSON, of which the ledger has a hash.
    id: AnkiId | None = Field(None, description=say("how Anki finds it after it was renamed; old note types lack it"))
    sticky: Flag = Field(False, description=say("the editor keeps its text for the next note"))
    rtl: Flag = Field(False, description=say("it is written from right to left"))
    font: Html = Field("Arial", description=say("the editor's font"))
    size: Whole = Field(20, description=say("the size of its letters"))
    description: Html = Field("", description=say("shown in the editor while it is empty"))
    plain_text: Flag = Field(False, serialization_alias="plainText", description=say("the editor shows it as HTML"))
    collapsed: Flag = Field(False, description=say("the editor shows its name only"))
    exclude_from_search: Flag = Field(
        False,
        serialization_alias="excludeFromSearch",
        description=say("a search without a field's name passes by it"),
    )
    prevent_deletion: Flag = Field(
        False, serialization_alias="preventDeletion", description=say("Anki does not delete it")
    )
    tag: Whole | None = Field(None, description=say("its role in a cloze or an image occlusion"))


class NoteTypeTemplate(Strict):
    """A template: the two sides of a card."""

    id: AnkiId | None = Field(None, description=say("how Anki finds it after it was renamed; old note types lack it"))
    question: Html = Field(serialization_alias="qfmt", description=say("the front, with fields in double braces"))
    answer: Html = Field(serialization_alias="afmt", description=say("the back"))
    browser_question: Html = Field(
        "", serialization_alias="bqfmt", description=say("what Anki's browser shows in place of the front")
    )
    browser_answer: Html = Field(
        "", serialization_alias="bafmt", description=say("what Anki's browser shows in place of the back")
    )
    browser_font: Html = Field("", serialization_alias="bfont", description=say("the browser's font"))
    browser_size: Whole = Field(
        0, serialization_alias="bsize", description=say("the size of the browser's letters; 0 is the usual one")
    )


class NoteTypeLatex(Strict):
    """What Anki puts around the LaTeX of a card."""

    before: Html | None = Field(None, description=say("Anki's usual head, if not given"))
    after: Html | None = Field(None, description=say("Anki's usual end, if not given"))
    svg: Flag = Field(False, description=say("it becomes pictures in SVG"))


class NoteTypeFile(Strict):
    """A note type of Anki that the project keeps."""

    note_type: Literal = Field(description=say("its name in Anki"))
    id: AnkiId = Field(description=say("by which Anki finds it: never change it"))
    cloze: Flag = Field(False, description=say("its cards are the cloze numbers of its fields"))
    sort: Literal | None = Field(None, description=say("the field by which Anki sorts, if it is not the first"))
    stock: Whole | None = Field(None, description=say("Anki's number of the built-in type it is; 6: image occlusion"))
    original_id: AnkiId | None = Field(None, description=say("the id that it had where it was made"))
    fields: dict[Literal, NoteTypeField] = Field(description=say("its fields in order, by name"))
    templates: dict[Literal, NoteTypeTemplate] = Field(description=say("its templates in order, by name"))
    css: Html = Field("", description=say("how its cards look"))
    latex: NoteTypeLatex = Field(default_factory=NoteTypeLatex, description=say("around the LaTeX of its cards"))

    @model_validator(mode="after")
    def _whole(self) -> "NoteTypeFile":
        if not self.fields or not self.templates:
            raise refusal("a note type has one field and one template at least: take back what the import wrote")
        if self.cloze and len(self.templates) > 1:
            raise refusal("a note type of clozes has one template: take the others away")
        if self.sort is not None and self.sort not in self.fields:
            raise refusal(
                "'{name}', after `sort:`, is no field of this note type: write one of `fields:`", name=self.sort
            )
        return self
