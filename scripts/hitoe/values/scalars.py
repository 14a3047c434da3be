"""The types of scalars. Each scalar comes from YAML as a str, spelt as the author spelt it, and is converted here."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from keyword import iskeyword
from typing import Annotated, Any
from unicodedata import is_normalized, normalize
from urllib.parse import urlsplit

from pydantic import BeforeValidator, GetPydanticSchema
from pydantic_core import PydanticCustomError, core_schema

from hitoe.messages import WrongValueError, say
from hitoe.source.signs import plain, special_space
from hitoe.text import Text
from hitoe.text.parse import near_misses, parse
from hitoe.values import language
from hitoe.values.formula import FUNCTIONS, NUMBERS
from hitoe.values.week import WEEK, Week

KEY = re.compile(r"[^\W_][\w-]*")
EDITORS_KEY = r"^[^\s!-/:-@\[-`{-~][^\s!-,./:-@\[-^`{-~]*$"
"""The same as KEY for editors, whose \\w has no Japanese letters: it lists the ASCII signs that are not allowed."""
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SMALLEST, LARGEST = 7, 12
"""The limits of `sheet: smallest`, in pt; smaller letters cannot be read."""
FORMAT = 1
EXACT = "text"
"""The type of a pydantic error whose message is already written for the author."""

LINES = "lines"
"""The type of a pydantic error about a list or a mapping where Markdown belongs."""
QUOTE = say("quote the text if it holds ': ' or begins with a sign of YAML")


def refusal(template: str, /, **arguments: object) -> PydanticCustomError:
    """Return an error that pydantic reports with the location of the value; its message is made as that of an error."""
    return PydanticCustomError(EXACT, "{message}", {"message": WrongValueError(template, **arguments).args[0]})


def _prose(value: str, math: bool) -> Text:
    text = parse(value, math=math)
    if "{{" in text.raw and text.clozes:
        raise WrongValueError("a cloze outside a `cloze:` item: make the item a cloze, or put the text in `…`")
    return text


def _cloze_text(value: str, math: bool) -> Text:
    text = parse(value, math=math, code=True)
    if misses := near_misses(text):
        raise WrongValueError(
            "'{found}' is not a cloze: write {{{{c1::answer}}}}, and `…` inside it, not around it",
            found=misses[0],
        )
    if not text.clozes:
        raise WrongValueError("a cloze without {{c1::…}}: put the words to learn into {{c1::…}}")
    return text


def _key(key: str) -> str:
    if KEY.fullmatch(key) and is_normalized("NFC", key):
        return key
    if KEY.fullmatch(normalize("NFC", key)):
        raise WrongValueError(
            "'{key}' cannot be a key: its accents or voicing marks are separate signs, so type it anew", key=key
        )
    raise WrongValueError("'{key}' cannot be a key: use letters, digits, '-' and '_', a letter or digit first", key=key)


def _name(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
        raise WrongValueError(
            "'{name}' cannot be a name in a formula: use a-z, digits and '_', a letter first", name=name
        )
    if iskeyword(name) or name in {*FUNCTIONS, *NUMBERS}:
        raise WrongValueError("'{name}' is a word of its own in formulas: write another name, as '{name}_1'", name=name)
    return name


def _format(value: str) -> int:
    if value != str(FORMAT):
        raise WrongValueError(
            "format '{value}' is not known: this hitoe reads format {format}", value=value, format=FORMAT
        )
    return FORMAT


def _flag(value: str) -> bool:
    if value not in ("true", "false"):
        raise WrongValueError("'{value}' is neither true nor false: write true or false", value=value)
    return value == "true"


def _speech(value: str) -> bool | language.Language:
    if value in ("true", "false"):
        return value == "true"
    with suppress(ValueError):
        if value not in ("yes", "no", "on", "off"):
            return language.language(value)
    raise WrongValueError(
        "'{value}' is neither true nor a language: write true for the deck's, or a tag such as de-DE", value=value
    )


def _whole(value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise WrongValueError("'{value}' is not a whole number: write digits only", value=value)
    return int(value)


def _count(value: str) -> int:
    if count := _whole(value):
        return count
    raise WrongValueError("0 is too few: write 1 or more")


def _number(value: str) -> Decimal:
    if not re.fullmatch(r"-?[0-9]{1,30}(\.[0-9]{1,30})?", value):
        raise WrongValueError("'{value}' is not a number: write digits, with '.' for decimals and no ','", value=value)
    return Decimal(value)


def _letters(value: str) -> Decimal:
    size = _number(value)
    if SMALLEST <= size <= LARGEST and size == round(size, 1):
        return size
    raise WrongValueError(
        "letters of {size} pt: write {smallest} to {largest}, with at most one decimal",
        size=size,
        smallest=SMALLEST,
        largest=LARGEST,
    )


def _day(value: str) -> date:
    with suppress(ValueError):
        if DAY.fullmatch(value):
            return date.fromisoformat(value)
    raise WrongValueError("'{value}' is not a date: write it as 2020-07-20", value=value)


def _url(url: str) -> str:
    with suppress(ValueError):
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", url):
            return url
    if re.search(r"\s", url.strip()):
        raise WrongValueError("'{url}' holds a space, so it is no web address: write one, without spaces", url=url)
    raise WrongValueError("'{url}' is not a web address: begin it with https://", url=url)


def _week_or_day(value: str) -> Week:
    if WEEK.fullmatch(value):
        return Week.read(value)
    if DAY.fullmatch(value):
        return Week.read(str(Week.of(_day(value))))  # the week of the last day of year 9999 has no end
    raise WrongValueError("'{value}' is neither an ISO week nor a date: write 2020-W30 or 2020-07-20", value=value)


def _other_signs(read: Callable[[str], Any], value: str) -> str | None:
    """Return the message about a value that would be right with ordinary digits, letters, quotes and spaces."""
    with suppress(ValueError):
        if (meant := plain(value)) != normalize("NFC", value) and read(meant) is not None:
            what = special_space(value) or say("'{value}' has full-width signs or quotes", value=value)
            return (
                say("{what}: write {meant}", what=what, meant=meant)
                if what.startswith("'")
                else say("{what} stands in the value: write {meant}", what=what, meant=meant)
            )
    return None


def _scalar(read: Callable[[str], Any], description: str, **schema: Any) -> GetPydanticSchema:
    """Return a type whose values `read` makes of a str, and which editors see as `schema` with a `description`.

    `read` raises a ValueError whose message is for the author.
    """
    return _text(lambda value, _math: read(value), description, **schema)


def _text(read: Callable[[str, bool], Any], description: str, **schema: Any) -> GetPydanticSchema:
    """Return a type as `_scalar` does; `read` is also told whether deck.yaml says `math: true`."""

    def validated(value: Any, info: core_schema.ValidationInfo) -> Any:
        if not isinstance(value, str):
            if read in (_prose, _cloze_text):
                raise PydanticCustomError(LINES, "lines")
            what = say("a list") if isinstance(value, list) else say("a mapping")
            raise refusal("{what} where text belongs: {quote}", what=what, quote=QUOTE)
        if not value.strip():
            raise refusal("an empty value: write the text, or leave the key out")
        math = bool(info.context and info.context["math"])
        try:
            return read(value, math)
        except ValueError as error:
            raise refusal(_other_signs(lambda other: read(other, math), value) or str(error)) from None

    return GetPydanticSchema(
        lambda _source, _handler: core_schema.with_info_plain_validator_function(validated),
        lambda _schema, _handler: {"description": description, **(schema or {"type": ["string", "number", "boolean"]})},
    )


Prose = Annotated[Text, _text(_prose, say("Markdown text"))]
Blanks = Annotated[Text, _text(_cloze_text, say("Markdown text with {{c1::answer::hint}}"), type="string")]
Literal = Annotated[str, _scalar(str, say("text shown as it is written"))]
Literals = Annotated[
    tuple[Literal, ...],
    BeforeValidator(
        lambda value: [value] if isinstance(value, str) else value, json_schema_input_type=Literal | tuple[Literal, ...]
    ),
]
"""Several of these, or the only one without a list."""
Key = Annotated[
    str,
    _scalar(
        _key, say("a permanent key: letters, digits, '-' and '_'"), type=["string", "integer"], pattern=EDITORS_KEY
    ),
]
Name = Annotated[str, _scalar(_name, say("a name for the formula"), type="string", pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Format = Annotated[int, _scalar(_format, say("version of the format"), type="integer", const=FORMAT)]
LanguageTag = Annotated[
    language.Language,
    _scalar(language.language, say("a language tag: ja, en, de, pt-BR"), type="string", pattern=r"^[A-Za-z]{2,3}(-|$)"),
]
Flag = Annotated[bool, _scalar(_flag, say("true or false"), type="boolean")]
Speech = Annotated[
    bool | language.Language,
    _scalar(_speech, say("true, or the language of the voice: de-DE"), type=["boolean", "string"]),
]
Whole = Annotated[int, _scalar(_whole, say("a whole number"), type="integer", minimum=0)]
Count = Annotated[int, _scalar(_count, say("a whole number from 1 on"), type="integer", minimum=1)]
Letters = Annotated[
    Decimal, _scalar(_letters, say("size of letters in pt"), type="number", minimum=SMALLEST, maximum=LARGEST)
]
Number = Annotated[Decimal, _scalar(_number, say("a decimal number"), type=["number", "string"])]
Day = Annotated[date, _scalar(_day, say("a date: 2020-07-20"), type="string", pattern=r"^\d{4}-\d{2}-\d{2}$")]
Url = Annotated[str, _scalar(_url, say("a web address"), type="string", pattern=r"^https?://")]
IsoWeek = Annotated[Week, _scalar(Week.read, say("an ISO week: 2020-W30"), type="string", pattern=r"^\d{4}-W\d{2}$")]
When = Annotated[Week, _scalar(_week_or_day, say("an ISO week or a date: 2020-W30, 2020-07-20"), type="string")]
