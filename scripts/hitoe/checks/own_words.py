"""The words of a language that hitoe does not speak: `content/words.yaml`, checked against the English ones.

A word has the form that it has in English: a text, a pattern with names in braces, a list, or texts by key. Words that
are left out are English.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any

from hitoe import resources
from hitoe.messages import say
from hitoe.problems import Problem, did_you_mean
from hitoe.source import Document, Loc, corrected, read
from hitoe.templating.language_words import ENGLISH, words_of
from hitoe.values.language import Language, Word

NEEDED = frozenset(
    {"answer", "cell", "column", "correct", "note", "prompt", "row", "said", "source", "subject", "words"}
)
"""Names that stand for what the author wrote: a pattern without one would lose it."""
DATE = ("day", "month", "year")
PARTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("day", "first", "last", "monday"), DATE),
    "it": ("reviews", "minutes", "counted", "passed", "retention", "lapses", "leeches"),
}
"""What a name that stands for more than a text or a number has: it is written `{first.day}`."""
PLACE = re.compile(r"\{([a-z_]+)(?:\.([a-z_]+))?\}")
OF_FIELDS = re.compile(r'[:"#]|^[\^/]')
"""What the name of a field in Anki cannot have, besides braces."""
FIELDS = {
    *("id", "question", "answer", "options", "reasons", "reverse", "reverseanswer", "title", "whole", "entry", "extra"),
    *("source", "image", "typed", "reversetyped", "speech", "reversespeech", "reading", "retiredforward"),
    *("retiredreverse", "extra1", "extra2", "voice", "retired", "text", "retiredtext", "header", "occlusion"),
    "comments",
}
"""The names of the other fields, in small letters."""

Found = tuple[Loc, str]


def words(name: str, text: bytes) -> tuple[Document | None, tuple[tuple[str, Word], ...], list[Problem]]:
    """Return a file, its words by name, and problems; of a file with problems no words."""
    document, problems = read(name, text)
    if document is None:
        return None, (), problems
    lines = corrected(problems)
    for loc, message in _mistakes(document):
        at = document.at(loc, key=bool(loc) and isinstance(loc[-1], str))
        problems += [Problem(at, message)] if at.line not in lines else []
    return document, () if problems else tuple(_words(document)), problems


def left_out(words: Iterable[tuple[str, Word]]) -> list[str]:
    """Return the names of the words that stay English; of one that has texts by key, those of the missing keys."""
    own, left = dict(words), []
    for name, form in sorted(_forms().items(), key=itemgetter(0)):
        if name not in own:
            left.append(name)
        elif isinstance(form, Mapping):
            left += [f"{name}.{key}" for key in form if key not in dict(own[name])]  # type: ignore[arg-type]  # pairs
    return left


def _forms() -> Mapping[str, Any]:
    """Return the English words that a project can have in its own language: texts, tuples, mappings and macros."""
    words = vars(words_of(Language(ENGLISH), resources.folder(), autoescape=True))
    return {name: word for name, word in words.items() if name[0] != "_"}


def _words(document: Document) -> Iterator[tuple[str, Word]]:
    value: Mapping[str, Any] = document.value if isinstance(document.value, dict) else {}
    for name, word in value.items():
        match word:
            case dict():
                yield name, tuple(word.items())
            case list():
                yield name, tuple(word)
            case _:
                yield name, word


def _mistakes(document: Document) -> Iterator[Found]:
    """Yield what is wrong, each with the location of the value, or of the key of a word."""
    if not isinstance(document.value, dict):
        yield (), say("words belong here: write lines of 'name: word'")
        return
    forms = _forms()
    for name, word in document.value.items():
        if name == "topic" and "entries" in document.value:
            yield (name,), say("this file has the words of a language: move this topic to a file of another name")
            return
        if name not in forms:
            yield (name,), say("unknown word '{name}': {hint}", name=name, hint=did_you_mean(name, sorted(forms)))
        else:
            yield from _misformed((name,), word, forms[name])
    yield from _unnameable(document.value)


def _unnameable(words: Mapping[str, Any]) -> Iterator[Found]:
    """Yield what Anki cannot have as names of a field and of templates."""
    hint, cards = str(words.get("hint")), words.get("card_names")
    if OF_FIELDS.search(hint):
        yield (
            ("hint",),
            say(
                "'{hint}' names a field in Anki: write it without : \" and #, and no ^ or / at its beginning", hint=hint
            ),
        )
    if hint.casefold() in FIELDS:
        yield (
            ("hint",),
            say("'{hint}' names a field in Anki, and another one has this name: write another word", hint=hint),
        )
    names = {**_forms()["card_names"], **(cards if isinstance(cards, dict) else {})}
    if names["forward"] == names["reverse"]:
        yield ("card_names",), say("the two cards of a note need different names: write other words")


def _misformed(loc: Loc, word: Any, form: Any) -> Iterator[Found]:
    """Yield how a word differs from the form of the English one."""
    match form:
        case Mapping() if isinstance(word, dict):
            for key, part in word.items():
                if key in form:
                    yield from _misformed((*loc, key), part, form[key])
                else:
                    yield (*loc, key), say("unknown key '{key}': {hint}", key=key, hint=did_you_mean(key, form))
        case Mapping():
            yield loc, say("a mapping belongs here: write {{{form}}} with a text for each", form=", ".join(form))
        case tuple() if isinstance(word, list) and len(word) == len(form):
            for number, part in enumerate(word):
                yield from _misformed((*loc, number), part, "")
        case tuple():
            yield (
                loc,
                say(
                    "a list of {count} texts belongs here: in English it is {form}",
                    count=len(form),
                    form=", ".join(form),
                ),
            )
        case _ if not isinstance(word, str) or not word.strip():
            yield loc, say("a text belongs here: write it in quotes")
        case str():
            if "{" in word or "}" in word:
                yield loc, say("a brace in a word that has no names: write it without { and }")
        case _:
            yield from _unfit(loc, word, form.arguments)


def _unfit(loc: Loc, pattern: str, names: tuple[str, ...]) -> Iterator[Found]:
    """Yield what is wrong with the names in a pattern."""
    places = " ".join(f"{{{name}}}" for name in names)
    if re.search(r"[{}]", PLACE.sub("", pattern)):
        yield loc, say("a brace that belongs to no name: the names here are {places}", places=places)
        return
    found = PLACE.findall(pattern)
    for name, part in found:
        parts = PARTS.get(name, ())
        if name not in names:
            yield loc, say("unknown name '{{{name}}}': {hint}", name=name, hint=did_you_mean(name, names))
        elif (part or name == "it") and part not in parts:
            yield (
                loc,
                say(
                    "'{{{name}}}' has no part '{part}': {hint}",
                    name=name,
                    part=part,
                    hint=did_you_mean(part, parts) if parts else say("leave it out"),
                ),
            )
    for name in names:
        if name in NEEDED and name not in dict(found):
            yield loc, say("'{{{name}}}' is missing: it stands for what the author wrote", name=name)
